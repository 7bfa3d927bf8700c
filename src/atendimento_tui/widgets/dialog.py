"""A dialog that is closed once, however often it is told to."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

ResultT = TypeVar("ResultT")


class Dialog(ModalScreen[ResultT]):
    """A dialog as Textual's own; two clicks or Enters that come at once give one answer.

    Textual takes away whatever is on top when a screen is dismissed: a second answer would close the place below.
    """

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Close it, if it is on top."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
