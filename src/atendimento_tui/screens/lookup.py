"""Fields that ask the desk while one types: a procedure's code, the protocol of another ticket."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from atendimento_tui import outputs, services
from atendimento_tui.screens.base import desk_app
from atendimento_tui.texts import intake as intake_texts
from atendimento_tui.texts import procedures as texts
from atendimento_tui.texts.formats import protocol_digits, protocol_groups
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.contracts.procedures import FoundProcedure, KnownCode
    from atendimento_tui.contracts.tickets import NamedTicket
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.services.desk import Desk

    Answer = tuple[KnownCode | None, Sequence[FoundProcedure]]

AnswerT = TypeVar("AnswerT")

PROTOCOL_LENGTHS = (14, 20)
"""Digits of a protocol number, without and with the registration."""


class _Found(Options, can_focus=False):
    """The found procedures."""


class AskingInput(LineInput, Generic[AnswerT]):
    """A field that asks the desk about its text while it is typed. A subclass says what, and shows the answer.

    Attributes:
        below: The widget below the field that shows the answer; the screen puts it there.
    """

    below: Widget

    _asked_for: str | None = None
    """The text about which the desk is being asked."""

    def on_mount(self) -> None:
        """Ask about the initial text."""
        self._look()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._look()

    def ask(self, desk: "Desk", text: str, now: datetime) -> AnswerT:
        """Call the service."""
        raise NotImplementedError

    def show(self, text: str, answer: AnswerT | None) -> None:
        """Show the answer about the field's text; None if the text is empty."""
        raise NotImplementedError

    def _look(self) -> None:
        """Ask about the present text. While the desk answers, further letters wait for that answer."""
        text = self.value.strip()
        if self._asked_for is not None:
            return
        if not text:
            self.show("", None)
            return
        self._asked_for = text

        def read(desk: "Desk", now: datetime) -> AnswerT:
            return self.ask(desk, text, now)

        def answered(answer: AnswerT) -> None:
            self._asked_for = None
            if not self.is_attached:
                return
            if text == self.value.strip():
                self.show(text, answer)
            else:
                self._look()

        def refused(_refusal: "Refusal") -> None:
            self._asked_for = None  # the field takes the typed text as it is

        desk_app(self.screen).serve(read, answered, refused)


class ProcedureInput(AskingInput["Answer"]):
    """A field for a code. Words find codes while they are typed; a code shows its term, its flags and its warnings."""

    class Known(Message):
        """What the table says about the field's code has been read; None if it has no code."""

        def __init__(self, field: "ProcedureInput", known: "KnownCode | None") -> None:
            super().__init__()
            self.field, self.known = field, known

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    below: "Below"

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, **options)
        self.below = Below(self)
        self._found: Sequence[FoundProcedure] = ()

    @on(Input.Changed)
    def _forget(self) -> None:
        self._found = ()

    def ask(self, desk: "Desk", text: str, now: datetime) -> "Answer":
        """The code if it is one, else what the words find."""
        known = services.procedures.known_code(desk, text, now)
        return known, [] if known else services.procedures.find_procedures(desk, text, now)

    def show(self, text: str, answer: "Answer | None") -> None:
        """Show the code, or the list."""
        known, self._found = answer or (None, ())
        self.below.show(known, self._found, is_unknown=bool(text) and not known and not self._found)
        self.post_message(self.Known(self, known))

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.below.move(by)

    def key_escape(self, event: events.Key) -> None:
        """Hide the list; the text stays."""
        if self._found:
            event.stop()
            event.prevent_default()
            self._found = ()
            self.below.show(None, (), is_unknown=False)

    async def action_submit(self) -> None:
        """Take the procedure under the cursor of the list; without a list, go on."""
        chosen = self.below.chosen
        if self._found and chosen is not None:
            self.take(chosen)
        else:
            await super().action_submit()

    def take(self, place: int) -> None:
        """Put a found code into the field."""
        if place < len(self._found):
            self.value = self._found[place].procedure.code
            self.cursor_position = len(self.value)


class ProtocolInput(AskingInput["Sequence[NamedTicket]"]):
    """A field for the protocol of another ticket. It says which one it is, or that this desk has none."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, **options)
        self.below: Static = Static(classes="note")
        self.below.display = False

    def ask(self, desk: "Desk", text: str, now: datetime) -> "Sequence[NamedTicket]":
        """The ticket with this protocol."""
        del now
        return services.tickets.named_tickets(desk, text, "") if _is_whole(text) else ()

    def show(self, text: str, answer: "Sequence[NamedTicket] | None") -> None:
        """Show the ticket; of a whole number that no ticket has, a warning."""
        line = Content("")
        if answer:
            line = plain(
                intake_texts.NAMED.format(protocol=protocol_groups(answer[0].protocol), about=answer[0].subject)
            )
        elif _is_whole(text):
            line = plain(intake_texts.NAMED_UNKNOWN, "$text-warning")
        self.below.update(line)
        self.below.display = bool(line)


def _is_whole(text: str) -> bool:
    return len(protocol_digits(text)) in PROTOCOL_LENGTHS


class Below(Vertical):
    """The list and the notes of a field for a code."""

    DEFAULT_CSS = """
    Below { height: auto; display: none; }
    Below OptionList { height: auto; max-height: 7; }
    Below Static { height: auto; }
    """

    def __init__(self, field: ProcedureInput) -> None:
        super().__init__()
        self._field = field
        self._list = _Found(compact=True)
        self._note = Static()

    def compose(self) -> ComposeResult:
        """List and notes."""
        yield self._list
        yield self._note

    def show(self, known: "KnownCode | None", found: "Sequence[FoundProcedure]", *, is_unknown: bool) -> None:
        """Show the found procedures, or what is known about a code.

        Args:
            is_unknown: Whether words were typed that no procedure has.
        """
        self._list.clear_options()
        self._list.add_options([Option(plain(outputs.procedures.line(each))) for each in found])
        if found:
            self._list.highlighted = 0
        self._list.display = bool(found)
        warned, told = outputs.procedures.about(known) if known else ([], [])
        if is_unknown:
            told = [texts.FOUND_NONE]
        styled = [*((line, "$text-warning") for line in warned), *((line, "dim") for line in told)]
        self._note.update(Content("\n").join([plain(line, style) for line, style in styled]))
        self._note.display = bool(styled)
        self.display = bool(found or styled)

    @property
    def chosen(self) -> int | None:
        """The line under the cursor of the list."""
        return self._list.highlighted

    def move(self, by: int) -> None:
        """Move in the list."""
        if self._list.option_count:
            self._list.highlighted = ((self._list.highlighted or 0) + by) % self._list.option_count

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._field.take(event.option_index)


def propose(proposed: Mapping[str, str], before: dict[str, str], fields: Mapping[str, Any]) -> None:
    """Put proposed values into fields that nobody has answered; who has answered is never overruled.

    Args:
        proposed: Key of a field -> the proposed value; empty if the table does not know it.
        before: Key -> the value that was proposed before, which is changed to the present ones.
        fields: Key -> the field.
    """
    for key, value in proposed.items():
        now = fields[key].value
        if now in ("", before.get(key, "")) and now != value:
            fields[key].value = value
        before[key] = value
