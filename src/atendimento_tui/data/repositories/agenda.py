"""Writes what is open in the agenda."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import Connection, Delete, delete

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, is_one_of, plain
from atendimento_tui.domain.agenda import Interval

_COLUMNS = {
    each.name: f"{each.name}_id" if each.name in ("provider", "availability", "site", "specialty") else each.name
    for each in fields(Interval)
}


def replace_intervals(
    connection: Connection, providers: Collection[int], since: date, to: date, intervals: Sequence[Interval]
) -> None:
    """Replace what is open of professionals from a day on. Days before it stay.

    Args:
        to: The last day for which the intervals were computed.
    """
    own, until = plain(tables.OpenInterval), plain(tables.OpenUntil)
    given = {"providers": [*providers]}
    is_theirs = is_one_of(connection, own.c.provider_id, "providers")
    connection.execute(delete(own).where(is_theirs, own.c.day >= since), given)
    connection.execute(delete(until).where(is_one_of(connection, until.c.provider_id, "providers")), given)
    rows = [{column: getattr(each, name) for name, column in _COLUMNS.items()} for each in intervals]
    insert_many(connection, tables.OpenInterval, rows)
    insert_many(connection, tables.OpenUntil, [{"provider_id": each, "day": to} for each in sorted(providers)])


def note_unplaced(connection: Connection, unplaced: Collection[int], placed: Collection[int], now: datetime) -> None:
    """Note bookings that lie in no open time any more, and forget those that do again."""
    own = plain(tables.UnplacedBooking)
    gone: Delete = delete(own).where(is_one_of(connection, own.c.booking_id, "bookings"))
    connection.execute(gone, {"bookings": [*placed, *unplaced]})
    insert_many(connection, tables.UnplacedBooking, [{"booking_id": each, "since": now} for each in sorted(unplaced)])
