"""Writing what an act does: the event, what it tells, what it asks for, and what will happen by itself from now on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from atendimento_tui.data import models, store, timers
from atendimento_tui.data.engine import insert_many, insert_one, row_of, rows_of
from atendimento_tui.domain import workflow
from atendimento_tui.domain.clocks import Term, promised, term_of
from atendimento_tui.domain.process.schema import DUE_OF
from atendimento_tui.domain.process.values import is_personal, masked, shown
from atendimento_tui.domain.text import searched
from atendimento_tui.domain.ticket import FIELD, Event, Ticket
from atendimento_tui.domain.words import State
from atendimento_tui.domain.workflow import Outcome, ProcessContext
from atendimento_tui.services.desk import Desk


def numbering(connection: Connection, context: ProcessContext, at: datetime) -> ProcessContext:
    """The context in which numbers are issued: of the year, without gaps, in the transaction that uses them.

    Until 0.2 a series was known by its field alone, whatever the service: one of a service's own goes on from there.
    """
    year = at.astimezone(context.calendar(context.version_of("expediente")).tz).year

    def issued(series: str) -> str:
        of_field = series.rpartition(".")[2]
        number = store.next_in_series(connection, f"{series} {year}", after=f"{of_field} {year}")
        return f"{year}{number:06d}"

    return replace(context, next_number=issued)


def write(
    connection: Connection,
    desk: Desk,
    ticket_id: int,
    before: Ticket,
    outcome: Outcome,
    *,
    recorded_at: datetime,
    request_id: str | None,
    names: Sequence[str] | None = None,
) -> Ticket:
    """Write the outcome in the transaction that decided it.

    Args:
        names: Those of the people whom the ticket is about, where they are known; else they are read if needed.

    Returns:
        The ticket after it.
    """
    context = desk.context(before.process)
    after = store.append(
        connection,
        ticket_id,
        before,
        outcome.event,
        desk.calendar,
        recorded_at=recorded_at,
        request_id=request_id,
        search=_found_by(connection, context, before.evolve(outcome.event), outcome.event, names),
    )
    told = _write_messages(connection, desk, context, ticket_id, after, outcome) if context else []
    if said := _said(context, outcome.event, told):
        insert_one(
            connection, models.TicketText, ticket_id=ticket_id, is_open=State(after.state).is_open, text=searched(said)
        )
    if context:
        set_timers(connection, context, ticket_id, after)
    at = outcome.event.at
    held_until = workflow.held_until(context, at, any_hour=False) if context and outcome.alerts else None
    insert_many(
        connection,
        models.Task,
        [{"ticket_id": ticket_id, "text": t.text, "due_at": t.due_at, "created_at": at} for t in outcome.tasks],
    )
    alert = {
        "ticket_id": ticket_id,
        "event_seq": after.version,
        "created_at": at,
        "held_until": held_until,
        **dict.fromkeys(_ALERTED),
    }
    insert_many(
        connection,
        models.Alert,
        [{**alert, "who": who, **to} for who in outcome.alerts for to in _addressees(connection, after, who)],
    )
    return after


_FOUND_BY = frozenset(("subject", "requester", "beneficiary", "process"))
_NOT_WRITTEN = frozenset(("tempo", "prazo_atencao", "prazo_vencido"))
"""Events whose text is a word of the program's own."""

_LONGEST_SEARCHED = 64 * 1024
"""Characters of what one act says that are looked in: a whole book in a comment would hold up every other act."""


def _found_by(
    connection: Connection, context: ProcessContext | None, after: Ticket, event: Event, names: Sequence[str] | None
) -> str | None:
    """What the filter finds the ticket by, where the event changes it."""
    if context is None or not _FOUND_BY & event.changes.keys():
        return None
    if names is None:
        rows = (
            row_of(connection, models.Requester, id=after.requester) if after.requester else None,
            row_of(connection, models.Beneficiary, id=after.beneficiary) if after.beneficiary else None,
        )
        names = [row.name for row in rows if row]
    return store.found_by(after, context.process.name, names)


def _said(context: ProcessContext | None, event: Event, messages: Iterable[Mapping[str, Any]]) -> str:
    """What the act says that may be looked for: its words, the answers that are not personal, its messages."""
    rules = {f"{FIELD}{rule.key}": rule for rule in context.process.fields} if context else {}
    answers = [
        shown(rules[name], str(to or ""))
        for name, (_, to) in event.changes.items()
        if name in rules and not is_personal(rules[name])
    ]
    told = [part for message in messages for part in (message["subject"], message["body"])]
    said = [event.text if event.kind not in _NOT_WRITTEN else "", *answers, *told]
    return "\n".join(filter(None, said))[:_LONGEST_SEARCHED]


def set_timers(connection: Connection, context: ProcessContext, ticket_id: int, ticket: Ticket) -> None:
    """Note what will happen to the ticket by itself, as it stands now; what has happened stays noted."""
    known = timers.timers_of(connection, ticket_id)
    wanted = workflow.timers(ticket, context, timers.fired(known))
    timers.write_timers(connection, ticket_id, known, wanted)


def _write_messages(
    connection: Connection, desk: Desk, context: ProcessContext, ticket_id: int, ticket: Ticket, outcome: Outcome
) -> list[dict[str, Any]]:
    if not outcome.messages:
        return []
    facts = _facts(connection, desk, context, ticket, outcome)
    rows, addressees = [], []
    for key in outcome.messages:
        rule = context.process.messages[key]
        row = _message_row(ticket_id, ticket.version, key, context, facts, outcome.event)
        message = insert_one(connection, models.Message, **row)
        group = context.group_of(rule.group) if rule.group else None
        found = _addressees(connection, ticket, rule.to, group)
        addressees += [{"message_id": message, **dict.fromkeys(_TOLD), **to} for to in found]
        rows.append(row)
    insert_many(connection, models.Addressee, addressees)
    return rows


_ALERTED = ("person_id", "group_id")
_TOLD = (*_ALERTED, "requester_id")


def _addressees(connection: Connection, ticket: Ticket, role: str, group: int | None = None) -> list[dict[str, int]]:
    """Whom a word of the process means as the ticket stands: a row for each, and one that points at nobody where it is
    nobody (no supervisor, no requester).

    Args:
        role: `responsavel` is the group of the ticket while nobody answers for it.
        group: The group that the process names, if it names one.
    """
    match role:
        case "responsavel" if ticket.owner is not None:
            return [{"person_id": ticket.owner}]
        case "responsavel" | "grupo" if (which := group or ticket.group) is not None:
            return [{"group_id": which}]
        case "supervisao":
            people = rows_of(connection, models.Person, role="supervisor", active=True)
            return [{"person_id": person.id} for person in people] or [{}]
        case "solicitante" if ticket.requester is not None:
            return [{"requester_id": ticket.requester}]
    return [{}]


def _message_row(
    ticket_id: int, seq: int, key: str, context: ProcessContext, facts: dict[str, str], event: Event
) -> dict[str, Any]:
    rule = context.process.messages[key]
    subject, body = rule.written(facts)
    # What whoever acts pastes or prints does not leave by itself.
    by_hand = event.actor is not None and rule.channel in ("texto", "impresso")
    return {
        "ticket_id": ticket_id,
        "event_seq": seq,
        "key": key,
        "recipient": rule.to,
        "channel": rule.channel,
        "subject": subject,
        "body": body,
        "created_at": event.at,
        "held_until": workflow.held_until(context, event.at, any_hour=rule.any_hour or by_hand),
    }


def _facts(
    connection: Connection, desk: Desk, context: ProcessContext, ticket: Ticket, outcome: Outcome
) -> dict[str, str]:
    """What a message may tell: the ticket's facts and the answers to its process's fields."""
    from atendimento_tui.texts import formats, words

    requester = row_of(connection, models.Requester, id=ticket.requester) if ticket.requester else None
    about = row_of(connection, models.Beneficiary, id=ticket.beneficiary) if ticket.beneficiary else None
    answers = {rule.key: masked(rule, ticket.fields.get(rule.key, "")) for rule in context.process.fields}
    return (
        answers
        | _due_facts(desk, ticket)
        | {
            "protocolo": formats.protocol_groups(ticket.protocol),
            "servico": context.process.name,
            "solicitante": requester.name if requester else "",
            "beneficiario": about.name if about else "",
            "etapa": ticket.step_name,
            "criticidade": words.SEVERITY[ticket.severity],
            "unidade": desk.unit.name,
            # What the desk does by itself notes the timer's key there: nobody wrote it.
            "texto": "" if outcome.event.kind == "tempo" else outcome.event.text,
        }
    )


def _due_facts(desk: Desk, ticket: Ticket) -> dict[str, str]:
    """When the ticket's live clocks are due: one for all (`vence`), and each by its kind (`vence.auditoria`).

    A message is read on another day than it was written on: the date is told whole. A clock that rests promises none.
    """
    from atendimento_tui.texts import formats

    zone = desk.calendar(desk.unit.hours_calendar).tz

    def said(term: Term | None) -> str:
        return formats.instant(term.due_at.astimezone(zone)) if term and term.paused_at is None else ""

    clocks = [clock for clock in ticket.live_clocks if clock.cycle == ticket.cycle]
    terms = [term_of(clock, desk.calendar(clock.calendar)) for clock in clocks]
    return {"vence": said(promised(terms))} | {f"{DUE_OF}{term.kind}": said(term) for term in terms}
