"""The frame of a place that shows a list: its rows are all read, and a panel tells of the row under the cursor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from atendimento_tui.actions import Facts
from atendimento_tui.actions.areas.queue import PLACE as QUEUE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.domain.text import is_found, searched_name, searched_words
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.texts import window
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.window_table import CursorLost, Highlighted, Line, LoadedTable, Selected

if TYPE_CHECKING:
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.services.desk import Desk

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
        self.after_refresh(self.cursor_moved)

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


class _Sought(LineInput):
    """The search field. The arrow down goes to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "screen.to_list", show=False)]


class SearchedPlace(ListPlace[RowT]):
    """A place of a list that is empty until something is searched for, as one types.

    A subclass has `search_bar` in its `body`, `find` and `show_found`.
    """

    AUTO_FOCUS = "#words"

    _shown_for = ""
    """The text whose rows are shown."""
    _enters = False
    """Whether Enter waits for the rows of the text."""

    def find(self, desk: "Desk", typed: str, now: datetime) -> Sequence[RowT]:
        """Call the service."""
        raise NotImplementedError

    def show_found(self, found: Sequence[RowT], typed: str) -> None:
        """Show what was found by a text; nothing, if the text is empty."""
        raise NotImplementedError

    def search_bar(self, placeholder: str) -> ComposeResult:
        """The search field."""
        with Horizontal(id="search"):
            yield _Sought(placeholder=placeholder, id="words", compact=True, max_length=_FILTER_LENGTH)

    @property
    def typed(self) -> str:
        """The text of the search field."""
        return self.query_one("#words", LineInput).value.strip()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Search again."""
        del changes
        self._search()

    def forget(self) -> None:
        """Forget what the former person searched for."""
        words = self.query_one("#words", LineInput)
        words.value = ""
        words.focus()  # in the empty list letters are keys
        self._show([], "")

    @on(Input.Changed, "#words")
    def _search(self) -> None:
        typed = self.typed
        if not typed or self.desk_app.desk_info is None:
            self._show([], typed)
            return

        def find(desk: "Desk", now: datetime) -> Sequence[RowT]:
            return self.find(desk, typed, now)

        def refused(refusal: "Refusal") -> None:
            self._enters = False
            self.let_keys_act()
            self.desk_app.show_refusal(refusal)

        self.desk_app.serve(find, lambda found: self._show(found, typed), refused)

    def _show(self, found: Sequence[RowT], typed: str) -> None:
        """Show what was found, if the field still has its text; then Enter, if it was pressed meanwhile."""
        if self.is_built and typed == self.typed:
            self._shown_for = typed
            self.show_found(found, typed)
            self.cursor_moved()
            enters, self._enters = self._enters, False
            if enters:
                self.entered()
            self.let_keys_act()

    @on(Input.Submitted, "#words")
    def _entered(self) -> None:
        if self._shown_for == self.typed:
            self.entered()
        else:
            self._enters = True
            self.hold_keys()

    def entered(self) -> None:
        """Enter in the search field."""
        self.action_to_list()

    def action_to_list(self) -> None:
        """Go to the list, where each act has its key, also if it is empty."""
        self.table.focus()
        if self._shown_for != self.typed:
            self.hold_keys()

    def search_again(self) -> None:
        """Go back to the search field."""
        words = self.query_one("#words", LineInput)
        words.focus()
        words.select_all()

    def key_escape(self) -> None:
        """Go back to the search field; from there remove what was typed; then to the queue."""
        words = self.query_one("#words", LineInput)
        if not words.has_focus:
            words.focus()
        elif words.value:
            words.value = ""
        else:
            self.desk_app.go(QUEUE.where)


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

    def remove_filter(self) -> None:
        """Show all rows again, and hide the field."""
        self.query_one("#words", LineInput).value = ""
        self.remove_class("-filtering")
        self.table.focus()

    def forget(self) -> None:
        """Remove the former person's filter."""
        super().forget()
        self.remove_filter()

    def key_escape(self) -> None:
        """Leave the field of the filter; if it is empty or left already, remove the filter."""
        words = self.query_one("#words", LineInput)
        if words.has_focus and words.value:
            self.table.focus()
        else:
            self.remove_filter()


class TabbedPlace(FilteredPlace[RowT]):
    """A place of several lists, one of which is shown.

    A subclass has `tables`, `_tab` and `_paint`, and calls `fill_tables` in `fill`.
    """

    FILTER: ClassVar[str]
    """What the filter says while it is empty."""

    tables: Mapping[str, LoadedTable[RowT]]
    """Tab -> its list, in their order."""

    _tab: str
    """The tab that is shown."""

    with_former = False
    """Whether rows of what is over, which are dim, are shown too."""

    def body(self) -> ComposeResult:
        """Tabs, filter, lists, and in a wide terminal the panel."""
        yield Bar(id="tabs")
        yield from self.filter_bar(self.FILTER)
        yield from self.with_panel(self.tables.values())

    def built(self) -> None:
        """Paint the frame, and read the rows if the desk is open."""
        self.show_tab(1)
        super().built()

    def fill_tables(self, lines: Mapping[str, Iterable[Line[RowT]]], empty: Mapping[str, Sequence[str]]) -> None:
        """Show the lines of each tab that the filter finds.

        Args:
            lines: Tab -> all its lines.
            empty: Tab -> what it says if it has none.
        """
        wanted = self.wanted
        for tab, all_lines in lines.items():
            shown = [each for each in all_lines if (self.with_former or not each.style) and _contains(each, wanted)]
            self.tables[tab].empty_text = window.EMPTY_FILTER if wanted else tuple(empty[tab])
            self.tables[tab].fill(shown, self.added if tab == self._tab else None)
        self._paint()

    def toggle_former(self) -> None:
        """Show or hide what is over."""
        self.with_former = not self.with_former
        self.fill()

    def _paint(self) -> None:
        """Show the tabs, with their numbers."""
        raise NotImplementedError

    def show_tab(self, number: int) -> None:
        """Show a tab; the first one is 1."""
        self._tab = [*self.tables][number - 1]
        self.table = self.tables[self._tab]
        for tab, table in self.tables.items():
            table.display = tab == self._tab
        self.table.focus()
        self._paint()

    def turn(self, by: int) -> None:
        """Show the tab that is `by` positions further."""
        self.show_tab(([*self.tables].index(self._tab) + by) % len(self.tables) + 1)


def _contains(line: Line[RowT], wanted: Sequence[str]) -> bool:
    text = searched_name(" ".join(line.cells))
    return all(is_found(word, text) for word in wanted)
