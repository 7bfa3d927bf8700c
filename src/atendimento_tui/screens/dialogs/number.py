"""The dialog that asks for the number of a ticket in another system."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from atendimento_tui.screens.dialogs.write import TEXT, Send, WriteDialog
from atendimento_tui.texts import external as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.window.drafts import ActDraft


class NumberDialog(WriteDialog):
    """Asks for a number, in one line.

    Args:
        title: The system and the ticket.
    """

    AUTO_FOCUS = "Input"

    def __init__(self, title: str, protocol: str, send: Send, draft: ActDraft) -> None:
        self._title = title
        super().__init__(protocol, send, draft)

    def title_text(self) -> str:
        """The system and the ticket."""
        return self._title

    def hint(self) -> str:
        """The keys of the dialog."""
        return texts.ADD_HINT

    def field(self) -> ComposeResult:
        """The field."""
        number = self.fields[TEXT] = LineInput(self.draft(TEXT), placeholder=texts.ADD_FIELD, compact=True)
        yield number

    @on(Input.Submitted)
    def _typed(self) -> None:
        self.action_save()
