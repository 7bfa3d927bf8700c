"""Which rows a table loads, and how they can be found cheaply. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from textual.geometry import clamp

from atendimento_tui.widgets.window_table.rows import RowT, Window

_LEAST_PAGE = 16  # with pages of a few lines, rows would be requested at every key
_PAGES = 5
_PAGES_BEFORE = 2


class Reach(StrEnum):
    """How needed rows are found."""

    TOP = "top"
    BOTTOM = "bottom"
    AFTER = "after"
    BEFORE = "before"
    AROUND = "around"
    ORDINAL = "ordinal"


@dataclass(frozen=True)
class Anchor:
    """How needed rows are found.

    For `AFTER` and `BEFORE`, `key` is the row next to them. For `AROUND`, it is the row in their middle, at its current
    position. If that row is no longer in the list, the ordinal counts.
    """

    reach: Reach
    key: int | None = None


def least_rows(top: int, page: int, total: int | None) -> range:
    """The ordinals that must be loaded: the visible page and one page on either side.

    Args:
        top: The ordinal of the first visible row.
        page: The number of visible rows.
        total: The number of rows of the list; None while it is not known.
    """
    if total is None:
        return range(1)
    page = max(_LEAST_PAGE, page)
    return range(max(0, top - page), min(total, top + 2 * page))


def rows_to_request(top: int, page: int, total: int) -> tuple[int, int]:
    """The first ordinal and the number of rows to request.

    They begin at whole pages, so that scrolling line by line does not request rows at each line.
    """
    page = max(_LEAST_PAGE, page)
    count = _PAGES * page
    first = (top // page - _PAGES_BEFORE) * page
    return clamp(first, 0, max(0, total - count)), count


def anchor(first: int, count: int, total: int, window: Window[RowT]) -> Anchor:
    """The cheapest anchor of rows, given the loaded ones."""
    if first == 0:
        return Anchor(Reach.TOP)
    if first + count >= total:
        return Anchor(Reach.BOTTOM)
    if first - 1 in window:
        return Anchor(Reach.AFTER, window.key_at(first - 1))
    if first + count in window:
        return Anchor(Reach.BEFORE, window.key_at(first + count))
    return Anchor(Reach.ORDINAL)
