"""The columns of a table, and their layout in a width."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple

from atendimento_tui.widgets.window_table.rows import RowT

_GAP = 1


class CellText(NamedTuple):
    """The text of a cell and the component class of its style. A class that is not declared gives no style."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """A column of a table."""

    id: str
    title: str
    width: int
    """The minimum width, in cells."""
    render: Callable[[RowT, int], CellText]
    """The text for a row, given the width in cells. Longer texts are cut with an ellipsis."""
    flex: int = 0
    """The column's share of the remaining width."""
    priority: int = 0
    """In a narrow terminal the column of the lowest priority is hidden first; of equal ones the rightmost."""
    live: bool = False
    """Whether the text changes with time, so that it is computed again at each tick."""


@dataclass(frozen=True)
class Slot(Generic[RowT]):
    """The position of a column on the screen, in cells."""

    column: Column[RowT]
    index: int
    x: int
    width: int


def lay_out(columns: Sequence[Column[RowT]], width: int) -> tuple[Slot[RowT], ...]:
    """Choose the columns that fit into the width, and distribute the remaining width among them."""
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
