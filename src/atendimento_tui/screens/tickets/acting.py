"""Acts on the current ticket of a place, with a dialog or without."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from uuid import uuid4

from atendimento_tui import services
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.base import Place
from atendimento_tui.texts import formats

if TYPE_CHECKING:
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.contracts.tickets import ActDone, Order, TicketView
    from atendimento_tui.screens.dialogs.choose import Choice
    from atendimento_tui.screens.dialogs.write import Send, Words, WriteDialog
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.window.drafts import ActDraft


Shown: TypeAlias = "TicketView | QueueRow | None"
"""What a place shows of a ticket: the whole ticket or its row; None if it could not be read."""


NewDialog: TypeAlias = "Callable[[str, Send, ActDraft], WriteDialog]"
"""Creates the dialog of an act, given the formatted protocol, a function that does the act, and the draft."""

_Chosen = TypeVar("_Chosen")


@dataclass(frozen=True, slots=True)
class Target:
    """What an act needs besides the ticket and the typed text: a group, a severity, a document.

    Attributes:
        value: Passed to the service and to the dialog.
        facts: Values of the message and of the title.
        key: Distinguishes the drafts of acts of one verb on one ticket.
        aim: The target as the draft stores it, if targets of the verb share a draft.
    """

    value: Any = None
    facts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be done on a ticket.

    Attributes:
        do: Calls the service with the input of the dialog and the value of the target.
        message: The toast after the act. `{said}` is what the service says of it.
        dialog: Creates the dialog, given its title and the value of the target; None for an act without input.
        draft: The name of the act; with the ticket and the key of the target it identifies the draft.
        title: The title of the dialog, if that does not have its own.
        choose: Lets the person choose the target, and passes it on.
    """

    do: "Callable[[Desk, Order, Words, Any], ActDone]"
    message: str
    dialog: Callable[[str, Any], NewDialog] | None = None
    draft: str = ""
    title: str = ""
    choose: "Callable[[Acting, QueueRow, Callable[[Target], None]], None] | None" = None


class Acting(Place):
    """A place with a current ticket, on which acts are done."""

    def current_ticket(self) -> "QueueRow | None":
        """The ticket on which keys act, if any."""
        raise NotImplementedError

    def _row(self) -> "QueueRow":
        row = self.current_ticket()
        assert row, "why_not refuses acts on the current ticket if there is none"
        return row

    def choose(
        self, title: str, choices: "Sequence[Choice[_Chosen]]", placeholder: str, then: Callable[[_Chosen], None]
    ) -> None:
        """Let the person choose; `then` is called with the choice, if one was made."""

        def chosen(value: _Chosen | None) -> None:
            if value is not None:
                then(value)

        self.app.push_screen(dialogs.choose.ChooseDialog(title, choices, placeholder), chosen)

    def act(
        self, verb: Verb, row: "QueueRow", target: Target | None = None, then: Callable[[], None] = lambda: None
    ) -> None:
        """Do a verb. If it needs a target and none is passed, the person chooses it; then its dialog opens, if any.

        Args:
            verb: What to do.
            row: The ticket.
            target: The target.
            then: Called after the act.
        """
        if target is None and verb.choose:
            verb.choose(self, row, lambda chosen: self.act(verb, row, chosen, then))
        elif verb.dialog:
            self._write(verb, verb.dialog, row, target or Target(), then)
        else:
            self._do_at_once(verb, row, target or Target(), then)

    def _do_at_once(self, verb: Verb, row: "QueueRow", target: Target, then: Callable[[], None]) -> None:
        def do(desk: "Desk", order: "Order") -> "ActDone":
            return verb.do(desk, order, {}, target.value)

        def finish(shown: "tuple[ActDone, Shown]") -> None:
            self._show_act(verb.message, *shown, target.facts)
            then()

        self.desk_app.perform(self._and_read(do), row.key, row.version, uuid4().hex, finish)

    def _write(
        self,
        verb: Verb,
        dialog: Callable[[str, Any], NewDialog],
        row: "QueueRow",
        target: Target,
        then: Callable[[], None],
    ) -> None:
        """Open the dialog and do the act with its input. The input is saved as a draft until the act is done."""
        draft = self.desk_app.draft_of(f"{verb.draft}.{target.key}" if target.key else verb.draft, row.protocol)
        draft.change(replace(draft.now, aim=target.aim))

        seen = row.version

        def send(given: "Words", done: "Callable[[ActDone], None]", refused: Callable[[Refusal], None]) -> None:
            sent = draft.now

            def do(desk: "Desk", order: "Order") -> "ActDone":
                # Saved before it is sent: after a crash, its request id tells whether the act was done.
                with suppress(OSError):
                    draft.save()
                try:
                    return verb.do(desk, order, given, target.value)
                except Refused as refusal:
                    if refusal.code == "mudou":  # it shows this version, so it is the one that the person has seen
                        nonlocal seen
                        seen = int(str(refusal.values["version"]))
                    raise

            def finish(shown: "tuple[ActDone, Shown]") -> None:
                done(shown[0])
                draft.written(sent)
                self._show_act(verb.message, *shown, target.facts)
                then()

            self.desk_app.perform(self._and_read(do), row.key, seen, services.drafts.request_of(sent), finish, refused)

        protocol = formats.protocol_groups(row.protocol)
        new = dialog(verb.title.format(protocol=protocol, **target.facts), target.value)
        self.app.push_screen(new(protocol, send, draft), lambda _: draft.closed())

    def _and_read(self, act: "Callable[[Desk, Order], ActDone]") -> "Callable[[Desk, Order], tuple[ActDone, Shown]]":
        """The act, followed by reading the ticket. The second result is None if the reading fails."""
        reading = self.reading_after()

        def do(desk: "Desk", order: "Order") -> "tuple[ActDone, Shown]":
            done, shown = act(desk, order), None
            with suppress(Exception):  # the act is done and must not be shown as refused
                shown = reading(desk, done, order.now)
            return done, shown

        return do

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """A function that reads what this place shows of a ticket after an act."""
        raise NotImplementedError

    def _show_act(self, message: str, done: "ActDone", shown: Shown, facts: Mapping[str, str]) -> None:
        """Show the toast of an act of this window, and the ticket after it."""
        self.desk_app.show_message(
            message.format(protocol=formats.protocol_groups(done.protocol), said=done.said, **facts)
        )
        if shown:
            self.take(shown)
        else:
            self.desk_changed()
        self.desk_app.acted(done.ticket, shown_by=self)

    def take(self, shown: "TicketView | QueueRow") -> None:
        """Show a ticket that was read with an act of this window."""
        raise NotImplementedError
