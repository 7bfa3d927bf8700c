"""Which windows have which ticket open. It is not part of a history; old rows are deleted."""

from datetime import datetime, timedelta
from threading import Lock
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.services.desk import Desk

GONE_AFTER = timedelta(seconds=60)
"""A window that was not refreshed for so long is gone."""

_P = tables.Presence


class Visit:
    """A ticket open in a window. Thread-safe: calls after the end do nothing.

    Args:
        ticket: The ticket's id.
    """

    def __init__(self, ticket: int) -> None:
        self._ticket = ticket
        self._window = uuid4().hex
        self._turn = Lock()
        self._is_over = False
        self._noted: tuple[Desk, int, datetime] | None = None
        """Row, person and instant of the last refresh."""

    def note(self, desk: Desk, person: int, now: datetime) -> None:
        """Record that this person has the ticket open. Other windows are notified if that is new."""
        with self._turn:
            if self._is_over:
                return
            known = self._noted and self._noted[1] == person and now - self._noted[2] < GONE_AFTER
            with writing(desk.engine, announced=not known) as connection:
                if not known:
                    connection.execute(delete(_P).where(col(_P.seen_at) <= now - GONE_AFTER))
                mine = update(_P).where(col(_P.window) == self._window)
                if not connection.execute(mine.values(person_id=person, seen_at=now)).rowcount:
                    about = {"window": self._window, "ticket_id": self._ticket, "person_id": person}
                    connection.execute(insert(_P).values(**about, since=now, seen_at=now))
            self._noted = (desk, person, now)

    def end(self) -> None:
        """Record that the ticket was left."""
        with self._turn:
            self._is_over = True
            if self._noted:
                with writing(self._noted[0].engine) as connection:
                    connection.execute(delete(_P).where(col(_P.window) == self._window))


def others(desk: Desk, ticket: int, person: int | None, now: datetime) -> tuple[str, ...]:
    """The names of other people who have the ticket open."""
    with reading(desk.engine) as connection:
        return others_here(connection, ticket, person, now)


def others_here(connection: Connection, ticket: int, person: int | None, now: datetime) -> tuple[str, ...]:
    """The same, in a transaction."""
    names = (
        select(col(tables.Person.name))
        .join(_P, col(_P.person_id) == col(tables.Person.id))
        .where(col(_P.ticket_id) == ticket, col(_P.seen_at) > now - GONE_AFTER, col(_P.person_id) != (person or 0))
        .distinct()
        .order_by(col(tables.Person.name))
    )
    return tuple(connection.scalars(names))
