"""Bookings that were imported, by the key of their source."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import is_one_of, plain
from atendimento_tui.domain.bookings import BookingState
from atendimento_tui.domain.imported_bookings import Imported, Wanted

_B = plain(tables.Booking)


def imported(connection: Connection, source: str, keys: Collection[str]) -> dict[str, Imported]:
    """Key of the source -> the newest booking that was imported with it."""
    about = plain(tables.Beneficiary)
    wanted: Select[Any] = select(_B, about.c.anonymised_on).outerjoin(about, about.c.id == _B.c.beneficiary_id)
    wanted = wanted.where(_B.c.source == source, is_one_of(connection, _B.c.source_key, "keys"))
    rows = connection.execute(wanted.order_by(_B.c.id), {"keys": [*keys]})
    return {row.source_key: _imported(row, is_erased=bool(row.anonymised_on)) for row in rows}


def successor(connection: Connection, booking: int) -> Imported | None:
    """What a booking was moved to, and that again, up to the last one; None if it was not moved."""
    found = None
    while row := connection.execute(select(_B).where(_B.c.moved_from == booking).order_by(_B.c.id.desc())).first():
        if BookingState(row.state) in {BookingState.HELD, BookingState.EXPIRED}:
            break
        found, booking = _imported(row), row.id
    return found


def _imported(row: Any, *, is_erased: bool = False) -> Imported:
    of = Wanted(
        row.provider_id,
        row.site_id,
        row.specialty_id,
        row.starts_at,
        row.ends_at,
        row.beneficiary_id,
        row.name,
        row.channel,
        BookingState(row.state),
    )
    return Imported(row.id, of, row.place, row.beneficiary_place, row.reason, is_erased)
