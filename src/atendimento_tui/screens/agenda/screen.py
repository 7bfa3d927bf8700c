"""The place of the agenda: a filter that narrows as one types, and the free slots of the next days as a grid."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from atendimento_tui import services
from atendimento_tui.actions import Action, Facts, registry
from atendimento_tui.actions.areas.agenda import PLACE
from atendimento_tui.actions.areas.queue import PLACE as QUEUE
from atendimento_tui.contracts.agenda import AgendaFilter, AgendaMonth, AgendaPage, Slot
from atendimento_tui.contracts.bookings import AppointmentForm, Hold, HoldAsked
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.waiting import WaitingAsked
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.agenda.booking import BookDialog, Booking, take_up
from atendimento_tui.screens.agenda.lines import about, grid_day, line_of, read_day, title, title_with_taken
from atendimento_tui.screens.agenda.month import MonthDialog
from atendimento_tui.screens.agenda.waiting import ask_to_wait, show_list
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.screens.to_move import show_to_move
from atendimento_tui.texts import agenda as texts
from atendimento_tui.texts import formats
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.day_grid import DayGrid
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.lines import Lines
from atendimento_tui.window.drafts import ActDraft

if TYPE_CHECKING:
    from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.contracts.providers import Unplaced
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.services.desk import Desk

_Held: TypeAlias = "tuple[Hold, AppointmentForm, BeneficiaryRow | None]"
"""A hold, what its booking asks, and for whom it is, if that is known."""

FIELDS = ("city", "specialty", "doctor", "since")
"""The fields of the filter, in their order."""

_FILTER_LENGTH = 80


class AgendaScreen(Keeping):
    """The place of the agenda.

    Args:
        now: Returns the current instant.
    """

    WHERE = PLACE.where
    AUTO_FOCUS = "#city"

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._page: AgendaPage | None = None
        self._look_at: datetime | None = None
        self._slots: dict[object, Slot] = {}
        self._pages: list[date] = []
        """The first days of the pages before this one."""
        self._from: date | None = None
        """The first day of this page; None for that of the filter."""
        self._is_reading = self._is_stale = False
        self._at_first = True
        self._with_taken = False
        """Whether taken slots are shown too, for a squeeze-in."""
        self._dialog: BookDialog | None = None
        self._month: MonthDialog | None = None
        self._instead: Unplaced | None = None
        """The imported booking that the next one replaces."""
        self._own_slot: str | None = None
        """The code of the slot that was held here last: it is no news that it is gone."""
        self._noted: set[tuple[object, ...]] = set()
        """Ticket, specialty and day of what was recorded from here as free after the limit only."""

    def body(self) -> ComposeResult:
        """The filter, the first slot with the limit, the grid, the slot under the cursor."""
        with Horizontal(id="asked"):
            for name in FIELDS:
                yield LineInput(placeholder=texts.PLACEHOLDERS[name], id=name, compact=True, max_length=_FILTER_LENGTH)
        yield Bar(id="title")
        yield DayGrid(id="grid")
        yield Lines(id="about")

    @property
    def grid(self) -> DayGrid:
        """The free slots."""
        return self.query_one(DayGrid)

    def slot(self) -> Slot | None:
        """The slot under the cursor."""
        return self._slots.get(self.grid.key) if self.is_built else None

    def built(self) -> None:
        """Paint the frame, and read the slots if the desk is open."""
        self.grid.empty_text = (texts.READING,)
        super().built()

    # Called by Textual and by the application.

    def person_changed(self, person: "Member | None") -> None:
        """Forget what the former person searched for, and look again: the ticket may be another one too."""
        super().person_changed(person)
        self.clear_filter()
        self._typed()

    def on_screen_resume(self) -> None:
        """Look again: another ticket may be what a slot is looked for."""
        super().on_screen_resume()
        self._look()

    def facts(self) -> Facts:
        """The state of the place, with whether there is a slot to act on."""
        return replace(super().facts(), has_row=self.slot() is not None)

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Look again. A slot that was taken elsewhere goes, and the cursor stays."""
        del changes
        self._look()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._pages, self._from, self._at_first = [], None, True
        self._look()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.to_grid()

    def is_for_footer(self, action: Action) -> bool:
        """While a field has the focus, not the keys that are letters there; else not the key that leaves it."""
        leaves = action.id == "agenda.vagas"
        if not isinstance(self.focused, LineInput):
            return not leaves
        return leaves or (len(self.key_of(action.id)) > 1 and action.id != "agenda.reservar")

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus now."""
        if self.is_built:
            self.paint_footer()

    @on(DayGrid.Moved)
    def _moved(self) -> None:
        if self.is_built:
            slot = self.slot()
            self.query_one("#about", Lines).show([*about(slot)] if slot else [])
            self.paint_footer()

    @on(DayGrid.Chosen)
    def _chosen(self) -> None:
        self.action_do("agenda.reservar")

    @on(DayGrid.Beyond)
    def _beyond(self, message: DayGrid.Beyond) -> None:
        self.turn(message.by)

    def key_escape(self) -> None:
        """Go back to the filter; from there remove what the field holds; then to the queue."""
        field = self.focused
        if not isinstance(field, LineInput):
            self.search_again()
        elif field.value:
            field.value = ""
        elif self._instead:
            self.look_instead_of(None)
        else:
            self.desk_app.go(QUEUE.where)

    # What is shown.

    def asked(self) -> AgendaFilter:
        """What the filter asks for."""
        city, specialty, doctor, since = (self.query_one(f"#{name}", LineInput).value for name in FIELDS)
        about = self.desk_app.appointment_of
        first = self._from or read_day(since, self._today())
        return AgendaFilter(
            city, specialty, doctor, first, ticket=about.key if about else None, with_taken=self._with_taken
        )

    def _today(self) -> date:
        info = self.desk_app.desk_info
        return self._now().astimezone(info.hours.tz if info else None).date()

    def _look(self) -> None:
        """Read the slots. While they are read, further letters and changes wait for that answer."""
        if self.desk_app.desk_info is None or not self.is_built:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        asked = self.asked()

        def read(desk: "Desk", now: datetime) -> AgendaPage:
            return services.agenda.lookup(desk, asked, now)

        def done(page: AgendaPage) -> None:
            self._is_reading = False
            if self._month and self._month.is_mounted:
                self._month.read_again()
            if asked == self.asked():
                self._show(page)
                self._note_missed(asked, page)
                self.let_keys_act()
            if self._is_stale:
                self._look()

        def refused(refusal: Refusal) -> None:
            self._is_reading = False
            self.let_keys_act()
            self.desk_app.show_refusal(refusal)

        self.load(read, done, refused)

    def _note_missed(self, asked: AgendaFilter, page: AgendaPage) -> None:
        """Record in the ticket that nothing is free within the limit. A record that fails is made by the next look."""
        noted = (asked.ticket, page.missed, self._today())
        if asked.ticket is None or not page.missed or noted in self._noted:
            return
        self._noted.add(noted)

        def note(desk: "Desk", now: datetime) -> bool:
            return services.limits.note_missed(desk, asked, page, now)

        def done(is_new: bool) -> None:
            if is_new:
                self.desk_app.show_message(texts.LIMIT_TOLD)

        self.desk_app.serve(note, done, lambda _: self._noted.discard(noted))

    def _show(self, page: AgendaPage) -> None:
        self._page = page
        self._look_at = self._now() + page.changes_in if page.changes_in is not None else None
        self._slots = {slot.key.code: slot for day in page.days for slot in day.slots}
        has_words = any(self.query_one(f"#{name}", LineInput).value.strip() for name in FIELDS)
        empty = tuple(line.format(key=self.key_of("agenda.esperar")) for line in texts.EMPTY)
        self.grid.empty_text = empty if has_words or page.doctors else self._empty_supply()
        has_doctor = bool(self.query_one("#doctor", LineInput).value.strip())
        is_later = bool(self._pages)
        above = title(page, self._now(), has_doctor=has_doctor, is_later=is_later)
        above = title_with_taken(page) if self._with_taken else above
        since = self.query_one("#since", LineInput).value.strip()
        is_no_day = since and read_day(since, self._today()) is None
        ticket = self.desk_app.appointment_of
        right = [Piece(texts.FOR_TICKET.format(protocol=formats.protocol_groups(ticket.protocol)))] if ticket else []
        if self._instead:
            instead = texts.INSTEAD.format(name=self._instead.name or texts.SOMEBODY, number=self._instead.booking)
            right = [*right, Piece(instead, "$text-warning")]
        right = [Piece(texts.NO_DAY.format(typed=since), "$text-warning")] if is_no_day else right
        self.query_one("#title", Bar).set(above, right)
        at_first, self._at_first = self._at_first, False
        is_own = self.grid.key == self._own_slot
        has_gone = self.grid.show([grid_day(day, page, self._today()) for day in page.days], at_first=at_first)
        if has_gone and self.grid.has_focus and not is_own:
            self.desk_app.show_message(texts.GONE, warning=True)
        self._moved()

    def _empty_supply(self) -> tuple[str, ...]:
        """How professionals come into the agenda."""
        keys = f"{self.key_of('ir.escolher')} {registry()['ir.oferta'].letter}"
        return tuple(line.format(keys=keys, key=self.key_of("agenda.oferta")) for line in texts.EMPTY_SUPPLY)

    # Acts; the registry has the names of these methods.

    def hold_slot(self) -> None:
        """Hold the slot for everybody, and ask what its booking needs."""
        slot, app = self.slot(), self.desk_app
        assert slot, "why_not refuses it"
        if app.person is None and app.desk_info and app.desk_info.members:
            app.choose_person(self.hold_slot)
            return
        about = app.appointment_of
        take_up(self, about.protocol if about else "", lambda draft: self._hold(slot, about, draft))

    def _hold(self, slot: Slot, about: "QueueRow | None", draft: ActDraft) -> None:
        app, instead, request = self.desk_app, self._instead, f"{draft.now.key}-b"
        self._own_slot = slot.key.code
        actor, ticket = app.person.id if app.person else None, about.key if about else None
        release_keys = app.hold_keys()

        def work(desk: "Desk", now: datetime, reason: str = "") -> _Held:
            form = services.appointments.form_of(desk, ticket) if ticket is not None else None
            number = instead.booking if instead else None
            asked = HoldAsked(slot.key, ticket=ticket, squeeze_in=reason, instead_of=number)
            held = services.bookings.hold(desk, asked, now)
            try:
                return held, form or services.appointments.resume(desk, actor, request, now), _person(desk, instead)
            except BaseException:
                services.bookings.release(desk, held.token)
                raise

        def refused(refusal: Refusal) -> None:
            release_keys()
            self._own_slot = None
            app.show_refusal(refusal)
            self._look()

        def ask(got: _Held) -> None:
            held, form, person = got
            self._ask_booking(slot, held, form, Booking(app, slot, held, form, actor, draft), person)
            release_keys()

        if slot.free:
            app.serve(work, ask, refused)
            return
        release_keys()
        self.keep(
            texts.SQUEEZE_IN.format(slot=line_of(slot)),
            {"motivo": dialogs.keep.Item(texts.SQUEEZE_IN_REASON)},
            lambda desk, now, given, _: work(desk, now, given["motivo"].strip()),
            ask,
            draft=("encaixe", slot.key.code),
        )

    def show_taken(self) -> None:
        """Show the taken slots that may take a squeeze-in too, or only the free ones again."""
        self._with_taken = not self._with_taken
        self._look()

    def _ask_booking(
        self,
        slot: Slot,
        held: Hold,
        form: AppointmentForm,
        booking: Booking,
        person: "BeneficiaryRow | None" = None,
    ) -> None:
        until, said = self._now() + held.left, line_of(slot)
        self._dialog = BookDialog(
            form, said, slot.specialty, until, booking.send, booking.draft, booking.hint, person=person
        )

        def closed(is_booked: bool | None) -> None:
            self._dialog = None
            if is_booked:
                self._with_taken = False
                self.desk_app.appointment_of = self._instead = None
                booking.show()
            else:
                self._own_slot = None
                booking.release(self._look)

        self.app.push_screen(self._dialog, closed)
        self._dialog.call_after_refresh(lambda: self.tick(self._now()))

    def put_on_list(self) -> None:
        """Put the ticket, or a new request, on the waiting list."""
        asked, page = self.asked(), self._page
        left = (page.specialties, page.cities, page.doctors) if page else ((), (), ())
        typed = (asked.specialty, asked.city, asked.doctor)
        # Typed words that leave one name mean it.
        meant = (names[0] if words and len(names) == 1 else words for words, names in zip(typed, left, strict=True))
        ask_to_wait(self, WaitingAsked(*meant))

    def show_waiting(self) -> None:
        """Show who waits for a slot."""

        show_list(self, self._ask_booking)

    def tick(self, now: datetime) -> None:
        """Count the hold down; look again when a hold of anybody has ended by itself."""
        super().tick(now)
        if self._look_at is not None and now >= self._look_at:
            self._look_at = None
            self._look()
        if self._dialog:
            self._dialog.count_down(now)

    def to_grid(self) -> None:
        """Go to the slots."""
        self.grid.focus()
        if self._is_reading:
            self.hold_keys()

    def search_again(self) -> None:
        """Go back to the first field of the filter that is used."""
        fields = [self.query_one(f"#{name}", LineInput) for name in FIELDS]
        field = next((each for each in fields if each.value), fields[0])
        field.focus()
        field.select_all()

    def clear_filter(self) -> None:
        """Make all fields empty, show free slots only, and replace nothing any more."""
        self._with_taken, self._instead = False, None
        for name in FIELDS:
            self.query_one(f"#{name}", LineInput).value = ""
        self.query_one("#city", LineInput).focus()

    def show_month(self) -> None:
        """Show how full the days of the month are; go to the one that is chosen."""
        slot, asked = self.slot(), self.asked()

        def go(day: date | None) -> None:
            self._month = None
            if day is not None:
                self.query_one("#since", LineInput).value = formats.date(day)
                self.grid.focus()

        def read(first: date, show: Callable[[AgendaMonth], None]) -> None:
            self.desk_app.serve(lambda desk, now: services.agenda.month(desk, asked, first, now), show)

        day = slot.starts_at.date() if slot else asked.since or self._today()
        self._month = MonthDialog(day, self._today(), read)
        self.app.push_screen(self._month, go)

    def turn(self, by: int) -> None:
        """Show the next days, or the former ones again."""
        page = self._page
        if page is None:
            return
        if by > 0 and not page.is_end and page.days:
            self._pages.append(page.days[0].day)
            self._from = page.last_day + timedelta(days=1)
        elif by < 0 and self._pages:
            first = self._pages.pop()
            self._from = first if self._pages else None
        else:
            self.desk_app.show_message(texts.END if by > 0 else texts.BEGIN)
            return
        self._at_first = True
        self._look()

    def list_to_move(self) -> None:
        """List the bookings that are to be moved, and ask what to do with one."""
        show_to_move(self, self.look_instead_of)

    def look_instead_of(self, one: "Unplaced | None") -> None:
        """Look for a slot instead of an imported booking, of its specialty; None for none any more."""
        self.clear_filter()
        self._instead = one
        if one is not None:
            self.query_one("#specialty", LineInput).value = one.specialty
            self.query_one("#specialty", LineInput).focus()
            self.desk_app.show_message(texts.INSTEAD_HINT)
        self._look()


def _person(desk: "Desk", instead: "Unplaced | None") -> "BeneficiaryRow | None":
    """The beneficiary of an imported booking that is moved."""
    if instead is None or instead.beneficiary is None:
        return None
    found = services.beneficiaries.find_beneficiaries(desk, instead.name)
    return next((each for each in found if each.id == instead.beneficiary), None)
