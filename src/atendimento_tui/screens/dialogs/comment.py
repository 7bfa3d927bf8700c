"""Writing a comment."""

from textual.app import ComposeResult
from textual.widgets import Button, TextArea

from atendimento_tui.screens.dialogs.write import WriteDialog
from atendimento_tui.texts import screen as texts
from atendimento_tui.widgets.many_lines import ManyLines


class CommentDialog(WriteDialog[str]):
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
        yield ManyLines(self.draft, tab_behavior="focus", compact=True)
        yield Button(texts.SAVE, compact=True)

    def words(self) -> str:
        """What was typed."""
        return self.query_one(TextArea).text

    def on_button_pressed(self) -> None:
        """Save."""
        self.action_save()
