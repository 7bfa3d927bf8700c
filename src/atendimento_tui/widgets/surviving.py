"""An application that continues after an exception in the handling of a message.

Textual ends the program when a message handler raises, also one of its own: a mouse press on a toast that was being
removed was enough. Here the message is lost, the fault is reported, and the application continues. Many faults within a
few seconds still end the program, because what it shows may then be wrong.
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
"""The program ends at this number of faults within `WITHIN_S` seconds."""

WITHIN_S = 10.0


class Surviving(App[None]):
    """An application that continues after faults in message handlers, timers, callbacks and painting."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._faults_at = deque[float](maxlen=FAULTS_AT_MOST)

    def fault_survived(self, fault: Exception) -> None:
        """Report a fault. Called in the task in which it occurred; must not raise."""

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message of the application itself."""
        await self._survive(super()._dispatch_message, message)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        """Wrap the message handling of every widget, also of Textual's own ones."""
        compat.dispatch_by(child, lambda dispatch: partial(self._survive, partial(_unless_removed, child, dispatch)))
        super()._register_child(parent, child, before, after)

    async def _survive(self, dispatch: compat.Dispatch, message: Message) -> None:
        try:
            await dispatch(message)
        except Exception as fault:
            if not self._survives(fault):
                raise

    def _handle_exception(self, error: Exception) -> None:
        """Handle a fault outside of messages: in a timer, a callback or painting."""
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
            self.call_later(self._close_dialog, node.screen)  # it is incomplete
        return True

    def _close_dialog(self, dialog: ModalScreen[object]) -> None:
        if self.screen is dialog:
            self.pop_screen()


async def _unless_removed(widget: Widget, dispatch: compat.Dispatch, message: Message) -> None:
    """Dispatch a message, but no `Mount` to a widget that is being removed: its children were never created."""
    if not (isinstance(message, events.Mount) and compat.is_being_removed(widget)):
        await dispatch(message)
