"""The rows at hand, and the cursor among them. Pure: no widget, no terminal."""

from typing import Generic, Protocol, TypeVar

from textual.geometry import clamp


class Row(Protocol):
    """What a table must know of a row. Rows that compare equal look the same and are not painted again."""

    @property
    def key(self) -> int:
        """What stays the same about the row wherever it moves."""


RowT = TypeVar("RowT", bound=Row)


class Window(Generic[RowT]):
    """The rows at hand: a stretch of the list, found by ordinal and by key."""

    def __init__(self, first: int, rows: tuple[RowT, ...]) -> None:
        self.first = max(0, first) if rows else 0
        self.rows = rows
        self.end = self.first + len(rows)
        self._ordinals = {row.key: ordinal for ordinal, row in enumerate(rows, self.first)}

    def __contains__(self, ordinal: int) -> bool:
        return self.first <= ordinal < self.end

    def covers(self, span: range) -> bool:
        """Whether all rows of a span are at hand."""
        return not span or (span[0] in self and span[-1] in self)

    def at(self, ordinal: int) -> RowT | None:
        """The row at a place of the list, if it is at hand."""
        return self.rows[ordinal - self.first] if ordinal in self else None

    def key_at(self, ordinal: int) -> int | None:
        """The key of the row at a place of the list."""
        row = self.at(ordinal)
        return None if row is None else row.key

    def ordinal_of(self, key: int | None) -> int | None:
        """Where the row with a key stands in the list."""
        return None if key is None else self._ordinals.get(key)

    def row_of(self, key: int) -> RowT | None:
        """The row with a key, if it is at hand."""
        ordinal = self._ordinals.get(key)
        return None if ordinal is None else self.at(ordinal)


class Cursor(Generic[RowT]):
    """A cursor on a list of which a window is at hand.

    It is held by its row's key: whatever is inserted, removed or sorted around it, it stays on its row.

    Attributes:
        total: How many rows the list has; None while that is not known.
        window: The rows at hand.
        ordinal: Where the cursor is.
        key: The key of its row.
        target: Where it goes as soon as the rows there have come; None where it is not on its way.
    """

    def __init__(self) -> None:
        self.total: int | None = None
        self.window = Window[RowT](0, ())
        self.ordinal = 0
        self.key: int | None = None
        self.target: int | None = None

    @property
    def count(self) -> int:
        """How many rows the list has; 0 while that is not known."""
        return self.total or 0

    @property
    def row(self) -> RowT | None:
        """The row to act on; none while the cursor is on its way to rows that have not come yet."""
        return self.window.at(self.ordinal) if self.target is None else None

    @property
    def destination(self) -> int:
        """Where the cursor is going, or is."""
        return self.ordinal if self.target is None else self.target

    def shown(self, view: range) -> int:
        """The line painted as the cursor: it leaves its row only when the place it goes to is in view."""
        return self.ordinal if self.target is None or self.target not in view else self.target

    def land(self, ordinal: int) -> None:
        """Put the cursor on a row that is at hand."""
        self.target, self.ordinal, self.key = None, ordinal, self.window.key_at(ordinal)

    def place_in(self, window: Window[RowT], total: int) -> int | None:
        """Where the cursor belongs once a window is taken, or None if the window is not to be taken."""
        last = total - 1
        if self.target is not None and min(self.target, last) in window:
            return min(self.target, last)
        held = window.ordinal_of(self.key)
        if held is not None:
            return held
        ordinal = max(0, min(self.ordinal, last))
        if ordinal in window or not total:
            return ordinal
        if self.window.rows:
            return None
        return clamp(ordinal, window.first, window.end - 1) if window.rows else ordinal

    def take(self, window: Window[RowT], total: int, place: int) -> bool:
        """Take a window in place of the one at hand, with the cursor at the place that `place_in` named.

        Returns:
            Whether the cursor has arrived where it was going.
        """
        arrives = self.target is not None and place == min(self.target, total - 1)
        self.window, self.total = window, total
        self.ordinal, self.key = place, window.key_at(place)
        self.target = None if arrives or self.target is None or not total else min(self.target, total - 1)
        return arrives
