"""The timers of a ticket, written after each act."""

from atendimento_tui.data.engine import Connection
from atendimento_tui.data.repositories import timers
from atendimento_tui.domain import workflow
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.workflow import ProcessContext, RenewTimers
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork


def renew_timers(work: UnitOfWork, _effect: RenewTimers) -> Fulfilled:
    """Write the ticket's timers after an act; an imported history has none."""
    if work.context:
        note_timers(work.connection, work.context, work.ticket_id, work.ticket)
    return Fulfilled()


def note_timers(connection: Connection, context: ProcessContext, ticket_id: int, ticket: Ticket) -> None:
    """Write the ticket's future timers; fired ones are kept."""
    known = timers.timers_of(connection, ticket_id)
    wanted = workflow.timers(ticket, context, timers.fired(known))
    timers.write_timers(connection, ticket_id, known, wanted)
