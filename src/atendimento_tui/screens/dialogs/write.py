"""A dialog that asks for words and keeps them until the act is written."""

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from atendimento_tui.results import ActDone
from atendimento_tui.screens.fields import Field, put_before, value_of
from atendimento_tui.screens.unsent import KeptWords
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain, safe

Words: TypeAlias = Mapping[str, str]
"""Key of a field -> what stands in it; words of one's own stand under `TEXT`."""

TEXT = ""

Send: TypeAlias = Callable[[Words, int, Callable[[ActDone], None], Callable[[str], None]], None]
"""Sends the words off: the version seen, what to do when it is written, what to do when it is refused."""


class WriteDialog(ModalScreen[None]):
    """Asks for words. A refusal is told inside, and nothing of what was typed goes away.

    Args:
        protocol: The ticket's number, as people read it.
        seen: The version of the ticket on which it was opened.
        send: Sends the words off.
        latest: The version of the ticket now: what the person has seen once a refusal has told of the change.
        kept: What was typed before and not sent, and where it is kept while one types.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False, id="dialogo.voltar"),
        Binding("ctrl+s", "save", show=False, id="dialogo.gravar", priority=True),
    ]

    def __init__(self, protocol: str, seen: int, send: Send, latest: Callable[[], int], kept: KeptWords) -> None:
        self.protocol = protocol
        self.fields: dict[str, Field] = {}
        """Where the words are typed, by key; `field` makes them."""
        self._seen = seen
        self._send = send
        self._latest = latest
        self._kept = kept
        self._sending = self._was_refused = self._left = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, field, what was refused, hint."""
        with Vertical(classes="box"):
            yield Static(plain(self.title_text()), classes="title")
            yield from self.field()
            yield Static(classes="refusal")
            yield Static(plain(self.hint()), classes="hint")

    def on_mount(self) -> None:
        """Words may wait on the disk that a killed window left there."""
        self._kept.look(self._take)

    def title_text(self) -> str:
        """What is asked."""
        raise NotImplementedError

    def hint(self) -> str:
        """Which keys do what."""
        raise NotImplementedError

    def field(self) -> ComposeResult:
        """Where the words are typed."""
        raise NotImplementedError

    def at_first(self, key: str) -> str:
        """What stands in a field before anybody types."""
        del key
        return ""

    def draft(self, key: str) -> str:
        """What stands in a field when the dialog opens."""
        return self._kept.now.words.get(key, self.at_first(key))

    def given(self) -> Words:
        """What is sent off."""
        return {key: value_of(field) for key, field in self.fields.items()}

    def action_save(self) -> None:
        """Send it off, once."""
        if not self._sending:
            self._hear()
            self._sending = True
            seen = self._latest() if self._was_refused else self._seen
            self._send(self.given(), seen, self._written, self._refused)

    def action_back(self) -> None:
        """Leave without acting. What was sent off already is still told, wherever one is by then."""
        if not self._left:
            self._hear()
            self._left = True
            self.dismiss(None)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OneOf.Changed)
    def _hear(self) -> None:
        """Keep what stands otherwise than at first, also where it is not asked for just now."""
        if not self._left:
            values = {key: value_of(field) for key, field in self.fields.items()}
            self._kept.typed({key: value for key, value in values.items() if value != self.at_first(key)})

    def _take(self, words: Words) -> bool:
        """Put words that were left on the disk before what was typed while they were looked for."""
        if self._sending or self._left:
            return False
        for key, value in words.items():
            if key in self.fields:
                put_before(self.fields[key], value, self.at_first(key))
        return True

    def _written(self, _done: ActDone) -> None:
        if not self._left:
            self._left = True
            self.dismiss(None)

    def _refused(self, reason: str) -> None:
        self._sending, self._was_refused = False, True
        if self._left:
            self.app.notify(safe(reason), severity="warning", markup=False)
        else:
            self.query_one(".refusal", Static).update(plain(reason))
