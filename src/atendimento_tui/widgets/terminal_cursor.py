"""The terminal's own cursor, kept where the field with the focus draws its cursor."""

from textual.widgets import Input, TextArea


def follow(field: Input | TextArea) -> None:
    """Move the terminal's cursor to the field's, if the field has the focus; to be called whenever the field is drawn.

    Textual moves it when the field's cursor moves, but not when the field itself moves, because what is around it was
    scrolled. An input method opens its window at the terminal's cursor.
    """
    if field.has_focus and field.screen.is_active:
        field.app.cursor_position = field.cursor_screen_offset
