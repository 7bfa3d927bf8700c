"""The dialog that books a held slot: confirms the identity, asks what the service asks, counts the hold down."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static, TextArea

from atendimento_tui import services
from atendimento_tui.contracts.agenda import Slot
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.process.fields import asked_fields, values_for_conditions
from atendimento_tui.domain.process.values import for_editing
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens import dialogs
from atendimento_tui.screens.agenda.lines import line_of, slot_of
from atendimento_tui.screens.base import desk_app
from atendimento_tui.screens.beneficiaries.search import PersonSearch, find_people
from atendimento_tui.screens.dialogs.choose import Choice
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
from atendimento_tui.window.drafts import ActDraft

if TYPE_CHECKING:
    from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
    from atendimento_tui.contracts.bookings import AppointmentForm, Hold
    from atendimento_tui.domain.process.schema import FieldRule
    from atendimento_tui.screens.keeping import Keeping
    from atendimento_tui.services.desk import Desk

ASKS_SECOND = "beneficiario_ocupado_pode"
"""The refusal of a second appointment at that time, which a reason allows."""

SPECIALTY = "especialidade"
"""The key of the field that gets the specialty of the slot."""

_PERSON, _CHANNEL, _FIELD = "pessoa", "canal", "campo-"
"""Keys of a draft: of the text that finds the beneficiary, of the channel; and the beginning of those of fields."""

_DRAFT = "agenda"
"""The key of drafts of requests: what was typed to book a slot is there for another slot, and for the waiting list."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed.

    Attributes:
        request: The id of the act with these words; the same words for the same slot are the same act.
    """

    request: str
    beneficiary: int | None
    requester: str
    channel: str
    at_opening: Mapping[str, str]
    at_booking: Mapping[str, str]
    wish: Mapping[str, str]


class Refuse(Protocol):
    """Shows why nothing was booked."""

    def __call__(self, refusal: Refusal, *, is_open: bool) -> None:
        """Show it.

        Args:
            is_open: Whether the ticket is open by now, so that what it was opened with stays.
        """


class Send(Protocol):
    """Books, or puts on the list."""

    def __call__(self, given: Given, done: Callable[[], None], refused: Refuse) -> None:
        """Send the input; at its end `done` or `refused` is called."""


def take_up(place: "Keeping", protocol: str, then: Callable[[ActDraft], None]) -> None:
    """Find what was typed for a request and is not written yet. For a new request, ask whether to go on with it.

    Args:
        protocol: The number of the ticket; empty for a new request.
        then: Called with the draft.
    """
    app = place.desk_app
    draft = app.draft_of(_DRAFT, protocol or f"{app.person.id if app.person else ''}")
    release_keys = app.hold_keys()

    def answer(goes_on: bool) -> None:
        if not goes_on:
            draft.discard()
        then(draft)

    def ask() -> None:
        release_keys()
        if protocol or not draft.now.words:
            then(draft)
            return
        typed = " · ".join(text for text in draft.now.words.values() if text)
        choices = [Choice(True, texts.GO_ON, typed), Choice(False, texts.BEGIN_ANEW)]
        place.choose(texts.UNFINISHED, choices, answer, texts.UNFINISHED_WHICH)

    draft.restore(lambda _: True, ask)


class BookDialog(FormDialog[bool]):
    """Books a slot that is held. A refusal is shown in the dialog, and the input stays. It is a draft until it is sent.

    Args:
        form: What is asked.
        slot: The slot in one line.
        specialty: The specialty of the slot.
        until: When the hold ends, by the window's clock; None if nothing is held.
        send: Books.
        draft: The draft of the request.
        hint: The keys, if they are not the usual ones.
        person: Who it is for, if that is known; their identity is asked.
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
        send: Send,
        draft: ActDraft,
        hint: str = "",
        person: "BeneficiaryRow | None" = None,
    ) -> None:
        super().__init__()
        self._hint = hint or self.HINT
        self._form, self._slot, self._specialty, self._until, self._send = form, slot, specialty, until, send
        self._at_booking = (*form.at_booking, form.second) if form.second else form.at_booking
        self._fields: dict[str, Field] = {}
        self._rows: dict[str, Row] = {}
        self._opening: list[Row] = []
        self._draft, self._person = draft, person
        self._initial: dict[str, str] = {}
        self._is_sending = self._is_closed = False

    def compose(self) -> ComposeResult:
        """The slot, the countdown, the person, the fields."""
        form = self._form
        with Vertical(classes="box"):
            protocol = formats.protocol_groups(form.protocol)
            title = texts.MOVE_TITLE if form.moves and self.TITLE == texts.BOOK_TITLE else self.TITLE
            yield Static(plain(title.format(protocol=protocol)), classes="title")
            yield Static(plain(self._slot), classes="slot")
            if form.moves:
                yield Static(plain(texts.MOVES.format(slot=line_of(slot_of(form.moves)))), classes="moves")
            yield Static(classes="left")
            with VerticalScroll(classes="fields", can_focus=False):
                if form.needs_person:
                    search = PersonSearch(self.typed(_PERSON), must=True, name=_PERSON)
                    self._opening.append(Row(texts.BENEFICIARY, search, name="linha-pessoa"))
                    yield self._opening[-1]
                if form.channels:
                    options = {each: each for each in form.channels}
                    channel = OneOf(options, self.typed(_CHANNEL, form.channels[0]), id=_CHANNEL)
                    self._opening.append(Row(texts.CHANNEL, channel))
                    yield self._opening[-1]
                for rule in form.at_opening:
                    yield self._row(rule)
                opened = Static(plain(texts.OPENED_ALREADY), classes="opened")
                opened.display = False
                yield opened
                for rule in self._at_booking:
                    yield self._row(rule)
                yield from self.wish_rows()
            with VerticalScroll(classes="refusal-text", can_focus=False):
                yield Static(classes="refusal")
            yield Static(plain(self._hint), classes="hint")

    def _row(self, rule: "FieldRule") -> Row:
        # An answer that the ticket has is shown, because it would be used again; a reason for two at once is not.
        held = "" if rule is self._form.second else for_editing(rule, self._form.given.get(rule.key, ""))
        value = self.typed(f"{_FIELD}{rule.key}", self._specialty if rule.key == SPECIALTY else held)
        self._fields[rule.key] = field_of(rule, value, f"{_FIELD}{rule.key}")
        label = label_of(rule, required=rule.required)
        row = self._rows[rule.key] = Row(label, self._fields[rule.key], rule.help, name=f"linha-{rule.key}")
        row.display = rule is not self._form.second
        return row

    def wish_rows(self) -> Iterable[Row]:
        """Further questions, of a dialog that asks them."""
        return ()

    def wish(self) -> Mapping[str, str]:
        """The answers to them."""
        return {}

    def typed(self, key: str, initial: str = "") -> str:
        """The value of a field when the dialog opens: of the draft, else the initial one."""
        self._initial[key] = initial
        return self._draft.now.words.get(key, initial)

    def on_mount(self) -> None:
        """Focus the first field; look for the person of the draft. No scrolling, because the box has no size yet."""
        self.query("LineInput, OneOf").first().focus(scroll_visible=False)
        for search in self.query(PersonSearch):
            if search.text.strip():
                find_people(desk_app(self), PersonSearch.Searched(search, search.text))
            elif self._person:
                self._initial[_PERSON] = self._person.name
                search.propose(self._person)

    def values(self) -> dict[str, str]:
        """What the fields hold, by the keys of the draft."""
        form = self._form
        held = {_PERSON: self.query_one(PersonSearch).text} if form.needs_person else {}
        held |= {_CHANNEL: self.query_one(f"#{_CHANNEL}", OneOf).value} if form.channels else {}
        held |= {f"{_FIELD}{key}": value_of(field) for key, field in self._fields.items()}
        return {**held, **self.wish()}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OneOf.Changed)
    @on(PersonSearch.Changed)
    def _keep(self) -> None:
        """Put what was typed into the draft; what another dialog of this request asks stays in it."""
        if not self._is_closed:
            held, now = self.values(), self._draft.now
            others = {key: text for key, text in now.words.items() if key not in held}
            typed = {key: text for key, text in held.items() if text != self._initial.get(key, "")}
            self._draft.change(replace(now, aim=self._slot, words=typed | others))

    @on(PersonSearch.Changed)
    def _searched(self) -> None:
        self.query_one("#linha-pessoa", Row).show_error("")
        self._show("")

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
        if missing := self._missing(values):
            show_errors(self._rows, missing)
            return
        self._keep()
        self._is_sending = True
        at_booking = [rule.key for rule in self._at_booking]
        self._send(
            Given(
                services.drafts.request_of(self._draft.now),
                people[0].chosen if people else None,
                people[0].text if people else "",
                self.query_one("#canal", OneOf).value if self._form.channels else "",
                {rule.key: values[rule.key] for rule in self._form.at_opening if values[rule.key]},
                {key: values[key] for key in at_booking if values[key] or self._initial[f"{_FIELD}{key}"]},
                self.wish(),
            ),
            self._booked,
            self._refused,
        )

    def _missing(self, values: Mapping[str, str]) -> dict[str, str]:
        """Key of each required field that has no answer -> what is said beside it.

        The service would say it of the booking only after the ticket is open, when its other answers are fixed.
        """
        form = self._form
        known = values_for_conditions(form.fields, values, form.given)
        keys = [rule.key for rule in (*form.at_opening, *form.at_booking)]
        empty = [rule for rule in asked_fields(form.fields, keys, known) if rule.required and not known[rule.key]]
        return {
            rule.key: sentence("campo_vazio", {"field": rule.label})
            if rule in form.at_opening
            else sentence("acao_campo", {"action": form.action, "field": rule.label})
            for rule in empty
        }

    def action_back(self) -> None:
        """Give the slot back."""
        if not self._is_sending:
            self._close(is_booked=False)

    def _booked(self) -> None:
        self._close(is_booked=True)

    def _close(self, *, is_booked: bool) -> None:
        self._is_closed = True
        self.dismiss(is_booked)

    def _refused(self, refusal: Refusal, *, is_open: bool) -> None:
        self._is_sending = False
        if is_open and self._form.is_new:
            self._lock()
        app, second = desk_app(self), self._form.second
        errors = {key: app.refusal_text(each) for key, each in refusal.beside.items()}
        if second and refusal.code == ASKS_SECOND:
            errors = {second.key: app.refusal_text(refusal)}
            self._rows[second.key].display = True
        if not errors or not show_errors(self._rows, errors):
            self._show(app.refusal_text(refusal))

    def _lock(self) -> None:
        """The ticket is open: what it was opened with is in it, and is not asked any more."""
        self.query_one(".opened").display = True
        for row in (*self._opening, *(self._rows[rule.key] for rule in self._form.at_opening)):
            row.disabled = True

    def _show(self, text: str) -> None:
        self.query_one(".refusal", Static).update(plain(text))


def open_new(desk: "Desk", now: datetime, form: "AppointmentForm", given: Given, actor: int | None) -> None:
    """Open the ticket of a new request with what was typed.

    Raises:
        Refused: An answer is missing or wrong.
    """
    asked = services.intake.Intake(
        form.severity, given.requester, "", given.channel, given.beneficiary, given.at_opening
    )
    services.intake.finish(desk, Order(form.ticket, actor, f"{given.request}-f", now), asked)


class Booking:
    """A held slot on its way to a booking: what is sent, and what is shown at the end.

    Args:
        app: The window.
        slot: What is held.
        held: The hold.
        form: What is asked.
        actor: Who books.
        draft: The draft of the request.
        is_offer: Whether the hold is an offer of the waiting list, which lasts also if it is not booked now.
    """

    def __init__(
        self,
        app: DeskWindow,
        slot: Slot,
        held: "Hold",
        form: "AppointmentForm",
        actor: int | None,
        draft: ActDraft,
        *,
        is_offer: bool = False,
    ) -> None:
        self._app, self._slot, self._held, self._form = app, slot, held, form
        self._actor, self._is_offer = actor, is_offer
        self._is_open = not form.is_new
        self.draft = draft
        """What is typed until it is booked."""
        self.hint = texts.OFFER_HINT if is_offer else texts.MOVE_HINT if form.moves else texts.BOOK_HINT
        """The keys of its dialog."""

    def send(self, given: Given, done: Callable[[], None], refused: Refuse) -> None:
        """Open the ticket, if it is new, and book the slot for it.

        A booking that is refused leaves the ticket open in its step; it is sent again for the same ticket.
        """
        form = self._form

        def work(desk: "Desk", now: datetime) -> None:
            if not self._is_open:
                open_new(desk, now, form, given, self._actor)
                self._is_open = True
            book = Order(form.ticket, self._actor, given.request, now)
            if self._is_offer:
                services.waiting.accept(desk, book, given.at_booking)
            else:
                services.appointments.book(desk, book, self._held.token, given.at_booking, shown=form)

        self._app.serve(work, lambda _: done(), lambda refusal: refused(refusal, is_open=self._is_open))

    def show(self) -> None:
        """Show the ticket, and what is read aloud."""
        self.draft.discard()
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

    def release(self, then: Callable[[], None]) -> None:
        """Give the slot back; an offer stays.

        Args:
            then: Called when it is given back.
        """
        is_kept = leave(self.draft, self._form, is_open=self._is_open)
        if self._is_offer:
            self._app.show_message(waiting_texts.OFFER_STAYS)
            return
        said = texts.RELEASED_TICKET if self._is_open else texts.RELEASED_KEPT if is_kept else texts.RELEASED
        text = said.format(protocol=formats.protocol_groups(self._form.protocol))

        def work(desk: "Desk", _now: datetime) -> bool:
            return services.bookings.release(desk, self._held.token)

        def released(_: bool) -> None:
            self._app.show_message(text)
            then()

        def not_released(_: Refusal) -> None:
            self._app.show_message(texts.NOT_RELEASED, warning=True)

        self._app.serve(work, released, not_released)


def leave(draft: ActDraft, form: "AppointmentForm", *, is_open: bool) -> bool:
    """The dialog was left without booking; whether its draft is kept. What opened a ticket meanwhile is in that."""
    if form.is_new and is_open:
        draft.discard()
    else:
        draft.closed()
    return not draft.now.is_empty
