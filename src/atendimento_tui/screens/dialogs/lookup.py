"""The dialog that looks a procedure up, from everywhere."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from atendimento_tui.screens.lookup import ProcedureInput
from atendimento_tui.texts import procedures as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog
from atendimento_tui.widgets.text import plain


class LookupDialog(Dialog[None]):
    """Finds a procedure by code or words, shows its flags, and copies its code.

    Args:
        is_empty: Whether the table has no procedure yet.
        copy: Copies a code.
    """

    AUTO_FOCUS = "ProcedureInput"
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("leitura.voltar")

    def __init__(self, copy: Callable[[str], None], *, is_empty: bool) -> None:
        self._copy = copy
        self._is_empty = is_empty
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, field, list, hint."""
        field = ProcedureInput(placeholder=texts.SEARCH_PLACEHOLDER, compact=True)
        with Vertical(classes="box wide"):
            yield Static(texts.TITLE, classes="title")
            yield field
            yield field.below
            yield Static(plain(texts.EMPTY_TABLE if self._is_empty else texts.BEGIN), classes="note")
            yield Static(plain(texts.LOOKUP_HINT), classes="hint")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Copy the code of the field, once it is one."""
        event.stop()
        if event.value.strip().isdigit():
            self._copy(event.value.strip())
            self.dismiss(None)
