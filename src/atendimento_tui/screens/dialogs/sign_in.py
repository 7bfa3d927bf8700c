"""The screens on which one signs in, unlocks a window, or changes a password."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Static

from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.dialogs.form import FormDialog
from atendimento_tui.screens.fields import Row
from atendimento_tui.texts import accounts as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.password_input import PasswordInput
from atendimento_tui.widgets.text import plain

Enter: TypeAlias = Callable[[Mapping[str, str], Callable[[Refusal], None]], None]
"""Signs in. Arguments: the answers by key; a function that is called with a refusal."""

_NEW = ("new", "again")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sign-in asks.

    Attributes:
        keys: The fields, by their keys in `texts.accounts.FIELDS`.
        values: Initial answers.
        other: The title of a second button; none if empty.
    """

    title: str
    keys: Sequence[str]
    button: str
    hint: str
    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    other: str = ""


class PasswordDialog(FormDialog[None]):
    """Asks for passwords, as a dialog over a place. Passwords are never shown, copied or kept.

    Args:
        asked: What is asked.
        enter: Signs in; who called closes the dialog.
        leave: Called by Esc; None to close.
        other: Called by the second button.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("entrada.voltar", "entrada.entrar")

    def __init__(
        self,
        asked: Asked,
        enter: Enter,
        leave: Callable[[], None] | None = None,
        other: Callable[[], None] = lambda: None,
    ) -> None:
        self._asked = asked
        self._enter = enter
        self._leave = leave
        self._other = other
        self._is_sending = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, note, fields, buttons, error, hint."""
        with Vertical(classes="box"):
            yield Static(plain(self._asked.title), classes="title")
            if self._asked.note:
                yield Static(plain(self._asked.note))
            # A one-time password has to be changed at once: then the last two fields appear.
            for key in dict.fromkeys((*self._asked.keys, *_NEW)):
                row = Row(texts.FIELDS[key], self._field(key), name=f"linha-{key}")
                row.display = key in self._asked.keys
                yield row
            with Horizontal(classes="buttons"):
                yield Button(plain(self._asked.button), compact=True, id="enter")
                if self._asked.other:
                    yield Button(plain(self._asked.other), compact=True, id="other")
            yield Static(classes="refusal")
            yield Static(plain(self._asked.hint), classes="hint")

    def _field(self, key: str) -> LineInput:
        if key in ("login", "name"):
            return LineInput(self._asked.values.get(key, ""), compact=True, id=key)
        return PasswordInput(compact=True, id=key)

    def on_mount(self) -> None:
        """Focus the first empty field."""
        empty = [each for each in self.fields() if not each.value]
        (empty or self.fields())[0].focus(scroll_visible=False)

    def fields(self) -> list[LineInput]:
        """The visible fields."""
        return [row.query_one(LineInput) for row in self.query(Row) if row.display]

    def answers(self) -> dict[str, str]:
        """The answers by key."""
        return {str(each.id): each.value for each in self.fields()}

    def action_back(self) -> None:
        """Leave without having done anything."""
        if self._is_sending:
            return
        if self._leave:
            self._leave()
        else:
            self.dismiss(None)

    def action_enter(self) -> None:
        """Sign in; once, while the request is running."""
        if self._is_sending:
            return
        answers = self.answers()
        if answers.get("again", "") != answers.get("new", ""):
            self.refuse(Refusal("senhas_diferentes"))
            return
        self._is_sending = True
        self._show(texts.CHECKING)
        self._enter(answers, self.refuse)

    def refuse(self, refusal: Refusal) -> None:
        """Show why not. What was typed stays, except for a wrong password."""
        self._is_sending = False
        if not self.is_attached:
            return
        wrong = "password"
        if refusal.code == "senha_a_trocar":
            for key in _NEW:
                self.query_one(f"#linha-{key}", Row).display = True
            wrong = "new"
        elif refusal.code.startswith("senha_"):
            wrong = "new" if "new" in self.answers() else "password"
        elif refusal.code == "senhas_diferentes":
            wrong = "again"
        elif refusal.code == "entrada_recusada":
            self.query_one("#password", LineInput).value = ""
        field = next((each for each in self.fields() if each.id == wrong), self.fields()[0])
        field.focus()
        self._show(desk_app(self).refusal_text(refusal))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Focus the next field; after the last one, sign in."""
        if event.input is self.fields()[-1]:
            self.action_enter()
        else:
            self.focus_next()

    @on(Button.Pressed, "#enter")
    def _pressed(self) -> None:
        self.action_enter()

    @on(Button.Pressed, "#other")
    def _pressed_other(self) -> None:
        if not self._is_sending:
            self._other()

    def _show(self, text: str) -> None:
        self.query_one(".refusal", Static).update(plain(text))


class SignInDialog(PasswordDialog):
    """The same on a screen of its own: nothing of the desk is visible behind it."""


class LockDialog(SignInDialog):
    """The lock of a window."""
