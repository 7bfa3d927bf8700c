"""Offers freed slots to the waiting list, in its order. An offer is a hold for everybody, bound to its ticket.

A slot that is given back is noted in the transaction of its act (`booking_acts`). It is offered after that, in
transactions of its own, so that an offer which fails undoes no act; what is left over is offered by the next sweep.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import TypeAlias
from uuid import uuid4

from atendimento_tui.contracts.bookings import BookingRow, HoldAsked
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.contracts.waiting import Entry
from atendimento_tui.data.engine import DatabaseUnavailable, instant, reading, writing
from atendimento_tui.data.queries import bookings as booking_queries
from atendimento_tui.data.queries import waiting as queries
from atendimento_tui.data.repositories import bookings as booking_rows
from atendimento_tui.data.repositories import waiting as rows
from atendimento_tui.domain.access import SYSTEM, Permission
from atendimento_tui.domain.bookings import BookingState, SlotKey
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.waiting import CHANNEL, OFFER_EVENT, FreeSlot, WaitingState, offer_ends
from atendimento_tui.domain.words import State
from atendimento_tui.domain.workflow.effects import Outcome, alerts
from atendimento_tui.outputs.waiting import offer_message, offered_line, slot_line
from atendimento_tui.services import effects
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.bookings import books, hold_in
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.messages import tell_requester
from atendimento_tui.services.unit_of_work import UnitOfWork, begin_work
from atendimento_tui.texts import waiting as texts

log = logging.getLogger(__name__)

_ONLY_THEIRS = ("beneficiario_ocupado", "beneficiario_ocupado_pode")
"""Refusals of a hold that concern one beneficiary; after any other one the slot is of use to nobody."""


class _Try(Enum):
    """What became of offering a slot to somebody."""

    OFFERED = auto()
    NOT_FOR_THEM = auto()
    SLOT_IS_GONE = auto()


@dataclass(frozen=True, slots=True)
class _Freed:
    """A slot to be offered.

    Attributes:
        by: Id of the booking that gave it back; None if somebody offers it.
    """

    slot: FreeSlot
    by: int | None


@needs(Permission.USE)
def pass_on(
    desk: Desk, now: datetime, *, clock: datetime | None = None, stopped: Callable[[], bool] = lambda: False
) -> int:
    """End the offers whose time is over, and offer each slot that was given back to the first one who fits.

    Args:
        clock: The instant of the database's clock, which tests hand in.
        stopped: Whether to stop; called before each slot.

    Returns:
        How many offers were made.
    """
    desk = desk.acting_as(SYSTEM)  # whoever started it
    with reading(desk.engine) as connection:
        if not queries.has_work(connection):
            return 0
        over = queries.over(connection, clock or instant(connection))
    for ticket in over:
        if not stopped():
            _tried(_end, desk, ticket, now, clock)
    with reading(desk.engine) as connection:
        freed = queries.freed(connection)
    made = 0
    for booking in freed:
        if not stopped():
            made += _tried(_offer_freed, desk, booking, now, clock)
    return made


def after_act(work_on: Desk, now: datetime) -> None:
    """As `pass_on`, after an act that may have freed a slot: the act stands, whatever happens here."""
    try:
        pass_on(work_on, now)
    except Exception:  # the next sweep offers it
        log.exception("a freed slot was not offered")


def offer(work_on: Desk, slot: FreeSlot, now: datetime) -> bool:
    """Offer a free slot to the first one who fits; whether there is somebody. The caller has named the permission."""
    return _offer(work_on.acting_as(SYSTEM), _Freed(slot, None), now, None)


_Run: TypeAlias = Callable[[Desk, int, datetime, datetime | None], bool]


def _tried(run: _Run, desk: Desk, key: int, now: datetime, clock: datetime | None) -> bool:
    """A fault with one slot must not keep the others back."""
    try:
        return run(desk, key, now, clock)
    except DatabaseUnavailable:
        raise
    except Exception:
        log.exception("fault in the waiting list")
        return False


def _end(desk: Desk, ticket: int, now: datetime, clock: datetime | None) -> bool:
    """End the offer of a ticket, unless somebody has answered it meanwhile."""
    with writing(desk.engine) as connection:
        work = begin_work(connection, desk, Order(ticket, None, "", now), Permission.ACT)
        entry = queries.entry_of(connection, ticket)
        if work is None or entry is None or entry.offered is None:
            return False
        booking_rows.lock(connection, [entry.offered])
        offered = booking_queries.booking(connection, entry.offered)
        assert offered, "bookings are not deleted"
        at = clock or instant(connection)
        if offered.state is BookingState.HELD:
            if offered.until and offered.until > at:
                return False
            booking_rows.free(connection, [offered.id])
            booking_rows.update_booking(connection, offered.id, state=BookingState.EXPIRED)
        rows.update_entry(connection, entry.id, state=WaitingState.WAITING, offered_booking_id=None)
        rows.note_freed(connection, offered.id, now)
        rows.withdraw_messages(connection, ticket, work.at, texts.OFFER_OVER)
        work.request = f"espera-fim:{offered.id}"
        effects.write(work, Outcome(Event("espera_fim", work.at, None, text=slot_line(offered))))
        return True


def _offer_freed(desk: Desk, booking: int, now: datetime, clock: datetime | None) -> bool:
    """Offer the slot that a booking gave back; its note is gone then, also if nobody fits."""
    with reading(desk.engine) as connection:
        gone = booking_queries.booking(connection, booking)
        assert gone, "bookings are not deleted"
        specialties = queries.specialties_of(connection, gone.provider_id)
    slot = FreeSlot(gone.provider_id, gone.site_id, gone.city, specialties, gone.local)
    if _offer(desk, _Freed(slot, booking), now, clock):
        return True
    with writing(desk.engine, announced=False) as connection:
        rows.forget_freed(connection, booking)
    return False


def _offer(desk: Desk, freed: _Freed, now: datetime, clock: datetime | None) -> bool:
    if freed.slot.starts_at <= now:
        return False
    with reading(desk.engine) as connection:
        in_line = queries.in_line(connection, freed.slot)
    for entry in in_line:
        if not entry.wish.suits(freed.slot):
            continue
        match _try(desk, freed, entry, now, clock):
            case _Try.OFFERED:
                return True
            case _Try.SLOT_IS_GONE:
                return False
    return False


def _try(desk: Desk, freed: _Freed, entry: Entry, now: datetime, clock: datetime | None) -> _Try:
    for _ in range(booking_rows.ATTEMPTS):
        try:
            return _offer_to(desk, freed, entry, now, clock)
        except booking_rows.Lost:
            continue
        except Refused as refused:
            return _Try.NOT_FOR_THEM if refused.code in _ONLY_THEIRS else _Try.SLOT_IS_GONE
    return _Try.SLOT_IS_GONE


def _offer_to(desk: Desk, freed: _Freed, entry: Entry, now: datetime, clock: datetime | None) -> _Try:
    """Hold the slot for somebody, in one transaction with the message, the alert and the event.

    Raises:
        Refused, Lost: As `hold_in`.
    """
    slot = freed.slot
    with writing(desk.engine) as connection:
        if freed.by is not None and not rows.lock_freed(connection, freed.by):
            return _Try.SLOT_IS_GONE  # another sweep has offered it
        work = begin_work(connection, desk, Order(entry.ticket, None, "", now), Permission.ACT)
        current = queries.entry_of(connection, entry.ticket)
        if work is None or current != entry or not _may_book(work):
            return _Try.NOT_FOR_THEM
        hours = desk.calendar(desk.unit.hours_calendar, connection)
        ends = offer_ends(hours, now, slot.starts_at)
        bookings = booking_queries.of_ticket(connection, entry.ticket)
        own = next((each for each in bookings if each.state is BookingState.BOOKED), None)
        if own and own.starts_at <= slot.starts_at:
            return _Try.NOT_FOR_THEM  # who has an appointment waits for an earlier one
        asked = HoldAsked(
            SlotKey(slot.provider, slot.site, entry.wish.specialty, slot.starts_at),
            entry.beneficiary,
            entry.ticket,
            name="" if entry.beneficiary is not None else work.people()[0],
            channel=CHANNEL,
            replaces=own.id if own else None,
            held_for=ends - now,
        )
        held = hold_in(connection, asked, now, clock or instant(connection), None)
        rows.update_entry(connection, entry.id, state=WaitingState.OFFERED, offered_booking_id=held.booking)
        if freed.by is not None:
            rows.forget_freed(connection, freed.by)
        offered = booking_queries.booking(connection, held.booking)
        assert offered, "it was inserted"
        _record(work, offered, ends, freed)
        return _Try.OFFERED


def _may_book(work: UnitOfWork) -> bool:
    """Whether the step of the ticket books a slot, so that the offer can be accepted."""
    ticket, context = work.before, work.context
    if context is None or not ticket.step or not State(ticket.state).is_open:
        return False
    return any(books(action) for action in context.process.step(ticket.step).actions)


def _record(work: UnitOfWork, offered: BookingRow, ends: datetime, freed: _Freed) -> None:
    """Write the event, the message that is ready to be sent, and the alert of who works on the ticket."""
    until = ends.astimezone(work.desk.zone)
    name = next(filter(None, reversed(work.people())), "")
    tell_requester(work, "", offer_message(offered, name, until, work.before.protocol), "whatsapp")
    work.request = f"espera-oferta:{freed.by if freed.by is not None else uuid4().hex}"
    to = "responsavel" if work.before.owner is not None or work.before.group is not None else "supervisao"
    event = Event(OFFER_EVENT, work.at, None, text=offered_line(offered, until))
    effects.write(work, Outcome(event, alerts(work.in_process, (to,), work.at)))
