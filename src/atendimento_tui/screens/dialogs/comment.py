"""Writing a comment."""

from textual.app import ComposeResult
from textual.widgets import Button

from atendimento_tui.screens.dialogs.write import TEXT, WriteDialog
from atendimento_tui.texts import ticket as texts
from atendimento_tui.widgets.many_lines import ManyLines


class CommentDialog(WriteDialog):
    """A comment of any number of lines."""

    AUTO_FOCUS = "TextArea"

    def title_text(self) -> str:
        """Which ticket it is about."""
        return texts.COMMENT_TITLE.format(protocol=self.protocol)

    def hint(self) -> str:
        """Enter makes a line here, so saving has a key of its own and a button."""
        return texts.COMMENT_HINT

    def field(self) -> ComposeResult:
        """The field, and a button that Tab reaches."""
        area = self.fields[TEXT] = ManyLines(self.draft(TEXT), tab_behavior="focus", compact=True)
        yield area
        yield Button(texts.SAVE, compact=True)

    def on_button_pressed(self) -> None:
        """Save."""
        self.action_save()
