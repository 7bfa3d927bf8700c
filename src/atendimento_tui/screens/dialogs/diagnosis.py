"""The dialog that shows the diagnosis."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from atendimento_tui.screens.dialogs.reading import ReadingDialog
from atendimento_tui.texts import diagnosis as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.text import plain


class DiagnosisDialog(ReadingDialog):
    """Shows the diagnosis; keys save it to a file and copy it.

    Args:
        lines: The diagnosis.
        save: Saves it.
        copy: Copies it.
    """

    BINDINGS: ClassVar[list[BindingType]] = own_bindings("diagnostico.salvar", "diagnostico.copiar")

    def __init__(
        self, lines: Sequence[str], save: Callable[[Sequence[str]], None], copy: Callable[[Sequence[str]], None]
    ) -> None:
        super().__init__(texts.TITLE, map(plain, lines), texts.HINT)
        self._texts, self._save, self._copy = lines, save, copy

    def action_save(self) -> None:
        """Save it to a file."""
        self._save(self._texts)

    def action_copy(self) -> None:
        """Copy it."""
        self._copy(self._texts)
