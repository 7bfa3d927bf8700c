"""What happens to a ticket by itself, and when."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from atendimento_tui.calendar import DayCount
from atendimento_tui.domain.clocks import HOURS, Clock, Term, term_of
from atendimento_tui.domain.process.schema import TimerRule
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.words import Nature
from atendimento_tui.domain.workflow.conditions import live_clock
from atendimento_tui.domain.workflow.context import ProcessContext
from atendimento_tui.domain.workflow.instants import later, opening_of

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that happens by itself.

    Attributes:
        key: Its own word: what has happened once under it does not happen again.
        rule: The step's timer; None for the warning or breach of a clock, which `clock` names.
    """

    key: str
    due_at: datetime
    rule: TimerRule | None = None
    clock: str | None = None
    breach: bool = False


def timers(ticket: Ticket, context: ProcessContext, fired: Collection[str]) -> list[Timer]:
    """What happens to the ticket by itself as it stands, each at its instant, those that have happened left out."""
    found = [*_clock_timers(ticket, context), *_step_timers(ticket, context, fired)]
    return [timer for timer in found if timer.key not in fired]


def next_due(ticket: Ticket, context: ProcessContext, fired: Collection[str], now: datetime) -> Timer | None:
    """What happens next, of all that should have happened by `now`; to be asked again after each.

    Of a repeated timer that was missed several times in a row (the program was off) only the last time is left, so that
    nobody is sent five reminders at once.
    """
    waiting = timers(ticket, context, fired)
    # Nothing is repeated beyond what may take the ticket out of its step.
    until = min([now, *(timer.due_at for timer in waiting if timer.rule and not timer.rule.every)])
    waiting = [_last_missed(ticket, context, timer, until) for timer in waiting]
    first = min(waiting, key=lambda timer: (timer.due_at, timer.key), default=None)
    return first if first and first.due_at <= now else None


def _last_missed(ticket: Ticket, context: ProcessContext, timer: Timer, until: datetime) -> Timer:
    """Of a repeated timer, its last time until then, if there was any."""
    if timer.rule is None or not timer.rule.every:
        return timer
    while (again := _repeated(ticket, context, timer.rule, {timer.key})).due_at <= until:
        timer = again
    return timer


def _clock_timers(ticket: Ticket, context: ProcessContext) -> Iterator[Timer]:
    """The warning and the breach of each running clock of ours. A clock with another target promises anew."""
    for clock in ticket.live_clocks:
        if clock.nature is Nature.CLIENT or clock.paused_at:
            continue
        term = term_of(clock, context.calendars[clock.calendar])
        name = f"{clock.kind}.{clock.cycle}.{_stamp(clock.started_at)}.{clock.target}"
        if warn_at := _warned_at(context, clock, term):
            yield Timer(f"atencao.{name}", warn_at, clock=clock.kind)
        # Exactly on the due instant is on time: the promise is broken a moment later.
        yield Timer(f"vencido.{name}", term.due_at + _SECOND, clock=clock.kind, breach=True)


def _warned_at(context: ProcessContext, clock: Clock, term: Term) -> datetime | None:
    """When people are warned: when the desk is open first from then on, and before the promise is broken.

    A term in days is warned of when the desk opens on that day. Where it is closed all that day, people are warned on
    the last day before on which it opens, if that is not the day on which the term began; else on the next one, if the
    term does not end before; else at once. They are not warned of what is due before the desk opens at all.
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
            stay = _step_key(ticket, rule)
            # On another day it happens anew. Before 0011 the day was not part of the key.
            if not rule.on_day:
                yield Timer(stay, due_at, rule)
            elif stay not in fired:
                yield Timer(f"{stay}.{ticket.fields[rule.on_day]}", due_at, rule)


def _due_once(ticket: Ticket, context: ProcessContext, rule: TimerRule, since: datetime) -> datetime | None:
    if rule.after:
        return later(context, rule.calendar, rule.after, 1, since)
    if rule.on_day:
        day = ticket.fields.get(rule.on_day)
        return opening_of(context, date.fromisoformat(day)) if day else None
    clock = live_clock(ticket, rule.clock) if rule.clock else None
    if clock is None or clock.paused_at:
        return None
    shared = replace(clock, target=clock.target * rule.share // 100)
    return term_of(shared, context.calendars[clock.calendar]).due_at


def _repeated(ticket: Ticket, context: ProcessContext, rule: TimerRule, fired: Collection[str]) -> Timer:
    """The next time of a timer that happens again and again."""
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
