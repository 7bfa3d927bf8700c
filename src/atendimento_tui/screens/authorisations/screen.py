"""The place of guias: finds them as one types, shows their state, and records who was told of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from atendimento_tui import domain, outputs, services
from atendimento_tui.actions import Facts
from atendimento_tui.actions.areas.authorisations import PLACE
from atendimento_tui.contracts.authorisations import Guia
from atendimento_tui.contracts.tickets import Order, TicketView
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.authorisations.lines import COLUMNS, line_of, panel_lines
from atendimento_tui.screens.continuing import offer_next
from atendimento_tui.screens.list_place import SearchedPlace
from atendimento_tui.texts import authorisations as texts
from atendimento_tui.texts import formats, words
from atendimento_tui.widgets.window_table import LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.contracts.tickets import ActDone
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk


class GuiasScreen(SearchedPlace[Guia]):
    """The place of guias.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    ENTER = "guias.abrir"

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.table = LoadedTable(COLUMNS, self.cursor_moved, empty_text=texts.BEFORE_SEARCH, id="found")

    def body(self) -> ComposeResult:
        """The search field, the list, and in a wide terminal the panel."""
        yield from self.search_bar(texts.PLACEHOLDER)
        yield from self.with_panel([self.table])

    def facts(self) -> Facts:
        """The state of the place, with data of the selected ticket."""
        guia = self.row()
        if guia is None:
            return super().facts()
        state = guia.row.state
        return replace(super().facts(), has_ticket=True, closed_as="" if state.is_open else words.STATE[state])

    def find(self, desk: "Desk", typed: str, now: datetime) -> Sequence[Guia]:
        """The guias with this protocol, number or beneficiary."""
        return services.authorisations.find_guias(desk, typed, now)

    def show_found(self, found: Sequence[Guia], typed: str) -> None:
        """Show the guias."""
        info = self.desk_app.desk_info
        self.table.empty_text = (texts.FOUND_NONE,) if typed else texts.BEFORE_SEARCH
        self.table.fill([line_of(each, self._now(), info.hours.tz) for each in found] if info else [])

    def show_row(self) -> None:
        """Show the guia under the cursor, with its dates and who was told."""
        guia = self.row()
        if guia is None:
            self.show_facts(())
        elif self.has_class("-wide"):
            ticket = guia.row.key

            def read(desk: "Desk", now: datetime) -> TicketView:
                return services.tickets.ticket_view(desk, now, ticket_id=ticket)

            self.desk_app.serve(read, self._show_view)

    def _show_view(self, view: TicketView) -> None:
        guia, info = self.row(), self.desk_app.desk_info
        if guia and info and guia.row.key == view.row.key:
            self.show_facts(panel_lines(guia, view, self._now(), info.hours.tz))

    # Acts; the registry has the names of these methods.

    def open_ticket(self) -> None:
        """Open the ticket of the guia."""
        self.desk_app.show_ticket(self._row().row.key)

    def copy_state(self) -> None:
        """Copy the state in one line."""
        self.app.copy_to_clipboard(outputs.authorisations.line(self._row()))
        self.desk_app.show_message(texts.COPIED)

    def tell_state(self) -> None:
        """Ask by which way and who asked for the state, and record that it was told."""
        guia = self._row()
        ways = {way: way for way in domain.authorisations.WAYS}
        items = {
            "way": dialogs.keep.Item(texts.TOLD_WAY, next(iter(ways)), options=ways),
            "to": dialogs.keep.Item(texts.TOLD_TO),
        }

        def work(desk: "Desk", now: datetime, given: "Words", request: str) -> "ActDone":
            order = Order(guia.row.key, desk.actor.person, request, now)
            return services.acts.tell_state(desk, order, given["way"], given["to"])

        self.keep(
            texts.TELL_TITLE.format(protocol=formats.protocol_groups(guia.row.protocol)),
            items,
            work,
            lambda _: self.changed(texts.STATE_TOLD),
            draft=("guias.informar", str(guia.row.key)),
            above=[outputs.authorisations.line(guia)],
        )

    def begin_next(self) -> None:
        """Begin a service that continues the ended request."""
        row = self._row().row
        offer_next(self, row.key, row.protocol)
