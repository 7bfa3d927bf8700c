"""A field of many lines that is let go of when it closes, and lays out no more than anybody may write."""

from collections.abc import Callable
from typing import Any

from textual import events
from textual.dom import DOMNode
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from atendimento_tui.widgets import terminal_cursor

SHOWN_AT_MOST = 64 * 1024
"""Characters that are laid out; Textual takes seconds for a text of a megabyte, at each key."""


class ManyLines(TextArea):
    """A field as Textual's own, with the cursor behind the text that is in it at first.

    Of a longer text only the beginning is shown and can be edited. The whole stays in `value`; deleting all that is
    shown deletes the rest too.
    """

    class Shortened(Message):
        """A text does not fit: only its beginning is shown.

        Attributes:
            size: Its length in UTF-8, in bytes.
        """

        def __init__(self, size: int) -> None:
            super().__init__()
            self.size = size

    def __init__(self, value: str = "", **options: Any) -> None:
        self._rest = value[SHOWN_AT_MOST:]
        super().__init__(value[:SHOWN_AT_MOST], **options)

    @property
    def value(self) -> str:
        """The whole text, the part that is not shown included."""
        return self.text + self._rest

    @value.setter
    def value(self, value: str) -> None:
        self._rest = value[SHOWN_AT_MOST:]
        self.text = value[:SHOWN_AT_MOST]
        self.move_cursor(self.document.end)
        self._tell_if_shortened()

    def watch(self, obj: DOMNode, attribute_name: str, callback: Callable[..., Any], init: bool = True) -> None:
        """Watch nothing of the application: until its theme changes, it would keep every one of these."""
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the field, and keep the terminal's own cursor in it."""
        terminal_cursor.follow(self)
        return super().render_lines(crop)

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        self.move_cursor(self.document.end)
        self._tell_if_shortened()

    def on_resize(self) -> None:
        """Keep the cursor in sight when the field gets less room."""
        self.call_after_refresh(self.scroll_cursor_visible)

    def on_text_area_changed(self) -> None:
        """Where all that is shown was deleted, the rest is, too."""
        if not self.text:
            self._rest = ""

    async def _on_paste(self, event: events.Paste) -> None:
        """Textual's own handler follows where all of it fits."""
        start, end = sorted(self.selection)
        before = self.get_text_range((0, 0), start)
        after = self.get_text_range(end, self.document.end)
        if len(before) + len(event.text) + len(after) > SHOWN_AT_MOST:
            event.prevent_default()
            self.value = before + event.text + after + self._rest

    def _tell_if_shortened(self) -> None:
        if self._rest:
            self.post_message(self.Shortened(len(self.value.encode(errors="surrogatepass"))))
