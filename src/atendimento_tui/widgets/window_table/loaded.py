"""A table whose rows are all loaded: a list that is read as a whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeAlias, TypeVar

from atendimento_tui.widgets.window_table.columns import CellText, Column
from atendimento_tui.widgets.window_table.table import WindowTable

OfT = TypeVar("OfT")

Titles: TypeAlias = Sequence[tuple[str, int, int, int]]
"""Title, width, share of the remaining width, and priority of each column."""


@dataclass(frozen=True, slots=True)
class Line(Generic[OfT]):
    """A row of the list.

    Attributes:
        key: Identifies the row.
        cells: The texts of its columns.
        of: What it shows; None if it is only its texts.
        style: `bold` for what somebody must act on, `dim` for what is over.
    """

    key: int
    cells: tuple[str, ...]
    of: OfT | None
    style: str = ""


class LoadedTable(WindowTable[Line[OfT]]):
    """A table whose rows are all loaded.

    Args:
        titles: Its columns.
        at_move: Called when the cursor is on another row, for what is painted in the same frame.
        empty_text: What is shown before the first rows.
        id: The widget's id.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bold", "dim"}

    DEFAULT_CSS = """
    LoadedTable {
        width: 1fr;
        height: 1fr;

        & > .bold { text-style: bold; }
        & > .dim { text-style: dim; }
    }
    """

    def __init__(
        self,
        titles: Titles,
        at_move: Callable[[], None],
        *,
        empty_text: Sequence[str] = (),
        id: str,  # noqa: A002 - as Textual names it
    ) -> None:
        super().__init__([_column(at, *title) for at, title in enumerate(titles)], empty_text=empty_text, id=id)
        self._at_move = at_move

    def at_cursor_move(self) -> None:
        """Let the owner paint with the cursor."""
        self._at_move()

    def fill(self, lines: Sequence[Line[OfT]], cursor_key: int | None = None) -> None:
        """Show these rows.

        Args:
            lines: All rows of the list.
            cursor_key: The key of the row that gets the cursor; without it, the cursor stays on its row.
        """
        self.forget_ends()
        self.show(len(lines), 0, lines, cursor_key)


def _column(at: int, title: str, width: int, flex: int, priority: int) -> Column[Line[OfT]]:
    def render(line: Line[OfT], _width: int) -> CellText:
        return CellText(line.cells[at], line.style)

    return Column(f"column-{at}", title, width, render, flex=flex, priority=priority)
