"""A field for a password."""

from typing import Any

from atendimento_tui.widgets.line_input import LineInput


class PasswordInput(LineInput):
    """Shows dots, and copies nothing to the clipboard."""

    def __init__(self, **options: Any) -> None:
        super().__init__(password=True, **options)

    def action_copy(self) -> None:
        """Copy nothing."""

    def action_cut(self) -> None:
        """Delete what is selected, without copying it."""
        self.delete_selection()
