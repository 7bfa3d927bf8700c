"""A dialog that asks for words and keeps them until the act is written."""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeAlias, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from atendimento_tui.results import ActDone
from atendimento_tui.widgets.text import plain, safe

WordsT = TypeVar("WordsT")

Send: TypeAlias = Callable[[WordsT, int, Callable[[ActDone], None], Callable[[str], None]], None]
"""Sends the words off: the version seen, what to do when it is written, what to do when it is refused."""


class WriteDialog(ModalScreen[WordsT | None], Generic[WordsT]):
    """Asks for words. A refusal is told inside, and nothing of what was typed goes away.

    It answers the words that were not sent: they are its draft when it is opened again. None where they were sent.

    Args:
        protocol: The ticket's number, as people read it.
        seen: The version of the ticket on which it was opened.
        send: Sends the words off.
        latest: The version of the ticket now: what the person has seen once a refusal has told of the change.
        draft: What was typed before and not sent.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False, id="dialogo.voltar"),
        Binding("ctrl+s", "save", show=False, id="dialogo.gravar", priority=True),
    ]

    def __init__(
        self, protocol: str, seen: int, send: "Send[WordsT]", latest: Callable[[], int], draft: WordsT
    ) -> None:
        self.protocol = protocol
        self.draft = draft
        self._seen = seen
        self._send = send
        self._latest = latest
        self._sending = self._was_refused = self._left = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, field, what was refused, hint."""
        with Vertical(classes="box"):
            yield Static(plain(self.title_text()), classes="title")
            yield from self.field()
            yield Static(classes="refusal")
            yield Static(plain(self.hint()), classes="hint")

    def title_text(self) -> str:
        """What is asked."""
        raise NotImplementedError

    def hint(self) -> str:
        """Which keys do what."""
        raise NotImplementedError

    def field(self) -> ComposeResult:
        """Where the words are typed."""
        raise NotImplementedError

    def words(self) -> WordsT:
        """What was typed."""
        raise NotImplementedError

    def given(self) -> WordsT:
        """What is sent off of it."""
        return self.words()

    def action_save(self) -> None:
        """Send it off, once."""
        if not self._sending:
            self._sending = True
            seen = self._latest() if self._was_refused else self._seen
            self._send(self.given(), seen, self._written, self._refused)

    def action_back(self) -> None:
        """Leave without acting. What was sent off already is still told, wherever one is by then."""
        if not self._left:
            self._left = True
            self.dismiss(self.words())

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
