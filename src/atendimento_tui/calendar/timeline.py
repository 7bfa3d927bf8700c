"""Working time in real instants.

In local time every day has 24 hours, and `Tally` counts working time. The zone's offset relates local time to real
time. At each change of the offset local time jumps; a correction removes what the jump would add to the count or take
from it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime
from itertools import accumulate, chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from atendimento_tui.calendar.errors import BeyondCalendarError
from atendimento_tui.calendar.instants import DAY, DAYS, MICROSECOND, SECOND
from atendimento_tui.calendar.tally import Tally, TallySeries
from atendimento_tui.calendar.zones import changes_of_year, new_year, offset_at_new_year

_LAST_YEAR = 9999
_YEARS_END = DAYS * DAY
_MARGIN = 3 * DAY  # An instant may lie a day outside the years, because its zone is not UTC; add two to look around.

# The correction is zero here whatever years are in the table, so that a longer table gives the same counts.
_ANCHOR_YEAR = 2020


class Stretch(NamedTuple):
    """A period of real time, `start` to `end`, with one `offset` from UTC."""

    start: int
    end: int
    offset: int


class _Table(NamedTuple):
    """The stretches of some years; immutable, replaced by a longer one when more years are needed."""

    first: int  # The instants covered: first <= instant < last.
    last: int
    first_count: int  # The working microseconds covered, likewise.
    last_count: int
    begins: list[int]  # Of each stretch: where it begins,
    offsets: list[int]  # the offset from an instant to local time,
    corrections: list[int]  # the correction from the local count to the real one,
    counts: list[int]  # and the real count at its beginning.


_NOTHING_TABLED = _Table(0, 0, 0, 0, [], [], [], [])


class Timeline:
    """Real working time over all changes of a zone. Instants and counts are in microseconds.

    Thread-safe: a new table is built first and then replaces the old one by one assignment.
    """

    __slots__ = ("_local", "_local_epoch", "_table", "_zone")

    def __init__(self, local: Tally | TallySeries, zone: ZoneInfo) -> None:
        """Combine local working time, in microseconds, with a zone. The zone's changes are found on first use."""
        self._local = local
        self._zone = zone
        self._local_epoch = datetime(1, 1, 1, tzinfo=zone)
        self._table = _NOTHING_TABLED

    def count(self, instant: int) -> int:
        """The working microseconds before an instant, from a fixed origin."""
        table = self._table
        if not table.first <= instant < table.last:
            table = self._reach(instant)
        place = bisect_right(table.begins, instant) - 1
        return self._local.before(instant + table.offsets[place]) + table.corrections[place]

    def find(self, unit: int) -> int:
        """The instant at which the n-th working microsecond begins: the last one with n before it.

        Raises:
            BeyondCalendarError: before the first opening or beyond the last one.
        """
        table = self._table
        while not table.first_count <= unit < table.last_count:
            table = self._reach_count(table, unit)
        place = bisect_right(table.counts, unit) - 1
        return self._local.find(unit - table.corrections[place]) - table.offsets[place]

    def is_open(self, instant: int) -> bool:
        """Whether the local time at this instant is open."""
        table = self._table
        if not table.first <= instant < table.last:
            table = self._reach(instant)
        return self._local.is_open(instant + table.offsets[bisect_right(table.begins, instant) - 1])

    def moment(self, instant: int) -> datetime:
        """The instant as an aware datetime of the zone.

        Raises:
            BeyondCalendarError: when the local year would be before 1 or after 9999.
        """
        table = self._table
        if not table.first <= instant < table.last:
            table = self._reach(instant)
        place = bisect_right(table.begins, instant) - 1
        local = instant + table.offsets[place]
        if not 0 <= local < _YEARS_END:
            raise BeyondCalendarError.years()
        moment = self._local_epoch + MICROSECOND * local
        # The second occurrence of a local time that a change of the zone repeats.
        if place and local < table.begins[place] + table.offsets[place - 1]:
            return moment.replace(fold=1)
        return moment

    def last_second(self, day: int) -> int:
        """The instant of a day's last second: 23:59:59 local time, or the last that exists where that is skipped."""
        end = (day + 1) * DAY
        shown = [
            min(stretch.end, end - stretch.offset)
            for stretch in self.stretches(end - 2 * DAY, end + 2 * DAY)
            if stretch.start < end - stretch.offset
        ]
        return shown[-1] - SECOND

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """The parts of start to end, each with one offset, in order; none is empty."""
        table = self._table
        if start < table.first or end >= table.last:
            table = self._reach(start, end)
        place = bisect_right(table.begins, start) - 1
        while start < end:
            until = min([end, *table.begins[place + 1 : place + 2]])
            yield Stretch(start, until, table.offsets[place])
            start, place = until, place + 1

    def _reach_count(self, table: _Table, unit: int) -> _Table:
        """A table that covers a count, or at least more years than before in its direction."""
        if not table.begins:
            return self._reach(new_year(_ANCHOR_YEAR))
        ahead = unit >= table.last_count
        if (ahead and table.last > _YEARS_END) or (not ahead and table.first < 0):
            raise BeyondCalendarError.openings(before=not ahead)
        edge = -1 if ahead else 0
        try:  # An estimate without further zone changes. Where it falls short, the next step reaches the count.
            near = self._local.find(unit - table.corrections[edge]) - table.offsets[edge]
        except BeyondCalendarError:
            near = _YEARS_END if ahead else 0
        return self._reach(max(near, table.last) if ahead else min(near, table.first - 1))

    def _reach(self, *instants: int) -> _Table:
        """A table that covers these instants, by whole decades, and all that the present one covers."""
        table = self._table
        asked = [_ANCHOR_YEAR, *map(_year, instants)]
        if table.begins:
            asked += [_year(table.first), _year(table.last - 1)]
        first, last = min(asked) // 10 * 10, max(asked) // 10 * 10 + 9
        self._table = table = self._tabled(max(first, 1), last)
        return table

    def _tabled(self, first_year: int, last_year: int) -> _Table:
        # The year before is included, for a change in its last hours.
        years = range(max(first_year - 1, 1), last_year + 1)
        begins, offsets = [new_year(years[0])], [offset_at_new_year(self._zone, years[0])]
        for change in chain.from_iterable(changes_of_year(self._zone, year) for year in years):
            begins.append(change.at)
            offsets.append(change.after)
        corrections = self._corrections(begins, offsets)
        counts = [
            self._local.before(begin + offset) + correction
            for begin, offset, correction in zip(begins, offsets, corrections, strict=True)
        ]
        first = new_year(first_year) if first_year > 1 else -_MARGIN
        last = new_year(last_year + 1) if last_year < _LAST_YEAR else _YEARS_END + _MARGIN
        begins[0] = min(begins[0], first)
        at_first = bisect_right(begins, first) - 1
        first_count = self._local.before(first + offsets[at_first]) + corrections[at_first]
        last_count = self._local.before(last + offsets[-1]) + corrections[-1]
        return _Table(first, last, first_count, last_count, begins, offsets, corrections, counts)

    def _corrections(self, begins: list[int], offsets: list[int]) -> list[int]:
        """What each stretch adds to the local count, so that no jump of local time is counted."""
        before = self._local.before
        jumps = (
            before(at + old) - before(at + new) for at, old, new in zip(begins[1:], offsets, offsets[1:], strict=False)
        )
        corrections = list(accumulate(jumps, initial=0))
        origin = corrections[bisect_right(begins, new_year(_ANCHOR_YEAR)) - 1]
        return [correction - origin for correction in corrections]


def _year(instant: int) -> int:
    return date.fromordinal(min(max(instant // DAY, 0), DAYS - 1) + 1).year
