"""Writes bookings and the quanta that they occupy."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from atendimento_tui.data import tables
from atendimento_tui.data.engine import SQLITE, insert_one, plain, update_one
from atendimento_tui.domain.bookings import BookingState

_B, _O = plain(tables.Booking), plain(tables.Occupied)

ATTEMPTS = 20
"""How often an act is decided anew because somebody took the place that it saw free."""

Quantum = tuple[str, int, int, int]
"""Resource, its id, place, quantum."""


class Lost(Exception):
    """Somebody took the place between the look and the write."""


def insert_booking(connection: Connection, **values: object) -> int:
    """Insert a booking; what is not given is empty.

    Returns:
        Its id.
    """
    empty: dict[str, object] = {
        **dict.fromkeys(("name", "channel", "token", "reason", "source", "source_key"), ""),
        "beneficiary_place": 1,
    }
    return insert_one(connection, tables.Booking, **{**empty, **values})


def update_booking(connection: Connection, booking: int, **values: object) -> None:
    """Update some columns of a booking."""
    update_one(connection, tables.Booking, booking, values)


def occupy(connection: Connection, booking: int, wanted: Sequence[Quantum]) -> None:
    """Occupy quanta for a booking, unless somebody has one of them.

    A transaction that is about to occupy one is waited for. All occupy in one order, so that none wait for each other.

    Raises:
        Lost: Not all were free. The caller undoes the transaction.
    """
    insert: Any = (sqlite if connection.dialect.name == SQLITE else postgresql).insert(_O)
    names = ("resource", "resource_id", "place", "quantum")
    ordered = sorted(wanted, key=lambda each: (each[0] != "provider", *each[1:]))
    rows = [{**dict(zip(names, each, strict=True)), "booking_id": booking} for each in ordered]
    if rows:
        found = connection.execute(insert.values(rows).on_conflict_do_nothing().returning(_O.c.quantum))
        if len(found.all()) < len(rows):
            raise Lost


def free(connection: Connection, bookings: Collection[int]) -> None:
    """Free what bookings occupy."""
    if bookings:
        connection.execute(delete(_O).where(_O.c.booking_id.in_(sorted(bookings))))


def free_of(connection: Connection, booking: int, resource: str) -> None:
    """Free what a booking occupies of a resource."""
    connection.execute(delete(_O).where(_O.c.booking_id == booking, _O.c.resource == resource))


def hand_quanta(
    connection: Connection, before: int, after: int, resource: str, place: int, quanta: Iterable[int]
) -> None:
    """Give these quanta of a place of a resource, which one booking occupies, to another one."""
    of = (_O.c.booking_id == before, _O.c.resource == resource, _O.c.place == place, _O.c.quantum.in_(sorted(quanta)))
    connection.execute(update(_O).where(*of).values(booking_id=after))


def lock(connection: Connection, bookings: Iterable[int]) -> None:
    """Lock bookings until the transaction ends, in one order, so that nobody else removes or confirms them."""
    wanted = select(_B.c.id).where(_B.c.id.in_(sorted(bookings))).order_by(_B.c.id)
    connection.execute(wanted.with_for_update()).all()


def expire(connection: Connection, resource: str, key: int, quanta: range, at: datetime) -> None:
    """Remove the holds whose time is over from these quanta of a resource, with all that they occupy.

    Args:
        at: The present instant of the database's clock.
    """
    over = (_B.c.state == BookingState.HELD, _B.c.held_until <= at)
    between = _O.c.quantum.between(quanta.start, quanta.stop - 1)
    here = select(_O.c.booking_id).where(_O.c.resource == resource, _O.c.resource_id == key, between)
    wanted = select(_B.c.id).where(*over, _B.c.id.in_(here)).order_by(_B.c.id).with_for_update()
    found = [*connection.scalars(wanted)]
    if found:
        _expire(connection, found)


def expire_all(connection: Connection, at: datetime, at_most: int) -> int:
    """Remove holds whose time is over, with all that they occupy; those that somebody is at work on stay.

    Args:
        at: The present instant of the database's clock.

    Returns:
        How many.
    """
    over = (_B.c.state == BookingState.HELD, _B.c.held_until <= at)
    wanted = select(_B.c.id).where(*over).order_by(_B.c.id).limit(at_most).with_for_update(skip_locked=True)
    found = [*connection.scalars(wanted)]
    if found:
        _expire(connection, found)
    return len(found)


def _expire(connection: Connection, bookings: Sequence[int]) -> None:
    free(connection, bookings)
    connection.execute(update(_B).where(_B.c.id.in_(bookings)).values(state=BookingState.EXPIRED))


def occupied_by(connection: Connection, booking: int) -> set[Quantum]:
    """What a booking occupies."""
    columns = (_O.c.resource, _O.c.resource_id, _O.c.place, _O.c.quantum)
    return {tuple(row) for row in connection.execute(select(*columns).where(_O.c.booking_id == booking))}


def occupied_count(connection: Connection, booking: int, resource: str) -> int:
    """How many quanta of a resource a booking occupies."""
    wanted = select(func.count()).select_from(_O).where(_O.c.booking_id == booking, _O.c.resource == resource)
    return int(connection.scalar(wanted) or 0)
