"""The dialog of an action of a process: its fields, a text, or only a confirmation."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, TextArea

from atendimento_tui import domain
from atendimento_tui.contracts.tickets import ActionView
from atendimento_tui.domain.process.fields import asked_fields, values_for_conditions
from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.domain.process.values import for_editing
from atendimento_tui.screens.dialogs.write import TEXT, Send, Words, WriteDialog
from atendimento_tui.screens.fields import Field, Row, UnaskedNotice, field_of, label_of, value_of
from atendimento_tui.screens.lookup import ProcedureInput, propose
from atendimento_tui.texts import documents as document_texts
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.many_lines import ManyLines
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.window.drafts import ActDraft

if TYPE_CHECKING:
    from atendimento_tui.contracts.documents import DocumentView


class ActDialog(WriteDialog):
    """Asks for the fields of an action. A refusal is shown in the dialog, and the input stays.

    Args:
        action: The action.
    """

    TEXT_LABEL: ClassVar[str] = texts.ACT_TEXT
    """The label of the text, if it is required."""

    AUTO_FOCUS = ".asked"
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("acao.confirmar")

    def __init__(
        self,
        action: ActionView,
        protocol: str,
        send: Send,
        draft: ActDraft,
    ) -> None:
        self._action = action
        self._rows: dict[str, Row] = {}
        self._proposed: dict[str, str] = {}
        self._text_rows: dict[str, Row] = {}
        self._unasked = UnaskedNotice()
        super().__init__(protocol, send, draft)

    def title_text(self) -> str:
        """The action and the ticket."""
        return texts.ACT_TITLE.format(action=self._action.label, protocol=self.protocol)

    def hint(self) -> str:
        """The keys of the dialog."""
        if not self._action.asks and self._action.text != "obrigatorio":
            return texts.ACT_CONFIRM if self._action.text == "nenhum" else texts.ACT_HINT_LINE
        return texts.ACT_HINT

    def field(self) -> ComposeResult:
        """All fields with their labels. Fields that the answers make unnecessary are hidden."""
        with VerticalScroll(classes="fields", can_focus=False):
            for rule in self._action.asks:
                yield self._row(rule)
            if self._action.text != "nenhum":
                yield self._text_field()
            yield self._unasked
        self._show_asked_fields()

    def initial(self, key: str) -> str:
        """The stored answer, in the form in which people type it."""
        rule = next((rule for rule in self._action.asks if rule.key == key), None)
        return for_editing(rule, self._action.given.get(key, "")) if rule else ""

    def rows(self) -> Mapping[str, Row]:
        """The rows of the visible fields and of the text."""
        return {**{key: row for key, row in self._rows.items() if row.display}, **self._text_rows}

    def given(self) -> Words:
        """The input of the visible fields."""
        return {key: value_of(field) for key, field in self._asked_fields().items()}

    def _row(self, rule: "FieldRule") -> Row:
        field = self.fields[rule.key] = field_of(rule, self.draft(rule.key), f"resposta-{rule.key}")
        label = label_of(rule, required=rule.required or rule.key in self._action.must)
        row = self._rows[rule.key] = Row(label, field, self._action.notes.get(rule.key) or rule.help)
        return row

    def _text_field(self) -> Widget:
        text = self.draft(TEXT)
        if self._action.text == "obrigatorio":
            area = self.fields[TEXT] = ManyLines(text, tab_behavior="focus", compact=True, classes="asked")
            self._text_rows[TEXT] = Row(self.TEXT_LABEL, area)
            return self._text_rows[TEXT]
        line = self.fields[TEXT] = LineInput(text, compact=True, classes="asked")
        return Row(texts.ACT_TEXT_OPTIONAL, line)

    def _asked_fields(self) -> dict[str, Field]:
        return {key: field for key, field in self.fields.items() if key not in self._rows or self._rows[key].display}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OneOf.Changed)
    def _show_asked_fields(self) -> None:
        keys = self._asked()
        for key, row in self._rows.items():
            row.display = key in keys
            row.field.set_class(key in keys, "asked")
        hidden = [rule for rule in self._action.asks if rule.key not in keys]
        typed = [rule for rule in hidden if value_of(self.fields[rule.key]) not in ("", self.initial(rule.key))]
        self._unasked.show_count(len(typed))

    @on(ProcedureInput.Known)
    def _propose(self, event: ProcedureInput.Known) -> None:
        """Propose what the table says of the code; the person decides."""
        event.stop()
        procedure = event.known.procedure if event.known else None
        source = (event.field.id or "").removeprefix("resposta-")
        found = domain.process.facts.proposals(self._action.fields, source, procedure, self._rows)
        propose(found, self._proposed, self.fields)

    def _asked(self) -> list[str]:
        """Keys of the fields that must be visible with the current input."""
        action = self._action
        typed = {rule.key: value_of(self.fields[rule.key]) for rule in action.asks}
        values = values_for_conditions(action.fields, typed, action.given)
        return [rule.key for rule in asked_fields(action.fields, typed, values)]

    @on(Input.Submitted)
    @on(OneOf.Submitted)
    def _entered(self) -> None:
        """Focus the next field; after the last one, save."""
        answers: list[Widget] = list(self._asked_fields().values())
        if self.focused in answers and self.focused is not answers[-1]:
            answers[answers.index(self.focused) + 1].focus()
        else:
            self.action_save()


class CorrectDialog(ActDialog):
    """Asks for the correct answer of one field and the reason."""

    TEXT_LABEL = texts.CORRECT_REASON

    def title_text(self) -> str:
        """The answer and the ticket."""
        return texts.CORRECT_TITLE.format(field=self._action.label, protocol=self.protocol)


class RefuseDialog(ActDialog):
    """Asks why a document is refused, who says so, and until when it may be corrected."""

    TEXT_LABEL = document_texts.REFUSE_REASON
    AUTO_FOCUS = "TextArea"

    def __init__(self, document: "DocumentView", title: str, protocol: str, send: Send, draft: ActDraft) -> None:
        self._title = title
        super().__init__(_refusal_of(document), protocol, send, draft)

    def title_text(self) -> str:
        """The document."""
        return self._title


def _refusal_of(document: "DocumentView") -> ActionView:
    """The refusal of a document, as an action with two optional fields and a reason."""
    rules = tuple(
        FieldRule.model_validate(
            {"chave": key, "rotulo": label, "tipo": kind, "ajuda": document_texts.REFUSE_HELP[key]}
        )
        for key, label, kind in (
            ("disse", document_texts.REFUSE_SAID, "texto"),
            ("ate", document_texts.REFUSE_DUE, "data"),
        )
    )
    return ActionView(document.key, document.name, None, None, rules, "obrigatorio", rules, {}, frozenset())
