"""Writes the events of streams that are not tickets."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_many, insert_one, is_one_of, plain
from atendimento_tui.domain.trail import FORM, TICKET, Changes, Recorded, SealedValue, Stream, instant, link, seal


def record(
    connection: Connection,
    stream: Stream,
    kind: str,
    *,
    actor: int | None,
    at: datetime,
    changes: Changes = MappingProxyType({}),
    is_first: bool = False,
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
        is_first: Whether this transaction made what the stream is about, so that nobody else can write to it.

    Returns:
        The event's number in the stream, from 1.
    """
    assert stream.area != TICKET, "tickets have their own events"
    last = None if is_first else _last(connection, stream)
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


def record_each(
    connection: Connection, kind: str, *, actor: int | None, at: datetime, changes: Mapping[Stream, Changes]
) -> None:
    """Write the next event of each of many streams of one area in a few statements.

    The caller holds a lock of the area.

    Args:
        kind: What happened to each, as a key.
        changes: Stream -> field -> (before, after). Secrets never belong in it.
    """
    if not changes:
        return
    [area] = {stream.area for stream in changes}
    assert area != TICKET, "tickets have their own events"
    keys = [stream.key for stream in changes]
    event = plain(tables.TrailEvent)
    of_streams = (event.c.area == bindparam("area"), is_one_of(connection, event.c.key, "keys"))
    wanted: Select[Any] = select(event.c.id, event.c.key, event.c.seq, event.c.hash).where(*of_streams)
    former = connection.execute(wanted.order_by(event.c.seq), {"area": area, "keys": keys}).all()
    last = {row.key: row for row in former}
    rows: list[dict[str, object]] = []
    texts: dict[str, list[SealedValue]] = {}
    for stream, changed in changes.items():
        before = last.get(stream.key)
        number = before.seq + 1 if before else 1
        written, texts[stream.key] = seal(changed)
        it = Recorded(kind, instant(at), None, actor, None, written)
        chained = link(before.hash if before else "", stream, number, it)
        own = {"area": area, "key": stream.key, "seq": number, "kind": kind, "at": at.astimezone(UTC)}
        rows.append({**own, "actor_id": actor, "changes": written, "form": FORM, "hash": chained})
    insert_many(connection, tables.TrailEvent, rows)
    known = {row.id for row in former}
    ids = {row.key: row.id for row in connection.execute(wanted, {"area": area, "keys": keys}) if row.id not in known}
    values = [
        {"event_id": ids[key], "field": own.field, "is_after": own.is_after, "text": own.text, "salt": own.salt}
        for key, sealed in texts.items()
        for own in sealed
    ]
    insert_many(connection, tables.TrailValue, values)


def _last(connection: Connection, stream: Stream) -> Any:
    """The newest event of a stream, if any. Other writers of the stream wait."""
    advisory_lock(connection, f"trilha {stream.area} {stream.key}")
    return connection.execute(_newest(), {"area": stream.area, "key": stream.key}).one_or_none()


@cache
def _newest() -> Select[Any]:
    """The last event of a stream."""
    event = plain(tables.TrailEvent)
    of_stream = (event.c.area == bindparam("area"), event.c.key == bindparam("key"))
    return select(event.c.seq, event.c.hash).where(*of_stream).order_by(event.c.seq.desc()).limit(1)
