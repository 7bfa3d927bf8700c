"""The agenda: the intervals in which professionals see beneficiaries, the slots in them, and the legal waiting limit.

Intervals and slots are counted in quanta (`domain.bookings`), so that a slot and what occupies it are compared as
numbers. Slots are real time: on the day of a zone change an interval is as long as the clock says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Protocol
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar, DayCount
from atendimento_tui.domain.bookings import QUANTUM_MIN, instant_of, quantum_of
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.recurrence import days

HORIZON_DAYS = 120
"""How many days ahead the open intervals are kept."""

LIMIT_MISSED = "sem_vaga_no_prazo"
"""The kind of the event of a ticket for which nothing was free within the waiting limit."""

_DAY_MIN = 24 * 60

Minutes = tuple[int, int]
"""Two minutes of a day, from and to."""

Closes = Callable[[int, date], Sequence[Minutes]]
"""The hours of a site on a day: the whole day, none, or those of a day with other hours."""


@dataclass(frozen=True, slots=True)
class Availability:
    """When a professional is at a site.

    Attributes:
        specialty: None for every specialty of the professional.
        rule: A checked rule without UNTIL (`domain.recurrence`).
        first: The day from which the rule counts.
        until: The last day; None if only the rule ends it.
        starts, ends: Local minutes of the day, multiples of five.
        slot_minutes: The length of a slot, a multiple of five.
        capacity: How many beneficiaries are seen in one slot.
        left_out, added: Days that are not as the rule says.
    """

    id: int
    provider: int
    site: int
    specialty: int | None
    rule: str
    first: date
    until: date | None
    starts: int
    ends: int
    zone: ZoneInfo
    slot_minutes: int
    capacity: int = 1
    left_out: frozenset[date] = frozenset()
    added: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of one day in which a professional sees beneficiaries at a site.

    Attributes:
        starts, ends: The first quantum, and the one after the last.
        day: The local day of the site.
    """

    provider: int
    starts: int
    availability: int
    ends: int
    site: int
    specialty: int | None
    day: date
    slot_minutes: int
    capacity: int

    @property
    def length(self) -> int:
        """The quanta of a slot."""
        return self.slot_minutes // QUANTUM_MIN


@dataclass(frozen=True, slots=True)
class Opened:
    """An interval with what is taken of it.

    Attributes:
        taken: Of each place from the first, the quanta that are taken, as bits: bit n is the n-th of the interval.
    """

    interval: Interval
    taken: Sequence[int]


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of an interval by their first quanta, as bits: bit n is the n-th of the interval.

    Attributes:
        begins: All of them.
        free: Of each place from the first, those in which it is free.
    """

    interval: Interval
    begins: int
    free: Sequence[int]

    def cuts(self, *, with_taken: bool = False) -> "Iterator[Cut]":
        """The slots that have a free place, or all, by their beginnings."""
        one, left = self.interval, self.begins if with_taken else reduce(or_, self.free, 0)
        while left:
            bit = left & -left
            left ^= bit
            starts = one.starts + bit.bit_length() - 1
            yield Cut(starts, starts + one.length, sum(1 for each in self.free if each & bit), one)


@dataclass(frozen=True, slots=True)
class Cut:
    """A slot.

    Attributes:
        starts, ends: Its first quantum, and the one after the last.
        free: How many of its places are free.
    """

    starts: int
    ends: int
    free: int
    interval: Interval


def open_intervals(
    availabilities: Iterable[Availability],
    absences: Mapping[int, Sequence[tuple[datetime, datetime]]],
    hours: Closes,
    zones: Mapping[int, ZoneInfo],
    since: date,
    to: date,
) -> list[Interval]:
    """The intervals from `since` to `to`, both included, by professional and time.

    Hours recur in their own zone; the days of the intervals, and what a site leaves of them, are local to the site.

    Args:
        absences: Professional -> when they see nobody.
        hours: The hours that a site leaves them on a day.
        zones: Site -> its zone.

    Raises:
        Refused: As `domain.recurrence.days`.
    """
    found: list[Interval] = []
    beside = timedelta(days=1)  # where the zones differ, a day of the rule is on two days of the site
    for each in availabilities:
        away = [
            (quantum_of(start), -(-int(end.timestamp()) // (QUANTUM_MIN * 60)))
            for start, end in absences.get(each.provider, ())
        ]
        exceptions = {"left_out": each.left_out, "added": each.added}
        for of_rule in days(each.rule, each.first, each.until, **exceptions, since=since - beside, to=to + beside):
            starts, ends = (_quantum(of_rule, minute, each.zone) for minute in (each.starts, each.ends))
            for day in _days_of(starts, ends, zones[each.site]):
                if since <= day <= to:
                    for minutes in hours(each.site, day):
                        opens, closes = (_quantum(day, minute, zones[each.site]) for minute in minutes)
                        # A slot is on the day on which it begins, also one that ends after midnight.
                        until = closes if minutes[1] < _DAY_MIN else _from_grid(starts, closes, each)
                        found += _on_day(each, day, starts, max(opens, starts), min(until, ends), away)
    return sorted(found, key=lambda one: (one.provider, one.starts, one.availability))


def _days_of(starts: int, ends: int, zone: ZoneInfo) -> Iterator[date]:
    """The local days that a stretch is on."""
    day, last = (instant_of(quantum).astimezone(zone).date() for quantum in (starts, max(starts, ends - 1)))
    while day <= last:
        yield day
        day += timedelta(days=1)


def hours_of(calendar: BusinessCalendar | None, day: date) -> tuple[Minutes, ...]:
    """The hours that the calendar of a site leaves on a day.

    Only holidays and days with other hours count: the usual hours are those of the availability.
    """
    whole = ((0, _DAY_MIN),)
    if calendar is None:
        return whole
    of_day = calendar.day(day)
    if of_day.reason == "closed":
        return whole
    if of_day.reason == "holiday":
        return ()
    return tuple((_minutes(opens), _minutes(closes) or _DAY_MIN) for opens, closes in of_day.hours)


def slots(
    opened: Iterable[Opened], offered: Callable[[Interval], int | None], since: int = 0, until: int | None = None
) -> Iterator[Slots]:
    """The slots of intervals, in their order.

    Hours of a professional at a site may overlap. Of slots that begin at the same time one is left: of those of one
    specialty the first, as it is when one is held; of those of several the first that is free.

    Args:
        opened: By their beginnings, then by the ids of their availability.
        offered: The specialty for which an interval is offered; None if it is not.
        since, until: The first quantum at which a slot may begin, and the one after the last.
    """
    before: dict[tuple[int, int], list[tuple[Slots, int, int]]] = {}
    """Professional and site -> the intervals that may overlap with the next one, all their slots, their specialty."""
    for each in opened:
        one, specialty = each.interval, offered(each.interval)
        if specialty is None:
            continue
        begins = counted = left = _begins(one, since, until)
        who = (one.provider, one.site)
        overlapping = [earlier for earlier in before.get(who, ()) if earlier[0].interval.ends > one.starts]
        for other, own, its in overlapping:
            shift = one.starts - other.interval.starts
            counted &= ~(own >> shift)
            left &= ~((own if its == specialty else reduce(or_, other.free, 0)) >> shift)
        found = Slots(one, counted, [left & ~_blocked(taken, one.length) for taken in each.taken])
        before[who] = [*overlapping, (found, begins, specialty)]
        yield found


def _begins(one: Interval, since: int, until: int | None) -> int:
    """The first quanta of its slots, as bits."""
    bits = ((1 << (one.ends - one.starts) // one.length * one.length) - 1) // ((1 << one.length) - 1)
    skipped = max(0, since - one.starts)
    bits = bits >> skipped << skipped
    return bits if until is None else bits & ((1 << max(0, until - one.starts)) - 1)


def _blocked(taken: int, length: int) -> int:
    """The quanta at which no slot can begin, because one of its quanta is taken, as bits."""
    span = 1
    while span < length:
        step = min(span, length - span)
        taken |= taken >> step
        span += step
    return taken


class Placed(Protocol):
    """A time of a professional at a site, by its quanta."""

    @property
    def provider(self) -> int: ...
    @property
    def site(self) -> int: ...
    @property
    def specialty(self) -> int | None: ...
    @property
    def starts(self) -> int: ...
    @property
    def ends(self) -> int: ...


def is_within(intervals: Iterable[Interval], placed: Placed) -> bool:
    """Whether a booking lies in one of the intervals: of its professional, site and specialty."""
    return any(
        one.starts <= placed.starts
        and placed.ends <= one.ends
        and (one.provider, one.site) == (placed.provider, placed.site)
        and one.specialty in (None, placed.specialty)
        for one in intervals
    )


def waiting_limit(item: str, asked_on: date, calendar: BusinessCalendar) -> date | None:
    """The last day on which RN ANS 566/2022 (art. 3) wants the beneficiary seen; None if the item has no limit here.

    The day of the request counts if it is a business day (docs/rules.md, "The agenda").

    Args:
        item: A key of `ITEMS_566`, or empty.
        calendar: Its days are the business days.
    """
    if item not in ITEMS_566:
        return None
    limit = ITEMS_566[item]
    return asked_on if limit is None else calendar.add_days(asked_on, limit, DayCount.BUSINESS_FROM)


def _on_day(
    each: Availability, day: date, grid: int, opens: int, end: int, away: Sequence[tuple[int, int]]
) -> Iterator[Interval]:
    """The stretches between two quanta of a day, without absences. Each begins where a slot of the whole would.

    Args:
        grid: Where the first slot of the whole begins.
    """
    start = _from_grid(grid, opens, each)
    for gone_from, gone_to in [*sorted(away), (end, end)]:
        until = min(gone_from, end)
        if until - start >= each.slot_minutes // QUANTUM_MIN:
            yield Interval(
                each.provider, start, each.id, until, each.site, each.specialty, day, each.slot_minutes, each.capacity
            )
        if gone_to > start:
            start = _from_grid(grid, gone_to, each)


def _from_grid(grid: int, quantum: int, each: Availability) -> int:
    """Where the first slot begins at a quantum or later."""
    return grid + _up(quantum - grid, each.slot_minutes // QUANTUM_MIN)


def _up(number: int, step: int) -> int:
    """The next multiple of the step."""
    return -(-number // step) * step


def _quantum(day: date, minute: int, zone: ZoneInfo) -> int:
    """The quantum of a local time; the end of the day is the beginning of the next one.

    A time that is skipped has the offset before the change; of one that occurs twice it is the first (RFC 5545, 3.3.5).
    """
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    return quantum_of(local.replace(tzinfo=zone))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
