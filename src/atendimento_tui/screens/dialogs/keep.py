"""The dialog that keeps something that is no ticket: a person, a group, a setting. Its input is saved as a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from atendimento_tui.screens.dialogs.write import Send, WriteDialog
from atendimento_tui.screens.fields import Row, value_of
from atendimento_tui.texts import people as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.names import Names
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.window.drafts import ActDraft


@dataclass(frozen=True, slots=True)
class Item:
    """A field of the dialog.

    Attributes:
        value: The present value.
        note: How it is filled in.
        options: Value -> word, of a choice; none for a line of text.
        is_suggestion: Whether the value is only a suggestion, which the first letter replaces.
        is_draft: Whether the input is saved as a draft; a confirmation is typed each time.
        names: Names that complete what is typed.
        is_list: Whether it takes several of them, with commas between them.
    """

    label: str
    value: str = ""
    note: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    is_suggestion: bool = False
    is_draft: bool = True
    names: Sequence[str] = ()
    is_list: bool = False


class KeepDialog(WriteDialog):
    """Asks for the items. A refusal is shown in the dialog, and the input stays.

    Args:
        title: The title.
        items: Key -> field.
        above: Lines above the fields.
    """

    AUTO_FOCUS = ""

    def __init__(
        self, title: str, items: Mapping[str, Item], send: Send, draft: ActDraft, above: Sequence[Content] = ()
    ) -> None:
        self._title = title
        self._items = items
        self._above = above
        self._rows: dict[str, Row] = {}
        super().__init__("", send, draft)

    def on_mount(self) -> None:
        """Focus the first field, which is at the top: Textual would scroll to its middle, at some later moment."""
        super().on_mount()
        next(iter(self.fields.values())).focus(scroll_visible=False)

    def title_text(self) -> str:
        """The title."""
        return self._title

    def hint(self) -> str:
        """The keys of the dialog."""
        return texts.KEEP_HINT if len(self._items) > 1 else texts.KEEP_HINT_ONE

    def field(self) -> ComposeResult:
        """The lines and the fields."""
        with VerticalScroll(classes="fields", can_focus=False):
            if self._above:
                yield Lines(self._above, classes="above")
            for key, item in self._items.items():
                shown = self._field(key, item)
                self._rows[key] = Row(item.label, shown, item.note)
                yield self._rows[key]

    def _field(self, key: str, item: Item) -> Widget:
        value, name = self.draft(key), f"campo-{key.replace('.', '-')}"
        if item.options:
            choice = self.fields[key] = OneOf(item.options, value, id=name)
            choice.add_class("asked")
            return choice
        line = self.fields[key] = LineInput(
            value,
            is_suggestion=item.is_suggestion and value == item.value,
            suggester=Names(item.names, is_list=item.is_list) if item.names else None,
            compact=True,
            id=name,
            classes="asked",
        )
        return line

    def initial(self, key: str) -> str:
        """The present value."""
        return self._items[key].value

    def show_present(self, items: Mapping[str, Item]) -> None:
        """Show other present values, except in fields that were typed in. Closed, the dialog keeps its draft as it is.

        Args:
            items: The fields of the dialog with their present values.
        """
        if self._is_closed:
            return
        untouched = [key for key, line in self.fields.items() if value_of(line) == self.initial(key)]
        self._items = items
        for key in untouched:
            self.fields[key].value = self.initial(key)
        self._update_draft()

    def is_draft(self, key: str) -> bool:
        """Whether the input of a field is saved as a draft."""
        return self._items[key].is_draft

    def rows(self) -> Mapping[str, Row]:
        """The rows of the fields."""
        return self._rows

    @on(Input.Submitted)
    @on(OneOf.Submitted)
    def _entered(self) -> None:
        """Focus the next field; after the last one, save."""
        fields: list[Widget] = list(self.fields.values())
        if self.focused in fields and self.focused is not fields[-1]:
            fields[fields.index(self.focused) + 1].focus()
        else:
            self.action_save()
