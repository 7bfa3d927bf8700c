"""The display of an open ticket: its history, its data, who else has it open."""

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

from atendimento_tui import services
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import (
    ActionView,
    TicketView,
)
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.header import Header
from atendimento_tui.screens.tickets import parts
from atendimento_tui.screens.tickets.actions import TicketActions
from atendimento_tui.texts import tickets as texts
from atendimento_tui.widgets.bars import Bar, Piece, WrappingBar
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.newest import Newest
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

SECTIONS = tuple(texts.SECTIONS)

VISIT_EVERY_S = 25
"""Seconds between two notes that the ticket is still open. Long, because each is a change for all windows of a file."""

RECOUNT_EVERY_S = 15
"""Seconds between two counts of overdue tickets, which also change with time."""

LEAVE_TIMEOUT_S = 1
"""Seconds that the exit of the program waits until the visit is ended in the database."""


_GONE = frozenset(("fora_de_vista", "papel_nao_pode", "sem_acesso"))
"""Codes of refusals by which a ticket is not for the person."""


class TicketDisplay(TicketActions):
    """Reads and shows a ticket. A subclass has its actions.

    Args:
        ticket: Its id.
        now: Returns the current instant.
    """

    AUTO_FOCUS = "#history"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (120, "-wide")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, ticket: int, now: Callable[[], datetime]) -> None:
        self.view: TicketView | None = None
        self.section = SECTIONS[0]
        self._ticket = ticket
        self._now = now
        self._requested = self._shown = 0
        self._seconds = 0
        self._visit = services.presence.Visit(ticket)
        self._is_left = False
        self._painted: dict[str, list[Content]] = {}
        super().__init__()

    def body(self) -> ComposeResult:
        """Head, sections, history beside the other parts, action bar."""
        yield Static(plain(texts.LOADING_TICKET), id="head")
        yield Bar(id="sections")
        with Horizontal(id="both"):
            with Newest(id="history"):
                yield Lines(id="lines")
            with VerticalScroll(id="side"):
                for part in parts.PARTS:
                    yield Lines(id=part)
        yield WrappingBar(id="actions")

    def built(self) -> None:
        """Paint the frame, and read the ticket if the desk is open."""
        self.tick(self._now())
        self.show_section(self.section)
        self.paint_footer()
        self.set_interval(VISIT_EVERY_S, self.note_visit)
        if self.desk_app.desk_info:
            self.desk_opened(self.desk_app.desk_info)

    def on_resize(self) -> None:
        """Paint sections and footer for the new width."""
        self._paint_sections()
        self.after_refresh(self.paint_footer)

    # Called by the application.

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """Read the ticket."""
        del desk_info
        self.read()
        self.note_visit()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read the ticket again, if it or its visitors may have changed."""
        if changes.other or changes.touches(self._ticket):
            self.read()

    def person_changed(self, person: Member | None) -> None:
        """Read the ticket again: another person has other possible actions."""
        super().person_changed(person)
        self.tick(self._now())
        self.read()
        self.note_visit()

    def tick(self, now: datetime) -> None:
        """Repaint the clocks."""
        super().tick(now)
        self._paint_clocks(now)
        self._seconds += 1
        if self.desk_app.desk_info and self._seconds % RECOUNT_EVERY_S == 0:
            self._read_overdue()

    def before_exit(self) -> None:
        """End the visit of the ticket."""
        if not self._is_left:
            self._is_left = True
            leaving = Thread(target=self._leave, daemon=True)
            leaving.start()
            leaving.join(LEAVE_TIMEOUT_S)

    def on_unmount(self) -> None:
        """End the visit, if it was not ended before."""
        self.before_exit()

    def offer(self, actions: tuple[ActionView, ...]) -> None:
        """Show the possible actions of the ticket."""

    # Presence.

    def note_visit(self) -> None:
        """Note in the database that the person has the ticket open, and reload who else has."""
        person = self.desk_app.person
        if person is None:
            return

        def reload(_: None) -> None:
            if self.view and self.view.others_here:  # a window that was killed does not end its visit
                self.read()

        self.desk_app.serve(lambda desk, now: self._visit.note(desk, person.id, now), reload, lambda _reason: None)

    def leave_ticket(self) -> None:
        """End the visit of the ticket in a thread."""
        self._is_left = True
        self.desk_app.serve(lambda _desk, _now: self._leave(), lambda _: None)

    def _leave(self) -> None:
        with suppress(Exception):  # the visit expires by itself
            self._visit.end()

    # Reading.

    def read(self) -> None:
        """Read the ticket again."""
        if not self.desk_app.desk_info:
            return
        self._requested += 1
        number = self._requested

        def show(view: TicketView) -> None:
            if number > self._shown and self.is_attached:  # an older result that arrives later is dropped
                self._shown = number
                self._show(view)

        def refused(refusal: Refusal) -> None:
            if number > self._shown and self.is_attached and refusal.code in _GONE:
                self._shown = number
                self._hide()
            self.desk_app.show_refusal(refusal)

        self.load(self.reading(self._ticket), show, refused)
        self._read_overdue()

    def _hide(self) -> None:
        """Show nothing more of the ticket: it is not for the person who is at this window now."""
        self.view = None
        self.offer(())
        for part in ("head", "lines", *parts.PARTS):
            self._paint(part, [])
        self.paint_footer()

    def _read_overdue(self) -> None:
        """Count the overdue tickets of the desk for the header."""

        def read(desk: "Desk", now: datetime) -> int:
            return services.queue.overdue(desk, now)

        def show(overdue: int) -> None:
            if self.is_attached:
                self.query_one(Header).overdue = overdue
                self.tick_header(self._now())

        self.desk_app.serve(read, show, lambda _reason: None)

    def take(self, shown: TicketView | QueueRow) -> None:
        """Show the ticket after an act of this window, and drop the results of earlier requests."""
        if self.is_attached and isinstance(shown, TicketView) and shown.row.key == self._ticket:
            self._requested += 1
            self._shown = self._requested
            term = self.view.row.term if self.view else None
            self._show(shown)
            if shown.row.term != term:
                self._read_overdue()

    def _show(self, view: TicketView) -> None:
        self.view = view
        self.offer(view.actions)
        self._paint("lines", parts.history(view, self._zone))
        for part, lines_of in parts.PARTS.items():
            if part != "clocks":
                self._paint(part, lines_of(view, self._now(), self._zone))
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
            self._paint("head", (*parts.head(view), *parts.alerts(self.desk_app.alerts, view, now, self._zone)))
            self._paint("clocks", parts.clocks_part(view, now, self._zone))

    def _paint(self, part: str, content: Iterable[Content]) -> None:
        """Show lines in a part, if they differ from the shown ones."""
        lines = [*content]
        if self._painted.get(part) != lines:
            self._painted[part] = lines
            shown = self.query_one(f"#{part}")
            if isinstance(shown, Lines):
                shown.show(lines)
            else:
                self.query_one(f"#{part}", Static).update(Content("\n").join(lines))

    # Sections, in a terminal that is too narrow for all parts.

    def show_section(self, section: str) -> None:
        """Show a section and focus it."""
        self.section = section
        self.remove_class(*(f"-in-{each}" for each in SECTIONS), update=False)
        self.add_class(f"-in-{section}")
        self._paint_sections()
        self.query_one("#history" if section == SECTIONS[0] else "#side").focus()

    def turn(self, by: int) -> None:
        """Show the section that is `by` positions further."""
        sections = SECTIONS[:2] if self.has_class("-wide") else SECTIONS
        at = sections.index(self.section) if self.section in sections else 0
        self.show_section(sections[(at + by) % len(sections)])

    def action_section(self, section: str) -> None:
        """Show the clicked section."""
        self.show_section(section)

    def _paint_sections(self) -> None:
        bar = self.query_one("#sections", Bar)
        for names in (texts.SECTIONS, texts.SECTIONS_SHORT):
            labels = [f" {names[section]} " for section in SECTIONS]
            if len("".join(labels)) <= bar.size.width:
                break
        bar.set(
            [
                Piece(label, "reverse bold" if section == self.section else "", f"screen.section({section!r})")
                for section, label in zip(SECTIONS, labels, strict=True)
            ]
        )
