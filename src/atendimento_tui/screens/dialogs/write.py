"""A dialog that asks for words and keeps them until the act is written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static, TextArea

from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.dialogs.form import FormDialog
from atendimento_tui.screens.fields import Field, Row, prepend_value, show_errors, value_of
from atendimento_tui.texts import intake as form_texts
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.drafts import ActDraft

Words: TypeAlias = Mapping[str, str]
"""Key of a field -> what stands in it; words of one's own stand under `TEXT`."""

TEXT = ""

Send: TypeAlias = Callable[[Words, Callable[[ActDone], None], Callable[[Refusal], None]], None]
"""Sends the words off: what to do when it is written, what to do when it is refused."""


class WriteDialog(FormDialog[None]):
    """Asks for words. A refusal is told inside, and nothing of what was typed goes away.

    Args:
        protocol: The ticket's number, as people read it.
        send: Sends the words off.
        draft: What was typed before and not sent, and where it is kept while one types.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *own_bindings("dialogo.voltar", "dialogo.gravar"),
    ]

    def __init__(self, protocol: str, send: Send, draft: ActDraft) -> None:
        self.protocol = protocol
        self.fields: dict[str, Field] = {}
        """Where the words are typed, by key; `field` makes them."""
        self._send = send
        self._draft = draft
        self._sending = self._left = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, field, what was refused, hint."""
        with Vertical(classes="box"):
            yield Static(plain(self.title_text()), classes="title")
            yield from self.field()
            with VerticalScroll(classes="told", can_focus=False):
                yield Static(classes="refusal")
            yield Static(plain(self.hint()), classes="hint")

    def on_mount(self) -> None:
        """Words may wait on the disk that a killed window left there."""
        self._draft.look(self._take)

    def title_text(self) -> str:
        """What is asked."""
        raise NotImplementedError

    def hint(self) -> str:
        """Which keys do what."""
        raise NotImplementedError

    def field(self) -> ComposeResult:
        """Where the words are typed."""
        raise NotImplementedError

    def initial(self, key: str) -> str:
        """What stands in a field before anybody types."""
        del key
        return ""

    def draft(self, key: str) -> str:
        """What stands in a field when the dialog opens."""
        return self._draft.now.words.get(key, self.initial(key))

    def rows(self) -> Mapping[str, Row]:
        """Beside which field what is wrong with its answer can be told."""
        return {}

    def given(self) -> Words:
        """What is sent off."""
        return {key: value_of(field) for key, field in self.fields.items()}

    def action_save(self) -> None:
        """Send it off, once."""
        if not self._sending:
            self._hear()
            self._sending = True
            self._send(self.given(), self._written, self._refused)

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
            typed = {key: value for key, value in values.items() if value != self.initial(key)}
            self._draft.change(replace(self._draft.now, words=typed))

    def _take(self, words: Words) -> bool:
        """Put words that were left on the disk before what was typed while they were looked for."""
        if self._sending or self._left:
            return False
        for key, value in words.items():
            if key in self.fields:
                prepend_value(self.fields[key], value, self.initial(key))
        return True

    def _written(self, _done: ActDone) -> None:
        if not self._left:
            self._left = True
            self.dismiss(None)

    def _refused(self, refusal: Refusal) -> None:
        self._sending = False
        if self._left:
            desk_app(self).show_refusal(refusal)
        else:
            self.add_class("-refused")
            self.query_one(".told").styles.height = "auto"
            app = desk_app(self)
            told = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
            all_told = show_errors(self.rows(), told)
            said = form_texts.CHECK_FIELDS if all_told and len(told) > 1 else app.refusal_text(refusal)
            self.query_one(".refusal", Static).update(plain(said, multiline=True))
            self.call_after_refresh(self._offer_to_scroll)

    def _offer_to_scroll(self) -> None:
        """What others wrote may be long: the keyboard goes there where it does not fit."""
        told = self.query_one(".told", VerticalScroll)
        told.styles.height = told.size.height  # else the box is as high as if all of it were seen
        told.scroll_home(animate=False)
        told.can_focus = told.max_scroll_y > 0
        hint = texts.REFUSAL_HINT.format(hint=self.hint()) if told.can_focus else self.hint()
        self.query_one(".hint", Static).update(plain(hint))
