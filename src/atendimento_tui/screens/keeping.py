"""A place of something that is no ticket (people, calendars): it is read as a whole, and again after each act."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from atendimento_tui import services
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.base import Place
from atendimento_tui.texts import people as texts
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.screens.dialogs.keep import Item
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

ResultT = TypeVar("ResultT")
ShownT = TypeVar("ShownT")

_CHANGED_MEANWHILE = frozenset(("cadastro_mudou", "ajuste_mudou"))
"""Refusals of a change of what somebody else has changed since it was read."""


class Keeping(Place):
    """A place that reads what it shows as a whole, in `desk_changed`; its acts change something that is no ticket.

    Args:
        now: Returns the current instant.

    Attributes:
        added: Key of the row that was added and gets the cursor when it is read.
    """

    added: int | None = None

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now

    def built(self) -> None:
        """Paint the frame, and read what is shown if the desk is open."""
        self.tick(self._now())
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def desk_opened(self, desk_info: "DeskInfo") -> None:
        """Read what is shown."""
        super().desk_opened(desk_info)
        self.desk_changed()

    def keep(
        self,
        title: str,
        items: "Mapping[str, Item]",
        work: "Callable[[Desk, datetime, Words, str], ResultT]",
        then: Callable[[ResultT], None],
        *,
        draft: tuple[str, str],
        above: Sequence[str] = (),
        again: "Callable[[Callable[[Mapping[str, Item]], None], Callable[[Refusal], None]], None] | None" = None,
    ) -> None:
        """Open a dialog and send what it holds. The input is a draft until it is written.

        Args:
            work: Calls the service with the input and the id of the request.
            then: Called with the result.
            draft: Identifies the draft: the act and its object.
            again: Reads what somebody else has changed meanwhile. Arguments: a function for the present fields; a
                function for a refusal.
        """
        kept = self.desk_app.draft_of(*draft)

        def send(given: "Words", done: Callable[[object], None], refused: Callable[[Refusal], None]) -> None:
            sent = kept.now

            def finish(result: ResultT) -> None:
                done(result)
                kept.written(sent)
                then(result)

            def refuse(refusal: Refusal) -> None:
                def show(present: "Mapping[str, Item]") -> None:
                    dialog.show_present(present)
                    refused(refusal)

                if again and refusal.code in _CHANGED_MEANWHILE:
                    again(show, refused)
                else:
                    refused(refusal)

            request = services.drafts.request_of(sent)
            self.desk_app.serve(lambda desk, now: work(desk, now, given, request), finish, refuse)

        dialog = dialogs.keep.KeepDialog(title, items, send, kept, [plain(line) for line in above])
        self.app.push_screen(dialog, lambda _: kept.closed())

    def edit(
        self,
        title: str,
        shown: ShownT,
        items: "Callable[[ShownT], Mapping[str, Item]]",
        read: "Callable[[Desk, datetime], ShownT]",
        work: "Callable[[Desk, datetime, Words, ShownT], ResultT]",
        then: Callable[[ResultT], None],
        *,
        draft: tuple[str, str],
        above: Sequence[str] = (),
    ) -> None:
        """As `keep`, of what others may change meanwhile: the dialog tells it once, and goes on with what is present.

        Args:
            shown: What is changed, as it was read.
            items: Its fields.
            read: Reads it again.
            work: Calls the service with the input and what the fields are of.
        """
        seen = shown

        def again(show: "Callable[[Mapping[str, Item]], None]", refused: Callable[[Refusal], None]) -> None:
            def take(present: ShownT) -> None:
                nonlocal seen
                seen = present
                show(items(present))

            self.desk_app.serve(read, take, refused)

        self.keep(
            title,
            items(shown),
            lambda desk, now, given, _: work(desk, now, given, seen),
            then,
            draft=draft,
            above=above,
            again=again,
        )

    def choose(
        self,
        title: str,
        choices: "Sequence[dialogs.choose.Choice[ResultT]]",
        then: Callable[[ResultT], None],
        placeholder: str = texts.CHOOSE,
    ) -> None:
        """Let the person choose; `then` is called with the choice, if one was made."""

        def chosen(value: ResultT | None) -> None:
            if value is not None:
                then(value)

        self.app.push_screen(dialogs.choose.ChooseDialog(title, choices, placeholder), chosen)

    def confirm(self, question: str, answer: str, then: Callable[[], None]) -> None:
        """Ask before something is done."""
        yes, no = dialogs.choose.Choice(True, answer), dialogs.choose.Choice(False, texts.NO)
        self.choose(question, [no, yes], lambda sure: then() if sure else None, texts.CHOOSE_ANSWER)

    def changed(self, message: str) -> None:
        """Show the message of an act, and read the place again."""
        self.desk_app.show_message(message)
        self.desk_changed()
