"""What the calendar refuses, and why.

Every refusal carries a `code` and its `values`, so that another room can say it in Portuguese without reading the
English message. All of them are `ValueError`s.
"""

from typing import Self


class CalendarError(ValueError):
    """A calendar that cannot be built, or a question it cannot answer.

    Attributes:
        code: what is wrong, as a stable word.
        values: what the sentence about it needs (days, hours, names), by name.
    """

    def __init__(self, code: str, message: str, **values: object) -> None:
        super().__init__(code, message)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return str(self.args[1])


class NaiveDatetimeError(CalendarError):
    """A datetime without a zone: nobody can tell which instant it is."""


class HoursError(CalendarError):
    """Hours that make no sense: overlapping, out of order, empty, inverted, or on a day that does not exist."""


class NeverOpenError(CalendarError):
    """A calendar without a single open interval: no time would ever pass in it."""


class UnknownZoneError(CalendarError):
    """A zone that the time zone database does not know."""


class BeyondCalendarError(CalendarError):
    """An answer before the first opening, beyond the last one, or outside the years 1 to 9999."""

    @classmethod
    def openings(cls, *, before: bool) -> Self:
        """For an answer that the calendar's openings do not reach."""
        if before:
            return cls("before_first_opening", "the answer lies before the calendar's first opening")
        return cls("beyond_last_opening", "the answer lies beyond the calendar's last opening")

    @classmethod
    def years(cls) -> Self:
        """For an answer that no date can say."""
        return cls("beyond_years", "the answer lies outside the years 1 to 9999")


class RefusedError(CalendarError):
    """A question that has no agreed answer, such as counting backward over pauses."""


class SpecError(CalendarError):
    """A written calendar, or a file of holidays, that cannot be read."""
