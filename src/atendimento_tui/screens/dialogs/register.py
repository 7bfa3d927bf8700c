"""Writing down a beneficiary who was not found."""

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
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.text import plain

Facts: TypeAlias = Mapping[str, str]
"""Item of a beneficiary -> what was typed."""

Register: TypeAlias = Callable[[Facts, Callable[[BeneficiaryRow], None], Callable[[Refusal], None]], None]
"""Sends the facts off: what to do when they are written, what to do when they are refused."""


class RegisterDialog(FormDialog[BeneficiaryRow | None]):
    """The items of a beneficiary. A refusal is told inside, and nothing typed goes away.

    Args:
        facts: What is known to begin with.
        typed: Is told all of it whenever something was typed.
        register: Sends it off.
    """

    AUTO_FOCUS = "LineInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        *own_bindings("dialogo.voltar", "dialogo.gravar"),
    ]

    def __init__(self, facts: Facts, typed: Callable[[Facts], None], register: Register) -> None:
        self._known = facts
        self._typed = typed
        self._add = register
        self._sending = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Each item beside its name."""
        with Vertical(classes="box"):
            yield Static(texts.REGISTER_TITLE, classes="title")
            for key, label in texts.REGISTER_FIELDS.items():
                value, placeholder = self._known.get(key, ""), texts.REGISTER_PLACEHOLDERS[key]
                yield Row(label, LineInput(value, placeholder=placeholder, compact=True, id=key), name=f"linha-{key}")
            yield Static(classes="refusal")
            yield Static(texts.REGISTER_HINT, classes="hint")

    def facts(self) -> dict[str, str]:
        """What was typed."""
        return {key: self.query_one(f"#{key}", LineInput).value for key in texts.REGISTER_FIELDS}

    def action_back(self) -> None:
        """Go back; but what was sent off is waited for, since it may be written already."""
        if not self._sending:
            self.dismiss(None)

    def action_save(self) -> None:
        """Send it off, once."""
        if not self._sending:
            self._sending = True
            self._add(self.facts(), self._written, self._refused)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._typed(self.facts())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """On to the next item; after the last one it is saved."""
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
        told = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
        all_told = show_errors(rows, told)
        said = texts.CHECK_FIELDS if all_told and len(told) > 1 else app.refusal_text(refusal)
        self.query_one(".refusal", Static).update(plain(said))


def taken_over(looked_for: str) -> dict[str, str]:
    """What somebody was looked for by, as the item that it is."""
    return {kind_of_number(looked_for) or "name": looked_for.strip()}
