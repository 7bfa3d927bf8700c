"""Saying why: handing over, another severity, a document refused."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Button, TextArea

from atendimento_tui.screens.dialogs.write import Send, WriteDialog
from atendimento_tui.texts import screen as texts


class ReasonDialog(WriteDialog[str]):
    """A reason of any number of lines.

    Args:
        title: What it is the reason of.
    """

    AUTO_FOCUS: ClassVar[str] = "TextArea"

    def __init__(
        self, title: str, protocol: str, seen: int, send: Send[str], latest: Callable[[], int], draft: str
    ) -> None:
        self._asked = title
        super().__init__(protocol, seen, send, latest, draft)

    def title_text(self) -> str:
        """What it is the reason of."""
        return self._asked

    def hint(self) -> str:
        """Enter makes a line here."""
        return texts.REASON_HINT

    def field(self) -> ComposeResult:
        """The field, and a button that Tab reaches."""
        yield TextArea(self.draft, tab_behavior="focus", compact=True)
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
