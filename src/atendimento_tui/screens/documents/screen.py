"""The place of documents: all tickets that wait for documents, or for somebody to check them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from atendimento_tui import services
from atendimento_tui.actions import Facts
from atendimento_tui.actions.areas.documents import PLACE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.documents import WaitingTicket
from atendimento_tui.contracts.people import Member
from atendimento_tui.domain.text import searched_words
from atendimento_tui.screens.base import Place
from atendimento_tui.screens.documents.lines import (
    MISSING,
    TO_CHECK,
    Line,
    arranged,
    columns,
    contains,
    line_of,
    panel,
)
from atendimento_tui.texts import documents as texts
from atendimento_tui.texts import formats
from atendimento_tui.texts import window as window_texts
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.window_table import CursorLost, Highlighted, Needed, Selected, WindowTable

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

_FILTER_LENGTH = 120


class WaitingTable(WindowTable[Line]):
    """The list; all of its rows are loaded."""

    def __init__(self, paint: Callable[[], None]) -> None:
        super().__init__(columns(), empty_text=texts.LOADING, id="esperam")
        self._paint = paint

    def at_cursor_move(self) -> None:
        """Paint footer and panel with the cursor."""
        self._paint()


class DocumentsScreen(Place):
    """The place of documents.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#esperam"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._rows: Sequence[WaitingTicket] = ()
        self._tab, self._order = MISSING, 0
        self.table = WaitingTable(self._cursor_moved)

    def body(self) -> ComposeResult:
        """Tabs, filter, the list, and in a wide terminal the panel."""
        yield Bar(id="tabs")
        with Horizontal(id="filter"):
            yield LineInput(placeholder=texts.FILTER, id="words", compact=True, max_length=_FILTER_LENGTH)
        with Horizontal(id="lists"):
            yield self.table
            with VerticalScroll(id="panel", can_focus=False):
                yield Lines(id="facts")
        yield Static(window_texts.TOO_SMALL, id="too-small")

    # Called by Textual and by the application.

    def built(self) -> None:
        """Paint the frame, and read the list if the desk is open."""
        self.tick(self._now())
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """Read the list."""
        super().desk_opened(desk_info)
        self.desk_changed()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the list again."""
        del changes

        def read(desk: "Desk", _now: datetime) -> list[WaitingTicket]:
            return services.documents.waiting(desk)

        self.desk_app.serve(read, self._show)

    def person_changed(self, person: Member | None) -> None:
        """Read what this person may know of."""
        super().person_changed(person)
        self._show(())
        if self.desk_app.desk_info:
            self.desk_changed()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.call_after_refresh(self._paint)

    def facts(self) -> Facts:
        """The state of the place, with whether a ticket is selected."""
        return replace(super().facts(), has_row=self.table.cursor_row is not None)

    # The list.

    def _show(self, rows: Sequence[WaitingTicket]) -> None:
        self._rows = rows
        self._fill()

    def _fill(self) -> None:
        info = self.desk_app.desk_info
        if not self.is_built or info is None:
            return
        wanted = searched_words(self.query_one("#words", LineInput).value)
        now, zone = self._now(), info.hours.tz
        rows = [row for row in arranged(self._rows, self._tab, self._order) if contains(row, wanted)]
        lines = [line_of(row, self._tab, now, zone) for row in rows]
        self.table.empty_text = texts.EMPTY_FILTER if wanted else texts.EMPTY[self._tab]
        self.table.forget_ends()
        self.table.show(len(lines), 0, lines, None)
        self._paint()

    def _paint(self) -> None:
        if not self.is_built:
            return
        counts = (sum(bool(row.missing) for row in self._rows), sum(bool(row.to_check) for row in self._rows))
        pieces = [
            Piece(
                f" {tab + 1} {texts.TABS[tab]} {formats.number(counts[tab])} ",
                "reverse bold" if tab == self._tab else "",
                f"screen.do('documentos.aba_{tab + 1}')",
            )
            for tab in (MISSING, TO_CHECK)
        ]
        self.query_one("#tabs", Bar).set(pieces, [Piece(texts.ORDERS[self._order], "dim")])
        self._cursor_moved()

    def _cursor_moved(self) -> None:
        if not self.is_built:
            return
        self.paint_footer()
        line, info = self.table.cursor_row, self.desk_app.desk_info
        lines = [*panel(line.row, self._now(), info.hours.tz)] if line and info else []
        self.query_one("#facts", Lines).show(lines)

    @on(Needed)
    def _needed(self) -> None:
        """All rows are loaded."""

    @on(Highlighted)
    @on(CursorLost)
    def _moved(self) -> None:
        self._cursor_moved()

    @on(Selected)
    def _selected(self) -> None:
        self.action_do("documentos.abrir")

    # Acts; the registry has the names of these methods.

    def open_row(self) -> None:
        """Open the ticket at its documents."""
        line = self.table.cursor_row
        assert line, "why_not refuses it if no ticket is selected"
        self.desk_app.show_ticket(line.key, "documentos")

    def show_tab(self, number: int) -> None:
        """Show a tab; the first one is 1."""
        self._tab = number - 1
        self.table.focus()
        self._fill()

    def turn_order(self) -> None:
        """Show the list in the next order."""
        self._order = (self._order + 1) % len(texts.ORDERS)
        self._fill()

    def copy_list(self) -> None:
        """Copy the list that is shown."""
        info = self.desk_app.desk_info
        assert info, "why_not refuses it before the desk is open"
        wanted = searched_words(self.query_one("#words", LineInput).value)
        rows = [row for row in arranged(self._rows, self._tab, self._order) if contains(row, wanted)]
        lines = ["\t".join(line_of(row, self._tab, self._now(), info.hours.tz).cells) for row in rows]
        self.app.copy_to_clipboard("\n".join(lines))
        self.desk_app.show_message(texts.LIST_COPIED)

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self._fill()

    @on(Input.Submitted, "#words")
    def _filtered(self) -> None:
        self.table.focus()

    def open_filter(self) -> None:
        """Show the filter and focus its field."""
        self.add_class("-filtering")
        self.query_one("#words", LineInput).focus()

    def key_escape(self) -> None:
        """Leave the field of the filter; if it is left already, remove the filter."""
        words = self.query_one("#words", LineInput)
        if not (words.has_focus and words.value):
            words.value = ""
            self.remove_class("-filtering")
        self.table.focus()
