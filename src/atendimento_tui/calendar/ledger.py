"""The ledger of a period: which parts counted, which did not, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from atendimento_tui.calendar.instants import DAY
from atendimento_tui.calendar.pauses import Cut
from atendimento_tui.calendar.tally import Tally, TallySeries
from atendimento_tui.calendar.timeline import Timeline

Reason: TypeAlias = Literal["open", "closed", "holiday", "special", "pause"]
"""`closed` is outside the opening hours, `special` the closed part of a day with other hours."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A line of the ledger.

    Attributes:
        start: aware, in the calendar's zone.
        end: likewise; the next line starts here.
        counted: whether it is working time.
        reason: why it counts or does not.
        name: the holiday's or the pause's, where known.
    """

    start: datetime
    end: datetime
    counted: bool
    reason: Reason
    name: str | None

    @property
    def duration(self) -> timedelta:
        """Real time from start to end. `end - start` would be the difference of local times."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)


class Entry(NamedTuple):
    """A line of the ledger in microseconds."""

    start: int
    end: int
    reason: Reason
    name: str | None


class DayNames(NamedTuple):
    """The days, by number, that are closed or have other hours; named where known."""

    holidays: Mapping[int, str | None]
    special: frozenset[int]

    def closed(self, day: int) -> tuple[Reason, str | None]:
        """Reason and name of the closed time of a day."""
        if day in self.special:
            return "special", self.holidays.get(day)
        if day in self.holidays:
            return "holiday", self.holidays[day]
        return "closed", None


def entries(
    start: int, end: int, local: Tally | TallySeries, timeline: Timeline, names: DayNames, cuts: list[Cut]
) -> list[Entry]:
    """The ledger between two instants; adjacent intervals with the same reason and name are one entry."""
    ledger: list[Entry] = []
    for entry in _paused(_instants(start, end, local, timeline, names), cuts):
        last = ledger[-1] if ledger else None
        if last and (last.reason, last.name) == (entry.reason, entry.name):
            ledger[-1] = last._replace(end=entry.end)
        else:
            ledger.append(entry)
    return ledger


def _instants(start: int, end: int, local: Tally | TallySeries, timeline: Timeline, names: DayNames) -> Iterator[Entry]:
    for stretch in timeline.stretches(start, end):
        for entry in _local_entries(stretch.start + stretch.offset, stretch.end + stretch.offset, local, names):
            yield entry._replace(start=entry.start - stretch.offset, end=entry.end - stretch.offset)


def _local_entries(start: int, end: int, local: Tally | TallySeries, names: DayNames) -> Iterator[Entry]:
    """The ledger between two local times, day by day."""
    for day in range(start // DAY, -(-end // DAY)):
        for entry in _day(day, local, names):
            if entry.start < end and entry.end > start:
                yield entry._replace(start=max(entry.start, start), end=min(entry.end, end))


def _day(day: int, local: Tally | TallySeries, names: DayNames) -> Iterator[Entry]:
    midnight = now = day * DAY
    closed = names.closed(day)
    for opening, closing in local.spans(day):
        if now < midnight + opening:
            yield Entry(now, midnight + opening, *closed)
        yield Entry(midnight + opening, midnight + closing, "open", None)
        now = midnight + closing
    if now < midnight + DAY:
        yield Entry(now, midnight + DAY, *closed)


def _paused(ledger: Iterable[Entry], cuts: list[Cut]) -> Iterator[Entry]:
    """The ledger with the pauses cut out of its open time. Both are sorted, so one pass is enough."""
    place = 0
    for entry in ledger:
        now = entry.start
        while place < len(cuts) and cuts[place].end <= now:
            place += 1
        # A pause may reach into the next entry, so it is dropped only when it ends here.
        ahead = place
        while entry.reason == "open" and ahead < len(cuts) and cuts[ahead].start < entry.end:
            cut = cuts[ahead]
            if now < cut.start:
                yield entry._replace(start=now, end=cut.start)
            paused_until = min(cut.end, entry.end)
            yield Entry(max(now, cut.start), paused_until, "pause", cut.reason)
            now = paused_until
            ahead += 1
        if now < entry.end:
            yield entry._replace(start=now)
