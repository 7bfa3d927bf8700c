"""Paints rows as lines of the screen. Cells are computed once and cached; only live cells are computed again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Generic, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from atendimento_tui.widgets.text import ELLIPSIS, fit
from atendimento_tui.widgets.window_table.columns import CellText, Column, Slot, lay_out
from atendimento_tui.widgets.window_table.rows import RowT, Window

_NEVER = datetime.min.replace(tzinfo=UTC)


class Styles(Protocol):
    """Returns the styles of component classes; implemented by the widget."""

    def get_component_rich_style(self, *names: str, partial: bool = False, default: Style | None = None) -> Style:
        """The style of component classes."""


@dataclass(slots=True)
class _Painted:
    """The cells of a row at a tick, and the line made of them.

    The live cells stay as they are in the instants from `since` until before `until`.
    """

    cells: list[CellText]
    tick: int
    since: datetime = _NEVER
    until: datetime = _NEVER
    line_class: str = ""
    strip: Strip | None = None


class Painter(Generic[RowT]):
    """Makes lines of rows, with a cache.

    Args:
        columns: The columns from left to right.
        styles: Returns the styles of component classes.
        same_until: Returns until when the live cells of a row stay as they are at an instant. By default they are
            computed at each tick.
    """

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        styles: Styles,
        same_until: Callable[[RowT, datetime], datetime] = lambda _row, now: now,
    ) -> None:
        self._columns = tuple(columns)
        self._same_until = same_until
        self._styles = styles
        self._slots: tuple[Slot[RowT], ...] = ()
        self._width = -1
        self._painted: dict[int, _Painted] = {}
        self._palette: dict[tuple[str, str], Style] = {}
        self._tick = 0
        self._now = _NEVER

    # Invalidating the cache.

    def lay_out(self, width: int) -> None:
        """Lay the columns out again if the width has changed."""
        if width != self._width:
            self._width, self._slots = width, lay_out(self._columns, width)
            self._painted.clear()

    def forget_styles(self) -> None:
        """Drop all cached styles: they may have changed."""
        self._palette.clear()
        for painted in self._painted.values():
            painted.strip = None

    def forget(self, key: int) -> None:
        """Drop the cached line of a row."""
        self._painted.pop(key, None)

    def forget_changed(self, before: Window[RowT], after: Window[RowT]) -> None:
        """Drop the cached lines of rows that differ between two windows."""
        self._painted = {key: kept for key, kept in self._painted.items() if before.row_of(key) == after.row_of(key)}

    def next_tick(self, now: datetime) -> None:
        """Let live cells be computed again when they are painted next, unless they are the same at `now`."""
        self._tick += 1
        self._now = now

    def forget_instants(self) -> None:
        """Let all live cells be computed at the next tick, because something else than the time has changed them."""
        for painted in self._painted.values():
            painted.until = _NEVER

    # Lines.

    def header(self) -> Strip:
        """The titles of the columns."""
        return self._line([CellText(slot.column.title) for slot in self._slots], "table--header")

    def blank(self) -> Strip:
        """An empty line, after the end of the list."""
        return self._line((), "table--row")

    def placeholder(self, line_class: str) -> Strip:
        """The line of a row that is not loaded yet."""
        return self._line([CellText(ELLIPSIS, "table--placeholder")], line_class)

    def message(self, text: str) -> Strip:
        """A centred line of text, for a list without rows."""
        centred = fit(text.center(self._width), self._width)
        return Strip([Segment(centred, self._style("table--row", "table--empty"))], self._width)

    def row(self, row: RowT, line_class: str) -> Strip:
        """The line of a row, from the cache where possible."""
        painted = self._painted.get(row.key)
        if painted is None:
            cells = [slot.column.render(row, slot.width) for slot in self._slots]
            painted = self._painted[row.key] = _Painted(cells, self._tick)
        elif painted.tick != self._tick:
            self.update_live_cells(row)
        if painted.strip is None or painted.line_class != line_class:
            painted.strip, painted.line_class = self._line(painted.cells, line_class), line_class
        return painted.strip

    def update_live_cells(self, row: RowT) -> list[Slot[RowT]]:
        """Compute the live cells of a row that was painted before; return the slots whose text has changed."""
        painted = self._painted.get(row.key)
        if painted is None:
            return []
        painted.tick = self._tick
        if painted.since <= self._now < painted.until:
            return []
        painted.since, painted.until = self._now, self._same_until(row, self._now)
        changed = []
        for slot in self._slots:
            if slot.column.live and (cell := slot.column.render(row, slot.width)) != painted.cells[slot.index]:
                painted.cells[slot.index], painted.strip = cell, None
                changed.append(slot)
        return changed

    def _line(self, cells: Sequence[CellText], line_class: str) -> Strip:
        """Put cells side by side. If there are fewer cells than columns, the rest of the line is empty."""
        ground = self._style(line_class)
        pieces: list[tuple[str, Style]] = []
        x = 0
        for slot, (text, style) in zip(self._slots, cells, strict=False):
            pieces.append((" " * (slot.x - x), ground))
            pieces.append((fit(text, slot.width), self._style(line_class, style)))
            x = slot.x + slot.width
        pieces.append((" " * (self._width - x), ground))
        # Neighbours of one style become one segment: a third of the bytes, and less work for Textual.
        runs = ((style, "".join(text for text, _ in run)) for style, run in groupby(pieces, key=itemgetter(1)))
        return Strip([Segment(text, style) for style, text in runs if text], self._width)

    # Styles.

    def _style(self, line_class: str, name: str = "") -> Style:
        """The style of a cell: that of the line, overridden by that of its own class."""
        style = self._palette.get((line_class, name))
        if style is None:
            style = self._palette[line_class, name] = self._styles.get_component_rich_style(
                line_class
            ) + self._cell_style(name)
        return style

    def _cell_style(self, name: str) -> Style:
        """The style that a component class itself declares, with an opaque colour."""
        none = Style.null()
        own = self._styles.get_component_rich_style(name, partial=True, default=none)
        if own.color is None:
            return own
        return own + Style(color=self._styles.get_component_rich_style(name, default=none).color)
