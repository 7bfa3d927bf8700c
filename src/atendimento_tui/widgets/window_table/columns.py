"""What a column says, and which columns have room."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple

from atendimento_tui.widgets.window_table.rows import RowT

_GAP = 1


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
