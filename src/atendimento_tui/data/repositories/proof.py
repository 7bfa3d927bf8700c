"""Reads what is stored of tickets and streams, character by character, to prove it.

Instants are read as SQLite stores them, so that a changed character is noticed even if it gives the same instant.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, DateTime, Row, Select, String, and_, bindparam, func, or_, select, type_coerce
from sqlmodel import SQLModel

from atendimento_tui.data import tables
from atendimento_tui.data.codec import decode, read_changes, values_of
from atendimento_tui.data.engine import plain
from atendimento_tui.data.repositories.clocks import all_clocks
from atendimento_tui.data.visible import without_secrets
from atendimento_tui.domain.clocks import Clock
from atendimento_tui.domain.digests import Digest
from atendimento_tui.domain.tickets import FIELD, Event
from atendimento_tui.domain.trail import (
    ANONYMISED,
    JUMP,
    TICKET,
    Break,
    Recorded,
    Seal,
    Stored,
    Stream,
    Values,
    field_of,
    first_break,
    instant,
    sealed,
)

ENDLESS = (2**31 - 1, 2**31 - 1)
"""The greatest ids that a column can have."""


@dataclass(frozen=True, slots=True)
class StoredTicket:
    """A ticket's rows.

    Attributes:
        row: The columns of its row.
        events: The rows of its events, in their order.
        answers: Number of an answer's row -> key, text and salt.
    """

    row: dict[str, Any]
    events: list[Row[Any]] = field(default_factory=list)
    answers: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    clocks: list[Clock] = field(default_factory=list)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Number of an event -> its changes, once they were read."""

    @property
    def protocol(self) -> str:
        return str(self.row["protocol"])

    def first_break(self) -> Break | None:
        """The first error in its chain and its values."""
        answers = dict(self.answers)
        texts = {row.seq: row for row in self.events}

        def values(stored: Stored) -> Values:
            row = texts[stored.number]
            return values_of(row.seq, self._changes(row), row.text, row.words, row.salt, answers)

        found = first_break(Stream(TICKET, self.protocol), map(_of_ticket, self.events), values, self.row["head"])
        return found or (Break("valor_sobra", 0) if answers else None)

    def _changes(self, row: Row[Any]) -> dict[str, Any]:
        if row.seq not in self.changes:
            self.changes[row.seq] = read_changes(row.changes)
        return self.changes[row.seq]

    def history(self) -> list[Event]:
        """Its events, oldest first."""
        known: dict[str, str] = {}
        answers = {number: text for number, (_, text, _) in self.answers.items()}
        events = []
        for row in self.events:
            it = decode(self._changes(row), row.text, row.words, answers, known)
            known |= {
                name.removeprefix(FIELD): str(to) for name, (_, to) in it.changes.items() if name.startswith(FIELD)
            }
            at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at).replace(tzinfo=UTC)
            events.append(Event(row.kind, at, row.actor_id, row.text, it.action, it.changes, it.clocks, it.erased))
        return events


def _of_ticket(row: Row[Any]) -> Stored:
    it = Recorded(
        row.kind, _instant(row.at), _instant(row.recorded_at), row.actor_id, row.request_id, row.changes, row.form
    )
    return Stored(row.seq, it, row.hash)


def _instant(stored: Any) -> Any:
    return instant(stored) if isinstance(stored, datetime) else stored


def ticket_numbers(connection: Connection, after: int, many: int) -> dict[int, str]:
    """Id -> protocol of the next tickets in the order of their ids.

    Args:
        after: The id of the last one before them.
    """
    ticket = plain(tables.Ticket)
    following = select(ticket.c.id, ticket.c.protocol).where(ticket.c.id > after).order_by(ticket.c.id).limit(many)
    return {row.id: row.protocol for row in connection.execute(following)}


def stored_tickets(connection: Connection, first: int, last: int) -> list[StoredTicket]:
    """The tickets with ids in this range, with all that is stored of them. It takes four statements."""
    between = {"first": first, "last": last}
    ticket = plain(tables.Ticket)
    rows = connection.execute(select(ticket).where(_in_range(ticket.c.id)).order_by(ticket.c.id), between)
    found = {row.id: StoredTicket(dict(row._mapping)) for row in rows}  # noqa: SLF001 - public in SQLAlchemy
    for number, events in groupby(connection.execute(_events(), between), key=attrgetter("ticket_id")):
        if number in found:
            found[number].events.extend(events)
    for answer in connection.execute(_answers(), between):
        if answer.ticket_id in found:
            found[answer.ticket_id].answers[answer.id] = (answer.key, answer.text, answer.salt)
    for number, clock in all_clocks(connection, list(found)):
        found[number].clocks.append(clock)
    return list(found.values())


def _in_range(column: Any) -> Any:
    return and_(column >= bindparam("first"), column <= bindparam("last"))


@cache
def _events() -> Select[Any]:
    event = plain(tables.Event)
    rows = select(*_as_stored(tables.Event)).where(_in_range(event.c.ticket_id))
    return rows.order_by(event.c.ticket_id, event.c.seq)


@cache
def _answers() -> Select[Any]:
    answer = plain(tables.FieldValue)
    return select(answer).where(_in_range(answer.c.ticket_id)).order_by(answer.c.id)


def _as_stored(table: type[SQLModel]) -> list[Any]:
    """The columns of a table. In SQLite an instant is read as text."""
    return [
        type_coerce(column, String).label(column.name)
        if isinstance(column.type, DateTime) or _is_instant(column)
        else column
        for column in plain(table).c
    ]


def _is_instant(column: Any) -> bool:
    return isinstance(getattr(column.type, "impl_instance", None), DateTime)


@dataclass(frozen=True, slots=True)
class StoredStream:
    """The rows of a stream that is not a ticket.

    Attributes:
        events: The rows of its events, in their order.
        values: Id of an event -> field and whether it is the value after the event -> text and salt.
    """

    stream: Stream
    events: list[Row[Any]]
    values: dict[int, dict[tuple[str, bool], tuple[str, str]]]

    def first_break(self) -> Break | None:
        """The first error in its chain and its values."""
        rows = {row.seq: row for row in self.events}

        def values(stored: Stored) -> Values:
            row = rows[stored.number]
            return _values(row, self.values.get(row.id, {}))

        return first_break(self.stream, map(_of_stream, self.events), values)


def _of_stream(row: Row[Any]) -> Stored:
    return Stored(
        row.seq, Recorded(row.kind, _instant(row.at), None, row.actor_id, None, row.changes, row.form), row.hash
    )


def _values(row: Row[Any], stored: dict[tuple[str, bool], tuple[str, str]]) -> Values:
    changes: dict[str, list[Any]] = json.loads(row.changes)
    sides = {
        (name, side): hashed for name, pair in changes.items() for side, hashed in zip((False, True), pair, strict=True)
    }
    written = {where: hashed for where, hashed in sides.items() if isinstance(hashed, str)}
    seals = []
    for name, side in written.keys() | stored.keys():
        text, salt = stored.get((name, side), ("", "-"))
        found = sealed(salt, text) if text or salt else None
        seals.append(Seal(field_of(row.seq, name), written.get((name, side)), found))
    return Values(tuple(seals), tuple(changes) if row.kind == ANONYMISED else ())


def streams_after(connection: Connection, after: Stream, many: int) -> list[Stream]:
    """The next streams in the order of area and key."""
    event = plain(tables.TrailEvent)
    later = or_(event.c.area > after.area, and_(event.c.area == after.area, event.c.key > after.key))
    rows = select(event.c.area, event.c.key).where(later).distinct().order_by(event.c.area, event.c.key).limit(many)
    return [Stream(row.area, row.key) for row in connection.execute(rows)]


def stored_stream(connection: Connection, stream: Stream) -> StoredStream:
    """All that is stored of a stream that is not a ticket."""
    of_stream = {"area": stream.area, "key": stream.key}
    values: dict[int, dict[tuple[str, bool], tuple[str, str]]] = {}
    for value in connection.execute(_values_of_stream(), of_stream):
        values.setdefault(value.event_id, {})[value.field, bool(value.is_after)] = (value.text, value.salt)
    return StoredStream(stream, list(connection.execute(_events_of_stream(), of_stream)), values)


@cache
def _events_of_stream() -> Select[Any]:
    event = plain(tables.TrailEvent)
    of_stream = (event.c.area == bindparam("area"), event.c.key == bindparam("key"))
    return select(*_as_stored(tables.TrailEvent)).where(*of_stream).order_by(event.c.seq)


@cache
def _values_of_stream() -> Select[Any]:
    event, value = plain(tables.TrailEvent), plain(tables.TrailValue)
    of_stream = (event.c.area == bindparam("area"), event.c.key == bindparam("key"))
    return select(value).join(event, event.c.id == value.c.event_id).where(*of_stream).order_by(value.c.id)


def all_digests(connection: Connection) -> list[Digest]:
    """All digests in their order."""
    rows = select(*_as_stored(tables.TrailDigest)).order_by(plain(tables.TrailDigest).c.id)
    return [
        Digest(row.id, row.day, _instant(row.made_at), row.last_event, row.last_trail_event, row.events, row.hash)
        for row in connection.execute(rows)
    ]


_BELONGING = (
    (tables.Event, "ticket_id", tables.Ticket),
    (tables.FieldValue, "ticket_id", tables.Ticket),
    (tables.Attachment, "ticket_id", tables.Ticket),
    (tables.TrailValue, "event_id", tables.TrailEvent),
)


def strays(connection: Connection) -> Iterator[tuple[str, int]]:
    """Rows that belong to nothing: the table's name and the id of the first one of each table."""
    for table, column, owner in _BELONGING:
        own, other = plain(table), plain(owner)
        alone = select(func.min(own.c.id)).outerjoin_from(own, other, own.c[column] == other.c.id)
        if (found := connection.scalar(alone.where(other.c.id.is_(None)))) is not None:
            yield own.name, found


def counts(connection: Connection) -> tuple[int, int]:
    """The number of tickets, and of events of all streams."""
    of_each = (tables.Ticket, tables.Event, tables.TrailEvent)
    tickets, events, others = (
        connection.scalar(select(func.count()).select_from(plain(table))) or 0 for table in of_each
    )
    return tickets, events + others


def protocols(connection: Connection, at_once: int) -> Iterator[Sequence[str]]:
    """All protocol numbers in their order, in batches."""
    ticket, last = plain(tables.Ticket), ""
    following = select(ticket.c.protocol).where(ticket.c.protocol > bindparam("last")).order_by(ticket.c.protocol)
    while found := connection.scalars(following.limit(at_once), {"last": last}).all():
        yield found
        last = found[-1]


def told(connection: Connection, protocols: Collection[str]) -> set[str]:
    """Those of these protocol numbers that the connection's actor may know of."""
    ticket = plain(tables.Ticket)
    these = select(ticket.c.protocol).where(ticket.c.protocol.in_(protocols))
    return set(connection.scalars(without_secrets(connection, these)))


def versions(connection: Connection) -> dict[int, tuple[str, int]]:
    """Id -> text and format of all versions of services, without those of imported histories."""
    process = plain(tables.Process)
    rows = connection.execute(select(process.c.id, process.c.content, process.c.format).where(process.c.content != ""))
    return {row.id: (row.content, row.format) for row in rows}


def answers_to(connection: Connection, keys: Collection[str]) -> Iterator[tuple[int, int, str, str]]:
    """Ticket, version of its service, field and text of all answers to these fields; an erased text is empty."""
    answer, ticket = plain(tables.FieldValue), plain(tables.Ticket)
    rows = select(answer.c.ticket_id, ticket.c.process_id, answer.c.key, answer.c.text)
    for row in connection.execute(rows.join_from(answer, ticket).where(answer.c.key.in_(keys))):
        yield row.ticket_id, row.process_id, row.key, row.text


def last_numbers(connection: Connection) -> dict[str, int]:
    """Series -> the last number that was given."""
    numbering = plain(tables.Numbering)
    return {row.series: row.last for row in connection.execute(select(numbering))}


def jumps(connection: Connection) -> dict[str, list[tuple[int, int]]]:
    """Series -> the recorded jumps: the last number before each, and the last one that was skipped."""
    found: dict[str, list[tuple[int, int]]] = {}
    event = plain(tables.TrailEvent)
    for changes in connection.scalars(select(event.c.changes).where(event.c.kind == JUMP).order_by(event.c.id)):
        for series, (before, after) in json.loads(changes).items():
            if isinstance(before, int) and isinstance(after, int):
                found.setdefault(series, []).append((before, after))
    return found
