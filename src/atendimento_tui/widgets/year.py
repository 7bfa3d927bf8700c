"""A year as twelve small months, with a cursor on a day."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from atendimento_tui.widgets.text import plain

_WIDTH, _GAP, _HEIGHT = 21, 2, 9
"""Cells and lines of a month, with an empty line below it."""


class Mark(NamedTuple):
    """How a day is shown: a sign after its number, and a style."""

    sign: str
    style: str


class Year(Widget):
    """The months of a year, as many in a row as there is room for.

    Args:
        months: The names of the months.
        week: The line above the days, Monday first.
    """

    DEFAULT_CSS = "Year { height: auto; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, months: Sequence[str], week: str, id: str | None = None) -> None:  # noqa: A002 - as Textual names it
        super().__init__(id=id)
        self._months, self._week = months, week
        self._marks: Mapping[date, Mark] = {}
        self.cursor = date(2000, 1, 1)
        self._today = self.cursor

    def show(self, marks: Mapping[date, Mark], cursor: date, today: date) -> None:
        """Show the year of the cursor.

        Args:
            marks: The days that are marked.
        """
        self._marks, self.cursor, self._today = marks, cursor, today
        self.refresh(layout=True)

    def in_a_row(self, width: int) -> int:
        """How many months are side by side."""
        return max(1, min(6, (width + _GAP) // (_WIDTH + _GAP)))

    def place_of_cursor(self) -> Region:
        """Where the month of the cursor is."""
        row, column = divmod(self.cursor.month - 1, self.in_a_row(self.size.width))
        return Region(column * (_WIDTH + _GAP), row * _HEIGHT, _WIDTH, _HEIGHT)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines of all months."""
        del container, viewport
        return -(-12 // self.in_a_row(width)) * _HEIGHT

    def render(self) -> Content:
        """All months."""
        side_by_side = self.in_a_row(self.size.width)
        lines: list[Content] = []
        for first in range(1, 13, side_by_side):
            blocks = [self._month(month) for month in range(first, min(first + side_by_side, 13))]
            lines += [Content(" " * _GAP).join(parts) for parts in zip(*blocks, strict=True)]
        return Content("\n").join(lines)

    def _month(self, month: int) -> list[Content]:
        title = f"{self._months[month - 1]} {self.cursor.year}"
        lines = [plain(title.ljust(_WIDTH), "bold"), plain(self._week.rjust(_WIDTH - 1).ljust(_WIDTH), "dim")]
        for week in Calendar().monthdatescalendar(self.cursor.year, month):
            lines.append(Content("").join(self._day(day) if day.month == month else plain("   ") for day in week))
        return [*lines, *(plain(" " * _WIDTH) for _ in range(_HEIGHT - len(lines)))]

    def _day(self, day: date) -> Content:
        sign, style = self._marks.get(day, Mark(" ", ""))
        style = f"{style} underline" if day == self._today else style
        style = "reverse bold" if day == self.cursor else style
        return plain(f"{day.day:2}{sign}", style.strip())
