"""What the acts of a ticket do with its booking: they hold, book, move and free its slot, and note an arrival.

Each is an effect of the act, written in its transaction: if it cannot be done, the act is refused, and the ticket stays
in its step.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from atendimento_tui.contracts.bookings import BookingRow, HoldAsked
from atendimento_tui.data.engine import instant
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.data.queries.waiting import entry_of
from atendimento_tui.data.repositories import bookings as rows
from atendimento_tui.data.repositories import waiting
from atendimento_tui.data.repositories.bookings import Quantum
from atendimento_tui.domain.bookings import (
    BENEFICIARY,
    OCCUPYING,
    PROVIDER,
    BookingState,
    SlotKey,
    check_next,
    check_presence,
    quanta,
    read_code,
)
from atendimento_tui.domain.process.facts import SLOT
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.waiting import WaitingState
from atendimento_tui.domain.words import State
from atendimento_tui.domain.workflow.effects import BookSlot, Effect, HoldSlot, MoveBooking, NoteArrival, ReleaseSlot
from atendimento_tui.services import imported_bookings
from atendimento_tui.services.bookings import NeedsHold, faster, free_hold, give_time, with_free
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork
from atendimento_tui.texts import waiting as texts


def hold_slot(work: UnitOfWork, effect: HoldSlot) -> Fulfilled:
    """Make the slot of a field the one that the ticket holds; another one that it held is free again.

    Raises:
        NeedsHold: It does not hold it yet.
    """
    held = _held(work, effect.field, None)
    for other in queries.of_ticket(work.connection, work.ticket_id):
        if other.id != held.id:
            free_hold(work.connection, other.id)
    return Fulfilled()


def book_slot(work: UnitOfWork, effect: BookSlot) -> Fulfilled:
    """Book what the ticket holds. A hold whose time is over is booked if its place is still free.

    Raises:
        Refused: The ticket holds nothing, or has an appointment already; somebody was faster.
    """
    del effect
    own = queries.of_ticket(work.connection, work.ticket_id)
    if booked := _first(own, BookingState.BOOKED):
        raise Refused("ja_agendado", protocol=work.ticket.protocol, when=booked.local)
    held = _first(own, BookingState.HELD) or _first(own, BookingState.EXPIRED)
    if held is None:
        raise Refused("sem_reserva", protocol=work.ticket.protocol)
    if held.moved_from is not None:
        _move_imported(work, held, held.moved_from)
    _book(work, held, moved_from=held.moved_from)
    return Fulfilled()


def _move_imported(work: UnitOfWork, held: BookingRow, number: int) -> None:
    """End the imported booking instead of which the ticket holds a slot. It is the beneficiary's, if it was nobody's.

    Raises:
        Refused: Somebody moved or cancelled it meanwhile; it is another beneficiary's.
    """
    person = work.ticket.beneficiary
    before = imported_bookings.taken_up(work.connection, number, BookingState.MOVED)
    if before.beneficiary not in {None, person}:
        raise Refused("importado_de_outro", number=number)
    if person is not None and before.beneficiary == person:
        shared = quanta(held.starts_at, held.ends_at)
        rows.hand_quanta(work.connection, before.id, held.id, BENEFICIARY, held.beneficiary_place, shared)
    reason, actor, at = work.event.text.strip(), work.actor, work.at
    imported_bookings.end(work.connection, before, BookingState.MOVED, reason, actor=actor, now=at)
    if person is not None:
        rows.update_booking(work.connection, before.id, beneficiary_id=person, name="")


def release_slot(work: UnitOfWork, effect: ReleaseSlot) -> Fulfilled:
    """Free what the ticket holds or has booked; the text of the act is the reason.

    Raises:
        Refused: The beneficiary has come already.
    """
    del effect
    for each in queries.of_ticket(work.connection, work.ticket_id):
        if each.state not in OCCUPYING:
            continue
        check_next(each.state, BookingState.CANCELLED)
        _end(work, each, BookingState.CANCELLED)
    return Fulfilled()


def move_booking(work: UnitOfWork, effect: MoveBooking) -> Fulfilled:
    """Book the slot of a field instead of the ticket's appointment, which stays in the history as moved.

    Raises:
        Refused: The ticket has no appointment to move; somebody was faster.
        NeedsHold: It does not hold the slot yet.
    """
    own = queries.of_ticket(work.connection, work.ticket_id)
    before = _first(own, BookingState.BOOKED) or _first(own, BookingState.MISSED)
    if before is None:
        raise Refused("sem_agendamento", protocol=work.ticket.protocol)
    held = _held(work, effect.field, before.id)
    rows.lock(work.connection, [before.id, held.id])
    _first_of(work, before.id, before.state)
    shared = quanta(held.starts_at, held.ends_at)
    rows.hand_quanta(work.connection, before.id, held.id, BENEFICIARY, held.beneficiary_place, shared)
    _end(work, before, BookingState.MOVED)
    _book(work, held, moved_from=before.id)
    return Fulfilled()


def note_arrival(work: UnitOfWork, effect: NoteArrival) -> Fulfilled:
    """Record that the beneficiary came, or did not.

    Raises:
        Refused: The ticket has no appointment; it is too early to say so.
    """
    to = BookingState.ARRIVED if effect.came else BookingState.MISSED
    before = BookingState.MISSED if effect.came else BookingState.ARRIVED
    own = queries.of_ticket(work.connection, work.ticket_id)
    booked = _first(own, BookingState.BOOKED) or _first(own, before)
    if booked is None:
        raise Refused("sem_agendamento", protocol=work.ticket.protocol)
    check_next(booked.state, to)
    check_presence(to, booked.starts_at, work.at, booked.local.tzinfo or UTC)
    rows.update_booking(work.connection, booked.id, state=to)
    return Fulfilled()


def follow_waiting(work: UnitOfWork, effects: Iterable[Effect]) -> None:
    """Take a ticket that has got a slot, or has ended, off the waiting list. A slot that it leaves is offered on."""
    context = work.context
    if context is None or not context.process.books:
        return
    has_slot = any(isinstance(each, (BookSlot, MoveBooking)) for each in effects)
    if State(work.ticket.state).is_open and not has_slot:
        return
    entry = entry_of(work.connection, work.ticket_id)
    if entry is None:
        return
    offer = queries.booking(work.connection, entry.offered) if entry.offered else None
    took = offer is not None and offer.state is BookingState.BOOKED
    if offer and not took:
        free_hold(work.connection, offer.id)
        waiting.note_freed(work.connection, offer.id, work.at)
    if offer:
        waiting.withdraw_messages(work.connection, work.ticket_id, work.at, texts.OFFER_OVER)
    waiting.update_entry(work.connection, entry.id, state=WaitingState.BOOKED if took else WaitingState.LEFT)


def _held(work: UnitOfWork, field: str, replaces: int | None) -> BookingRow:
    """The hold of the ticket for the slot that a field answers."""
    process, answers = work.in_process.process, work.ticket.fields
    rule = process.field(field)
    if not answers.get(field):
        raise Refused("acao_campo", action=work.event.action or process.name, field=rule.label)
    slot = read_code(answers[field])
    for each in queries.of_ticket(work.connection, work.ticket_id):
        same = (each.provider_id, each.site_id, each.specialty_id) == (slot.provider, slot.site, slot.specialty)
        if same and each.starts_at == slot.starts_at and each.state is BookingState.HELD:
            return each
    person = work.ticket.beneficiary
    raise NeedsHold(
        HoldAsked(
            slot,
            person,
            work.ticket_id,
            name="" if person is not None else work.people()[0],
            channel=work.ticket.channel or "",
            squeeze_in=answers.get(rule.squeeze_in, "").strip(),
            second=answers.get(rule.second, "").strip(),
            replaces=replaces,
        )
    )


def _first(own: Iterable[BookingRow], state: BookingState) -> BookingRow | None:
    return next((each for each in own if each.state is state), None)


def _first_of(work: UnitOfWork, booking: int, state: BookingState) -> None:
    """Refuse if somebody changed a booking before it was locked."""
    now = queries.booking(work.connection, booking)
    if now is None or now.state is not state:
        raise Refused("agendamento_mudou", protocol=work.ticket.protocol)


def _end(work: UnitOfWork, booking: BookingRow, state: BookingState) -> None:
    rows.lock(work.connection, [booking.id])
    rows.free(work.connection, [booking.id])
    reason = work.event.text.strip() or booking.reason
    rows.update_booking(work.connection, booking.id, state=state, reason=reason, held_until=None)
    if booking.state is BookingState.BOOKED:
        waiting.note_freed(work.connection, booking.id, work.at)


def _book(work: UnitOfWork, held: BookingRow, moved_from: int | None = None) -> None:
    """Book a hold of the ticket; what it does not occupy any more, or not yet, it takes now.

    Raises:
        Refused: Somebody was faster; the beneficiary has another appointment then.
    """
    connection, person = work.connection, work.ticket.beneficiary
    rows.lock(connection, [held.id])
    now = queries.booking(connection, held.id)
    assert now, "bookings are not deleted"
    check_next(now.state, BookingState.BOOKED)
    wanted, at = quanta(held.starts_at, held.ends_at), instant(connection)
    if rows.occupied_count(connection, held.id, PROVIDER) < len(wanted):
        _take_again(work, now, wanted, at)
    if now.beneficiary not in {None, person}:  # held for somebody else
        rows.free_of(connection, held.id, BENEFICIARY)
        rows.update_booking(connection, held.id, beneficiary_id=None, beneficiary_place=1)
    if person is not None and rows.occupied_count(connection, held.id, BENEFICIARY) < len(wanted):
        rows.free_of(connection, held.id, BENEFICIARY)
        is_second = now.beneficiary_place > 1
        asked = HoldAsked(now.slot, person, second=now.reason if is_second else _second(work, now.slot))
        may_second = is_second or any(each.second_allowed for each in queries.offered(connection, now.slot))
        try:
            give_time(connection, held.id, asked, wanted, at, may_second=may_second)
        except rows.Lost:
            raise Refused("agenda_disputada", when=now.local) from None
    rows.update_booking(
        connection,
        held.id,
        state=BookingState.BOOKED,
        held_until=None,
        booked_at=work.event.at,
        booked_by=work.actor,
        moved_from=moved_from,
    )


def _second(work: UnitOfWork, slot: SlotKey) -> str:
    """Why the beneficiary may have two appointments at once, as it is answered beside the slot; empty if it is not."""
    answers = work.ticket.fields
    for rule in work.in_process.process.fields:
        if rule.type == SLOT and answers.get(rule.key) == slot.code:
            return answers.get(rule.second, "").strip()
    return ""


def _take_again(work: UnitOfWork, held: BookingRow, wanted: range, at: datetime) -> None:
    """Take the place of a hold that somebody removed when its time was over.

    Raises:
        Refused: Somebody has it.
    """
    connection, slot = work.connection, held.slot
    rows.expire(connection, PROVIDER, held.provider_id, wanted, at)
    mine: list[Quantum] = [(PROVIDER, held.provider_id, held.place, each) for each in wanted]
    try:
        rows.occupy(connection, held.id, mine)
    except rows.Lost:
        taken = queries.taken(connection, PROVIDER, held.provider_id, wanted)
        others = {place: each for place, each in taken.items() if held.id not in each.values()} or taken
        raise with_free(connection, faster(connection, slot, others, may_squeeze=False), slot, work.at, at) from None
