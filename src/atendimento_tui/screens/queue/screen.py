"""The queue of the desk: critical tickets first, then those due next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from atendimento_tui import contracts, services
from atendimento_tui.actions.areas.queue import PLACE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.queue import QueueRow, QueueView, Tab
from atendimento_tui.screens import tickets
from atendimento_tui.screens.header import Header
from atendimento_tui.screens.queue.columns import countdown_until, queue_columns
from atendimento_tui.screens.queue.counts import Counted, Counter
from atendimento_tui.screens.queue.following import PanelFollower
from atendimento_tui.screens.queue.panel import TicketPanel
from atendimento_tui.screens.queue.placing import counts_change
from atendimento_tui.screens.queue.rows import RowReader
from atendimento_tui.screens.queue.table import FilterInput, QueueTable
from atendimento_tui.screens.queue.tabs import TABS, found_piece, tab_pieces
from atendimento_tui.screens.tickets.actions import TicketActions
from atendimento_tui.texts import formats, window
from atendimento_tui.texts import queue as texts
from atendimento_tui.texts import tickets as ticket_texts
from atendimento_tui.widgets.bars import Bar
from atendimento_tui.widgets.window_table import CursorLost, Highlighted, Needed, Selected

if TYPE_CHECKING:
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.contracts.tickets import ActDone, Order, TicketView
    from atendimento_tui.screens.tickets.acting import Shown
    from atendimento_tui.services.desk import Desk

_KEYS_IN_EMPTY_TEXT = {"new": "ir.novo", "group": "fila.aba_2", "all": "fila.aba_6", "claim": "fila.assumir"}
"""The keys in the text of an empty tab: name in the text -> action."""

_FILTER_LENGTH = 120
"""Letters of the filter. More are a text pasted by mistake, not words to search."""

RECOUNT_EVERY_S = 15
"""Seconds between two counts without a change: tickets become due with time alone."""

_PLACES_ONLY = Changes(frozenset({(0, "")}))
"""A change of places in the queue, but of no ticket that is shown."""


class QueueScreen(TicketActions):
    """The queue of the desk. It shows changes as they happen.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "QueueTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._seconds = 0
        self._tab_counts: dict[Tab, int] = {}
        self._alerted: frozenset[int] = frozenset()
        """The tickets with alerts for the person."""
        self.table = QueueTable(
            queue_columns(now, lambda: self.desk_app.calendars, lambda: self._alerted),
            lambda row, now: countdown_until(row, self.desk_app.calendars, now),
            self.paint_footer,
        )
        self.panel = TicketPanel(id="panel")
        self._follower = PanelFollower(self, self.table, self.panel)
        self._rows = RowReader(
            self, self.table, on_rows=self._rows_shown, on_view=self._view_shown, on_changes=self._read_rest
        )
        self._counter = Counter(self, lambda: self._rows.view, self._show_counts)

    def body(self) -> ComposeResult:
        """Tabs, filter, list, and in a wide terminal the panel."""
        yield Bar(id="tabs")
        with Horizontal(id="filter"):
            yield FilterInput(placeholder=texts.FILTER, id="words", compact=True, max_length=_FILTER_LENGTH)
            yield Bar(id="found")
        with Horizontal(id="lists"):
            yield self.table
            yield self.panel

    @property
    def view(self) -> QueueView:
        """The view that is shown."""
        return self._rows.view

    @property
    def is_count_delayed(self) -> bool:
        """Whether changes of others wait for the next count."""
        return self._counter.is_pausing

    @property
    def has_ticket_panel(self) -> bool:
        """Whether the panel shows a ticket."""
        return self.panel.ticket is not None

    # Called by Textual and by the application.

    def built(self) -> None:
        """Paint the frame, and read the queue if the desk is open."""
        self.tick(self._now())
        self._paint_tabs()
        self.paint_footer()
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def on_screen_resume(self) -> None:
        """Paint the current time after another place was visible."""
        if self.is_built:
            self.tick(self._now())
            self.paint_footer()

    def on_resize(self) -> None:
        """Paint tabs, footer and panel for the new width."""
        self.after_refresh(self._paint_for_width)

    def _paint_for_width(self) -> None:
        self._paint_tabs()
        self.paint_footer()
        self._follower.read()

    def desk_opened(self, desk_info: "DeskInfo") -> None:
        """Read the queue."""
        del desk_info
        self.table.live_cells_changed()
        self.tick(self._now())
        self._look(replace(self.view, viewer=self.desk_app.person))
        self.paint_footer()

    def person_changed(self, person: "Member | None") -> None:
        """Read the queue again: the tabs `minha` and `grupo` have other tickets. Forget the former person's filter."""
        before = self.view
        self._look(replace(before, viewer=person, filter="" if before.viewer else before.filter))
        if before.viewer and self.has_class("-filtering"):
            self._remove_filter()
        self.tick(self._now())
        super().person_changed(person)

    def alerts_changed(self) -> None:
        """Paint the rows whose tickets got or lost an alert."""
        before, self._alerted = self._alerted, frozenset(each.ticket for each in self.desk_app.alerts)
        for ticket in before ^ self._alerted:
            self.table.refresh_row(ticket)
        super().alerts_changed()

    def desk_info_changed(self) -> None:
        """Read the queue again, if the person has other groups."""
        self.table.live_cells_changed()  # the calendars may be other ones
        if self.view.viewer != self.desk_app.person:
            self._look(replace(self.view, viewer=self.desk_app.person))
        super().desk_info_changed()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read what others have changed: rows first, then the panel and the counts."""
        if changes.tickets is None or changes.tickets:
            self._rows.read_changed(changes)
        elif changes.other and self.has_ticket_panel:
            self._follower.read()  # its visitors have changed

    def tick(self, now: datetime) -> None:
        """Repaint the countdowns in view."""
        super().tick(now)
        self._seconds += 1
        self.table.tick(now)
        if self.desk_app.desk_info and self._seconds % RECOUNT_EVERY_S == 0:
            self._counter.count()
            if self.view.tab is Tab.FALLING_DUE:
                self.table.ask()
            if self.panel.shows_others:  # a window that was killed does not end its visit
                self._follower.read()

    # Rows, panel and counts.

    def _look(self, view: QueueView) -> None:
        self._rows.show(view)
        self._paint_tabs()

    def _wait_for_view(self) -> None:
        """Let what is typed from now on wait for the view: the cursor is on a row of another one."""
        if self._rows.is_behind:
            self.hold_keys()

    def _rows_shown(self) -> None:
        self._paint_found()
        self.paint_footer()

    def _view_shown(self) -> None:
        keys = {name: self.key_of(action) for name, action in _KEYS_IN_EMPTY_TEXT.items()}
        empty = window.EMPTY_FILTER if self.view.filter else texts.EMPTY[self.view.tab]
        self.table.empty_text = tuple(line.format(**keys) for line in empty)
        self._rows_shown()
        self._follower.follow()
        self.after_refresh(self._counter.count)  # a count at the same time would delay the painting
        self.let_keys_act()

    def _read_rest(self, changes: Changes, with_counts: bool) -> None:
        """Read the panel and, if they may have changed, the counts after the rows of a change."""
        if changes.other or changes.touches(self.panel.ticket):
            self._follower.read()
        if with_counts:
            self._counter.count_soon()

    def _show_counts(self, counted: Counted) -> None:
        self._tab_counts, self.query_one(Header).overdue = counted.tabs, counted.overdue
        self._paint_tabs()
        if self._rows.take_count(counted):
            self._paint_found()

    @on(Needed)
    def _rows_needed(self, message: Needed) -> None:
        if self.desk_app.desk_info:
            self._rows.fetch(message)

    @on(Highlighted)
    def _cursor_moved(self) -> None:
        self._follower.follow()

    @on(CursorLost)
    def _ticket_left(self) -> None:
        if self.desk_app.place is self:  # in the open ticket the change is visible
            self.desk_app.show_message(texts.LEFT_QUEUE)
        self._follower.read()

    @on(Selected)
    def _ticket_chosen(self) -> None:
        self.action_do("fila.abrir")

    def _paint_tabs(self) -> None:
        bar = self.query_one("#tabs", Bar)
        bar.set(tab_pieces(self.view.tab, self._tab_counts, bar.size.width))

    def _paint_found(self) -> None:
        self.query_one("#found", Bar).set([found_piece(self._rows.total, filtered=bool(self.view.filter.strip()))])

    # Filter and tabs.

    @on(Input.Changed, "#words")
    def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.view.filter:
            self._look(replace(self.view, filter=event.value))
            if not self.query_one(FilterInput).has_focus:
                self._wait_for_view()

    @on(Input.Submitted, "#words")
    def action_to_list(self) -> None:
        """Leave the field of the filter."""
        self.table.focus()
        self._wait_for_view()

    def open_filter(self) -> None:
        """Show the filter and focus its field."""
        self.add_class("-filtering")
        self.query_one(FilterInput).focus()

    def key_escape(self) -> None:
        """Leave the field of the filter; if it is empty or left already, remove the filter."""
        words = self.query_one(FilterInput)
        if words.has_focus and words.value:
            self.action_to_list()
        else:
            self._remove_filter()

    def _remove_filter(self) -> None:
        self.query_one(FilterInput).value = ""
        self.remove_class("-filtering")
        self.table.focus()

    def show_tab(self, number: int) -> None:
        """Show a tab; the first one is 1."""
        self._look(replace(self.view, tab=TABS[number - 1]))
        self._wait_for_view()

    def turn(self, by: int) -> None:
        """Show the tab that is `by` positions further."""
        self.show_tab((TABS.index(self.view.tab) + by) % len(TABS) + 1)

    # Acts.

    def current_ticket(self) -> QueueRow | None:
        """The row under the cursor; that of the panel if it was read later than the list."""
        row, shown = self.table.cursor_row, self.panel.row
        return shown if row and shown and shown.key == row.key and shown.version > row.version else row

    def open_ticket(self) -> None:
        """Open the ticket under the cursor."""
        self.app.push_screen(tickets.screen.TicketScreen(self._row().key, self._now))

    def claim_next(self) -> None:
        """Claim the first free ticket of the list, and move the cursor to it."""
        view = self.view  # the view at this moment; the user may change it meanwhile

        def act(desk: "Desk", order: "Order") -> "ActDone":
            return services.acts.claim_next(desk, order, view)

        def finish(done: "ActDone") -> None:
            self.desk_app.show_message(ticket_texts.CLAIMED.format(protocol=formats.protocol_groups(done.protocol)))
            self._rows.begin(done.ticket, cursor=done.ticket)
            self.desk_app.acted(done.ticket, shown_by=self)

        self.desk_app.perform(act, 0, 0, uuid4().hex, finish)

    def reading_after(self) -> "Callable[[Desk, ActDone, datetime], Shown]":
        """A function that reads the whole ticket if the panel is shown, else its row."""
        if self.has_class("-wide"):
            return super().reading_after()

        def read(desk: "Desk", done: "ActDone", _now: datetime) -> QueueRow:
            return services.queue.rows(desk, [done.ticket])[0]

        return read

    def take(self, shown: "TicketView | QueueRow") -> None:
        """Show the row of a ticket after an act of this window, and the ticket in the panel."""
        row = shown.row if isinstance(shown, contracts.tickets.TicketView) else shown
        before = self.table.row(row.key)
        if isinstance(shown, contracts.tickets.TicketView) and self.panel.ticket == row.key:
            self._follower.show(shown)
        if not self._rows.put([row]):
            self._rows.read_again(_PLACES_ONLY)
        elif before is None or counts_change(before, row):
            self._rows.total = None
            self._counter.count()
