"""An open professional: the hours as a list, and what else is known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from textual.app import ComposeResult

from atendimento_tui import services
from atendimento_tui.actions import Facts
from atendimento_tui.actions.areas.availability import PLACE
from atendimento_tui.contracts.agenda import Slot
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.providers import Offered, ProviderView, Supply
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.list_place import ListPlace
from atendimento_tui.screens.providers.importing import Importing
from atendimento_tui.screens.providers.lines import (
    HOURS_COLUMNS,
    HoursGroup,
    absence_words,
    exception_lines,
    groups,
    has_ended,
    hours_line,
    kept_lines,
    next_line,
    view_lines,
)
from atendimento_tui.texts import formats
from atendimento_tui.texts import providers as texts
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


class Shown(NamedTuple):
    """What is known of the professional."""

    view: ProviderView
    offered: Offered
    first: Slot | None


class ProviderScreen(Importing, ListPlace[HoursGroup]):
    """An open professional.

    Args:
        provider: The id.
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#hours"
    ENTER = "profissional.ver"

    def __init__(self, provider: int, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._provider = provider
        self._shown: Shown | None = None
        self._with_ended = False
        self.table = LoadedTable[HoursGroup](HOURS_COLUMNS, self.cursor_moved, empty_text=texts.READING, id="hours")

    def body(self) -> ComposeResult:
        """Who it is, the hours, and what else is known."""
        yield Bar(id="title")
        yield self.table
        yield Lines(id="about")

    # Called by Textual and by the application.

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the professional again."""
        del changes
        number = self._provider

        def read(desk: "Desk", now: datetime) -> Shown:
            view, offered = services.providers.view(desk, number, now), services.providers.listed(desk, now)
            return Shown(view, offered, services.agenda.first_of(desk, number, now))

        self.load(read, self._show)

    def forget(self) -> None:
        """Show no hours."""
        self._shown = None
        self.table.fill([])

    def facts(self) -> Facts:
        """The state of the place, with whether the professional is offered."""
        shown = self._shown
        return replace(
            super().facts(), is_open=shown is not None, has_left=bool(shown and not shown.view.provider.is_active)
        )

    # What is shown.

    def _zone(self) -> ZoneInfo:
        info = self.desk_app.desk_info
        assert info, "a professional is read only of an open desk"
        return info.hours.tz

    def _now_here(self) -> datetime:
        return self._now().astimezone(self._zone())

    def _show(self, shown: Shown) -> None:
        if not self.is_built:
            return
        self._shown = shown
        one, supply = shown.view.provider, shown.offered.supply
        today = self._now_here().date()
        self.table.empty_text = tuple(
            line.format(add=self.key_of("profissional.incluir")) for line in texts.EMPTY_HOURS
        )
        own = [group for group in groups(shown.view.hours) if self._with_ended or not has_ended(group, today)]
        numbers = {number: group.numbers[0] for group in own for number in group.numbers}
        self.table.fill([hours_line(group, supply, today) for group in own], numbers.get(self.added or 0))
        self.added = None
        parts = (one.registration, supply.names_of(one.specialties))
        title = [Piece(f" {one.name} ", "bold"), *(Piece(f"· {part} ") for part in parts if part)]
        self.query_one("#title", Bar).set(title, [Piece(texts.WITH_ENDED)] if self._with_ended else [])
        self.cursor_moved()

    def show_row(self) -> None:
        """Show the days on which the hours under the cursor are otherwise, absences, the next free slot."""
        shown, group = self._shown, self.row()
        if shown is None:
            self.query_one("#about", Lines).show([])
            return
        one = shown.view.provider
        why = [
            text
            for text, is_so in (
                (texts.WHY_INACTIVE, not one.is_active),
                (texts.WHY_OTHER_SYSTEM, not one.is_master),
                (texts.WHY_NO_SPECIALTY, not one.specialties),
            )
            if is_so
        ]
        lines = [plain(text, "$text-warning") for text in why] or [next_line(shown.first, self._now_here())]
        lines += [*exception_lines(group)] if group else []
        lines += [plain(f"{texts.ABSENCE}: {absence_words(each, self._zone())}") for each in shown.view.absences]
        self.query_one("#about", Lines).show(lines)

    # Acts; the registry has the names of these methods.

    def _known(self) -> Shown:
        assert self._shown, "why_not refuses acts before the professional is read"
        return self._shown

    def supply(self) -> Supply:
        """What is offered, as it was read last."""
        return self._known().offered.supply

    def go_back(self) -> None:
        """Return to the list."""
        self.dismiss(None)

    def toggle_ended(self) -> None:
        """Show or hide hours that have ended."""
        self._with_ended = not self._with_ended
        if self._shown:
            self._show(self._shown)

    def view_all(self) -> None:
        """Show everything that is known."""
        view, offered, first = self._known()
        name, *facts = kept_lines(view.provider, offered)
        lines = [*facts, *view_lines(view, offered.supply, first, self._now_here())]
        self.app.push_screen(dialogs.reading.ReadingDialog(name.plain, lines, texts.READING_HINT))

    def change(self) -> None:
        """Change name, registration, specialties."""
        shown = self._known()
        self.change_kept("provider", shown.view.provider, shown.offered.supply)

    def deactivate(self) -> None:
        """Offer the professional no more."""
        self.offer_kept("provider", self._known().view.provider, active=False)

    def reactivate(self) -> None:
        """Offer the professional again."""
        self.offer_kept("provider", self._known().view.provider, active=True)

    def add_hours(self) -> None:
        """Add hours."""
        usual = {"capacity": "1", "since": formats.date(self._now_here().date()), "second": "nao"}
        self.add_hours_of(self._known().view.provider, self._usual() | usual)

    def import_calendar(self) -> None:
        """Import an iCalendar file as hours."""
        self.import_for(self._known().view.provider, self._usual())

    def _usual(self) -> dict[str, str]:
        """Site and slot as in the last hours; without hours, the only site."""
        view, offered, _ = self._known()
        own = [each for each in view.hours if each.is_active]
        sites = [each for each in offered.supply.sites.values() if each.is_active]
        site = offered.supply.sites[own[-1].of.site] if own else sites[0] if len(sites) == 1 else None
        slot = own[-1].of.slot_minutes if own else services.typed_hours.USUAL_SLOT_MIN
        return {"site": f"{site.name}, {site.city}" if site else "", "slot": str(slot)}

    def change_hours(self) -> None:
        """Change the hours under the cursor."""
        shown = self._known()
        self.change_hours_of(shown.view.provider, self._row(), shown.offered.supply)

    def end_hours(self) -> None:
        """End the hours under the cursor."""
        shown = self._known()
        self.end_hours_of(shown.view.provider, self._row(), shown.offered.supply)

    def leave_day_out(self) -> None:
        """Leave a day out of the hours under the cursor."""
        shown = self._known()
        self.change_day_of(shown.view.provider, self._row(), shown.offered.supply, added=False)

    def add_day(self) -> None:
        """Add a day to the hours under the cursor."""
        shown = self._known()
        self.change_day_of(shown.view.provider, self._row(), shown.offered.supply, added=True)

    def absence(self) -> None:
        """Record an absence, or remove one."""
        self.absence_of(self._known().view, self._zone())
