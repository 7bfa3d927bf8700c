"""The place of remittances: the batches, the documents of the batch under the cursor, and the acts on both."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from atendimento_tui import outputs, paths, services
from atendimento_tui.actions.areas.remittances import PLACE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.register import RegisterRun
from atendimento_tui.contracts.remittances import ItemRow, RemittanceRow
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.remittances import ON_THE_WAY
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.giving import ways_on_paper
from atendimento_tui.screens.list_place import ListPlace
from atendimento_tui.screens.remittances.lines import (
    BATCH_COLUMNS,
    ITEM_COLUMNS,
    about,
    batch_line,
    counts,
    item_line,
)
from atendimento_tui.texts import formats
from atendimento_tui.texts import papers as paper_texts
from atendimento_tui.texts import register as register_texts
from atendimento_tui.texts import remittances as texts
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.window_table import LoadedTable

if TYPE_CHECKING:
    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

_Found = tuple[tuple[RemittanceRow, ...], tuple[ItemRow, ...]]


class RemittancesScreen(ListPlace[RemittanceRow]):
    """The place of remittances.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#remessas"
    ENTER = "remessas.abrir"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (116, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-tall")]  # noqa: RUF012

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._items: Sequence[ItemRow] = ()
        self._with_all = False
        self.table = LoadedTable(BATCH_COLUMNS, self.cursor_moved, empty_text=(texts.READING,), id="remessas")
        self.items: LoadedTable[ItemRow] = LoadedTable(ITEM_COLUMNS, self._item_moved, id="itens")

    def body(self) -> ComposeResult:
        """The counts, the remittances, the documents of one."""
        yield Bar(id="title")
        with Container(id="lists"):
            yield self.table
            with Vertical(id="one"):
                yield self.items
                yield Lines(id="about")

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the remittances again."""
        del changes
        every = self._with_all
        self.load(lambda desk, _now: services.remittances.listed(desk, every=every), self._show)

    def forget(self) -> None:
        """Show no rows."""
        self._show(((), ()))

    def selected_item(self) -> ItemRow | None:
        """The document under the cursor."""
        line = self.items.cursor_row
        return line.of if line else None

    def _show(self, found: _Found) -> None:
        info = self.desk_app.desk_info
        if info is None or not self.is_built:
            return
        rows, self._items = found
        self.table.empty_text = texts.EMPTY_LIST
        self.table.fill([batch_line(row, self._of(row), info.hours.tz) for row in rows])
        right = [Piece(texts.WITH_ALL)] if self._with_all else []
        self.query_one("#title", Bar).set([Piece(f" {counts(self._items)} ", "bold")], right)
        self.cursor_moved()

    def _of(self, row: RemittanceRow | None) -> list[ItemRow]:
        return [each for each in self._items if row and each.remittance == row.id]

    def show_row(self) -> None:
        """Show the documents of the remittance under the cursor."""
        info = self.desk_app.desk_info
        if info is None:
            return
        year = self._now().astimezone(info.hours.tz).year
        lines = [item_line(each, year) for each in self._of(self.row())]
        is_other = lines and self.items.cursor_key not in {line.key for line in lines}
        first = lines[0].key if is_other and not self.items.has_focus else None
        self.items.fill(lines, first)
        self._item_moved()

    def _item_moved(self) -> None:
        info = self.desk_app.desk_info
        if not self.is_built or info is None:
            return
        self.paint_footer()
        item = self.selected_item()
        self.query_one("#about", Lines).show([*about(item, self._now(), info.hours.tz)] if item else [])

    # Acts; the registry has the names of these methods.

    def toggle_all(self) -> None:
        """Show the remittances that are over too, or not."""
        self._with_all = not self._with_all
        self.desk_changed()

    def other_table(self) -> None:
        """Focus the other list."""
        (self.table if self.items.has_focus else self.items).focus()

    def open_row(self) -> None:
        """Go from a remittance to its documents; from a document, open its ticket."""
        if not self.items.has_focus:
            self.items.focus()
        elif item := self.selected_item():
            self.desk_app.show_ticket(item.ticket, "documentos")

    def key_escape(self) -> None:
        """Return to the remittances."""
        self.table.focus()

    def close_batch(self) -> None:
        """Ask how the list leaves the desk; then close the remittance."""
        row = self._row()
        if row.number is not None:
            self.desk_app.show_message(texts.NOT_OPEN, warning=True)
            return

        def close(way: Way) -> None:
            def closed(done: RemittanceRow) -> None:
                number = outputs.remittances.number_of(done)
                self.changed(texts.CLOSED_DONE.format(number=number, group=done.group, items=done.items))
                self._deliver(done.id, way)

            self.desk_app.serve(lambda desk, now: services.remittances.close(desk, row.group, now), closed)

        self._ask_way(texts.CLOSE_QUESTION.format(group=row.group), close)

    def give_list(self) -> None:
        """Ask how the list of the remittance leaves the desk."""
        row = self._row()
        number = outputs.remittances.number_of(row)
        title = texts.LIST_QUESTION.format(number=number, group=row.group)
        self._ask_way(title, lambda way: self._deliver(row.id, way))

    def write_register(self) -> None:
        """Say which protocols the register lacks, and write them."""

        def read(desk: "Desk", now: datetime) -> RegisterRun:
            layout = services.register.layout_of(paths.settings_file())
            return services.register.write_register(desk, layout, now, trial=True)

        def write(desk: "Desk", now: datetime) -> RegisterRun:
            layout = services.register.layout_of(paths.settings_file())
            return services.register.write_register(desk, layout, now)

        def told(run: RegisterRun) -> None:
            self.desk_app.show_message(register_texts.sentence(run))

        def ask(run: RegisterRun) -> None:
            if run.written:
                question = register_texts.sentence(run, trial=True)
                self.confirm(question, register_texts.WRITE, lambda: self.desk_app.serve(write, told))
            else:
                told(run)

        self.ask("registro", read, ask)

    def take_item(self) -> None:
        """Ask who of the department said that it took the document."""
        items = {"said_by": dialogs.keep.Item(texts.WHO_SAID, note=texts.WHO_NOTE)}
        self._decide("receber", texts.TAKE_TITLE, items, texts.TAKEN)

    def refuse_item(self) -> None:
        """Ask why the department refused the document, and who said so."""
        items = {
            "reason": dialogs.keep.Item(texts.REASON),
            "said_by": dialogs.keep.Item(texts.WHO_SAID, note=texts.WHO_NOTE),
        }
        self._decide("recusar", texts.REFUSE_TITLE, items, texts.REFUSED)

    def _decide(self, verb: str, title: str, items: "dict[str, dialogs.keep.Item]", done: str) -> None:
        item = self.selected_item()
        if item is None or item.state != ON_THE_WAY:
            self.desk_app.show_message(texts.NOT_ON_THE_WAY, warning=True)
            return

        def work(desk: "Desk", now: datetime, given: "Words", request: str) -> None:
            reason = given["reason"] if "reason" in items else ""
            if "reason" in items and not reason.strip():
                raise Refused("documento_sem_motivo", name=item.name)
            order = Order(item.ticket, desk.actor.person, request, now)
            services.remittances.decide(desk, order, item.document, reason=reason, said_by=given["said_by"])

        protocol = formats.protocol_groups(item.protocol)

        def finish(_: None) -> None:
            self.changed(done.format(name=item.name, protocol=protocol))

        where = texts.TO_WHERE.format(number=outputs.remittances.number_of(item), group=item.group)
        above = [*filter(None, (item.about,)), protocol, where]
        self.keep(
            title.format(name=item.name), items, work, finish, draft=(f"remessas.{verb}", str(item.id)), above=above
        )

    def _ask_way(self, title: str, then: Callable[[Way], None]) -> None:
        def offer(printers: tuple[str, ...]) -> None:
            choices = [dialogs.choose.Choice(*way) for way in ways_on_paper(self.desk_app, printers)]
            self.choose(title, choices, then, paper_texts.CHOOSE_PLACEHOLDER)

        self.ask(("lista", title), lambda _desk, _now: outputs.printing.printers(), offer)

    def _deliver(self, remittance: int, way: Way) -> None:
        self.desk_app.serve(
            lambda desk, now: services.remittances.deliver_list(desk, remittance, way, now),
            self.desk_app.show_message,
        )
