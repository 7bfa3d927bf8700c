"""The base class of dialogs with fields; F1 shows how a form is filled in."""

from typing import ClassVar, Generic, TypeVar

from textual.binding import BindingType

from atendimento_tui.screens.dialogs.help import form_help
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog

ResultT = TypeVar("ResultT")


class FormDialog(Dialog[ResultT], Generic[ResultT]):
    """A dialog with fields."""

    BINDINGS: ClassVar[list[BindingType]] = own_bindings("dialogo.ajuda")

    def action_help(self) -> None:
        """Show the keys of forms."""
        self.app.push_screen(form_help())
