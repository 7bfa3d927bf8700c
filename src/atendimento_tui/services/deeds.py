"""Writing what an act does: the event, what it tells, what it asks for, and what will happen by itself from now on."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from atendimento_tui.data import models, store, timers
from atendimento_tui.data.engine import insert_many, row_of
from atendimento_tui.domain import workflow
from atendimento_tui.domain.clocks import Term, promised, term_of
from atendimento_tui.domain.process import DUE_OF
from atendimento_tui.domain.ticket import Event, Ticket
from atendimento_tui.domain.values import masked
from atendimento_tui.domain.workflow import Deed, Setting
from atendimento_tui.services.desk import Desk


def numbering(connection: Connection, setting: Setting, at: datetime) -> Setting:
    """The setting in which numbers are issued: of the year, without gaps, in the transaction that uses them.

    Until 0.2 a series was known by its field alone, whatever the service: one of a service's own goes on from there.
    """
    year = at.astimezone(setting.calendar(setting.version_of("expediente")).tz).year

    def issued(series: str) -> str:
        of_field = series.rpartition(".")[2]
        number = store.next_in_series(connection, f"{series} {year}", after=f"{of_field} {year}")
        return f"{year}{number:06d}"

    return replace(setting, next_number=issued)


def write(
    connection: Connection,
    desk: Desk,
    ticket_id: int,
    before: Ticket,
    deed: Deed,
    *,
    recorded_at: datetime,
    request_id: str | None,
    search: str | None = None,
) -> Ticket:
    """Write the deed in the transaction that decided it.

    Returns:
        The ticket after it.
    """
    after = store.append(
        connection,
        ticket_id,
        before,
        deed.event,
        desk.calendar,
        recorded_at=recorded_at,
        request_id=request_id,
        search=search,
    )
    setting = desk.setting(after.process)
    if setting:
        _write_messages(connection, desk, setting, ticket_id, after, deed)
        set_timers(connection, setting, ticket_id, after)
    at = deed.event.at
    held_until = workflow.held_until(setting, at, any_hour=False) if setting and deed.alerts else None
    insert_many(
        connection,
        models.Task,
        [{"ticket_id": ticket_id, "text": t.text, "due_at": t.due_at, "created_at": at} for t in deed.tasks],
    )
    insert_many(
        connection,
        models.Alert,
        [
            {"ticket_id": ticket_id, "event_seq": after.version, "who": who, "created_at": at, "held_until": held_until}
            for who in deed.alerts
        ],
    )
    return after


def set_timers(connection: Connection, setting: Setting, ticket_id: int, ticket: Ticket) -> None:
    """Note what will happen to the ticket by itself, as it stands now; what has happened stays noted."""
    known = timers.timers_of(connection, ticket_id)
    wanted = workflow.timers(ticket, setting, timers.fired(known))
    timers.write_timers(connection, ticket_id, known, wanted)


def _write_messages(
    connection: Connection, desk: Desk, setting: Setting, ticket_id: int, ticket: Ticket, deed: Deed
) -> None:
    if not deed.messages:
        return
    facts = _facts(connection, desk, setting, ticket, deed)
    rows = [_message_row(ticket_id, ticket.version, key, setting, facts, deed.event) for key in deed.messages]
    insert_many(connection, models.Message, rows)


def _message_row(
    ticket_id: int, seq: int, key: str, setting: Setting, facts: dict[str, str], event: Event
) -> dict[str, Any]:
    rule = setting.process.messages[key]
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
        "held_until": workflow.held_until(setting, event.at, any_hour=rule.any_hour or by_hand),
    }


def _facts(connection: Connection, desk: Desk, setting: Setting, ticket: Ticket, deed: Deed) -> dict[str, str]:
    """What a message may tell: the ticket's facts and the answers to its process's fields."""
    from atendimento_tui.texts import formats, words

    requester = row_of(connection, models.Requester, id=ticket.requester) if ticket.requester else None
    about = row_of(connection, models.Beneficiary, id=ticket.beneficiary) if ticket.beneficiary else None
    answers = {rule.key: masked(rule, ticket.fields.get(rule.key, "")) for rule in setting.process.fields}
    return (
        answers
        | _due_facts(desk, ticket)
        | {
            "protocolo": formats.protocol_groups(ticket.protocol),
            "servico": setting.process.name,
            "solicitante": requester.name if requester else "",
            "beneficiario": about.name if about else "",
            "etapa": ticket.step_name,
            "criticidade": words.SEVERITY[ticket.severity],
            "unidade": desk.unit.name,
            # What the desk does by itself notes the timer's key there: nobody wrote it.
            "texto": "" if deed.event.kind == "tempo" else deed.event.text,
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
