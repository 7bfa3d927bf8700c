"""The frame of a place that shows a list: its rows are all read, and a panel tells of the row under the cursor."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from atendimento_tui.actions import Facts
from atendimento_tui.domain.text import searched_words
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.window_table import CursorLost, Highlighted, LoadedTable, Selected

if TYPE_CHECKING:
    from atendimento_tui.contracts.people import Member

RowT = TypeVar("RowT")

_FILTER_LENGTH = 120
"""Letters of a filter. More are a text pasted by mistake, not words to search."""


class ListPlace(Keeping, Generic[RowT]):
    """A place that shows a list.

    A subclass sets `table`, and has `body`, `desk_changed` (which reads the rows), `forget` and `show_row`.
    """

    ENTER: ClassVar[str]
    """The action of Enter, and of a click on the row under the cursor."""

    table: LoadedTable[RowT]
    """The list; if there are several, the one that is shown."""

    def forget(self) -> None:
        """Show no rows: they are what the former person may know of."""

    def show_row(self) -> None:
        """Show what is known of the row under the cursor."""

    def with_panel(self, tables: Iterable[Widget]) -> ComposeResult:
        """The lists, and in a wide terminal the panel."""
        with Horizontal(id="lists"):
            yield from tables
            with VerticalScroll(id="panel", can_focus=False):
                yield Lines(id="facts")

    def show_facts(self, lines: Iterable[Content]) -> None:
        """Show these lines in the panel."""
        self.query_one("#facts", Lines).show([*lines])

    def show_tabs(self, titles: Sequence[str], shown: int, right: Sequence[Piece] = ()) -> None:
        """Paint the tabs.

        Args:
            titles: Their names and counts.
            shown: The position of the one that is shown; the first is 0.
            right: What stands at the right end.
        """
        pieces = [
            Piece(f" {at} {title} ", "reverse bold" if at == shown + 1 else "", f"screen.do('{self.WHERE}.aba_{at}')")
            for at, title in enumerate(titles, 1)
        ]
        self.query_one("#tabs", Bar).set(pieces, right)

    def row(self) -> RowT | None:
        """What the row under the cursor shows."""
        line = self.table.cursor_row
        return line.of if line else None

    def _row(self) -> RowT:
        row = self.row()
        assert row is not None, "why_not refuses acts on a row if there is none"
        return row

    def cursor_moved(self) -> None:
        """Paint the footer and what is known of the row."""
        if self.is_built:
            self.paint_footer()
            self.show_row()

    # Called by Textual and by the application.

    def person_changed(self, person: "Member | None") -> None:
        """Read what this person may know of."""
        super().person_changed(person)
        self.forget()
        if self.desk_app.desk_info:
            self.desk_changed()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.call_after_refresh(self.cursor_moved)

    def facts(self) -> Facts:
        """The state of the place, with whether there is a row to act on."""
        return replace(super().facts(), has_row=self.row() is not None)

    @on(Highlighted)
    @on(CursorLost)
    def _moved(self) -> None:
        self.cursor_moved()

    @on(Selected)
    def _chosen(self) -> None:
        self.action_do(self.ENTER)


class FilteredPlace(ListPlace[RowT]):
    """A place of a list with a filter, which is shown while it is used.

    A subclass has `filter_bar` in its `body`, and `fill`.
    """

    def fill(self) -> None:
        """Show the rows that have all words of the filter."""

    def filter_bar(self, placeholder: str) -> ComposeResult:
        """The field of the filter."""
        with Horizontal(id="filter"):
            yield LineInput(placeholder=placeholder, id="words", compact=True, max_length=_FILTER_LENGTH)

    @property
    def wanted(self) -> Sequence[str]:
        """The words of the filter."""
        return searched_words(self.query_one("#words", LineInput).value)

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self.fill()

    @on(Input.Submitted, "#words")
    def _filtered(self) -> None:
        self.table.focus()

    def open_filter(self) -> None:
        """Show the filter and focus its field."""
        self.add_class("-filtering")
        self.query_one("#words", LineInput).focus()

    def key_escape(self) -> None:
        """Leave the field of the filter; if it is empty or left already, remove the filter."""
        words = self.query_one("#words", LineInput)
        if not (words.has_focus and words.value):
            words.value = ""
            self.remove_class("-filtering")
        self.table.focus()
