"""The register of protocols in a window: the run of the day that nobody asks for, in a thread."""

import logging
from typing import TYPE_CHECKING

from atendimento_tui import paths, services
from atendimento_tui.window.refresh import Refresh

if TYPE_CHECKING:
    from atendimento_tui.domain.refusals import Refusal

log = logging.getLogger(__name__)

REGISTER_AFTER_S, REGISTER_EVERY_S = 90, 600
"""Seconds after the desk was opened, and between two times, at which the window looks whether a run is due."""


class Register(Refresh):
    """A window that writes the register. A failure is told once for each reason; the next good run clears that."""

    _registering = False
    _told_register = ""

    def begin_register(self) -> None:
        """Write the register when it is due, as long as the window is open."""
        self.set_timer(REGISTER_AFTER_S, self.register_if_due)
        self.set_interval(REGISTER_EVERY_S, self.register_if_due)

    def register_if_due(self) -> None:
        """Write what is due, in a thread, if the settings name a register. However many windows do so, one writes."""
        desk = self.desk
        if desk is None or self._registering:
            return
        self._registering = True

        def run() -> None:
            try:
                layout = services.register.layout_if_any(paths.settings_file())
                done = services.register.write_if_due(desk, layout, self._now()) if layout else None
                if done:
                    log.info("register: %s rows", len(done.written))
                    self.answer(self._register_written)
            except Exception as error:  # noqa: BLE001 - told once, or logged
                refusal = self.reason_of_error(error)
                self.answer(lambda: self._register_failed(refusal))
            finally:
                self._registering = False

        self.run_worker(run, thread=True, exit_on_error=False, name="register")

    def _register_written(self) -> None:
        self._told_register = ""

    def _register_failed(self, refusal: "Refusal") -> None:
        if refusal.code != self._told_register:
            self._told_register = refusal.code
            self.show_refusal(refusal)
