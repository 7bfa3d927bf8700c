"""The errors of the calendar.

Every error has a `code` and `values`, from which `texts` makes a Portuguese sentence without parsing the English
message. All of them are `ValueError`s.
"""

from typing import Self


class CalendarError(ValueError):
    """A calendar that cannot be built, or a call that has no result.

    Attributes:
        code: what is wrong, as a stable identifier.
        values: the values of the sentence (days, hours, names), by name.
    """

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return str(self.args[1])


class NaiveDatetimeError(CalendarError):
    """A datetime without a zone: its instant is not known."""


class HoursError(CalendarError):
    """Invalid hours: overlapping, out of order, empty, inverted, or on a day that does not exist."""


class NeverOpenError(CalendarError):
    """A calendar without any open interval."""


class UnknownZoneError(CalendarError):
    """A zone that is not in the time zone database."""


class BeyondCalendarError(CalendarError):
    """A result before the first opening, after the last one, or outside the years 1 to 9999."""

    @classmethod
    def openings(cls, *, before: bool) -> Self:
        """For a result that the calendar's openings do not reach."""
        if before:
            return cls("before_first_opening", "the answer lies before the calendar's first opening")
        return cls("beyond_last_opening", "the answer lies beyond the calendar's last opening")

    @classmethod
    def years(cls) -> Self:
        """For a result outside the range of `date`."""
        return cls("beyond_years", "the answer lies outside the years 1 to 9999")


class RefusedError(CalendarError):
    """Arguments that have no defined result, such as counting backward over pauses."""


class SpecError(CalendarError):
    """A written calendar, or a file of holidays, that cannot be read."""
