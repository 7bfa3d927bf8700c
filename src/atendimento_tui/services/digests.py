"""The daily digest over the chains of all streams (`domain.digests.Digest`)."""

from datetime import UTC, date, datetime

from atendimento_tui.data.engine import Connection, reading, snapshot, writing
from atendimento_tui.data.repositories import digests
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.digests import Digest, next_digest
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import instant
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk


@needs(Permission.USE)
def make_if_due(desk: Desk, now: datetime) -> Digest | None:
    """Make the digest of the local day; None if there is one.

    The events are read without a lock, so that nobody waits. If another window is faster, its digest counts.
    """
    day = now.astimezone(desk.zone).date().isoformat()
    with reading(desk.engine) as connection:
        former = digests.newest_digest(connection)
        if digests.newest_digest(connection, day):
            return None
    # Each in its own transaction: one that locks both tables could wait for an act that waits for it.
    with writing(desk.engine, announced=False) as connection:
        last_event = digests.last_event(connection, of_tickets=True)
    with writing(desk.engine, announced=False) as connection:
        last_trail_event = digests.last_event(connection, of_tickets=False)
    ends, after = (last_event, last_trail_event), former.ends if former else (0, 0)
    with snapshot(desk.engine) as connection:
        made = next_digest(former, day, instant(now), ends, digests.heads(connection, after, ends))
    with writing(desk.engine, announced=False) as connection:
        return made if digests.insert_next(connection, made, now.astimezone(UTC)) else None


def insert_first(connection: Connection, day: date, now: datetime) -> None:
    """Insert the digest of a new desk, which has no events yet."""
    first = next_digest(None, day.isoformat(), instant(now), (0, 0), ())
    digests.insert_next(connection, first, now.astimezone(UTC))


@needs(Permission.VERIFY)
def newest(desk: Desk, day: date | None = None) -> Digest:
    """The newest digest, or that of a day.

    Raises:
        Refused: There is none.
    """
    with reading(desk.engine) as connection:
        found = digests.newest_digest(connection, day.isoformat() if day else None)
    if found is None:
        raise Refused("sem_resumo_do_dia", day=day) if day else Refused("sem_resumo")
    return found
