"""Messages and alerts of a process, with their addressees at that moment."""

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, rows_of
from atendimento_tui.domain.clocks import Term, promised, term_of
from atendimento_tui.domain.process.schema import DUE_OF
from atendimento_tui.domain.process.values import masked
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.workflow import ProcessContext, RaiseAlert, SendMessage
from atendimento_tui.services.current_act import CurrentAct, Fulfilled
from atendimento_tui.services.desk import Desk

_ALERTED = ("person_id", "group_id")
_ADDRESSED = (*_ALERTED, "requester_id")
"""Columns of an addressee; each row fills one or none."""


def send_message(connection: Connection, desk: Desk, act: CurrentAct, effect: SendMessage) -> Fulfilled:
    """Write a message of the process, filled in with the ticket's facts."""
    rule = act.in_process.process.messages[effect.key]
    subject, body = rule.written(_facts(connection, desk, act))
    message = insert_one(
        connection,
        tables.Message,
        ticket_id=act.ticket_id,
        event_seq=act.ticket.version,
        key=effect.key,
        recipient=rule.to,
        channel=rule.channel,
        subject=subject,
        body=body,
        created_at=act.event.at,
        held_until=effect.held_until,
    )
    group = act.in_process.groups.get(rule.group) if rule.group else None
    found = _addressees(connection, act.ticket, rule.to, group)
    rows = [{"message_id": message, **dict.fromkeys(_ADDRESSED), **to} for to in found]
    insert_many(connection, tables.Addressee, rows)
    return Fulfilled(texts=(subject, body))


def raise_alert(connection: Connection, _desk: Desk, act: CurrentAct, effect: RaiseAlert) -> Fulfilled:
    """Write an alert for its addressees."""
    alert = {
        "ticket_id": act.ticket_id,
        "event_seq": act.ticket.version,
        "created_at": act.event.at,
        "held_until": effect.held_until,
        "who": effect.to,
        **dict.fromkeys(_ALERTED),
    }
    rows = [{**alert, **to} for to in _addressees(connection, act.ticket, effect.to)]
    insert_many(connection, tables.Alert, rows)
    return Fulfilled()


def _addressees(connection: Connection, ticket: Ticket, role: str, group: int | None = None) -> list[dict[str, int]]:
    """Whom a word of the process means as the ticket stands: a row for each, and one that points at nobody where it is
    nobody (no supervisor, no requester).

    Args:
        role: `responsavel` is the ticket's group while it has no owner.
        group: The group that the process names, if any.
    """
    match role:
        case "responsavel" if ticket.owner is not None:
            return [{"person_id": ticket.owner}]
        case "responsavel" | "grupo" if (which := group or ticket.group) is not None:
            return [{"group_id": which}]
        case "supervisao":
            people = rows_of(connection, tables.Person, role="supervisor", active=True)
            return [{"person_id": person.id} for person in people] or [{}]
        case "solicitante" if ticket.requester is not None:
            return [{"requester_id": ticket.requester}]
    return [{}]


def _facts(connection: Connection, desk: Desk, act: CurrentAct) -> dict[str, str]:
    """The values for placeholders of a message: the ticket's facts and the answers to its fields."""
    from atendimento_tui.texts import formats, words

    ticket, process = act.ticket, act.in_process.process
    requester, beneficiary = act.people(connection)
    answers = {rule.key: masked(rule, ticket.fields.get(rule.key, "")) for rule in process.fields}
    return (
        answers
        | _due_facts(act.in_process, ticket)
        | {
            "protocolo": formats.protocol_groups(ticket.protocol),
            "servico": process.name,
            "solicitante": requester,
            "beneficiario": beneficiary,
            "etapa": ticket.step_name,
            "criticidade": words.SEVERITY[ticket.severity],
            "unidade": desk.unit.name,
            # An event of a timer has the timer's key as its text, which is not a text for people.
            "texto": "" if act.event.kind == "tempo" else act.event.text,
        }
    )


def _due_facts(context: ProcessContext, ticket: Ticket) -> dict[str, str]:
    """The due dates of the ticket's clocks: of the main one (`vence`), and of each kind (`vence.auditoria`).

    A message may be read on another day, so the date is in full. A paused clock has none.
    """
    from atendimento_tui.texts import formats

    def due(term: Term | None) -> str:
        is_running = term and term.paused_at is None
        return formats.instant(term.due_at.astimezone(context.hours.tz)) if term and is_running else ""

    clocks = [clock for clock in ticket.live_clocks if clock.cycle == ticket.cycle]
    terms = [term_of(clock, context.calendars[clock.calendar]) for clock in clocks]
    return {"vence": due(promised(terms))} | {f"{DUE_OF}{term.kind}": due(term) for term in terms}
