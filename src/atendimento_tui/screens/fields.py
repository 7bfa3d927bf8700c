"""A field of a process on the screen: which widget asks for it, and what stands in the widget."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.many_lines import ManyLines
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import FieldRule

Field: TypeAlias = Input | ManyLines | OneOf


def field_of(rule: "FieldRule", value: str, name: str) -> Field:
    """The widget that asks for a field.

    Args:
        rule: The field.
        value: What stands in it.
        name: The widget's id.
    """
    match rule.type:
        case "texto_longo":
            return ManyLines(value, tab_behavior="focus", compact=True, id=name)
        case "escolha":
            return OneOf({option: option for option in rule.options}, value, optional=True, id=name)
        case "sim_nao":
            return OneOf(texts.YES_NO, value, optional=True, id=name)
        case other:
            return LineInput(value, placeholder=texts.PLACEHOLDERS.get(other, ""), compact=True, id=name)


def label_of(rule: "FieldRule", *, required: bool) -> str:
    """The name that it is asked under."""
    return texts.REQUIRED.format(label=rule.label) if required else rule.label


def value_of(field: Field) -> str:
    """What stands in it, byte by byte as it was typed."""
    return field.value


def prepend_value(field: Field, value: str, initial: str) -> None:
    """Let a value stand in a field, before what was typed into it since it said only `initial`."""
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
    """Tells that answers were typed which will not be written, because they are not asked for with the others."""

    def show_count(self, count: int) -> None:
        """Say how many, or nothing."""
        self.update(texts.UNASKED_ONE if count == 1 else plain(texts.UNASKED.format(count=count)))
        self.display = bool(count)


HERE, ELSEWHERE = "▸ ", "  "
"""What stands before the label of the field that has the focus, and of the others: seen without colour too."""


def show_errors(rows: "Mapping[str, Row]", told: Mapping[str, str]) -> bool:
    """Say beside each field what is wrong with its answer, and go to the first of them.

    Args:
        rows: By key of the field.
        told: Key of the field -> the sentence.

    Returns:
        Whether all of it stands beside a field.
    """
    for key, row in rows.items():
        row.show_error(told.get(key, ""))
    wrong = [row for key, row in rows.items() if key in told]
    if wrong:
        wrong[0].field.focus()
    return bool(told) and told.keys() <= rows.keys()


class Row(Vertical):
    """One question: its label, its field, and what is wrong with the answer."""

    def __init__(self, label: str, field: Widget, note: str = "", *, name: str | None = None) -> None:
        super().__init__(id=name)
        self.field = field
        self._label = label
        self._note = note

    def compose(self) -> ComposeResult:
        """Label beside or above the field, and two lines below that are there when they say something."""
        with Horizontal(classes="question"):
            yield Static(plain(f"{ELSEWHERE}{self._label}"), classes="label")
            yield self.field
        note = Static(plain(self._note), classes="note")
        note.display = bool(self._note)
        yield note
        problem = Static(classes="problem")
        problem.display = False
        yield problem

    def show_error(self, problem: str) -> None:
        """Say what is wrong, or nothing."""
        told = self.query_one(".problem", Static)
        told.update(plain(problem))
        told.display = bool(problem)
        if problem:
            self.show_whole()

    def show_whole(self) -> None:
        """Scroll so that label and problem are seen with the field, once what was said has its place."""
        self.call_after_refresh(self.scroll_visible, animate=False)

    def on_descendant_focus(self) -> None:
        """Mark the label; by itself only the field would be scrolled to, and its label stay above."""
        self.query_one(".label", Static).update(plain(f"{HERE}{self._label}"))
        if self.size:
            self.show_whole()

    def on_descendant_blur(self) -> None:
        """The focus is elsewhere."""
        self.query_one(".label", Static).update(plain(f"{ELSEWHERE}{self._label}"))
