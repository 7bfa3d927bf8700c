"""The agenda: the intervals in which professionals see beneficiaries, the slots in them, and the legal waiting limit.

Intervals and slots are counted in quanta (`domain.bookings`), so that a slot and what occupies it are compared as
numbers. Slots are real time: on the day of a zone change an interval is as long as the clock says.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar, DayCount
from atendimento_tui.domain.bookings import QUANTUM_MIN, quantum_of
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.recurrence import days

HORIZON_DAYS = 120
"""How many days ahead the open intervals are kept."""

_DAY_MIN = 24 * 60

Minutes = tuple[int, int]
"""Two minutes of a day, from and to."""

Closes = Callable[[int, date], Sequence[Minutes]]
"""The hours of a site on a day: the whole day, none, or those of a day with other hours."""

Busy = Mapping[int, Collection[int]]
"""Quantum -> the places of a professional that are taken in it."""


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
        day: The local day.
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
class Cut:
    """A free slot.

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
    since: date,
    to: date,
) -> list[Interval]:
    """The intervals from `since` to `to`, both included, by professional and time.

    Args:
        absences: Professional -> when they see nobody.
        hours: The hours that a site leaves them on a day.

    Raises:
        Refused: As `domain.recurrence.days`.
    """
    found: list[Interval] = []
    for each in availabilities:
        away = [
            (quantum_of(start), -(-int(end.timestamp()) // (QUANTUM_MIN * 60)))
            for start, end in absences.get(each.provider, ())
        ]
        for day in days(
            each.rule, each.first, each.until, left_out=each.left_out, added=each.added, since=since, to=to
        ):
            for opens, closes in hours(each.site, day):
                found += _on_day(each, day, max(opens, each.starts), min(closes, each.ends), away)
    return sorted(found, key=lambda one: (one.provider, one.starts, one.availability))


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


def slots(intervals: Iterable[Interval], busy: Callable[[int], Busy], since: int) -> Iterator[Cut]:
    """The slots that have a free place, in the order of the intervals.

    Args:
        busy: What is taken of a professional.
        since: The first quantum at which a slot may begin.
    """
    for one in intervals:
        taken, places, length = busy(one.provider), range(1, one.capacity + 1), one.length
        skipped = max(0, -((one.starts - since) // length))
        for starts in range(one.starts + skipped * length, one.ends - length + 1, length):
            gone: set[int] = set()
            for quantum in range(starts, starts + length):
                gone.update(taken.get(quantum, ()))
            free = one.capacity - len(gone.intersection(places))
            if free:
                yield Cut(starts, starts + length, free, one)


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
    each: Availability, day: date, opens: int, closes: int, away: Sequence[tuple[int, int]]
) -> Iterator[Interval]:
    """The stretches of one day, without absences. Each begins where a slot of the whole would."""
    length = each.slot_minutes // QUANTUM_MIN
    grid, end = _quantum(day, each.starts, each.zone), _quantum(day, closes, each.zone)
    start = grid + _up(_quantum(day, opens, each.zone) - grid, length)
    for gone_from, gone_to in [*sorted(away), (end, end)]:
        until = min(gone_from, end)
        if until - start >= length:
            yield Interval(
                each.provider, start, each.id, until, each.site, each.specialty, day, each.slot_minutes, each.capacity
            )
        if gone_to > start:
            start = grid + _up(gone_to - grid, length)


def _quantum_after(at: datetime) -> int:
    """The first quantum that begins at an instant or later."""
    return -(-int(at.timestamp()) // (60 * QUANTUM_MIN))


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
