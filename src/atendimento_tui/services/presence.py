"""Which windows have which ticket open. It is not part of a history; old rows are deleted."""

from datetime import datetime, timedelta
from threading import Lock
from uuid import uuid4

from atendimento_tui.data.engine import Connection, reading, writing
from atendimento_tui.data.repositories import presence
from atendimento_tui.domain.access import Permission
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

GONE_AFTER = timedelta(seconds=60)
"""A window that was not refreshed for so long is gone."""


class Visit:
    """A ticket open in a window. Thread-safe: calls after the end do nothing.

    Args:
        ticket: The ticket's id.
    """

    def __init__(self, ticket: int) -> None:
        self._ticket = ticket
        self._window = uuid4().hex
        self._lock = Lock()
        self._is_over = False
        self._noted: tuple[Desk, int, datetime] | None = None
        """Row, person and instant of the last refresh."""

    @needs(Permission.READ)
    def note(self, desk: Desk, person: int, now: datetime) -> None:
        """Record that this person has the ticket open. Other windows are notified if that is new."""
        with self._lock:
            if self._is_over:
                return
            known = self._noted and self._noted[1] == person and now - self._noted[2] < GONE_AFTER
            with writing(desk.engine, announced=not known) as connection:
                if not known:
                    presence.delete_stale(connection, now - GONE_AFTER)
                presence.record_window(connection, self._window, self._ticket, person, now)
            self._noted = (desk, person, now)

    def end(self) -> None:
        """Record that the ticket was left."""
        with self._lock:
            self._is_over = True
            if self._noted:
                with writing(self._noted[0].engine) as connection:
                    presence.delete_window(connection, self._window)


@needs(Permission.READ)
def others(desk: Desk, ticket: int, person: int | None, now: datetime) -> tuple[str, ...]:
    """The names of other people who have the ticket open."""
    with reading(desk.engine) as connection:
        return others_here(connection, ticket, person, now)


def others_here(connection: Connection, ticket: int, person: int | None, now: datetime) -> tuple[str, ...]:
    """The same, in a transaction."""
    return presence.names_present(connection, ticket, person, now - GONE_AFTER)
