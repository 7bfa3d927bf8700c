"""The waiting list of the agenda: who waits for a slot, what was offered, and what people answer.

What happens is an event of the ticket that waits. `waiting_offers` offers the slots.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.contracts.providers import Provider, Specialty, Supply
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.contracts.waiting import Entry, WaitingAsked, WaitingRow
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import bookings as booking_queries
from atendimento_tui.data.queries import providers as supplies
from atendimento_tui.data.queries import waiting as queries
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.repositories import waiting as rows
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.acts import must_be_open
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import written
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.waiting import FreeSlot, WaitingState, Wish, only_city
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.outputs.waiting import slot_line, wish_text
from atendimento_tui.services import appointments, bookings, providers, waiting_offers
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.agenda import fits
from atendimento_tui.services.deciding import decided
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import typed_day
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.services.waiting_rows import rows_of
from atendimento_tui.texts import waiting as texts


@needs(Permission.BOOK)
def put(desk: Desk, order: Order, asked: WaitingAsked) -> ActDone:
    """Put a ticket on the list, at its end. One that is on it keeps its place, and waits for what is asked now.

    Raises:
        Refused: There is no such ticket, or it has ended; its step books nothing; a slot is offered to it; what it is
            to wait for is unknown, or the day is over.
    """

    def decide(work: UnitOfWork) -> Outcome:
        connection = work.connection
        must_be_open(work.before)
        appointments.require_booking_step(connection, desk, work.ticket_id)
        entry = queries.entry_of(connection, work.ticket_id)
        if entry and entry.state is WaitingState.OFFERED:
            raise Refused("espera_oferecida", protocol=work.before.protocol)
        known = supplies.supply(connection)
        wish = _wish(work, known, asked)
        values = {
            "specialty_id": wish.specialty,
            "provider_id": wish.provider,
            "city": wish.city,
            "until": wish.until,
        }
        if entry:
            rows.update_entry(connection, entry.id, **values)
        else:
            rows.insert_entry(
                connection,
                **values,
                beneficiary_id=work.before.beneficiary,
                ticket_id=work.ticket_id,
                since=work.at,
                state=WaitingState.WAITING,
                offered_booking_id=None,
                refusals=0,
            )
        provider = known.providers[wish.provider].name if wish.provider else ""
        text = wish_text(wish, known.specialties[wish.specialty].name, provider)
        return Outcome(Event("espera", work.at, order.actor, text=text))

    return _decided(desk, order, decide)


@needs(Permission.READ)
def listed(desk: Desk, ticket: int | None = None) -> list[WaitingRow]:
    """Who is on the list, in its order, with what is offered; without tickets that the actor may not know of.

    Args:
        ticket: Only this ticket.
    """
    with reading(desk.engine) as connection:
        return rows_of(connection, ticket)


@needs(Permission.BOOK)
def accept(desk: Desk, order: Order, answers: Mapping[str, str], text: str = "") -> ActDone:
    """Book the slot that is offered to a ticket, by the action of its step that books.

    Args:
        answers: Answers to the action's fields, as typed; others are ignored.

    Raises:
        Refused: Nothing is offered to it; as the action. The offer stays.
    """
    form = appointments.form_of(desk, order.ticket)
    with reading(desk.engine) as connection:
        found = ticket_row(connection, ticket_id=order.ticket)
        entry = queries.entry_of(connection, order.ticket)
        held = booking_queries.booking(connection, entry.offered) if entry and entry.offered else None
    if found is None or held is None:
        raise Refused("espera_sem_oferta", protocol=form.protocol)
    order = replace(order, seen=found[0].version)  # an answer that somebody else records meanwhile is not overridden
    asked = {rule.key for rule in (*form.at_booking, form.second) if rule}
    return appointments.book(desk, order, held.token, {key: answers[key] for key in answers if key in asked}, text)


@needs(Permission.BOOK)
def refuse(desk: Desk, order: Order, reason: str = "", *, leaves: bool = False) -> ActDone:
    """Record that the offer was refused. The slot goes to the next one; who refused keeps their place.

    Args:
        reason: What was said.
        leaves: Whether they leave the list.

    Raises:
        Refused: There is no such ticket; nothing is offered to it.
    """
    said = written(reason, multiline=True).strip()

    def decide(work: UnitOfWork) -> Outcome:
        entry = queries.entry_of(work.connection, work.ticket_id)
        offer = _free_offer(work, entry)
        if entry is None or offer is None:
            raise Refused("espera_sem_oferta", protocol=work.before.protocol)
        state = WaitingState.LEFT if leaves else WaitingState.WAITING
        values = {"state": state, "offered_booking_id": None, "refusals": entry.refusals + 1}
        rows.update_entry(work.connection, entry.id, **values)
        text = ". ".join(filter(None, (slot_line(offer), said)))
        return Outcome(Event("espera_recusa", work.at, order.actor, text=text))

    return _decided(desk, order, decide)


@needs(Permission.BOOK)
def leave(desk: Desk, order: Order, reason: str = "") -> ActDone:
    """Take a ticket off the list. What is offered to it goes to the next one.

    Raises:
        Refused: There is no such ticket; it is not on the list.
    """
    said = written(reason, multiline=True).strip()

    def decide(work: UnitOfWork) -> Outcome:
        entry = queries.entry_of(work.connection, work.ticket_id)
        if entry is None:
            raise Refused("espera_sem_entrada", protocol=work.before.protocol)
        _free_offer(work, entry)
        rows.update_entry(work.connection, entry.id, state=WaitingState.LEFT, offered_booking_id=None)
        return Outcome(Event("espera_saida", work.at, order.actor, text=said))

    return _decided(desk, order, decide)


@needs(Permission.BOOK)
def offer_code(desk: Desk, code: str, now: datetime) -> bool:
    """Offer the free slot of a code to the first one who fits; whether there is somebody.

    Raises:
        Refused: It is no code of a slot, or one of unknown professionals or places.
    """
    slot = bookings.slot_of(code)
    with reading(desk.engine) as connection:
        known = supplies.supply(connection)
    if slot.provider not in known.providers or slot.site not in known.sites:
        raise Refused("vaga_inexistente", when=slot.starts_at)
    does = frozenset(known.providers[slot.provider].specialties)
    free = FreeSlot(slot.provider, slot.site, known.sites[slot.site].city, does, slot.starts_at)
    return waiting_offers.offer(desk, free, now)


def _decided(work_on: Desk, order: Order, decide: Callable[[UnitOfWork], Outcome]) -> ActDone:
    """An act on the list, whatever others did to the ticket; a slot that it freed is offered after it."""
    done = decided(work_on, replace(order, seen=None), Permission.BOOK, decide)
    waiting_offers.after_act(work_on, order.now)
    return done


def _free_offer(work: UnitOfWork, entry: Entry | None) -> BookingRow | None:
    """Free what is offered, for the next one; None if nothing is."""
    if entry is None or entry.offered is None:
        return None
    bookings.free_hold(work.connection, entry.offered)
    rows.note_freed(work.connection, entry.offered, work.at)
    rows.withdraw_messages(work.connection, work.ticket_id, work.at, texts.OFFER_OVER)
    return booking_queries.booking(work.connection, entry.offered)


def _wish(work: UnitOfWork, known: Supply, asked: WaitingAsked) -> Wish:
    """What is asked for, of what there is.

    Raises:
        Refused: Something is unknown, with the refusals beside `specialty`, `provider`, `city`, `until`.
    """
    wrong = Wrong()
    specialty, provider, city, until = 0, None, "", None
    with wrong.at("specialty"):
        specialty = _specialty(work, known, asked.specialty)
    if typed := asked.provider.strip():
        with wrong.at("provider"):
            provider = _only(known.providers.values(), typed) or providers.provider_named(known, typed).id
    if typed := asked.city.strip():
        with wrong.at("city"):
            cities = sorted({each.city for each in known.sites.values() if each.is_active})
            city = only_city(typed, cities) or ""
            if not city:
                raise Refused("espera_cidade", typed=typed, known=", ".join(cities))
    if asked.until.strip():
        with wrong.at("until"):
            until = typed_day(asked.until)
            if until < work.day:
                raise Refused("espera_dia", day=until)
    wrong.refuse()
    return Wish(specialty, provider, city, until)


def _specialty(work: UnitOfWork, known: Supply, typed: str) -> int:
    """The specialty that is typed, else the one that the ticket asks for."""
    words = typed.strip() or work.before.fields.get(appointments.SPECIALTY, "")
    if not words:
        raise Refused("espera_sem_especialidade", protocol=work.before.protocol)
    return _only(known.specialties.values(), words) or providers.specialty_named(known, words).id


def _only(kept: Iterable[Specialty | Provider], typed: str) -> int | None:
    """The only one in use that has the typed words."""
    found = [each.id for each in kept if each.is_active and fits(typed, each.searched)]
    return found[0] if len(found) == 1 else None
