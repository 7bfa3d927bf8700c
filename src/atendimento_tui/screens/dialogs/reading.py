"""A dialog that shows text; Esc closes it."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.text import plain


class ReadingDialog(Dialog[None]):
    """Shows scrollable lines.

    Args:
        title: The title.
        lines: The lines.
        hint: The keys of the dialog.
    """

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("leitura.voltar")

    def __init__(self, title: str, lines: Iterable[Content], hint: str) -> None:
        self._title = title
        self._lines = [*lines]
        self._hint = hint
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, text, hint."""
        with Vertical(classes="box wide"):
            yield Static(plain(self._title), classes="title")
            with VerticalScroll():
                yield Lines(self._lines, classes="lines")
            yield Static(plain(self._hint), classes="hint")
