"""Loads tickets, and writes their events with all rows that an event changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Update,
    bindparam,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.data import tables
from atendimento_tui.data.codec import Answer, decode, encode, read_changes, seal_answer
from atendimento_tui.data.engine import (
    insert_many,
    insert_one,
    note_act,
    plain,
    row_of,
    rows_of,
    update_many,
    update_one,
)
from atendimento_tui.data.queries.people import actor_of, groups_of_actor
from atendimento_tui.data.repositories.calendars import load_calendar
from atendimento_tui.data.repositories.clocks import all_clocks, clocks_of, insert_clocks, rewrite_clocks
from atendimento_tui.domain.access import Actor
from atendimento_tui.domain.clocks import Term, term_of
from atendimento_tui.domain.text import searched_ticket
from atendimento_tui.domain.tickets import FIELD, Event, Ticket
from atendimento_tui.domain.trail import FORM, TICKET, Recorded, Stream, instant, link, new_salt
from atendimento_tui.domain.words import Severity, State

PAUSED_DUE = datetime(9999, 1, 1, tzinfo=UTC)
"""`queue_due` of paused tickets: after the running ones of the same severity."""

NO_CLOCK = datetime(9999, 12, 31, tzinfo=UTC)
"""`queue_due` of tickets without a clock: after the paused ones."""

_AT_ONCE = 500
"""Tickets that are read together."""

Calendars = Callable[[int], BusinessCalendar]
"""Returns the calendar of a version id."""

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
"""Field of the domain's ticket -> column. Severity, `unpromised` and `head` are converted separately."""


def load(connection: Connection, ticket_id: int) -> Ticket | None:
    """The ticket with its clocks and answers; None if it does not exist."""
    row = row_of(connection, tables.Ticket, id=ticket_id)
    return _ticket_of(connection, row) if row else None


@dataclass(frozen=True, slots=True)
class Taken:
    """A ticket that is locked for an act, and the person who acts, as the database has both now.

    Attributes:
        secret_group: The group for whose members alone the ticket exists; None if it is not secret.
    """

    ticket: Ticket
    actor: Actor
    secret_group: int | None
    newest_calendar: int


def take(connection: Connection, ticket_id: int, person: int | None) -> Taken | None:
    """Lock a ticket until the transaction ends, and read it with the rights of the person who acts on it.

    Returns:
        None if there is no such ticket.
    """
    row = connection.execute(_take(), {"ticket": ticket_id, "actor": person}).first()
    if row is None:
        return None
    actor = actor_of(person, row.actor_role, row.actor_active, row.actor_groups)
    return Taken(_ticket_of(connection, row), actor, row.secret_group_id, row.newest_calendar)


@cache
def _take() -> Select[Any]:
    ticket, person, service = plain(tables.Ticket), plain(tables.Person), plain(tables.Process)
    own = groups_of_actor().subquery()
    rights = (person.c.role.label("actor_role"), person.c.active.label("actor_active"), own.c.actor_groups)
    newest = select(func.max(plain(tables.Calendar).c.id).label("newest_calendar")).subquery()
    found = select(ticket, service.c.secret_group_id, *rights, newest.c.newest_calendar)
    found = found.join_from(ticket, service, service.c.id == ticket.c.process_id, isouter=True)
    found = found.outerjoin(person, person.c.id == bindparam("actor")).outerjoin(own, true()).join(newest, true())
    # A lock that still allows new rows with foreign keys to this row.
    return found.where(ticket.c.id == bindparam("ticket")).with_for_update(key_share=True, of=ticket)


def _ticket_of(connection: Connection, row: Row[Any]) -> Ticket:
    """The ticket of a row, with its clocks and answers."""
    values = {field: getattr(row, column) for field, column in _TICKET_FIELDS.items()}
    ticket = Ticket(
        **values,
        head=row.head,
        severity=Severity.of_rank(row.severity),
        unpromised={kind.removeprefix("-"): not kind.startswith("-") for kind in row.unpromised.split()},
    )
    if ticket.is_only_begun:
        return ticket
    clocks = clocks_of(connection, row.id)
    return replace(ticket, clocks=clocks, fields=dict(_answers(connection, row.id).values()))


def events_of(connection: Connection, ticket_id: int, *, answered: bool = True) -> list[Event]:
    """The ticket's history, oldest first.

    Args:
        answered: Whether it may have answers. If not, a query is saved.
    """
    rows = rows_of(connection, tables.Event, ticket_id=ticket_id, order_by="seq")
    answers = _answers(connection, ticket_id) if answered else {}
    return _events(rows, {number: text for number, (_, text) in answers.items()})


def histories(connection: Connection, tickets: Sequence[int]) -> dict[int, list[Event]]:
    """Ticket id -> its history, for these tickets."""
    given, happened = plain(tables.FieldValue), plain(tables.Event)
    answers: dict[int, dict[int, str]] = {ticket: {} for ticket in tickets}
    for row in connection.execute(select(given).where(given.c.ticket_id.in_(tickets))):
        answers[row.ticket_id][row.id] = row.text
    of_these = select(happened).where(happened.c.ticket_id.in_(tickets))
    rows = connection.execute(of_these.order_by(happened.c.ticket_id, happened.c.seq))
    by_ticket = groupby(rows, key=lambda row: row.ticket_id)
    return {ticket: _events(own, answers[ticket]) for ticket, own in by_ticket}


def _events(rows: Iterable[Row[Any]], answers: Mapping[int, str]) -> list[Event]:
    known: dict[str, str] = {}
    events = []
    for row in rows:
        it = decode(read_changes(row.changes), row.text, row.words, answers, known)
        known |= {name.removeprefix(FIELD): str(to) for name, (_, to) in it.changes.items() if name.startswith(FIELD)}
        events.append(Event(row.kind, row.at, row.actor_id, row.text, it.action, it.changes, it.clocks, it.erased))
    return events


def _answers(connection: Connection, ticket_id: int) -> dict[int, tuple[str, str]]:
    """Row id -> (key, text) of the ticket's answers, oldest first."""
    given = rows_of(connection, tables.FieldValue, ticket_id=ticket_id)
    return {row.id: (row.key, row.text) for row in given}


def stored_rows(connection: Connection, after: int, many: int) -> list[dict[str, Any]]:
    """The next ticket rows in the order of their ids.

    Args:
        after: The id of the last one before them.
    """
    tickets = plain(tables.Ticket)
    following = select(tickets).where(tickets.c.id > after).order_by(tickets.c.id).limit(many)
    return [dict(row._mapping) for row in connection.execute(following)]  # noqa: SLF001 - public in SQLAlchemy


def sampled_rows(connection: Connection, count: int) -> list[dict[str, Any]]:
    """Up to `count` ticket rows: the newest ones and as many from the whole range of ids."""
    tickets = plain(tables.Ticket)
    last = connection.scalar(select(func.max(tickets.c.id))) or 0
    half = count // 2
    chosen = {*range(max(last - half, 0) + 1, last + 1), *range(1, last + 1, max(last // max(half, 1), 1))}
    found = connection.execute(select(tickets).where(tickets.c.id.in_(sorted(chosen)[:count])).order_by(tickets.c.id))
    return [dict(row._mapping) for row in found]  # noqa: SLF001 - public in SQLAlchemy


@dataclass(frozen=True, slots=True)
class Recording:
    """The transaction in which events are written, and values that are stored with them.

    Attributes:
        calendars: Returns the calendars of the tickets' clocks.
        at: The instant of writing.
        request: Id of the act; it is stored with the first event only.
    """

    connection: Connection
    calendars: Calendars
    at: datetime
    request: str | None = None


def create(
    recording: Recording,
    history: Iterable[tuple[Event, Ticket]],
    *,
    origin_system: str | None = None,
    service: str = "",
    names: Sequence[str] = (),
) -> int:
    """Insert a new ticket with its events.

    Args:
        history: Each event with the ticket after it; at least one. None has answers to a process.
        service: The name of its service, for the filter.
        names: The names of its requester and its beneficiary, for the filter.

    Returns:
        The ticket's id.
    """
    connection = recording.connection
    rows: list[dict[str, Any]] = []
    ticket, head = Ticket(), ""
    for event, ticket in history:
        assert not _answered(event), "answers refer to a ticket that exists"
        request = None if rows else recording.request
        rows.append(event_row(ticket, event, recording.at, request, head))
        head = rows[-1]["hash"]
    row = ticket_row(ticket, recording.calendars)
    row |= {"origin_system": origin_system, "search": searched_words(ticket, service, names), "head": head}
    ticket_id = insert_one(connection, tables.Ticket, **row)
    insert_many(connection, tables.Event, [{"ticket_id": ticket_id, **row} for row in rows])
    note_act(connection, ticket_id, recording.request)
    insert_clocks(connection, ticket_id, ticket.clocks)
    return ticket_id


def append(
    recording: Recording, ticket_id: int, event: Event, before: Ticket, after: Ticket, *, search: str | None = None
) -> Ticket:
    """Write the next event of the ticket, chained to the one before it, and update the ticket and its clocks.

    Args:
        before: The ticket before the event.
        after: The ticket after the event.
        search: Its new search text (`searched_words`); None if it is unchanged.

    Returns:
        The ticket after the event, with its new head.
    """
    connection = recording.connection
    answers = _insert_answers(connection, ticket_id, event)
    written = event_row(after, event, recording.at, recording.request, before.head, answers)
    insert_one(connection, tables.Event, ticket_id=ticket_id, **written)
    note_act(connection, ticket_id, recording.request)
    row = ticket_row(after, recording.calendars) | {"head": written["hash"]}
    if search is not None:
        row["search"] = search
    update_one(connection, tables.Ticket, ticket_id, row)
    # A ticket with one event has no texts yet.
    if before.version > 1 and row["is_open"] != State(before.state).is_open:
        connection.execute(_update_texts(), {"ticket": ticket_id, "opened": row["is_open"]})
    if after.clocks != before.clocks:
        rewrite_clocks(connection, ticket_id, before.clocks, after.clocks)
    return replace(after, head=written["hash"])


def insert_search_text(connection: Connection, ticket_id: int, text: str, *, is_open: bool) -> None:
    """Insert a text of an event for the filter.

    Args:
        text: The folded text.
    """
    insert_one(connection, tables.TicketText, ticket_id=ticket_id, is_open=is_open, text=text)


@cache
def _update_texts() -> Update:
    """Set `is_open` of the ticket's texts: the filter searches the texts of open tickets only."""
    texts = plain(tables.TicketText)
    return update(texts).where(texts.c.ticket_id == bindparam("ticket")).values(is_open=bindparam("opened"))


def searched_words(ticket: Ticket, service: str, names: Iterable[str]) -> str:
    """The search text of a ticket's own row."""
    return searched_ticket(f"{ticket.protocol} {ticket.origin or ''} {service} {ticket.subject}", names)


def nearest_term(ticket: Ticket, calendars: Calendars) -> Term | None:
    """The live clock that a list shows: the running one that is due first, else the paused one that is due first."""
    terms = [term_of(clock, calendars(clock.calendar)) for clock in ticket.live_clocks]
    return min(terms, key=lambda term: (term.paused_at is not None, term.due_at), default=None)


def compute_terms(connection: Connection) -> None:
    """Compute and store the nearest term of all tickets with a live clock.

    This is done after a migration, because the rules of the new version may give other results.
    """
    clock, calendars = plain(tables.Clock), cache(partial(load_calendar, connection))
    live = select(clock.c.ticket_id).where(clock.c.stopped_at.is_(None)).distinct().order_by(clock.c.ticket_id)
    tickets = list(connection.scalars(live))
    for start in range(0, len(tickets), _AT_ONCE):
        some = all_clocks(connection, tickets[start : start + _AT_ONCE])
        clocks = {ticket: tuple(own for _, own in of_one) for ticket, of_one in groupby(some, key=itemgetter(0))}
        terms = {ticket: nearest_term(Ticket(clocks=own), calendars) for ticket, own in clocks.items()}
        update_many(connection, tables.Ticket, {ticket: _term_columns(term) for ticket, term in terms.items()})


def ticket_row(ticket: Ticket, calendars: Calendars) -> dict[str, Any]:
    """The columns that are computed from the ticket's events."""
    row = {column: getattr(ticket, field) for field, column in _TICKET_FIELDS.items()}
    return row | {
        "severity": Severity(ticket.severity).rank,
        "unpromised": " ".join(kind if asked else f"-{kind}" for kind, asked in sorted(ticket.unpromised.items())),
        "is_open": State(ticket.state).is_open,
        **_term_columns(nearest_term(ticket, calendars)),
    }


def _term_columns(term: Term | None) -> dict[str, Any]:
    if term is None:
        empty = ("term_kind", "term_calendar", "term_basis", "due_at", "warn_at", "paused_at", "zero_at")
        return dict.fromkeys(empty) | {"queue_due": NO_CLOCK}
    return {
        "term_kind": term.kind,
        "term_calendar": term.calendar,
        "term_basis": term.basis,
        "due_at": term.due_at,
        "warn_at": None if term.paused_at else term.warn_at,
        "paused_at": term.paused_at,
        "zero_at": None if term.zero_at == term.due_at else term.zero_at,
        "queue_due": PAUSED_DUE if term.paused_at else term.due_at,
    }


def event_row(
    ticket: Ticket,
    event: Event,
    recorded_at: datetime,
    request_id: str | None,
    former: str,
    answers: Mapping[str, Answer] = MappingProxyType({}),
) -> dict[str, Any]:
    """The event's row without its ticket's id. It refers to its answers by row id.

    Args:
        ticket: The ticket after the event.
        former: The hash of the event before it; empty for the first one.
    """
    encoded = encode(event, answers)
    at, recorded = instant(event.at), instant(recorded_at)
    it = Recorded(event.kind, at, recorded, event.actor, request_id, encoded.changes)
    return {
        "seq": ticket.version,
        "kind": event.kind,
        "at": event.at,
        "recorded_at": recorded_at,
        "actor_id": event.actor,
        "request_id": request_id,
        "text": encoded.text,
        "changes": encoded.changes,
        "words": encoded.words,
        "salt": encoded.salt,
        "form": FORM,
        "hash": link(former, Stream(TICKET, ticket.protocol), ticket.version, it),
    }


def _insert_answers(connection: Connection, ticket_id: int, event: Event) -> dict[str, Answer]:
    """Insert the answers of an event.

    Returns:
        Key -> its stored answer.
    """
    answered = _answered(event)
    if not answered:
        return {}
    salts = {key: new_salt() for key in answered}
    rows = [{"ticket_id": ticket_id, "key": key, "text": answered[key], "salt": salts[key]} for key in answered]
    numbers = {row.key: row.id for row in connection.execute(_insert_numbered_answers(), rows)}
    return {key: Answer(numbers[key], seal_answer(salts[key], key, text)) for key, text in answered.items()}


def _answered(event: Event) -> dict[str, str]:
    """Key -> text of the answers of an event."""
    return {name.removeprefix(FIELD): str(to) for name, (_, to) in event.changes.items() if name.startswith(FIELD)}


@cache
def _insert_numbered_answers() -> ReturningInsert[Any]:
    answer = plain(tables.FieldValue)
    return insert(answer).returning(answer.c.key, answer.c.id)
