"""A dialog that is painted after its layout is complete, and gives one result."""

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from atendimento_tui import compat
from atendimento_tui.widgets.erasing import ErasingScreen

ResultT = TypeVar("ResultT")


class Dialog(ModalScreen[ResultT], ErasingScreen):
    """A modal screen with three corrections.

    - Two clicks or two Enters at once give one result. Textual removes the top screen at each `dismiss`: a second one
      would close the place below the dialog.
    - Textual lays a new screen out three times and paints each layout over the dimmed place. Only the last layout is
      correct, so only that one is painted.
    - Messages of what was done before would cover the lower part of the dialog. They go; warnings stay.
    """

    _is_laid_out = False

    async def on_event(self, event: events.Event) -> None:
        """Start painting after the first layout, whatever a subclass does in its `on_mount`."""
        if isinstance(event, events.Mount):
            compat.remove_information(self.app)
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
        """Close the dialog, if it is the top screen."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
