"""Drops mouse events on widgets that are being removed, and limits the number of waiting mouse events.

Textual finds the widget under the pointer in the last layout. A widget that is being removed is in that layout until
the next one. It has no parent any more, so that handling a press on it raises an error. Such an event is dropped.

If many mouse events wait, a press may hit a widget that appeared after it, and keys are delayed. So only a few wait;
others are dropped when they are read.
"""

from typing import Any

from textual import events
from textual.app import App
from textual.message import Message

from atendimento_tui import compat

WAITING_AT_MOST = 16
"""Limit of waiting mouse events: enough for a double click and some moves."""


class LiveMouse(App[None]):
    """An application whose mouse events reach only widgets that are not being removed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._mouse_accepted = self._mouse_handled = 0
        self._accepted_press = True

    def accepts(self, message: Message) -> bool:
        """Whether a message of the terminal is to be posted; False for a mouse event above the limit.

        Called in the thread that reads the terminal. The release of a button is accepted if its press was.
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
        """Drop a mouse event at a position where a widget is being removed."""
        if isinstance(event, events.MouseEvent) and not event.is_forwarded:
            self._mouse_handled += 1
            if self.mouse_captured is not None and compat.is_being_removed(self.mouse_captured):
                self.capture_mouse(None)
            if any(compat.is_being_removed(widget) for widget, _ in self.screen.get_widgets_at(event.x, event.y)):
                self._cancel_press(event)
                return
        await super().on_event(event)

    def _cancel_press(self, event: events.MouseEvent) -> None:
        """End the click or selection that the dropped event would have ended."""
        if isinstance(event, events.MouseDown | events.MouseUp):
            compat.cancel_mouse_press(self, button=isinstance(event, events.MouseUp))
