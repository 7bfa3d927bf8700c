"""The alerts of the person at this window, read now and then: an alert may be due without an act of anybody."""

from typing import TYPE_CHECKING

from atendimento_tui import services
from atendimento_tui.window.refresh import Refresh

if TYPE_CHECKING:
    from atendimento_tui.contracts.alerts import AlertRow

ALERTS_AFTER_S, ALERTS_EVERY_S = 3, 15
"""Seconds after the desk was opened, and between two times, at which the alerts are read."""


class Alerts(Refresh):
    """A window that knows the alerts of its person.

    Attributes:
        alerts: Those that nobody has acknowledged, newest first.
    """

    alerts: "tuple[AlertRow, ...]" = ()

    def begin_alerts(self) -> None:
        """Read the alerts as long as the window is open."""
        self.set_timer(ALERTS_AFTER_S, self.read_alerts)
        self.set_interval(ALERTS_EVERY_S, self.read_alerts)

    def read_alerts(self) -> None:
        """Read the alerts now."""
        person = self.person
        if self.desk_info is None or person is None:
            return

        def show(alerts: "tuple[AlertRow, ...]") -> None:
            if self.person and self.person.id == person.id:  # somebody else may have come meanwhile
                self._show_alerts(alerts)

        self.serve(lambda desk, now: services.alerts.mine(desk, now), show, lambda _: None)

    def forget_alerts(self) -> None:
        """Show none until they are read again: another person acts at the window."""
        self._show_alerts(())

    def _show_alerts(self, alerts: "tuple[AlertRow, ...]") -> None:
        if alerts == self.alerts:
            return
        self.alerts = alerts
        for place in self.places:
            place.alerts_changed()
