"""Writes the events of streams that are not tickets."""

from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_many, insert_one, plain
from atendimento_tui.domain.trail import FORM, TICKET, Changes, Recorded, Stream, instant, link, seal


def record(
    connection: Connection,
    stream: Stream,
    kind: str,
    *,
    actor: int | None,
    at: datetime,
    changes: Changes = MappingProxyType({}),
) -> int:
    """Write the next event of a stream. Other writers of this stream wait until the transaction ends.

    Events of tickets are written by `repositories.tickets`.

    Args:
        connection: The transaction that makes the changes.
        stream: What the event is about.
        kind: What happened, as a key.
        actor: The person's id; None for the desk itself.
        at: When it happened.
        changes: Field -> (before, after). Secrets never belong in it.

    Returns:
        The event's number in the stream, from 1.
    """
    assert stream.area != TICKET, "tickets have their own events"
    advisory_lock(connection, f"trilha {stream.area} {stream.key}")
    last = connection.execute(_newest(), {"area": stream.area, "key": stream.key}).one_or_none()
    number, former = (last.seq + 1, last.hash) if last else (1, "")
    written, values = seal(changes)
    it = Recorded(kind, instant(at), None, actor, None, written)
    event = insert_one(
        connection,
        tables.TrailEvent,
        area=stream.area,
        key=stream.key,
        seq=number,
        kind=kind,
        at=at.astimezone(UTC),
        actor_id=actor,
        changes=written,
        form=FORM,
        hash=link(former, stream, number, it),
    )
    rows = [
        {"event_id": event, "field": own.field, "is_after": own.is_after, "text": own.text, "salt": own.salt}
        for own in values
    ]
    insert_many(connection, tables.TrailValue, rows)
    return number


@cache
def _newest() -> Select[Any]:
    """The last event of a stream."""
    event = plain(tables.TrailEvent)
    of_stream = (event.c.area == bindparam("area"), event.c.key == bindparam("key"))
    return select(event.c.seq, event.c.hash).where(*of_stream).order_by(event.c.seq.desc()).limit(1)
