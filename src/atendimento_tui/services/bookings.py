"""Holds of slots, and what is read of bookings. `booking_acts` has what the acts of a ticket do with its booking.

A hold is a transaction of its own, so that others see it while the attendant confirms. It ends by the database's clock,
which is the same for all machines; whoever wants its place then removes it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from secrets import token_hex
from typing import TYPE_CHECKING, TypeVar

from atendimento_tui.contracts.agenda import Slot
from atendimento_tui.contracts.bookings import BookingRow, Hold, HoldAsked, Offered
from atendimento_tui.data.engine import Connection, instant, reading, writing
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.data.queries.providers import rn566_of
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.repositories import bookings as rows
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.agenda import waiting_limit
from atendimento_tui.domain.bookings import (
    BENEFICIARY,
    PROVIDER,
    QUANTUM_MIN,
    BookingState,
    SlotFacts,
    SlotKey,
    instant_of,
    place_for,
    read_code,
)
from atendimento_tui.domain.process.facts import SLOT, codes_asked_about, facts_by_themselves
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import searched
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.agenda import fits, next_slots
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.imported_bookings import taken_up
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.texts import bookings as texts
from atendimento_tui.texts import formats

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import ActionRule

PROPOSED = 3
"""How many free slots are proposed to whoever was slower."""

_TAKEN = ("vaga_ocupada", "vaga_ocupada_encaixe")

ResultT = TypeVar("ResultT")


class NeedsHold(Exception):
    """An act asks for a slot that is not held yet. The act is undone, the slot held, and the act done again."""

    def __init__(self, asked: HoldAsked) -> None:
        super().__init__(asked.slot.code)
        self.asked = asked


@needs(Permission.BOOK)
def hold(desk: Desk, asked: HoldAsked, now: datetime, *, clock: datetime | None = None) -> Hold:
    """Hold a slot for everybody, until it is confirmed or its time is over.

    Args:
        now: The present instant; a slot that has begun is not held.
        clock: The instant of the database's clock, which tests hand in.

    Raises:
        Refused: There is no such ticket; there is no such slot or it is over; somebody was faster, with who that was
            and the next free slots; the beneficiary has an appointment then; another system keeps this agenda; the
            actor may not.
    """
    for _ in range(rows.ATTEMPTS):
        try:
            with writing(desk.engine) as connection:
                actor = require_now(connection, desk, Permission.BOOK)
                if asked.ticket is not None and ticket_row(connection, ticket_id=asked.ticket) is None:
                    raise Refused("fora_de_vista")
                at = clock if clock is not None else instant(connection)
                return hold_in(connection, asked, now, at, actor.person)
        except rows.Lost:
            continue
        except Refused as refusal:
            if refusal.code not in _TAKEN:
                raise
            with reading(desk.engine) as connection:  # so that nobody waits for it to write
                raise with_free(connection, refusal, asked.slot, now, clock) from None
    raise Refused("agenda_disputada", when=asked.slot.starts_at)


@needs(Permission.BOOK)
def release(desk: Desk, token: str) -> bool:
    """End a hold that was not confirmed.

    Returns:
        Whether there was one.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.BOOK)
        found = queries.with_token(connection, token)
        if found is None:
            return False
        return free_hold(connection, found.id)


def free_hold(connection: Connection, booking: int) -> bool:
    """Free a booking that is still a hold; whether it was one."""
    rows.lock(connection, [booking])
    found = queries.booking(connection, booking)
    if found is None or found.state is not BookingState.HELD:
        return False
    rows.free(connection, [booking])
    rows.update_booking(connection, booking, state=BookingState.CANCELLED)
    return True


def hold_in(connection: Connection, asked: HoldAsked, now: datetime, at: datetime, person: int | None) -> Hold:
    """Hold a slot in this transaction, which is undone if it is refused.

    Args:
        at: The instant of the database's clock.
        person: Who holds it; None for the desk itself.

    Raises:
        Refused: As `hold`, without the next free slots.
        Lost: Somebody took the place meanwhile; it is decided anew.
    """
    slot = asked.slot
    if asked.instead_of is not None:
        taken_up(connection, asked.instead_of, BookingState.MOVED)
    offer = _offer_of(connection, slot)
    if slot.starts_at < now:
        raise Refused("vaga_passada", when=slot.starts_at)
    wanted = range(slot.quantum, slot.quantum + offer.slot_minutes // QUANTUM_MIN)
    rows.expire(connection, PROVIDER, slot.provider, wanted, at)
    taken = queries.taken(connection, PROVIDER, slot.provider, wanted)
    place = place_for(wanted, taken, offer.capacity, offer.squeeze_ins if asked.squeeze_in else 0)
    if place is None:
        raise faster(connection, slot, taken, may_squeeze=offer.squeeze_ins > 0 and not asked.squeeze_in)
    until = at + asked.held_for
    booking = rows.insert_booking(
        connection,
        provider_id=slot.provider,
        site_id=slot.site,
        specialty_id=slot.specialty,
        starts_at=slot.starts_at.astimezone(UTC),
        ends_at=instant_of(wanted.stop),
        place=place,
        state=BookingState.HELD,
        ticket_id=asked.ticket,
        name=asked.name,
        channel=asked.channel,
        token=token_hex(16),
        held_until=until,
        held_by=person,
        moved_from=asked.instead_of,
        reason=asked.squeeze_in if place > offer.capacity else "",
    )
    rows.occupy(connection, booking, [(PROVIDER, slot.provider, place, each) for each in wanted])
    if asked.beneficiary is not None:
        give_time(connection, booking, asked, wanted, at, may_second=offer.second_allowed)
    held = queries.booking(connection, booking)
    assert held, "it was inserted"
    return Hold(held.token, booking, slot, until, asked.held_for)


def give_time(
    connection: Connection, booking: int, asked: HoldAsked, wanted: range, at: datetime, *, may_second: bool
) -> None:
    """Take the time of the beneficiary, who has one appointment at once, or two with a reason."""
    person = asked.beneficiary
    assert person is not None
    rows.expire(connection, BENEFICIARY, person, wanted, at)
    taken = queries.taken(connection, BENEFICIARY, person, wanted)
    others = {place: {each: by for each, by in found.items() if by != asked.replaces} for place, found in taken.items()}
    has_second = any(others.values())
    place = place_for(wanted, others, 1, 1 if asked.second and may_second else 0)
    if place is None or (has_second and not (asked.second and may_second)):
        other = queries.booking(connection, next(by for each in others.values() for by in each.values()))
        assert other, "what occupies is there"
        when, provider = other.local, queries.professional_of(connection, other.id) or texts.SOME_PROFESSIONAL
        if may_second and not asked.second:
            raise Refused("beneficiario_ocupado_pode", when=when, provider=provider)
        raise Refused("beneficiario_ocupado", when=when, provider=provider)
    own = {each for each, by in taken.get(place, {}).items() if by == asked.replaces}
    needed = [(BENEFICIARY, person, place, each) for each in wanted if each not in own]
    rows.occupy(connection, booking, needed)
    values = {"beneficiary_id": person, "beneficiary_place": place}
    rows.update_booking(connection, booking, **values, **({"reason": asked.second} if has_second else {}))


def _offer_of(connection: Connection, slot: SlotKey) -> Offered:
    """What is open at the slot.

    Raises:
        Refused: Nothing is, or another system keeps the agenda.
    """
    for each in queries.offered(connection, slot):
        length = each.slot_minutes // QUANTUM_MIN
        fits = (slot.quantum - each.starts) % length == 0 and slot.quantum + length <= each.ends
        does = each.specialty == slot.specialty if each.specialty is not None else each.does
        if fits and does:
            if not each.is_master:
                raise Refused("agenda_de_fora", provider=each.provider)
            return each
    raise Refused("vaga_inexistente", when=slot.starts_at)


def faster(connection: Connection, slot: SlotKey, taken: dict[int, dict[int, int]], *, may_squeeze: bool) -> Refused:
    """The refusal that says who was faster. `with_free` adds the next free slots."""
    who, channel = queries.who_has(connection, [by for each in taken.values() for by in each.values()])
    when, who = slot.starts_at, who or channel
    if may_squeeze:
        return Refused("vaga_ocupada_encaixe", when=when, who=who, slots=())
    return Refused("vaga_ocupada", when=when, who=who, slots=())


def with_free(
    connection: Connection, refusal: Refused, slot: SlotKey, now: datetime, clock: datetime | None = None
) -> Refused:
    """The refusal of a slot that is taken, with the next free ones."""
    at = clock if clock is not None else instant(connection)
    free = next_slots(connection, slot, now, at, PROPOSED)
    return Refused(refusal.code, **{**refusal.values, "slots": _told(free)})


def _told(free: Iterable[Slot]) -> tuple[tuple[datetime, str, str, str], ...]:
    """Of each slot: the local instant, the professional, the place, the code."""
    return tuple((each.starts_at, each.provider, each.site, each.key.code) for each in free)


def with_hold(work_on: Desk, now: datetime, run: Callable[[], ResultT]) -> ResultT:
    """Run an act. The slot that it asks for is held first, unless its ticket has it; a refused act gives it back.

    The service that calls this has named the permission.

    Raises:
        Refused: As `hold` and the act; the hold was gone before the act was done.
    """
    try:
        return run()
    except NeedsHold as needed:
        held = hold(work_on, needed.asked, now)
    try:
        return run()
    except NeedsHold:  # somebody took the hold away meanwhile
        raise Refused("agenda_disputada", when=held.slot.starts_at) from None
    except BaseException:
        release(work_on, held.token)
        raise


def books(action: "ActionRule") -> str | None:
    """The field whose slot an action books or moves the appointment to; None if it does neither."""
    for effects in action.does:
        if effects.move or (effects.hold and effects.book):
            return effects.move or effects.hold
    return None


def slot_facts(connection: Connection, slot: SlotKey) -> SlotFacts | None:
    """What is known of a slot, without a request; None if its professional, place or specialty is unknown."""
    slot = _at_site(connection, slot)
    found = queries.slot_names(connection, slot)
    return SlotFacts(slot, *found, when=texts.when(slot.starts_at)) if found else None


def with_local_codes(work: UnitOfWork, answers: Mapping[str, str]) -> dict[str, str]:
    """Answers of an act, in their stored form, whose codes of slots have the offset of the zone of their site.

    The same instant may be typed with another one; day and hour would be read in it.
    """
    slots = [rule.key for rule in work.in_process.process.fields if rule.type == SLOT and answers.get(rule.key)]
    return {**answers, **{key: _at_site(work.connection, read_code(answers[key])).code for key in slots}}


def _at_site(connection: Connection, slot: SlotKey) -> SlotKey:
    zone = queries.zone_at(connection, slot.site)
    return replace(slot, starts_at=slot.starts_at.astimezone(zone)) if zone else slot


def slot_of(code: str) -> SlotKey:
    """The slot of a code as somebody typed it.

    Raises:
        Refused: It is none.
    """
    try:
        return read_code(code)
    except ValueError:
        raise Refused("vaga_codigo", typed=code) from None


@needs(Permission.READ)
def told_appointment(desk: Desk, ticket: int) -> tuple[BookingRow, int]:
    """The newest booking of a ticket that is no hold, and how often the appointment was changed before.

    Raises:
        Refused: There is no such ticket, or it has no booking that is to be told.
    """
    with reading(desk.engine) as connection:
        found = ticket_row(connection, ticket_id=ticket)
        if found is None:
            raise Refused("fora_de_vista")
        told = queries.told(connection, ticket)
    if told is None:
        raise Refused("sem_agendamento", protocol=found[0].protocol)
    return told


@needs(Permission.READ)
def day(desk: Desk, day: date, site: str = "", provider: str = "") -> list[BookingRow]:
    """The appointments of a day, by the hour; without those of tickets that the actor may not know of.

    Args:
        site, provider: The beginnings of words of their names; empty for all.
    """
    with reading(desk.engine) as connection:
        found = queries.between(connection, day)
    return [each for each in found if fits(site, searched(each.site)) and fits(provider, searched(each.provider))]


def facts(work: UnitOfWork, answers: Mapping[str, str]) -> dict[str, str]:
    """The values of the fields of the ticket's process that a slot among these answers fills (`process.facts`).

    Args:
        answers: In their stored form.
    """
    fields, known = work.in_process.process.fields, {}
    for code in codes_asked_about(fields, answers, SLOT):
        if found := slot_facts(work.connection, read_code(code)):
            known[code] = replace(found, limit=_after_limit(work, found.slot))
    return facts_by_themselves(fields, answers, known, SLOT)


def _after_limit(work: UnitOfWork, slot: SlotKey) -> str:
    """That a slot is after the waiting limit of the request for its specialty; empty if it is not."""
    item = rn566_of(work.connection, slot.specialty)
    calendar = work.desk.calendar(work.desk.unit.legal_calendar, work.connection)
    last = waiting_limit(item, work.asked_on, calendar)
    return texts.AFTER_LIMIT.format(item=item, day=formats.date(last)) if last and slot.day > last else ""
