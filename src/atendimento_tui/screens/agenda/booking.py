"""The dialog that books a held slot: confirms the identity, asks what the service asks, counts the hold down."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from atendimento_tui import services
from atendimento_tui.contracts.agenda import Slot
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.beneficiaries.search import PersonSearch, find_people
from atendimento_tui.screens.dialogs.form import FormDialog
from atendimento_tui.screens.fields import Field, Row, field_of, label_of, show_errors, value_of
from atendimento_tui.texts import agenda as texts
from atendimento_tui.texts import formats
from atendimento_tui.texts import waiting as waiting_texts
from atendimento_tui.texts.refusals import sentence
from atendimento_tui.widgets.bindings import own_bindings
from atendimento_tui.widgets.one_of import OneOf
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.desk_window import DeskWindow

if TYPE_CHECKING:
    from atendimento_tui.contracts.bookings import AppointmentForm, Hold
    from atendimento_tui.services.desk import Desk

ASKS_SECOND = "beneficiario_ocupado_pode"
"""The refusal of a second appointment at that time, which a reason allows."""

SPECIALTY = "especialidade"
"""The key of the field that gets the specialty of the slot."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed."""

    beneficiary: int | None
    requester: str
    channel: str
    at_opening: Mapping[str, str]
    at_booking: Mapping[str, str]
    wish: Mapping[str, str]


class BookDialog(FormDialog[bool]):
    """Books a slot that is held. A refusal is shown in the dialog, and the input stays.

    Args:
        form: What is asked.
        slot: The slot in one line.
        specialty: The specialty of the slot.
        until: When the hold ends, by the window's clock; None if nothing is held.
        send: Books; gets the input, a function for the end, a function for a refusal.
        hint: The keys, if they are not the usual ones.
    """

    TITLE, HINT = texts.BOOK_TITLE, texts.BOOK_HINT
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = own_bindings("dialogo.voltar", "dialogo.gravar")

    def __init__(
        self,
        form: "AppointmentForm",
        slot: str,
        specialty: str,
        until: datetime | None,
        send: Callable[[Given, Callable[[], None], Callable[[Refusal], None]], None],
        hint: str = "",
    ) -> None:
        super().__init__()
        self._hint = hint or self.HINT
        self._form, self._slot, self._specialty, self._until, self._send = form, slot, specialty, until, send
        self._at_booking = (*form.at_booking, form.second) if form.second else form.at_booking
        self._fields: dict[str, Field] = {}
        self._rows: dict[str, Row] = {}
        self._is_sending = False

    def compose(self) -> ComposeResult:
        """The slot, the countdown, the person, the fields."""
        form = self._form
        with Vertical(classes="box"):
            protocol = formats.protocol_groups(form.protocol)
            yield Static(plain(self.TITLE.format(protocol=protocol)), classes="title")
            yield Static(plain(self._slot), classes="slot")
            yield Static(classes="left")
            with VerticalScroll(classes="fields", can_focus=False):
                if form.needs_person:
                    yield Row(texts.BENEFICIARY, PersonSearch(must=True, name="pessoa"), name="linha-pessoa")
                if form.channels:
                    options = {each: each for each in form.channels}
                    yield Row(texts.CHANNEL, OneOf(options, form.channels[0], id="canal"))
                for rule in (*form.at_opening, *self._at_booking):
                    value = self._specialty if rule.key == SPECIALTY else ""
                    self._fields[rule.key] = field_of(rule, value, f"campo-{rule.key}")
                    label = label_of(rule, required=rule.required)
                    self._rows[rule.key] = Row(label, self._fields[rule.key], rule.help, name=f"linha-{rule.key}")
                    self._rows[rule.key].display = rule is not form.second
                    yield self._rows[rule.key]
                yield from self.wish_rows()
            with VerticalScroll(classes="refusal-text", can_focus=False):
                yield Static(classes="refusal")
            yield Static(plain(self._hint), classes="hint")

    def wish_rows(self) -> Iterable[Row]:
        """Further questions, of a dialog that asks them."""
        return ()

    def wish(self) -> Mapping[str, str]:
        """The answers to them."""
        return {}

    def on_mount(self) -> None:
        """Focus the first field. Without scrolling, because the box has no size yet."""
        self.query("LineInput, OneOf").first().focus(scroll_visible=False)

    def count_down(self, now: datetime) -> None:
        """Show how long the slot is still held."""
        if not self.is_mounted or self._until is None:
            return
        left = max(0, round((self._until - now).total_seconds()))
        long, short = f"{left // 3600}h{left % 3600 // 60:02}", f"{left // 60}:{left % 60:02}"
        text = texts.HELD.format(left=long if left >= 3600 else short) if left else texts.HELD_OVER
        style = "bold $text-warning" if left < 60 else "bold $text-success"
        self.query_one(".left", Static).update(plain(text, style))

    @on(PersonSearch.Searched)
    def _find(self, event: PersonSearch.Searched) -> None:
        find_people(desk_app(self), event)

    @on(PersonSearch.Unknown)
    def _is_unknown(self) -> None:
        self._show(texts.UNKNOWN_PERSON)

    @on(PersonSearch.Done)
    def _confirmed(self) -> None:
        self.focus_next()

    def action_save(self) -> None:
        """Book; once, while the request is running."""
        if self._is_sending:
            return
        people = list(self.query(PersonSearch))
        if people and people[0].chosen is None:
            people[0].ask()
            self.query_one("#linha-pessoa", Row).show_error(sentence("sem_beneficiario", {}))
            return
        values = {key: value_of(field) for key, field in self._fields.items()}
        self._is_sending = True
        self._send(
            Given(
                people[0].chosen if people else None,
                people[0].text if people else "",
                self.query_one("#canal", OneOf).value if self._form.channels else "",
                {rule.key: values[rule.key] for rule in self._form.at_opening if values[rule.key]},
                {rule.key: values[rule.key] for rule in self._at_booking if values[rule.key]},
                self.wish(),
            ),
            self._booked,
            self._refused,
        )

    def action_back(self) -> None:
        """Give the slot back."""
        if not self._is_sending:
            self.dismiss(False)

    def _booked(self) -> None:
        self.dismiss(True)

    def _refused(self, refusal: Refusal) -> None:
        self._is_sending = False
        app, second = desk_app(self), self._form.second
        errors = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
        if second and refusal.code == ASKS_SECOND:
            errors = {second.key: app.refusal_text(refusal)}
            self._rows[second.key].display = True
        if not errors or not show_errors(self._rows, errors):
            self._show(app.refusal_text(refusal))

    def _show(self, text: str) -> None:
        self.query_one(".refusal", Static).update(plain(text))


class Booking:
    """A held slot on its way to a booking: what is sent, and what is shown at the end.

    Args:
        app: The window.
        slot: What is held.
        held: The hold.
        form: What is asked.
        actor: Who books.
        request: Begins the ids of its acts, so that one that is sent again is the same act.
        is_offer: Whether the hold is an offer of the waiting list, which lasts also if it is not booked now.
    """

    def __init__(
        self,
        app: DeskWindow,
        slot: Slot,
        held: "Hold",
        form: "AppointmentForm",
        actor: int | None,
        request: str,
        *,
        is_offer: bool = False,
    ) -> None:
        self._app, self._slot, self._held, self._form = app, slot, held, form
        self._actor, self._request, self._is_offer = actor, request, is_offer
        self._tries = 0
        self.hint = texts.OFFER_HINT if is_offer else texts.BOOK_HINT
        """The keys of its dialog."""

    def send(self, given: Given, done: Callable[[], None], refused: Callable[[Refusal], None]) -> None:
        """Open the ticket, if it is new, and book the slot for it.

        A booking that is refused leaves the ticket open in its step; it is sent again for the same ticket.
        """
        form = self._form
        self._tries += 1
        tries = self._tries

        def order(now: datetime, what: str) -> Order:
            return Order(form.ticket, self._actor, f"{self._request}-{what}", now)

        def work(desk: "Desk", now: datetime) -> None:
            if form.is_new:
                asked = services.intake.Intake(
                    form.severity, given.requester, "", given.channel, given.beneficiary, given.at_opening
                )
                services.intake.finish(desk, order(now, "f"), asked)
            book = order(now, f"m{tries}")
            if self._is_offer:
                services.waiting.accept(desk, book, given.at_booking)
            else:
                services.appointments.book(desk, book, self._held.token, given.at_booking)

        self._app.serve(work, lambda _: done(), refused)

    def show(self) -> None:
        """Show the ticket, and what is read aloud."""
        slot, protocol = self._slot, formats.protocol_groups(self._form.protocol)
        at = slot.starts_at
        values = {
            "specialty": slot.specialty,
            "provider": slot.provider,
            "weekday": texts.WEEKDAYS[at.weekday()],
            "day": formats.date(at.date()),
            "at": formats.clock(at),
            "site": slot.site,
            "address": slot.address,
            "city": slot.city,
            "preparation": slot.preparation,
            "protocol": protocol,
        }
        lines = [line.format(**values) for line in texts.READ_ALOUD if slot.preparation or "{preparation}" not in line]
        self._app.show_ticket(self._form.ticket)
        reading = dialogs.reading.ReadingDialog(
            texts.READ_ALOUD_TITLE, [plain(line, "bold") for line in lines], texts.READ_ALOUD_HINT
        )
        self._app.push_screen(reading)

    def release(self) -> None:
        """Give the slot back; an offer stays."""
        if self._is_offer:
            self._app.show_message(waiting_texts.OFFER_STAYS)
            return
        said = texts.RELEASED if self._form.is_new and not self._tries else texts.RELEASED_TICKET
        text = said.format(protocol=formats.protocol_groups(self._form.protocol))

        def work(desk: "Desk", _now: datetime) -> bool:
            return services.bookings.release(desk, self._held.token)

        self._app.serve(work, lambda _: self._app.show_message(text))
