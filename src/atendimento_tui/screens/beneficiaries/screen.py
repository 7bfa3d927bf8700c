"""The place of beneficiaries: finds people as one types, and shows the record of one of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from atendimento_tui import services
from atendimento_tui.actions.areas.beneficiaries import PLACE
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow, ComingOfAge, RecordView
from atendimento_tui.domain.beneficiaries import ITEMS, RELATIONS, SECTIONS
from atendimento_tui.domain.text import searched_words
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.beneficiaries.lines import (
    COLUMNS,
    age_line,
    line_of,
    record_lines,
    section_names,
    ticket_line,
)
from atendimento_tui.screens.beneficiaries.privacy import PrivacyActs
from atendimento_tui.screens.beneficiaries.register import facts_from_search
from atendimento_tui.texts import beneficiaries as texts
from atendimento_tui.texts import formats
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs.keep import Item
    from atendimento_tui.services.desk import Desk

FOUND_AT_MOST = 50
"""People in the list."""

AGES_WITHIN_DAYS = 60


class BeneficiariesScreen(PrivacyActs):
    """The place of beneficiaries.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    ENTER = "beneficiarios.ver"

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._found: Sequence[BeneficiaryRow] = ()
        self._wanted: int | None = None
        self.table = LoadedTable(COLUMNS, self.cursor_moved, empty_text=texts.BEFORE_SEARCH, id="found")

    def body(self) -> ComposeResult:
        """The search field, the list, and in a wide terminal the panel."""
        yield from self.search_bar(texts.PLACE_PLACEHOLDER)
        yield from self.with_panel([self.table])

    # Called by Textual and by the application.

    def built(self) -> None:
        """Paint the frame."""
        self._say_empty()
        super().built()

    # The search.

    def find(self, desk: "Desk", typed: str, now: datetime) -> Sequence[BeneficiaryRow]:
        """The people with these words or numbers."""
        del now
        return services.beneficiaries.find_beneficiaries(desk, typed, FOUND_AT_MOST)

    def show_found(self, found: Sequence[BeneficiaryRow], typed: str) -> None:
        """Show the people."""
        del typed
        self._found = found
        self._say_empty()
        self.table.fill([line_of(row) for row in found], self._wanted)
        self._wanted = None

    def entered(self) -> None:
        """Go to the list; if nobody was found, register who was searched for."""
        if self.typed and not self._found:
            self.action_do("beneficiarios.incluir")
        else:
            self.action_to_list()

    def _say_empty(self) -> None:
        lines = texts.NOBODY if self.typed else texts.BEFORE_SEARCH
        keys = {"add": self.key_of("beneficiarios.incluir"), "ages": self.key_of("beneficiarios.idades")}
        self.table.empty_text = tuple(line.format(**keys) for line in lines)

    def show_row(self) -> None:
        """Show the record of the person under the cursor."""
        row = self.row()
        if row is None:
            self.show_facts(())
        elif self.has_class("-wide"):
            self._read(row, self._show_view)

    def _read(self, row: BeneficiaryRow, then: Callable[[RecordView], None]) -> None:
        def read(desk: "Desk", _now: datetime) -> RecordView:
            return services.beneficiaries.view_record(desk, row.id)

        self.desk_app.serve(read, then)

    def _show_view(self, view: RecordView) -> None:
        row = self.row()
        if row and row.id == view.record.id:
            self.show_facts([plain(view.record.name, "bold"), *self._lines(view)])

    def _lines(self, view: RecordView) -> list[Content]:
        info = self.desk_app.desk_info
        assert info, "a record is shown only of an open desk"
        zone = info.hours.tz
        return [*record_lines(view, zone, self._now().astimezone(zone).date())]

    # Acts; the registry has the names of these methods.

    def show_record(self) -> None:
        """Show the record of the person under the cursor."""
        self._view(self._row().id)

    def _view(self, person: int) -> None:
        def read(desk: "Desk", _now: datetime) -> RecordView:
            return services.beneficiaries.view_record(desk, person)

        def show(view: RecordView) -> None:
            dialog = dialogs.reading.ReadingDialog(view.record.name, self._lines(view), texts.READING_HINT)
            self.app.push_screen(dialog)

        self.ask(("ver", person), read, show)

    def whom(self) -> BeneficiaryRow | None:
        """The person under the cursor: a new intake is for them."""
        return self.row()

    def attend(self) -> None:
        """Begin an intake for the person under the cursor."""
        self.desk_app.go("novo")

    def list_tickets(self) -> None:
        """Let the person choose one of the tickets, and open it."""
        row = self._row()

        def show(view: RecordView) -> None:
            info = self.desk_app.desk_info
            if not info or not view.tickets:
                self.desk_app.show_message(texts.NO_TICKETS_OF.format(name=row.name))
                return
            choices = [
                dialogs.choose.Choice(each.ticket, ticket_line(each, info.hours.tz), each.subject)
                for each in view.tickets
            ]
            title = texts.TICKETS_OF.format(name=row.name, count=formats.number(view.ticket_count))
            self.choose(title, choices, self.desk_app.show_ticket, texts.CHOOSE_TICKET)

        def read(desk: "Desk", _now: datetime) -> RecordView:
            return services.beneficiaries.view_record(desk, row.id)

        self.ask(("atendimentos", row.id), read, show)

    def change(self) -> None:
        """Change a part of the record."""
        row = self._row()

        def read(desk: "Desk", _now: datetime) -> RecordView:
            return services.beneficiaries.view_record(desk, row.id)

        def ask(view: RecordView) -> None:
            choices = [
                dialogs.choose.Choice(section, texts.SECTIONS[section], names) for section, names in section_names()
            ]
            title = texts.CHANGE_WHAT.format(name=view.record.name)
            self.choose(title, choices, lambda section: self._change_section(view, section))

        self.ask(("alterar", row.id), read, ask)

    def _change_section(self, view: RecordView, section: str) -> None:
        record = view.record
        keys = [item.key for item in ITEMS if item.section == section]
        self.edit(
            texts.CHANGE_TITLE.format(part=texts.SECTIONS[section], name=record.name),
            view,
            lambda seen: _items(keys, seen.values),
            lambda desk, _now: services.beneficiaries.view_record(desk, record.id),
            lambda desk, now, given, seen: services.beneficiaries.change_record(
                desk, record.id, given, now, seen=seen.record.version
            ),
            lambda after: self._kept(after.record.id, texts.CHANGED.format(name=after.record.name)),
            draft=("beneficiarios.alterar", f"{record.id} {SECTIONS.index(section)}"),
            above=[texts.MASKED_STAYS],
        )

    def add(self) -> None:
        """Register a person; what was searched for is filled in already."""
        known = facts_from_search(self.typed) if self.typed and not self._found else {}
        self.keep(
            texts.REGISTER_TITLE,
            _items(texts.REGISTERED_ITEMS, known),
            lambda desk, now, given, _: services.beneficiaries.add_beneficiary(desk, now, **given),
            self._added,
            draft=("beneficiarios.incluir", " ".join(searched_words(self.typed)) if known else ""),  # of this person
        )

    def _added(self, row: BeneficiaryRow) -> None:
        self.query_one("#words", LineInput).value = row.name
        self._kept(row.id, texts.ADDED.format(name=row.name))

    def _kept(self, person: int, message: str) -> None:
        """Show the message, and the person in the list again."""
        self._wanted = person
        self.changed(message)

    def reveal(self) -> None:
        """Ask why, and show the record with complete values, until the dialog is closed."""
        row = self._row()

        def show(view: RecordView) -> None:
            title = texts.REVEALED_TITLE.format(name=view.record.name)
            self.app.push_screen(dialogs.reading.ReadingDialog(title, self._lines(view), texts.REVEALED_HINT))

        self.keep(
            texts.REVEAL_TITLE.format(name=row.name),
            {"reason": dialogs.keep.Item(texts.REVEAL_REASON, note=texts.REVEAL_NOTE)},
            lambda desk, now, given, _: services.beneficiaries.reveal_record(desk, row.id, given["reason"], now),
            show,
            draft=("beneficiarios.completo", str(row.id)),
        )

    def list_ages(self) -> None:
        """List the dependents who come of age soon; choosing one shows the record."""

        def read(desk: "Desk", now: datetime) -> list[ComingOfAge]:
            return services.beneficiaries.coming_of_age(desk, now, AGES_WITHIN_DAYS)

        def show(found: list[ComingOfAge]) -> None:
            if not found:
                self.desk_app.show_message(texts.AGES_NOBODY.format(days=AGES_WITHIN_DAYS))
                return
            choices = [dialogs.choose.Choice(each.person.id, *age_line(each)) for each in found]
            title = texts.AGES_TITLE.format(days=AGES_WITHIN_DAYS, count=formats.number(len(found)))
            self.choose(title, choices, self._view)

        self.ask("idades", read, show)


def _items(keys: Sequence[str], values: Mapping[str, str]) -> "dict[str, Item]":
    """The fields of a dialog for these items of a record."""
    relations = {"": texts.NO_RELATION, **{each: each for each in RELATIONS}}
    return {
        key: dialogs.keep.Item(
            texts.ITEM_NAMES[key].removesuffix(texts.OF_MAIL),
            values.get(key, ""),
            texts.ITEM_NOTES.get(key, ""),
            relations if key == "relation" else {},
        )
        for key in keys
    }
