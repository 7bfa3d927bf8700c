"""Fields of a process on the screen: their widgets, labels and errors."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from atendimento_tui.domain.process.values import kind_of, options_of
from atendimento_tui.screens.lookup import AskingInput, ProcedureInput, ProtocolInput
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.many_lines import ManyLines
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import FieldRule

Field: TypeAlias = Input | ManyLines | OneOf


def field_of(rule: "FieldRule", value: str, name: str) -> Field:
    """The widget of a field.

    Args:
        rule: The field.
        value: Its initial text.
        name: The widget's id.
    """
    match kind_of(rule):
        case "texto_longo":
            return ManyLines(value, tab_behavior="focus", compact=True, id=name)
        case "escolha":
            return OneOf({option: option for option in options_of(rule)}, value, optional=True, id=name)
        case "sim_nao":
            return OneOf(texts.YES_NO, value, optional=True, id=name)
        case "procedimento":
            return ProcedureInput(value, placeholder=texts.PLACEHOLDERS["procedimento"], compact=True, id=name)
        case "protocolo":
            return ProtocolInput(value, placeholder=texts.PLACEHOLDERS["protocolo"], compact=True, id=name)
        case other:
            return LineInput(value, placeholder=texts.PLACEHOLDERS.get(other, ""), compact=True, id=name)


def label_of(rule: "FieldRule", *, required: bool) -> str:
    """The label of a field."""
    return texts.REQUIRED.format(label=rule.label) if required else rule.label


def value_of(field: Field) -> str:
    """The typed text, unchanged."""
    return field.value


def prepend_value(field: Field, value: str, initial: str) -> None:
    """Put a value into a field, before the text that was typed after its `initial` value."""
    now = value_of(field)
    typed = now.removeprefix(initial)
    match field:
        case OneOf():
            field.value = value if now == initial else now
        case ManyLines():
            field.value = value + typed
        case Input():
            field.value = value + typed
            field.cursor_position = len(field.value)


class UnaskedNotice(Static):
    """Shows how many typed answers will not be saved, because other answers make their fields hidden."""

    _count: int | None = None

    def show_count(self, count: int) -> None:
        """Show the number; nothing for 0."""
        if count == self._count:  # at each letter that is typed into the form
            return
        self._count = count
        self.update(texts.UNASKED_ONE if count == 1 else plain(texts.UNASKED.format(count=count)))
        self.display = bool(count)


FOCUSED, NOT_FOCUSED = "▸ ", "  "
"""Prefixes of the label of the field with the focus, and of others. Visible without colours too."""


def show_errors(rows: "Mapping[str, Row]", errors: Mapping[str, str]) -> bool:
    """Show errors below their fields, and focus the first field with an error.

    Args:
        rows: Key of a field -> its row.
        errors: Key of a field -> the sentence.

    Returns:
        Whether each error has a row.
    """
    for key, row in rows.items():
        row.show_error(errors.get(key, ""), scrolls=False)
    wrong = [row for key, row in rows.items() if key in errors]
    if wrong:
        wrong[0].field.focus()
        for row in reversed(wrong):  # the first is scrolled to last: it is in sight, and of the others what fits
            row.show_whole()
    return bool(errors) and errors.keys() <= rows.keys()


def show_focused(screen: Screen[Any]) -> None:
    """Scroll to the row with the focus; after a resize it may be out of sight."""
    if screen.focused is not None:
        for row in screen.focused.ancestors:
            if isinstance(row, Row):
                row.show_whole()


class Row(Vertical):
    """A question: label, field, help, error. The error is hidden when the field is changed."""

    class Corrected(Message):
        """A field that showed an error was changed."""

    def __init__(self, label: str, field: Widget, note: str = "", *, name: str | None = None) -> None:
        super().__init__(id=name)
        self.field = field
        self._label = label
        self._note = note

    def compose(self) -> ComposeResult:
        """The label beside or above the field; help and error below, if there are any."""
        with Horizontal(classes="question"):
            yield Static(plain(f"{NOT_FOCUSED}{self._label}"), classes="label")
            yield self.field
        if isinstance(self.field, AskingInput):
            yield self.field.below
        note = Static(plain(self._note, multiline=True), classes="note")
        note.display = bool(self._note)
        yield note
        problem = Static(classes="problem")
        problem.display = False
        yield problem

    @property
    def is_wrong(self) -> bool:
        """Whether an error is shown."""
        return any(each.display for each in self.query(".problem"))  # none while the row is being removed

    def show_error(self, problem: str, *, scrolls: bool = True) -> None:
        """Show an error; empty for none.

        Args:
            scrolls: Whether to scroll to it.
        """
        error = self.query_one(".problem", Static)
        if problem or error.display:
            error.update(plain(problem, multiline=True))
            error.display = bool(problem)
        if problem and scrolls:
            self.show_whole()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OneOf.Changed)
    def _changed(self) -> None:
        if self.is_wrong:
            self.show_error("")
            self.post_message(self.Corrected())

    def show_whole(self) -> None:
        """Scroll to the whole row, with label and error, after the next layout.

        At once then: a row that is in sight scrolls nothing, so it would not undo a scroll that still waits.
        """
        self.call_after_refresh(self.scroll_visible, animate=False, immediate=True)

    def on_descendant_focus(self) -> None:
        """Mark the label, and scroll to the whole row. Textual scrolls only to the field."""
        self.query_one(".label", Static).update(plain(f"{FOCUSED}{self._label}"), layout=False)
        if self.size:
            self.show_whole()

    def on_descendant_blur(self) -> None:
        """Remove the mark of the label."""
        self.query_one(".label", Static).update(plain(f"{NOT_FOCUSED}{self._label}"), layout=False)
