"""Reads the ticket under the cursor for the panel beside the list."""

from typing import TYPE_CHECKING

from textual.timer import Timer

if TYPE_CHECKING:
    from atendimento_tui.contracts.tickets import TicketView
    from atendimento_tui.screens.queue.panel import TicketPanel
    from atendimento_tui.screens.queue.table import QueueTable
    from atendimento_tui.screens.tickets.actions import TicketActions

PANEL_DELAY_S = 0.12
"""Seconds after the last move of the cursor until the panel shows its ticket (debounce)."""


class PanelFollower:
    """Shows the ticket under the cursor in the panel, if the terminal is wide enough.

    Args:
        place: The place; it has the class `-wide` if there is room.
    """

    def __init__(self, place: "TicketActions", table: "QueueTable", panel: "TicketPanel") -> None:
        self._place = place
        self._table = table
        self._panel = panel
        self._rest: Timer | None = None

    def follow(self) -> None:
        """Read the ticket when the cursor rests. A held key would read each ticket that it passes."""
        if self._rest:
            self._rest.stop()
        if self._place.has_class("-wide") and self._panel.ticket is not None:
            self._rest = self._place.set_timer(PANEL_DELAY_S, self._read_if_other)
        else:  # the panel is empty
            self._place.call_after_refresh(self.read)

    def read(self) -> None:
        """Read the ticket under the cursor now."""
        key = self._table.cursor_key
        if key is None:
            self._panel.clear()
        elif self._place.has_class("-wide"):
            self._place.desk_app.serve(self._place.reading(key), self.show, lambda _refusal: None)

    def show(self, view: "TicketView") -> None:
        """Show a ticket, if the cursor is on it."""
        app = self._place.desk_app
        if view.row.key == self._table.cursor_key and app.desk_info:
            self._panel.show(view, app.now(), app.desk_info.hours.tz)

    def _read_if_other(self) -> None:
        if self._panel.ticket != self._table.cursor_key:
            self.read()
