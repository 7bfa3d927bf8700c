"""The events of streams that are not tickets."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from atendimento_tui.contracts.trail import StreamEvent
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, rows_of
from atendimento_tui.domain.trail import Stream, unseal


def events_of(connection: Connection, stream: Stream) -> list[StreamEvent]:
    """The stream's events, oldest first."""
    of_stream = {"area": stream.area, "key": stream.key}
    texts: dict[int, dict[tuple[str, bool], str]] = {}
    for value in connection.execute(_values(), of_stream):
        texts.setdefault(value.event_id, {})[value.field, value.is_after] = value.text
    return [
        StreamEvent(row.seq, row.kind, row.at, row.actor_id, unseal(row.changes, texts.get(row.id, {})))
        for row in rows_of(connection, tables.TrailEvent, order_by="seq", **of_stream)
    ]


@cache
def _values() -> Select[Any]:
    event, value = plain(tables.TrailEvent), plain(tables.TrailValue)
    of_stream = (event.c.area == bindparam("area"), event.c.key == bindparam("key"))
    return select(value).join(event, event.c.id == value.c.event_id).where(*of_stream)
