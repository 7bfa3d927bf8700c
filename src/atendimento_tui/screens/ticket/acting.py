"""How an act is done from a place: with words or without, kept until it is written, and told."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import uuid4

from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import ActDone, Order, TicketView
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.screens.base import Place
from atendimento_tui.texts import formats

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs.write import Send, Words, WriteDialog
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.window.drafts import ActDraft


Shown: TypeAlias = TicketView | QueueRow | None
"""What a place shows of a ticket: all of it, or its row."""


class Acting(Place):
    """A place where acts are done on a ticket in hand."""

    def current_ticket(self) -> QueueRow | None:
        """The ticket that keys act on."""
        raise NotImplementedError

    def _row(self) -> QueueRow:
        row = self.current_ticket()
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

        def finish(shown: tuple[ActDone, Shown]) -> None:
            self._show_act(said, *shown, facts)
            then()

        self.desk_app.perform(self._and_read(act), row.key, row.version, uuid4().hex, finish)

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

        self._write(what, partial(ReasonDialog, title), with_text_only(act), row, said, then, aim, **facts)

    def _write(
        self,
        what: str,
        dialog: "Callable[[str, Send, ActDraft], WriteDialog]",
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
        draft = self.desk_app.draft_of(what, row.protocol)
        draft.change(replace(draft.now, aim=aim))

        seen = row.version

        def send(given: "Words", done: Callable[[ActDone], None], refused: Callable[[Refusal], None]) -> None:
            sent = draft.now

            def do(desk: "Desk", order: Order) -> ActDone:
                # On the disk first, just as it is sent: after a crash it is known by its words as written or not.
                with suppress(OSError):
                    draft.save()
                try:
                    return act(desk, order, given)
                except Refused as refusal:
                    if refusal.code == "mudou":  # told now: the person has seen so much, and nothing that came later
                        nonlocal seen
                        seen = int(str(refusal.values["version"]))
                    raise

            def finish(shown: tuple[ActDone, Shown]) -> None:
                done(shown[0])
                draft.written(sent)
                self._show_act(said, *shown, facts)
                then()

            self.desk_app.perform(self._and_read(do), row.key, seen, sent.request, finish, refused)

        protocol = formats.protocol_groups(row.protocol)
        self.app.push_screen(dialog(protocol, send, draft), lambda _: draft.closed())

    def _and_read(self, act: "Callable[[Desk, Order], ActDone]") -> "Callable[[Desk, Order], tuple[ActDone, Shown]]":
        """The act, and then what this place shows of the ticket; None where it is written and cannot be read now."""
        reading = self.reading_after()

        def do(desk: "Desk", order: Order) -> tuple[ActDone, Shown]:
            done, shown = act(desk, order), None
            with suppress(Exception):  # it is written: nobody may hear that it was refused
                shown = reading(desk, done, order.now)
            return done, shown

        return do

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """Reads what this place shows of a ticket that the person here has just acted on."""
        raise NotImplementedError

    def _show_act(self, said: str, done: ActDone, shown: Shown, facts: dict[str, Any]) -> None:
        """Tell an act of one's own and show the ticket as it is now."""
        self.desk_app.show_message(said.format(protocol=formats.protocol_groups(done.protocol), **facts))
        if shown:
            self.take(shown)
        else:
            self.desk_changed()
        self.desk_app.acted(done.ticket, shown_by=self)

    def take(self, shown: TicketView | QueueRow) -> None:
        """Show a ticket as an act of one's own has left it, without asking for it anew."""
        raise NotImplementedError


def with_text_only(act: "Callable[[Desk, Order, str], ActDone]") -> "Callable[[Desk, Order, Words], ActDone]":
    """An act whose only words are one's own."""
    return lambda desk, order, given: act(desk, order, *given.values())
