"""A dialog that is painted when it stands, and closed once, however often it is told to."""

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

ResultT = TypeVar("ResultT")


class Dialog(ModalScreen[ResultT]):
    """A dialog as Textual's own; two clicks or Enters that come at once give one answer.

    Textual takes away whatever is on top when a screen is dismissed: a second answer would close the place below.

    It lays a new screen out three times, and paints it each time, with the dimmed place beneath. Only the last frame is
    right, so only that one is painted.
    """

    _is_laid_out = False

    def _on_mount(self, event: events.Mount) -> None:
        super()._on_mount(event)
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        self._is_laid_out = True
        self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        if self._is_laid_out:
            super()._compositor_refresh()

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Close it, if it is on top."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
