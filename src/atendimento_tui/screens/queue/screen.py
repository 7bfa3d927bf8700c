"""The queue: a live list of tickets, critical ones first, then those due next."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Static

from atendimento_tui.actions import Where
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.queue import PageRequest, QueueRow, QueueView, QueueWindow, Tab
from atendimento_tui.contracts.tickets import ActDone, Order, TicketView
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.header import Header
from atendimento_tui.screens.queue.columns import queue_columns
from atendimento_tui.screens.queue.panel import TicketPanel
from atendimento_tui.screens.queue.placing import LoadedRows, counts_change, placed
from atendimento_tui.screens.ticket.acting import Shown
from atendimento_tui.screens.ticket.actions import TicketActions
from atendimento_tui.texts import formats
from atendimento_tui.texts import queue as texts
from atendimento_tui.texts import ticket as ticket_texts
from atendimento_tui.texts import window as window_texts
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.window_table import CursorLost, Highlighted, Needed, Reach, Selected, WindowTable

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

TABS = tuple(Tab)

_KEYS_IN_EMPTY_TEXT = {"new": "ir.novo", "group": "fila.aba_2", "all": "fila.aba_6", "claim": "fila.assumir"}
"""Name in the text of an empty tab -> the action whose key it shows."""

_FILTER_LENGTH = 120
"""Limit of the filter in characters: a longer paste is not meant as search words."""

RECOUNT_EVERY_S = 15
"""Seconds between two reads of what changes with time: tickets move into `vencendo`."""

COUNTS_EVERY_S = 1.0
"""Minimum seconds between two counts after changes of others; rows are shown at once."""

_POSITIONS = Changes(frozenset({(0, "")}))
"""Only positions in the queue have changed, no shown ticket."""

_FEW_TICKETS = 20
"""Up to this number, changed tickets are read one by one; if there are more, the visible rows are read again."""

PANEL_DELAY_S = 0.12
"""Seconds after the last move of the cursor until the panel shows its ticket (debounce)."""


class QueueTable(WindowTable[QueueRow]):
    """The table, with the styles of the queue's columns."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "state--on-time",
        "state--warning",
        "state--overdue",
        "state--paused",
        "severity--critica",
        "severity--alta",
        "dim",
    }


class FilterInput(LineInput):
    """The field of the filter. The down arrow goes to the list."""

    def key_down(self) -> None:
        self.screen.query_one(QueueTable).focus()


class QueueScreen(TicketActions):
    """The queue of the desk."""

    WHERE = Where.QUEUE
    AUTO_FOCUS = "QueueTable"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-tiny"),
        (40, "-narrow"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.view = QueueView()
        self._now = now
        self._seconds = 0
        self._total: int | None = None
        """The number of tickets of the view; None until they are counted, and after a change."""
        self._counts: dict[Tab, int] = {}
        self._counting = self._recount_wanted = self._recount_later = False
        self._recounting: Timer | None = None
        """Runs until tickets may be counted again after changes of others."""
        self._after_rows = Changes()
        """Changes to handle after the requested rows are shown."""
        self._panel_timer: Timer | None = None
        super().__init__()

    def body(self) -> ComposeResult:
        """Tabs, filter, list, and in a wide terminal the panel."""
        yield Bar(id="tabs")
        with Horizontal(id="filter"):
            yield FilterInput(placeholder=texts.FILTER, id="words", compact=True, max_length=_FILTER_LENGTH)
            yield Bar(id="found")
        with Horizontal(id="lists"):
            yield QueueTable(
                queue_columns(self._now, lambda: self.desk_app.calendars), empty_text=texts.LOADING_QUEUE, id="queue"
            )
            yield TicketPanel(id="panel")
        yield Static(window_texts.TOO_SMALL, id="too-small")

    def built(self) -> None:
        """Paint the frame, and read the queue if the desk is open."""
        self.tick(self._now())
        self._paint_tabs()
        self.paint_footer()
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def on_screen_resume(self) -> None:
        """Paint the current time."""
        if self.is_built:
            self.tick(self._now())
            self.paint_footer()

    def on_resize(self) -> None:
        """Paint tabs and footer for the new width, and show or hide the panel."""
        self.call_after_refresh(self._size_changed)

    def _size_changed(self) -> None:
        self._paint_tabs()
        self.paint_footer()
        self._read_ticket()

    # Called by the application.

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """Read the queue."""
        del desk_info
        self.view = replace(self.view, viewer=self.desk_app.person)
        self.tick(self._now())
        self._show_view(self.view)
        self.paint_footer()

    def person_changed(self, person: Member | None) -> None:
        """Read the queue again: `minha` and `grupo` depend on the person."""
        self._show_view(replace(self.view, viewer=person))
        self.tick(self._now())
        super().person_changed(person)

    def desk_info_changed(self) -> None:
        """Show terms on new calendars; read again if the person's groups have changed."""
        if self.view.viewer != self.desk_app.person:
            self._show_view(replace(self.view, viewer=self.desk_app.person))
        super().desk_info_changed()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read first the rows that may have changed, then the panel and the counts."""
        tickets = changes.tickets
        if tickets is None or len(tickets) > _FEW_TICKETS:
            self._read_rows(changes)
        elif tickets:
            self._read_changed(tickets, changes)
        elif changes.besides and self.has_ticket_panel:
            self._read_ticket()  # somebody opened or left a ticket

    def _read_rows(self, changes: Changes) -> None:
        """Read the rows around the cursor again; panel and counts are read after them."""
        self._total = None
        self._after_rows |= changes
        self.table.ask()

    def _read_changed(self, tickets: Collection[int], changes: Changes) -> None:
        """Read the changed tickets. Other rows are read only if their positions cannot be computed."""
        view = self.view

        def read(desk: "Desk", _now: datetime) -> list[QueueRow]:
            from atendimento_tui.services import queue

            return queue.rows(desk, tickets)

        def show(rows: list[QueueRow]) -> None:
            if view != self.view:
                return
            if self._place(rows):
                self._total = None
                self.call_after_refresh(self._read_rest, changes)
            else:
                self._read_rows(changes)

        self.desk_app.serve(read, show)

    def _place(self, changed: Sequence[QueueRow]) -> bool:
        """Put changed tickets into the loaded rows, if their positions can be computed from these.

        Returns:
            Whether that was possible; if not, rows must be read.
        """
        table = self.table
        loaded = LoadedRows(table.loaded_rows, table.first_loaded, table.total)
        found = placed(self.view, loaded, changed, table.cursor_key)
        if found is None:
            return False
        table.show(found.total, found.first, found.rows)
        self.paint_footer()
        return True

    def _read_rest(self, changes: Changes) -> None:
        """Read the panel and the counts."""
        if changes.besides or changes.touches(self.query_one(TicketPanel).ticket):
            self._read_ticket()
        self._recount_soon()

    def _recount_soon(self) -> None:
        """Count at once, then at most every `COUNTS_EVERY_S` seconds."""
        if self._recounting is None:
            self._recount()
            self._recounting = self.set_timer(COUNTS_EVERY_S, self._recounted)
        else:
            self._recount_later = True

    def _recounted(self) -> None:
        self._recounting = None
        if self._recount_later:
            self._recount_later = False
            self._recount_soon()

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """A function that reads a ticket after an act: the whole ticket if the panel is shown, else its row."""
        if self.has_class("-wide"):
            return super().reading_after()

        def read(desk: "Desk", done: ActDone, _now: datetime) -> QueueRow:
            from atendimento_tui.services import queue

            return queue.rows(desk, [done.ticket])[0]

        return read

    def take(self, shown: TicketView | QueueRow) -> None:
        """Show the ticket of an act of this window; read what else the act has changed."""
        row, panel = shown.row if isinstance(shown, TicketView) else shown, self.query_one(TicketPanel)
        before = self.table.row(row.key)
        if isinstance(shown, TicketView) and panel.ticket == row.key and self.desk_app.desk_info:
            panel.show(shown, self._now(), self.desk_app.desk_info.hours.tz)
        if not self._place([row]):
            self._read_rows(_POSITIONS)
        elif before is None or counts_change(before, row):
            self._total = None
            self._recount()

    def tick(self, now: datetime) -> None:
        """Repaint the visible countdowns; at times read what changes with time."""
        super().tick(now)
        self._seconds += 1
        self.table.tick()
        if self.desk_app.desk_info and self._seconds % RECOUNT_EVERY_S == 0:
            self._recount()
            if self.view.tab is Tab.FALLING_DUE:
                self.table.ask()
            if self.query_one(TicketPanel).shows_others:  # a window that was killed does not end its visit
                self._read_ticket()

    # Reading.

    @property
    def is_count_delayed(self) -> bool:
        """Whether tickets are counted again only after a delay."""
        return self._recounting is not None

    @property
    def has_ticket_panel(self) -> bool:
        """Whether the panel shows a ticket."""
        return self.query_one(TicketPanel).ticket is not None

    @property
    def table(self) -> QueueTable:
        return self.query_one(QueueTable)

    def _show_view(self, view: QueueView) -> None:
        """Show another view of the queue; the cursor stays on its ticket if the view has it."""
        self.view, self._total = view, None
        self._paint_tabs()
        self._read_view(self.table.cursor_key)

    def _read_view(self, around: int | None, wanted: int | None = None) -> None:
        """Read the view from its beginning, or around a ticket.

        Args:
            around: The id of the ticket.
            wanted: The id of the ticket that gets the cursor; None for the current one.
        """
        view, count = self.view, max(50, self.size.height * 2)

        def read(desk: "Desk", now: datetime) -> QueueWindow:
            from atendimento_tui.services import queue

            return queue.beginning(desk, view, count, around, now)

        self.desk_app.serve(read, partial(self._show_from_start, wanted=wanted))

    def _fetch(self, wanted: PageRequest) -> None:
        view = self.view

        def read(desk: "Desk", now: datetime) -> QueueWindow:
            from atendimento_tui.services import queue

            return queue.window(desk, view, wanted, now)

        self.desk_app.serve(read, self._show)

    def _show(self, window: QueueWindow) -> None:
        if window.view == self.view:  # else the result is for an earlier view
            self._total = window.total if window.counted else self._total
            total = max(window.total, self.table.total) if self._total is None else self._total
            self.table.show(total, window.first, window.rows)
            self._paint_found()
            self.paint_footer()
            after, self._after_rows = self._after_rows, Changes()
            if after:
                self.call_after_refresh(self._read_rest, after)

    def _show_from_start(self, window: QueueWindow, wanted: int | None = None) -> None:
        if window.view != self.view:
            return
        keys_in_text = {name: self.key_of(action) for name, action in _KEYS_IN_EMPTY_TEXT.items()}
        empty = texts.EMPTY_FILTER if self.view.filter else texts.EMPTY[self.view.tab]
        self.table.empty_text = tuple(line.format(**keys_in_text) for line in empty)
        kept = wanted or self.table.cursor_key
        keys = [row.key for row in window.rows]
        target = kept if kept in keys else (keys[0] if keys else None)
        self._total = window.total if window.counted else None
        self.table.show(window.total, window.first, window.rows, cursor_key=target)
        self._paint_found()
        self.paint_footer()
        self._follow()
        self.call_after_refresh(self._recount)  # counting at the same time would delay painting

    def _recount(self) -> None:
        """Count all tabs. One count at a time; a call meanwhile counts once more afterwards."""
        if self._counting or not self.desk_app.desk_info:
            self._recount_wanted = True
            return
        self._counting, self._recount_wanted = True, False
        view = self.view

        def count(desk: "Desk", now: datetime) -> tuple[dict[Tab, int], int]:
            from atendimento_tui.services import queue

            return queue.counts_with_overdue(desk, view, now)

        self.desk_app.serve(count, partial(self._counted, view), self._count_ended)

    def _counted(self, view: QueueView, counted: tuple[dict[Tab, int], int]) -> None:
        self._counts, self.query_one(Header).overdue = counted
        self._paint_tabs()
        if view == self.view and self._total is None:
            self._total = self._counts[view.tab]
            self.table.recount(self._total)
            self._paint_found()
        self._count_ended()

    def _count_ended(self, _refusal: Refusal | None = None) -> None:
        self._counting = False
        if self._recount_wanted:
            self._recount()

    def _read_ticket(self) -> None:
        """Read the ticket under the cursor for the panel, where there is one."""
        key = self.table.cursor_key
        panel = self.query_one(TicketPanel)
        if key is None:
            panel.clear()
        if key is None or not self.has_class("-wide"):
            return

        def show(view: TicketView) -> None:
            if view.row.key == self.table.cursor_key and self.desk_app.desk_info:
                panel.show(view, self._now(), self.desk_app.desk_info.hours.tz)

        self.desk_app.serve(self.reading(key), show, lambda _reason: None)

    @on(Needed)
    def _rows_needed(self, message: Needed) -> None:
        if not self.desk_app.desk_info:
            return
        anchor, table = message.anchor, self.table
        row = table.row(anchor.key) if anchor.key is not None else None
        self._fetch(
            PageRequest(
                message.first,
                message.count,
                after=row.sort_key if row and anchor.reach is Reach.AFTER else None,
                before=row.sort_key if row and anchor.reach is Reach.BEFORE else None,
                around=anchor.key if anchor.reach is Reach.AROUND else None,
                total=self._total,
                exact=False,
            )
        )

    @on(Highlighted)
    def _cursor_moved(self) -> None:
        self.paint_footer()
        self._follow()

    def _follow(self) -> None:
        """Let the panel follow the cursor after a delay: a held key would read each ticket that it passes."""
        if self._panel_timer:
            self._panel_timer.stop()
        if self.has_class("-wide") and self.has_ticket_panel:
            self._panel_timer = self.set_timer(PANEL_DELAY_S, self._read_ticket_if_other)
        else:  # the panel is empty
            self.call_after_refresh(self._read_ticket)

    def _read_ticket_if_other(self) -> None:
        if self.query_one(TicketPanel).ticket != self.table.cursor_key:
            self._read_ticket()

    @on(CursorLost)
    def _cursor_ticket_removed(self) -> None:
        if self.desk_app.place is self:  # in the open ticket the change is visible
            self.desk_app.show_message(texts.LEFT_QUEUE)
        self._read_ticket()

    @on(Selected)
    def _ticket_chosen(self) -> None:
        self.action_do("fila.abrir")

    # Filter.

    @on(Input.Changed, "#words")
    def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.view.filter:
            self._show_view(replace(self.view, filter=event.value))

    @on(Input.Submitted, "#words")
    def _filter_done(self) -> None:
        self.table.focus()

    def open_filter(self) -> None:
        """Show and focus the field of the filter."""
        self.add_class("-filtering")
        self.query_one(FilterInput).focus()

    def key_escape(self) -> None:
        """Go from the field of the filter to the list; if it is empty or the list has the focus, end the filter."""
        words = self.query_one(FilterInput)
        if words.has_focus and words.value:
            self.table.focus()
            return
        words.value = ""
        self.remove_class("-filtering")
        self.table.focus()

    # Tabs.

    def show_tab(self, number: int) -> None:
        """Show a tab, counted from one."""
        self._show_view(replace(self.view, tab=TABS[number - 1]))

    def turn(self, by: int) -> None:
        """Show the tab that is `by` positions further."""
        self.show_tab((TABS.index(self.view.tab) + by) % len(TABS) + 1)

    def _paint_tabs(self) -> None:
        bar, here = self.query_one("#tabs", Bar), self.view.tab
        counts = {tab: formats.number(self._counts[tab]) if tab in self._counts else "…" for tab in TABS}
        only_here = {tab: texts.TABS_SHORT[tab] if tab is here else "" for tab in TABS}
        for names in (texts.TABS, texts.TABS_SHORT, only_here):
            labels = [f" {number} {names[tab]} {counts[tab]} ".replace("  ", " ") for number, tab in enumerate(TABS, 1)]
            if len("".join(labels)) <= bar.size.width:
                break
        bar.set(
            [
                Piece(label, "reverse bold" if tab is here else "", f"screen.do('fila.aba_{number}')")
                for number, (tab, label) in enumerate(zip(TABS, labels, strict=True), 1)
            ]
        )

    def _paint_found(self) -> None:
        found = "…" if self._total is None else formats.number(self._total)
        self.query_one("#found", Bar).set([Piece(texts.FILTER_COUNT.format(count=found))])

    # Acts.

    def current_ticket(self) -> QueueRow | None:
        """The row under the cursor."""
        return self.table.cursor_row

    def claim_next(self) -> None:
        """Claim the first ticket of the list without an owner, and move the cursor to it."""
        view = self.view  # the view at this moment; the user may change it meanwhile

        def act(desk: "Desk", order: Order) -> ActDone:
            from atendimento_tui.services import acts

            return acts.claim_next(desk, order, view)

        def finish(done: ActDone) -> None:
            self.desk_app.show_message(ticket_texts.CLAIMED.format(protocol=formats.protocol_groups(done.protocol)))
            self._read_view(done.ticket, wanted=done.ticket)
            self.desk_app.acted(done.ticket, shown_by=self)

        self.desk_app.perform(act, 0, 0, uuid4().hex, finish)

    def open_ticket(self) -> None:
        """Open the ticket under the cursor."""
        from atendimento_tui.screens.ticket.screen import TicketScreen

        self.app.push_screen(TicketScreen(self._row().key, self._now))
