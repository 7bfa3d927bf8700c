"""Backup copies of a window: the copy of the day in a thread, and copies that the user asks for."""

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from atendimento_tui import paths, services
from atendimento_tui import texts as all_texts
from atendimento_tui.window.refresh import Refresh

if TYPE_CHECKING:
    from atendimento_tui.contracts.safekeeping import CopyRow
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.services.desk import Desk

log = logging.getLogger(__name__)

COPY_AFTER_S, COPY_EVERY_S = 60, 600
"""Seconds after the desk was opened, and between two times, at which the window looks whether a copy is due."""

_PAUSE_S = 0.01
"""Seconds between two steps of a copy, a megabyte each, so that the disk stays free for acts."""


class Safekeeping(Refresh):
    """A window that makes backup copies. A copy that fails is told once; the next good one clears that."""

    _copying = False
    _told_failure = ""

    def begin_copies(self) -> None:
        """Make the copy of the day when it is due, as long as the window is open."""
        self.set_timer(COPY_AFTER_S, self.copy_if_due)
        self.set_interval(COPY_EVERY_S, self.copy_if_due)

    def copy_if_due(self) -> None:
        """Make the copy of the day, if it is due, in a thread. However many windows do so, one makes it."""
        desk = self.desk
        if desk is None or self._copying:
            return
        self._copying = True

        def run() -> None:
            try:
                made = services.safekeeping.copy_if_due(desk, self._now(), _folder(), self._pause_copy)
            except services.safekeeping.Stopped:
                pass
            except Exception as error:  # noqa: BLE001 - told once, or logged
                refusal = self.reason_of_error(error)
                self.answer(lambda: self._copy_failed(refusal))
            else:
                self.answer(lambda: self._copy_of_the_day_made(made))
            finally:
                self._copying = False

        self.run_worker(run, thread=True, exit_on_error=False, name="copy")

    def make_copy(self) -> None:
        """Make a copy now, because the user asked for it."""

        def work(desk: "Desk", now: datetime) -> "CopyRow | None":
            try:
                return services.safekeeping.copy_desk(desk, now, None, _folder(), self._pause_copy)
            except services.safekeeping.Stopped:
                return None

        self.show_message(all_texts.safekeeping.MAKING)
        self.serve(work, self._copy_made)

    def _copy_made(self, copy: "CopyRow | None") -> None:
        if copy is None:
            return
        self._told_failure = ""
        words = all_texts.safekeeping
        self.show_message(words.MADE.format(path=copy.path, size=words.size(copy.size)))
        self._tell_doubt(copy)

    def _copy_of_the_day_made(self, copy: "CopyRow | None") -> None:
        if copy:
            self._told_failure = ""
            self._tell_doubt(copy)

    def _tell_doubt(self, copy: "CopyRow") -> None:
        if copy.problem:
            self.show_message(all_texts.refusals.sentence(copy.problem, {}), warning=True)

    def _copy_failed(self, refusal: "Refusal") -> None:
        """Show the failure, once for each reason."""
        if refusal.code != self._told_failure:
            self._told_failure = refusal.code
            self.show_refusal(refusal)

    def _pause_copy(self) -> None:
        """Called in a thread, between two steps of a copy.

        Raises:
            Stopped: The window is being closed.
        """
        if self.closing.wait(_PAUSE_S):
            raise services.safekeeping.Stopped


def _folder() -> Path | None:
    return services.safekeeping.copies_folder(paths.settings_file())
