"""One ticket as it is shown: what happened, what is known of it, who else has it open."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from threading import Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import (
    ActionView,
    TicketView,
)
from atendimento_tui.screens.header import Header
from atendimento_tui.screens.ticket import parts
from atendimento_tui.screens.ticket.actions import TicketActions
from atendimento_tui.texts import ticket as texts
from atendimento_tui.texts import window as window_texts
from atendimento_tui.widgets.bars import Bar, Piece, WrappingBar
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

SECTIONS = tuple(texts.SECTIONS)

STAY_EVERY_S = 25
"""How often a window says that it still has the ticket open: rarely, since in SQLite everybody hears it."""

RECOUNT_EVERY_S = 15
"""How often it is counted how many tickets of the desk are overdue: time alone makes them so."""

LEAVE_WITHIN_S = 1
"""How long the end of the program waits for a database to hear of it."""


class TicketDisplay(TicketActions):
    """A ticket, read and shown; what may be done with it is said by a subclass.

    Args:
        ticket: Its id.
        now: Tells the instant.
    """

    AUTO_FOCUS = "#history"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (120, "-wide")]  # noqa: RUF012 - Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    def __init__(self, ticket: int, now: Callable[[], datetime]) -> None:
        from atendimento_tui.services.presence import Visit

        self.view: TicketView | None = None
        self.section = SECTIONS[0]
        self._ticket = ticket
        self._now = now
        self._asked = self._shown = 0
        self._seconds = 0
        self._visit = Visit(ticket)
        self._is_left = False
        self._painted: dict[str, list[Content]] = {}
        super().__init__()

    def body(self) -> ComposeResult:
        """What it is, what happened beside what is known, and what may be done."""
        yield Static(plain(texts.LOADING_TICKET), id="head")
        yield Bar(id="sections")
        with Horizontal(id="both"):
            with VerticalScroll(id="history"):
                yield Lines(id="lines")
            with VerticalScroll(id="side"):
                for part in parts.PARTS:
                    yield Lines(id=part)
        yield WrappingBar(id="actions")
        yield Static(window_texts.TOO_SMALL, id="too-small")

    def built(self) -> None:
        """The frame first; what it shows is read."""
        self.tick(self._now())
        self.show_section(self.section)
        self.paint_footer()
        self.set_interval(STAY_EVERY_S, self.stay)
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def on_resize(self) -> None:
        """Another width has other words."""
        self._paint_sections()
        self.call_after_refresh(self.paint_footer)

    # What the application tells.

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """The database is open: read the ticket."""
        del desk_info
        self.read()
        self.stay()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Somebody changed something: perhaps this ticket, or who has it open."""
        if changes.besides or changes.touches(self._ticket):
            self.read()

    def person_changed(self, person: Member | None) -> None:
        """Another person may do other things."""
        super().person_changed(person)
        self.tick(self._now())
        self.read()
        self.stay()

    def tick(self, now: datetime) -> None:
        """Let the clocks go on."""
        super().tick(now)
        self._paint_clocks(now)
        self._seconds += 1
        if self.desk_app.desk_info and self._seconds % RECOUNT_EVERY_S == 0:
            self._read_overdue()

    def before_exit(self) -> None:
        """The program ends: nobody is here any more."""
        if not self._is_left:
            self._is_left = True
            leaving = Thread(target=self._leave, daemon=True)
            leaving.start()
            leaving.join(LEAVE_WITHIN_S)

    def on_unmount(self) -> None:
        """Left with the program, if not before."""
        self.before_exit()

    def offer(self, actions: tuple[ActionView, ...]) -> None:
        """Show what may be done with the ticket as it was read."""

    # Who is here.

    def stay(self) -> None:
        """Let others see that the person at this window has the ticket open, and look who else has."""
        person = self.desk_app.person
        if person is None:
            return

        def look(_: None) -> None:
            if self.view and self.view.others_here:  # a window that was killed does not say that it is gone
                self.read()

        self.desk_app.serve(lambda desk, now: self._visit.note(desk, person.id, now), look, lambda _reason: None)

    def leave_ticket(self) -> None:
        """Say that nobody is here any more."""
        self._is_left = True
        self.desk_app.serve(lambda _desk, _now: self._leave(), lambda _: None)

    def _leave(self) -> None:
        with suppress(Exception):  # who cannot say that they leave are gone after a while
            self._visit.end()

    # Reading.

    def read(self) -> None:
        """Read the ticket anew."""
        if not self.desk_app.desk_info:
            return
        self._asked += 1
        number = self._asked

        def show(view: TicketView) -> None:
            if number > self._shown and self.is_attached:  # an older answer that comes later is no answer
                self._shown = number
                self._show(view)

        self.desk_app.serve(self.reading(self._ticket), show)
        self._read_overdue()

    def _read_overdue(self) -> None:
        """How many tickets of the desk are overdue stands in the header, wherever one is."""

        def read(desk: "Desk", now: datetime) -> int:
            from atendimento_tui.services import queue

            return queue.overdue(desk, now)

        def show(overdue: int) -> None:
            if self.is_attached:
                self.query_one(Header).overdue = overdue
                self.tick_header(self._now())

        self.desk_app.serve(read, show, lambda _reason: None)

    def take(self, shown: TicketView | QueueRow) -> None:
        """An act of one's own: what was asked before it is no answer any more."""
        if self.is_attached and isinstance(shown, TicketView) and shown.row.key == self._ticket:
            self._asked += 1
            self._shown = self._asked
            term = self.view.row.term if self.view else None
            self._show(shown)
            if shown.row.term != term:
                self._read_overdue()

    def _show(self, view: TicketView) -> None:
        self.view = view
        self.offer(view.actions)
        history = self.query_one("#history", VerticalScroll)
        follows = "lines" not in self._painted or history.scroll_offset.y >= history.max_scroll_y
        self._paint("lines", parts.history(view, self._zone))
        if follows:
            history.scroll_end(animate=False)
            # Once more when it is laid out: a scrollbar that came takes room, and there are more rows then.
            self.call_after_refresh(history.scroll_end, animate=False)
        for part, tell in parts.PARTS.items():
            if part != "clocks":
                self._paint(part, tell(view, self._now(), self._zone))
        self.tick(self._now())
        self.paint_footer()

    @property
    def _zone(self) -> ZoneInfo:
        assert self.desk_app.desk_info, "nothing is read before the desk is open"
        return self.desk_app.desk_info.hours.tz

    def _paint_clocks(self, now: datetime) -> None:
        if self.view:
            clocks = tuple(parts.at_instant(clock, now) for clock in self.view.clocks)
            view = replace(self.view, clocks=clocks)
            self._paint("head", parts.head(view))
            self._paint("clocks", parts.clocks_part(view, now, self._zone))

    def _paint(self, part: str, told: Iterable[Content]) -> None:
        """Say something where it says something else."""
        lines = [*told]
        if self._painted.get(part) != lines:
            self._painted[part] = lines
            shown = self.query_one(f"#{part}")
            if isinstance(shown, Lines):
                shown.show(lines)
            else:
                self.query_one(f"#{part}", Static).update(Content("\n").join(lines))

    # Sections, where there is no room for all.

    def show_section(self, section: str) -> None:
        """Show a section; where all are seen already, the keyboard goes there."""
        self.section = section
        self.remove_class(*(f"-in-{each}" for each in SECTIONS), update=False)
        self.add_class(f"-in-{section}")
        self._paint_sections()
        self.query_one("#history" if section == SECTIONS[0] else "#side").focus()

    def turn(self, by: int) -> None:
        """Show the section so many further."""
        sections = SECTIONS[:2] if self.has_class("-wide") else SECTIONS
        at = sections.index(self.section) if self.section in sections else 0
        self.show_section(sections[(at + by) % len(sections)])

    def action_section(self, section: str) -> None:
        """A click on a section's name."""
        self.show_section(section)

    def _paint_sections(self) -> None:
        bar = self.query_one("#sections", Bar)
        for names in (texts.SECTIONS, texts.SECTIONS_SHORT):
            said = [f" {names[section]} " for section in SECTIONS]
            if len("".join(said)) <= bar.size.width:
                break
        bar.set(
            [
                Piece(word, "reverse bold" if section == self.section else "", f"screen.section({section!r})")
                for section, word in zip(SECTIONS, said, strict=True)
            ]
        )
