"""Which rows a table wants at hand, and the cheap way to them. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from textual.geometry import clamp

from atendimento_tui.widgets.window_table.rows import RowT, Window

_LEAST_PAGE = 16  # a window of a few lines would be asked for at every key
_PAGES = 5
_PAGES_BEFORE = 2


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


def least_rows(top: int, page: int, total: int | None) -> range:
    """The ordinals that should be at hand: a page on either side of what is seen, or will be.

    Args:
        top: The ordinal on the first line.
        page: How many rows are seen.
        total: How many rows the list has; None while that is not known.
    """
    if total is None:
        return range(1)
    page = max(_LEAST_PAGE, page)
    return range(max(0, top - page), min(total, top + 2 * page))


def rows_to_request(top: int, page: int, total: int) -> tuple[int, int]:
    """The first ordinal and the number of the rows to ask for.

    Windows begin at whole pages: scrolling line by line does not ask for another one at each line.
    """
    page = max(_LEAST_PAGE, page)
    count = _PAGES * page
    first = (top // page - _PAGES_BEFORE) * page
    return clamp(first, 0, max(0, total - count)), count


def anchor(first: int, count: int, total: int, window: Window[RowT]) -> Anchor:
    """The cheap way to rows, from what is at hand."""
    if first == 0:
        return Anchor(Reach.TOP)
    if first + count >= total:
        return Anchor(Reach.BOTTOM)
    if first - 1 in window:
        return Anchor(Reach.AFTER, window.key_at(first - 1))
    if first + count in window:
        return Anchor(Reach.BEFORE, window.key_at(first + count))
    return Anchor(Reach.ORDINAL)
