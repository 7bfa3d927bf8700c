"""The digests over the chains of all streams."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, literal, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_one, lock_tables, plain, row_of
from atendimento_tui.domain.digests import Digest, Head
from atendimento_tui.domain.trail import TICKET, instant

_AT_ONCE = 5_000


def newest_digest(connection: Connection, day: str | None = None) -> Digest | None:
    """The newest digest, or that of a day; None if there is none.

    Args:
        day: ISO date.
    """
    if day is not None:
        row = row_of(connection, tables.TrailDigest, day=day)
    else:
        digest = plain(tables.TrailDigest)
        row = connection.execute(select(digest).order_by(digest.c.id.desc()).limit(1)).first()
    return _digest(row) if row else None


def insert_next(connection: Connection, digest: Digest, made_at: datetime) -> bool:
    """Insert a digest; False if another one was inserted after the one that it includes.

    Args:
        made_at: The instant that it has as a text.
    """
    advisory_lock(connection, "resumo")
    newest = newest_digest(connection)
    if (newest.number if newest else 0) != digest.number - 1:
        return False
    insert_one(
        connection,
        tables.TrailDigest,
        id=digest.number,
        day=digest.day,
        made_at=made_at,
        last_event=digest.last_event,
        last_trail_event=digest.last_trail_event,
        events=digest.events,
        hash=digest.hash,
    )
    return True


def _digest(row: Any) -> Digest:
    made_at = instant(row.made_at)
    return Digest(row.id, row.day, made_at, row.last_event, row.last_trail_event, row.events, row.hash)


def last_event(connection: Connection, *, of_tickets: bool) -> int:
    """Id of the last event of tickets, or of other streams; 0 if there is none.

    Running writes are waited for, so that no event with a smaller id is committed later. On a server new writes wait
    until this transaction ends, which should therefore be at once.
    """
    event = plain(tables.Event if of_tickets else tables.TrailEvent)
    lock_tables(connection, [event])
    return connection.scalar(select(func.max(event.c.id))) or 0


def heads(connection: Connection, after: tuple[int, int], until: tuple[int, int]) -> Iterator[Head]:
    """The events of a range of ids, in the order of recording: those of tickets, then those of other streams.

    Args:
        after: Ids of an event of a ticket and of another one; those after them.
        until: Ids of the last ones.
    """
    for statement, last, end in zip((_of_tickets(), _of_others()), after, until, strict=True):
        while rows := connection.execute(statement, {"last": last, "end": end, "some": _AT_ONCE}).all():
            last = rows[-1].id
            for row in rows:
                yield row.area, row.key, row.seq, row.hash


@cache
def _of_tickets() -> Select[Any]:
    event, ticket = plain(tables.Event), plain(tables.Ticket)
    area = literal(TICKET).label("area")
    columns = select(event.c.id, area, ticket.c.protocol.label("key"), event.c.seq, event.c.hash)
    rows = columns.join_from(event, ticket, ticket.c.id == event.c.ticket_id)
    return (
        rows.where(event.c.id > bindparam("last"), event.c.id <= bindparam("end"))
        .order_by(event.c.id)
        .limit(bindparam("some"))
    )


@cache
def _of_others() -> Select[Any]:
    event = plain(tables.TrailEvent)
    rows = select(event.c.id, event.c.area, event.c.key, event.c.seq, event.c.hash)
    return (
        rows.where(event.c.id > bindparam("last"), event.c.id <= bindparam("end"))
        .order_by(event.c.id)
        .limit(bindparam("some"))
    )
