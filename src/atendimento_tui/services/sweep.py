"""Timers: reminders, automatic closings, warnings, breaches. Each fires once, even if late or with several sweeps.

Each fires in one transaction, together with a few others: the event has the instant at which it was due, and its timer
is marked as fired, so that a killed sweep has done each completely or not at all.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import (
    Connection,
    DatabaseUnavailable,
    has_counts_to_merge,
    merge_counts,
    reading,
    writing,
)
from atendimento_tui.data.queries.calendars import newest_version
from atendimento_tui.data.queries.waiting import has_work
from atendimento_tui.data.repositories import timers
from atendimento_tui.domain import workflow
from atendimento_tui.domain.access import SYSTEM, Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.effects import Outcome, TakeNumber
from atendimento_tui.services import effects, waiting_offers
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.calendar_moves import move_running_clocks
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.openings import extend, is_short
from atendimento_tui.services.timers import note_timers
from atendimento_tui.services.unit_of_work import begin_work

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Maximum timers of one transaction. Each transaction waits for other writers, which is what a sweep mostly does when
many write; they in turn wait until it is over, some 3 ms for each timer."""


@needs(Permission.USE)
def sweep(desk: Desk, now: datetime, ticket_id: int | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
    """Fire all timers due until `now`, in the order of their instants, once calendars that changed have moved them.

    A server's kept counts of the queue are merged (`tables.QueueCount`), the agenda is open for one more day, and free
    slots are offered to who waits.

    Args:
        desk: The desk.
        now: The present instant.
        ticket_id: Only those of this ticket.
        stopped: Whether to stop; called before each timer.

    Returns:
        The number of timers fired, without those of secret tickets.
    """
    happened, at_once = 0, AT_ONCE
    desk = desk.acting_as(SYSTEM)  # whoever started it
    now = now.astimezone(UTC)
    due = has_counts = agenda_ends = waits = False
    if not stopped():
        due, has_counts, agenda_ends, waits = _first_look(desk, now, ticket_id)
    if has_counts:
        with writing(desk.engine, announced=False) as connection:
            merge_counts(connection)
    if agenda_ends:
        extend(desk, now, stopped)
    if ticket_id is None and desk.superseded:
        move_running_clocks(desk, now, stopped)
        due = not stopped() and _is_due(desk, now, ticket_id)
    while due:
        try:
            happened += _fire_some(desk, ticket_id, now, stopped, at_once)
        except DatabaseUnavailable:
            raise
        except Exception:
            if at_once == 1:
                raise
            at_once = 1  # a fault in one timer must not undo those before it
        due = not stopped() and _is_due(desk, now, ticket_id)
    if ticket_id is None and (waits or happened) and not stopped():
        waiting_offers.pass_on(desk, now, stopped=stopped)
    if happened:
        log.info("sweep fired %s", happened)
    return happened


def _first_look(desk: Desk, now: datetime, ticket_id: int | None) -> tuple[bool, bool, bool, bool]:
    """Whether a timer is due, kept counts are to be merged, the agenda is to be extended, slots are to be offered.

    Learns the newest versions of calendars, too. Of a sweep of one ticket only the first is asked.
    """
    with reading(desk.engine) as connection:
        if ticket_id is None:
            desk.learn_calendars(newest_version(connection), connection)
        is_due = timers.next_due(connection, now, ticket_id) is not None
        if ticket_id is not None:
            return is_due, False, False, False
        return is_due, has_counts_to_merge(connection), is_short(connection, desk, now), has_work(connection)


def _is_due(desk: Desk, now: datetime, ticket_id: int | None) -> bool:
    with reading(desk.engine) as connection:
        return timers.next_due(connection, now, ticket_id) is not None


def _fire_some(desk: Desk, of_ticket: int | None, now: datetime, stopped: Callable[[], bool], at_once: int) -> int:
    """Fire up to `at_once` timers in one transaction, one by one, because one may create the next, as a reminder does.

    Returns:
        The number of timers fired, without those of secret tickets, which no number may tell of.
    """
    fired = 0
    with writing(desk.engine) as connection:
        for number in range(at_once):
            if number and stopped():
                break
            # Only the first is waited for: sweeps that wait while they hold tickets could wait for each other.
            ticket_id = timers.take_due(connection, now, of_ticket, waits=number == 0)
            if ticket_id is None:
                break
            if happened := _fire(connection, desk, ticket_id, now):
                fired += not happened.is_secret
                # Others wait for the next number of the series, and sweeps that hold two could wait for each other.
                if any(isinstance(each, TakeNumber) for each in happened.outcome.effects):
                    break
    return fired


@dataclass(frozen=True, slots=True)
class _Fired:
    outcome: Outcome
    is_secret: bool


def _fire(connection: Connection, desk: Desk, ticket_id: int, now: datetime) -> _Fired | None:
    """Fire the next timer of a locked ticket; None if the ticket has changed and none is due."""
    work = begin_work(connection, desk, Order(ticket_id, None, "", now), Permission.ACT)
    assert work, "a timer is of a ticket"
    ticket, context = work.before, work.in_process
    known = timers.timers_of(connection, ticket_id)
    timer = workflow.next_due(ticket, context, timers.fired(known), now)
    if timer is None:
        note_timers(connection, context, ticket_id, ticket, known)  # moved to its right instant, or deleted
        return None
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
    return _Fired(outcome, work.secret_group is not None)
