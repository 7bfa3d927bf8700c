"""Timers: reminders, automatic closings, warnings, breaches. Each fires once, even if late or with several sweeps.

Each fires in one transaction, together with a few others: the event has the instant at which it was due, and its timer
is marked as fired, so that a killed sweep has done each completely or not at all.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice

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
from atendimento_tui.domain.workflow import Timer
from atendimento_tui.domain.workflow.effects import Outcome, TakeNumber
from atendimento_tui.services import effects, waiting_offers
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.calendar_moves import move_running_clocks
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.openings import extend, is_short
from atendimento_tui.services.timers import note_timers
from atendimento_tui.services.unit_of_work import UnitOfWork, begin_work

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Maximum timers of one transaction. Each transaction waits for other writers, which is what a sweep mostly does when
many write; they in turn wait until it is over, some 3 ms for each timer."""


@needs(Permission.USE)
def sweep(desk: Desk, now: datetime, ticket_id: int | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
    """Fire all timers due until `now`, once calendars that changed have moved them.

    The tickets come in the order of their first due timers, the timers of a ticket in the order of their instants.

    A server's kept counts of the queue are merged (`tables.QueueCount`), the agenda is open for one more day, and free
    slots are offered to who waits.

    Args:
        desk: The desk.
        now: The present instant.
        ticket_id: Only those of this ticket.
        stopped: Whether to stop; called before the first timer and after each.

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
    """Fire up to `at_once` timers in one transaction.

    Returns:
        The number of timers fired, without those of secret tickets, which no number may tell of.
    """
    fired = 0
    with writing(desk.engine) as connection:
        for happened in islice(_firings(connection, desk, of_ticket, now), at_once):
            if happened:
                fired += not happened.is_secret
                # Others wait for the next number of the series, and sweeps that hold two could wait for each other.
                if any(isinstance(each, TakeNumber) for each in happened.outcome.effects):
                    break
            if stopped():
                break
    return fired


@dataclass(frozen=True, slots=True)
class _Fired:
    outcome: Outcome
    is_secret: bool


def _firings(connection: Connection, desk: Desk, of_ticket: int | None, now: datetime) -> Iterator[_Fired | None]:
    """Fire the due timers, each when it is asked for; None if a ticket has changed and none is due.

    The first ticket is the one whose timer was due first. All its timers come before those of the next ticket, because
    reading a ticket takes longer than firing a timer.
    """
    # Only the first is waited for: sweeps that wait while they hold tickets could wait for each other.
    waits = True
    while (ticket_id := timers.take_due(connection, now, of_ticket, waits=waits)) is not None:
        waits = False
        work = begin_work(connection, desk, Order(ticket_id, None, "", now), Permission.ACT)
        assert work, "a timer is of a ticket"
        yield from _firings_of(work, now)


def _firings_of(work: UnitOfWork, now: datetime) -> Iterator[_Fired | None]:
    """Fire the due timers of a locked ticket one by one, because one may create the next, as a reminder does."""
    known = timers.timers_of(work.connection, work.ticket_id)
    fired = timers.fired(known)
    timer = workflow.next_due(work.before, work.in_process, fired, now)
    if timer is None:
        # It is moved to its right instant, or deleted.
        note_timers(work.connection, work.in_process, work.ticket_id, work.before, known)
        yield None
    while timer:
        timers.mark_fired(work.connection, work.ticket_id, known, timer, now)
        yield _Fired(_fire(work, timer), work.secret_group is not None)
        fired.add(timer.key)
        work = work.next()
        timer = workflow.next_due(work.before, work.in_process, fired, now)
        if timer:
            known = timers.timers_of(work.connection, work.ticket_id)


def _fire(work: UnitOfWork, timer: Timer) -> Outcome:
    """Write what a timer does."""
    ticket = work.before
    work.request = f"tempo:{work.ticket_id}:{timer.key}"
    # A shortened term may be due in the past: the instants of a ticket's events never decrease.
    timer = replace(timer, due_at=max(timer.due_at, ticket.changed_at or timer.due_at))
    try:
        outcome = workflow.fire_timer(ticket, work.in_process, timer)
    except Refused as refusal:  # the process forbids the timer's action by a condition: logged, and not tried again
        log.warning("timer %s refused: %s", timer.key, refusal.code)
        outcome = Outcome(Event("tempo", timer.due_at, None, text=timer.key))
    effects.write(work, outcome)
    return outcome
