"""A text area that limits the text that it lays out, and that can be freed after it is closed."""

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
"""Limit of the shown text in characters. Textual takes seconds at each key for a text of a megabyte."""


class ManyLines(TextArea):
    """Textual's text area, with the cursor at the end of the initial text.

    Only the beginning of a longer text is shown and can be edited. `value` keeps the whole text; deleting all shown
    text deletes the rest too.
    """

    class Shortened(Message):
        """A text is too long: only its beginning is shown.

        Attributes:
            size: Length of the whole text in bytes of UTF-8.
        """

        def __init__(self, size: int) -> None:
            super().__init__()
            self.size = size

    def __init__(self, value: str = "", **options: Any) -> None:
        self._rest = value[SHOWN_AT_MOST:]
        super().__init__(value[:SHOWN_AT_MOST], **options)

    @property
    def value(self) -> str:
        """The whole text, with the part that is not shown."""
        return self.text + self._rest

    @value.setter
    def value(self, value: str) -> None:
        self._rest = value[SHOWN_AT_MOST:]
        self.text = value[:SHOWN_AT_MOST]
        self.move_cursor(self.document.end)
        self._report_if_shortened()

    def watch(self, obj: DOMNode, attribute_name: str, callback: Callable[..., Any], init: bool = True) -> None:
        """Watch no reactive of the application: it would keep a reference to each widget until its theme changes."""
        if obj is not self.app:
            super().watch(obj, attribute_name, callback, init)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the field and move the terminal cursor to its cursor."""
        terminal_cursor.follow(self)
        return super().render_lines(crop)

    def on_mount(self) -> None:
        """Move the cursor to the end of the text."""
        self.move_cursor(self.document.end)
        self._report_if_shortened()

    def on_resize(self) -> None:
        """Scroll to the cursor when the field gets smaller."""
        self.call_after_refresh(self.scroll_cursor_visible)

    def on_text_area_changed(self) -> None:
        """Delete the rest when all shown text was deleted."""
        if not self.text:
            self._rest = ""

    async def _on_paste(self, event: events.Paste) -> None:
        """Handle a paste that is too long to be shown; Textual's handler takes others."""
        start, end = sorted(self.selection)
        before = self.get_text_range((0, 0), start)
        after = self.get_text_range(end, self.document.end)
        if len(before) + len(event.text) + len(after) > SHOWN_AT_MOST:
            event.prevent_default()
            self.value = before + event.text + after + self._rest

    def _report_if_shortened(self) -> None:
        if self._rest:
            self.post_message(self.Shortened(len(self.value.encode(errors="surrogatepass"))))
