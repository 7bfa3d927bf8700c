"""Working time. Pure arithmetic: knows no ticket and no database, and never asks what time it is.

`BusinessCalendar` answers; `named` brings calendars from data (hours written by people, holidays of a place) and is
imported by name where it is needed, since it is the part that wants pydantic and the `holidays` package.
"""

from atendimento_tui.calendar.business import BusinessCalendar, DayCount
from atendimento_tui.calendar.errors import (
    BeyondCalendarError,
    CalendarError,
    HoursError,
    NaiveDatetimeError,
    NeverOpenError,
    RefusedError,
    SpecError,
    UnknownZoneError,
)
from atendimento_tui.calendar.hours import Hours
from atendimento_tui.calendar.ledger import Interval, Reason
from atendimento_tui.calendar.pauses import Pause

__all__ = [
    "BeyondCalendarError",
    "BusinessCalendar",
    "CalendarError",
    "DayCount",
    "Hours",
    "HoursError",
    "Interval",
    "NaiveDatetimeError",
    "NeverOpenError",
    "Pause",
    "Reason",
    "RefusedError",
    "SpecError",
    "UnknownZoneError",
]
