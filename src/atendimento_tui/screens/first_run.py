"""The first run: five questions on a bare machine, and the desk is there."""

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Button, Input, Static

from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.dialogs.form import FormDialog
from atendimento_tui.screens.fields import Row, show_errors
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.text import plain

Found: TypeAlias = Callable[[Mapping[str, str], Callable[[Refusal], None]], None]
"""Founds the desk by the answers, and tells why not."""


class _Questions(VerticalScroll, can_focus=False):
    """They scroll where the terminal is low."""


class FirstRunDialog(FormDialog[None]):
    """Five questions. What makes no sense is told and everything stays; Esc leaves, and nothing was made.

    Args:
        path: Where the desk would be.
        found: Founds it.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("primeira.sair", "primeira.criar")

    def __init__(self, path: str, found: Found) -> None:
        self._path = path
        self._found = found
        self._making = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """The questions, what was wrong, a button."""
        with Vertical(classes="box wide"):
            yield Static(texts.FIRST_TITLE, classes="title")
            with _Questions():
                for key, question in texts.FIRST_QUESTIONS.items():
                    value, placeholder = texts.FIRST_HOURS if key == "hours" else "", texts.FIRST_PLACEHOLDERS[key]
                    field = LineInput(value, placeholder=placeholder, compact=True, id=key)
                    yield Row(question, field, name=f"linha-{key}")
                yield Button(texts.FIRST_BUTTON, compact=True)
            yield Static(classes="refusal")
            yield Static(plain(texts.FIRST_PLACE.format(path=self._path)), classes="hint")
            yield Static(texts.FIRST_HINT)

    def on_mount(self) -> None:
        """Begin at the first question. Nothing scrolls to it: it is at the top, and the box has no size yet."""
        self.query(LineInput).first().focus(scroll_visible=False)

    def answers(self) -> dict[str, str]:
        """What was typed, by question."""
        return {key: self.query_one(f"#{key}", LineInput).value for key in texts.FIRST_QUESTIONS}

    def action_leave(self) -> None:
        """Leave the program; nothing was made."""
        if not self._making:
            self.app.exit(return_code=0)

    def action_make(self) -> None:
        """Found the desk, once."""
        if not self._making:
            self._making = True
            self._show_error(texts.FIRST_MAKING)
            self._found(self.answers(), self._refused)

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_make()

    def _refused(self, refusal: Refusal) -> None:
        self._making = False
        app = desk_app(self)
        rows = {key: self.query_one(f"#linha-{key}", Row) for key in texts.FIRST_QUESTIONS}
        told = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
        all_told = show_errors(rows, told)
        self._show_error(texts.CHECK_FIELDS if all_told and len(told) > 1 else app.refusal_text(refusal))

    def _show_error(self, said: str) -> None:
        self.query_one(".refusal", Static).update(plain(said))
