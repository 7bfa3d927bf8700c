"""A month as weeks one below the other, with words in each day and a cursor on a day."""

from calendar import Calendar, monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from atendimento_tui.widgets.text import fit, plain

_WIDEST, _GAP, _MOST_LINES = 18, 1, 4
"""Cells of a day at most, cells between two days, and lines of a week at most."""


class DayCell(NamedTuple):
    """What a day shows.

    Attributes:
        words: What is said of it, the longest form first; the first that fits is shown.
        note: What is said below, if there is room.
        bar: Makes a bar of so many cells, beside the number of the day; None for none.
        style: That of the bar and the words.
    """

    words: Sequence[str]
    note: str = ""
    bar: Callable[[int], str] | None = None
    style: str = ""


class MonthGrid(Widget, can_focus=True):
    """The days of a month, Monday first.

    Args:
        week: The titles of the columns.

    Attributes:
        cursor: The day under the cursor.
    """

    class Moved(Message):
        """The cursor is on another day, which may be one of another month."""

    class Chosen(Message):
        """Enter, or a click on the day under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("up", "move(-7)", show=False),
        Binding("down", "move(7)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    ALLOW_SELECT = False
    DEFAULT_CSS = "MonthGrid { height: 1fr; width: 1fr; }"

    def __init__(self, week: Sequence[str], cursor: date, today: date) -> None:
        super().__init__()
        self._week, self.cursor, self._today = week, cursor, today
        self._cells: Mapping[date, DayCell] = {}

    def show(self, cells: Mapping[date, DayCell]) -> None:
        """Show the month of the cursor.

        Args:
            cells: Its days.
        """
        self._cells = cells
        self.refresh()

    def _weeks(self) -> list[list[date]]:
        return Calendar().monthdatescalendar(self.cursor.year, self.cursor.month)

    def _width(self) -> int:
        """The cells of a day."""
        return max(4, min(_WIDEST, (self.size.width + _GAP) // 7 - _GAP))

    def _height(self) -> int:
        """The lines of a week."""
        return max(1, min(_MOST_LINES, (self.size.height - 1) // len(self._weeks())))

    def render(self) -> Content:
        """All weeks."""
        width, blank = self._width(), plain(" " * _GAP)
        lines = [blank.join(plain(fit(each, width), "dim") for each in self._week)]
        for week in self._weeks():
            days = [self._day(day, width) for day in week]
            lines += [blank.join(day[number] for day in days) for number in range(self._height())]
        return Content("\n").join(lines)

    def _day(self, day: date, width: int) -> list[Content]:
        """The lines of a day; without those of a day of another month, and of one that was not read yet."""
        cell = self._cells.get(day, DayCell(("",)))
        if day.month != self.cursor.month:
            return [plain(" " * width)] * _MOST_LINES
        here = ("reverse bold" if self.has_focus else "reverse") if day == self.cursor else ""
        words = next((each for each in cell.words if len(each) <= width), cell.words[-1])
        number = plain(f"{day.day:2}", f"bold underline {here}" if day == self._today else here or "bold")
        bar = plain(fit(f" {cell.bar(max(1, width - 4))}" if cell.bar else "", width - 2), here or cell.style)
        texts = [(words, cell.style), (cell.note, ""), ("", "")]
        return [number + bar, *(plain(fit(text, width), here or style) for text, style in texts)]

    def action_move(self, days: int) -> None:
        """Move the cursor by days, also into another month."""
        self._go(self.cursor.toordinal() + days)

    def action_turn(self, by: int) -> None:
        """Go to the same day of the month before or after, or to its last one."""
        month = self.cursor.year * 12 + self.cursor.month - 1 + by
        if not date.min.year * 12 <= month < (date.max.year + 1) * 12:
            return
        year, number = divmod(month, 12)
        day = min(self.cursor.day, monthrange(year, number + 1)[1])
        self._go(date(year, number + 1, day).toordinal())

    def _go(self, ordinal: int) -> None:
        if date.min.toordinal() <= ordinal <= date.max.toordinal():
            self.cursor = date.fromordinal(ordinal)
            self.refresh()
            self.post_message(self.Moved())

    def action_choose(self) -> None:
        """Choose the day under the cursor."""
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the day; choose it, if it is there already."""
        week, column = (event.y - 1) // self._height(), event.x // (self._width() + _GAP)
        weeks = self._weeks()
        if event.y < 1 or week >= len(weeks) or column > 6 or weeks[week][column].month != self.cursor.month:
            return
        if weeks[week][column] == self.cursor:
            self.action_choose()
        else:
            self._go(weeks[week][column].toordinal())
