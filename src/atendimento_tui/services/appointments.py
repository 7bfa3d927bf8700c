"""Booking a held slot as the appointment of a ticket, through the ticket's process."""

from collections.abc import Mapping
from datetime import datetime

from atendimento_tui.contracts.bookings import AppointmentForm
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import Connection, reading, writing
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.repositories import bookings as rows
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.process.schema import ActionRule, FieldRule, Process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, processes
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk


@needs(Permission.BOOK)
def book(desk: Desk, order: Order, token: str, answers: Mapping[str, str] | None = None, text: str = "") -> ActDone:
    """Give a hold to a ticket, and do the action of its step that books it.

    Args:
        order: Which ticket, who, when.
        token: What confirms the hold.
        answers: Further answers to the action's fields, as typed.

    Raises:
        Refused: There is no such ticket or hold; the ticket's step books nothing; as the action. The hold stays.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.BOOK)
        ticket = _ticket(connection, order.ticket)
        process = desk.process_if_any(ticket.process, connection)
        field, action = _booking_action(process, ticket)
        held = queries.with_token(connection, token)
        if held is None or held.ticket not in {None, order.ticket}:
            raise Refused("reserva_perdida", protocol=ticket.protocol)
        rows.update_booking(connection, held.id, ticket_id=order.ticket)
        code = held.slot.code
    return acts.act(desk, order, action, Answer(text, {**(answers or {}), field: code}))


@needs(Permission.BOOK)
def begin(desk: Desk, actor: int | None, request: str, now: datetime) -> AppointmentForm:
    """Take the protocol of a new request for an appointment, and say what it asks.

    The service is the first one offered whose first step books.

    Raises:
        Refused: The desk offers no such service.
    """
    for service in processes.offered(desk):
        process = service.process
        action = next((each for each in process.steps[0].actions if _books(each)), None)
        if action is None:
            continue
        done = intake.begin(desk, service.version, actor, request, now)
        return AppointmentForm(
            done.ticket,
            done.protocol,
            done.version,
            True,
            process.requester == "beneficiario",
            process.default_severity,
            tuple(rule for rule in process.fields if not rule.later),
            _asked_by(process, action),
            process.channels,
        )
    raise Refused("sem_servico_de_agenda")


@needs(Permission.BOOK)
def form_of(desk: Desk, number: int) -> AppointmentForm:
    """What the step of a ticket asks to book a slot.

    Raises:
        Refused: There is no such ticket, or its step books nothing.
    """
    with reading(desk.engine) as connection:
        ticket = _ticket(connection, number)
        process = desk.process_if_any(ticket.process, connection)
        _, key = _booking_action(process, ticket)
    assert process, "its step books"
    assert ticket.step, "its step books"
    action = next(each for each in process.step(ticket.step).actions if each.key == key)
    severity, asked = process.default_severity, _asked_by(process, action)
    return AppointmentForm(number, ticket.protocol, ticket.version, False, False, severity, (), asked, ())


def _asked_by(process: Process, action: ActionRule) -> tuple[FieldRule, ...]:
    """The fields of an action, without its slot and the reasons of exceptions."""
    slots = [rule for rule in process.fields if rule.key == _books(action)]
    left_out = {name for rule in slots for name in (rule.key, rule.squeeze_in, rule.second)}
    return tuple(rule for rule in process.fields if rule.key in action.asks and rule.key not in left_out)


def _ticket(connection: Connection, number: int) -> Ticket:
    if ticket_row(connection, ticket_id=number) is None:
        raise Refused("nao_encontrado", ticket=number)
    ticket = tickets.load(connection, number)
    assert ticket, "no ticket is ever deleted"
    return ticket


def _booking_action(process: Process | None, ticket: Ticket) -> tuple[str, str]:
    """The field of the slot and the key of the action that books it in the ticket's step."""
    for action in process.step(ticket.step).actions if process and ticket.step else ():
        if field := _books(action):
            return field, action.key
    raise Refused("etapa_nao_agenda", protocol=ticket.protocol)


def _books(action: ActionRule) -> str | None:
    """The field whose slot an action books or moves the appointment to; None if it does neither."""
    for effects in action.does:
        if effects.move or (effects.hold and effects.book):
            return effects.move or effects.hold
    return None
