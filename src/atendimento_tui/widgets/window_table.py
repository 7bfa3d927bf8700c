"""A table over a list of any length, of which it holds a window of rows and paints what is seen.

Whoever owns the list hands in a stretch of it with `WindowTable.show`; when the reader comes near an end of that
stretch, the table posts `WindowTable.Needed` and goes on working. It never waits, never asks twice for the same rows,
and knows nothing of what a row is but its key.

The cursor is held by key: whatever is inserted, removed or sorted around it, it stays on its row, on its line of the
screen. It is always in view, so that nobody acts on a row he does not see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any, ClassVar, Generic, NamedTuple, Protocol, Self, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size, clamp
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp
from textual.strip import Strip

from atendimento_tui.actions import Where, shown_in
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.text import ELLIPSIS, fit

_HEADER = 1
_GAP = 1
_LEAST_PAGE = 16  # a window of a few lines would be asked for at every key
_PAGES = 5
_PAGES_BEFORE = 2


class Row(Protocol):
    """What a table must know of a row. Rows that compare equal look the same and are not painted again."""

    @property
    def key(self) -> int:
        """What stays the same about the row wherever it moves."""


RowT = TypeVar("RowT", bound=Row)
ToldRowT = TypeVar("ToldRowT", bound=Row)  # a class inside a generic one needs a variable of its own


class CellText(NamedTuple):
    """What a cell says, and the component class that gives it its style; a class nobody declared gives none."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """A column: how wide it is, and how it reads a row."""

    id: str
    title: str
    width: int
    """The least width, in cells."""
    render: Callable[[RowT, int], CellText]
    """What the column says of a row in so many cells; longer texts are cut with an ellipsis."""
    flex: int = 0
    """The column's share of the width that is left over."""
    priority: int = 0
    """Where the terminal is narrow, columns of a lower priority go first; of equals, the one farther right."""
    live: bool = False
    """Whether the text changes with time alone, and is looked at again on every tick."""


class Reach(StrEnum):
    """The cheap way to rows that are needed."""

    TOP = "top"
    BOTTOM = "bottom"
    AFTER = "after"
    BEFORE = "before"
    AROUND = "around"
    ORDINAL = "ordinal"


@dataclass(frozen=True)
class Anchor:
    """Where rows that are needed begin.

    `AFTER` and `BEFORE` name the row next to them. `AROUND` names the row to find first, wherever it stands now.
    A row so named may be gone from the list by the time it is looked for: then the ordinal counts.
    """

    reach: Reach
    key: int | None = None


@dataclass(frozen=True)
class Slot(Generic[RowT]):
    """The place a column has got on the screen."""

    column: Column[RowT]
    index: int
    x: int
    width: int


def lay_out(columns: Sequence[Column[RowT]], width: int) -> tuple[Slot[RowT], ...]:
    """Choose the columns that have room, and share among them what is left over."""
    kept = list(columns)
    while len(kept) > 1 and _least_width(kept) > width:
        kept.remove(min(reversed(kept), key=lambda column: column.priority))
    slots: list[Slot[RowT]] = []
    x = 0
    for index, (column, own) in enumerate(zip(kept, _shared_widths(kept, width), strict=True)):
        slots.append(Slot(column, index, x, own))
        x += own + _GAP
    return tuple(slots)


def _least_width(columns: Sequence[Column[RowT]]) -> int:
    return sum(column.width for column in columns) + _GAP * (len(columns) - 1)


def _shared_widths(columns: Sequence[Column[RowT]], width: int) -> Iterable[int]:
    spare = max(0, width - _least_width(columns))
    shares = sum(column.flex for column in columns)
    for column in columns:
        extra = spare * column.flex // shares if shares else 0
        spare, shares = spare - extra, shares - column.flex
        yield min(width, column.width + extra)


class _Window(Generic[RowT]):
    """The rows at hand: a stretch of the list, found by ordinal and by key."""

    def __init__(self, first: int, rows: tuple[RowT, ...]) -> None:
        self.first = max(0, first) if rows else 0
        self.rows = rows
        self.end = self.first + len(rows)
        self._ordinals = {row.key: ordinal for ordinal, row in enumerate(rows, self.first)}

    def __contains__(self, ordinal: int) -> bool:
        return self.first <= ordinal < self.end

    def covers(self, span: range) -> bool:
        return not span or (span[0] in self and span[-1] in self)

    def at(self, ordinal: int) -> RowT | None:
        return self.rows[ordinal - self.first] if ordinal in self else None

    def key_at(self, ordinal: int) -> int | None:
        row = self.at(ordinal)
        return None if row is None else row.key

    def ordinal_of(self, key: int | None) -> int | None:
        return None if key is None else self._ordinals.get(key)

    def row_of(self, key: int) -> RowT | None:
        ordinal = self._ordinals.get(key)
        return None if ordinal is None else self.at(ordinal)


@dataclass(slots=True)
class _Painted:
    """What the cells of a row said when last looked at, and the line that was made of them."""

    cells: list[CellText]
    beat: int
    look: str = ""
    strip: Strip | None = None


class WindowTable(ScrollView, Generic[RowT], can_focus=True, inherit_bindings=False):
    """A table of a list of any length. See the module for how it works, `show` for how to feed it.

    Styles that columns name are declared by a subclass, in `COMPONENT_CLASSES` and in CSS.
    """

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--row",
        "table--cursor",
        "table--cursor-blurred",
        "table--placeholder",
        "table--empty",
    }

    # The cursor is reversed or underlined, not only coloured: it is seen under NO_COLOR, and on a red cell, too. The
    # scrollbar always has its place, so that columns do not move when a list grows by one row.
    DEFAULT_CSS = """
    WindowTable {
        background: $surface;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;

        & > .table--header { background: $panel; text-style: bold; }
        & > .table--cursor { text-style: reverse; }
        & > .table--cursor-blurred { background: $block-cursor-blurred-background; text-style: underline; }
        & > .table--placeholder { text-style: dim; }
        & > .table--empty { text-style: dim; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = own_bindings(*(row.id for row in shown_in(Where.LIST)))

    class TableMessage(Message):
        """Anything a table says."""

        def __init__(self, table: "WindowTable[Any]") -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> "WindowTable[Any]":
            return self.table

        def _is_followed_by(self, message: Message) -> bool:
            """Whether the same table says the same kind of thing again, before anybody heard this."""
            return isinstance(message, type(self)) and message.table is self.table

    class Needed(TableMessage):
        """Rows are needed: `count` from the ordinal `first` on. Only the latest need matters."""

        def __init__(self, table: "WindowTable[Any]", first: int, count: int, anchor: Anchor) -> None:
            super().__init__(table)
            self.first = first
            self.count = count
            self.anchor = anchor

        def can_replace(self, message: Message) -> bool:
            return self._is_followed_by(message)

    class Highlighted(TableMessage, Generic[ToldRowT]):
        """The cursor is on another row."""

        def __init__(self, table: "WindowTable[Any]", row: ToldRowT) -> None:
            super().__init__(table)
            self.key = row.key
            self.row = row

        def can_replace(self, message: Message) -> bool:
            return self._is_followed_by(message)

    class Selected(TableMessage, Generic[ToldRowT]):
        """The row under the cursor was chosen, by Enter or a click."""

        def __init__(self, table: "WindowTable[Any]", row: ToldRowT) -> None:
            super().__init__(table)
            self.row = row

    class CursorLost(TableMessage):
        """The row under the cursor is gone from the list; the cursor is on the row that took its place, if any."""

        def __init__(self, table: "WindowTable[Any]", key: int) -> None:
            super().__init__(table)
            self.key = key

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        empty_text: Sequence[str] = (),
        name: str | None = None,
        id: str | None = None,  # noqa: A002 (Textual's word)
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Make a table that shows nothing, and asks for its first rows once it has a size.

        Args:
            columns: The columns from left to right.
            empty_text: The lines that stand in the middle of a list without rows.
            name: The name of the widget.
            id: The id of the widget in the DOM.
            classes: The CSS classes of the widget.
            disabled: Whether the widget is disabled.
        """
        self._columns = tuple(columns)
        self._empty_text = tuple(empty_text)
        self._total: int | None = None
        self._window = _Window[RowT](0, ())
        self._cursor = 0
        self._cursor_key: int | None = None
        self._target: int | None = None  # where the cursor goes as soon as the rows there have come
        self._selects_on_arrival = False
        self._asked: tuple[int, int] | None = None
        self._slots: tuple[Slot[RowT], ...] = ()
        self._laid_out_for = -1
        self._painted: dict[int, _Painted] = {}
        self._palette: dict[tuple[str, str], Style] = {}
        self._beat = 0
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)

    # What the owner of the list may look at.

    @property
    def total(self) -> int:
        """How many rows the list has; 0 while that is not known."""
        return self._total or 0

    @property
    def window(self) -> range:
        """The ordinals of the rows at hand."""
        return range(self._window.first, self._window.end)

    @property
    def cursor_ordinal(self) -> int:
        """The place of the cursor in the list."""
        return self._cursor

    @property
    def cursor_key(self) -> int | None:
        """The key of the row under the cursor, also while the cursor is on its way to another."""
        return self._cursor_key

    @property
    def cursor_row(self) -> RowT | None:
        """The row to act on; none while the cursor is on its way to rows that have not come yet."""
        return self._window.at(self._cursor) if self._target is None else None

    @property
    def empty_text(self) -> tuple[str, ...]:
        """The lines that stand in the middle of a list without rows."""
        return self._empty_text

    @empty_text.setter
    def empty_text(self, lines: Sequence[str]) -> None:
        self._empty_text = tuple(lines)
        self.refresh()

    def row(self, key: int) -> RowT | None:
        """Return the row with a key, if it is at hand."""
        return self._window.row_of(key)

    # What the owner of the list says.

    def show(self, total: int, first: int, rows: Sequence[RowT], cursor_key: int | None = None) -> bool:
        """Take a stretch of the list in place of the one at hand.

        The cursor stays on its row and its line of the screen. If its row is not among the new ones it stays at its
        ordinal, and `CursorLost` is posted; so after a change of the list, hand in the rows around that row, wherever
        it is now (see `ask`).

        Args:
            total: How many rows the list has.
            first: The ordinal of the first row handed in.
            rows: The rows.
            cursor_key: A row among them to put the cursor on.

        Returns:
            Whether the rows were taken. Rows from where the cursor neither is nor goes are an answer that came too
            late; they change nothing.
        """
        window = _Window(first, tuple(rows))
        total = max(0, total, window.end)
        if cursor_key != self._cursor_key and (jump := window.ordinal_of(cursor_key)) is not None:
            self._target = jump  # a jump is a move whose rows came with it
        place = self._place_in(window, total)
        if place is not None:
            self._take(window, total, place)
        elif first >= total:
            self._ask_around(total)  # the list ends before the rows that were asked for
        else:
            self._asked = None
        return place is not None

    def recount(self, total: int) -> None:
        """Set how many rows the list has, where that is found out after the rows."""
        self.show(total, self._window.first, self._window.rows)

    def ask(self) -> None:
        """Post `Needed` anew, for the rows around the one under the cursor: the list has changed."""
        self._ask_around(self.total)

    def move_to(self, ordinal: int) -> None:
        """Move the cursor; where the rows there are not at hand, it moves when they come. The latest move wins."""
        if not self.total:
            return
        ordinal = clamp(ordinal, 0, self.total - 1)
        was_waiting, self._selects_on_arrival = self._target is not None, False
        former = self._shown_cursor
        if ordinal in self._window:
            self._land(ordinal)
        else:
            self._target = ordinal
            if was_waiting:  # the rows are slow to come: show at least where the reader is going
                self._scroll_to_see(ordinal, self._top)
        if self._shown_cursor != former:
            self._repaint_line(former)
            self._repaint_line(self._shown_cursor)
        self._ask_if_short()

    def tick(self) -> int:
        """Look at the live cells in view again, and repaint those that say something else now.

        Returns:
            How many cells are repainted.
        """
        self._beat += 1
        regions = [
            Region(slot.x, _HEADER + line, slot.width, 1)
            for line, row in enumerate(map(self._window.at, self._in_view))
            if row is not None
            for slot in self._look_again(row)
        ]
        if regions:
            self.refresh(*regions)
        return len(regions)

    def refresh_row(self, key: int) -> None:
        """Paint a row again, because something outside of it changed what its cells say."""
        self._painted.pop(key, None)
        ordinal = self._window.ordinal_of(key)
        if ordinal is not None:
            self._repaint_line(ordinal)

    # Keys and mouse.

    def action_move(self, lines: int) -> None:
        self.move_to(self._aim + lines)

    def action_page(self, pages: int) -> None:
        self.move_to(self._aim + pages * max(1, self._page - 1))  # a line of the page before helps the eye

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self.total - 1)

    def action_select(self) -> None:
        row = self.cursor_row
        if row is not None:
            self.post_message(self.Selected(self, row))
        self._selects_on_arrival = row is None and self._target is not None

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y < _HEADER:
            return
        ordinal = self._top + offset.y - _HEADER
        if ordinal == self._cursor and self._target is None:
            self.action_select()
        elif ordinal < self.total:
            self.move_to(ordinal)

    # Textual glides on these three; a reader of a long list wants to be there.

    def _on_scroll_up(self, event: ScrollUp) -> None:
        event.prevent_default().stop()
        self.action_page(-1)

    def _on_scroll_down(self, event: ScrollDown) -> None:
        event.prevent_default().stop()
        self.action_page(1)

    def _on_scroll_to(self, message: ScrollTo) -> None:
        message.prevent_default().stop()
        self.scroll_to(y=message.y, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Take the cursor along when the list is scrolled under it, by wheel or scrollbar."""
        super().watch_scroll_y(old_value, new_value)
        view = self._in_view
        if view and self._aim not in view:
            self.move_to(clamp(self._aim, view[0], view[-1]))
        else:
            self._ask_if_short()

    def on_resize(self) -> None:
        self._scroll_to_see(self._shown_cursor, self._top)
        self._ask_if_short()

    # Where things are.

    @property
    def _body(self) -> Size:
        """The room for header and rows: `size` has the scrollbar in it."""
        return self.scrollable_size

    @property
    def _top(self) -> int:
        """The ordinal on the first line under the header."""
        return self.scroll_offset.y

    @property
    def _page(self) -> int:
        """How many rows a page has; one at least, however small the terminal."""
        return max(1, self._body.height - _HEADER)

    @property
    def _in_view(self) -> range:
        """The ordinals that are seen."""
        return range(self._top, max(self._top, min(self.total, self._top + self._body.height - _HEADER)))

    @property
    def _aim(self) -> int:
        """Where the cursor is going, or is."""
        return self._cursor if self._target is None else self._target

    @property
    def _shown_cursor(self) -> int:
        """The line painted as the cursor: it leaves its row only when the place it goes to is in view."""
        if self._target is None or self._target not in self._in_view:
            return self._cursor
        return self._target

    def _sight(self) -> list[tuple[RowT | None, bool]]:
        """What is on each line, to compare it with what is there later."""
        cursor = self._shown_cursor
        return [(self._window.at(ordinal), ordinal == cursor) for ordinal in self._in_view]

    def _scroll_to_see(self, ordinal: int, top: int) -> None:
        """Scroll to `top`, or as little from there as brings the ordinal into view."""
        top = clamp(top, ordinal - self._page + 1, ordinal)
        if top != self._top and self.is_mounted:
            self.scroll_to(y=top, animate=False, force=True)

    # Moving the cursor, taking rows.

    def _land(self, ordinal: int) -> None:
        """Put the cursor on a row that is at hand."""
        former = self._cursor_key
        self._target, self._cursor, self._cursor_key = None, ordinal, self._window.key_at(ordinal)
        self._scroll_to_see(ordinal, self._top)
        self._announce(former)

    def _place_in(self, window: _Window[RowT], total: int) -> int | None:
        """Return where the cursor belongs once a window is taken, or None if the window is not to be taken."""
        last = total - 1
        if self._target is not None and min(self._target, last) in window:
            return min(self._target, last)
        held = window.ordinal_of(self._cursor_key)
        if held is not None:
            return held
        ordinal = max(0, min(self._cursor, last))
        if ordinal in window or not total:
            return ordinal
        if self._window.rows:
            return None
        return clamp(ordinal, window.first, window.end - 1) if window.rows else ordinal

    def _take(self, window: _Window[RowT], total: int, place: int) -> None:
        former, sight, shift = self._cursor_key, self._sight(), place - self._cursor
        arrives = self._target is not None and place == min(self._target, total - 1)
        self._forget_changed(window)
        self._window, self._total = window, total
        self._cursor, self._cursor_key = place, window.key_at(place)
        self._target = None if arrives or self._target is None or not total else min(self._target, total - 1)
        self.virtual_size = Size(0, _HEADER + total)  # the header hides a line of the list, so the list gets one more
        if self._target is None:
            stays = self._cursor_key == former and not arrives
            self._scroll_to_see(place, self._top + shift if stays else self._top)
        self._repaint_changes(sight)
        if former is not None and not arrives and window.ordinal_of(former) is None:
            self.post_message(self.CursorLost(self, former))
        self._announce(former)
        self._ask_if_short()

    def _announce(self, former: int | None) -> None:
        """Say which row is under the cursor, if it is another, and choose it if that was wished for in advance."""
        row = self.cursor_row
        if row is None:
            return
        if row.key != former:
            self.post_message(self.Highlighted(self, row))
        if self._selects_on_arrival:
            self.action_select()

    # Asking for rows.

    def _ask_if_short(self) -> None:
        """Ask for rows if there is not a page at hand on either side of what is seen, or will be."""
        if self._window.covers(self._near()):
            self._asked = None
            return
        first, count = self._wanted(self.total)
        if self._asked != (first, count):
            self._post_need(first, count, self._anchor(first, count))

    def _ask_around(self, total: int) -> None:
        """Ask for the rows around the cursor, unless it is on its way: then for those where it goes."""
        first, count = self._wanted(total)
        settled = self._target is None and self._cursor_key is not None
        self._post_need(first, count, Anchor(Reach.AROUND, self._cursor_key) if settled else self._anchor(first, count))

    def _near(self) -> range:
        if self._total is None:
            return range(1)
        page = max(_LEAST_PAGE, self._page)
        top = self._wanted_top
        return range(max(0, top - page), min(self._total, top + 2 * page))

    @property
    def _wanted_top(self) -> int:
        if self._target is None or self._target in self._in_view:
            return self._top
        return max(0, self._target - self._page // 2)

    def _wanted(self, total: int) -> tuple[int, int]:
        """Return the ordinal and the number of the rows to have at hand, of so many.

        Windows begin at whole pages: scrolling line by line does not ask for another one at each line.
        """
        page = max(_LEAST_PAGE, self._page)
        count = _PAGES * page
        first = (self._wanted_top // page - _PAGES_BEFORE) * page
        return clamp(first, 0, max(0, total - count)), count

    def _anchor(self, first: int, count: int) -> Anchor:
        if first == 0:
            return Anchor(Reach.TOP)
        if first + count >= self.total:
            return Anchor(Reach.BOTTOM)
        if first - 1 in self._window:
            return Anchor(Reach.AFTER, self._window.key_at(first - 1))
        if first + count in self._window:
            return Anchor(Reach.BEFORE, self._window.key_at(first + count))
        return Anchor(Reach.ORDINAL)

    def _post_need(self, first: int, count: int, anchor: Anchor) -> None:
        self._asked = (first, count)
        self.post_message(self.Needed(self, first, count, anchor))

    # Painting.

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Repaint. When it is about the whole table the styles may be others: it is how Textual tells of a theme."""
        if repaint and not regions:
            self._palette.clear()
            for painted in self._painted.values():
                painted.strip = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines of the screen, with the columns that have room now."""
        self._lay_out()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint a line of the screen."""
        if y < _HEADER:
            return self._line([CellText(slot.column.title) for slot in self._slots], "table--header")
        if self._total == 0:
            return self._empty_line(y - _HEADER)
        ordinal = self._top + y - _HEADER
        if ordinal >= self.total:
            return self._line((), "table--row")
        row = self._window.at(ordinal)
        look = self._look_of(ordinal)
        return self._line([CellText(ELLIPSIS, "table--placeholder")], look) if row is None else self._paint(row, look)

    def _lay_out(self) -> None:
        """Choose the columns anew if the width is another."""
        width = self._body.width
        if width != self._laid_out_for:
            self._laid_out_for, self._slots = width, lay_out(self._columns, width)
            self._painted.clear()

    def _look_of(self, ordinal: int) -> str:
        if ordinal != self._shown_cursor:
            return "table--row"
        return "table--cursor" if self.has_focus else "table--cursor-blurred"

    def _paint(self, row: RowT, look: str) -> Strip:
        """Return the line of a row; only what is not known about it is asked of the columns."""
        painted = self._painted.get(row.key)
        if painted is None:
            cells = [slot.column.render(row, slot.width) for slot in self._slots]
            painted = self._painted[row.key] = _Painted(cells, self._beat)
        elif painted.beat != self._beat:
            self._look_again(row)
        if painted.strip is None or painted.look != look:
            painted.strip, painted.look = self._line(painted.cells, look), look
        return painted.strip

    def _look_again(self, row: RowT) -> list[Slot[RowT]]:
        """Ask the live columns about a row that was painted before; return where it says something else."""
        painted = self._painted.get(row.key)
        if painted is None:
            return []
        painted.beat = self._beat
        changed = []
        for slot in self._slots:
            if slot.column.live and (cell := slot.column.render(row, slot.width)) != painted.cells[slot.index]:
                painted.cells[slot.index], painted.strip = cell, None
                changed.append(slot)
        return changed

    def _line(self, cells: Sequence[CellText], look: str) -> Strip:
        """Set cells side by side; where there are fewer than columns, the rest of the line stays empty."""
        ground = self._style(look)
        pieces: list[tuple[str, Style]] = []
        x = 0
        for slot, (text, style) in zip(self._slots, cells, strict=False):
            pieces.append((" " * (slot.x - x), ground))
            pieces.append((fit(text, slot.width), self._style(look, style)))
            x = slot.x + slot.width
        pieces.append((" " * (self._laid_out_for - x), ground))
        # What looks the same is written as one: a third of the bytes, and less for Textual to go through.
        runs = ((style, "".join(text for text, _ in run)) for style, run in groupby(pieces, key=itemgetter(1)))
        return Strip([Segment(text, style) for style, text in runs if text], self._laid_out_for)

    def _empty_line(self, line: int) -> Strip:
        above = max(0, (self._page - len(self._empty_text)) // 2)
        if not 0 <= line - above < len(self._empty_text):
            return self._line((), "table--row")
        text = self._empty_text[line - above].center(self._laid_out_for)
        return Strip(
            [Segment(fit(text, self._laid_out_for), self._style("table--row", "table--empty"))], self._laid_out_for
        )

    def _style(self, look: str, name: str = "") -> Style:
        """Return the style of a cell on a line: the line's, with what the cell's own class says over it."""
        style = self._palette.get((look, name))
        if style is None:
            style = self._palette[look, name] = self.get_component_rich_style(look) + self._ink(name)
        return style

    def _ink(self, name: str) -> Style:
        """Return what a component class says by itself, its colour made opaque over the background."""
        none = Style.null()
        own = self.get_component_rich_style(name, partial=True, default=none)
        if own.color is None:
            return own
        return own + Style(color=self.get_component_rich_style(name, default=none).color)

    def _repaint_line(self, ordinal: int) -> None:
        if ordinal in self._in_view:
            self.refresh(Region(0, _HEADER + ordinal - self._top, self._body.width, 1))

    def _repaint_changes(self, before: Sequence[tuple[RowT | None, bool]]) -> None:
        """Repaint the lines that show something else than before."""
        width = self._body.width
        changed = [
            Region(0, _HEADER + line, width, 1)
            for line, (old, new) in enumerate(zip_longest(before, self._sight()))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def _forget_changed(self, window: _Window[RowT]) -> None:
        """Forget how rows looked that are changed or gone in the window to come."""
        self._painted = {
            key: painted for key, painted in self._painted.items() if self._window.row_of(key) == window.row_of(key)
        }
