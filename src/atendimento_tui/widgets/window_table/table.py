"""The widget: paints a window of a long list, moves its cursor, and requests rows.

The owner of the list passes rows to `WindowTable.show`. When the cursor comes near an end of these rows, the table
posts `Needed`. It does not wait for the answer, does not request the same rows twice, and uses only the key of a row.
The cursor is always in view, so that nobody acts on a row that is not visible.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size, clamp

from atendimento_tui import compat
from atendimento_tui.actions import LIST, shown_in
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.window_table.asking import Anchor, Reach, anchor, least_rows, rows_to_request
from atendimento_tui.widgets.window_table.messages import CursorLost, Highlighted, Needed, Selected
from atendimento_tui.widgets.window_table.rows import RowT, Window
from atendimento_tui.widgets.window_table.view import HEADER, RowView


class WindowTable(RowView[RowT], inherit_bindings=False):
    """A table of a list of any length. It requests the rows that it needs.

    A subclass declares the styles that its columns use, in `COMPONENT_CLASSES` and in CSS.
    """

    BINDINGS: ClassVar[list[BindingType]] = own_bindings(*(row.id for row in shown_in(LIST)))

    _selects_on_arrival = False

    _asked: tuple[int, int] | None = None
    """The requested rows that have not arrived: the first ordinal and the number."""

    # Called by the owner of the list.

    def show(
        self, total: int, first: int, rows: Sequence[RowT], cursor_key: int | None = None, *, keep: bool = False
    ) -> bool:
        """Replace the loaded rows.

        The cursor stays on its row and on its line of the screen. If its row is not among the new ones, it stays at its
        ordinal, and `CursorLost` is posted. So after a change of the list, pass the rows around the current position of
        that row (see `ask`).

        Args:
            total: The number of rows of the list.
            first: The ordinal of the first passed row.
            rows: The rows.
            cursor_key: The key of a passed row that gets the cursor.
            keep: Whether the first and last rows of the list, if they are among these, are shown again later without a
                request, until `forget_ends`.

        Returns:
            Whether the rows were taken. Rows that contain neither the cursor nor its target came too late; they are
            ignored.
        """
        window = Window(first, tuple(rows))
        total = max(0, total, window.end)
        if cursor_key != self._cursor.key and (jump := window.ordinal_of(cursor_key)) is not None:
            self._cursor.target = jump  # a move whose rows are passed with it
        place = self._cursor.place_in(window, total)
        if place is not None:
            if keep:
                self._ends.keep(window, total)
            self._take(window, total, place)
        elif first >= total:
            self._ask_around(total)  # the list ends before the requested rows
        else:
            self._asked = None
        return place is not None

    def recount(self, total: int) -> None:
        """Set the number of rows of the list, if it is known only after the rows."""
        self.show(total, self._cursor.window.first, self._cursor.window.rows)

    def ask(self) -> None:
        """Post `Needed` for the rows around the cursor, because the list has changed."""
        self.forget_ends()
        self._ask_around(self.total)

    def forget_ends(self) -> None:
        """Drop the kept first and last rows, because the list has changed."""
        self._ends.forget()

    def move_to(self, ordinal: int) -> None:
        """Move the cursor; if the rows there are not loaded, when they are. A later move replaces an earlier one."""
        if not self.total:
            return
        ordinal = clamp(ordinal, 0, self.total - 1)
        was_waiting, self._selects_on_arrival = self._cursor.target is not None, False
        before = self._shown_cursor
        if ordinal in self._cursor.window:
            former = self._cursor.key
            self._cursor.land(ordinal)
            self._scroll_to_see(ordinal, self._top)
            self._announce(former)
        elif kept := self._ends.with_row(ordinal, self.total):
            self._cursor.target = ordinal
            self._take(kept, self.total, ordinal)
            return
        else:
            self._cursor.target = ordinal
            if was_waiting:  # rows are slow to arrive: show at least the position
                self._scroll_to_see(ordinal, self._top)
        if self._shown_cursor != before:
            self._repaint_line(before)
            self._repaint_line(self._shown_cursor)
        self._ask_if_short()

    def at_cursor_move(self) -> None:
        """Called when the cursor is on another row, for what is painted in the same frame as the cursor.

        `Highlighted` reaches the owner of the list only when that frame is painted.
        """

    # Keys and mouse.

    def action_move(self, lines: int) -> None:
        """Move `lines` lines down."""
        self.move_to(self._cursor.destination + lines)

    def action_page(self, pages: int) -> None:
        """Move `pages` pages down. One line of the page before stays visible."""
        self.move_to(self._cursor.destination + pages * max(1, self._page - 1))

    def action_first(self) -> None:
        """Move to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Move to the last row."""
        self.move_to(self.total - 1)

    def action_select(self) -> None:
        """Choose the row under the cursor, or its target when it has arrived there."""
        row = self.cursor_row
        if row is not None:
            self.post_message(Selected(self, row))
        self._selects_on_arrival = row is None and self._cursor.target is not None

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row; if it is there already, choose the row."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < HEADER:
            return
        ordinal = self._top + offset.y - HEADER
        if ordinal == self._cursor.ordinal and self._cursor.target is None:
            self.action_select()
        elif ordinal < self.total:
            self.move_to(ordinal)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the cursor in view when the list is scrolled by wheel or scrollbar."""
        super().watch_scroll_y(old_value, new_value)
        view, aim = self._in_view, self._cursor.destination
        if view and aim not in view:
            self.move_to(clamp(aim, view[0], view[-1]))
        else:
            self._ask_if_short()

    def on_resize(self) -> None:
        """Keep the cursor in view, and request rows for the new size of a page."""
        self._scroll_to_see(self._shown_cursor, self._top)
        self._ask_if_short()

    # Replacing rows.

    def _take(self, window: Window[RowT], total: int, place: int) -> None:
        cursor, visible, was_empty = self._cursor, self._visible_rows(), not self.total
        former, shift = cursor.key, place - cursor.ordinal
        self._painter.forget_changed(cursor.window, window)
        arrives = cursor.take(window, total, place)
        size = Size(0, HEADER + total)  # one more, because the header hides a line
        if size != self.virtual_size:  # by its own setter all lines would be painted again
            compat.set_virtual_size(self, size)
            if was_empty or not total:
                self.refresh()
        if cursor.target is None:
            stays = cursor.key == former and not arrives
            self._scroll_to_see(place, self._top + shift if stays else self._top)
        self._repaint_changes(visible)
        if former is not None and not arrives and window.ordinal_of(former) is None:
            self.post_message(CursorLost(self, former))
        self._announce(former)
        self._ask_if_short()

    def _announce(self, former: int | None) -> None:
        """Post `Highlighted` if the row under the cursor has changed, and choose it if `action_select` waits for it."""
        row = self.cursor_row
        if row is None:
            return
        if row.key != former:
            self.at_cursor_move()
            self.post_message(Highlighted(self, row))
        if self._selects_on_arrival:
            self.action_select()

    # Requesting rows.

    @property
    def _requested_top(self) -> int:
        target = self._cursor.target
        return self._top if target is None or target in self._in_view else max(0, target - self._page // 2)

    def _ask_if_short(self) -> None:
        """Request rows if less than a page is loaded on either side of the visible rows."""
        if self._cursor.window.covers(least_rows(self._requested_top, self._page, self._cursor.total)):
            self._asked = None
            return
        first, count = rows_to_request(self._requested_top, self._page, self.total)
        if self._asked != (first, count):
            self._post_need(first, count, anchor(first, count, self.total, self._cursor.window))

    def _ask_around(self, total: int) -> None:
        """Request the rows around the cursor, or around its target if it is moving."""
        first, count = rows_to_request(self._requested_top, self._page, total)
        if self._cursor.target is None and self._cursor.key is not None:
            self._post_need(first, count, Anchor(Reach.AROUND, self._cursor.key))
        else:
            self._post_need(first, count, anchor(first, count, self.total, self._cursor.window))

    def _post_need(self, first: int, count: int, where: Anchor) -> None:
        self._asked = (first, count)
        self.post_message(Needed(self, first, count, where))
