"""Working time. Pure arithmetic, without tickets, database or system clock.

`BusinessCalendar` does the arithmetic. `named` makes calendars from data (written hours, holidays of a place). It is
imported only where it is needed, because it loads pydantic and the `holidays` package.
"""

from atendimento_tui.calendar.business import BusinessCalendar, Day, DayCount
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
    "Day",
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
