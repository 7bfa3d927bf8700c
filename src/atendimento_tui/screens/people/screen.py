"""The people and groups of the desk: a list, what is known of each, and what can be changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from atendimento_tui import services
from atendimento_tui.actions import Facts
from atendimento_tui.actions.areas.people import PLACE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.people import GroupRow, GroupView, PersonRow, PersonView, Staff
from atendimento_tui.contracts.settings import UnitSettings
from atendimento_tui.domain.access import Permission
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.list_place import TabbedPlace
from atendimento_tui.screens.people.acts import PeopleActs, UnitActs
from atendimento_tui.screens.people.lines import (
    GROUP_COLUMNS,
    PEOPLE_COLUMNS,
    UNIT_COLUMNS,
    Kept,
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
from atendimento_tui.widgets.bars import Piece
from atendimento_tui.widgets.window_table import Line, LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

PEOPLE, GROUPS, UNIT = "pessoas", "grupos", "unidade"
TABS = (PEOPLE, GROUPS, UNIT)


class PeopleScreen(PeopleActs, UnitActs, TabbedPlace[Kept]):
    """The place of people and groups.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#pessoas"
    FILTER = texts.FILTER
    ENTER = "pessoas.ver"

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._staff = Staff((), ())
        self._settings = UnitSettings({}, (), {})
        self._tab = PEOPLE
        self.tables = {
            tab: LoadedTable[Kept](titles, self.cursor_moved, empty_text=texts.LOADING, id=tab)
            for tab, titles in ((PEOPLE, PEOPLE_COLUMNS), (GROUPS, GROUP_COLUMNS), (UNIT, UNIT_COLUMNS))
        }
        self.table = self.tables[PEOPLE]

    # Called by Textual and by the application.

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the people again."""
        del changes

        def read(desk: "Desk", now: datetime) -> tuple[Staff, UnitSettings]:
            return services.staff.staff(desk, now), services.settings.unit_settings(desk)

        self.load(read, lambda found: self._show(*found))

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

    def _show(self, staff: Staff, settings: UnitSettings) -> None:
        self._staff, self._settings = staff, settings
        self.fill()
        rows: Iterable[Kept] = self._staff.people if self._tab == PEOPLE else self._staff.groups
        if self.added in {row.id for row in rows}:
            self.added = None

    def fill(self) -> None:
        """Show the rows that the filter finds."""
        lines: dict[str, Sequence[Line[Kept]]] = {
            PEOPLE: [person_row(row) for row in self._staff.people],
            GROUPS: [group_row(row) for row in self._staff.groups],
            UNIT: unit_rows(self._settings),
        }
        add = self.key_of("pessoas.incluir")
        self.fill_tables(lines, {tab: [each.format(add=add) for each in texts.EMPTY[tab]] for tab in TABS})

    def _paint(self) -> None:
        counts = {
            PEOPLE: sum(row.is_active for row in self._staff.people),
            GROUPS: sum(row.is_active for row in self._staff.groups),
        }
        numbers = {tab: f" {formats.number(count)}" for tab, count in counts.items()}
        titles = [f"{texts.TABS[tab]}{numbers.get(tab, '')}" for tab in TABS]
        self.show_tabs(titles, TABS.index(self._tab), [Piece(texts.WITH_LEFT)] if self.with_former else [])
        self.cursor_moved()

    def show_row(self) -> None:
        """Show what is known of the row under the cursor, and, if the person may read them, its changes."""
        row, info = self.row(), self.desk_app.desk_info
        lines: list[Content] = []
        if isinstance(row, PersonRow) and info:
            lines = [*person_lines(row, info.hours.tz)]
        elif isinstance(row, GroupRow):
            lines = [*group_lines(row)]
        elif self._tab == UNIT and info:
            lines = unit_lines(self._settings, info.hours.tz)
        self.show_facts(lines)
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
            self.show_facts([*lines, *view_lines(view, info.hours.tz)])

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
