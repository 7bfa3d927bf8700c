"""Calendars: their versions, and what a change of one does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from atendimento_tui.calendar import Day


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """A version of a calendar.

    Attributes:
        id: Its number.
        series: The number of the first version.
        effective_from: The first day on which it may differ from the version before; None for the first version.
        confirmed_by: The name of the person; None for the desk itself.
    """

    id: int
    series: int
    name: str
    created_at: datetime
    effective_from: date | None = None
    confirmed_by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MovedClock:
    """A running clock whose due date another version of its calendar moves.

    Attributes:
        kind: Which clock.
        name: Its name in the ticket's process, if the process names it.
        group: The ticket's group, by name; None if it has none.
        before: When it is due by its present version.
        after: When it is due by the new one.
        told: The earliest due date that was told to somebody and is neither of both.
    """

    ticket: int
    protocol: str
    service: str
    kind: str
    group: str | None
    before: datetime
    after: datetime
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """What a change would do. Nothing was written.

    Attributes:
        base: The version that the change follows.
        effect: The first day that may change.
        days: Each day that changes, before and after; at most `DAYS_AT_MOST` of them.
        more_days: Whether there are more.
        moves: The running clocks that move, the largest move first.
        running: The number of running clocks on the calendar.
        by_group: Group -> how many of its clocks move; an empty name for tickets without a group.
    """

    base: CalendarVersion
    effect: date
    days: tuple[tuple[Day, Day], ...]
    more_days: bool
    moves: tuple[MovedClock, ...]
    running: int
    by_group: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ToldDate:
    """A due date that was told to somebody outside the desk.

    Attributes:
        kind: Of which clock.
        how: `comprovante`, `mensagem` or `sabido` (in another way).
    """

    cycle: int
    kind: str
    calendar: int
    told_at: datetime
    due_at: datetime
    how: str
