"""Asking services: each works in a thread, and its answer comes back as a message."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message
from textual.worker import get_current_worker

from atendimento_tui.config import Settings
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.window.notices import Notices

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

ResultT = TypeVar("ResultT")


class Requests(Notices):
    """A window that asks services."""

    class Answer(Message):
        """A service has answered: `then` paints it."""

        def __init__(self, then: Callable[[], None]) -> None:
            super().__init__()
            self.then = then

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: Settings) -> None:
        super().__init__(database, actor, now, settings)
        self.own_requests: set[str] = set()
        """The acts that this window asked for: it shows what comes of them, and need not hear of them."""

    def serve(
        self,
        work: "Callable[[Desk, datetime], ResultT]",
        then: Callable[[ResultT], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Let a service work in a thread, and paint what it answers.

        Args:
            work: Calls the service; it gets the desk and the present instant, and touches no widget.
            then: Paints the answer.
            refused: Gets why there is none; by default a toast tells it.
        """
        desk, tell = self.desk, refused or self.show_refusal
        if desk is None:
            tell(Refusal("abrindo"))
            return

        def run() -> None:
            try:
                result = work(desk, self._now())
            except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
                refusal = self.reason_of_error(error)
                self.answer(lambda: tell(refusal))
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
        """Let the person at this window do an act; where nobody was chosen yet, ask first who it is.

        Whoever asks shows what the act did, and tells the other places of it (`Refresh.acted`).
        """
        if self.person is None:
            self.choose_person(
                lambda: self.perform(act, ticket, seen, request, then, refused),
                lambda: (refused or self.show_refusal)(Refusal("sem_pessoa")),
            )
            return
        actor = self.person.id
        self.own_requests.add(request)
        self.serve(lambda desk, now: act(desk, Order(ticket, actor, request, now, seen)), then, refused)

    def answer(self, then: Callable[[], None]) -> None:
        """In a thread: let the window do this in its own."""
        if not get_current_worker().is_cancelled:
            self.post_message(self.Answer(then))

    def on_requests_answer(self, message: Answer) -> None:
        """Paint."""
        message.then()
