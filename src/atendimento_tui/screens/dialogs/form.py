"""The base class of dialogs with fields; F1 shows how a form is filled in."""

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from atendimento_tui.screens.dialogs.help import part_help
from atendimento_tui.screens.fields import Row, show_focused
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog

ResultT = TypeVar("ResultT")


class FormDialog(Dialog[ResultT], Generic[ResultT]):
    """A dialog with fields."""

    BINDINGS: ClassVar[list[BindingType]] = own_bindings("dialogo.ajuda")

    def on_resize(self) -> None:
        """Keep the field with the focus in sight."""
        self.call_after_refresh(show_focused, self)

    @on(Row.Corrected)
    def _corrected(self) -> None:
        if not any(row.is_wrong for row in self.query(Row)):
            self.forget_refusal()

    def forget_refusal(self) -> None:
        """Remove the refusal: all of its errors were corrected."""
        self.query_one(".refusal", Static).update("")

    def action_help(self) -> None:
        """Show the keys of forms."""
        self.app.push_screen(part_help("formulario"))
