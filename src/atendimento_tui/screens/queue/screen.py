"""The live queue: critical first, then what is due next."""

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
from atendimento_tui.screens.queue.placing import AtHand, counts_move, placed
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

_KEYS_TOLD = {"new": "ir.novo", "group": "fila.aba_2", "all": "fila.aba_6", "claim": "fila.assumir"}
"""What an empty tab tells the keys of: name in its text -> action."""

_MOST_TO_LOOK_FOR = 120
"""Letters in the filter: whoever pastes a whole letter there does not mean to search for each of its words."""

RECOUNT_EVERY_S = 15
"""Time alone moves tickets into `vencendo`: so often it is looked at though nobody did anything."""

COUNTS_EVERY_S = 1.0
"""How often it is counted at most because of what others do; rows are shown at once."""

_PLACES = Changes(frozenset({(0, "")}))
"""Places in the queue are other ones, and no ticket that is shown."""

_FEW = 20
"""So many tickets that changed are read one by one; of more of them the rows in view are read anew."""

RESTS_S = 0.12
"""Without a key for so long, the hand rests."""


class QueueTable(WindowTable[QueueRow]):
    """The table, with the styles that the queue's columns name."""

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
    """Where the filter is typed. Its arrows move the list below, so that the hand stays."""

    def key_down(self) -> None:
        self.screen.query_one(QueueTable).focus()


class QueueScreen(TicketActions):
    """The queue of the desk, alive."""

    WHERE = Where.QUEUE
    AUTO_FOCUS = "QueueTable"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
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
        """How many tickets the view has; None until they are counted, and after somebody changed something."""
        self._counts: dict[Tab, int] = {}
        self._counting = self._recount_wanted = self._recount_later = False
        self._recounting: Timer | None = None
        """Runs for as long as it is not counted again because of what others do."""
        self._after_rows = Changes()
        """What is read once the rows that were asked for are shown."""
        self._until_it_rests: Timer | None = None
        super().__init__()

    def body(self) -> ComposeResult:
        """Tabs, filter, and the list with the ticket beside it where there is room."""
        yield Bar(id="tabs")
        with Horizontal(id="filter"):
            yield FilterInput(placeholder=texts.FILTER, id="words", compact=True, max_length=_MOST_TO_LOOK_FOR)
            yield Bar(id="found")
        with Horizontal(id="lists"):
            yield QueueTable(
                queue_columns(self._now, lambda: self.desk_app.calendars), empty_text=texts.LOADING_QUEUE, id="queue"
            )
            yield TicketPanel(id="panel")
        yield Static(window_texts.TOO_SMALL, id="too-small")

    def built(self) -> None:
        """Before the desk is open the frame stands already."""
        self.tick(self._now())
        self._paint_tabs()
        self.paint_footer()
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def on_screen_resume(self) -> None:
        """Back from an open ticket: the time went on."""
        if self.is_built:
            self.tick(self._now())
            self.paint_footer()

    def on_resize(self) -> None:
        """Another width has other words in tabs and footer, and room for the panel or none."""
        self.call_after_refresh(self._laid_out_anew)

    def _laid_out_anew(self) -> None:
        self._paint_tabs()
        self.paint_footer()
        self._read_ticket()

    # What the application tells.

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """The database is open: fill the queue."""
        del desk_info
        self.view = replace(self.view, viewer=self.desk_app.person)
        self.tick(self._now())
        self._look(self.view)
        self.paint_footer()

    def person_changed(self, person: Member | None) -> None:
        """`minha` and `grupo` are somebody else's now."""
        self._look(replace(self.view, viewer=person))
        self.tick(self._now())
        super().person_changed(person)

    def desk_info_changed(self) -> None:
        """Terms are told on calendars that were not known; `grupo` may be other groups."""
        if self.view.viewer != self.desk_app.person:
            self._look(replace(self.view, viewer=self.desk_app.person))
        super().desk_info_changed()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Somebody changed something: read first the rows that may be other ones, then the ticket beside and counts."""
        tickets = changes.tickets
        if tickets is None or len(tickets) > _FEW:
            self._read_rows(changes)
        elif tickets:
            self._read_changed(tickets, changes)
        elif changes.besides and self.has_ticket_panel:
            self._read_ticket()  # others came or went

    def _read_rows(self, changes: Changes) -> None:
        """Read the rows around the cursor anew; the rest comes after them."""
        self._total = None
        self._after_rows |= changes
        self.table.ask()

    def _read_changed(self, tickets: Collection[int], changes: Changes) -> None:
        """Read the tickets that changed; where only rows at hand say something else, no other row is read."""
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
        """Show tickets as they are now among the rows at hand, where these tell their places.

        Returns:
            Whether they do; else rows are to be read.
        """
        table = self.table
        at_hand = AtHand(table.loaded_rows, table.first_loaded, table.total)
        found = placed(self.view, at_hand, changed, table.cursor_key)
        if found is None:
            return False
        table.show(found.total, found.first, found.rows)
        self.paint_footer()
        return True

    def _read_rest(self, changes: Changes) -> None:
        """What comes after the rows: the ticket beside them, and the counts."""
        if changes.besides or changes.touches(self.query_one(TicketPanel).ticket):
            self._read_ticket()
        self._recount_soon()

    def _recount_soon(self) -> None:
        """Count at once, and then so often at most, however much others do."""
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
        """The whole ticket where it is shown beside the list; else its row."""
        if self.has_class("-wide"):
            return super().reading_after()

        def read(desk: "Desk", done: ActDone, _now: datetime) -> QueueRow:
            from atendimento_tui.services import queue

            return queue.rows(desk, [done.ticket])[0]

        return read

    def take(self, shown: TicketView | QueueRow) -> None:
        """An act of one's own: its row and the ticket beside; what it moved is read."""
        row, panel = shown.row if isinstance(shown, TicketView) else shown, self.query_one(TicketPanel)
        before = self.table.row(row.key)
        if isinstance(shown, TicketView) and panel.ticket == row.key and self.desk_app.desk_info:
            panel.show(shown, self._now(), self.desk_app.desk_info.hours.tz)
        if not self._place([row]):
            self._read_rows(_PLACES)
        elif before is None or counts_move(before, row):
            self._total = None
            self._recount()

    def tick(self, now: datetime) -> None:
        """Let the countdowns in view go on."""
        super().tick(now)
        self._seconds += 1
        self.table.tick()
        if self.desk_app.desk_info and self._seconds % RECOUNT_EVERY_S == 0:
            self._recount()
            if self.view.tab is Tab.FALLING_DUE:
                self.table.ask()
            if self.query_one(TicketPanel).tells_of_others:  # a window that was killed does not say that it is gone
                self._read_ticket()

    # Reading.

    @property
    def is_resting(self) -> bool:
        """Whether it is counted again a little later only."""
        return self._recounting is not None

    @property
    def has_ticket_panel(self) -> bool:
        """Whether the panel shows a ticket."""
        return self.query_one(TicketPanel).ticket is not None

    @property
    def table(self) -> QueueTable:
        return self.query_one(QueueTable)

    def _look(self, view: QueueView) -> None:
        """Show another part of the queue; the cursor stays on its ticket where that part has it."""
        self.view, self._total = view, None
        self._paint_tabs()
        self._begin(self.table.cursor_key)

    def _begin(self, around: int | None, wanted: int | None = None) -> None:
        """Read the view from its beginning, or around a ticket.

        Args:
            around: The ticket.
            wanted: The ticket that the cursor shall stand on; that on which it stands, if none is named.
        """
        view, count = self.view, max(50, self.size.height * 2)

        def read(desk: "Desk", now: datetime) -> QueueWindow:
            from atendimento_tui.services import queue

            return queue.beginning(desk, view, count, around, now)

        self.desk_app.serve(read, partial(self._show_anew, wanted=wanted))

    def _fetch(self, wanted: PageRequest) -> None:
        view = self.view

        def read(desk: "Desk", now: datetime) -> QueueWindow:
            from atendimento_tui.services import queue

            return queue.window(desk, view, wanted, now)

        self.desk_app.serve(read, self._show)

    def _show(self, window: QueueWindow) -> None:
        if window.view == self.view:  # an answer to a question of a moment ago is no answer
            self._total = window.total if window.counted else self._total
            total = max(window.total, self.table.total) if self._total is None else self._total
            self.table.show(total, window.first, window.rows)
            self._paint_found()
            self.paint_footer()
            after, self._after_rows = self._after_rows, Changes()
            if after:
                self.call_after_refresh(self._read_rest, after)

    def _show_anew(self, window: QueueWindow, wanted: int | None = None) -> None:
        if window.view != self.view:
            return
        told = {name: self.key_of(action) for name, action in _KEYS_TOLD.items()}
        empty = texts.EMPTY_FILTER if self.view.filter else texts.EMPTY[self.view.tab]
        self.table.empty_text = tuple(line.format(**told) for line in empty)
        kept = wanted or self.table.cursor_key
        keys = [row.key for row in window.rows]
        target = kept if kept in keys else (keys[0] if keys else None)
        self._total = window.total if window.counted else None
        self.table.show(window.total, window.first, window.rows, cursor_key=target)
        self._paint_found()
        self.paint_footer()
        self._follow()
        self.call_after_refresh(self._recount)  # counting beside the painting would hold it up

    def _recount(self) -> None:
        """Count every tab; one count at a time, and one more if something changed meanwhile."""
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
    def _on_another_ticket(self) -> None:
        self.paint_footer()
        self._follow()

    def _follow(self) -> None:
        """The panel follows when the hand rests: a key held down would read every ticket that it passes."""
        if self._until_it_rests:
            self._until_it_rests.stop()
        if self.has_class("-wide") and self.has_ticket_panel:
            self._until_it_rests = self.set_timer(RESTS_S, self._read_ticket_if_other)
        else:  # nothing is there yet
            self.call_after_refresh(self._read_ticket)

    def _read_ticket_if_other(self) -> None:
        if self.query_one(TicketPanel).ticket != self.table.cursor_key:
            self._read_ticket()

    @on(CursorLost)
    def _ticket_left(self) -> None:
        if self.desk_app.place is self:  # who is in the open ticket sees where it goes
            self.desk_app.show_message(texts.LEFT_QUEUE)
        self._read_ticket()

    @on(Selected)
    def _ticket_chosen(self) -> None:
        self.action_do("fila.abrir")

    # Filter.

    @on(Input.Changed, "#words")
    def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.view.filter:
            self._look(replace(self.view, filter=event.value))

    @on(Input.Submitted, "#words")
    def _filter_done(self) -> None:
        self.table.focus()

    def open_filter(self) -> None:
        """Let the person type words that the list must have."""
        self.add_class("-filtering")
        self.query_one(FilterInput).focus()

    def key_escape(self) -> None:
        """One step back: out of the filter's field, then out of the filter."""
        words = self.query_one(FilterInput)
        if words.has_focus and words.value:
            self.table.focus()
            return
        words.value = ""
        self.remove_class("-filtering")
        self.table.focus()

    # Tabs.

    def show_tab(self, number: int) -> None:
        """Show another part of the queue; the tabs are counted from one."""
        self._look(replace(self.view, tab=TABS[number - 1]))

    def turn(self, by: int) -> None:
        """Show the tab so many further."""
        self.show_tab((TABS.index(self.view.tab) + by) % len(TABS) + 1)

    def _paint_tabs(self) -> None:
        bar, here = self.query_one("#tabs", Bar), self.view.tab
        counts = {tab: formats.number(self._counts[tab]) if tab in self._counts else "…" for tab in TABS}
        only_here = {tab: texts.TABS_SHORT[tab] if tab is here else "" for tab in TABS}
        for names in (texts.TABS, texts.TABS_SHORT, only_here):
            words = [f" {number} {names[tab]} {counts[tab]} ".replace("  ", " ") for number, tab in enumerate(TABS, 1)]
            if len("".join(words)) <= bar.size.width:
                break
        bar.set(
            [
                Piece(said, "reverse bold" if tab is here else "", f"screen.do('fila.aba_{number}')")
                for number, (tab, said) in enumerate(zip(TABS, words, strict=True), 1)
            ]
        )

    def _paint_found(self) -> None:
        found = "…" if self._total is None else formats.number(self._total)
        self.query_one("#found", Bar).set([Piece(texts.FILTER_COUNT.format(count=found))])

    # Acting on the row.

    def current_ticket(self) -> QueueRow | None:
        """The row under the cursor."""
        return self.table.cursor_row

    def claim_next(self) -> None:
        """Answer for the first free ticket of the list, and go to it."""
        view = self.view  # as it is seen now, whatever is typed meanwhile

        def act(desk: "Desk", order: Order) -> ActDone:
            from atendimento_tui.services import acts

            return acts.claim_next(desk, order, view)

        def finish(done: ActDone) -> None:
            self.desk_app.show_message(ticket_texts.CLAIMED.format(protocol=formats.protocol_groups(done.protocol)))
            self._begin(done.ticket, wanted=done.ticket)
            self.desk_app.acted(done.ticket, shown_by=self)

        self.desk_app.perform(act, 0, 0, uuid4().hex, finish)

    def open_ticket(self) -> None:
        """Open the ticket under the cursor."""
        from atendimento_tui.screens.ticket.screen import TicketScreen

        self.app.push_screen(TicketScreen(self._row().key, self._now))
