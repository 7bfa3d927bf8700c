"""A choice between a few visible words: arrows move, typed letters go to the word that begins with them."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive, var
from textual.style import Style
from textual.widget import Widget

from atendimento_tui.widgets.names import folded
from atendimento_tui.widgets.text import plain

CHOSEN, OTHER = "●", "○"
_GAP = "   "
_PAUSE_S = 1.0
"""Seconds without a key after which a letter begins a new typed word."""


class OneOf(Widget, can_focus=True):
    """Words of which one or none is chosen.

    Args:
        options: Value -> the shown word.
        value: The chosen value; empty for none.
        optional: Whether the choice can be cleared.
    """

    DEFAULT_CSS = """
    OneOf { height: auto; width: 1fr; }
    OneOf:focus { background: $boost; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right,space", "move(1)", show=False),
        Binding("backspace,delete", "clear", show=False),
        Binding("enter", "enter", show=False),
    ]
    ALLOW_SELECT = False
    auto_links: Reactive[bool] = Reactive(False)

    options: reactive[Mapping[str, str]] = reactive({})
    value: var[str] = var("")

    class Changed(Message):
        """The value has changed."""

        def __init__(self, one_of: "OneOf") -> None:
            super().__init__()
            self.one_of = one_of

        @property
        def control(self) -> "OneOf":
            return self.one_of

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(
        self,
        options: Mapping[str, str],
        value: str = "",
        *,
        optional: bool = False,
        id: str | None = None,  # noqa: A002 - the name that Textual uses
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(OneOf.options, dict(options))
        self.set_reactive(OneOf.value, value)
        self._optional = optional
        self._typed = ""
        """The typed word, folded."""
        self._typed_at = 0.0
        """When the last key was typed, in monotonic seconds."""
        self._height = 0
        """The number of lines for which the screen is laid out."""

    def render(self) -> Content:
        """The words, each with a sign. The chosen one has another sign and is bold."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines."""
        del container, viewport
        self._height = len(self._lines(width))
        return self._height

    def _lines(self, width: int) -> list[Content]:
        """The words in lines. A word is broken only if it is longer than a line."""
        lines: list[list[Content]] = [[]]
        taken = 0
        for value, word in self.options.items():
            shown = self._word(value, word)
            if lines[-1] and taken + len(_GAP) + shown.cell_length > width:
                lines.append([])
                taken = 0
            taken += shown.cell_length + (len(_GAP) if lines[-1] else 0)
            lines[-1].append(shown)
        return [Content(_GAP).join(line) for line in lines]

    def _word(self, value: str, word: str) -> Content:
        chosen = value == self.value
        style = ("bold reverse" if self.has_focus else "bold") if chosen else ""
        return plain(f"{CHOSEN if chosen else OTHER} {word}", style).stylize(Style.from_meta({"one_of": value}))

    def watch_options(self) -> None:
        """Lay out the screen if the words take another number of lines."""
        if len(self._lines(self.size.width)) != self._height:
            self.refresh(layout=True)

    def watch_value(self) -> None:
        """Repaint and post `Changed`."""
        self.refresh()
        self.post_message(self.Changed(self))

    def action_move(self, by: int) -> None:
        """Choose the word that is `by` positions further."""
        values = list(self.options)
        if not values:
            return
        at = values.index(self.value) + by if self.value in values else (0 if by > 0 else -1)
        self.value = values[at % len(values)]

    def action_clear(self) -> None:
        """Clear the choice, if it is optional."""
        if self._optional:
            self.value = ""

    def action_enter(self) -> None:
        """Post `Submitted`."""
        self.post_message(self.Submitted())

    def on_key(self, event: events.Key) -> None:
        """Choose the word that begins with the letters typed without a pause; for one letter, the next such word.

        A letter that continues no word is ignored after two or more letters; after one it begins a new typed word.
        """
        character = event.character if event.is_printable and event.character else ""
        typed = self._typed if event.time - self._typed_at <= _PAUSE_S else ""
        longer = typed + folded(character)
        self._typed, self._typed_at = "", event.time
        if character and typed and (found := self._beginning_with(longer)):  # also a space or a hyphen in a word
            self._typed = longer
            # A word that is typed whole is meant, not a longer one before it.
            self.value = min(found, key=lambda value: folded(self.options[value]) != longer)
        elif not character.isalnum():
            return
        elif len(typed) > 1:
            self._typed = typed
        elif found := self._beginning_with(folded(character)):
            self._typed = folded(character)
            values = list(self.options)
            after = values.index(self.value) + 1 if self.value in values else 0
            self.value = min(found, key=lambda value: (values.index(value) - after) % len(values))
        else:
            return
        event.stop()
        event.prevent_default()

    def _beginning_with(self, typed: str) -> list[str]:
        """The values whose words begin with a folded text."""
        return [value for value, word in self.options.items() if folded(word).startswith(typed)]

    def on_click(self, event: events.Click) -> None:
        """Choose the clicked word."""
        chosen = event.style.meta.get("one_of")
        if isinstance(chosen, str) and chosen in self.options:
            self.value = chosen
