"""The base class of dialogs of acts. Their input is saved as a draft until the act is done."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static, TextArea

from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.dialogs.form import FormDialog
from atendimento_tui.screens.fields import Field, Row, prepend_value, show_errors, value_of
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.drafts import ActDraft

Words: TypeAlias = Mapping[str, str]
"""Key of a field -> its input; the key of the text is `TEXT`."""

TEXT = ""

Send: TypeAlias = Callable[[Words, Callable[[object], None], Callable[[Refusal], None]], None]
"""Does the act. Arguments: the input; a function for the result; a function for a refusal."""


REFUSAL_AT_MOST = 0.3
"""The part of the screen's rows that a refusal gets at most."""

_FIELDS_AT_LEAST = 3
"""Rows of the fields beside a refusal."""


class WriteDialog(FormDialog[None]):
    """Asks for the input of an act. A refusal is shown in the dialog, and the input stays.

    Args:
        protocol: The ticket's number, formatted.
        send: Does the act.
        draft: The draft of the act in this window.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *own_bindings("dialogo.voltar", "dialogo.gravar"),
    ]

    def __init__(self, protocol: str, send: Send, draft: ActDraft) -> None:
        self.protocol = protocol
        self.fields: dict[str, Field] = {}
        """Key -> field; created by `field`."""
        self._send = send
        self._draft = draft
        self._sending = self._is_closed = False
        super().__init__()

    def compose(self) -> ComposeResult:
        """Title, fields, refusal, hint."""
        with Vertical(classes="box"):
            yield Static(plain(self.title_text()), classes="title")
            yield from self.field()
            with VerticalScroll(classes="refusal-text", can_focus=False):
                yield Static(classes="refusal")
            yield Static(plain(self.hint()), classes="hint")

    def on_mount(self) -> None:
        """Look for a draft that a killed window has left."""
        self._draft.restore(self._restore)

    def title_text(self) -> str:
        """The title."""
        raise NotImplementedError

    def hint(self) -> str:
        """The keys of the dialog."""
        raise NotImplementedError

    def field(self) -> ComposeResult:
        """The fields of the dialog."""
        raise NotImplementedError

    def initial(self, key: str) -> str:
        """The value of a field without a draft."""
        del key
        return ""

    def is_draft(self, key: str) -> bool:
        """Whether the input of a field is saved as a draft."""
        del key
        return True

    def draft(self, key: str) -> str:
        """The value of a field when the dialog opens: of the draft, else the initial one."""
        return self._draft.now.words.get(key, self.initial(key))

    def rows(self) -> Mapping[str, Row]:
        """Key -> the row that shows errors of its field."""
        return {}

    def given(self) -> Words:
        """The input of the act."""
        return {key: value_of(field) for key, field in self.fields.items()}

    def action_save(self) -> None:
        """Do the act; once, while the request is running."""
        if not self._sending:
            self._update_draft()
            self._sending = True
            self._send(self.given(), self._written, self._refused)

    def action_back(self) -> None:
        """Close without doing the act. The result of a running request is still shown."""
        if not self._is_closed:
            self._update_draft()
            self._is_closed = True
            self.dismiss(None)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OneOf.Changed)
    def _update_draft(self) -> None:
        """Put all input that differs from the initial values into the draft, also of hidden fields."""
        if not self._is_closed:
            values = {key: value_of(field) for key, field in self.fields.items() if self.is_draft(key)}
            typed = {key: value for key, value in values.items() if value != self.initial(key)}
            self._draft.change(replace(self._draft.now, words=typed))

    def _restore(self, words: Words) -> bool:
        """Put a draft that was found into the fields, before what was typed meanwhile.

        Returns:
            Whether the dialog still took it.
        """
        if self._sending or self._is_closed:
            return False
        for key, value in words.items():
            if key in self.fields:
                prepend_value(self.fields[key], value, self.initial(key))
        return True

    def _written(self, _done: object) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.dismiss(None)

    def _refused(self, refusal: Refusal) -> None:
        self._sending = False
        if self._is_closed:
            desk_app(self).show_refusal(refusal)
        else:
            self.add_class("-refused")
            app = desk_app(self)
            errors = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
            all_shown = show_errors(self.rows(), errors)
            text = texts.CHECK_FIELDS if all_shown and len(errors) > 1 else app.refusal_text(refusal)
            self.query_one(".refusal", Static).update(plain(text, multiline=True))
            self._fit_refusal()
            self.query_one(".refusal-text", VerticalScroll).scroll_home(animate=False)

    def forget_refusal(self) -> None:
        """Remove the refusal, and give its rows back to the fields."""
        super().forget_refusal()
        self.remove_class("-refused")
        scroll = self.query_one(".refusal-text", VerticalScroll)
        scroll.can_focus = False
        for styles in (scroll.styles, *(fields.styles for fields in self.query(".fields"))):
            styles.clear_rule("height")
            styles.clear_rule("max_height")
        self.query_one(".hint", Static).update(plain(self.hint()))

    def on_resize(self) -> None:
        """Fit the refusal to the new size."""
        if self.has_class("-refused"):
            self._fit_refusal()

    def _fit_refusal(self) -> None:
        """Give the refusal the rows of its text, and the focus for scrolling if these are more than there is room for.

        A height of `auto` would make the box as high as the whole text, which may contain long texts of others.
        """
        text, scroll = self.query_one(".refusal", Static), self.query_one(".refusal-text", VerticalScroll)
        room = self.query_one(".box").content_size
        rows, most = text.get_content_height(room, self.size, room.width), int(self.size.height * REFUSAL_AT_MOST)
        scroll.styles.height = min(rows, most)
        scroll.styles.overflow_y = "auto" if rows > most else "hidden"  # a scrollbar would stay after a resize
        scroll.can_focus = rows > most
        hint = texts.REFUSAL_HINT.format(hint=self.hint()) if scroll.can_focus else self.hint()
        self.query_one(".hint", Static).update(plain(hint))
        for fields in self.query(".fields"):
            lines = sum(
                line.get_content_height(room, self.size, room.width) + line.styles.margin.height
                for line in self.query(".box > .title, .box > .hint").results(Static)
            )
            left = self.size.height - self.query_one(".box").gutter.height - lines - min(rows, most)
            fields.styles.max_height = max(left, _FIELDS_AT_LEAST)
