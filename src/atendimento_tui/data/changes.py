"""What was committed since the last look, where the database tells only that something was (SQLite).

Writes come one after the other there, so the events that came since are those with greater ids.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, bindparam, func, select

from atendimento_tui.contracts.changes import ANYTHING, NAMED_AT_MOST, Changes
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, reading
from atendimento_tui.data.queries.desk import besides_tickets


@dataclass(frozen=True, slots=True)
class Look:
    """How the database was found.

    Attributes:
        newest: Id of the newest event; 0 where there is none.
        besides: What a window shows besides tickets, as `besides_tickets` tells it.
    """

    newest: int
    besides: str

    @classmethod
    def first(cls, engine: Engine) -> Self:
        """How it is found now."""
        with reading(engine) as connection:
            return cls(_newest(connection), besides_tickets(connection))

    def changes_since(self, engine: Engine) -> tuple[Changes, "Look"]:
        """What changed since this look, and how it is found now."""
        with reading(engine) as connection:
            rows = connection.execute(_newer(), {"seen": self.newest, "at_most": NAMED_AT_MOST + 1}).all()
            besides = besides_tickets(connection)
            if len(rows) > NAMED_AT_MOST:
                return ANYTHING, Look(_newest(connection), besides)
        acts = frozenset((row.ticket_id, row.request_id or "") for row in rows)
        newest = rows[-1].id if rows else self.newest
        # Without an act it was something else. It may be undone already, while somebody has read it meanwhile.
        return Changes(acts, not acts or besides != self.besides), Look(newest, besides)


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(plain(tables.Event).c.id))) or 0


@cache
def _newer() -> Select[Any]:
    event = plain(tables.Event)
    newer = select(event.c.id, event.c.ticket_id, event.c.request_id).where(event.c.id > bindparam("seen"))
    return newer.order_by(event.c.id).limit(bindparam("at_most"))
