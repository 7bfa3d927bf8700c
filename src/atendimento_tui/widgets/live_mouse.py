"""The mouse meets only what is still there.

Textual looks up what is under the pointer in the last layout. A widget that is being removed stands in it until the
next one; it has no parent any more, and handling a press on it fails. Here such a press, move or turn of the wheel is
dropped: what it was meant for is gone.

A press that waits behind many others would hit what came on the screen meanwhile, and keep the keys waiting. So only a
few wait; more are dropped as they are read.
"""

from typing import Any

from textual import events
from textual.app import App
from textual.message import Message

from atendimento_tui import compat

WAITING_AT_MOST = 16
"""So many events of the mouse wait to be handled: a double click, and some moves."""


class LiveMouse(App[None]):
    """An application in which nothing that is being removed is pressed, pointed at or dragged."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._mouse_accepted = self._mouse_handled = 0
        self._accepted_press = True

    def accepts(self, message: Message) -> bool:
        """Whether the application has room for what the terminal sent. Called in the thread that reads the terminal.

        A button that is let go is heard of if its press was.
        """
        if not isinstance(message, events.MouseEvent):
            return True
        accepts = self._mouse_accepted - self._mouse_handled < WAITING_AT_MOST
        if isinstance(message, events.MouseUp):
            accepts, self._accepted_press = self._accepted_press, True
        elif isinstance(message, events.MouseDown):
            self._accepted_press = accepts
        self._mouse_accepted += accepts
        return accepts

    async def on_event(self, event: events.Event) -> None:
        """Drop what the mouse does at a place where something is being removed."""
        if isinstance(event, events.MouseEvent) and not event.is_forwarded:
            self._mouse_handled += 1
            if self.mouse_captured is not None and compat.is_being_removed(self.mouse_captured):
                self.capture_mouse(None)
            if any(compat.is_being_removed(widget) for widget, _ in self.screen.get_widgets_at(event.x, event.y)):
                self._cancel_press(event)
                return
        await super().on_event(event)

    def _cancel_press(self, event: events.MouseEvent) -> None:
        """A button that is let go ends what it began elsewhere, also where nobody hears of it."""
        if isinstance(event, events.MouseDown | events.MouseUp):
            compat.cancel_mouse_press(self, button=isinstance(event, events.MouseUp))
