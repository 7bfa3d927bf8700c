"""Clocks: targets, the calendars that they count on, and their state.

A clock stores instants only: its start, its pauses, its stop. Everything else (due, worked, remaining) is computed from
them and a calendar, so that no stored value can be out of date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Self

from atendimento_tui.calendar import BusinessCalendar, DayCount, Interval
from atendimento_tui.domain.words import ClockKind, Nature, Result, Situation

HOURS = "horas"
"""Basis of a term in working time; any other basis is the value of a `DayCount`."""

_SECOND = timedelta(seconds=1)

WARNING_SHARE = 0.75
"""A running clock warns once this share of its target is used (docs/rules.md, "Clocks and cycles")."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A period that does not count; `ended_at` is None while it lasts.

    Attributes:
        goes_on: It continues the pause before it, with another reason: the clock did not run in between.
    """

    began_at: datetime
    reason: str
    ended_at: datetime | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of one cycle of a ticket.

    Attributes:
        calendar: Id of the calendar version that it counts on.
        basis: `HOURS`, or a `DayCount` value for a term in days.
        kind: One of `ClockKind`, or a kind that its process defines.
        target: Seconds of working time, or days, by the basis.
        cancelled: Stopped without a result.
        nature: Whose time it counts.
        told_calendar: The calendar version on which the due date was told to somebody, if another version gives another
            date now. Alarms are at the earlier of both dates.
        delayed_calendar: The calendar version that moved the due date to a later one that nobody was told before. Its
            alarms are given again.
    """

    cycle: int
    kind: str
    calendar: int
    basis: str
    target: int
    started_at: datetime
    pauses: tuple[Pause, ...] = field(default=())
    stopped_at: datetime | None = None
    cancelled: bool = False
    nature: Nature = Nature.OURS
    told_calendar: int | None = None
    delayed_calendar: int | None = None

    @property
    def is_live(self) -> bool:
        return self.stopped_at is None

    @property
    def paused_at(self) -> datetime | None:
        """The beginning of the current pause, if any."""
        last = self.pauses[-1] if self.pauses else None
        return last.began_at if last and last.ended_at is None else None

    @property
    def resting_since(self) -> datetime | None:
        """When the clock last stopped running, if it is paused; several pauses may follow one another without a gap."""
        if not self.paused_at:
            return None
        lasting = len(self.pauses) - 1
        while self.pauses[lasting].goes_on and lasting:
            lasting -= 1
        return self.pauses[lasting].began_at

    @property
    def ended_pauses(self) -> list[tuple[datetime, datetime]]:
        """The pauses that have ended, without those that lead into the current one."""
        since = self.resting_since
        return [(p.began_at, p.ended_at) for p in self.pauses if p.ended_at and not (since and p.began_at >= since)]

    def pause(self, at: datetime, reason: str) -> Self:
        """Pause the clock from `at`. A paused or stopped clock is unchanged."""
        if self.paused_at or not self.is_live:
            return self
        return replace(self, pauses=(*self.pauses, Pause(at, reason)))

    def rest_on(self, at: datetime, reason: str) -> Self:
        """Continue the current pause with another reason from `at`. A clock that is not paused is unchanged."""
        if not self.paused_at or self.pauses[-1].reason == reason:
            return self
        resumed = self.resume(at)
        return replace(resumed, pauses=(*resumed.pauses, Pause(at, reason, goes_on=True)))

    def resume(self, at: datetime) -> Self:
        """Resume the clock at `at`. A clock that is not paused is unchanged."""
        if not self.paused_at:
            return self
        *before, last = self.pauses
        return replace(self, pauses=(*before, replace(last, ended_at=at)))

    def stop(self, at: datetime, *, cancelled: bool = False) -> Self:
        """Stop the clock at `at` and end its current pause. A stopped clock is unchanged."""
        if not self.is_live:
            return self
        return replace(self.resume(at), stopped_at=at, cancelled=cancelled)

    def reinstate(self, at: datetime, reason: str) -> Self:
        """Let a stopped clock run again from `at`; the time in between is a pause."""
        if self.stopped_at is None or self.cancelled:
            return self
        return replace(self, stopped_at=None, pauses=(*self.pauses, Pause(self.stopped_at, reason, at)))

    def spans(self, until: datetime) -> list[tuple[datetime, datetime, str]]:
        """The pauses with their ends; the current one ends at `until`."""
        return [(p.began_at, p.ended_at or max(until, p.began_at), p.reason) for p in self.pauses]


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a running or paused clock at one instant.

    Attributes:
        remaining_s: Seconds left: working time on the clock's calendar, real time where it counts consecutive days.
            Negative once overdue, by the time since then without pauses; frozen while paused.
        days: For a term in days, the days of its basis after today up to the last one: 0 on the last day, negative once
            overdue. None for a term in hours.
    """

    situation: Situation
    remaining_s: int
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A running or paused clock as instants in UTC: all that a list needs to show a countdown.

    Attributes:
        due_at: When it is due; while paused, when it would be due without the current pause.
        warn_at: When its warning begins.
        paused_at: When it was paused, or None while it runs.
        zero_at: The instant that the countdown counts to: `due_at`, moved by the pauses that ended after it. These do
            not move the due instant, but they do not count as overdue time.
    """

    kind: str
    calendar: int
    basis: str
    due_at: datetime
    warn_at: datetime
    paused_at: datetime | None
    zero_at: datetime


def promised(terms: Iterable[Term]) -> Term | None:
    """The term for a requester: that of the clock `solucao` if it has not stopped, else the term that is due first."""
    live = list(terms)
    to_solution = [term for term in live if term.kind == ClockKind.SOLUTION]
    return min(to_solution or live, key=lambda term: (term.paused_at is not None, term.due_at), default=None)


def _reach(clock: Clock, calendar: BusinessCalendar, amount: int) -> datetime:
    """The instant at which `amount` of the clock's target is used, with the pauses that have ended.

    In UTC: two datetimes of one zone are compared by local time, which is wrong in an hour that occurs twice.
    """
    if clock.basis == HOURS:
        return calendar.add(clock.started_at, timedelta(seconds=amount), pauses=clock.ended_pauses).astimezone(UTC)
    first_day = clock.started_at.astimezone(calendar.tz).date()
    return calendar.end_of_day(calendar.add_days(first_day, amount, DayCount(clock.basis))).astimezone(UTC)


def term_of(clock: Clock, calendar: BusinessCalendar) -> Term:
    """The clock as a term. A term in days ends at 23:59:59 local time of its last day; no pause moves it.

    A term in hours warns once `WARNING_SHARE` of it is used, a term in days from the beginning of its last but one day.
    """
    due_at = _reach(clock, calendar, clock.target)
    return Term(
        clock.kind,
        clock.calendar,
        clock.basis,
        due_at,
        _warning(clock, calendar),
        clock.resting_since,
        _zero(clock, calendar, due_at),
    )


def _warning(clock: Clock, calendar: BusinessCalendar) -> datetime:
    """When the clock's warning begins. A term that is too short for it warns on its last day, or at once."""
    if clock.basis == HOURS:
        return _reach(clock, calendar, int(clock.target * WARNING_SHARE))
    first_day = clock.started_at.astimezone(calendar.tz).date()
    for amount in (max(clock.target - 1, 0), clock.target):
        day = calendar.add_days(first_day, amount, DayCount(clock.basis))
        if day > first_day:
            begin = calendar.end_of_day(day - timedelta(days=1)).astimezone(UTC) + _SECOND
            return calendar.next_open(begin).astimezone(UTC) if calendar.is_business_day(day) else begin
    return clock.started_at.astimezone(UTC)


def _zero(clock: Clock, calendar: BusinessCalendar, due_at: datetime) -> datetime:
    """The instant from which overdue time counts: the due instant, moved by later pauses."""
    rested = [(max(begin, due_at), end) for begin, end in clock.ended_pauses if end > due_at]
    if not rested:
        return due_at
    resumed_at = rested[-1][1].astimezone(UTC)
    if _is_consecutive(clock.basis):
        return due_at + sum(((end - begin) for begin, end in _in_utc(rested)), timedelta())
    overdue = calendar.between(due_at, resumed_at, pauses=rested)
    return calendar.add(resumed_at, -overdue).astimezone(UTC) if overdue else resumed_at


def _in_utc(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    return [(begin.astimezone(UTC), end.astimezone(UTC)) for begin, end in spans]


def _is_consecutive(basis: str) -> bool:
    """Whether a term counts closed days too."""
    return basis in (DayCount.CALENDAR, DayCount.CALENDAR_ROLL)


def standing(term: Term, calendar: BusinessCalendar, now: datetime) -> Standing:
    """The state of the term at `now`."""
    now = now.astimezone(UTC)
    at = (term.paused_at or now).astimezone(UTC)
    left = term.zero_at - at if _is_consecutive(term.basis) else calendar.between(at, term.zero_at)
    remaining_s, days = left // timedelta(seconds=1), _days_left(term, calendar, at)
    if term.paused_at:
        return Standing(Situation.PAUSED, remaining_s, days)
    if now > term.due_at:
        return Standing(Situation.OVERDUE, remaining_s, days)
    return Standing(Situation.WARNING if now >= term.warn_at else Situation.ON_TIME, remaining_s, days)


def _days_left(term: Term, calendar: BusinessCalendar, at: datetime) -> int | None:
    """The days of the term's basis between the day of `at` and its last day; None for a term in hours."""
    if term.basis == HOURS:
        return None
    counts = DayCount.BUSINESS_AFTER if term.basis.startswith("business") else DayCount.CALENDAR
    today, last = at.astimezone(calendar.tz).date(), term.zero_at.astimezone(calendar.tz).date()
    days = calendar.days_between(today, last, counts)
    if at > term.due_at:  # overdue by at least a day, also on a Saturday after a Friday
        return min(days, -1)
    return 0 if today == last else max(days, 1)


def worked(clock: Clock, calendar: BusinessCalendar, now: datetime) -> timedelta:
    """Working time while the clock ran, until it stopped or `now`; none before it started."""
    until = _until(clock, now)
    return calendar.between(clock.started_at, until, pauses=clock.spans(until))


def paused(clock: Clock, calendar: BusinessCalendar, now: datetime) -> timedelta:
    """Working time during which the clock was paused, until it stopped or `now`; none before it started."""
    return calendar.between(clock.started_at, _until(clock, now)) - worked(clock, calendar, now)


def _until(clock: Clock, now: datetime) -> datetime:
    return clock.stopped_at or max(now.astimezone(UTC), clock.started_at)


def result_of(clock: Clock, calendar: BusinessCalendar) -> Result | None:
    """How the clock ended; None while it has not stopped. Exactly on the due instant is on time."""
    if clock.stopped_at is None:
        return None
    if clock.cancelled:
        return Result.CANCELLED
    return Result.ON_TIME if clock.stopped_at.astimezone(UTC) <= term_of(clock, calendar).due_at else Result.LATE


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One interval of a clock: counted or skipped, and why.

    Attributes:
        reason: That of a calendar's `Interval`, or `first_day` (not counted in a term in days), `day` (a consecutive
            day, counted), `roll` (the business day on which a term in consecutive days ends).
        name: The holiday's or the pause's.
    """

    start: datetime
    end: datetime
    counted: bool
    reason: str
    name: str | None

    @property
    def duration(self) -> timedelta:
        """Real time from start to end. `end - start` would be the difference of local times."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)


def ledger(clock: Clock, calendar: BusinessCalendar, now: datetime) -> list[LedgerLine]:
    """The ledger of the clock: every interval from its start, in order and without gaps.

    The ledger of a running clock ends at its due instant, of a paused one at `now`, of a stopped one at its end. That
    of a term in days always ends at its due instant.
    """
    if clock.basis != HOURS:
        return _days_ledger(clock, calendar)
    paused_until = max(now.astimezone(UTC), clock.paused_at) if clock.paused_at else None
    until = clock.stopped_at or paused_until or term_of(clock, calendar).due_at
    return _lines(calendar.explain(clock.started_at, until, pauses=clock.spans(until)))


def _lines(intervals: Sequence[Interval]) -> list[LedgerLine]:
    return [LedgerLine(i.start, i.end, i.counted, i.reason, i.name) for i in intervals]


def _days_ledger(clock: Clock, calendar: BusinessCalendar) -> list[LedgerLine]:
    """The ledger of a term in days: the first day, then each day up to the end of the last one."""
    count, due_at = DayCount(clock.basis), term_of(clock, calendar).due_at
    start, first_day = clock.started_at.astimezone(UTC), clock.started_at.astimezone(calendar.tz).date()
    if due_at <= start:  # a term of the first day that began after the day's last second
        return []
    first_counts = count is DayCount.BUSINESS_FROM
    day_after = calendar.end_of_day(first_day).astimezone(UTC) + _SECOND  # not midnight, which may occur twice or never
    counting_from = start if first_counts else min(day_after, due_at)
    lines = [] if first_counts else [_line(calendar, start, counting_from, reason="first_day")]
    if count in (DayCount.BUSINESS_AFTER, DayCount.BUSINESS_FROM):
        return lines + _lines(calendar.explain(counting_from, due_at))
    consecutive_end = calendar.end_of_day(first_day + timedelta(days=clock.target)).astimezone(UTC)
    if counting_from < consecutive_end:
        lines.append(_line(calendar, counting_from, consecutive_end, reason="day", counted=True))
    if consecutive_end < due_at:
        rolled = _lines(calendar.explain(consecutive_end, due_at))
        lines += [replace(line, counted=False, reason="roll" if line.counted else line.reason) for line in rolled]
    return lines


def _line(
    calendar: BusinessCalendar, start: datetime, end: datetime, *, reason: str, counted: bool = False
) -> LedgerLine:
    return LedgerLine(start.astimezone(calendar.tz), end.astimezone(calendar.tz), counted, reason, None)
