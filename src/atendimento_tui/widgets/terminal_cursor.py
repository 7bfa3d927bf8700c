"""Keeps the terminal cursor at the cursor of the field that has the focus."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widgets import Input, TextArea


def follow(field: "Input | TextArea") -> None:
    """Move the terminal cursor to the cursor of a field that has the focus. To be called whenever the field is drawn.

    Textual moves it when the cursor of the field moves, but not when the field is moved by scrolling. An input method
    opens its window at the terminal cursor.
    """
    if field.has_focus and field.screen.is_active:
        field.app.cursor_position = field.cursor_screen_offset
