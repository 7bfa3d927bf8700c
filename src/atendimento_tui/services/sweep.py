"""Timers: reminders, automatic closings, warnings, breaches. Each fires once, even if late or with several sweeps.

Each fires in one transaction: the event has the instant at which it was due, and its timer is marked as fired, so that
a killed sweep has done each completely or not at all.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.repositories import timers
from atendimento_tui.domain import workflow
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow import Outcome
from atendimento_tui.services import effects
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.timers import note_timers
from atendimento_tui.services.unit_of_work import begin_work

log = logging.getLogger(__name__)


def sweep(desk: Desk, now: datetime, ticket_id: int | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
    """Fire all timers due until `now`, in the order of their instants.

    Args:
        desk: The desk.
        now: The present instant.
        ticket_id: Only those of this ticket.
        stopped: Whether to stop; called before each timer.

    Returns:
        The number of timers fired.
    """
    happened = 0
    now = now.astimezone(UTC)
    # One by one, because one may create the next, as a reminder does.
    while not stopped() and _is_due(desk, now, ticket_id):
        happened += _fire(desk, ticket_id, now)
    return happened


def _is_due(desk: Desk, now: datetime, ticket_id: int | None) -> bool:
    with reading(desk.engine) as connection:
        return timers.next_due(connection, now, ticket_id) is not None


def _fire(desk: Desk, of_ticket: int | None, now: datetime) -> bool:
    """Fire one timer, unless another sweep was faster or the ticket has changed."""
    with writing(desk.engine) as connection:
        ticket_id = timers.take_due(connection, now, of_ticket)
        if ticket_id is None:
            return False
        work = begin_work(connection, desk, Order(ticket_id, None, "", now))
        assert work, "a timer is of a ticket"
        ticket, context = work.before, work.in_process
        known = timers.timers_of(connection, ticket_id)
        timer = workflow.next_due(ticket, context, timers.fired(known), now)
        if timer is None:
            note_timers(connection, context, ticket_id, ticket, known)  # moved to its right instant, or deleted
            return False
        timers.mark_fired(connection, ticket_id, known, timer, now)
        work.request = f"tempo:{ticket_id}:{timer.key}"
        # A shortened term may be due in the past: the instants of a ticket's events never decrease.
        timer = replace(timer, due_at=max(timer.due_at, ticket.changed_at or timer.due_at))
        try:
            outcome = workflow.fire_timer(ticket, context, timer)
        except Refused as refusal:  # the process forbids the timer's action by a condition: logged, and not tried again
            log.warning("timer %s refused: %s", timer.key, refusal.code)
            outcome = Outcome(Event("tempo", timer.due_at, None, text=timer.key))
        effects.write(work, outcome)
        return True
