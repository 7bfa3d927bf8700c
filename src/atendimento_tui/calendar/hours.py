"""The open hours of a day, validated and converted to microseconds."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import NoReturn, TypeAlias

from atendimento_tui.calendar.errors import HoursError
from atendimento_tui.calendar.instants import DAY, SECOND

Hours: TypeAlias = Sequence[tuple[time, time]]
"""Open intervals of one day, in order; the end is closed, and an end of 00:00 is the end of the day."""

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Open intervals in microseconds of the day, 0 to `DAY`."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week_spans(week: Mapping[int, Hours]) -> tuple[Spans, ...]:
    """The open spans of the seven weekdays, Monday first; a weekday left out is closed.

    Raises:
        HoursError: for a key that is no weekday, or for hours that `day_spans` refuses.
    """
    for weekday in week:
        if weekday not in range(7):
            raise HoursError("bad_weekday", f"{weekday!r} is no weekday: Monday is 0, Sunday is 6", day=weekday)
    return tuple(day_spans(week.get(weekday, ()), weekday) for weekday in range(7))


def day_spans(hours: Hours, day: int | date) -> Spans:
    """The open spans of one day.

    Args:
        hours: the intervals, in order; two that touch are merged.
        day: the weekday (0 to 6) or date of the hours, for error messages.

    Raises:
        HoursError: for an interval that is empty or inverted, and for intervals that overlap or are out of order.
    """
    spans: list[tuple[int, int]] = []
    for opening, closing in hours:
        start, end = _microsecond(opening, day), _microsecond(closing, day) or DAY
        if start == end:
            _refuse("empty_interval", day, opening, closing, "is empty")
        if start > end:
            _refuse("inverted_interval", day, opening, closing, "ends before it starts; over midnight, write two")
        if spans and start < spans[-1][0]:
            _refuse("unsorted_intervals", day, opening, closing, "is listed after a later interval")
        if spans and start < spans[-1][1]:
            _refuse("overlapping_intervals", day, opening, closing, "overlaps the interval before it")
        spans.append((start, end))
    return tuple(spans)


def open_time(spans: Spans) -> int:
    """The microseconds that a day with these spans is open."""
    return sum(end - start for start, end in spans)


def _microsecond(at: time, day: int | date) -> int:
    if at.tzinfo is not None:
        raise HoursError("zone_in_hours", f"{_named(day)}: {at} has a zone; hours are local time", day=day)
    return (at.hour * 3600 + at.minute * 60 + at.second) * SECOND + at.microsecond


def _refuse(code: str, day: int | date, opening: time, closing: time, complaint: str) -> NoReturn:
    message = f"{_named(day)}: the interval {opening}-{closing} {complaint}"
    raise HoursError(code, message, day=day, opening=opening, closing=closing)


def _named(day: int | date) -> str:
    return day.isoformat() if isinstance(day, date) else WEEKDAYS[day]
