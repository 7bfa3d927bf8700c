"""One fault does not end a window in which somebody types.

Textual ends the program when handling a message raises, in its own code too: a press of the mouse on a toast that is
being removed was enough. Here the message is lost, the fault is told, and the window goes on. Faults that come one
behind the other still end the program: a window that only fails shows nothing true.
"""

import time
from collections import deque
from functools import partial

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget

from atendimento_tui import compat

FAULTS_AT_MOST = 20
"""With so many faults within `WITHIN_S` the program ends."""

WITHIN_S = 10.0


class Surviving(App[None]):
    """An application that survives faults in the handling of single messages."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._faults_at = deque[float](maxlen=FAULTS_AT_MOST)

    def fault_survived(self, fault: Exception) -> None:
        """A message was lost by this fault. Called in whichever task had it; must not raise."""

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message of the application itself."""
        await self._survive(super()._dispatch_message, message)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Let every widget of this application handle its messages so; many of them are Textual's own."""
        compat.dispatch_by(child, lambda dispatch: partial(self._survive, partial(_unless_it_goes, child, dispatch)))
        super()._register_child(parent, child, before, after)

    async def _survive(self, dispatch: compat.Dispatch, message: Message) -> None:
        try:
            await dispatch(message)
        except Exception as fault:
            if not self._survives(fault):
                raise

    def _handle_exception(self, error: Exception) -> None:
        """A fault outside of messages: in a timer, in a callback, in painting."""
        if not self._survives(error):
            super()._handle_exception(error)

    def _survives(self, fault: Exception) -> bool:
        now = time.monotonic()
        self._faults_at.append(now)
        if len(self._faults_at) == FAULTS_AT_MOST and now - self._faults_at[0] < WITHIN_S:
            return False
        self.fault_survived(fault)
        node = compat.active_node()
        if isinstance(node, Widget) and not node.is_mounted and isinstance(node.screen, ModalScreen):
            self.call_later(self._take_away, node.screen)  # half built, it would be in the way
        return True

    def _take_away(self, dialog: ModalScreen[object]) -> None:
        if self.screen is dialog:
            self.pop_screen()


async def _unless_it_goes(widget: Widget, dispatch: compat.Dispatch, message: Message) -> None:
    """Let a widget that is removed before it was mounted begin nothing: the widgets in it were never made."""
    if not (isinstance(message, events.Mount) and compat.is_being_removed(widget)):
        await dispatch(message)
