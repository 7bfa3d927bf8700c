"""Writing a comment."""

from textual._types import WatchCallbackType
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.widgets import Button, TextArea

from atendimento_tui.screens.dialogs.write import WriteDialog
from atendimento_tui.texts import screen as texts


class _Words(TextArea):
    """Where the comment is typed."""

    def watch(self, obj: DOMNode, attribute_name: str, callback: WatchCallbackType, init: bool = True) -> None:
        """Watch nothing of the application: until its theme changes, it would keep every one of these."""
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)


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
        yield _Words(self.draft, tab_behavior="focus", compact=True)
        yield Button(texts.SAVE, compact=True)

    def on_mount(self) -> None:
        """Go on where the draft ends."""
        field = self.query_one(TextArea)
        field.move_cursor(field.document.end)

    def words(self) -> str:
        """What was typed."""
        return self.query_one(TextArea).text

    def on_button_pressed(self) -> None:
        """Save."""
        self.action_save()
