"""One ticket: what happened, what is known of it, what may be done now."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from atendimento_tui.actions import PROCESS, Action, Facts, Where, of_process, shown_in
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.documents import DocumentView
from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import (
    ActDone,
    ActionView,
    ClockView,
    HistoryLine,
    NamedTicket,
    Order,
    TaskView,
    TicketView,
)
from atendimento_tui.domain.clocks import standing
from atendimento_tui.domain.process.values import masked_as
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.outputs.as_text import act, addressees, clock_line, consequences, happening, history_lines
from atendimento_tui.screens.header import Header
from atendimento_tui.screens.ticket.on_ticket import OnTicket
from atendimento_tui.texts import clock as clock_texts
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import ticket as texts
from atendimento_tui.texts import window as window_texts
from atendimento_tui.widgets.bars import Bar, Piece, Shelf
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.widgets.text import plain

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

SECTIONS = tuple(texts.SECTIONS)

STAY_EVERY_S = 25
"""How often a window says that it still has the ticket open: rarely, since in SQLite everybody hears it."""

LEAVE_WITHIN_S = 1
"""How long the end of the program waits for a database to hear of it."""

RECEIVED = "recebido"
"""The verdict of a document that is here."""

_STYLE = {"no_prazo": "$text-success", "atencao": "bold $text-warning", "vencido": "bold $text-error"}


class TicketScreen(OnTicket):
    """A ticket, open and alive.

    Args:
        ticket: Its id.
        now: Tells the instant.
    """

    WHERE = Where.TICKET
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
        self._continuations: list[tuple[int, Callable[[], None]]] = []
        """What is done once a reading of that number, or a later one, is shown."""
        self._visit = Visit(ticket)
        self._is_left = False
        self._of_step: tuple[Action, ...] = ()
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
                for part in _PARTS:
                    yield Lines(id=part)
        yield Shelf(id="actions")
        yield Static(window_texts.TOO_SMALL, id="too-small")

    def on_mount(self) -> None:
        """The frame first; what it shows is read."""
        self.tick(self._now())
        self.show_section(self.section)
        self.paint_footer()
        self.set_interval(STAY_EVERY_S, self.stay)
        if self.desk_app.face:
            self.desk_opened(self.desk_app.face)

    def on_resize(self) -> None:
        """Another width has other words."""
        self._paint_sections()
        self.call_after_refresh(self.paint_footer)

    # What the application tells.

    def desk_opened(self, face: DeskInfo) -> None:
        """The database is open: read the ticket."""
        del face
        self.read()
        self.stay()

    def desk_changed(self) -> None:
        """Somebody changed something: perhaps this."""
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

    def put_away(self) -> None:
        """The program ends: nobody is here any more."""
        if not self._is_left:
            self._is_left = True
            leaving = Thread(target=self._leave, daemon=True)
            leaving.start()
            leaving.join(LEAVE_WITHIN_S)

    def on_unmount(self) -> None:
        """Left with the program, if not before."""
        self.put_away()

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

    def _leave(self) -> None:
        with suppress(Exception):  # who cannot say that they leave are gone after a while
            self._visit.end()

    # Reading.

    def read(self, then: Callable[[], None] | None = None) -> None:
        """Read the ticket anew.

        Args:
            then: What is done when it is shown as it is now, by this reading or by one that overtakes it.
        """
        if not self.desk_app.face:
            return
        self._asked += 1
        number, reading = self._asked, self.reading(self._ticket)
        if then:
            self._continuations.append((number, then))

        def read(desk: "Desk", now: datetime) -> tuple[TicketView, int]:
            from atendimento_tui.services import queue

            return reading(desk, now), queue.overdue(desk, now)

        def show(found: tuple[TicketView, int]) -> None:
            if number > self._shown and self.is_attached:  # an older answer that comes later is no answer
                self._shown = number
                self._show(*found)
                for go_on in self._take_continuations(number):
                    go_on()

        def refused(refusal: Refusal) -> None:
            self._take_continuations(number)
            self.desk_app.tell(refusal)

        self.desk_app.serve(read, show, refused)

    def _take_continuations(self, number: int) -> list[Callable[[], None]]:
        """What waits for a reading of that number at the latest, which waits no more."""
        taken = [then for at, then in self._continuations if at <= number]
        self._continuations = [(at, then) for at, then in self._continuations if at > number]
        return taken

    def _show(self, view: TicketView, overdue: int) -> None:
        self.view = view
        self.query_one(Header).overdue = overdue
        self._offer(view.actions)
        history = self.query_one("#history", VerticalScroll)
        follows = "lines" not in self._painted or history.scroll_offset.y >= history.max_scroll_y
        self._paint("lines", _history(view, self._zone))
        if follows:
            history.scroll_end(animate=False)
            # Once more when it is laid out: a scrollbar that came takes room, and there are more rows then.
            self.call_after_refresh(history.scroll_end, animate=False)
        for part, tell in _PARTS.items():
            if part != "clocks":
                self._paint(part, tell(view, self._now(), self._zone))
        self.tick(self._now())
        self.paint_footer()

    @property
    def _zone(self) -> ZoneInfo:
        assert self.desk_app.face, "nothing is read before the desk is open"
        return self.desk_app.face.hours.tz

    def _paint_clocks(self, now: datetime) -> None:
        if self.view:
            clocks = tuple(_at(clock, now) for clock in self.view.clocks)
            view = replace(self.view, clocks=clocks)
            self._paint("head", _head(view))
            self._paint("clocks", _clocks(view, now, self._zone))

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

    # What may be done.

    def possible_actions(self) -> Iterable[Action]:
        """The actions of the step first."""
        return (*self._of_step, *super().possible_actions())

    def ticket_in_hand(self) -> QueueRow | None:
        """The ticket that is open here."""
        return self.view.row if self.view else None

    def facts(self) -> Facts:
        """How things stand, with what is read of the whole ticket."""
        view = self.view
        return replace(
            super().facts(),
            has_documents=bool(view and view.documents),
            has_corrections=bool(view and view.corrections),
        )

    def do_step_action(self, key: str) -> None:
        """Do an action of the step, by its key in the process."""
        assert self.view, "why_not refuses it before the ticket is read"
        self.do_action(self.view.row, next(each for each in self._actions() if each.key == key))

    def why_not(self, action: str) -> str | None:
        """Why something is not possible now."""
        if action.startswith(PROCESS):
            found = next((each for each in self._actions() if f"{PROCESS}{each.key}" == action), None)
            return self.reason_of(found) if found else texts.NO_LONGER
        return super().why_not(action)

    def _actions(self) -> tuple[ActionView, ...]:
        return self.view.actions if self.view else ()

    def _offer(self, actions: tuple[ActionView, ...]) -> None:
        """Put the actions of the step among those of this place: their keys, the shelf, help and palette."""
        of_step = tuple(of_process(each.key, each.letter, each.label) for each in actions)
        if of_step != self._of_step:
            self._of_step = of_step
            self._bindings = type(self)._merge_bindings()
            for action in of_step:
                for key in action.keys:
                    self._bindings.bind(key, f"screen.do({action.id!r})", action.title, show=False)
            self.refresh_bindings()
        self._paint_actions(actions)

    def _paint_actions(self, actions: tuple[ActionView, ...]) -> None:
        shelf = []
        for each in actions:
            click, dim = f"screen.do({f'{PROCESS}{each.key}'!r})", "dim" if each.why_not else ""
            key = [Piece(each.letter, f"{dim} bold $accent".strip(), click)] if each.letter else []
            shelf.append([*key, Piece(f" {each.label}" if key else each.label, dim, click)])
        facts = self.facts()
        for action in [each for each in shown_in(Where.TICKET) if each.on_shelf and each.is_offered(facts)]:
            click, dim = f"screen.do({action.id!r})", "dim" if action.why_not(facts) else ""
            key_name = self.desk_app.key_of(action)
            shelf.append([Piece(key_name, f"{dim} bold $accent".strip(), click), Piece(f" {action.title}", dim, click)])
        if not actions:
            shelf.insert(0, [Piece(texts.NO_STEP_ACTIONS, "dim")])
        self.query_one("#actions", Shelf).set(shelf)

    def correct_an_answer(self) -> None:
        """Correct one of the answers."""
        assert self.view, "why_not refuses it before the ticket is read"
        self.choose_correction(self.view)

    def go_to_queue(self) -> None:
        """The queue is where one came from."""
        self.go_back()

    def go_back(self) -> None:
        """Back to the queue."""
        if not self.is_current:  # two keys that came at once
            return
        self._is_left = True
        self.desk_app.serve(lambda _desk, _now: self._leave(), lambda _: None)
        self.dismiss(None)

    # Copying, and going on to what is named.

    def copy_protocol(self) -> None:
        """Copy the protocol, a line of the history, or all of it."""
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        assert self.view, "why_not refuses it before the ticket is read"
        protocol = self.view.row.protocol
        told = ["\n".join(history_lines(line, self._zone)) for line in self.view.history]
        lines = texts.COPY_LINES_ONE if len(told) == 1 else texts.COPY_LINES.format(count=len(told))
        choices = [
            Choice(protocol, texts.COPY_PROTOCOL.format(protocol=formats.protocol_groups(protocol))),
            Choice("\n".join(told), texts.COPY_HISTORY, lines),
            *(Choice(line, " ".join(line.split())) for line in reversed(told)),
        ]

        def chosen(text: str | None) -> None:
            if text is not None:
                self.app.copy_to_clipboard(text)
                self.desk_app.say(texts.COPIED_TEXT)

        title = texts.COPY_TITLE.format(protocol=formats.protocol_groups(protocol))
        self.app.push_screen(ChooseDialog(title, choices, texts.COPY_PLACEHOLDER), chosen)

    def go_to_named(self) -> None:
        """Go to the ticket whose protocol is named here; where there are several, choose."""
        if not self.view:
            return
        text, own = "\n".join(_all_said(self.view)), self.view.row.protocol

        def read(desk: "Desk", _now: datetime) -> list[NamedTicket]:
            from atendimento_tui.services.view import named_tickets

            return named_tickets(desk, text, own)

        self.desk_app.serve(read, self._offer_named)

    def _offer_named(self, found: list[NamedTicket]) -> None:
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        if not self.is_current:
            return
        if len(found) > 1:
            choices = [Choice(each, formats.protocol_groups(each.protocol), each.subject) for each in found]
            dialog = ChooseDialog(texts.NAMED_TITLE, choices, texts.NAMED_PLACEHOLDER)
            self.app.push_screen(dialog, lambda each: self._go_to(each) if each else None)
        elif found:
            self._go_to(found[0])
        else:
            self.desk_app.say(texts.NO_NAMED, warning=True)

    def _go_to(self, named: NamedTicket) -> None:
        self.app.push_screen(TicketScreen(named.key, self._now))

    # Documents.

    def check_documents(self) -> None:
        """Choose a document, and say what came of it; then the next one."""
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        assert self.view, "why_not refuses it before the ticket is read"
        row = self.view.row

        def chosen(document: DocumentView | None) -> None:
            if document:
                self._judge(row, document)

        missing_first = sorted(self.view.documents, key=lambda document: document.verdict == RECEIVED)
        choices = [Choice(each, each.name, _verdict(each)) for each in missing_first]
        title = texts.DOCUMENTS_TITLE.format(protocol=formats.protocol_groups(row.protocol))
        self.app.push_screen(ChooseDialog(title, choices, texts.DOCUMENTS_PLACEHOLDER), chosen)

    def _judge(self, row: QueueRow, document: DocumentView) -> None:
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        def check(desk: "Desk", order: Order, verdict: str) -> ActDone:
            from atendimento_tui.services import acts

            return acts.check_document(desk, order, document.key, verdict)

        def receive(desk: "Desk", order: Order) -> ActDone:
            return check(desk, order, RECEIVED)

        next_one = partial(self.read, self._next_document)

        def chosen(is_here: bool | None) -> None:
            if is_here:
                facts = {"name": document.name, "verdict": texts.DOCUMENT_RECEIVED}
                self._act(row, receive, texts.DOCUMENT_CHECKED, next_one, **facts)
            elif is_here is not None:
                title = texts.VERDICT_REASON.format(name=document.name)
                facts = {"name": document.name, "verdict": texts.VERDICT_SHORT}
                what = f"documento.{document.key}"
                self._give_reason(what, title, check, row, texts.DOCUMENT_CHECKED, next_one, **facts)

        choices = [Choice(True, texts.VERDICT_RECEIVED), Choice(False, texts.VERDICT_REFUSED)]
        self.app.push_screen(ChooseDialog(texts.VERDICT_TITLE.format(name=document.name), choices), chosen)

    def _next_document(self) -> None:
        """Offer the documents again, while one is still missing and nothing else was begun meanwhile."""
        missing = self.view and any(document.verdict != RECEIVED for document in self.view.documents)
        if missing and self.is_current:
            self.check_documents()

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


def _all_said(view: TicketView) -> Iterator[str]:
    """Every text that the ticket shows."""
    yield view.row.subject
    for line in view.history:
        yield line.text
        yield from (value for _, value in line.answers)
    yield from (value for _, value in view.answers)
    for message in view.messages:
        yield from (message.subject, message.body)
    yield from (task.text for task in view.tasks)


# What each part says.


def _at(clock: ClockView, now: datetime) -> ClockView:
    """A clock as it stands at an instant."""
    return replace(clock, standing=standing(clock.term, clock.calendar, now)) if clock.clock.is_live else clock


def _head(view: TicketView) -> Iterator[Content]:
    row = view.row
    about = f" · {row.subject}" if row.subject != row.service else ""
    yield Content("").join([plain(formats.protocol_groups(row.protocol), "bold"), plain(f" · {row.service}{about}")])
    state = [_situation(view), plain(f" · {row.step or words.STATE[row.state]}", "bold")]
    facts = (words.SEVERITY[row.severity], row.group, row.owner or words.NOBODY)
    yield Content("").join([*state, *(plain(f" · {fact}") for fact in facts if fact)])
    if view.others_here:
        yield plain(texts.OTHERS_HERE.format(names=", ".join(view.others_here)), "bold $text-warning")


def _situation(view: TicketView) -> Content:
    """How the nearest of our clocks stands, the client's behind them."""
    live = [clock for clock in view.clocks if clock.standing and clock.clock.cycle == view.cycle]
    if not live:
        return plain(f"{words.NO_CLOCK_SIGN} {words.NO_CLOCK}", "dim")
    nearest = min(live, key=lambda clock: (clock.term.paused_at is not None, clock.term.due_at))
    stands = nearest.standing
    assert stands
    left = clock_texts.countdown(stands.remaining_s, stands.days, nearest.clock.basis)
    told = f"{words.SIGN[stands.situation]} {words.SITUATION[stands.situation]} {left}"
    return plain(f"{told} ({words.clock(nearest.clock.kind, nearest.name)})", _STYLE.get(stands.situation, "dim"))


def _history(view: TicketView, zone: ZoneInfo) -> Iterator[Content]:
    for line in view.history:
        yield from _told(line, zone)


def _told(line: HistoryLine, zone: ZoneInfo) -> Iterator[Content]:
    at = line.at.astimezone(zone)
    when = plain(f"{formats.date(at)} {at:%H:%M:%S}  ", "dim")
    yield Content("").join([when, plain(line.actor or words.SYSTEM, "bold"), plain(f" {act(line)}")])
    if text := happening(line):
        yield from (plain(f"  {part}", multiline=True) for part in text.split("\n"))
    yield from (plain(f"  {told}", "dim", multiline=True) for told in consequences(line))


def _request(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    row = view.row
    yield plain(texts.DETAIL_REQUEST, "bold")
    facts = (
        (texts.DETAIL_REQUESTER, row.requester),
        (texts.DETAIL_BENEFICIARY, _about(view)),
        (texts.DETAIL_SUBJECT, row.subject),
        (texts.DETAIL_OPENED, formats.moment(view.opened_at.astimezone(zone), now.astimezone(zone))),
        (texts.DETAIL_CHANNEL, view.channel),
        (texts.DETAIL_USUAL_TIME, view.usual_time),
        (texts.DETAIL_GROUP, row.group),
        (texts.DETAIL_OWNER, row.owner),
        (texts.DETAIL_CYCLE, str(view.cycle) if view.cycle > 1 else ""),
        (texts.DETAIL_ORIGIN, row.origin),
    )
    yield from (_fact(name, value) for name, value in facts if value)


def _about(view: TicketView) -> str:
    """Whom it is about: the name, and of the CPF what may be seen."""
    person = view.beneficiary
    if person is None:
        return ""
    return " · ".join(filter(None, (person.name, masked_as("cpf", person.cpf))))


def _clocks(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    yield plain(texts.DETAIL_CLOCKS, "bold")
    for clock in view.clocks:
        sign = f"{words.SIGN[clock.standing.situation]} " if clock.standing else "  "
        style = _STYLE.get(clock.standing.situation, "dim") if clock.standing else "dim"
        yield plain(f"{sign}{clock_line(clock, now, zone)}", style)
    if not view.clocks:
        yield plain(texts.NO_CLOCKS, "dim")


def _answers(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    del now, zone
    if view.answers:
        yield plain(texts.DETAIL_ANSWERS, "bold")
        yield from (_fact(label, value) for label, value in view.answers)


def _documents(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    del now, zone
    yield plain(texts.DETAIL_DOCUMENTS, "bold")
    for document in view.documents:
        sign = "●" if document.verdict == RECEIVED else ("✖" if document.verdict else "○")
        style = "$text-success" if document.verdict == RECEIVED else ("$text-error" if document.verdict else "")
        yield plain(f"{sign} {document.name}: {_verdict(document)}", style)
        if document.why:
            yield plain(f"  {document.why}", "dim")
    if not view.documents:
        yield plain(texts.NO_DOCUMENTS_NEEDED, "dim")


def _verdict(document: DocumentView) -> str:
    if not document.verdict:
        return texts.DOCUMENT_MISSING
    is_here = document.verdict == RECEIVED
    return texts.DOCUMENT_RECEIVED if is_here else texts.DOCUMENT_REFUSED.format(why=document.verdict)


def _tasks(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    yield plain(texts.DETAIL_TASKS, "bold")
    for task in view.tasks:
        yield plain(_task(task, now, zone), "dim" if task.done_at else "")
    if not view.tasks:
        yield plain(texts.NO_TASKS, "dim")


def _task(task: TaskView, now: datetime, zone: ZoneInfo) -> str:
    if task.done_at:
        return texts.TASK_FINISHED.format(text=task.text)
    if task.due_at is None:
        return texts.TASK_OPEN.format(text=task.text)
    due = formats.moment(task.due_at.astimezone(zone), now.astimezone(zone))
    return texts.TASK_DUE.format(text=task.text, due=due)


def _messages(view: TicketView, now: datetime, zone: ZoneInfo) -> Iterator[Content]:
    yield plain(texts.DETAIL_MESSAGES, "bold")
    for message in view.messages:
        when = formats.moment(message.at.astimezone(zone), now.astimezone(zone))
        held = message.held_until
        leaves = texts.LEAVES_AT.format(at=formats.moment(held.astimezone(zone), now.astimezone(zone))) if held else ""
        channel = words.CHANNEL.get(message.channel, message.channel)
        told = f"{addressees(message)} · {channel}{leaves}"
        yield Content("").join([plain(f"{when}  ", "dim"), plain(told)])
        if message.subject:
            yield plain(f"  {message.subject}", "bold")
        yield from (plain(f"  {part}") for part in message.body.split("\n"))
    if not view.messages:
        yield plain(texts.NO_MESSAGES, "dim")


def _fact(name: str, value: str) -> Content:
    return Content("").join([plain(f"{name}: ", "bold"), plain(value, multiline=True)])


_PARTS: dict[str, Callable[[TicketView, datetime, ZoneInfo], Iterator[Content]]] = {
    "request": _request,
    "clocks": _clocks,
    "answers": _answers,
    "documents": _documents,
    "tasks": _tasks,
    "messages": _messages,
}
"""What stands at the side, in its order."""
