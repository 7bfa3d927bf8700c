"""The timers of a ticket, written after each act."""

from collections.abc import Sequence
from typing import Any

from atendimento_tui.data.engine import Connection
from atendimento_tui.data.repositories import timers
from atendimento_tui.domain import workflow
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow import ProcessContext
from atendimento_tui.domain.workflow.effects import RenewTimers
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork


def renew_timers(work: UnitOfWork, _effect: RenewTimers) -> Fulfilled:
    """Write the ticket's timers after an act; an imported history has none."""
    if work.context:
        known = [] if work.before.is_only_begun else timers.timers_of(work.connection, work.ticket_id)
        note_timers(work.connection, work.context, work.ticket_id, work.ticket, known)
    return Fulfilled()


def note_timers(
    connection: Connection, context: ProcessContext, ticket_id: int, ticket: Ticket, known: Sequence[Any]
) -> None:
    """Write the ticket's future timers; fired ones are kept.

    Args:
        known: Its timers as they are written (`timers_of`).
    """
    wanted = workflow.timers(ticket, context, timers.fired(known))
    timers.write_timers(connection, ticket_id, known, wanted)
