"""Writing what an act does: the event, what it tells, what it asks for, and what will happen by itself from now on."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from atendimento_tui.data import models, store, timers
from atendimento_tui.data.engine import insert_many, row_of
from atendimento_tui.domain import workflow
from atendimento_tui.domain.clocks import Term
from atendimento_tui.domain.process import MessageRule
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.words import ClockKind
from atendimento_tui.domain.workflow import Deed, Setting
from atendimento_tui.outputs.message import written
from atendimento_tui.services.desk import Desk


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
    insert_many(
        connection,
        models.Task,
        [{"ticket_id": ticket_id, "text": t.text, "due_at": t.due_at, "created_at": at} for t in deed.tasks],
    )
    insert_many(
        connection,
        models.Alert,
        [{"ticket_id": ticket_id, "event_seq": after.version, "who": who, "created_at": at} for who in deed.alerts],
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
    rows = [
        _message_row(ticket_id, ticket.version, key, setting.process.messages[key], facts, deed.event.at)
        for key in deed.messages
    ]
    insert_many(connection, models.Message, rows)


def _message_row(
    ticket_id: int, seq: int, key: str, rule: MessageRule, facts: dict[str, str], at: datetime
) -> dict[str, Any]:
    return {
        "ticket_id": ticket_id,
        "event_seq": seq,
        "key": key,
        "recipient": rule.to,
        "channel": rule.channel,
        "subject": written(rule.subject, facts),
        "body": written(rule.body, facts),
        "created_at": at,
    }


def _facts(connection: Connection, desk: Desk, setting: Setting, ticket: Ticket, deed: Deed) -> dict[str, str]:
    """What a message may tell: the ticket's facts and the answers to its process's fields."""
    from atendimento_tui.texts import formats, words

    requester = row_of(connection, models.Requester, id=ticket.requester) if ticket.requester else None
    about = row_of(connection, models.Beneficiary, id=ticket.beneficiary) if ticket.beneficiary else None
    term = _promise(desk, ticket)
    zone = desk.calendar(desk.unit.hours_calendar).tz
    answers = {rule.key: ticket.fields.get(rule.key, "") for rule in setting.process.fields}
    return answers | {
        "protocolo": formats.protocol_groups(ticket.protocol),
        "servico": setting.process.name,
        "solicitante": requester.name if requester else "",
        "beneficiario": about.name if about else "",
        "etapa": ticket.step_name,
        "criticidade": words.SEVERITY[ticket.severity],
        "vence": formats.moment(term.due_at.astimezone(zone), deed.event.at.astimezone(zone)) if term else "",
        "unidade": desk.unit.name,
        "texto": deed.event.text,
    }


def _promise(desk: Desk, ticket: Ticket) -> Term | None:
    """What the client was promised: the solution, where its clock lives; else what is due next."""
    solution = [clock for clock in ticket.live_clocks if clock.kind is ClockKind.SOLUTION]
    return store.nearest_term(replace(ticket, clocks=tuple(solution)) if solution else ticket, desk.calendar)
