"""The waiting list in the place of the agenda: who is put on it, who is on it, and what they answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from atendimento_tui import outputs, services
from atendimento_tui.contracts.agenda import Slot
from atendimento_tui.contracts.bookings import AppointmentForm, BookingRow, Hold
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.contracts.waiting import WaitingAsked, WaitingRow
from atendimento_tui.screens.agenda.booking import (
    SPECIALTY,
    BookDialog,
    Booking,
    Given,
    Refuse,
    Send,
    leave,
    open_new,
    take_up,
)
from atendimento_tui.screens.agenda.lines import slot_of
from atendimento_tui.screens.dialogs.choose import Choice
from atendimento_tui.screens.dialogs.keep import Item
from atendimento_tui.screens.fields import Row
from atendimento_tui.screens.keeping import Keeping
from atendimento_tui.texts import agenda as agenda_texts
from atendimento_tui.texts import formats
from atendimento_tui.texts import waiting as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.window.drafts import ActDraft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from atendimento_tui.screens.dialogs.write import Words
    from atendimento_tui.services.desk import Desk

_LENGTH = 80

_WISH = "espera-"
"""Begins the keys of the own fields of the dialog, which a process cannot have."""


class WaitDialog(BookDialog):
    """Asks what somebody waits for, and, of a new request, what its service asks.

    Args:
        form: What the service asks.
        suggested: What was looked for.
        send: As that of `BookDialog`.
        draft: As that of `BookDialog`.
    """

    TITLE, HINT = texts.TITLE, texts.HINT

    def __init__(self, form: AppointmentForm, suggested: WaitingAsked, send: Send, draft: ActDraft) -> None:
        super().__init__(form, texts.ABOVE, suggested.specialty, None, send, draft)
        own = {"specialty": suggested.specialty, "city": suggested.city, "provider": suggested.provider, "until": ""}
        if any(rule.key == SPECIALTY for rule in form.at_opening):
            del own["specialty"]
        self._wishes = {
            key: LineInput(self.typed(f"{_WISH}{key}", value), id=f"{_WISH}{key}", compact=True, max_length=_LENGTH)
            for key, value in own.items()
        }

    def wish_rows(self) -> Iterator[Row]:
        """Specialty, unless the service asks it; city, professional, the last day."""
        for key, field in self._wishes.items():
            self._rows[key] = Row(texts.LABELS[key], field, texts.NOTES[key], name=f"linha-{_WISH}{key}")
            yield self._rows[key]

    def wish(self) -> Mapping[str, str]:
        """What was typed."""
        return {f"{_WISH}{key}": field.value for key, field in self._wishes.items()}


def ask_to_wait(place: Keeping, suggested: WaitingAsked) -> None:
    """Put the ticket that a slot is looked for on the list, or a new request."""
    app = place.desk_app
    if app.person is None and app.desk_info and app.desk_info.members:
        app.choose_person(lambda: ask_to_wait(place, suggested))
        return
    actor, about = app.person.id if app.person else None, app.appointment_of

    def ask(draft: ActDraft) -> None:
        def begin(desk: "Desk", now: datetime) -> AppointmentForm:
            if about is not None:
                return services.appointments.form_of(desk, about.key)
            return services.appointments.resume(desk, actor, f"{draft.now.key}-b", now)

        place.ask("wait", begin, lambda form: _ask_wishes(place, form, suggested, actor, draft))

    take_up(place, about.protocol if about else "", ask)


def _ask_wishes(
    place: Keeping, form: AppointmentForm, suggested: WaitingAsked, actor: int | None, draft: ActDraft
) -> None:
    app, is_open = place.desk_app, not form.is_new

    def send(given: Given, done: Callable[[], None], refused: Refuse) -> None:
        def work(desk: "Desk", now: datetime) -> None:
            nonlocal is_open
            if not is_open:
                open_new(desk, now, form, given, actor)
                is_open = True
            wish = {key.removeprefix(_WISH): text for key, text in given.wish.items()}
            services.waiting.put(desk, Order(form.ticket, actor, given.request, now), WaitingAsked(**wish))

        app.serve(work, lambda _: done(), lambda refusal: refused(refusal, is_open=is_open))

    def closed(is_put: bool | None) -> None:
        protocol = formats.protocol_groups(form.protocol)
        if is_put:
            draft.discard()
            app.appointment_of = None
            app.show_ticket(form.ticket)
            return
        is_kept = leave(draft, form, is_open=is_open)
        if form.is_new:
            said = texts.NOT_PUT if is_open else texts.KEPT if is_kept else texts.ABANDONED
            app.show_message(said.format(protocol=protocol))

    asked = replace(form, at_booking=(), second=None, moves=None)
    place.app.push_screen(WaitDialog(asked, suggested, send, draft), closed)


Book: TypeAlias = Callable[[Slot, Hold, AppointmentForm, Booking], None]
"""Asks what the booking of a hold needs, and books it."""


def show_list(place: Keeping, book: Book) -> None:
    """Show who waits, in order; of the chosen one, what can be done.

    Args:
        book: For what is offered.
    """

    def show(rows: "Sequence[WaitingRow]") -> None:
        info = place.desk_app.desk_info
        if not rows or info is None:
            place.desk_app.show_message(texts.EMPTY)
            return
        zone = info.hours.tz
        choices = [Choice(row, _named(number, row), _about(row, zone)) for number, row in enumerate(rows, 1)]
        place.choose(texts.LIST_TITLE, choices, lambda row: _show_acts(place, row, zone, book))

    place.ask("waiting", lambda desk, _: services.waiting.listed(desk), show)


def _named(number: int, row: WaitingRow) -> str:
    return texts.CHOICE.format(place=number, name=row.name or agenda_texts.SOMEBODY, specialty=row.specialty)


def _about(row: WaitingRow, zone: "ZoneInfo") -> str:
    offer = outputs.waiting.offer_line(row, zone)
    if offer:
        return texts.CHOICE_OFFERED.format(offer=offer)
    since = formats.instant(row.entry.since.astimezone(zone))
    return texts.CHOICE_WAITS.format(since=since, wish=outputs.waiting.wish_line(row))


def _show_acts(place: Keeping, row: WaitingRow, zone: "ZoneInfo", book: Book) -> None:
    """What can be done with an entry of the list."""
    acts: dict[str, Callable[[], None]] = {}
    if (offer := row.offer) and offer.until:
        acts[texts.ACCEPT] = lambda: _accept(place, row, offer, book)
        acts[texts.REFUSE] = lambda: _refuse(place, row)
        acts[texts.COPY] = lambda: _copy(place, row, offer, zone)
    acts[texts.SHOW] = lambda: place.desk_app.show_ticket(row.entry.ticket)
    acts[texts.LEAVE] = lambda: _leave(place, row)
    title = texts.ACTS_TITLE.format(name=row.name or agenda_texts.SOMEBODY)
    place.choose(title, [Choice(act, name) for name, act in acts.items()], lambda act: act())


def _accept(place: Keeping, row: WaitingRow, offer: BookingRow, book: Book) -> None:
    app = place.desk_app
    assert offer.until, "an offer ends"
    slot, held = slot_of(offer), Hold(offer.token, offer.id, offer.slot, offer.until, offer.until - app.now())
    actor = app.person.id if app.person else None

    def ask(draft: ActDraft) -> None:
        def book_it(form: AppointmentForm) -> None:
            book(slot, held, form, Booking(app, slot, held, form, actor, draft, is_offer=True))

        place.ask("offer", lambda desk, _: services.appointments.form_of(desk, row.entry.ticket), book_it)

    take_up(place, row.protocol, ask)


def _copy(place: Keeping, row: WaitingRow, offer: BookingRow, zone: "ZoneInfo") -> None:
    assert offer.until, "an offer ends"
    message = outputs.waiting.offer_message(offer, row.name, offer.until.astimezone(zone), row.protocol)
    place.app.copy_to_clipboard(message)
    phone = row.phone or agenda_texts.TO_MOVE_NO_PHONE
    place.desk_app.show_message(agenda_texts.TO_MOVE_COPIED.format(phone=phone))


def _refuse(place: Keeping, row: WaitingRow) -> None:
    items = {"stays": Item(texts.STAYS, "sim", options=texts.YES_NO), "reason": Item(texts.REASON)}

    def work(desk: "Desk", now: datetime, given: "Words", request: str) -> object:
        order = Order(row.entry.ticket, desk.actor.person, request, now)
        return services.waiting.refuse(desk, order, given["reason"], leaves=given["stays"] == "nao")

    title = texts.REFUSE_TITLE.format(name=row.name or agenda_texts.SOMEBODY)
    draft = (f"espera.recusa.{row.entry.offered}", str(row.entry.ticket))
    place.keep(title, items, work, lambda _: place.changed(texts.REFUSED), draft=draft)


def _leave(place: Keeping, row: WaitingRow) -> None:
    def work(desk: "Desk", now: datetime, given: "Words", request: str) -> object:
        order = Order(row.entry.ticket, desk.actor.person, request, now)
        return services.waiting.leave(desk, order, given["reason"])

    title = texts.LEAVE_TITLE.format(name=row.name or agenda_texts.SOMEBODY)
    draft = ("espera.saida", str(row.entry.ticket))
    place.keep(title, {"reason": Item(texts.REASON)}, work, lambda _: place.changed(texts.LEFT), draft=draft)
