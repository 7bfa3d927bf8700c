"""A dialog that asks: F1 tells how it is filled."""

from typing import ClassVar, Generic, TypeVar

from textual.binding import BindingType

from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog

ResultT = TypeVar("ResultT")


class FormDialog(Dialog[ResultT], Generic[ResultT]):
    """Fields to fill."""

    BINDINGS: ClassVar[list[BindingType]] = own_bindings("dialogo.ajuda")

    def action_help(self) -> None:
        """How one goes from field to field, and how a choice is made."""
        from atendimento_tui.screens.dialogs.help import form_help

        self.app.push_screen(form_help())
