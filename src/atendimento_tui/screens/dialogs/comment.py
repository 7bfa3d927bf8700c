"""The dialog of a comment."""

from textual.app import ComposeResult
from textual.widgets import Button

from atendimento_tui.screens.dialogs.write import TEXT, WriteDialog
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.many_lines import ManyLines


class CommentDialog(WriteDialog):
    """Asks for a comment of any number of lines."""

    AUTO_FOCUS = "TextArea"

    def title_text(self) -> str:
        """The ticket."""
        return texts.COMMENT_TITLE.format(protocol=self.protocol)

    def hint(self) -> str:
        """The keys. Enter begins a new line, so there is another key and a button to save."""
        return texts.COMMENT_HINT

    def field(self) -> ComposeResult:
        """The field and a button."""
        area = self.fields[TEXT] = ManyLines(self.draft(TEXT), tab_behavior="focus", compact=True)
        yield area
        yield Button(texts.SAVE, compact=True)

    def on_button_pressed(self) -> None:
        """Save."""
        self.action_save()
