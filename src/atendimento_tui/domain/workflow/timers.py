"""Computes the timers of a ticket: what happens to it without a person, and when."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from atendimento_tui.calendar import DayCount
from atendimento_tui.domain.bookings import day_in
from atendimento_tui.domain.clocks import HOURS, Clock, Term, term_of
from atendimento_tui.domain.process.amounts import read_amount
from atendimento_tui.domain.process.schema import TimerRule
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import Nature
from atendimento_tui.domain.workflow.conditions import live_clock
from atendimento_tui.domain.workflow.context import ProcessContext
from atendimento_tui.domain.workflow.instants import later, opening_of

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer with its instant.

    Attributes:
        key: Identifies one firing. A timer whose key has been fired is not fired again.
        rule: The step's timer; None for the warning or the breach of a clock.
        clock: The kind of this clock.
        breach: Whether it is the breach of the clock, not its warning.
    """

    key: str
    due_at: datetime
    rule: TimerRule | None = None
    clock: str | None = None
    breach: bool = False


def timers(ticket: Ticket, context: ProcessContext, fired: Collection[str]) -> list[Timer]:
    """The future timers of the ticket in its present state.

    Args:
        fired: The keys of timers that have fired; they are left out.
    """
    found = [*_clock_timers(ticket, context), *_step_timers(ticket, context, fired)]
    return [timer for timer in found if timer.key not in fired]


def next_due(ticket: Ticket, context: ProcessContext, fired: Collection[str], now: datetime) -> Timer | None:
    """The first timer that is due by `now`; None if there is none. Call it again after each firing.

    Of a repeated timer that was missed several times (the program was off), only the last firing is returned, so that
    nobody receives several reminders at once.
    """
    pending = timers(ticket, context, fired)
    # Another timer may take the ticket out of its step, so repeated timers are advanced only up to its instant.
    until = min([now, *(timer.due_at for timer in pending if timer.rule and not timer.rule.every)])
    pending = [_last_missed(ticket, context, timer, until) for timer in pending]
    first = min(pending, key=lambda timer: (timer.due_at, timer.key), default=None)
    return first if first and first.due_at <= now else None


def _last_missed(ticket: Ticket, context: ProcessContext, timer: Timer, until: datetime) -> Timer:
    """The last firing of a repeated timer that is due by `until`. Other timers are returned unchanged."""
    if timer.rule is None or not timer.rule.every:
        return timer
    while (again := _repeated(ticket, context, timer.rule, {timer.key})).due_at <= until:
        timer = again
    return timer


def _clock_timers(ticket: Ticket, context: ProcessContext) -> Iterator[Timer]:
    """The warning and the breach of each running clock, except those of nature `cliente`.

    The target is part of the key, so a clock whose target changed warns again; so does one whose calendar moved its due
    date to a later one that nobody was told before. If another date was told, alarms are at the earlier of both.
    """
    for clock in ticket.live_clocks:
        if clock.nature is Nature.CLIENT or clock.paused_at:
            continue
        told = () if clock.told_calendar is None else (replace(clock, calendar=clock.told_calendar),)
        counted = [(each, term_of(each, context.calendars[each.calendar])) for each in (clock, *told)]
        name = f"{clock.kind}.{clock.cycle}.{_stamp(clock.started_at)}.{clock.target}"
        if clock.delayed_calendar is not None:
            name = f"{name}.{clock.delayed_calendar}"
        if warned := list(filter(None, (_warned_at(context, each, term) for each, term in counted))):
            yield Timer(f"atencao.{name}", min(warned), clock=clock.kind)
        # A clock that stops exactly at its due instant is on time, so the breach is one second later.
        due_at = min(term.due_at for _, term in counted)
        yield Timer(f"vencido.{name}", due_at + _SECOND, clock=clock.kind, breach=True)


def _warned_at(context: ProcessContext, clock: Clock, term: Term) -> datetime | None:
    """When people are warned: at the first open instant from `term.warn_at` on.

    A term in days warns when the desk opens on the day of `warn_at`. If the desk is closed all that day, it warns on
    the last business day before, if that is after the first day of the term; else on the next business day; else, if
    the term ends before that, at the first open instant from its start on. It is None if the desk does not open before
    the term is due.
    """
    if context.process.any_hour:
        return term.warn_at
    hours, at = context.hours, term.warn_at
    if clock.basis != HOURS and at > clock.started_at:
        zone = context.calendars[clock.calendar].tz
        day, first_day = at.astimezone(zone).date(), clock.started_at.astimezone(zone).date()
        if not hours.is_business_day(day):
            before = hours.add_days(day, -1, DayCount.BUSINESS_AFTER)
            day = before if before > first_day else day
        at = datetime.combine(day, time(), hours.tz)
    found = (hours.next_open(each).astimezone(UTC) for each in (at, clock.started_at))
    return next((warned_at for warned_at in found if warned_at <= term.due_at), None)


def _step_timers(ticket: Ticket, context: ProcessContext, fired: Collection[str]) -> Iterator[Timer]:
    if not ticket.step or ticket.step_since is None:
        return
    for rule in context.process.step(ticket.step).timers:
        if rule.every:
            yield _repeated(ticket, context, rule, fired)
        elif due_at := _due_once(ticket, context, rule, ticket.step_since):
            key = _step_key(ticket, rule)
            # The day is part of the key: if it is changed, the timer fires again. Keys written before
            # migration 0011 lack it.
            if not rule.on_day:
                yield Timer(key, due_at, rule)
            elif key not in fired:
                yield Timer(f"{key}.{ticket.fields[rule.on_day]}", due_at, rule)


def _due_once(ticket: Ticket, context: ProcessContext, rule: TimerRule, since: datetime) -> datetime | None:
    if rule.after:
        return later(context, rule.calendar, rule.after, 1, since)
    if rule.on_day:
        value = ticket.fields.get(rule.on_day)
        day = date.fromisoformat(day_in(value)) if value else None
        if day and rule.before:
            days = read_amount(rule.before, "uteis")
            due_at = opening_of(context, context.hours.add_days(day, -days, DayCount.BUSINESS_AFTER))
            return due_at if due_at > since else None
        return opening_of(context, day) if day else None
    clock = live_clock(ticket, rule.clock) if rule.clock else None
    if clock is None or clock.paused_at:
        return None
    shared = replace(clock, target=clock.target * rule.share // 100)
    return term_of(shared, context.calendars[clock.calendar]).due_at


def _repeated(ticket: Ticket, context: ProcessContext, rule: TimerRule, fired: Collection[str]) -> Timer:
    """The next firing of a repeated timer."""
    assert rule.every
    assert ticket.step_since
    name = f"{_step_key(ticket, rule)}."
    times = 1 + max((int(key.removeprefix(name)) for key in fired if key.startswith(name)), default=0)
    return Timer(f"{name}{times}", later(context, rule.calendar, rule.every, times, ticket.step_since), rule)


def _step_key(ticket: Ticket, rule: TimerRule) -> str:
    assert ticket.step_since
    return f"{ticket.step}.{rule.key}.{_stamp(ticket.step_since)}"


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S%f}"
