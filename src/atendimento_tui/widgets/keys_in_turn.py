"""Handles keys one after the other, so that a letter typed right after Tab goes into the next field.

Textual sends a key at once to the widget with the focus. The effects of the key before it (a binding, a focus change, a
dialog) may still wait in the message queues of other widgets. Keys that come faster than they are handled would then
go to the wrong field or be lost. Here a key waits until the one before it is handled completely.

Keys that are typed before the first form of the program exists are given to it (`remember_keys`, `open_for_keys`). Keys
that are typed while a key's dialog waits for its data wait for the dialog (`hold_keys`).

To find out when that is, a `Marker` is posted behind each key. It passes through the same message queues.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from textual import events, widgets
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen

_ROUNDS = 3
"""How often the marker is sent again: a key may post a message, and its handler another one."""

_KEY_TIMEOUT_S = 0.3
"""Seconds after which the next key is handled although the marker did not come back."""


class KeysInTurn(App[None]):
    """An application that handles keys and pastes one after the other."""

    hold_at_most_s = 0.5
    """Seconds for which keys wait for a dialog that waits for its data. Then they act on what is shown."""

    drain_timeout_s = 0.5
    """Seconds that an exit waits for typed text to be written into its field."""

    class Marker(Message):
        """Follows a key through the message queues. When it reaches the application, the key is handled.

        Args:
            start: The widget that got the key.
            rounds: How often the marker is to be sent again.
        """

        def __init__(self, start: DOMNode, rounds: int) -> None:
            super().__init__()
            self.start = start
            self.rounds = rounds

    _marker: Marker | None = None
    """The marker of the current key; None if that key is handled."""

    _written_field: DOMNode | None = None
    """The field that the last key wrote text into; None if it wrote none."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._waiting = deque[events.Key | events.Paste]()
        self._last_key: events.Key | events.Paste | None = None
        self._when_drained: Callable[[], None] | None = None
        self._remembered: list[events.Key | events.Paste] | None = None
        self._is_holding = False
        self._hold: object = None

    @property
    def is_handling_key(self) -> bool:
        """Whether a key is not handled completely yet."""
        return self._marker is not None or (self._is_holding and bool(self._waiting))

    def is_quit_key(self, key: str) -> bool:
        """Whether the key ends the program; such a key does not wait for others."""
        del key
        return False

    def is_act(self, key: str) -> bool:
        """Whether repeated presses of the key, while the first one is not handled yet, are dropped."""
        del key
        return False

    def remember_keys(self) -> None:
        """Remember what is typed from now on, also into fields, for a form that may be opened."""
        self._remembered = []

    def forget_keys(self) -> None:
        """Remember no keys any more."""
        self._remembered = None

    def open_for_keys(self, form: Screen[Any]) -> None:
        """Open a form on all other screens. What was typed before, and while it opens, goes into it.

        Dialogs that the keys have opened meanwhile are closed: the keys were not meant for them.
        """
        self._is_holding = True
        while self._remembered and len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(form)
        # By the queue of the application, in which the focus of the form's first field was asked for before.
        form.call_after_refresh(self.call_later, self._release)

    def hold_keys(self, at_most_s: float | None = None) -> Callable[[], None]:
        """Let keys wait for what is being read: a dialog, a list.

        Args:
            at_most_s: Seconds after which they act on what is shown; by default `hold_at_most_s`.

        Returns:
            Called when it is shown, or will not be shown.
        """
        hold = self._hold = object()
        self._is_holding = True

        def release() -> None:
            if self._hold is hold:
                self._hold = None
                self.screen.call_after_refresh(self._release)

        asyncio.get_running_loop().call_later(self.hold_at_most_s if at_most_s is None else at_most_s, release)
        return release

    async def _release(self) -> None:
        if self._hold is not None:  # keys wait for the next dialog already
            return
        self._is_holding = False
        self._waiting.extendleft(reversed(self._remembered or ()))
        self.forget_keys()
        if self._marker is None:
            await self._handle_next()

    def _remember(self, event: events.Key | events.Paste) -> None:
        if self._remembered is None:
            return
        if isinstance(event, events.Paste):
            self._remembered.append(events.Paste(event.text))
        elif event.is_printable or (self._remembered and event.key in ("enter", "tab", "backspace")):
            self._remembered.append(events.Key(event.key, event.character))

    def call_after_typed_text(self, then: Callable[[], None], within: float | None = None) -> None:
        """Call `then` when all typed text is written into its fields. Waiting keys after the last text are dropped.

        Args:
            then: Called once; later calls of this method are ignored.
            within: Seconds after which it is called in any case; by default `drain_timeout_s`.
        """
        if self._when_drained is not None:
            return
        self._when_drained = then
        while self._waiting and not _is_written(self._waiting[-1]):
            self._waiting.pop()
        asyncio.get_running_loop().call_later(self.drain_timeout_s if within is None else within, self._end)
        if self._marker is None:
            self._end()

    def _end(self) -> None:
        then, self._when_drained = self._when_drained, _already_called
        if then is not None:
            self._waiting.clear()
            then()

    async def on_event(self, event: events.Event) -> None:
        """Put a key into the queue while another one is handled."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif isinstance(event, events.Key) and self.is_quit_key(event.key):
            self.call_after_typed_text(self.exit)
        elif self._when_drained is not None:
            return
        elif not self._is_holding and (self._marker is None or (self._continues_text(event) and not self._waiting)):
            await self._handle_key(event)
        else:
            self._waiting.append(event)

    async def on_keys_in_turn_marker(self, message: Marker) -> None:
        """Send the marker again, or after the last round handle the next key."""
        if message is not self._marker:
            return
        self._marker = None
        if message.rounds:
            self._send_marker(message.start, message.rounds - 1)
        else:
            await self._handle_next()

    async def _handle_next(self) -> None:
        while self._waiting and not self._is_holding:
            event = self._waiting.popleft()
            if self._when_drained is not None and self._is_text(event):
                event = self._joined_with_waiting_text(event)
            if not self._is_repeated(event):
                await self._handle_key(event)
                return
        if self._when_drained is not None:
            self._end()

    def _joined_with_waiting_text(self, event: events.Key | events.Paste) -> events.Paste:
        """The event and the waiting text up to the next other key, as one paste, which is inserted at once."""
        run = [event]
        while self._waiting and _is_written(self._waiting[0]):
            run.append(self._waiting.popleft())
        return events.Paste(
            "".join(each.text if isinstance(each, events.Paste) else each.character or "" for each in run)
        )

    async def _handle_key(self, event: events.Key | events.Paste) -> None:
        self._remember(event)
        start, self._last_key = self.focused or self.screen, event
        self._written_field = start if self._is_text(event) else None
        await super().on_event(event)
        self._send_marker(start, _ROUNDS)

    def _is_repeated(self, event: events.Key | events.Paste) -> bool:
        """Whether it repeats the act of the key before it. A key that was held down must not act for minutes."""
        before = self._last_key
        if not (isinstance(event, events.Key) and isinstance(before, events.Key) and event.key == before.key):
            return False
        return not self._is_text(event) and self.is_act(event.key)

    def _continues_text(self, event: events.Key | events.Paste) -> bool:
        """Whether it is text for the field that the last text went into. Such keys keep their order without waiting."""
        return self._written_field is not None and self._written_field is self.focused and self._is_text(event)

    def _is_text(self, event: events.Key | events.Paste) -> bool:
        return _is_written(event) and isinstance(self.focused, widgets.Input | widgets.TextArea)

    def _send_marker(self, start: DOMNode, rounds: int) -> None:
        """Post a marker to the widget that got the key; in the last round to the screen that is on top then."""
        marker = self._marker = self.Marker(start, rounds)
        node = start if rounds else self.screen
        marker.set_sender(node)  # a message sent by the application would not bubble up to it
        if not node.is_attached or not node.post_message(marker):
            self.post_message(marker)
        asyncio.get_running_loop().call_later(_KEY_TIMEOUT_S, self._give_up_on_marker, marker)

    def _give_up_on_marker(self, marker: Marker) -> None:
        """Handle the marker if it did not come back: a removed widget forwards no messages.

        If the widget exists, much text waits before the marker. An exit waits for that text (`call_after_typed_text`).
        """
        is_on_its_way = self._when_drained is not None and marker.start.is_attached
        if marker is self._marker and not is_on_its_way:
            self.post_message(marker)


def _is_written(event: events.Key | events.Paste) -> bool:
    """Whether a text field inserts it."""
    return isinstance(event, events.Paste) or event.is_printable


def _already_called() -> None:
    """Takes the place of the function of `call_after_typed_text` after it was called."""
