"""The place of documents: all tickets that wait for documents, or for somebody to check them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from atendimento_tui import services
from atendimento_tui.actions.areas.documents import PLACE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.documents import WaitingTicket
from atendimento_tui.screens.documents.lines import (
    COLUMNS,
    MISSING,
    TO_CHECK,
    arranged,
    contains,
    line_of,
    panel,
)
from atendimento_tui.screens.list_place import FilteredPlace
from atendimento_tui.texts import documents as texts
from atendimento_tui.texts import formats, window
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.window_table import LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


class DocumentsScreen(FilteredPlace[WaitingTicket]):
    """The place of documents.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#esperam"
    ENTER = "documentos.abrir"

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._rows: Sequence[WaitingTicket] = ()
        self._tab, self._order = MISSING, 0
        self.table = LoadedTable(COLUMNS, self.cursor_moved, empty_text=texts.LOADING, id="esperam")

    def body(self) -> ComposeResult:
        """Tabs, filter, the list, and in a wide terminal the panel."""
        yield Bar(id="tabs")
        yield from self.filter_bar(texts.FILTER)
        yield from self.with_panel([self.table])

    # Called by Textual and by the application.

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the list again."""
        del changes

        def read(desk: "Desk", _now: datetime) -> list[WaitingTicket]:
            return services.documents.waiting(desk)

        self.load(read, self._show)

    def forget(self) -> None:
        """Show no rows, and remove the filter."""
        super().forget()
        self._show(())

    # The list.

    def _show(self, rows: Sequence[WaitingTicket]) -> None:
        self._rows = rows
        self.fill()

    def fill(self) -> None:
        """Show the rows of the tab that have the words of the filter."""
        info = self.desk_app.desk_info
        if not self.is_built or info is None:
            return
        wanted, now, zone = self.wanted, self._now(), info.hours.tz
        rows = [row for row in arranged(self._rows, self._tab, self._order) if contains(row, wanted)]
        self.table.empty_text = window.EMPTY_FILTER if wanted else texts.EMPTY[self._tab]
        self.table.fill([line_of(row, self._tab, now, zone) for row in rows])
        counts = (sum(bool(row.missing) for row in self._rows), sum(bool(row.to_check) for row in self._rows))
        titles = [f"{texts.TABS[tab]} {formats.number(counts[tab])}" for tab in (MISSING, TO_CHECK)]
        self.show_tabs(titles, self._tab, [Piece(texts.ORDERS[self._order], "dim")])
        self.cursor_moved()

    def show_row(self) -> None:
        """Show the documents of the ticket under the cursor."""
        row, info = self.row(), self.desk_app.desk_info
        self.show_facts(panel(row, self._now(), info.hours.tz) if row and info else ())

    # Acts; the registry has the names of these methods.

    def open_row(self) -> None:
        """Open the ticket at its documents."""
        self.desk_app.show_ticket(self._row().ticket, "documentos")

    def show_tab(self, number: int) -> None:
        """Show a tab; the first one is 1."""
        self._tab = number - 1
        self.table.focus()
        self.fill()

    def turn_order(self) -> None:
        """Show the list in the next order."""
        self._order = (self._order + 1) % len(texts.ORDERS)
        self.fill()

    def copy_list(self) -> None:
        """Copy the list that is shown."""
        lines = ["\t".join(line.cells) for line in self.table.loaded_rows]
        self.app.copy_to_clipboard("\n".join(lines))
        self.desk_app.show_message(texts.LIST_COPIED)
