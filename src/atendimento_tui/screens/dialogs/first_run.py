"""The first run: asks six questions and creates the desk."""

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
from atendimento_tui.texts import window
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.password_input import PasswordInput
from atendimento_tui.widgets.text import plain

Create: TypeAlias = Callable[[Mapping[str, str], Callable[[Refusal], None]], None]
"""Creates a desk. Arguments: the answers by key; a function that is called with a refusal."""


class _Questions(VerticalScroll, can_focus=False):
    """The questions; they scroll in a low terminal."""


class FirstRunDialog(FormDialog[None]):
    """Asks six questions. An invalid answer is shown and all answers stay; Esc exits without creating anything.

    If something was typed, it takes a second Esc: these answers are not kept as a draft.

    Args:
        path: The address of the new desk.
        create: Creates it.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("primeira.sair", "primeira.criar")

    def __init__(self, path: str, create: Create) -> None:
        self._path = path
        self._create = create
        self._is_creating = self._is_warned = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, questions, button, error, address, hint."""
        with Vertical(classes="box wide"):
            yield Static(texts.FIRST_TITLE, classes="title")
            with _Questions():
                for key, question in texts.FIRST_QUESTIONS.items():
                    value, placeholder = texts.FIRST_HOURS if key == "hours" else "", texts.FIRST_PLACEHOLDERS[key]
                    kind = PasswordInput if key in ("password", "again") else LineInput
                    field = kind(value=value, is_suggestion=True, placeholder=placeholder, compact=True, id=key)
                    yield Row(question, field, name=f"linha-{key}")
                yield Button(texts.FIRST_BUTTON, compact=True)
            yield Static(classes="refusal")
            yield Static(plain(texts.FIRST_PLACE.format(path=self._path)), classes="hint")
            yield Static(texts.FIRST_HINT)

    def on_mount(self) -> None:
        """Focus the first question. Without scrolling, because the box has no size yet."""
        self.query(LineInput).first().focus(scroll_visible=False)

    def answers(self) -> dict[str, str]:
        """The answers by key."""
        return {key: self.query_one(f"#{key}", LineInput).value for key in texts.FIRST_QUESTIONS}

    def action_leave(self) -> None:
        """Exit without creating anything."""
        if self._is_creating:
            return
        if self._is_warned or not any(value for key, value in self.answers().items() if key != "hours"):
            self.app.exit(return_code=0)
        else:
            self._is_warned = True
            self._show_error(texts.FIRST_LEAVING)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._is_warned = False

    def action_make(self) -> None:
        """Create the desk; once, while it is being created."""
        if not self._is_creating:
            self._is_creating = True
            self._show_error(texts.FIRST_MAKING)
            self._create(self.answers(), self._refused)

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_make()

    def _refused(self, refusal: Refusal) -> None:
        self._is_creating = False
        app = desk_app(self)
        rows = {key: self.query_one(f"#linha-{key}", Row) for key in texts.FIRST_QUESTIONS}
        errors = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
        all_shown = show_errors(rows, errors)
        self._show_error(window.CHECK_FIELDS if all_shown and len(errors) > 1 else app.refusal_text(refusal))

    def _show_error(self, text: str) -> None:
        self.query_one(".refusal", Static).update(plain(text))
