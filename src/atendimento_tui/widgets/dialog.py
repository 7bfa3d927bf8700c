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

    async def on_event(self, event: events.Event) -> None:
        """Show it behind the first layout, whatever a subclass does when it is mounted."""
        await super().on_event(event)
        if isinstance(event, events.Mount):
            self.call_after_refresh(self._show_laid_out)

    def _show_laid_out(self) -> None:
        self._is_laid_out = True
        self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        if self._is_laid_out:
            super()._compositor_refresh()

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Close it, if it is on top."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
