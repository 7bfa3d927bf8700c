"""Keys one after the other, however fast they come: a letter never lands in the field that Tab has just left.

Textual hands a key at once to the widget that has the focus, while what the key before it does (a binding, another
field, a dialog) still waits in the queues of the widgets above. Whoever types faster than the machine paints would find
letters in the wrong field, or lose them. Here a key waits until the one before it has gone its whole way.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.widgets import Input, TextArea

_ROUNDS = 3
"""How often the way of a key is gone: what it does may send a message, and what that does one more."""

_PATIENCE_S = 0.3
"""How long a key waits at most, should the way of the one before it end nowhere."""

_LAST_WORDS_WITHIN_S = 0.5
"""How long whoever leaves waits for text that was typed to get into its field."""


class KeysInTurn(App[None]):
    """An application that hears keys and pastes in turn."""

    class Through(Message):
        """Goes the way that a key has gone; when it comes back, the key has been dealt with.

        Args:
            start: Where the key was handed in.
            rounds: How often it is still to go.
        """

        def __init__(self, start: DOMNode, rounds: int) -> None:
            super().__init__()
            self.start = start
            self.rounds = rounds

    _through: Through | None = None
    """What goes the way of the last key; None when that key is done."""

    _writes: DOMNode | None = None
    """The field that the last key wrote a letter into."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self._typed = deque[events.Key | events.Paste]()
        self._last_key: events.Key | events.Paste | None = None
        self._at_last: Callable[[], None] | None = None

    @property
    def hears(self) -> bool:
        """Whether a key is not dealt with yet."""
        return self._through is not None

    def leaves(self, key: str) -> bool:
        """Whether the key ends the program, and so waits for no other key."""
        del key
        return False

    def is_act(self, key: str) -> bool:
        """Whether the key does something that is done once however often it is pressed before it is done."""
        del key
        return False

    def when_written(self, then: Callable[[], None], within: float = _LAST_WORDS_WITHIN_S) -> None:
        """Call `then` as soon as all text that was typed is in its field; keys that wait and write nothing are dropped.

        Called after `within` seconds at the latest, and once.
        """
        if self._at_last is not None:
            return
        self._at_last = then
        while self._typed and not _is_written(self._typed[-1]):
            self._typed.pop()
        asyncio.get_running_loop().call_later(within, self._end)
        if self._through is None:
            self._end()

    def _end(self) -> None:
        then, self._at_last = self._at_last, _nothing
        if then is not None:
            self._typed.clear()
            then()

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for the one before it."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif isinstance(event, events.Key) and self.leaves(event.key):
            self.when_written(self.exit)
        elif self._at_last is not None:
            return
        elif self._through is None or (self._is_letter(event) and not self._typed):
            await self._hand_on(event)
        else:
            self._typed.append(event)

    async def on_keys_in_turn_through(self, message: Through) -> None:
        """The key is dealt with as far as this round goes."""
        if message is not self._through:
            return
        self._through = None
        if message.rounds:
            self._go(message.start, message.rounds - 1)
        else:
            await self._hand_on_next()

    async def _hand_on_next(self) -> None:
        while self._typed:
            event = self._typed.popleft()
            if self._at_last is not None and self._is_text(event):
                event = self._with_text_behind(event)
            if not self._is_repeated(event):
                await self._hand_on(event)
                return
        if self._at_last is not None:
            self._end()

    def _with_text_behind(self, event: events.Key | events.Paste) -> events.Paste:
        """The text that waits, up to the next key that is none, as one paste: it is written at once."""
        run = [event]
        while self._typed and _is_written(self._typed[0]):
            run.append(self._typed.popleft())
        return events.Paste(
            "".join(each.text if isinstance(each, events.Paste) else each.character or "" for each in run)
        )

    async def _hand_on(self, event: events.Key | events.Paste) -> None:
        start, self._last_key = self.focused or self.screen, event
        self._writes = start if self._is_text(event) else None
        await super().on_event(event)
        self._go(start, _ROUNDS)

    def _is_repeated(self, event: events.Key | events.Paste) -> bool:
        """Whether it waited behind the same key, and does the same act: a key held down is not heard for minutes."""
        before = self._last_key
        if not (isinstance(event, events.Key) and isinstance(before, events.Key) and event.key == before.key):
            return False
        return not self._is_text(event) and self.is_act(event.key)

    def _is_letter(self, event: events.Key | events.Paste) -> bool:
        """Whether it is written behind the letter before it: these two keep their order by themselves."""
        return self._writes is not None and self._writes is self.focused and self._is_text(event)

    def _is_text(self, event: events.Key | events.Paste) -> bool:
        return _is_written(event) and isinstance(self.focused, Input | TextArea)

    def _go(self, start: DOMNode, rounds: int) -> None:
        """Send what follows the key on its way; at last through the screen that is on top then, dialog or place."""
        through = self._through = self.Through(start, rounds)
        node = start if rounds else self.screen
        through.set_sender(node)  # what the application itself had sent would not bubble up to it
        if not node.is_attached or not node.post_message(through):
            self.post_message(through)
        asyncio.get_running_loop().call_later(_PATIENCE_S, self._go_on_without, through)

    def _go_on_without(self, through: Through) -> None:
        """The way led nowhere: a widget that is gone passes nothing on.

        One that is there has many letters before it. Whoever leaves waits for them, for as long as `when_written` says.
        """
        is_on_its_way = self._at_last is not None and through.start.is_attached
        if through is self._through and not is_on_its_way:
            self.post_message(through)


def _is_written(event: events.Key | events.Paste) -> bool:
    """Whether a field writes it."""
    return isinstance(event, events.Paste) or event.is_printable


def _nothing() -> None:
    """All is said."""
