"""Finds out what was committed since a snapshot, for SQLite, which reports only that something was committed.

SQLite has one writer at a time, so newer events have greater ids.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, bindparam, func, select

from atendimento_tui.contracts.changes import ANYTHING, NAMED_AT_MOST, Changes
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, reading
from atendimento_tui.data.queries.desk import state_version


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the database at one instant.

    Attributes:
        newest: Id of the newest event; 0 if there is none.
        other: The state of everything else that a window shows (`state_version`).
    """

    newest: int
    other: str

    @classmethod
    def first(cls, engine: Engine) -> Self:
        """The present state."""
        with reading(engine) as connection:
            return cls(_newest(connection), state_version(connection))

    def changes_since(self, engine: Engine) -> tuple[Changes, "Snapshot"]:
        """What changed since this snapshot, and a new snapshot."""
        with reading(engine) as connection:
            rows = connection.execute(_newer(), {"seen": self.newest, "at_most": NAMED_AT_MOST + 1}).all()
            other = state_version(connection)
            if len(rows) > NAMED_AT_MOST:
                return ANYTHING, Snapshot(_newest(connection), other)
        acts = frozenset((row.ticket_id, row.request_id or "") for row in rows)
        newest = rows[-1].id if rows else self.newest
        # A commit without an act changed something else, even if the state is equal now: it may have been changed back,
        # and a window may have read it in between.
        return Changes(acts, not acts or other != self.other), Snapshot(newest, other)


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(plain(tables.Event).c.id))) or 0


@cache
def _newer() -> Select[Any]:
    event = plain(tables.Event)
    newer = select(event.c.id, event.c.ticket_id, event.c.request_id).where(event.c.id > bindparam("seen"))
    return newer.order_by(event.c.id).limit(bindparam("at_most"))
