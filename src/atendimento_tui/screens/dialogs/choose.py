"""Choosing one of a list by typing part of its name, or by a letter."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, NamedTuple, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from atendimento_tui import compat
from atendimento_tui.domain.text import is_found, searched_name, searched_words
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain

ValueT = TypeVar("ValueT")


class Choice(NamedTuple, Generic[ValueT]):
    """Something to choose.

    Attributes:
        aside: What stands in dim letters behind its name; it is searched too.
    """

    value: ValueT
    name: str
    aside: str = ""

    def as_content(self) -> Content:
        """The line of the list."""
        return Content("  ").join([plain(self.name), plain(self.aside, "dim")])

    def has(self, words: Sequence[str]) -> bool:
        """Whether every word stands in it; accents, case, apostrophes and hyphens do not matter."""
        text = searched_name(f"{self.name} {self.aside}")
        return all(is_found(word, text) for word in words)


class ChooseDialog(Dialog[ValueT | None], Generic[ValueT]):
    """A field to type in and the list of what is left; the arrows move in the list all the while.

    Args:
        title: What is chosen.
        choices: All there is.
        placeholder: What the empty field says.
    """

    AUTO_FOCUS = "Input"
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-short"), (24, "-tall")]  # noqa: RUF012 - Textual declares it so
    BINDINGS: ClassVar[list[BindingType]] = [
        *own_bindings("escolha.voltar"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[Choice[ValueT]], placeholder: str = "") -> None:
        self._title = title
        self._choices = tuple(choices)
        self._placeholder = placeholder
        self._left = self._choices
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, field, list."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            yield Input(placeholder=self._placeholder, compact=True)
            yield Options(compact=True)

    def on_mount(self) -> None:
        """Everything is there to begin with."""
        self._fill()

    def action_back(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Move in the list, wherever the focus is."""
        options = self.query_one(OptionList)
        if self._left:
            options.highlighted = ((options.highlighted or 0) + by) % len(self._left)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        words = searched_words(event.value)
        self._left = tuple(choice for choice in self._choices if choice.has(words))
        self._fill()

    @on(Input.Submitted)
    def _entered(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if self._left and highlighted is not None:
            self.dismiss(self._left[highlighted].value)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if self._left:
            self.dismiss(self._left[event.option_index].value)

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        if self._left:
            options.add_options([Option(choice.as_content()) for choice in self._left])
            options.highlighted = 0
        else:
            options.add_option(Option(plain(texts.CHOICE_NOTHING), disabled=True))


class LetterDialog(Dialog[str | None]):
    """One letter chooses: the second key after `g`.

    Args:
        title: What is chosen.
        letters: Letter -> (what it gives, its name).
    """

    BINDINGS: ClassVar[list[BindingType]] = own_bindings("letras.voltar")

    def __init__(self, title: str, letters: Mapping[str, tuple[str, str]]) -> None:
        self._title = title
        self._letters = dict(letters)
        super().__init__()
        for letter in self._letters:  # bindings, because a key that comes at once with `g` is looked up here as well
            compat.bind(self, letter, f"go('{letter}')")

    def compose(self) -> ComposeResult:
        """The letters and where they lead."""
        with Vertical(classes="box small"):
            yield Static(plain(self._title), classes="title")
            for letter, (_, name) in self._letters.items():
                yield Static(Content("  ").join([plain(letter, "bold"), plain(name)]))

    def action_go(self, letter: str) -> None:
        """Take what the letter gives."""
        self.dismiss(self._letters[letter][0])

    def on_key(self, event: events.Key) -> None:
        """Any other letter goes back."""
        if event.is_printable and event.key not in self._letters:
            event.stop()
            self.dismiss(None)
