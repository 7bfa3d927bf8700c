"""Reads the ticket under the cursor for the panel beside the list."""

from typing import TYPE_CHECKING

from textual.timer import Timer

if TYPE_CHECKING:
    from atendimento_tui.contracts.tickets import TicketView
    from atendimento_tui.domain.refusals import Refusal
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
        self._asked: int | None = None
        """The ticket that is being read."""

    def follow(self) -> None:
        """Read the ticket when the cursor rests. A held key would read each ticket that it passes."""
        if self._rest:
            self._rest.stop()
        if self._place.has_class("-wide") and self._panel.ticket is not None:
            self._rest = self._place.set_timer(PANEL_DELAY_S, self._read_if_other)
        else:  # the panel is empty
            self._place.after_refresh(self._read_if_other)

    def read(self) -> None:
        """Read the ticket under the cursor now."""
        key = self._table.cursor_key
        if key is None:
            self._panel.clear()
        elif self._place.has_class("-wide"):
            self._asked = key
            self._place.desk_app.serve(self._place.reading(key), self._answered, self._refused)

    def show(self, view: "TicketView") -> None:
        """Show a ticket, if the cursor is on it."""
        app = self._place.desk_app
        if view.row.key == self._table.cursor_key and app.desk_info:
            self._panel.show(view, app.now(), app.desk_info.hours.tz)

    def _answered(self, view: "TicketView") -> None:
        self._asked = None
        self.show(view)

    def _refused(self, _refusal: "Refusal") -> None:
        self._asked = None

    def _read_if_other(self) -> None:
        """Read the ticket, unless it is shown or being read: the first rows of a list also move the cursor."""
        key = self._table.cursor_key
        if key != self._panel.ticket and (key is None or key != self._asked):
            self.read()
