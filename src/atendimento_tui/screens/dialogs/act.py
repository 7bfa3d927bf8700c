"""Doing an action of a process: the fields that it asks for, words of one's own, or only a confirmation."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from atendimento_tui.results import ActionView
from atendimento_tui.screens.dialogs.write import Send, WriteDialog
from atendimento_tui.texts import intake as form_texts
from atendimento_tui.texts import screen as texts
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.domain.process import FieldRule

Given: TypeAlias = Mapping[str, str]
"""Key of a field -> what was typed; the words of one's own stand under `TEXT`."""

TEXT = ""

_ID = "resposta-"


class ActDialog(WriteDialog[Given]):
    """What the action asks for, each field by its type. A refusal is told inside, and nothing typed goes away.

    Args:
        action: The action.
    """

    AUTO_FOCUS = ".answer"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "save", show=False)]

    def __init__(
        self,
        action: ActionView,
        protocol: str,
        seen: int,
        send: Send[Given],
        latest: Callable[[], int],
        draft: Given,
    ) -> None:
        self._action = action
        super().__init__(protocol, seen, send, latest, draft)

    def title_text(self) -> str:
        """Which action, on which ticket."""
        return texts.ACT_TITLE.format(action=self._action.label, protocol=self.protocol)

    def hint(self) -> str:
        """Which keys do what."""
        if not self._action.asks and self._action.text != "obrigatorio":
            return texts.ACT_CONFIRM if self._action.text == "nenhum" else texts.ACT_HINT_LINE
        return texts.ACT_HINT

    def field(self) -> ComposeResult:
        """Each field under its name."""
        with VerticalScroll(classes="fields", can_focus=False):
            for rule in self._action.asks:
                yield from self._asked(rule)
            if self._action.text != "nenhum":
                yield from self._own_words()

    def words(self) -> Given:
        """What was typed."""
        return {(widget.id or "").removeprefix(_ID): _value(widget) for widget in self.query(".answer")}

    def _asked(self, rule: "FieldRule") -> Iterator[Widget]:
        named = texts.ACT_REQUIRED if rule.required or rule.key in self._action.must else "{label}"
        yield Static(plain(named.format(label=rule.label)), classes="label")
        if rule.help:
            yield Static(plain(rule.help), classes="hint-of-field")
        value = self.draft.get(rule.key, self._action.given.get(rule.key, ""))
        if rule.type == "texto_longo":
            yield TextArea(value, tab_behavior="focus", compact=True, id=_id(rule.key), classes="answer")
        elif rule.type in ("escolha", "sim_nao"):
            options = {option: option for option in rule.options} or form_texts.YES_NO
            choice = OneOf(options, value, optional=not rule.required, id=_id(rule.key))
            choice.add_class("answer")
            yield choice
        else:
            placeholder = form_texts.PLACEHOLDERS.get(rule.type, "")
            yield Input(value, placeholder=placeholder, compact=True, id=_id(rule.key), classes="answer")

    def _own_words(self) -> Iterator[Widget]:
        text = self.draft.get(TEXT, "")
        if self._action.text == "obrigatorio":
            yield Static(plain(texts.ACT_TEXT), classes="label")
            yield TextArea(text, tab_behavior="focus", compact=True, id=_id(TEXT), classes="answer")
        else:
            yield Input(text, placeholder=texts.ACT_TEXT_OPTIONAL, compact=True, id=_id(TEXT), classes="answer")

    @on(Input.Submitted)
    @on(OneOf.Submitted)
    def _entered(self) -> None:
        """On to the next field; after the last one it is saved."""
        answers = list(self.query(".answer"))
        if self.focused in answers and self.focused is not answers[-1]:
            answers[answers.index(self.focused) + 1].focus()
        else:
            self.action_save()


def _id(key: str) -> str:
    return f"{_ID}{key}"


def _value(widget: Widget) -> str:
    match widget:
        case TextArea():
            return widget.text
        case Input() | OneOf():
            return widget.value
        case _:
            raise TypeError(widget)
