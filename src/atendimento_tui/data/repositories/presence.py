"""Which people have which ticket open: one row for each window."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many
from atendimento_tui.data.visible import of_visible
from atendimento_tui.domain.text import folded

_P = tables.Presence


def record_window(connection: Connection, window: str, ticket: int, person: int, now: datetime) -> None:
    """Record that the person has the ticket open in the window."""
    refreshed = update(_P).where(col(_P.window) == window).values(person_id=person, seen_at=now)
    if not connection.execute(refreshed).rowcount:
        row = {"window": window, "ticket_id": ticket, "person_id": person, "since": now, "seen_at": now}
        insert_many(connection, _P, [row])


def delete_window(connection: Connection, window: str) -> None:
    """Record that the window has no ticket open any more."""
    connection.execute(delete(_P).where(col(_P.window) == window))


def delete_stale(connection: Connection, until: datetime) -> None:
    """Delete the rows of windows that were last refreshed at `until` or before."""
    connection.execute(delete(_P).where(col(_P.seen_at) <= until))


def names_present(connection: Connection, ticket: int, but: int | None, since: datetime) -> tuple[str, ...]:
    """The names of the people who have the ticket open.

    Args:
        but: A person who is left out.
        since: Only windows that were refreshed after this instant.
    """
    person = tables.Person
    names = (
        select(col(person.name))
        .join(_P, col(_P.person_id) == col(person.id))
        .where(
            col(_P.ticket_id) == ticket,
            *of_visible(connection, col(_P.ticket_id)),
            col(_P.seen_at) > since,
            col(_P.person_id) != (but or 0),
        )
        .distinct()
    )
    return tuple(sorted(connection.scalars(names), key=folded))
