"""Calls of services: each runs in a thread, and its result comes back as a message."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message
from textual.worker import get_current_worker

from atendimento_tui import contracts
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.window.notices import Notices

if TYPE_CHECKING:
    from atendimento_tui.config import Settings
    from atendimento_tui.contracts.tickets import Order
    from atendimento_tui.services.desk import Desk

ResultT = TypeVar("ResultT")


class Requests(Notices):
    """A window that calls services."""

    class Answer(Message):
        """A result of a service; `then` shows it."""

        def __init__(self, then: Callable[[], None]) -> None:
            super().__init__()
            self.then = then

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: "Settings") -> None:
        super().__init__(database, actor, now, settings)
        self.own_requests: set[str] = set()
        """The request ids of this window's acts. It shows their results itself, so their changes need no refresh."""

    def serve(
        self,
        work: "Callable[[Desk, datetime], ResultT]",
        then: Callable[[ResultT], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Call a service in a thread, and show its result.

        Args:
            work: Calls the service with the desk and the current instant. Must not use widgets.
            then: Called with the result.
            refused: Called with the refusal if the service raised; by default it is shown as a toast.
        """
        desk, refuse = self.desk, refused or self.show_refusal
        if desk is None:
            refuse(Refusal("abrindo"))
            return

        def run() -> None:
            try:
                result = work(desk, self._now())
            except Exception as error:  # noqa: BLE001 - shown, or logged
                refusal = self.reason_of_error(error)
                self.answer(lambda: refuse(refusal))
            else:
                self.answer(lambda: then(result))

        self.run_worker(run, thread=True, exit_on_error=False)

    def perform(
        self,
        act: "Callable[[Desk, Order], ResultT]",
        ticket: int,
        seen: int,
        request: str,
        then: Callable[[ResultT], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Do an act of the person at this window; if nobody was chosen, ask first.

        The caller shows the result, and reports the act to the other places (`Refresh.acted`).

        Args:
            act: Calls the service.
            ticket: The ticket's id.
            seen: The version of the ticket that the person saw.
            request: The id of the request; the same id is the same act.
            then: Called with the result.
            refused: Called with the refusal; by default it is shown as a toast.
        """
        if self.person is None:
            self.choose_person(
                lambda: self.perform(act, ticket, seen, request, then, refused),
                lambda: (refused or self.show_refusal)(Refusal("sem_pessoa")),
            )
            return
        actor = self.person.id
        self.own_requests.add(request)
        self.serve(
            lambda desk, now: act(desk, contracts.tickets.Order(ticket, actor, request, now, seen)), then, refused
        )

    def answer(self, then: Callable[[], None]) -> None:
        """Called in a thread: run `then` in the thread of the event loop."""
        if not get_current_worker().is_cancelled:
            self.post_message(self.Answer(then))

    def on_requests_answer(self, message: Answer) -> None:
        """Show the result."""
        self.show_answer(message.then)

    def show_answer(self, then: Callable[[], None]) -> None:
        """Show a result."""
        then()
