"""The loaded rows and the cursor. Pure: no widget, no terminal."""

from typing import Generic, Protocol, TypeVar

from textual.geometry import clamp


class Row(Protocol):
    """What a table needs of a row. Rows that compare equal are not painted again."""

    @property
    def key(self) -> int:
        """Identifies the row, independent of its position."""


RowT = TypeVar("RowT", bound=Row)


class Window(Generic[RowT]):
    """The loaded rows: a contiguous part of the list, indexed by ordinal and by key."""

    def __init__(self, first: int, rows: tuple[RowT, ...]) -> None:
        self.first = max(0, first) if rows else 0
        self.rows = rows
        self.end = self.first + len(rows)
        self._ordinals = {row.key: ordinal for ordinal, row in enumerate(rows, self.first)}

    def __contains__(self, ordinal: int) -> bool:
        return self.first <= ordinal < self.end

    def covers(self, span: range) -> bool:
        """Whether all rows of a span are loaded."""
        return not span or (span[0] in self and span[-1] in self)

    def at(self, ordinal: int) -> RowT | None:
        """The row at an ordinal, if it is loaded."""
        return self.rows[ordinal - self.first] if ordinal in self else None

    def key_at(self, ordinal: int) -> int | None:
        """The key of the row at an ordinal, if it is loaded."""
        row = self.at(ordinal)
        return None if row is None else row.key

    def ordinal_of(self, key: int | None) -> int | None:
        """The ordinal of the row with a key, if it is loaded."""
        return None if key is None else self._ordinals.get(key)

    def row_of(self, key: int) -> RowT | None:
        """The row with a key, if it is loaded."""
        ordinal = self._ordinals.get(key)
        return None if ordinal is None else self.at(ordinal)


class Ends(Generic[RowT]):
    """The first and the last rows of the list as they were loaded last, so that Home and End need no request."""

    def __init__(self) -> None:
        self._head: Window[RowT] | None = None
        self._tail: Window[RowT] | None = None

    def keep(self, window: Window[RowT], total: int) -> None:
        """Keep the rows, if they begin or end the list."""
        if window.rows and window.first == 0:
            self._head = window
        if window.rows and window.end == total:
            self._tail = window

    def forget(self) -> None:
        """Drop the rows, because the list has changed."""
        self._head = self._tail = None

    def with_row(self, ordinal: int, total: int) -> Window[RowT] | None:
        """The kept rows that contain an ordinal of a list of this length."""
        if self._head and ordinal in self._head and self._head.end <= total:
            return self._head
        if self._tail and ordinal in self._tail and self._tail.end == total:
            return self._tail
        return None


class Cursor(Generic[RowT]):
    """A cursor on a list of which a window is loaded.

    It follows the key of its row: it stays on the row when others are inserted, removed or sorted.

    Attributes:
        total: The number of rows of the list; None while it is not known.
        window: The loaded rows.
        ordinal: The position of the cursor.
        key: The key of its row.
        target: The ordinal to which it moves when the rows there are loaded; None if it is not moving.
    """

    def __init__(self) -> None:
        self.total: int | None = None
        self.window = Window[RowT](0, ())
        self.ordinal = 0
        self.key: int | None = None
        self.target: int | None = None

    @property
    def count(self) -> int:
        """The number of rows of the list; 0 while it is not known."""
        return self.total or 0

    @property
    def row(self) -> RowT | None:
        """The row to act on; None while the cursor is moving to rows that are not loaded yet."""
        return self.window.at(self.ordinal) if self.target is None else None

    @property
    def destination(self) -> int:
        """The ordinal to which the cursor is moving, else its position."""
        return self.ordinal if self.target is None else self.target

    def shown(self, view: range) -> int:
        """The ordinal painted as the cursor: the target if it is in view, else the position."""
        return self.ordinal if self.target is None or self.target not in view else self.target

    def land(self, ordinal: int) -> None:
        """Put the cursor on a loaded row."""
        self.target, self.ordinal, self.key = None, ordinal, self.window.key_at(ordinal)

    def place_in(self, window: Window[RowT], total: int) -> int | None:
        """The ordinal of the cursor if the window is taken, or None if the window must not be taken."""
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
        """Replace the loaded window, and put the cursor at the ordinal that `place_in` returned.

        Returns:
            Whether the cursor has reached its target.
        """
        arrives = self.target is not None and place == min(self.target, total - 1)
        self.window, self.total = window, total
        self.ordinal, self.key = place, window.key_at(place)
        self.target = None if arrives or self.target is None or not total else min(self.target, total - 1)
        return arrives
