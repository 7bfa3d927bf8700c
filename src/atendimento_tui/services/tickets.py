"""Reading one ticket: its state, its history, and the ledger of its due date."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from atendimento_tui.contracts.beneficiaries import ItemChange
from atendimento_tui.contracts.calendars import ToldDate
from atendimento_tui.contracts.messages import MessageView
from atendimento_tui.contracts.people import Receiver
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import (
    ActionView,
    ClockView,
    Explanation,
    HistoryLine,
    MovedDate,
    NamedTicket,
    TicketView,
)
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries.beneficiaries import beneficiary
from atendimento_tui.data.queries.calendars import told_dates
from atendimento_tui.data.queries.external import numbers_of
from atendimento_tui.data.queries.messages import messages_of
from atendimento_tui.data.queries.people import group_names, members
from atendimento_tui.data.queries.received import names_of_files
from atendimento_tui.data.queries.staff import absences_since, hours_of
from atendimento_tui.data.queries.tasks import tasks_of
from atendimento_tui.data.queries.tickets import names_in_history, tickets_named
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain import clocks as rules
from atendimento_tui.domain import workflow
from atendimento_tui.domain.access import Permission, require, require_on_ticket
from atendimento_tui.domain.acts import ATTACHMENT
from atendimento_tui.domain.bills import is_bill
from atendimento_tui.domain.calendar_moves import MOVED, dates_moved, to_tell
from atendimento_tui.domain.clocks import Clock
from atendimento_tui.domain.external import is_about
from atendimento_tui.domain.people import absent_until
from atendimento_tui.domain.process.fields import asks_severity
from atendimento_tui.domain.process.schema import FieldRule, Process
from atendimento_tui.domain.process.values import exported, masked
from atendimento_tui.domain.process_times import process_time
from atendimento_tui.domain.protocol import protocols_in
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.text import folded
from atendimento_tui.domain.tickets import FIELD, Event, Ticket, Value
from atendimento_tui.outputs.bills import bill_line
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.bills import known_bill
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.documents import documents_of
from atendimento_tui.services.due_papers import name_of, papers_of
from atendimento_tui.services.presence import others_here
from atendimento_tui.services.record_updates import asked_changes
from atendimento_tui.services.staff import shifts_of
from atendimento_tui.services.visible import visible_ticket
from atendimento_tui.services.waiting_rows import rows_of
from atendimento_tui.texts import bills as texts
from atendimento_tui.texts import words

OF_A_CLOCK = ("prazo_atencao", "prazo_vencido")
"""Events whose text is a kind of clock."""


@needs(Permission.READ)
def ticket_view(
    desk: Desk,
    now: datetime,
    *,
    ticket_id: int | None = None,
    protocol: str | None = None,
    role: str = "",
    known: Ticket | None = None,
    viewer: int | None = None,
    with_presence: bool = False,
) -> TicketView:
    """A ticket with its clocks, its whole history, and the possible actions for this role.

    Args:
        known: The ticket after the user's own act. It is not read again if its version is still the current one.
        viewer: Id of the person who views the ticket.
        with_presence: Whether to read who else has the ticket open.

    Raises:
        Refused: There is no such ticket.
    """
    with reading(desk.engine) as connection:
        found = visible_ticket(connection, ticket_id=ticket_id, protocol=protocol)
        row, is_imported = found
        is_known = known is not None and known.version == row.version
        ticket = known if is_known else tickets.load(connection, row.key)
        assert ticket, "no ticket is ever deleted"
        process = desk.process_if_any(ticket.process, connection)
        names = _clock_names(process)
        is_told = any(clock.told_calendar for clock in ticket.clocks)
        told = told_dates(connection, row.key) if is_told else []
        clocks = tuple(
            _clock_view(desk, connection, clock, names.get(clock.kind, ""), told, now) for clock in ticket.clocks
        )
        events = tickets.events_of(connection, row.key, answered=bool(ticket.fields))
        has_files = any(event.kind == ATTACHMENT for event in events)
        documents, files = documents_of(connection, row.key, process, ticket, has_files=has_files)
        assert ticket.opened_at, "a ticket that was read was opened"
        return TicketView(
            row=row,
            opened_at=ticket.opened_at,
            closed_at=ticket.closed_at,
            cycle=ticket.cycle,
            imported=is_imported,
            clocks=clocks,
            history=_history(desk, connection, row.key, events, process),
            channel=ticket.channel,
            process_time=process_time(events, desk.zone),
            others_here=others_here(connection, row.key, viewer, now) if with_presence else (),
            to_tell=_to_tell(ticket, told, clocks),
            documents=documents,
            attachments=files,
            external=numbers_of(connection, row.key) if _may_have_numbers(events, process) else (),
            **_by_process(desk, connection, row, ticket, role, now),
        )


def _may_have_numbers(events: Sequence[Event], process: Process | None) -> bool:
    """Whether the ticket may have numbers in other systems. If not, a query is saved."""
    is_bound = process is not None and any(rule.system for rule in process.fields)
    return is_bound or any(is_about(event) for event in events)


def _by_process(
    desk: Desk, connection: Connection, row: QueueRow, ticket: Ticket, role: str, now: datetime
) -> dict[str, Any]:
    """The parts of the view that come from the ticket's process; none for an imported history."""
    context = desk.context(ticket, connection)
    if context is None or not ticket.step:
        return {}
    by_role = _refusal_by_role(desk, row, Permission.ACT)
    changes = {each.field: each for each in asked_changes(connection, context.process, ticket)}
    return {
        "beneficiary": beneficiary(connection, ticket.beneficiary),
        "asks_severity": asks_severity(context.process),
        "usual_time": context.process.usual_time.get(ticket.channel, ""),
        "answers": tuple(_answers(connection, context.process, ticket, now.astimezone(desk.zone).date(), changes)),
        "actions": tuple(
            _action(each, ticket, context.process, by_role, changes)
            for each in workflow.possible(ticket, context, role, now)
        ),
        "corrections": tuple(
            _correction(rule, ticket, context.process)
            for rule in workflow.correctable(ticket, context.process, role)
            if _refusal_by_role(desk, row, Permission.CORRECT) is None
        ),
        "tasks": tasks_of(connection, row.key),
        "messages": tuple(_with_what_they_carry(connection, context.process, row.key)),
        "papers": papers_of(connection, context.process, row.key, ticket),
        "waiting": next(iter(rows_of(connection, row.key)), None) if context.process.books else None,
    }


def _with_what_they_carry(connection: Connection, process: Process, ticket: int) -> Iterator[MessageView]:
    """The messages of a ticket, with the names of what goes with them."""
    messages = messages_of(connection, ticket)
    may_carry = any(rule.files or rule.forwards for rule in process.messages.values())
    files = names_of_files(connection, ticket) if messages and may_carry else {}
    for each in messages:
        papers = (name_of(process, key) for key in each.papers)
        yield replace(each, carries=(*files.get(each.id, ()), *filter(None, papers)))


def _answers(
    connection: Connection, process: Process, ticket: Ticket, today: date, changes: Mapping[str, ItemChange]
) -> Iterator[tuple[str, str]]:
    """Label and shown value of each answer; after a bill, what is known of it."""
    for rule in process.fields:
        if value := ticket.fields.get(rule.key):
            yield rule.label, _answer(rule, value, changes.get(rule.key))
            if rule.type in ("boleto", "numero_boleto"):
                known = bill_line(known_bill(connection, value), today) if is_bill(value) else texts.ONLY_NUMBER
                yield texts.OF_BILL.format(label=rule.label), known


def _refusal_by_role(desk: Desk, row: QueueRow, permission: Permission) -> Refusal | None:
    """Why the role of the person who reads forbids an act on the ticket; None if it allows it."""
    try:
        if row.is_secret:  # only members read it, and each of them works on it
            require(desk.actor, permission)
        else:
            require_on_ticket(desk.actor, permission, protocol=row.protocol, group=row.group_id, owner=row.owner_id)
    except Refused as refused:
        return refused.refusal
    return None


def _answer(rule: FieldRule, value: str, change: ItemChange | None) -> str:
    """An answer; a change of the record as old and new, while they differ."""
    text = masked(rule, value)
    if change is None or not change.is_new:
        return text
    return f"{change.before or words.NOTHING} → {text}"


def _action(
    each: workflow.Possible,
    ticket: Ticket,
    process: Process,
    by_role: Refusal | None,
    changes: Mapping[str, ItemChange],
) -> ActionView:
    action, refusal = each.action, each.why_not
    why_not = by_role or (refusal.refusal if refusal else None)
    asks = tuple(process.field(key) for key in action.asks)
    given = workflow.values_of(ticket) if asks else {}
    must = frozenset(need.field for need in action.needs if need.filled and need.field)
    notes = {
        rule.key: "\n".join(
            f"{change.label}: {change.before or words.NOTHING} → {change.after}"
            for key in rule.confirms
            if (change := changes.get(key))
        )
        for rule in asks
        if rule.confirms
    }
    return ActionView(
        action.key, action.label, action.letter, why_not, asks, action.text, process.fields, given, must, notes
    )


def _correction(rule: FieldRule, ticket: Ticket, process: Process) -> ActionView:
    """The correction of an answer, as an action with one field and a reason."""
    given = workflow.values_of(ticket)
    return ActionView(rule.key, rule.label, None, None, (rule,), "obrigatorio", process.fields, given, frozenset())


@needs(Permission.READ)
def named_tickets(desk: Desk, text: str, but: str) -> list[NamedTicket]:
    """The tickets whose protocol numbers are in the text.

    Args:
        but: A protocol number to ignore: the ticket's own.
    """
    named = [number for number in protocols_in(text) if not but.endswith(number)]
    if not named:
        return []
    with reading(desk.engine) as connection:
        return tickets_named(connection, named, desk.unit.ans_registration)


@needs(Permission.USE)
def receivers(desk: Desk, now: datetime) -> list[Receiver]:
    """The possible receivers of a ticket: the groups, then the people, by name. Who is absent is told."""
    today = now.astimezone(desk.zone).date()
    with reading(desk.engine) as connection:
        groups, everybody = group_names(connection, active=True), members(connection)
        absences, hours = absences_since(connection, today), hours_of(connection)
        shifts = shifts_of(desk, connection, hours.values(), now)
    by_name = sorted(groups.items(), key=lambda group: folded(group[1]))
    people = [
        Receiver(
            member.name,
            ", ".join(sorted((groups[group] for group in member.groups if group in groups), key=folded)),
            owner=member.id,
            absent_until=absent_until([each.period for each in absences.get(member.id, ())], today),
            shift=shifts.get(hours.get(member.id, "")),
        )
        for member in everybody
    ]
    return [*(Receiver(name, group=number) for number, name in by_name), *people]


@needs(Permission.READ)
def explain(desk: Desk, now: datetime, *, ticket_id: int | None = None, protocol: str | None = None) -> Explanation:
    """The ledger of the ticket's clock: the one that the queue shows, or the one that stopped last.

    Raises:
        Refused: There is no such ticket, or it never had a clock.
    """
    ticket = ticket_view(desk, now, ticket_id=ticket_id, protocol=protocol)
    if not ticket.clocks:
        raise Refused("sem_prazo", protocol=ticket.row.protocol)
    shown = _shown_clock(ticket)
    lines = rules.ledger(shown.clock, shown.calendar, now)
    others = tuple(clock for clock in ticket.clocks if clock is not shown)
    return Explanation(ticket.row, shown, tuple(lines), others)


def _shown_clock(ticket: TicketView) -> ClockView:
    """The clock that the queue shows, or the one that stopped last."""
    live = [clock for clock in ticket.clocks if clock.clock.is_live]
    if not live:
        return max(enumerate(ticket.clocks), key=lambda numbered: (numbered[1].clock.stopped_at, numbered[0]))[1]
    return min(live, key=lambda view: (view.term.paused_at is not None, view.term.due_at))


def _clock_names(process: Process | None) -> dict[str, str]:
    """The process's names of clocks, by kind."""
    return {kind: rule.name for kind, rule in process.clocks.items() if rule.name} if process else {}


def _clock_view(
    desk: Desk, connection: Connection, clock: Clock, own_name: str, told: Sequence[ToldDate], now: datetime
) -> ClockView:
    calendar = desk.calendar(clock.calendar, connection)
    term = rules.term_of(clock, calendar)
    return ClockView(
        clock=clock,
        term=term,
        calendar_name=desk.calendar_name(clock.calendar, connection),
        calendar=calendar,
        standing=rules.standing(term, calendar, now) if clock.is_live else None,
        result=rules.result_of(clock, calendar),
        worked_s=rules.worked(clock, calendar, now) // timedelta(seconds=1),
        paused_s=rules.paused(clock, calendar, now) // timedelta(seconds=1),
        name=own_name,
        told=_told(clock, told),
    )


def _told(clock: Clock, told: Sequence[ToldDate]) -> ToldDate | None:
    """What was told of a clock that its calendar has moved since."""
    own = (clock.cycle, clock.kind, clock.told_calendar)
    return next((each for each in told if (each.cycle, each.kind, each.calendar) == own), None)


def _to_tell(ticket: Ticket, told: Sequence[ToldDate], views: Sequence[ClockView]) -> tuple[MovedDate, ...]:
    """The moved due dates that the requester, who was told other ones, does not know yet."""
    untold = to_tell(ticket, [(each.cycle, each.kind, each.calendar) for each in told])
    return tuple(
        MovedDate(view.clock.kind, view.name, view.told.due_at, view.term.due_at)
        for view in views
        if view.clock in untold and view.told
    )


def _history(
    desk: Desk, connection: Connection, ticket_id: int, events: Sequence[Event], process: Process | None
) -> tuple[HistoryLine, ...]:
    asked = {f"{FIELD}{rule.key}": rule for rule in process.fields} if process else {}
    names = names_in_history(connection, ticket_id)
    clock_names = _clock_names(process)

    def as_text(field: str, value: Value) -> str | None:
        if field in asked and isinstance(value, str):
            return exported(asked[field], value)
        return names[field].get(value) if field in names and isinstance(value, int) else _text(value)

    moved = _moved_dates(desk, connection, events, clock_names)
    # A calendar's change that left the dates of this ticket as they were is not shown.
    return tuple(
        HistoryLine(
            seq,
            event.kind,
            event.at,
            names["owner"].get(event.actor) if event.actor is not None else None,
            clock_names.get(event.text, event.text) if event.kind in OF_A_CLOCK else event.text,
            tuple((field, as_text(field, old), as_text(field, new)) for field, (old, new) in event.changes.items()),
            event.action,
            tuple(
                (asked[field].label, masked(asked[field], str(new or "")))
                for field, (_, new) in event.changes.items()
                if field in asked
            ),
            tuple(
                (asked[field].label, masked(asked[field], str(old or "")), masked(asked[field], str(new or "")))
                for field, (old, new) in event.changes.items()
                if event.kind == "corrigido" and field in asked
            ),
            moved.get(seq, ()),
        )
        for seq, event in enumerate(events, start=1)
        if event.text or event.kind != MOVED or moved[seq]
    )


def _moved_dates(
    desk: Desk, connection: Connection, events: Sequence[Event], names: Mapping[str, str]
) -> dict[int, tuple[MovedDate, ...]]:
    """Number of each event that moved clocks -> the due dates that it moved. Older events have them as text."""
    found: dict[int, tuple[MovedDate, ...]] = {}
    if not any(event.kind == MOVED and not event.text for event in events):
        return found
    ticket = Ticket()
    for seq, event in enumerate(events, start=1):
        if event.kind == MOVED:
            dates = [] if event.text else dates_moved(ticket, event, lambda version: desk.calendar(version, connection))
            found[seq] = tuple(MovedDate(kind, names.get(kind, ""), *dates_) for kind, *dates_ in dates)
        ticket = ticket.evolve(event)
    return found


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
