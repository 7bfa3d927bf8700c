"""Time as whole numbers.

An instant is the microseconds since 0001-01-01 00:00 UTC; a local time is the microseconds since 0001-01-01 00:00 local
time; a day is its number from 0, which is 0001-01-01, a Monday. Integers are exact, cheap to compare and have no zone.
"""

from datetime import UTC, date, datetime, timedelta

from atendimento_tui.calendar.errors import BeyondCalendarError, NaiveDatetimeError, RefusedError

SECOND = 1_000_000
DAY = 86_400 * SECOND
MICROSECOND = timedelta(microseconds=1)
"""One microsecond as a `timedelta`; multiplying it is the fastest conversion from an integer."""
DAYS = date.max.toordinal()
"""Number of days in the years 1 to 9999: the first number that is not a day."""

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


def microseconds(length: timedelta) -> int:
    """The duration in microseconds."""
    return length // MICROSECOND


def instant(moment: datetime) -> int:
    """The instant of an aware datetime.

    Raises:
        NaiveDatetimeError: when it has no zone.
    """
    try:
        # Subtracting is the fastest conversion from a datetime to an instant.
        since = moment - _EPOCH
        # Not `// MICROSECOND`, which is slow for durations of thousands of years.
        return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds
    except TypeError:
        if not isinstance(moment, datetime):
            raise
    raise NaiveDatetimeError("naive_datetime", f"{moment} has no zone: give an aware datetime", moment=moment)


def day_number(day: date) -> int:
    """The number of a day, from 0.

    Raises:
        RefusedError: for a datetime, whose day depends on the zone.
    """
    if isinstance(day, datetime):
        raise RefusedError("not_a_date", f"{day} is an instant: give the date of its day", moment=day)
    return day.toordinal() - 1


def date_of(day: int) -> date:
    """The date of a day's number.

    Raises:
        BeyondCalendarError: outside the years 1 to 9999.
    """
    if not 0 <= day < DAYS:
        raise BeyondCalendarError.years()
    return date.fromordinal(day + 1)
