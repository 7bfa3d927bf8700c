"""Who has which ticket open, a row a window."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many

_P = tables.Presence


def see_window(connection: Connection, window: str, ticket: int, person: int, now: datetime) -> None:
    """Note that the person has the ticket open in the window."""
    seen = update(_P).where(col(_P.window) == window).values(person_id=person, seen_at=now)
    if not connection.execute(seen).rowcount:
        row = {"window": window, "ticket_id": ticket, "person_id": person, "since": now, "seen_at": now}
        insert_many(connection, _P, [row])


def forget_window(connection: Connection, window: str) -> None:
    """The window has no ticket open any more."""
    connection.execute(delete(_P).where(col(_P.window) == window))


def forget_unseen(connection: Connection, until: datetime) -> None:
    """Forget the windows that were not seen after an instant."""
    connection.execute(delete(_P).where(col(_P.seen_at) <= until))


def names_here(connection: Connection, ticket: int, but: int | None, since: datetime) -> tuple[str, ...]:
    """The names of those who have the ticket open and were seen after an instant, one person apart."""
    person = tables.Person
    names = (
        select(col(person.name))
        .join(_P, col(_P.person_id) == col(person.id))
        .where(col(_P.ticket_id) == ticket, col(_P.seen_at) > since, col(_P.person_id) != (but or 0))
        .distinct()
        .order_by(col(person.name))
    )
    return tuple(connection.scalars(names))
