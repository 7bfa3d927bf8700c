"""Wrapped lines of text, of any number and length. Only visible rows are styled and painted.

The rows of a line are found by one regular expression. Textual's own wrapping takes seconds for 64 KiB, and paints all
of it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

_SECOND_CELL = "\ue000"
"""Inserted after characters of two cells while rows are computed, so that one character is one cell."""


_INDENT_AT_MOST = 4
"""The indentation of further rows is less than a fourth of the width."""


class Lines(Widget):
    """Shows lines. A line that is too long is broken between words, if possible; its rows are indented as it is."""

    DEFAULT_CSS = "Lines { height: auto; }"

    def __init__(self, lines: Iterable[Content] = (), id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._lines: list[Content] = []
        self._width = 0
        self._breaks: list[list[tuple[int, int]]] = []
        self._ends: list[int] = []
        self._set_lines(lines)

    def show(self, lines: Iterable[Content]) -> None:
        """Replace the lines. The screen is laid out only if they take another number of rows."""
        before, width, rows = self._lines, self._width, self._ends[-1:]
        self._set_lines(lines)
        if len(before) == len(self._lines) and all(map(Content.is_same, before, self._lines)):
            self._width = width
            return
        if width:
            self._lay_out(width)
        self.refresh(layout=not width or self._ends[-1:] != rows)

    def _set_lines(self, lines: Iterable[Content]) -> None:
        self._lines = []
        for line in lines:
            self._lines += line.split("\n", allow_blank=True) if "\n" in line.plain else [line]
        self._width = 0

    def _lay_out(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._breaks = [indented_breaks(line.plain, width) for line in self._lines]
            self._ends = [*accumulate(map(len, self._breaks))]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of rows in this width."""
        del container, viewport
        self._lay_out(max(width, 1))
        return self._ends[-1] if self._ends else 0

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        width = self.content_size.width
        self._lay_out(max(width, 1))
        base = self.visual_style
        if not self._ends or y >= self._ends[-1]:
            return Strip.blank(width, base.rich_style)
        row = self.row(y)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            start, end = span
            row = row.stylize(self.screen.get_visual_style("screen--selection"), start, len(row) if end == -1 else end)
        strip = Strip(row.render_segments(base)).apply_offsets(0, y)
        return strip.adjust_cell_length(width, base.rich_style)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, with a line end after each visible row."""
        rows = (self.row(y).plain for y in range(self._ends[-1] if self._ends else 0))
        return selection.extract("\n".join(rows)), "\n"

    def row(self, y: int) -> Content:
        """A row, after the layout."""
        at = bisect_right(self._ends, y)
        start, end = self._breaks[at][y - (self._ends[at - 1] if at else 0)]
        line = self._lines[at]
        if (start, end) == (0, len(line)):
            return line
        row = line[start:end]
        return Content(" " * _indent(line.plain, self._width)) + row if start else row


def indented_breaks(text: str, width: int) -> list[tuple[int, int]]:
    """The start and end of each row of a line whose further rows are indented as its first one.

    Args:
        text: A line, made safe by `safe`.
        width: The width of a row in cells, with the indentation.
    """
    indent = _indent(text, width)
    (_, end), *further = ((start + indent, end + indent) for start, end in breaks(text[indent:], width - indent))
    return [(0, end), *further]


def _indent(text: str, width: int) -> int:
    """The spaces that a line begins with; 0 if they would leave little room."""
    indent = len(text) - len(text.lstrip(" "))
    return indent if indent < min(len(text), width // _INDENT_AT_MOST) else 0


def breaks(text: str, width: int) -> list[tuple[int, int]]:
    """The start and end of each row of a line. Spaces between two rows belong to neither.

    Args:
        text: A line, made safe by `safe`.
        width: The width of a row in cells, at least one.
    """
    if len(text) * 2 <= width:
        return [(0, len(text))]
    wide = "" if text.isascii() else "".join(letter for letter in set(text) if cell_len(letter) > 1)
    shadow = re.sub(f"[{re.escape(wide)}]", rf"\g<0>{_SECOND_CELL}", text) if wide else text
    if len(shadow) <= width:
        return [(0, len(text))]
    found = [match.span("row") for match in _row_of(max(width, 2)).finditer(shadow)]
    if _SECOND_CELL not in shadow:
        return found
    return _without_second_cells(shadow, found)


def _without_second_cells(shadow: str, rows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found, at, gone = [], 0, 0
    for start, end in rows:
        gone += shadow.count(_SECOND_CELL, at, start)
        inside = shadow.count(_SECOND_CELL, start, end)
        found.append((start - gone, end - gone - inside))
        at, gone = end, gone + inside
    return found


@cache
def _row_of(width: int) -> re.Pattern[str]:
    """Matches a row: as many whole words as fit, else as many characters; then the spaces after it."""
    words = rf".{{0,{width - 1}}}\S(?!{_SECOND_CELL})(?= |$)"
    return re.compile(rf"(?P<row>{words}|.{{1,{width}}}(?!{_SECOND_CELL}))(?: +|$)?")
