"""How an act is done from a place: with words or without, kept until it is written, and told."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.screens.base import Place
from atendimento_tui.texts import formats

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs.write import Send, Words, WriteDialog
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.window.drafts import DraftSession


class Acting(Place):
    """A place where acts are done on a ticket in hand."""

    def ticket_in_hand(self) -> QueueRow | None:
        """The ticket that keys act on."""
        raise NotImplementedError

    def _row(self) -> QueueRow:
        row = self.ticket_in_hand()
        assert row, "why_not refuses acts on the ticket in hand when there is none"
        return row

    def _act(
        self,
        row: QueueRow,
        act: "Callable[[Desk, Order], ActDone]",
        said: str,
        then: Callable[[], None] = lambda: None,
        **facts: str,
    ) -> None:
        """Do an act that needs no words."""

        def finish(done: ActDone) -> None:
            self._tell(said, done, facts)
            then()

        self.desk_app.perform(act, row.key, row.version, uuid4().hex, finish)

    def _give_reason(
        self,
        what: str,
        title: str,
        act: "Callable[[Desk, Order, str], ActDone]",
        row: QueueRow,
        said: str,
        then: Callable[[], None] = lambda: None,
        aim: str = "",
        **facts: str,
    ) -> None:
        from atendimento_tui.screens.dialogs.reason import ReasonDialog

        self._write(what, partial(ReasonDialog, title), own_words(act), row, said, then, aim, **facts)

    def _write(
        self,
        what: str,
        dialog: "Callable[[str, Send, DraftSession], WriteDialog]",
        act: "Callable[[Desk, Order, Words], ActDone]",
        row: QueueRow,
        said: str,
        then: Callable[[], None] = lambda: None,
        aim: str = "",
        **facts: str,
    ) -> None:
        """Ask for words and do the act with them; they are kept until the act is written.

        Args:
            what: The act's word: what was typed for it is known by it.
            dialog: Makes the dialog.
            act: Calls the service.
            row: The ticket.
            said: What is told when it is written.
            then: What is done when it is written.
            aim: What the act is aimed at, where neither its word nor its words tell.
            facts: What `said` tells.
        """
        kept = self.desk_app.draft_of(what, row.protocol)
        kept.aim(aim)

        seen = row.version

        def send(given: "Words", done: Callable[[ActDone], None], refused: Callable[[Refusal], None]) -> None:
            sent = kept.now

            def do(desk: "Desk", order: Order) -> ActDone:
                # On the disk first, just as it is sent: after a crash it is known by its words as written or not.
                with suppress(OSError):
                    kept.keep()
                try:
                    return act(desk, order, given)
                except Refused as refusal:
                    if refusal.code == "mudou":  # told now: the person has seen so much, and nothing that came later
                        nonlocal seen
                        seen = int(str(refusal.values["version"]))
                    raise

            def finish(result: ActDone) -> None:
                done(result)
                kept.written(sent)
                self._tell(said, result, facts)
                then()

            self.desk_app.perform(do, row.key, seen, sent.request, finish, refused)

        protocol = formats.protocol_groups(row.protocol)
        self.app.push_screen(dialog(protocol, send, kept), lambda _: kept.closed())

    def _tell(self, said: str, done: ActDone, facts: dict[str, Any]) -> None:
        self.desk_app.say(said.format(protocol=formats.protocol_groups(done.protocol), **facts))
        for place in self.desk_app.places:
            place.desk_changed()


def own_words(act: "Callable[[Desk, Order, str], ActDone]") -> "Callable[[Desk, Order, Words], ActDone]":
    """An act whose only words are one's own."""
    return lambda desk, order, given: act(desk, order, *given.values())
