"""A field of one line that keeps the whole of what is pasted into it, and what stood there when one came back."""

from typing import Any

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from atendimento_tui.widgets import terminal_cursor

LONGEST = 64 * 1024
"""Characters that a field of one line takes: it is drawn whole at each key."""


class LineInput(Input):
    """A field as Textual's own, which drops all lines of a paste but the first without a word; here they are joined.

    One goes on with what stands in it: Textual's own selects it all, and the next letter would take its place.
    """

    class TooLong(Message):
        """A paste was not taken, because it does not fit.

        Attributes:
            length: Characters of the paste.
            most: Characters that the field takes.
        """

        def __init__(self, length: int, most: int) -> None:
            super().__init__()
            self.length, self.most = length, most

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, **{"select_on_focus": False, **options})

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the field, and keep the terminal's own cursor in it."""
        terminal_cursor.follow(self)
        return super().render_lines(crop)

    async def _on_key(self, event: events.Key) -> None:
        """Enter is heard here and now: as a binding it would be heard behind the letters that follow it fast."""
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
