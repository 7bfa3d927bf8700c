"""The place of what the agenda offers: professionals, sites and specialties, found as one types."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from atendimento_tui import services
from atendimento_tui.actions import Facts
from atendimento_tui.actions.areas.providers import PLACE
from atendimento_tui.contracts.agenda import Slot
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.providers import Offered, Provider, ProviderView, Supply
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.list_place import TabbedPlace
from atendimento_tui.screens.providers.importing import Importing
from atendimento_tui.screens.providers.lines import COLUMNS, Kept, kept_lines, rows_of, view_lines
from atendimento_tui.screens.providers.one import ProviderScreen
from atendimento_tui.texts import formats
from atendimento_tui.texts import providers as texts
from atendimento_tui.widgets.bars import Piece
from atendimento_tui.widgets.window_table import LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

TABS = ("provider", "site", "specialty")

_NOTHING = Offered(Supply({}, {}, {}), {})


class SupplyScreen(Importing, TabbedPlace[Kept]):
    """The place of professionals, sites and specialties.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#provider"
    FILTER = texts.FILTER
    ENTER = "oferta.abrir"

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._offered = _NOTHING
        self._tab = TABS[0]
        self.tables = {
            tab: LoadedTable[Kept](COLUMNS[tab], self.cursor_moved, empty_text=texts.READING, id=tab) for tab in TABS
        }
        self.table = self.tables[self._tab]

    # Called by Textual and by the application.

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read what is offered again."""
        del changes
        self.load(lambda desk, now: services.providers.listed(desk, now), self._show)

    def facts(self) -> Facts:
        """The state of the place, with data of the row under the cursor."""
        row = self.row()
        return replace(super().facts(), list_of=self._tab, has_left=row is not None and not row.is_active)

    def supply(self) -> Supply:
        """What is offered, as it was read last."""
        return self._offered.supply

    # The lists.

    def _show(self, offered: Offered) -> None:
        self._offered = offered
        self.fill()
        self.added = None

    def fill(self) -> None:
        """Show the rows that the filter finds."""
        lines = {tab: rows_of(tab, self._offered) for tab in TABS}
        keys = {"add": self.key_of("oferta.incluir"), "shipped": self.key_of("oferta.padrao")}
        self.fill_tables(lines, {tab: [each.format(**keys) for each in texts.EMPTY_TABS[tab]] for tab in TABS})

    def _paint(self) -> None:
        supply = self._offered.supply
        kept: Sequence[Sequence[Kept]] = [
            [*each.values()] for each in (supply.providers, supply.sites, supply.specialties)
        ]
        counts = [formats.number(sum(each.is_active for each in rows)) for rows in kept]
        titles = [f"{texts.TABS[tab]} {count}" for tab, count in zip(TABS, counts, strict=True)]
        right = [Piece(texts.WITH_INACTIVE)] if self.with_former else []
        self.show_tabs(titles, TABS.index(self._tab), right)
        self.cursor_moved()

    def show_row(self) -> None:
        """Show what is known of the row under the cursor."""
        row = self.row()
        if row is None:
            self.show_facts(())
            return
        self.show_facts(kept_lines(row, self._offered))
        if isinstance(row, Provider) and self.has_class("-wide"):
            self._read(row)

    def _read(self, one: Provider) -> None:
        def read(desk: "Desk", now: datetime) -> tuple[ProviderView, Slot | None]:
            return services.providers.view(desk, one.id, now), services.agenda.first_of(desk, one.id, now)

        def show(found: tuple[ProviderView, Slot | None]) -> None:
            info = self.desk_app.desk_info
            if info and self.row() == one:
                view, first = found
                now = self._now().astimezone(info.hours.tz)
                more = view_lines(view, self._offered.supply, first, now)
                self.show_facts([*kept_lines(one, self._offered), *more])

        self.desk_app.serve(read, show)

    # Acts; the registry has the names of these methods.

    def open_row(self) -> None:
        """Open the professional; of a site or a specialty show what is known."""
        row = self._row()
        if isinstance(row, Provider):
            self.app.push_screen(ProviderScreen(row.id, self._now))
        else:
            _, *lines = kept_lines(row, self._offered)
            self.app.push_screen(dialogs.reading.ReadingDialog(row.name, lines, texts.READING_HINT))

    def add(self) -> None:
        """Add a professional, a site or a specialty."""
        info = self.desk_app.desk_info
        assert info, "why_not refuses it"
        here = {"city": info.unit.city, "state": info.unit.uf, "calendar": "legal"}
        values = {"provider": {"master": "sim", "squeeze_ins": "0"}, "site": here}
        self.add_kept(self._tab, values.get(self._tab, {}))

    def change(self) -> None:
        """Change what is under the cursor."""
        self.change_kept(self._tab, self._row(), self._offered.supply)

    def deactivate(self) -> None:
        """Offer what is under the cursor no more."""
        self.offer_kept(self._tab, self._row(), active=False)

    def reactivate(self) -> None:
        """Offer what is under the cursor again."""
        self.offer_kept(self._tab, self._row(), active=True)

    def include_shipped(self) -> None:
        """Add the specialties of the list that comes with the program, and show them."""

        def done(counts: tuple[int, int]) -> None:
            new, same = map(formats.number, counts)
            self.changed(texts.DONE_SHIPPED.format(new=new, same=same))
            self.show_tab(TABS.index("specialty") + 1)

        self.desk_app.serve(lambda desk, now: services.providers.include_specialties(desk, now), done)
