"""The people and groups of the desk: a list, what is known of each, and what can be changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from atendimento_tui import services
from atendimento_tui.actions import Facts
from atendimento_tui.actions.areas.people import PLACE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import GroupRow, GroupView, Member, PersonRow, PersonView, Staff
from atendimento_tui.contracts.settings import UnitSettings
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.text import is_found, searched_name, searched_words
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.people.acts import PeopleActs, UnitActs
from atendimento_tui.screens.people.lines import (
    GROUP_COLUMNS,
    PEOPLE_COLUMNS,
    UNIT_COLUMNS,
    ListRow,
    columns,
    group_lines,
    group_row,
    person_lines,
    person_row,
    unit_lines,
    unit_rows,
    view_lines,
)
from atendimento_tui.texts import formats
from atendimento_tui.texts import people as texts
from atendimento_tui.texts import window as window_texts
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.window_table import CursorLost, Highlighted, Needed, Selected, WindowTable

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

PEOPLE, GROUPS, UNIT = "pessoas", "grupos", "unidade"
TABS = (PEOPLE, GROUPS, UNIT)

_FILTER_LENGTH = 120


class StaffTable(WindowTable[ListRow]):
    """A list of people or groups; all of its rows are loaded."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"dim"}

    def __init__(self, titles: Sequence[tuple[str, int, int, int]], name: str, paint: Callable[[], None]) -> None:
        super().__init__(columns(titles), empty_text=texts.LOADING, id=name)
        self._paint = paint

    def at_cursor_move(self) -> None:
        """Paint footer and panel with the cursor."""
        self._paint()


class PeopleScreen(PeopleActs, UnitActs):
    """The place of people and groups.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#pessoas"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._staff = Staff((), ())
        self._settings = UnitSettings({}, (), {})
        self._tab = PEOPLE
        self._with_left = False
        self.tables = {
            PEOPLE: StaffTable(PEOPLE_COLUMNS, PEOPLE, self._cursor_moved),
            GROUPS: StaffTable(GROUP_COLUMNS, GROUPS, self._cursor_moved),
            UNIT: StaffTable(UNIT_COLUMNS, UNIT, self._cursor_moved),
        }

    def body(self) -> ComposeResult:
        """Tabs, filter, lists, and in a wide terminal the panel."""
        yield Bar(id="tabs")
        with Horizontal(id="filter"):
            yield LineInput(placeholder=texts.FILTER, id="words", compact=True, max_length=_FILTER_LENGTH)
        with Horizontal(id="lists"):
            yield from self.tables.values()
            with VerticalScroll(id="panel", can_focus=False):
                yield Lines(id="facts")
        yield Static(window_texts.TOO_SMALL, id="too-small")

    # Called by Textual and by the application.

    def built(self) -> None:
        """Paint the frame, and read the people if the desk is open."""
        self.show_tab(1)
        self.tick(self._now())
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """Read the people."""
        super().desk_opened(desk_info)
        self.desk_changed()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the people again."""
        del changes

        def read(desk: "Desk", now: datetime) -> tuple[Staff, UnitSettings]:
            return services.staff.staff(desk, now), services.settings.unit_settings(desk)

        self.desk_app.serve(read, lambda found: self._show(*found))

    def person_changed(self, person: Member | None) -> None:
        """Show what this person may do."""
        super().person_changed(person)
        self._cursor_moved()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.call_after_refresh(self._paint)

    def facts(self) -> Facts:
        """The state of the place, with data of the row under the cursor."""
        row = self.row()
        return replace(
            super().facts(),
            list_of=self._tab,
            has_row=row is not None or self._tab == UNIT,
            has_left=row is not None and not row.is_active,
        )

    # The lists.

    @property
    def table(self) -> StaffTable:
        """The list that is shown."""
        return self.tables[self._tab]

    def row(self) -> PersonRow | GroupRow | None:
        """The person or group under the cursor; None in the tab of the unit."""
        if self._tab == UNIT:
            return None
        key = self.table.cursor_key
        rows: Iterable[PersonRow | GroupRow] = self._staff.people if self._tab == PEOPLE else self._staff.groups
        return next((row for row in rows if row.id == key), None)

    def _show(self, staff: Staff, settings: UnitSettings) -> None:
        self._staff, self._settings = staff, settings
        self._fill()
        rows: Iterable[PersonRow | GroupRow] = self._staff.people if self._tab == PEOPLE else self._staff.groups
        if self.added in {row.id for row in rows}:
            self.added = None

    def _fill(self) -> None:
        """Show the rows that the filter finds."""
        wanted = searched_words(self.query_one("#words", LineInput).value)
        for tab, rows in (
            (PEOPLE, [person_row(row) for row in self._staff.people]),
            (GROUPS, [group_row(row) for row in self._staff.groups]),
            (UNIT, unit_rows(self._settings)),
        ):
            shown = [row for row in rows if (self._with_left or not row.is_dim) and _contains(row, wanted)]
            table = self.tables[tab]
            empty = texts.EMPTY_FILTER if wanted else texts.EMPTY[tab]
            table.empty_text = tuple(line.format(add=self.key_of("pessoas.incluir")) for line in empty)
            table.forget_ends()
            table.show(len(shown), 0, shown, self.added if tab == self._tab else None)
        self._paint()

    def _paint(self) -> None:
        counts = {
            PEOPLE: sum(row.is_active for row in self._staff.people),
            GROUPS: sum(row.is_active for row in self._staff.groups),
        }
        numbers = {tab: f" {formats.number(count)}" for tab, count in counts.items()}
        pieces = [
            Piece(
                f" {at} {texts.TABS[tab]}{numbers.get(tab, '')} ",
                "reverse bold" if tab == self._tab else "",
                f"screen.do('pessoas.aba_{at}')",
            )
            for at, tab in enumerate(TABS, 1)
        ]
        self.query_one("#tabs", Bar).set(pieces, [Piece(texts.WITH_LEFT)] if self._with_left else [])
        self._cursor_moved()

    def _cursor_moved(self) -> None:
        if not self.is_built:
            return
        self.paint_footer()
        row, info = self.row(), self.desk_app.desk_info
        lines: list[Content] = []
        if isinstance(row, PersonRow) and info:
            lines = [*person_lines(row, info.hours.tz)]
        elif isinstance(row, GroupRow):
            lines = [*group_lines(row)]
        elif self._tab == UNIT and info:
            lines = unit_lines(self._settings, info.hours.tz)
        self.query_one("#facts", Lines).show(lines)
        if row and self.has_class("-wide") and not self.role_forbids(Permission.PEOPLE):
            self._read(row, lambda view: self._show_view(row, lines, view))

    def _read(self, row: PersonRow | GroupRow, then: Callable[[PersonView | GroupView], None]) -> None:
        def read(desk: "Desk", now: datetime) -> PersonView | GroupView:
            if isinstance(row, PersonRow):
                return services.staff.view_person(desk, now, row.id)
            return services.groups.view_group(desk, now, row.id)

        self.desk_app.serve(read, then)

    def _show_view(self, row: PersonRow | GroupRow, lines: list[Content], view: PersonView | GroupView) -> None:
        info = self.desk_app.desk_info
        if info and self.row() == row:
            self.query_one("#facts", Lines).show([*lines, *view_lines(view, info.hours.tz)])

    @on(Needed)
    def _needed(self) -> None:
        """All rows are loaded."""

    @on(Highlighted)
    @on(CursorLost)
    def _moved(self) -> None:
        self._cursor_moved()

    @on(Selected)
    def _chosen(self) -> None:
        self.action_do("pessoas.ver")

    # Filter and tabs.

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self._fill()

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

    def show_tab(self, number: int) -> None:
        """Show a tab; the first one is 1."""
        self._tab = TABS[number - 1]
        for tab, table in self.tables.items():
            table.display = tab == self._tab
        self.table.focus()
        self._paint()

    def turn(self, by: int) -> None:
        """Show the tab that is `by` positions further."""
        self.show_tab((TABS.index(self._tab) + by) % len(TABS) + 1)

    def toggle_left(self) -> None:
        """Show or hide those who have left."""
        self._with_left = not self._with_left
        self._fill()

    # Acts; the registry has the names of these methods.

    def view_row(self) -> None:
        """Show all that is known of the row under the cursor."""
        info = self.desk_app.desk_info
        if self._tab == UNIT:
            history = unit_lines(self._settings, info.hours.tz) if info else []
            self.app.push_screen(dialogs.reading.ReadingDialog(texts.TABS[UNIT], history, texts.READING_HINT))
            return
        row = self._row()
        assert info, "a row is shown only of an open desk"
        zone = info.hours.tz
        lines = [*(person_lines(row, zone) if isinstance(row, PersonRow) else group_lines(row))]

        def show(more: Sequence[Content]) -> None:
            self.app.push_screen(dialogs.reading.ReadingDialog(row.name, [*lines[1:], *more], texts.READING_HINT))

        if not self.role_forbids(Permission.PEOPLE):
            self._read(row, lambda view: show(view_lines(view, zone)) if self.is_current else None)
        else:
            show(())

    def add(self) -> None:
        """Add a person or a group."""
        if self._tab == PEOPLE:
            self.add_person(self._staff)
        else:
            self.add_group()

    def change(self) -> None:
        """Change the person, the setting or the group's name under the cursor."""
        if self._tab == UNIT:
            if key := self.table.cursor_key:
                self.change_setting(*[*self._settings.values.items()][key - 1])
            return
        row = self._row()
        if isinstance(row, PersonRow):
            self.change_person(row, self._staff)
        else:
            self.rename_group(row)

    def absence(self) -> None:
        """Note an absence of the person."""
        row = self._row()
        if isinstance(row, PersonRow):
            self.note_absence(row)

    def members(self) -> None:
        """Change who is in the group."""
        row = self._row()
        if isinstance(row, GroupRow):
            self.change_members(row, self._staff)

    def email(self) -> None:
        """Change the e-mail address of the person or the group."""
        self.change_email(self._row())

    def deactivate(self) -> None:
        """Deactivate, and hand over what is held."""
        row = self._row()
        if isinstance(row, PersonRow):
            self.let_person_go(row, self._staff)
        else:
            self.let_group_go(row, self._staff)

    def reactivate(self) -> None:
        """Reactivate."""
        row = self._row()
        if isinstance(row, PersonRow):
            self.take_person_back(row)
        else:
            self.take_group_back(row)

    def password(self) -> None:
        """Give a one-time password."""
        row = self._row()
        if isinstance(row, PersonRow):
            self.give_password(row)

    def _row(self) -> PersonRow | GroupRow:
        row = self.row()
        assert row, "why_not refuses acts on a row if there is none"
        return row


def _contains(row: ListRow, wanted: Sequence[str]) -> bool:
    text = searched_name(" ".join(row.cells))
    return all(is_found(word, text) for word in wanted)
