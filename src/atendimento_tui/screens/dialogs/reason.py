"""The dialog that asks for a reason: of a hand-over, another severity, a refused document."""

from atendimento_tui.screens.dialogs.comment import CommentDialog
from atendimento_tui.screens.dialogs.write import Send
from atendimento_tui.texts import window as texts
from atendimento_tui.window.drafts import ActDraft


class ReasonDialog(CommentDialog):
    """Asks for a reason of any number of lines.

    Args:
        title: The act that needs the reason.
    """

    def __init__(self, title: str, protocol: str, send: Send, draft: ActDraft) -> None:
        self._title = title
        super().__init__(protocol, send, draft)

    def title_text(self) -> str:
        """The act that needs the reason."""
        return self._title

    def hint(self) -> str:
        """The keys of the dialog."""
        return texts.REASON_HINT
