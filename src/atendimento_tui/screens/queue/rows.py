"""Reads the rows of the queue into its table."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from atendimento_tui import services
from atendimento_tui.contracts.changes import Changes
from atendimento_tui.contracts.queue import PageRequest, QueueRow, QueueView, QueueWindow
from atendimento_tui.screens.queue.placing import LoadedRows, counts_change, placed
from atendimento_tui.widgets.window_table import Needed, Reach

if TYPE_CHECKING:
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.screens.base import Place
    from atendimento_tui.screens.queue.counts import Counted
    from atendimento_tui.screens.queue.table import QueueTable
    from atendimento_tui.services.desk import Desk

_LEAST_ROWS = 50
"""Rows that are read at first, also in a low terminal."""

_FEW = 20
"""Up to this many changed tickets are read one by one; of more, the rows in view are read again."""


class RowReader:
    """Reads pages and changed tickets, and puts them into the table.

    Results for another view than the current one are dropped.

    Args:
        place: The place.
        table: Shows the rows.
        on_rows: Called when rows were shown.
        on_view: Called when the first rows of a view were shown.
        on_changes: Called with changes after their rows were shown, and with whether counts may have changed.

    Attributes:
        view: The view that is shown.
        total: Tickets in the view; None until they are counted, and after a change.
        is_behind: Whether the first rows of the view are being read, so that those of another one are shown.
    """

    def __init__(
        self,
        place: "Place",
        table: "QueueTable",
        *,
        on_rows: Callable[[], None],
        on_view: Callable[[], None],
        on_changes: Callable[[Changes, bool], None],
    ) -> None:
        self.view = QueueView()
        self.total: int | None = None
        self._place = place
        self._table = table
        self._on_rows = on_rows
        self._on_view = on_view
        self._on_changes = on_changes
        self._changes = Changes()
        """Changes whose rows were requested and are not shown yet."""
        self.is_behind = False
        self._known_changes = 0
        """How often the list has changed. Rows that were read before a change are not kept."""

    # A view.

    def show(self, view: QueueView) -> None:
        """Show another view. The cursor stays on its ticket if the view has it."""
        self.view, self.total = view, None
        self.begin(self._table.cursor_key)

    def begin(self, around: int | None, cursor: int | None = None) -> None:
        """Read the view from its beginning, or around a ticket.

        Args:
            around: The ticket.
            cursor: The ticket that gets the cursor; by default the one that has it.
        """
        self._list_changed()
        self.is_behind = True
        view, count = self.view, max(_LEAST_ROWS, self._place.size.height * 2)

        def read(desk: "Desk", now: datetime) -> QueueWindow:
            return services.queue.first_rows(desk, view, count, around, now)

        def refused(refusal: "Refusal") -> None:
            self.is_behind = False
            self._place.let_keys_act()
            self._place.desk_app.show_refusal(refusal)

        show = partial(self._show_view, cursor=cursor, known_changes=self._known_changes)
        self._place.desk_app.serve(read, show, refused)

    def _show_view(self, window: QueueWindow, cursor: int | None, known_changes: int) -> None:
        if window.view != self.view:
            return
        self.is_behind = False
        wanted = cursor or self._table.cursor_key
        keys = [row.key for row in window.rows]
        self.total = window.total if window.counted else None
        self._table.show(
            window.total,
            window.first,
            window.rows,
            cursor_key=wanted if wanted in keys else next(iter(keys), None),
            keep=known_changes == self._known_changes,
        )
        self._on_view()

    # Pages.

    def fetch(self, needed: Needed) -> None:
        """Read the rows that the table needs."""
        anchor, view = needed.anchor, self.view
        row = self._table.row(anchor.key) if anchor.key is not None else None
        page = PageRequest(
            needed.first,
            needed.count,
            after=row.sort_key if row and anchor.reach is Reach.AFTER else None,
            before=row.sort_key if row and anchor.reach is Reach.BEFORE else None,
            around=anchor.key if anchor.reach is Reach.AROUND else None,
            total=self.total,
            exact=False,
        )

        def read(desk: "Desk", now: datetime) -> QueueWindow:
            return services.queue.window(desk, view, page, now)

        self._place.desk_app.serve(read, partial(self._show_page, known_changes=self._known_changes))

    def _show_page(self, window: QueueWindow, known_changes: int) -> None:
        if window.view != self.view:
            return
        self.total = window.total if window.counted else self.total
        total = max(window.total, self._table.total) if self.total is None else self.total
        self._table.show(total, window.first, window.rows, keep=known_changes == self._known_changes)
        self._on_rows()
        changes, self._changes = self._changes, Changes()
        if changes:
            self._place.after_refresh(lambda: self._on_changes(changes, True))

    # Changes.

    def read_again(self, changes: Changes) -> None:
        """Read the rows around the cursor again; `on_changes` is called after them."""
        self.total = None
        self._changes |= changes
        self._list_changed()
        self._table.ask()

    def read_changed(self, changes: Changes) -> None:
        """Read the changed tickets. Other rows are read only if their positions are unknown."""
        tickets: Collection[int] | None = changes.tickets
        if tickets is None or len(tickets) > _FEW:
            self.read_again(changes)
            return
        self._list_changed()
        view = self.view

        def read(desk: "Desk", _now: datetime) -> list[QueueRow]:
            return services.queue.rows(desk, tickets)

        def show(rows: list[QueueRow]) -> None:
            if view != self.view:
                return
            counted = all(self._is_counted_as(row) for row in rows) and len(rows) == len(tickets)
            if self.put(rows):
                if not counted:
                    self.total = None
                self._place.after_refresh(lambda: self._on_changes(changes, not counted))
            else:
                self.read_again(changes)

        self._place.desk_app.serve(read, show)

    def put(self, changed: Sequence[QueueRow]) -> bool:
        """Show changed tickets among the loaded rows.

        Returns:
            Whether their positions are known; else rows must be read.
        """
        table = self._table
        loaded = LoadedRows(table.loaded_rows, table.first_loaded, table.total)
        found = placed(self.view, loaded, changed, table.cursor_key)
        if found is None:
            return False
        if found != loaded:  # else none of the changed tickets is among them
            self._list_changed()
            table.show(found.total, found.first, found.rows)
            self._on_rows()
        return True

    def _is_counted_as(self, row: QueueRow) -> bool:
        """Whether the ticket was counted as this row is; if it is not loaded, it may have been counted otherwise."""
        before = self._table.row(row.key)
        return before is not None and not counts_change(before, row)

    def _list_changed(self) -> None:
        self._known_changes += 1
        self._table.forget_ends()

    def take_count(self, counted: "Counted") -> bool:
        """Take the number of tickets in the view from a count.

        Returns:
            Whether it was not known before.
        """
        if counted.view != self.view or self.total is not None:
            return False
        self.total = counted.tabs[self.view.tab]
        if self.total != self._table.total:
            self._table.recount(self.total)
        return True
