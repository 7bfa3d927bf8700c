"""Saying why: handing over, another severity, a document refused."""

from atendimento_tui.screens.dialogs.comment import CommentDialog
from atendimento_tui.screens.dialogs.write import Send
from atendimento_tui.texts import window as texts
from atendimento_tui.window.drafts import ActDraft


class ReasonDialog(CommentDialog):
    """A reason, written as a comment is.

    Args:
        title: What it is the reason of.
    """

    def __init__(self, title: str, protocol: str, send: Send, draft: ActDraft) -> None:
        self._asked = title
        super().__init__(protocol, send, draft)

    def title_text(self) -> str:
        """What it is the reason of."""
        return self._asked

    def hint(self) -> str:
        """Enter makes a line here."""
        return texts.REASON_HINT
