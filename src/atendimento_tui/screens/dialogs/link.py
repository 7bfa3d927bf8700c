"""The dialog that shows a link and its QR code."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from atendimento_tui.texts import papers as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog
from atendimento_tui.widgets.text import plain

_DARK_ON_LIGHT = "#000000 on #ffffff"
"""A camera needs the dark modules dark, whatever the theme is."""


class LinkDialog(Dialog[bool]):
    """Shows a link and its code; the result is whether it was given.

    Args:
        link: The link.
        code: The lines of its QR code.
        copy: Copies the link.
    """

    BINDINGS: ClassVar[list[BindingType]] = own_bindings("link.entregue", "link.copiar", "link.voltar")

    def __init__(self, link: str, code: Sequence[str], copy: Callable[[str], None]) -> None:
        self._link, self._code, self._copy = link, code, copy
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, code, link, hint. Without the usual gaps it fits on 24 lines."""
        with Vertical(classes="box wide link"):
            yield Static(texts.LINK_TITLE, classes="title")
            yield Static(Content("\n").join([plain(line, _DARK_ON_LIGHT) for line in self._code]), id="code")
            yield Static(plain(self._link), id="link")
            yield Static(texts.LINK_HINT, classes="hint")

    def action_given(self) -> None:
        """Close: it was given."""
        self.dismiss(True)

    def action_copy(self) -> None:
        """Copy the link."""
        self._copy(self._link)

    def action_back(self) -> None:
        """Close: it was not given."""
        self.dismiss(False)
