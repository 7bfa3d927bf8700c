"""Acts on the current ticket of a place, with a dialog or without."""

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
"""What a place shows of a ticket: the whole ticket or its row; None if it could not be read."""


class Acting(Place):
    """A place with a current ticket, on which acts are done."""

    def current_ticket(self) -> QueueRow | None:
        """The ticket on which keys act, if any."""
        raise NotImplementedError

    def _row(self) -> QueueRow:
        row = self.current_ticket()
        assert row, "why_not refuses acts on the current ticket if there is none"
        return row

    def _act(
        self,
        row: QueueRow,
        act: "Callable[[Desk, Order], ActDone]",
        message: str,
        then: Callable[[], None] = lambda: None,
        **facts: str,
    ) -> None:
        """Do an act without a dialog.

        Args:
            row: The ticket.
            act: Calls the service.
            message: The toast after the act.
            then: Called after the act.
            facts: Values of `message`.
        """

        def finish(shown: tuple[ActDone, Shown]) -> None:
            self._show_act(message, *shown, facts)
            then()

        self.desk_app.perform(self._and_read(act), row.key, row.version, uuid4().hex, finish)

    def _give_reason(
        self,
        what: str,
        title: str,
        act: "Callable[[Desk, Order, str], ActDone]",
        row: QueueRow,
        message: str,
        then: Callable[[], None] = lambda: None,
        aim: str = "",
        **facts: str,
    ) -> None:
        from atendimento_tui.screens.dialogs.reason import ReasonDialog

        self._write(what, partial(ReasonDialog, title), with_text_only(act), row, message, then, aim, **facts)

    def _write(
        self,
        what: str,
        dialog: "Callable[[str, Send, ActDraft], WriteDialog]",
        act: "Callable[[Desk, Order, Words], ActDone]",
        row: QueueRow,
        message: str,
        then: Callable[[], None] = lambda: None,
        aim: str = "",
        **facts: str,
    ) -> None:
        """Open a dialog and do the act with its input. The input is saved as a draft until the act is done.

        Args:
            what: The name of the act; with the ticket it identifies the draft.
            dialog: Creates the dialog.
            act: Calls the service.
            row: The ticket.
            message: The toast after the act.
            then: Called after the act.
            aim: The target of the act, if neither its name nor the input contains it.
            facts: Values of `message`.
        """
        draft = self.desk_app.draft_of(what, row.protocol)
        draft.change(replace(draft.now, aim=aim))

        seen = row.version

        def send(given: "Words", done: Callable[[ActDone], None], refused: Callable[[Refusal], None]) -> None:
            sent = draft.now

            def do(desk: "Desk", order: Order) -> ActDone:
                # Saved before it is sent: after a crash, its request id tells whether the act was done.
                with suppress(OSError):
                    draft.save()
                try:
                    return act(desk, order, given)
                except Refused as refusal:
                    if (
                        refusal.code == "mudou"
                    ):  # the refusal shows this version, so it is the one that the person has seen
                        nonlocal seen
                        seen = int(str(refusal.values["version"]))
                    raise

            def finish(shown: tuple[ActDone, Shown]) -> None:
                done(shown[0])
                draft.written(sent)
                self._show_act(message, *shown, facts)
                then()

            self.desk_app.perform(self._and_read(do), row.key, seen, sent.request, finish, refused)

        protocol = formats.protocol_groups(row.protocol)
        self.app.push_screen(dialog(protocol, send, draft), lambda _: draft.closed())

    def _and_read(self, act: "Callable[[Desk, Order], ActDone]") -> "Callable[[Desk, Order], tuple[ActDone, Shown]]":
        """The act, followed by reading the ticket. The second result is None if the reading fails."""
        reading = self.reading_after()

        def do(desk: "Desk", order: Order) -> tuple[ActDone, Shown]:
            done, shown = act(desk, order), None
            with suppress(Exception):  # the act is done and must not be shown as refused
                shown = reading(desk, done, order.now)
            return done, shown

        return do

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """A function that reads what this place shows of a ticket after an act."""
        raise NotImplementedError

    def _show_act(self, message: str, done: ActDone, shown: Shown, facts: dict[str, Any]) -> None:
        """Show the toast of an act of this window, and the ticket after it."""
        self.desk_app.show_message(message.format(protocol=formats.protocol_groups(done.protocol), **facts))
        if shown:
            self.take(shown)
        else:
            self.desk_changed()
        self.desk_app.acted(done.ticket, shown_by=self)

    def take(self, shown: TicketView | QueueRow) -> None:
        """Show a ticket that was read with an act of this window."""
        raise NotImplementedError


def with_text_only(act: "Callable[[Desk, Order, str], ActDone]") -> "Callable[[Desk, Order, Words], ActDone]":
    """Adapt an act that takes one text to the values of a dialog."""
    return lambda desk, order, given: act(desk, order, *given.values())
