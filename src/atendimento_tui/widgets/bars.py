"""Bars of text with clickable pieces: one line (`Bar`), or as many lines as needed (`WrappingBar`)."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive, var
from textual.style import Style
from textual.widget import Widget

from atendimento_tui import compat
from atendimento_tui.widgets.text import plain


class Piece(NamedTuple):
    """A styled piece of text in a bar.

    Attributes:
        style: Textual style (`bold $error`); empty for the style of the bar.
        action: Textual action of a click; empty for none.
    """

    text: str
    style: str = ""
    action: str = ""

    def content(self) -> Content:
        """The text, not read as markup."""
        shown = plain(self.text, self.style)
        return shown.stylize(Style.from_meta({"@click": self.action})) if self.action else shown


class Bar(Widget):
    """One line with pieces at the left and at the right. If it is too narrow, the left part is cut."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; background: $panel; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False
    auto_links: Reactive[bool] = Reactive(False)  # the colour and underline of a link would hide the style of a piece

    left: var[tuple[Piece, ...]] = var(())
    right: var[tuple[Piece, ...]] = var(())

    def set(self, left: Sequence[Piece], right: Sequence[Piece] = ()) -> None:
        """Set the pieces. Repaints only if they differ from the current ones."""
        if (tuple(left), tuple(right)) != (self.left, self.right):
            self.left, self.right = tuple(left), tuple(right)
            self.refresh()

    def render(self) -> Content:
        """The line in the current width."""
        width = self.size.width
        right = _joined(self.right)
        room = max(0, width - right.cell_length - 1) if self.right else width
        left = _joined(self.left).truncate(room, ellipsis=True)
        gap = Content(" " * max(0, width - left.cell_length - right.cell_length))
        return Content("").join([left, gap, right]).truncate(width)


class WrappingBar(Widget):
    """Groups of pieces in as many lines as they need. A group is broken only if it is longer than a line."""

    DEFAULT_CSS = """
    WrappingBar { height: auto; width: 1fr; background: $panel; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False
    auto_links: Reactive[bool] = Reactive(False)

    pieces: var[tuple[tuple[Piece, ...], ...]] = var(())

    def set(self, pieces: Sequence[Sequence[Piece]]) -> None:
        """Set the groups of pieces. Repaints only if they differ from the current ones."""
        groups = tuple(tuple(group) for group in pieces)
        if groups != self.pieces:
            self.pieces = groups
            self.refresh(layout=True)

    def on_resize(self) -> None:
        """Keep the toasts from covering it."""
        compat.keep_toasts_above(self)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines in the current width."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[list[Content]] = [[]]
        for group in self.pieces:
            shown = _joined(group)
            if lines[-1] and sum(each.cell_length + 2 for each in lines[-1]) + shown.cell_length > width:
                lines.append([])
            lines[-1].append(shown)
        return [Content("  ").join(line).truncate(width, ellipsis=True) for line in lines]


def _joined(pieces: Sequence[Piece]) -> Content:
    return Content("").join([piece.content() for piece in pieces])
