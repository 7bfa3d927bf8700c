"""The business calendar: hours of the week, holidays, days with other hours, in a zone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from atendimento_tui.calendar.errors import NeverOpenError, RefusedError
from atendimento_tui.calendar.hours import Hours, Spans, day_spans, week_spans
from atendimento_tui.calendar.instants import DAY, MICROSECOND, date_of, day_number, instant
from atendimento_tui.calendar.ledger import DayNames, Interval, Reason, entries
from atendimento_tui.calendar.pauses import Pause, cuts
from atendimento_tui.calendar.tally import tally_of
from atendimento_tui.calendar.timeline import Timeline
from atendimento_tui.calendar.zones import zone_named

_NO_DAYS: Mapping[date, Hours] = MappingProxyType({})
_NO_WEEKS: Mapping[date, Mapping[int, Hours]] = MappingProxyType({})


class DayCount(StrEnum):
    """How the days of a term are counted.

    Attributes:
        BUSINESS_AFTER: business days, the first one excluded and the last included (Lei 9.784/1999, art. 66).
        BUSINESS_FROM: business days, the first one counted when it is one (waiting times, RN ANS 566).
        CALENDAR: consecutive days, the first one excluded.
        CALENDAR_ROLL: the same; an end on a closed day rolls to the next business day (art. 66 § 1).
    """

    BUSINESS_AFTER = "business_after"
    BUSINESS_FROM = "business_from"
    CALENDAR = "calendar"
    CALENDAR_ROLL = "calendar_roll"


_BUSINESS_AFTER = DayCount.BUSINESS_AFTER  # Looked up once, because nearly every term uses it.


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar.

    Attributes:
        hours: Its open intervals; none on a closed day. An end of `time(0)` is the end of the day.
        reason: Why its closed time is closed: `closed` (outside the hours of the week), `holiday`, `special` (the day
            has its own hours).
        name: The holiday's, where known.
    """

    date: date
    hours: tuple[tuple[time, time], ...]
    reason: Reason
    name: str | None


class BusinessCalendar:
    """Working time and business days.

    It is immutable; two built from the same hours and days are equal. The cost of a call does not depend on the length
    of the period, and calls are thread-safe.

    Datetime arguments must be aware, in any zone; returned ones are in the calendar's zone. Time is computed to the
    microsecond and is real time: an hour that a zone change skips is not worked, one that occurs twice is worked twice.
    """

    __slots__ = ("_business_days", "_local", "_names", "_special", "_timeline", "_weeks", "_zone")

    def __init__(
        self,
        week: Mapping[int, Hours],
        tz: str | ZoneInfo = "America/Sao_Paulo",
        holidays: Collection[date] | Mapping[date, str] = (),
        special_days: Mapping[date, Hours] = _NO_DAYS,
        later_weeks: Mapping[date, Mapping[int, Hours]] = _NO_WEEKS,
    ) -> None:
        """Build the calendar.

        Args:
            week: the open intervals of each weekday, Monday = 0; an end of `time(0)` is the end of the day.
            tz: the zone, or its name.
            holidays: closed days, by name where known.
            special_days: other hours on one date, empty for a closed one; they take precedence over week and holidays.
            later_weeks: weeks that replace the first one, each from its date on.

        Raises:
            HoursError: for intervals that overlap, are out of order, empty or over midnight; the day is named.
            NeverOpenError: when there is no open interval at all.
            UnknownZoneError: for a zone that the database does not know.
            RefusedError: for a holiday or special day that is a datetime.
        """
        self._zone = zone_named(tz)
        later = ((day_number(day), week_spans(from_day)) for day, from_day in sorted(later_weeks.items()))
        self._weeks = ((0, week_spans(week)), *later)
        self._special = {day_number(day): day_spans(hours, day) for day, hours in special_days.items()}
        self._names = DayNames(_named(holidays), frozenset(self._special))
        other_days: dict[int, Spans] = dict.fromkeys(self._names.holidays, ()) | self._special
        if not any(any(spans) for _, spans in self._weeks) and not any(self._special.values()):
            raise NeverOpenError("never_open", "the calendar has no open interval at all")
        self._local = tally_of(self._weeks, other_days, DAY)
        self._timeline = Timeline(self._local, self._zone)
        self._business_days = tally_of(
            [(first, [_as_day(spans) for spans in week_of]) for first, week_of in self._weeks],
            {day: _as_day(spans) for day, spans in other_days.items()},
            1,
        )

    @property
    def tz(self) -> ZoneInfo:
        """The zone."""
        return self._zone

    def add(self, start: datetime, working: timedelta, *, pauses: Iterable[Pause] = ()) -> datetime:
        """The instant at which that much working time has passed.

        An amount that ends exactly at closing returns the closing, not the next opening. A negative amount counts
        backward; one that ends exactly on an opening returns it. Zero returns the start when open, else the next
        opening, and ignores pauses.

        Args:
            start: where counting begins.
            working: how much working time.
            pauses: time that does not count. One that begins at the due instant, or later, does not move it.

        Raises:
            NaiveDatetimeError: for a datetime without a zone.
            RefusedError: for a negative amount with pauses, or a pause that ends before it begins.
            BeyondCalendarError: when the result lies beyond the openings, or outside the years 1 to 9999.
        """
        line, amount, begin = self._timeline, working // MICROSECOND, instant(start)
        unit = line.count(begin) + amount
        if amount > 0:
            if pauses:
                unit = self._moved(unit, begin, pauses)
            # The last microsecond worked, plus one: this gives a closing, not the next opening.
            return line.moment(line.find(unit - 1) + 1)
        if amount and tuple(pauses):
            raise RefusedError("backward_with_pauses", "a negative amount cannot be counted over pauses")
        return line.moment(line.find(unit))

    def between(self, start: datetime, end: datetime, *, pauses: Iterable[Pause] = ()) -> timedelta:
        """The working time from start to end, without the pauses; negative when the end comes first.

        Raises:
            NaiveDatetimeError: for a datetime without a zone.
            RefusedError: for a pause that ends before it begins.
        """
        begin, finish, count = instant(start), instant(end), self._timeline.count
        worked = count(finish) - count(begin)
        if pauses:
            low, high = min(begin, finish), max(begin, finish)
            inside = ((max(cut.start, low), min(cut.end, high)) for cut in cuts(pauses))
            paused = sum(count(until) - count(since) for since, until in inside if since < until)
            worked += paused if worked < 0 else -paused
        return worked * MICROSECOND

    def is_open(self, at: datetime) -> bool:
        """Whether the calendar is open; the opening instant is open, the closing instant closed.

        Raises:
            NaiveDatetimeError: for a datetime without a zone.
        """
        return self._timeline.is_open(instant(at))

    def next_open(self, at: datetime) -> datetime:
        """The instant itself when open, else the next opening.

        Raises:
            NaiveDatetimeError: for a datetime without a zone.
            BeyondCalendarError: after the last opening.
        """
        line = self._timeline
        return line.moment(line.find(line.count(instant(at))))

    def explain(self, start: datetime, end: datetime, *, pauses: Iterable[Pause] = ()) -> Sequence[Interval]:
        """The ledger from start to end: counted and skipped intervals with their reasons, in order, without gaps.

        The counted intervals add up to `between(start, end, pauses=pauses)`.

        Raises:
            NaiveDatetimeError: for a datetime without a zone.
            RefusedError: when the end comes before the start, or for a pause that ends before it begins.
            BeyondCalendarError: for instants outside the years 1 to 9999 in the calendar's zone.
        """
        begin, finish = instant(start), instant(end)
        if finish < begin:
            raise RefusedError("explain_backward", f"cannot explain {start} - {end}: it ends before it begins")
        moment = self._timeline.moment
        ledger = entries(begin, finish, self._local, self._timeline, self._names, cuts(pauses))
        return tuple(
            Interval(moment(entry.start), moment(entry.end), entry.reason == "open", entry.reason, entry.name)
            for entry in ledger
        )

    def is_business_day(self, day: date) -> bool:
        """Whether the day has any open interval.

        Raises:
            RefusedError: for a datetime.
        """
        return bool(self._local.spans(day_number(day)))

    def day(self, day: date) -> Day:
        """The hours of a day, and why it is closed.

        Raises:
            RefusedError: for a datetime.
        """
        number = day_number(day)
        hours = tuple((_time(start), _time(end)) for start, end in self._local.spans(number))
        return Day(day, hours, *self._names.closed(number))

    def add_days(self, day: date, n: int, count: DayCount) -> date:
        """The day on which a term of n days ends; 0 days gives the day itself, business day or not.

        Args:
            day: the first day of the term.
            n: number of days; negative, which counts back, only for `BUSINESS_AFTER` and `CALENDAR`.
            count: which days count, and from which one.

        Raises:
            RefusedError: for a negative number with another count, or a datetime.
            BeyondCalendarError: when the result lies beyond the business days, or outside the years 1 to 9999.
        """
        # `day_number` inlined for the usual argument.
        number = day.toordinal() - 1 if type(day) is date else day_number(day)
        business = self._business_days
        if count is _BUSINESS_AFTER and n:
            unit = business.before(number + 1) - 1 if n > 0 else business.before(number)
            return date.fromordinal(business.find(unit + n) + 1)
        _check_count(count)
        if n == 0:
            return day
        if count is DayCount.CALENDAR:
            return date_of(number + n)
        if n < 0:
            raise RefusedError("negative_days", f"{count} does not count back", n=n, count=count)
        if count is DayCount.BUSINESS_FROM:
            return date_of(business.find(business.before(number) + n - 1))
        end = day_number(date_of(number + n))
        return date_of(business.find(business.before(end)))

    def days_between(self, start: date, end: date, count: DayCount) -> int:
        """The days of a term: in (start, end] for `BUSINESS_AFTER`, in [start, end] for `BUSINESS_FROM`.

        For both consecutive counts, the calendar days between them. Negative when the end comes first.

        Raises:
            RefusedError: for a datetime.
        """
        first, last = day_number(start), day_number(end)
        _check_count(count)
        if last < first:
            return -self.days_between(end, start, count)
        business = self._business_days
        if count is DayCount.BUSINESS_AFTER:
            return business.before(last + 1) - business.before(first + 1)
        if count is DayCount.BUSINESS_FROM:
            return business.before(last + 1) - business.before(first)
        return last - first

    def end_of_day(self, day: date) -> datetime:
        """The last second of a day, at which a term in days ends: 23:59:59 local time.

        The later one where a zone change repeats that second; the last one that exists where it is skipped.

        Raises:
            RefusedError: for a datetime.
        """
        return self._timeline.moment(self._timeline.last_second(day_number(day)))

    def _moved(self, unit: int, begin: int, pauses: Iterable[Pause]) -> int:
        """The count at which the amount is worked off, moved by each pause that begins before it."""
        count = self._timeline.count
        for cut in cuts(pauses):
            if cut.end <= begin:
                continue
            paused_from = count(max(cut.start, begin))
            if paused_from >= unit:
                break
            unit += count(cut.end) - paused_from
        return unit

    def _identity(self) -> tuple[object, ...]:
        holidays, special = frozenset(self._names.holidays.items()), frozenset(self._special.items())
        return self._weeks, str(self._zone), holidays, special

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BusinessCalendar):
            return NotImplemented
        return self is other or self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    def __repr__(self) -> str:
        holidays, special = len(self._names.holidays), len(self._special)
        return f"<BusinessCalendar {self._zone}: {holidays} holidays, {special} special days>"


def _time(microsecond: int) -> time:
    """The time of day; `time(0)` for the end of the day."""
    return (datetime.min + microsecond * MICROSECOND).time()  # noqa: DTZ901 - a time of day has no zone


def _as_day(spans: Spans) -> Spans:
    """The whole day as one tick, open when it has any open interval."""
    return ((0, 1),) if spans else ()


def _check_count(count: DayCount) -> None:
    # A plain string would pass every `is` below and be counted by another rule.
    if not isinstance(count, DayCount):
        raise RefusedError("unknown_count", f"{count!r} is no DayCount", count=count)


def _named(holidays: Collection[date] | Mapping[date, str]) -> dict[int, str | None]:
    if isinstance(holidays, Mapping):
        return {day_number(day): name or None for day, name in holidays.items()}
    return {day_number(day): None for day in holidays}
