"""Dialogs that choose from a list, by part of the name or by a letter."""

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
from atendimento_tui.screens.dialogs.help import part_help
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.dialog import Dialog
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain

ValueT = TypeVar("ValueT")


class Choice(NamedTuple, Generic[ValueT]):
    """An entry of a list.

    Attributes:
        aside: Dim text after the name; it is searched too.
    """

    value: ValueT
    name: str
    aside: str = ""

    def as_content(self) -> Content:
        """The line of the list."""
        return Content("  ").join([plain(self.name), plain(self.aside, "dim")])

    def contains(self, words: Sequence[str]) -> bool:
        """Whether it contains all words; accents, case, apostrophes and hyphens do not matter."""
        text = searched_name(f"{self.name} {self.aside}")
        return all(is_found(word, text) for word in words)


class ChooseDialog(Dialog[ValueT | None], Generic[ValueT]):
    """A search field and the list of matching entries. The arrows move in the list while the field has the focus.

    Args:
        title: The title.
        choices: All entries.
        placeholder: The placeholder of the field.
    """

    AUTO_FOCUS = "Input"
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-short"), (24, "-tall")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        *own_bindings("escolha.voltar", "escolha.ajuda"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[Choice[ValueT]], placeholder: str = "") -> None:
        self._title = title
        self._choices = tuple(choices)
        self._placeholder = placeholder
        self._matching = self._choices
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, field, list."""
        with Vertical(classes="box"):
            yield Static(plain(self._title), classes="title")
            yield Input(placeholder=self._placeholder, compact=True)
            yield Options(compact=True)

    def on_mount(self) -> None:
        """Show all entries."""
        self._fill()

    def action_back(self) -> None:
        """Close without choosing."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys of the list."""
        self.app.push_screen(part_help("escolha"))

    def action_move(self, by: int) -> None:
        """Move in the list."""
        options = self.query_one(OptionList)
        if self._matching:
            options.highlighted = ((options.highlighted or 0) + by) % len(self._matching)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        words = searched_words(event.value)
        self._matching = tuple(choice for choice in self._choices if choice.contains(words))
        self._fill()

    @on(Input.Submitted)
    def _entered(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if self._matching and highlighted is not None:
            self.dismiss(self._matching[highlighted].value)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if self._matching:
            self.dismiss(self._matching[event.option_index].value)

    def _fill(self) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        if self._matching:
            options.add_options([Option(choice.as_content()) for choice in self._matching])
            options.highlighted = 0
        else:
            options.add_option(Option(plain(texts.CHOICE_NOTHING), disabled=True))


class LetterDialog(Dialog[str | None]):
    """Chooses by one letter: the second key after `g`.

    Args:
        title: The title.
        letters: Letter -> (its value, its name).
    """

    BINDINGS: ClassVar[list[BindingType]] = own_bindings("letras.voltar")

    def __init__(self, title: str, letters: Mapping[str, tuple[str, str]]) -> None:
        self._title = title
        self._letters = dict(letters)
        super().__init__()
        for letter in self._letters:  # bindings, not only `on_key`, so that a key typed right after `g` finds them
            compat.bind(self, letter, f"go('{letter}')")

    def compose(self) -> ComposeResult:
        """The letters and their names."""
        with Vertical(classes="box small"):
            yield Static(plain(self._title), classes="title")
            for letter, (_, name) in self._letters.items():
                yield Static(Content("  ").join([plain(letter, "bold"), plain(name)]))

    def action_go(self, letter: str) -> None:
        """Close with the value of the letter."""
        self.dismiss(self._letters[letter][0])

    def on_key(self, event: events.Key) -> None:
        """Close without choosing on any other letter."""
        if event.is_printable and event.key not in self._letters:
            event.stop()
            self.dismiss(None)
