"""The timers of a ticket, written after each act."""

from sqlalchemy import Connection

from atendimento_tui.data import timers
from atendimento_tui.domain import workflow
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.workflow import ProcessContext, RenewTimers
from atendimento_tui.services.current_act import CurrentAct, Fulfilled
from atendimento_tui.services.desk import Desk


def renew_timers(connection: Connection, _desk: Desk, act: CurrentAct, _effect: RenewTimers) -> Fulfilled:
    """Write the ticket's timers after an act; an imported history has none."""
    if act.context:
        note_timers(connection, act.context, act.ticket_id, act.ticket)
    return Fulfilled()


def note_timers(connection: Connection, context: ProcessContext, ticket_id: int, ticket: Ticket) -> None:
    """Write the ticket's future timers; fired ones are kept."""
    known = timers.timers_of(connection, ticket_id)
    wanted = workflow.timers(ticket, context, timers.fired(known))
    timers.write_timers(connection, ticket_id, known, wanted)
