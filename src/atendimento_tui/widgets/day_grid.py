"""Days side by side, each with its entries one below the other, and a cursor on an entry."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from atendimento_tui.widgets.text import fit, plain

_NARROWEST, _GAP = 24, 2
"""Cells of a day, and between two days."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a day.

    Attributes:
        key: What the cursor follows.
    """

    key: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class GridDay:
    """A day.

    Attributes:
        key: What the cursor stays in, if its entry has gone.
        style: That of its title.
        after: A last line that is no entry; empty for none.
    """

    key: Hashable
    title: str
    entries: Sequence[Entry]
    style: str = "bold"
    after: str = ""


class DayGrid(Widget, can_focus=True):
    """The days, as many as there is room for; the others are reached by the cursor.

    Attributes:
        empty_text: What stands there if there is no day.
    """

    class Moved(Message):
        """The cursor is on another entry."""

    class Chosen(Message):
        """Enter or a click on the entry under the cursor."""

    class Beyond(Message):
        """The cursor would go beyond the first or the last day.

        Attributes:
            by: -1 or 1.
        """

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("home", "first", show=False),
        Binding("enter", "choose", show=False),
    ]

    ALLOW_SELECT = False
    DEFAULT_CSS = "DayGrid { height: 1fr; width: 1fr; }"

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - as Textual names it
        super().__init__(id=id)
        self._days: Sequence[GridDay] = ()
        self._day = self._row = self._first_day = self._top = 0
        self.empty_text: Sequence[str] = ()

    @property
    def key(self) -> Hashable:
        """The key of the entry under the cursor; None if there is none."""
        return self._days[self._day].entries[self._row].key if self._days else None

    def show(self, days: Sequence[GridDay], *, at_first: bool = False) -> bool:
        """Show these days, each with an entry at least.

        The cursor stays on its entry. If that has gone, it stays where it is: on what follows in that day.

        Args:
            at_first: Whether the cursor goes to the first entry.

        Returns:
            Whether the entry under the cursor has gone.
        """
        former = self.key
        day = self._days[self._day].key if self._days else None
        self._days = days
        at = {entry.key: (x, y) for x, one in enumerate(days) for y, entry in enumerate(one.entries)}
        same_day = next((x for x, one in enumerate(days) if one.key == day), None)
        if at_first:
            self._day = self._row = 0
        elif former in at:
            self._day, self._row = at[former]
        elif same_day is not None:
            self._day = same_day
        self._keep_inside()
        self.refresh()
        self.post_message(self.Moved())
        return former is not None and not at_first and former not in at

    def _keep_inside(self) -> None:
        self._day = max(0, min(self._day, len(self._days) - 1))
        self._row = max(0, min(self._row, len(self._days[self._day].entries) - 1)) if self._days else 0
        beside, below = self._beside(), max(1, self.size.height - 1)
        self._first_day = max(0, min(self._first_day, self._day), self._day - beside + 1)
        self._first_day = min(self._first_day, max(0, len(self._days) - beside))
        self._top = max(0, min(self._top, self._row), self._row - below + 1)

    def _beside(self) -> int:
        """How many days are side by side."""
        return max(1, (self.size.width + _GAP) // (_NARROWEST + _GAP))

    def _width(self) -> int:
        """The cells of a day."""
        count = max(1, min(self._beside(), len(self._days)))
        return min(40, max(1, (self.size.width - _GAP * (count - 1)) // count))

    def render(self) -> Content:
        """The visible entries."""
        if not self._days:
            return Content("\n").join(plain(line, "dim") for line in self.empty_text)
        width, blank = self._width(), plain(" " * _GAP)
        shown = range(self._first_day, min(len(self._days), self._first_day + self._beside()))
        lines = [blank.join(plain(fit(self._days[x].title, width), self._days[x].style) for x in shown)]
        for y in range(self._top, self._top + max(1, self.size.height - 1)):
            lines.append(blank.join(self._entry(x, y, width) for x in shown))
        return Content("\n").join(lines)

    def _entry(self, x: int, y: int, width: int) -> Content:
        day = self._days[x]
        if y < len(day.entries):
            is_here = (x, y) == (self._day, self._row)
            style = ("reverse bold" if self.has_focus else "underline bold") if is_here else ""
            return plain(fit(day.entries[y].text, width), style)
        return plain(fit(day.after if y == len(day.entries) else "", width), "dim")

    def action_move(self, days: int, rows: int) -> None:
        """Move the cursor."""
        if not self._days:
            return
        if not 0 <= self._day + days < len(self._days):
            self.post_message(self.Beyond(days))
            return
        self._go(self._day + days, self._row + rows)

    def action_first(self) -> None:
        """Go to the first entry."""
        self._go(0, 0)

    def action_choose(self) -> None:
        """Choose the entry under the cursor."""
        if self._days:
            self.post_message(self.Chosen())

    def _go(self, day: int, row: int) -> None:
        self._day, self._row = day, row
        self._keep_inside()
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Keep the cursor visible."""
        self._keep_inside()
        self.refresh()

    def on_focus(self) -> None:
        """Show the cursor as that of the list with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """Show it as that of a list without."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the entry; choose it, if it is there already."""
        day = self._first_day + event.x // (self._width() + _GAP)
        row = self._top + event.y - 1
        if event.y and day < len(self._days) and row < len(self._days[day].entries):
            was_here = (day, row) == (self._day, self._row)
            self._go(day, row)
            if was_here:
                self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down."""
        event.stop()
        self._go(self._day, self._row + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up."""
        event.stop()
        self._go(self._day, self._row - 3)
