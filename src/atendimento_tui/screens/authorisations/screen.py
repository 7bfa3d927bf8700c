"""The place of guias: finds them as one types, shows their state, and notes who was told of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from atendimento_tui import outputs, services
from atendimento_tui.actions.areas.authorisations import PLACE
from atendimento_tui.contracts.authorisations import Guia
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import TicketView
from atendimento_tui.screens.authorisations.lines import ListRow, columns, list_row, panel_lines
from atendimento_tui.screens.tickets.actions import TicketActions
from atendimento_tui.texts import authorisations as texts
from atendimento_tui.texts import window as window_texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.window_table import CursorLost, Highlighted, Needed, Selected, WindowTable

if TYPE_CHECKING:
    from atendimento_tui.contracts.tickets import ActDone
    from atendimento_tui.screens.tickets.acting import Shown
    from atendimento_tui.services.desk import Desk


class _Words(LineInput):
    """The search field. The arrow down goes to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "screen.to_list", show=False)]


class GuiasTable(WindowTable[ListRow]):
    """The found guias; all of them are loaded."""

    def __init__(self, paint: Callable[[], None]) -> None:
        super().__init__(columns(), empty_text=texts.BEFORE_SEARCH, id="found")
        self._paint = paint

    def at_cursor_move(self) -> None:
        """Paint footer and panel with the cursor."""
        self._paint()


class GuiasScreen(TicketActions):
    """The place of guias.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#words"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.table = GuiasTable(self._cursor_moved)

    def body(self) -> ComposeResult:
        """The search field, the list, and in a wide terminal the panel."""
        with Horizontal(id="search"):
            yield _Words(placeholder=texts.PLACEHOLDER, id="words", compact=True, max_length=120)
        with Horizontal(id="lists"):
            yield self.table
            with VerticalScroll(id="panel", can_focus=False):
                yield Lines(id="facts")
        yield Static(window_texts.TOO_SMALL, id="too-small")

    # Called by Textual and by the application.

    def built(self) -> None:
        """Paint the frame."""
        self.tick(self._now())
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """Say what can be searched for."""
        super().desk_opened(desk_info)
        self._search()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Search again."""
        del changes
        self._search()

    def person_changed(self, person: Member | None) -> None:
        """Forget what the former person searched for."""
        super().person_changed(person)
        self.query_one("#words", LineInput).value = ""
        self._show([], "")

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.call_after_refresh(self._cursor_moved)

    def current_ticket(self) -> QueueRow | None:
        """The ticket of the guia under the cursor."""
        return self.table.cursor_row.guia.row if self.table.cursor_row else None

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """Nothing: the search is made again."""
        return lambda _desk, _done, _now: None

    # The search.

    @property
    def _typed(self) -> str:
        return self.query_one("#words", LineInput).value.strip()

    @on(Input.Changed, "#words")
    def _changed(self) -> None:
        self._search()

    @on(Input.Submitted, "#words")
    def action_to_list(self) -> None:
        """Go to the list, where each act has its key."""
        self.table.focus()

    def _search(self) -> None:
        typed = self._typed
        if not typed or self.desk_app.desk_info is None:
            self._show([], typed)
            return

        def find(desk: "Desk", now: datetime) -> list[Guia]:
            return services.authorisations.find_guias(desk, typed, now)

        self.desk_app.serve(find, lambda found: self._show(found, typed))

    def _show(self, found: Sequence[Guia], typed: str) -> None:
        """Show the guias found by a text, if the field still has it."""
        info = self.desk_app.desk_info
        if not self.is_built or typed != self._typed or info is None:
            return
        self.table.empty_text = (texts.FOUND_NONE,) if typed else texts.BEFORE_SEARCH
        self.table.forget_ends()
        rows = [list_row(each, self._now(), info.hours.tz) for each in found]
        self.table.show(len(rows), 0, rows, self.table.cursor_key)
        self._cursor_moved()

    def search_again(self) -> None:
        """Go back to the search field."""
        words = self.query_one("#words", LineInput)
        words.focus()
        words.select_all()

    def key_escape(self) -> None:
        """Go back to the search field; from there remove what was typed; then to the queue."""
        words = self.query_one("#words", LineInput)
        if not words.has_focus:
            words.focus()
        elif words.value:
            words.value = ""
        else:
            self.desk_app.go("fila")

    @on(Needed)
    def _needed(self) -> None:
        """All rows are loaded."""

    @on(Highlighted)
    @on(CursorLost)
    def _moved(self) -> None:
        self._cursor_moved()

    @on(Selected)
    def _chosen(self) -> None:
        self.action_do("guias.abrir")

    def _cursor_moved(self) -> None:
        if not self.is_built:
            return
        self.paint_footer()
        row = self.table.cursor_row
        if row is None:
            self.query_one("#facts", Lines).show([])
        elif self.has_class("-wide"):
            self.desk_app.serve(self.reading(row.key), self._show_view)

    def _show_view(self, view: TicketView) -> None:
        row, info = self.table.cursor_row, self.desk_app.desk_info
        if row and info and row.key == view.row.key:
            self.query_one("#facts", Lines).show([*panel_lines(row.guia, view, self._now(), info.hours.tz)])

    # Acts; the registry has the names of these methods.

    def open_ticket(self) -> None:
        """Open the ticket of the guia."""
        self.desk_app.show_ticket(self._row().key)

    def copy_state(self) -> None:
        """Copy the state in one line."""
        row = self.table.cursor_row
        assert row, "why_not refuses it if no guia is selected"
        self.app.copy_to_clipboard(outputs.authorisations.line(row.guia))
        self.desk_app.show_message(texts.COPIED)
