"""Tickets in and out of the tables: a ticket is read whole, and each of its events is written with what it changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, insert, select, true, update
from sqlmodel import col

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.data import models
from atendimento_tui.data.codec import decode, encode
from atendimento_tui.data.engine import insert_one, take_in_hand, update_one
from atendimento_tui.domain.clocks import Clock, Pause, Term, term_of
from atendimento_tui.domain.text import folded
from atendimento_tui.domain.ticket import FIELD, Event, Ticket
from atendimento_tui.domain.words import ClockKind, Severity, State
from atendimento_tui.results import ActDone

AFTER_THE_RUNNING = datetime(9999, 1, 1, tzinfo=UTC)
"""Where the queue puts paused tickets, behind the running ones of their severity; without a clock, farther still."""

NO_CLOCK = datetime(9999, 12, 31, tzinfo=UTC)

Calendars = Callable[[int], BusinessCalendar]
"""Gives the calendar of a version's number."""

_TICKET_FIELDS = {
    "protocol": "protocol",
    "origin": "origin",
    "process": "process_id",
    "channel": "channel",
    "step": "step",
    "step_name": "step_name",
    "former_step": "former_step",
    "step_since": "step_since",
    "beneficiary": "beneficiary_id",
    "group": "group_id",
    "owner": "owner_id",
    "requester": "requester_id",
    "subject": "subject",
    "state": "state",
    "cycle": "cycle",
    "version": "version",
    "opened_at": "opened_at",
    "closed_at": "closed_at",
    "changed_at": "changed_at",
}
"""Field of the domain's ticket -> column. Severity is told apart: a word there, a rank here."""


def load(connection: Connection, ticket_id: int, *, to_change: bool = False) -> Ticket | None:
    """The ticket with all its clocks, or None where there is none.

    Args:
        to_change: Nobody else changes it until the transaction ends.
    """
    wanted = select(models.Ticket).where(col(models.Ticket.id) == ticket_id)
    row = connection.execute(wanted.with_for_update(key_share=True) if to_change else wanted).one_or_none()
    if row is None:
        return None
    values = {field: getattr(row, column) for field, column in _TICKET_FIELDS.items()}
    return Ticket(
        **values,
        severity=Severity.of_rank(row.severity),
        clocks=clocks_of(connection, ticket_id),
        fields=dict(_answers(connection, ticket_id).values()),
    )


def clocks_of(connection: Connection, ticket_id: int) -> tuple[Clock, ...]:
    """The ticket's clocks with their pauses, in the order in which they started."""
    rows = connection.execute(
        select(models.Clock).where(col(models.Clock.ticket_id) == ticket_id).order_by(col(models.Clock.id))
    ).all()
    pauses: dict[int, list[Pause]] = {row.id: [] for row in rows}
    rested = (
        select(models.ClockPause).where(col(models.ClockPause.clock_id).in_(pauses)).order_by(col(models.ClockPause.id))
    )
    for pause in connection.execute(rested) if rows else ():
        pauses[pause.clock_id].append(_pause(pause))
    return tuple(_clock(row, pauses[row.id]) for row in rows)


def events_of(connection: Connection, ticket_id: int) -> list[Event]:
    """The ticket's history, oldest first."""
    rows = connection.execute(
        select(models.Event).where(col(models.Event.ticket_id) == ticket_id).order_by(col(models.Event.seq))
    )
    return _events(rows, {number: text for number, (_, text) in _answers(connection, ticket_id).items()})


def histories(connection: Connection, tickets: Sequence[int]) -> dict[int, list[Event]]:
    """The history of each of these tickets."""
    given, happened = models.FieldValue, models.Event
    answers: dict[int, dict[int, str]] = {ticket: {} for ticket in tickets}
    for row in connection.execute(select(given).where(col(given.ticket_id).in_(tickets))):
        answers[row.ticket_id][row.id] = row.text
    order = (col(happened.ticket_id), col(happened.seq))
    rows = connection.execute(select(happened).where(col(happened.ticket_id).in_(tickets)).order_by(*order))
    by_ticket = groupby(rows, key=lambda row: row.ticket_id)
    return {ticket: _events(own, answers[ticket]) for ticket, own in by_ticket}


def _events(rows: Iterable[Row[Any]], answers: Mapping[int, str]) -> list[Event]:
    known: dict[str, str] = {}
    events = []
    for row in rows:
        action, changes, clocks = decode(row.changes, answers, known)
        known |= {name.removeprefix(FIELD): str(to) for name, (_, to) in changes.items() if name.startswith(FIELD)}
        events.append(Event(row.kind, row.at, row.actor_id, row.text, action, changes, clocks))
    return events


def _answers(connection: Connection, ticket_id: int) -> dict[int, tuple[str, str]]:
    """The ticket's answers by row, oldest first: key and text."""
    given = select(models.FieldValue).where(col(models.FieldValue.ticket_id) == ticket_id)
    rows = connection.execute(given.order_by(col(models.FieldValue.id)))
    return {row.id: (row.key, row.text) for row in rows}


def stored_rows(connection: Connection, at_once: int) -> Iterator[list[dict[str, Any]]]:
    """Every ticket's row as it stands, by id, so many at a time."""
    every = select(models.Ticket).order_by(col(models.Ticket.id))
    with connection.execute(every, execution_options={"yield_per": at_once}) as found:
        for some in found.partitions():
            yield [dict(row._mapping) for row in some]


def done_before(connection: Connection, request_id: str) -> ActDone | None:
    """What the request did, if it was written already. While it is in hand here, it is sent in vain elsewhere."""
    take_in_hand(connection, request_id)
    found = connection.execute(
        select(col(models.Ticket.id), col(models.Ticket.protocol), col(models.Ticket.version))
        .join(models.Event, col(models.Event.ticket_id) == col(models.Ticket.id))
        .where(col(models.Event.request_id) == request_id)
    ).one_or_none()
    return ActDone(found.id, found.protocol, found.version, repeated=True) if found else None


def next_in_series(connection: Connection, series: str) -> int:
    """The next number of a series, without gaps: it is taken only if the transaction is committed."""
    number = _raised(connection, series)
    if number is None:
        take_in_hand(connection, series)  # one alone begins it
        number = _raised(connection, series)
    if number is None:
        connection.execute(insert(models.Numbering).values(series=series, last=1))
    return number or 1


def _raised(connection: Connection, series: str) -> int | None:
    last = col(models.Numbering.last)
    raised = update(models.Numbering).where(col(models.Numbering.series) == series).values(last=last + 1)
    return connection.scalar(raised.returning(last))


def create(
    connection: Connection,
    lived: Sequence[tuple[Event, Ticket]],
    calendars: Calendars,
    *,
    recorded_at: datetime,
    request_id: str | None = None,
    origin_system: str | None = None,
    search: str = "",
) -> int:
    """Write a new ticket with the events it has so far.

    Args:
        lived: Each event with the ticket after it; the last one is the ticket as it stands.
        search: The names that the filter shall find it by, besides its own words.

    Returns:
        The ticket's id.
    """
    ticket = lived[-1][1]
    row = ticket_row(ticket, calendars)
    row |= {"origin_system": origin_system, "search": folded(f"{ticket.protocol} {ticket.origin or ''} {search}")}
    ticket_id = insert_one(connection, models.Ticket, **row)
    rows = [
        _event_row(
            ticket_id,
            after.version,
            event,
            recorded_at,
            request_id if seq == 0 else None,
            _insert_answers(connection, ticket_id, event),
        )
        for seq, (event, after) in enumerate(lived)
    ]
    connection.execute(insert(models.Event), rows)
    for clock in ticket.clocks:
        _insert_clock(connection, ticket_id, clock)
    return ticket_id


def append(
    connection: Connection,
    ticket_id: int,
    before: Ticket,
    event: Event,
    calendars: Calendars,
    *,
    recorded_at: datetime,
    request_id: str | None,
    search: str | None = None,
) -> Ticket:
    """Write one more event of the ticket, and the ticket and clocks as it leaves them.

    Args:
        search: The names that the filter shall find it by from now on, where they are others.

    Returns:
        The ticket after the event.
    """
    after = before.evolve(event)
    answers = _insert_answers(connection, ticket_id, event)
    insert_one(
        connection, models.Event, **_event_row(ticket_id, after.version, event, recorded_at, request_id, answers)
    )
    row = ticket_row(after, calendars)
    if search is not None:
        row["search"] = folded(f"{after.protocol} {after.origin or ''} {search}")
    update_one(connection, models.Ticket, ticket_id, row)
    if after.clocks != before.clocks:
        _rewrite_clocks(connection, ticket_id, before.clocks, after.clocks)
    return after


def nearest_term(ticket: Ticket, calendars: Calendars) -> Term | None:
    """The live clock that a list shows: the running one due first, or else the paused one nearest to its end."""
    terms = [term_of(clock, calendars(clock.calendar)) for clock in ticket.live_clocks]
    return min(terms, key=lambda term: (term.paused_at is not None, term.due_at), default=None)


def ticket_row(ticket: Ticket, calendars: Calendars) -> dict[str, Any]:
    """The columns that follow from the ticket's events."""
    row = {column: getattr(ticket, field) for field, column in _TICKET_FIELDS.items()}
    return row | {
        "severity": Severity(ticket.severity).rank,
        "is_open": State(ticket.state).is_open,
        **_term_columns(nearest_term(ticket, calendars)),
    }


def _term_columns(term: Term | None) -> dict[str, Any]:
    if term is None:
        empty = ("term_kind", "term_calendar", "term_basis", "due_at", "warn_at", "paused_at")
        return dict.fromkeys(empty) | {"queue_due": NO_CLOCK}
    return {
        "term_kind": term.kind,
        "term_calendar": term.calendar,
        "term_basis": term.basis,
        "due_at": term.due_at,
        "warn_at": None if term.paused_at else term.warn_at,
        "paused_at": term.paused_at,
        "queue_due": AFTER_THE_RUNNING if term.paused_at else term.due_at,
    }


def _event_row(
    ticket_id: int,
    seq: int,
    event: Event,
    recorded_at: datetime,
    request_id: str | None,
    answers: Mapping[str, int] = MappingProxyType({}),
) -> dict[str, Any]:
    """The event's row, which names its answers by number."""
    return {
        "ticket_id": ticket_id,
        "seq": seq,
        "kind": event.kind,
        "at": event.at,
        "recorded_at": recorded_at,
        "actor_id": event.actor,
        "request_id": request_id,
        "text": event.text,
        "changes": encode(event, answers),
    }


def _insert_answers(connection: Connection, ticket_id: int, event: Event) -> dict[str, int]:
    """Write the answers to fields that came with an event.

    Returns:
        Key -> the row where its answer stands.
    """
    rows = [
        {"ticket_id": ticket_id, "key": name.removeprefix(FIELD), "text": str(to)}
        for name, (_, to) in event.changes.items()
        if name.startswith(FIELD)
    ]
    if not rows:
        return {}
    written = insert(models.FieldValue).returning(col(models.FieldValue.key), col(models.FieldValue.id))
    return {row.key: row.id for row in connection.execute(written, rows)}


def all_clocks(connection: Connection, tickets: Sequence[int] | None = None) -> Iterator[tuple[int, Clock]]:
    """Every clock of the desk, or of some tickets, with its ticket's id, by ticket and in the order of their starts."""
    wanted = true() if tickets is None else col(models.Clock.ticket_id).in_(tickets)
    order = (col(models.Clock.ticket_id), col(models.Clock.id))
    pauses = connection.execute(
        select(models.ClockPause)
        .join(models.Clock, col(models.Clock.id) == col(models.ClockPause.clock_id))
        .where(wanted)
        .order_by(*order, col(models.ClockPause.id))
    )
    rested = groupby(pauses, key=lambda pause: pause.clock_id)
    next_id, next_pauses = next(rested, (None, iter(())))
    for row in connection.execute(select(models.Clock).where(wanted).order_by(*order)):
        own: list[Pause] = []
        if row.id == next_id:
            own = [_pause(pause) for pause in next_pauses]
            next_id, next_pauses = next(rested, (None, iter(())))
        yield row.ticket_id, _clock(row, own)


def _pause(row: Row[Any]) -> Pause:
    return Pause(row.began_at, row.reason, row.ended_at)


def _clock(row: Row[Any], pauses: Iterable[Pause]) -> Clock:
    return Clock(
        cycle=row.cycle,
        kind=ClockKind(row.kind),
        calendar=row.calendar_id,
        basis=row.basis,
        target=row.target,
        started_at=row.started_at,
        pauses=tuple(pauses),
        stopped_at=row.stopped_at,
        cancelled=row.cancelled,
    )


def _insert_clock(connection: Connection, ticket_id: int, clock: Clock) -> None:
    clock_id = insert_one(
        connection,
        models.Clock,
        ticket_id=ticket_id,
        cycle=clock.cycle,
        kind=clock.kind,
        calendar_id=clock.calendar,
        basis=clock.basis,
        target=clock.target,
        started_at=clock.started_at,
        stopped_at=clock.stopped_at,
        cancelled=clock.cancelled,
    )
    _insert_pauses(connection, clock_id, clock.pauses)


def _insert_pauses(connection: Connection, clock_id: int, pauses: Sequence[Pause]) -> None:
    rows = [{"clock_id": clock_id, "began_at": p.began_at, "ended_at": p.ended_at, "reason": p.reason} for p in pauses]
    if rows:
        connection.execute(insert(models.ClockPause), rows)


def _rewrite_clocks(connection: Connection, ticket_id: int, before: Sequence[Clock], clocks: Sequence[Clock]) -> None:
    """Write what changed: clocks and pauses only grow, and only the last pause of a clock can still end."""
    ids = select(col(models.Clock.id)).where(col(models.Clock.ticket_id) == ticket_id).order_by(col(models.Clock.id))
    rows = connection.execute(ids).all() if before else []
    for row, old, new in zip(rows, before, clocks, strict=False):
        if new == old:
            continue
        connection.execute(
            update(models.Clock)
            .where(col(models.Clock.id) == row.id)
            .values(stopped_at=new.stopped_at, cancelled=new.cancelled, target=new.target)
        )
        if old.paused_at and old.pauses[-1] != new.pauses[len(old.pauses) - 1]:
            connection.execute(
                update(models.ClockPause)
                .where(col(models.ClockPause.clock_id) == row.id, col(models.ClockPause.ended_at).is_(None))
                .values(ended_at=new.pauses[len(old.pauses) - 1].ended_at)
            )
        _insert_pauses(connection, row.id, new.pauses[len(old.pauses) :])
    for clock in clocks[len(before) :]:
        _insert_clock(connection, ticket_id, clock)
