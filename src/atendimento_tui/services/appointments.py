"""Booking a held slot as the appointment of a ticket, through the ticket's process."""

from collections.abc import Mapping

from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import Connection, writing
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.repositories import bookings as rows
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.process.schema import ActionRule, Process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts
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
