"""The worker of the outbox in a window: it delivers in a thread of its own, as long as the window is open."""

import logging
from typing import TYPE_CHECKING

from atendimento_tui import paths, services
from atendimento_tui import texts as all_texts
from atendimento_tui.contracts.changes import ANYTHING
from atendimento_tui.window.refresh import Refresh

if TYPE_CHECKING:
    from atendimento_tui.contracts.outbox import Sent

log = logging.getLogger(__name__)

DELIVER_EVERY_S = 20
"""Seconds between two looks into the outbox."""


class Delivery(Refresh):
    """A window that delivers. What stops all mail is told once, until something is sent again."""

    _delivering = False
    _told_problem = ""

    def begin_delivery(self) -> None:
        """Deliver from now on."""
        self.set_interval(DELIVER_EVERY_S, self.deliver)

    def deliver(self) -> None:
        """Deliver what is due, in a thread, one run at a time."""
        desk = self.desk
        if desk is None or self._delivering or not desk.unit.sends_mail:
            return
        self._delivering = True

        def run() -> None:
            try:
                sent = services.delivery.deliver(desk, _password, self._now, self.closing.is_set)
                self.answer(lambda: self._delivered(sent))
            except Exception as error:  # a refusal is not shown: the next run tries again
                if services.refusals.refusal_of(error) is None:
                    log.error("fault %s", type(error).__name__, exc_info=error)
            finally:
                self._delivering = False

        self.run_worker(run, thread=True, exit_on_error=False, name="delivery")

    def _delivered(self, sent: "Sent") -> None:
        if sent.problem and sent.problem != self._told_problem:
            self.show_message(all_texts.refusals.sentence(sent.problem, sent.values or {}), warning=True)
        if sent.problem or sent.sent:
            self._told_problem = sent.problem
        if sent.sent or sent.failed:  # a state of the outbox is no act, so no change of a ticket tells of it
            self._notify_places(ANYTHING)


def _password() -> str:
    return services.smtp.password(paths.smtp_password_file())
