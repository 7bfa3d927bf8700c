"""The dialog of a message that is proposed: its text can be changed before it is sent."""

from atendimento_tui.screens.dialogs.reason import ReasonDialog
from atendimento_tui.screens.dialogs.write import TEXT, Send
from atendimento_tui.window.drafts import ActDraft


class MessageDialog(ReasonDialog):
    """Asks for the text of a message.

    Args:
        title: What the message is for.
        proposed: Its text, if it is not changed.
    """

    def __init__(self, title: str, proposed: str, protocol: str, send: Send, draft: ActDraft) -> None:
        self._proposed = proposed
        super().__init__(title, protocol, send, draft)

    def initial(self, key: str) -> str:
        """The proposed text."""
        return self._proposed if key == TEXT else ""
