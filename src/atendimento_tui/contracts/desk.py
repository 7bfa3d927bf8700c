"""The desk: its unit, and what a window needs to show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.contracts.people import Member


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """The unit of a database.

    Attributes:
        entry: How people enter: `senha` or `sistema`.
        lock_minutes: Minutes without a key until a window is locked; 0 for never.
    """

    name: str
    city: str
    uf: str
    tz: str
    ans_registration: str
    hours_calendar: int
    legal_calendar: int
    is_demo: bool
    entry: str = "senha"
    lock_minutes: int = 10


@dataclass(frozen=True, slots=True)
class DeskInfo:
    """What a window needs to show the desk: the unit, its people and the calendars of the rows on the screen.

    Attributes:
        version: Changes when people, groups, calendars or the unit change.
    """

    unit: UnitInfo
    members: tuple[Member, ...]
    hours: BusinessCalendar
    calendars: Mapping[int, BusinessCalendar]
    version: str = ""
