"""One-line bars: what stands left and right, and what may be clicked. They know only what they are told."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive, var
from textual.style import Style
from textual.widget import Widget

from atendimento_tui.widgets.text import plain


class Piece(NamedTuple):
    """A word of a bar.

    Attributes:
        style: Textual style of the word (`bold $error`), empty for the bar's own.
        action: Textual action of a click on it, empty for none.
    """

    text: str
    style: str = ""
    action: str = ""

    def content(self) -> Content:
        """The word, shown letter by letter."""
        shown = plain(self.text, self.style)
        return shown.stylize(Style.from_meta({"@click": self.action})) if self.action else shown


class Bar(Widget):
    """Pieces from the left and pieces at the right; the left ones give way where it is narrow."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; background: $panel; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False
    auto_links: Reactive[bool] = Reactive(False)  # a link's own colour and underline would hide what a piece wants

    left: var[tuple[Piece, ...]] = var(())
    right: var[tuple[Piece, ...]] = var(())

    def set(self, left: Sequence[Piece], right: Sequence[Piece] = ()) -> None:
        """Say what the bar says; nothing is painted when it says that already."""
        if (tuple(left), tuple(right)) != (self.left, self.right):
            self.left, self.right = tuple(left), tuple(right)
            self.refresh()

    def render(self) -> Content:
        """The bar in the width that it has."""
        width = self.size.width
        right = _joined(self.right)
        room = max(0, width - right.cell_length - 1) if self.right else width
        left = _joined(self.left).truncate(room, ellipsis=True)
        gap = Content(" " * max(0, width - left.cell_length - right.cell_length))
        return Content("").join([left, gap, right]).truncate(width)


class WrappingBar(Widget):
    """Pieces one after the other in as many lines as they need; a piece is never broken while a line is long enough."""

    DEFAULT_CSS = """
    WrappingBar { height: auto; width: 1fr; background: $panel; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False
    auto_links: Reactive[bool] = Reactive(False)

    pieces: var[tuple[tuple[Piece, ...], ...]] = var(())

    def set(self, pieces: Sequence[Sequence[Piece]]) -> None:
        """Say what stands on it: what belongs together in one sequence."""
        told = tuple(tuple(piece) for piece in pieces)
        if told != self.pieces:
            self.pieces = told
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """The pieces in the width that they have."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[list[Content]] = [[]]
        for together in self.pieces:
            shown = _joined(together)
            if lines[-1] and sum(each.cell_length + 2 for each in lines[-1]) + shown.cell_length > width:
                lines.append([])
            lines[-1].append(shown)
        return [Content("  ").join(line).truncate(width, ellipsis=True) for line in lines]


def _joined(pieces: Sequence[Piece]) -> Content:
    return Content("").join([piece.content() for piece in pieces])
