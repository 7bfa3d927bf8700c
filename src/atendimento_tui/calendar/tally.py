"""Counting open time in a repeating week with exceptional days. All results of the calendar are computed here.

Time is divided into ticks of a microsecond or a whole day, numbered from 0001-01-01; each is open or not. `before`
counts the open ticks before one, `find` returns the n-th. Neither iterates over days: whole weeks are multiplied, the
spans of a week are bisected, and the exceptional days are in a sorted table with their cumulative difference.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from atendimento_tui.calendar.errors import BeyondCalendarError
from atendimento_tui.calendar.hours import Spans, open_time
from atendimento_tui.calendar.instants import DAYS


class Tally:
    """The open ticks of the years 1 to 9999; there are none outside.

    Two groups of tables: the spans of a week, and the exceptional days. Bisecting the `begins` or `firsts` of a group
    gives how many spans or days have begun. The group's other tables are indexed with that number and have one more
    entry for none. Every clock on the screen uses this code, hence no calls in the main path.
    """

    # fmt: off
    __slots__ = (
        "_begins", "_day", "_day_begins", "_day_ends", "_day_firsts", "_day_lasts", "_day_shifts", "_end", "_firsts",
        "_lasts", "_offsets", "_spans", "_special", "_total", "_week", "_week_units",
    )
    # fmt: on

    def __init__(self, week: Sequence[Spans], special: Mapping[int, Spans], day: int) -> None:
        """Build the tables of open spans.

        Args:
            week: the spans of the seven weekdays, Monday first, in ticks of the day.
            special: the spans of the exceptional days, by day number.
            day: number of ticks in a day.
        """
        self._day, self._week, self._end = day, 7 * day, DAYS * day
        self._spans, self._special = week, dict(sorted(special.items()))
        self._table_week()
        self._table_special()

    def spans(self, day: int) -> Spans:
        """The open spans of a day, by its number, in ticks of the day."""
        spans = self._special.get(day)
        return self._spans[day % 7] if spans is None else spans

    def is_open(self, tick: int) -> bool:
        """Whether a tick is open."""
        day, now = divmod(tick, self._day)
        return 0 <= tick < self._end and any(start <= now < end for start, end in self.spans(day))

    def before(self, tick: int) -> int:
        """The open ticks before this one."""
        if not 0 <= tick <= self._end:
            return 0 if tick < 0 else self._total
        days = bisect_right(self._day_begins, tick)
        if tick < self._day_ends[days]:
            return self._before_on_special(days - 1, tick)
        weeks = tick // self._week
        now = tick - weeks * self._week
        spans = bisect_right(self._begins, now)
        open_now, lasts = now - self._offsets[spans], self._lasts[spans]
        return weeks * self._week_units + (open_now if open_now < lasts else lasts) + self._day_shifts[days]

    def find(self, unit: int) -> int:
        """The n-th open tick, from 0.

        Raises:
            BeyondCalendarError: when there is none.
        """
        if not 0 <= unit < self._total:
            raise BeyondCalendarError.openings(before=unit < 0)
        days = bisect_right(self._day_firsts, unit)
        if unit < self._day_lasts[days]:
            return self._find_on_special(days - 1, unit)
        unit -= self._day_shifts[days]
        weeks = unit // self._week_units
        unit -= weeks * self._week_units
        return weeks * self._week + unit + self._offsets[bisect_right(self._firsts, unit)]

    def _before_on_special(self, place: int, tick: int) -> int:
        now = tick - self._day_begins[place]
        spans = self.spans(tick // self._day)
        return self._day_firsts[place] + sum(min(now, end) - start for start, end in spans if start < now)

    def _find_on_special(self, place: int, unit: int) -> int:
        begin, rest = self._day_begins[place], unit - self._day_firsts[place]
        for start, end in self.spans(begin // self._day):
            if rest < end - start:
                return begin + start + rest
            rest -= end - start
        raise AssertionError("the table and the spans of a day disagree")

    def _table_week(self) -> None:
        spans = [(day * self._day + start, end - start) for day in range(7) for start, end in self._spans[day]]
        self._begins = [begin for begin, _ in spans]
        self._lasts = list(accumulate((length for _, length in spans), initial=0))  # open ticks with the span begun
        *self._firsts, self._week_units = self._lasts
        # Conversion of an open tick of the week to its count, and back.
        self._offsets = [0, *(begin - first for begin, first in zip(self._begins, self._firsts, strict=True))]

    def _table_special(self) -> None:
        # First as if there were no exceptional day.
        self._day_begins, self._day_ends, self._day_shifts = [], [0], [0]
        begins = [day * self._day for day in self._special]
        in_week = [self.before(day * self._day) for day in range(7)]
        usual = [day // 7 * self._week_units + in_week[day % 7] for day in self._special]
        usual_total = self.before(self._end)
        lengths = {spans: open_time(spans) for spans in {*self._spans, *self._special.values()}}  # few differ
        units = [lengths[spans] for spans in self._special.values()]
        gains = [lengths[spans] - lengths[self._spans[day % 7]] for day, spans in self._special.items()]
        self._day_begins, self._day_ends = begins, [0, *(begin + self._day for begin in begins)]
        self._day_shifts = list(accumulate(gains, initial=0))
        self._day_firsts = [before + shift for before, shift in zip(usual, self._day_shifts, strict=False)]
        self._day_lasts = [0, *(first + on_day for first, on_day in zip(self._day_firsts, units, strict=True))]
        self._total = usual_total + self._day_shifts[-1]


class TallySeries:
    """The open ticks of weeks that replace one another, each from a day on. It is used like a `Tally`."""

    __slots__ = ("_counts", "_day", "_shifts", "_starts", "_tallies", "_total")

    def __init__(self, weeks: Sequence[tuple[int, Sequence[Spans]]], special: Mapping[int, Spans], day: int) -> None:
        """Build a `Tally` for each week.

        Args:
            weeks: the number of the day on which each week begins, in order, and its spans; the first begins at 0.
            special: as that of a `Tally`.
            day: number of ticks in a day.
        """
        self._day = day
        self._starts = [first * day for first, _ in weeks]
        self._tallies: list[Tally] = []
        self._shifts: list[int] = []  # what is added to the count of each tally
        self._counts: list[int] = []  # the count at the beginning of each week
        counted = 0
        for (first, week), end in zip(weeks, [*(first for first, _ in weeks[1:]), DAYS], strict=True):
            own = {number: spans for number, spans in special.items() if first <= number < end}
            tally = Tally(week, own, day)
            begun = tally.before(first * day)
            self._tallies.append(tally)
            self._shifts.append(counted - begun)
            self._counts.append(counted)
            counted += tally.before(end * day) - begun
        self._total = counted

    def spans(self, day: int) -> Spans:
        """As `Tally.spans`."""
        return self._tallies[self._place(day * self._day)].spans(day)

    def is_open(self, tick: int) -> bool:
        """As `Tally.is_open`."""
        return self._tallies[self._place(tick)].is_open(tick)

    def before(self, tick: int) -> int:
        """As `Tally.before`."""
        place = self._place(tick)
        return self._tallies[place].before(tick) + self._shifts[place] if tick > 0 else 0

    def find(self, unit: int) -> int:
        """As `Tally.find`."""
        if not 0 <= unit < self._total:
            raise BeyondCalendarError.openings(before=unit < 0)
        place = bisect_right(self._counts, unit) - 1
        return self._tallies[place].find(unit - self._shifts[place])

    def _place(self, tick: int) -> int:
        return max(bisect_right(self._starts, tick) - 1, 0)


def tally_of(
    weeks: Sequence[tuple[int, Sequence[Spans]]], special: Mapping[int, Spans], day: int
) -> Tally | TallySeries:
    """The tally of one week, or of several that replace one another. The arguments are those of `TallySeries`."""
    return TallySeries(weeks, special, day) if len(weeks) > 1 else Tally(weeks[0][1], special, day)
