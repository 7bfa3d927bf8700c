"""A text field of one line that takes pastes of several lines."""

from typing import Any

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from atendimento_tui import compat
from atendimento_tui.widgets import terminal_cursor

LONGEST = 64 * 1024
"""Limit of a field in characters. The whole field is drawn at each key."""


class LineInput(Input):
    """Textual's field with two changes.

    - The lines of a paste are joined. Textual drops all but the first.
    - Focus does not select the text, except a suggestion that was not changed yet. In Textual it always does, so that
      the next letter replaces what somebody has typed.

    Args:
        is_suggestion: Whether the value is only a suggestion, which the first letter replaces.
    """

    class TooLong(Message):
        """A paste was refused because the text would be too long.

        Attributes:
            length: Characters of the paste.
            most: Limit of the field in characters.
        """

        def __init__(self, length: int, most: int) -> None:
            super().__init__()
            self.length, self.most = length, most

    def __init__(self, value: str = "", *, is_suggestion: bool = False, **options: Any) -> None:
        super().__init__(value, **{"select_on_focus": False, **options})
        self._replaced = value if is_suggestion else None

    def on_focus(self) -> None:
        """Let Textual, which handles the event after this, select a suggestion that was not changed."""
        self.select_on_focus = bool(self.value) and self.value == self._replaced

    def _watch_value(self, value: str) -> None:
        with compat.new_sizes(lay_out=False):
            super()._watch_value(value)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the field and move the terminal cursor to its cursor."""
        terminal_cursor.follow(self)
        return super().render_lines(crop)

    async def _on_key(self, event: events.Key) -> None:
        """Handle Enter at once. As a binding it would be handled after letters that are typed right after it."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.action_submit()
        else:
            await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        most = self.max_length or LONGEST
        if len(self.value) - len(self.selected_text) + len(event.text) > most:
            self.post_message(self.TooLong(len(event.text), most))
            return
        line = " ".join(event.text.splitlines())
        if self.selection.is_empty:
            self.insert_text_at_cursor(line)
        else:
            self.replace(line, *self.selection)
