"""Whether a desk is open now, until when, and when it opens again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from atendimento_tui.calendar import BusinessCalendar, CalendarError

_LOOK_AHEAD = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class DeskHours:
    """Whether the desk is open at an instant.

    Attributes:
        changes_at: When it closes or opens next; None if not known.
        holiday: The holiday's name, if it is closed for one.
    """

    is_open: bool
    changes_at: datetime | None
    holiday: str | None = None


def desk_hours(calendar: BusinessCalendar, now: datetime) -> DeskHours:
    """Whether the desk is open at `now`."""
    if calendar.is_open(now):
        first = calendar.explain(now, now + _LOOK_AHEAD)[0]
        return DeskHours(True, first.end if first.end < now + _LOOK_AHEAD else None)
    try:
        opens_at = calendar.next_open(now)
    except CalendarError:  # a calendar of single days, all in the past
        return DeskHours(False, None)
    today = calendar.explain(now, min(opens_at, now + _LOOK_AHEAD))[0]
    return DeskHours(False, opens_at, today.name if today.reason in ("holiday", "special") else None)
