"""The visible part of a list, with its cursor."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import ClassVar, Generic, Self

from textual.geometry import Region, Size, clamp
from textual.strip import Strip

from atendimento_tui.widgets.window_table.columns import Column
from atendimento_tui.widgets.window_table.painter import Painter
from atendimento_tui.widgets.window_table.rows import Cursor, Ends, RowT
from atendimento_tui.widgets.window_table.scrolling import InstantScrollView

HEADER = 1
"""Lines of the titles above the rows."""


class RowView(InstantScrollView, Generic[RowT], can_focus=True, inherit_bindings=False):
    """The visible part of a list, with the cursor."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header",
        "table--row",
        "table--cursor",
        "table--cursor-blurred",
        "table--placeholder",
        "table--empty",
    }

    # The cursor is reversed or underlined, not only coloured, so that it is visible under NO_COLOR and on a red cell.
    # The scrollbar is always there, so that columns do not move when the list gets longer than a page.
    DEFAULT_CSS = """
    RowView {
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

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        empty_text: Sequence[str] = (),
        same_until: Callable[[RowT, datetime], datetime] = lambda _row, now: now,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 (the name that Textual uses)
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Create an empty table. It requests its first rows when it has a size.

        Args:
            columns: The columns from left to right.
            empty_text: The lines shown in the middle of a list without rows.
            same_until: As of `Painter`.
            name: As of every widget.
            id: As of every widget.
            classes: As of every widget.
            disabled: As of every widget.
        """
        self._empty_text = tuple(empty_text)
        self._cursor = Cursor[RowT]()
        self._ends = Ends[RowT]()
        self._painter = Painter[RowT](columns, self, same_until)
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)

    # State, for the owner of the list.

    @property
    def total(self) -> int:
        """The number of rows of the list; 0 while it is not known."""
        return self._cursor.count

    @property
    def window(self) -> range:
        """The ordinals of the loaded rows."""
        return range(self._cursor.window.first, self._cursor.window.end)

    @property
    def cursor_ordinal(self) -> int:
        """The ordinal of the cursor."""
        return self._cursor.ordinal

    @property
    def cursor_key(self) -> int | None:
        """The key of the row under the cursor, also while the cursor is moving to another row."""
        return self._cursor.key

    @property
    def cursor_row(self) -> RowT | None:
        """The row to act on; None while the cursor is moving to rows that are not loaded yet."""
        return self._cursor.row

    @property
    def empty_text(self) -> tuple[str, ...]:
        """The lines shown in the middle of a list without rows."""
        return self._empty_text

    @empty_text.setter
    def empty_text(self, lines: Sequence[str]) -> None:
        self._empty_text = tuple(lines)
        self.refresh()

    def row(self, key: int) -> RowT | None:
        """Return the row with a key, if it is loaded."""
        return self._cursor.window.row_of(key)

    @property
    def loaded_rows(self) -> tuple[RowT, ...]:
        """The loaded rows."""
        return self._cursor.window.rows

    @property
    def first_loaded(self) -> int:
        """The ordinal of the first loaded row."""
        return self._cursor.window.first

    def live_cells_changed(self) -> None:
        """Compute all live cells at the next tick, because something else than the time has changed them."""
        self._painter.forget_instants()

    def tick(self, now: datetime) -> int:
        """Compute the visible live cells that may have changed, and repaint those whose text has.

        Args:
            now: The current instant.

        Returns:
            The number of repainted cells.
        """
        self._painter.next_tick(now)
        regions = [
            Region(slot.x, HEADER + line, slot.width, 1)
            for line, row in enumerate(map(self._cursor.window.at, self._in_view))
            if row is not None
            for slot in self._painter.update_live_cells(row)
        ]
        if regions:
            self.refresh(*regions)
        return len(regions)

    def refresh_row(self, key: int) -> None:
        """Paint a row again, because something outside of it has changed its cells."""
        self._painter.forget(key)
        ordinal = self._cursor.window.ordinal_of(key)
        if ordinal is not None:
            self._repaint_line(ordinal)

    # Positions.

    @property
    def _body(self) -> Size:
        """The size of header and rows, without the scrollbar."""
        return self.scrollable_size

    @property
    def _top(self) -> int:
        """The ordinal of the first visible row."""
        return self.scroll_offset.y

    @property
    def _page(self) -> int:
        """The number of rows of a page; at least one."""
        return max(1, self._body.height - HEADER)

    @property
    def _in_view(self) -> range:
        """The visible ordinals."""
        return range(self._top, max(self._top, min(self.total, self._top + self._body.height - HEADER)))

    @property
    def _shown_cursor(self) -> int:
        return self._cursor.shown(self._in_view)

    def _visible_rows(self) -> list[tuple[RowT | None, bool]]:
        """The row of each line and whether it is the cursor, to find out later which lines have changed."""
        cursor = self._shown_cursor
        return [(self._cursor.window.at(ordinal), ordinal == cursor) for ordinal in self._in_view]

    def _scroll_to_see(self, ordinal: int, top: int) -> None:
        """Scroll to `top`, or to the nearest position at which the ordinal is visible."""
        top = clamp(top, ordinal - self._page + 1, ordinal)
        if top != self._top and self.is_mounted:
            self.scroll_to(y=top, animate=False, force=True)

    # Painting.

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Repaint. Without regions, styles are computed again: Textual calls it so after a change of the theme."""
        if repaint and not regions:
            self._painter.forget_styles()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines of the screen in the current width."""
        self._painter.lay_out(self._body.width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint a line of the screen."""
        if y < HEADER:
            return self._painter.header()
        if self._cursor.total == 0:
            return self._empty_line(y - HEADER)
        ordinal = self._top + y - HEADER
        if ordinal >= self.total:
            return self._painter.blank()
        row = self._cursor.window.at(ordinal)
        line_class = self._line_class_of(ordinal)
        return self._painter.placeholder(line_class) if row is None else self._painter.row(row, line_class)

    def _line_class_of(self, ordinal: int) -> str:
        if ordinal != self._shown_cursor:
            return "table--row"
        return "table--cursor" if self.has_focus else "table--cursor-blurred"

    def _empty_line(self, line: int) -> Strip:
        above = max(0, (self._page - len(self._empty_text)) // 2)
        if not 0 <= line - above < len(self._empty_text):
            return self._painter.blank()
        return self._painter.message(self._empty_text[line - above])

    def _repaint_line(self, ordinal: int) -> None:
        if ordinal in self._in_view:
            self.refresh(Region(0, HEADER + ordinal - self._top, self._body.width, 1))

    def _repaint_changes(self, before: Sequence[tuple[RowT | None, bool]]) -> None:
        """Repaint the lines that differ from `before`."""
        width = self._body.width
        changed = [
            Region(0, HEADER + line, width, 1)
            for line, (old, new) in enumerate(zip_longest(before, self._visible_rows()))
            if old != new
        ]
        if changed:
            self.refresh(*changed)
