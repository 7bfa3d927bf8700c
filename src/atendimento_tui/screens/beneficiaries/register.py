"""The dialog that registers a beneficiary."""

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.domain.identifiers import kind_of_number
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.dialogs.form import FormDialog
from atendimento_tui.screens.fields import Row, show_errors
from atendimento_tui.texts import beneficiaries as texts
from atendimento_tui.texts import window
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.text import plain

Facts: TypeAlias = Mapping[str, str]
"""Item of a beneficiary -> its input."""

Register: TypeAlias = Callable[[Facts, Callable[[BeneficiaryRow], None], Callable[[Refusal], None]], None]
"""Registers a beneficiary. Arguments: the facts; a function for the result; a function for a refusal."""


class RegisterDialog(FormDialog[BeneficiaryRow | None]):
    """Asks for the data of a beneficiary. A refusal is shown in the dialog, and the input stays.

    Args:
        facts: The initial values.
        typed: Called with all input after each change.
        register: Registers the beneficiary.
    """

    AUTO_FOCUS = "LineInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        *own_bindings("dialogo.voltar", "dialogo.gravar"),
    ]

    def __init__(self, facts: Facts, typed: Callable[[Facts], None], register: Register) -> None:
        self._known = facts
        self._typed = typed
        self._send = register
        self._sending = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, items, error, hint."""
        with Vertical(classes="box"):
            yield Static(texts.REGISTER_TITLE, classes="title")
            for key, label in texts.REGISTER_FIELDS.items():
                value, placeholder = self._known.get(key, ""), texts.REGISTER_PLACEHOLDERS[key]
                yield Row(label, LineInput(value, placeholder=placeholder, compact=True, id=key), name=f"linha-{key}")
            yield Static(classes="refusal")
            yield Static(texts.REGISTER_HINT, classes="hint")

    def facts(self) -> dict[str, str]:
        """The input."""
        return {key: self.query_one(f"#{key}", LineInput).value for key in texts.REGISTER_FIELDS}

    def action_back(self) -> None:
        """Close; not while the request is running, because it may be done already."""
        if not self._sending:
            self.dismiss(None)

    def action_save(self) -> None:
        """Register; once, while the request is running."""
        if not self._sending:
            self._sending = True
            self._send(self.facts(), self._written, self._refused)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._typed(self.facts())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Focus the next item; after the last one, save."""
        if event.input.id == list(texts.REGISTER_FIELDS)[-1]:
            self.action_save()
        else:
            self.focus_next()

    def _written(self, person: BeneficiaryRow) -> None:
        self.dismiss(person)

    def _refused(self, refusal: Refusal) -> None:
        self._sending = False
        app = desk_app(self)
        rows = {key: self.query_one(f"#linha-{key}", Row) for key in texts.REGISTER_FIELDS}
        errors = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
        all_shown = show_errors(rows, errors)
        text = window.CHECK_FIELDS if all_shown and len(errors) > 1 else app.refusal_text(refusal)
        self.query_one(".refusal", Static).update(plain(text))


def facts_from_search(text: str) -> dict[str, str]:
    """The text of a search as the item that it seems to be: a number of some kind, else the name."""
    return {kind_of_number(text) or "name": text.strip()}
