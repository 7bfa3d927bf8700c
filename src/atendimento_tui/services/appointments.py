"""Booking a held slot as the appointment of a ticket, through the ticket's process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.bookings import Appointment, AppointmentForm, BookingRow, HoldAsked
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import Connection, reading, writing
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.repositories import bookings as rows
from atendimento_tui.data.repositories import requests, tickets
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.bookings import SLOT_FACTS, BookingState
from atendimento_tui.domain.process.schema import ActionRule, FieldRule, Process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import SEVERITY
from atendimento_tui.domain.workflow import Answer, values_of
from atendimento_tui.services import acts, beneficiaries, bookings, intake, processes
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk

SPECIALTY = "especialidade"
"""The key of the field whose answer is the specialty that is asked for, as the fact of a slot."""


@needs(Permission.BOOK)
def book(
    desk: Desk,
    order: Order,
    token: str,
    answers: Mapping[str, str] | None = None,
    text: str = "",
    shown: AppointmentForm | None = None,
) -> ActDone:
    """Give a hold to a ticket, and do the action of its step that books it.

    Args:
        order: Which ticket, who, when.
        token: What confirms the hold.
        answers: Further answers to the action's fields, as typed.
        shown: What was asked; an appointment that somebody else has made or moved since then is not moved.

    Raises:
        Refused: There is no such ticket or hold; the ticket's step books nothing; as the action. The hold stays.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.BOOK)
        if done := requests.find_by_request(connection, order.request):
            return done
        found = _booking(connection, desk, order.ticket)
        moves, before = _moved_by(connection, found), shown and shown.moves
        if shown and (moves and moves.id) != (before and before.id):
            raise Refused("agendamento_mudou", protocol=found.ticket.protocol)
        held = queries.with_token(connection, token)
        if held is None or held.state is BookingState.CANCELLED or held.ticket not in {None, order.ticket}:
            raise Refused("reserva_perdida", protocol=found.ticket.protocol)
        rows.update_booking(connection, held.id, ticket_id=order.ticket)
        squeezed_in = {found.squeeze_in: held.reason} if found.squeeze_in and held.reason else {}
        given = {**squeezed_in, **(answers or {}), found.said: held.slot.code}
    return _act(desk, order, found, Answer(text, given))


@needs(Permission.BOOK)
def book_code(
    desk: Desk, order: Order, code: str, answers: Mapping[str, str], *, instead_of: int | None = None
) -> ActDone:
    """Book the slot of a code for a ticket, or move its appointment there, by the action of its step that does so.

    Args:
        answers: Answers to the action's fields, as typed; others are ignored.
        instead_of: The number of the imported booking that is moved there by that; None for none.

    Raises:
        Refused: There is no such ticket; its step books nothing; as the action; as `bookings.hold`.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.BOOK)
        if done := requests.find_by_request(connection, order.request):
            return done
        found = _booking(connection, desk, order.ticket)
    slot = bookings.slot_of(code)
    given = {key: value for key, value in answers.items() if key in found.action.asks}
    answer = Answer("", {**given, found.said: slot.code})
    if instead_of is None:
        return _act(desk, order, found, answer)
    held = bookings.hold(desk, HoldAsked(slot, ticket=order.ticket, instead_of=instead_of), order.now)
    try:
        return _act(desk, order, found, answer)
    except BaseException:
        bookings.release(desk, held.token)
        raise


@needs(Permission.BOOK)
def cancel(desk: Desk, order: Order, reason: str) -> ActDone:
    """Cancel the appointment of a ticket, by the action of its step that frees it.

    Raises:
        Refused: There is no such ticket; its step frees nothing; as the action.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.BOOK)
        if done := requests.find_by_request(connection, order.request):
            return done
        ticket, found = _action(connection, desk, order.ticket, _frees)
    if found is None:
        raise Refused("etapa_nao_desmarca", protocol=ticket.protocol)
    return _act(desk, order, found, Answer(reason, {}), cancels=True)


@needs(Permission.FIND_BENEFICIARY)
def identified(desk: Desk, typed: str, born_on: date) -> BeneficiaryRow:
    """The beneficiary whom a number or name finds, and whose date of birth is this one.

    Raises:
        Refused: Nobody or several people are found, or the date is another one.
    """
    found = beneficiaries.named_beneficiary(desk, typed)
    if found.born_on != born_on.isoformat():
        raise Refused("identidade_nao_confere")
    return found


@needs(Permission.BOOK)
def ask(desk: Desk, asked: Appointment, request: str, now: datetime) -> ActDone:
    """Open a ticket of the service that books appointments. Whether the slot can be booked is not known yet.

    Args:
        asked: What is asked for. A field of the intake that has the name of a fact of the slot takes it as its answer.
        request: The id of the request; the same one again opens nothing new.

    Raises:
        Refused: It is no code of a slot; no service books appointments; as opening a ticket.
    """
    slot, person = bookings.slot_of(asked.slot) if asked.slot else None, desk.actor.person
    form = begin(desk, person, f"{request}:protocolo", now)
    with reading(desk.engine) as connection:
        known = bookings.slot_facts(connection, slot) if slot else None
    facts = {word: fact(known) for word, fact in SLOT_FACTS.items()} if known else {}
    answers = {**facts, **asked.answers}
    details = intake.Intake(
        form.severity,
        asked.requester,
        channel=asked.channel,
        beneficiary=asked.beneficiary,
        answers={rule.key: answers[rule.key] for rule in form.at_opening if rule.key in answers},
    )
    return intake.finish(desk, Order(form.ticket, person, f"{request}:aberto", now), details)


@needs(Permission.BOOK)
def begin(desk: Desk, actor: int | None, request: str, now: datetime) -> AppointmentForm:
    """Take the protocol of a new request for an appointment, and say what it asks.

    The service is the first one offered whose first step books.

    Raises:
        Refused: The desk offers no such service.
    """
    for service in processes.offered(desk):
        process = service.process
        action = next((each for each in process.steps[0].actions if bookings.books(each)), None)
        if action is None:
            continue
        done = intake.begin(desk, service.version, actor, request, now)
        return AppointmentForm(
            done.ticket,
            done.protocol,
            done.version,
            True,
            process.requester == "beneficiario",
            process.default_severity,
            tuple(rule for rule in process.fields if not rule.later),
            _asked_by(process, action),
            process.channels,
            action.label,
            process.fields,
            {SEVERITY: process.default_severity},
            _second(process, bookings.books(action)),
        )
    raise Refused("sem_servico_de_agenda")


@needs(Permission.BOOK)
def resume(desk: Desk, actor: int | None, request: str, now: datetime) -> AppointmentForm:
    """As `begin`. If the request was begun before and its ticket is open by now, what its step asks.

    Raises:
        Refused: As `begin` and `form_of`.
    """
    form = begin(desk, actor, request, now)
    with reading(desk.engine) as connection:
        is_open = bool(_ticket(connection, form.ticket).step)
    return form_of(desk, form.ticket) if is_open else form


@needs(Permission.BOOK)
def form_of(desk: Desk, number: int) -> AppointmentForm:
    """What the step of a ticket asks to book a slot.

    Raises:
        Refused: There is no such ticket, or its step books nothing.
    """
    with reading(desk.engine) as connection:
        found = _booking(connection, desk, number)
        moves = _moved_by(connection, found)
    ticket, process = found.ticket, found.process
    asked = _asked_by(process, found.action)
    second = _second(process, found.said)
    return AppointmentForm(
        number,
        ticket.protocol,
        ticket.version,
        False,
        False,
        process.default_severity,
        (),
        asked,
        (),
        found.action.label,
        process.fields,
        values_of(ticket),
        second,
        moves,
    )


def require_booking_step(connection: Connection, desk: Desk, number: int) -> None:
    """Refuse a ticket whose step books nothing.

    Raises:
        Refused: There is no such ticket, or its step books nothing.
    """
    _booking(connection, desk, number)


def _asked_by(process: Process, action: ActionRule) -> tuple[FieldRule, ...]:
    """The fields of an action, without its slot and the reasons of exceptions."""
    slots = [rule for rule in process.fields if rule.key == bookings.books(action)]
    left_out = {name for rule in slots for name in (rule.key, rule.squeeze_in, rule.second)}
    return tuple(rule for rule in process.fields if rule.key in action.asks and rule.key not in left_out)


def _second(process: Process, slot: str | None) -> FieldRule | None:
    """The field of the reason for a second appointment at that time."""
    name = process.field(slot).second if slot else ""
    return process.field(name) if name else None


def _ticket(connection: Connection, number: int) -> Ticket:
    if ticket_row(connection, ticket_id=number) is None:
        raise Refused("fora_de_vista")
    ticket = tickets.load(connection, number)
    assert ticket, "no ticket is ever deleted"
    return ticket


@dataclass(frozen=True, slots=True)
class _Found:
    """An action of a ticket's step, and what the search says of it."""

    id: int
    ticket: Ticket
    process: Process
    action: ActionRule
    said: str

    @property
    def squeeze_in(self) -> str:
        """The field of the reason of a squeeze-in, of an action that books; empty if it has none."""
        return self.process.field(self.said).squeeze_in


def _moved_by(connection: Connection, found: _Found) -> BookingRow | None:
    """The appointment of a ticket that an action moves; None if it books another one."""
    if not any(effects.move for effects in found.action.does):
        return None
    own = queries.of_ticket(connection, found.id)
    return next((each for each in own if each.state in {BookingState.BOOKED, BookingState.MISSED}), None)


def _act(desk: Desk, order: Order, found: _Found, answer: Answer, *, cancels: bool = False) -> ActDone:
    """Do the action of a ticket's step.

    Raises:
        Refused: As the action; if somebody else's act has ended the step meanwhile, as there is no such action.
    """
    try:
        return acts.act(desk, order, found.action.key, answer)
    except Refused as refused:
        if refused.code in {"acao_desconhecida", "acao_de_outra_etapa"}:
            if cancels:
                raise Refused("etapa_nao_desmarca", protocol=found.ticket.protocol) from None
            raise Refused("etapa_nao_agenda", protocol=found.ticket.protocol) from None
        raise


def _booking(connection: Connection, desk: Desk, number: int) -> _Found:
    """The action of a ticket's step that books a slot.

    Raises:
        Refused: There is no such ticket, or no such action.
    """
    ticket, found = _action(connection, desk, number, bookings.books)
    if found is None:
        raise Refused("etapa_nao_agenda", protocol=ticket.protocol)
    return found


def _action(
    connection: Connection, desk: Desk, number: int, does: Callable[[ActionRule], str | None]
) -> tuple[Ticket, _Found | None]:
    """A ticket, and the action of its step that does this, if there is one.

    Raises:
        Refused: There is no such ticket.
    """
    ticket = _ticket(connection, number)
    process = desk.process_if_any(ticket.process, connection)
    if process and ticket.step:
        for action in process.step(ticket.step).actions:
            if said := does(action):
                return ticket, _Found(number, ticket, process, action, said)
    return ticket, None


def _frees(action: ActionRule) -> str | None:
    return action.key if any(effects.release for effects in action.does) else None
