"""Holds and bookings: a place of a slot is never two people's, and a ticket outlives a lost slot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.contracts.bookings import BookingRow, Hold, HoldAsked
from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries import bookings as queries
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.bookings import HELD_FOR, BookingState, SlotKey
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.outputs.agenda import said
from atendimento_tui.services import acts, agenda, appointments, availability, bookings, providers
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.texts.refusals import sentence
from tests.an_agenda import doctor, furnish
from tests.living import ANA, BRUNO, Living, rows
from tests.secret import open_secret
from tests.services.test_processes import ProcessTicket, local

MONDAY = local(13, 8)
TUESDAY = local(14, 8)
ASKED = {"especialidade": "Cardiologia", "motivo": "Palpitações à noite"}
BOOKED = {"aviso": "lida", "encaixe": "", "segunda": ""}


@pytest.fixture
def counter(desk: Desk) -> ProcessTicket:
    """Friday, 10 April, in the morning; one cardiologist, Monday to Friday 8h to 10h, of thirty minutes."""
    life = ProcessTicket(desk, local(10, 10))
    furnish(desk, life.now)
    doctor(desk, "Bia Rocha", now=life.now)
    return life


def slot(at: datetime = MONDAY, provider: int = 1, site: int = 1) -> SlotKey:
    return SlotKey(provider, site, 1, at)


def held(counter: ProcessTicket, at: datetime = MONDAY, clock: datetime | None = None, **more: object) -> Hold:
    asked = HoldAsked(slot(at), **more)  # type: ignore[arg-type]
    return bookings.hold(counter.desk, asked, counter.now, clock=clock)


def refused(counter: ProcessTicket, at: datetime = MONDAY, clock: datetime | None = None, **more: object) -> Refused:
    with pytest.raises(Refused) as raised:
        held(counter, at, clock, **more)
    return raised.value


def asked(counter: ProcessTicket) -> ProcessTicket:
    return counter.open("agendamento", Severity.MEDIUM, **ASKED)


def own(counter: ProcessTicket) -> list[BookingRow]:
    """The bookings of the ticket, the newest first."""
    with reading(counter.desk.engine) as connection:
        return queries.of_ticket(connection, counter.ticket)


def states(counter: ProcessTicket) -> list[tuple[str, datetime]]:
    return [(each.state.value, each.local) for each in own(counter)]


def answered(at: datetime = MONDAY, provider: int = 1) -> dict[str, str]:
    return {**BOOKED, "vaga": slot(at, provider).code}


def book(counter: ProcessTicket, at: datetime = MONDAY, **more: str) -> None:
    act(counter, "marcar", answered(at) | more)


def book_of(counter: ProcessTicket, **how: Any) -> int:
    """Book for a new ticket; its id."""
    provider = how.pop("provider")
    act(asked(counter), "marcar", answered(provider=provider) | how)
    return counter.ticket


def act(counter: ProcessTicket, action: str, answers: dict[str, str]) -> None:
    acts.act(counter.desk, counter.order(), action, Answer("", answers))


def not_done(counter: ProcessTicket, action: str, answers: dict[str, str]) -> str:
    """The code of the refusal of an action; nothing is changed."""
    before = counter.view().history
    with pytest.raises(Refused) as raised:
        act(counter, action, answers)
    assert counter.view().history == before
    return raised.value.code


class TestHolds:
    def test_a_held_slot_is_nobody_elses_and_the_slower_gets_the_next_three(self, counter: ProcessTicket) -> None:
        held(counter)
        slower = refused(counter)
        assert slower.code == "vaga_ocupada"
        slots = slower.values["slots"]
        assert isinstance(slots, tuple)
        assert [at for at, *_ in slots] == [MONDAY + timedelta(minutes=30 * n) for n in (1, 2, 3)]
        assert "08:30 com Bia Rocha (Clínica Centro)" in sentence(slower.code, slower.values)

    def test_what_is_proposed_to_the_slower_is_looked_up_when_others_can_write(
        self, counter: ProcessTicket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writes = []

        def noted(connection: Connection, *about: Any) -> Any:
            writes.append(connection.get_execution_options().get("writes"))
            return agenda.next_slots(connection, *about)

        monkeypatch.setattr("atendimento_tui.services.bookings.next_slots", noted)
        held(counter)
        refused(counter)
        assert writes == [None]

    def test_after_its_time_a_hold_is_the_next_ones(self, counter: ProcessTicket) -> None:
        clock = datetime(2026, 4, 10, 13, tzinfo=UTC)
        first = held(counter, clock=clock)
        assert refused(counter, clock=clock + HELD_FOR - timedelta(seconds=1)).code == "vaga_ocupada"
        second = held(counter, clock=clock + HELD_FOR)
        assert second.token != first.token
        with reading(counter.desk.engine) as connection:
            before = queries.booking(connection, first.booking)
        assert before
        assert before.state is BookingState.EXPIRED

    def test_a_released_slot_is_free_at_once(self, counter: ProcessTicket) -> None:
        first = held(counter)
        assert bookings.release(counter.desk, first.token)
        assert not bookings.release(counter.desk, first.token)
        held(counter)

    @pytest.mark.parametrize(
        ("at", "code"),
        [
            (local(10, 9), "vaga_passada"),
            (local(13, 8, 10), "vaga_inexistente"),
            (local(13, 10), "vaga_inexistente"),
            (local(12, 8), "vaga_inexistente"),
        ],
    )
    def test_what_is_no_open_slot_is_refused(self, counter: ProcessTicket, at: datetime, code: str) -> None:
        assert refused(counter, at).code == code

    def test_a_slot_of_two_places_is_held_twice(self, counter: ProcessTicket) -> None:
        two = doctor(counter.desk, "Íris Prado", capacity=2, now=counter.now)
        for _ in range(2):
            bookings.hold(counter.desk, HoldAsked(slot(provider=two)), counter.now)
        with pytest.raises(Refused, match="vaga_ocupada"):
            bookings.hold(counter.desk, HoldAsked(slot(provider=two)), counter.now)

    def test_a_beneficiary_is_not_in_two_places_at_once(self, counter: ProcessTicket) -> None:
        other = doctor(counter.desk, "Íris Prado", hours="seg-sex 8:15-10:15", now=counter.now)
        person = add_beneficiary(counter.desk, counter.now, name="Rui Reis", cpf="111.444.777-35").id
        held(counter, beneficiary=person)
        twice = HoldAsked(slot(local(13, 8, 15), other), beneficiary=person)
        with pytest.raises(Refused) as raised:
            bookings.hold(counter.desk, twice, counter.now)
        assert raised.value.code == "beneficiario_ocupado"
        assert "Bia Rocha" in sentence(raised.value.code, raised.value.values)

    def test_of_a_secret_appointment_only_the_time_is_told(self, living: Living) -> None:
        secret, desk, now = open_secret(living), living.desk, living.now
        furnish(desk, now)
        one, other = (doctor(desk, name, hours="seg-sex 8-10", now=now) for name in ("Bia Rocha", "Íris Prado"))
        [first, *_] = agenda.lookup(desk, AgendaFilter(doctor="bia"), now).days[0].slots
        own = HoldAsked(slot(first.starts_at, one), secret.beneficiary, secret.ticket)
        bookings.hold(desk, own, now)
        outsider = desk.acting_as(Actor(BRUNO, Role.ATTENDANT, frozenset()))
        with pytest.raises(Refused, match="beneficiario_ocupado") as raised:
            bookings.hold(outsider, HoldAsked(slot(first.starts_at, other), secret.beneficiary), now)
        assert raised.value.values == {"when": first.starts_at, "provider": "outro profissional"}


class TestAppointments:
    def test_a_hold_that_is_gone_before_its_act_is_refused_in_words(
        self, counter: ProcessTicket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def hold(desk: Desk, asked: HoldAsked, now: datetime) -> Hold:
            made = true_hold(desk, asked, now)
            bookings.release(desk, made.token)
            return made

        true_hold = bookings.hold
        monkeypatch.setattr(bookings, "hold", hold)
        asked(counter)
        with pytest.raises(Refused, match="agenda_disputada"):
            appointments.book_code(counter.desk, counter.order(), slot(TUESDAY).code, BOOKED)

    def test_what_somebody_else_has_booked_is_not_moved_unseen(self, counter: ProcessTicket) -> None:
        form = appointments.form_of(counter.desk, asked(counter).ticket)
        book(counter)
        hold = held(counter, TUESDAY, ticket=counter.ticket)
        with pytest.raises(Refused, match="agendamento_mudou"):
            appointments.book(counter.desk, counter.order(), hold.token, BOOKED, shown=form)
        assert states(counter) == [("held", TUESDAY), ("booked", MONDAY)]
        form = appointments.form_of(counter.desk, counter.ticket)
        assert form.moves
        assert form.moves.local == MONDAY
        appointments.book(counter.desk, counter.order(), hold.token, BOOKED, shown=form)
        assert states(counter) == [("booked", TUESDAY), ("moved", MONDAY)]

    def test_a_step_that_somebody_ends_meanwhile_has_nothing_to_cancel(
        self, counter: ProcessTicket, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        book(asked(counter))
        do, others = acts.act, counter.order()

        def slower(*given: Any) -> Any:
            do(counter.desk, others, "desmarcar", Answer("Viajou.", {}))
            return do(*given)

        monkeypatch.setattr(acts, "act", slower)
        with pytest.raises(Refused, match="etapa_nao_desmarca"):
            appointments.cancel(counter.desk, counter.order(), "Não vem.")

    def test_the_counters_day(self, counter: ProcessTicket) -> None:
        """Asked on Friday, booked for Tuesday, told in words, reminded on Monday, attended."""
        asked(counter)
        hold = held(counter, TUESDAY)
        appointments.book(counter.desk, counter.order(), hold.token, BOOKED)
        assert counter.step == "Consulta marcada"
        assert states(counter) == [("booked", TUESDAY)]
        told = " ".join(counter.view().messages[-1].body.split())
        assert told.startswith("Consulta de Cardiologia com Bia Rocha, terça-feira, 14 de abril de 2026, às 8h, em ")
        assert "Rua Um, 14, São Paulo/SP. Traga os exames Protocolo" in told
        aloud = said(replace(own(counter)[0], preparation="Traga os exames."))
        assert "São Paulo. Traga os exames. Protocolo" in aloud
        assert len(counter.view().messages) == 1
        sweep(counter.desk, counter.at(13, 9, 30).now)
        assert "Lembrete: sua consulta com Bia Rocha" in counter.view().messages[-1].body
        counter.at(14, 8).act("compareceu")
        assert counter.step == "Atendido"
        assert states(counter) == [("arrived", TUESDAY)]

    def test_the_act_alone_holds_and_books(self, counter: ProcessTicket) -> None:
        book(asked(counter))
        assert states(counter) == [("booked", MONDAY)]

    def test_a_lost_slot_leaves_the_ticket_in_its_step(self, counter: ProcessTicket) -> None:
        held(counter)
        asked(counter)
        assert not_done(counter, "marcar", answered()) == "vaga_ocupada"
        assert counter.step == "Procurar vaga"
        assert states(counter) == []
        book(counter, TUESDAY)

    def test_the_winner_is_named(self, counter: ProcessTicket) -> None:
        book(asked(counter))
        with pytest.raises(Refused) as raised:
            held(counter)
        assert "Ana Lima foi mais rápido" in sentence(raised.value.code, raised.value.values)

    def test_a_late_confirmation_counts_if_the_place_is_still_free(self, counter: ProcessTicket) -> None:
        asked(counter)
        hold = held(counter, clock=datetime(2026, 4, 10, 13, tzinfo=UTC))
        appointments.book(counter.desk, counter.order(), hold.token, BOOKED)
        assert states(counter) == [("booked", MONDAY)]

    def test_a_late_confirmation_is_refused_if_somebody_has_the_place(self, counter: ProcessTicket) -> None:
        asked(counter)
        hold = held(counter, clock=datetime(2026, 4, 10, 13, tzinfo=UTC))
        held(counter)
        with pytest.raises(Refused, match="vaga_ocupada"):
            appointments.book(counter.desk, counter.order(), hold.token, BOOKED)
        assert counter.step == "Procurar vaga"

    def test_moved_it_keeps_its_history_and_frees_the_former_slot(self, counter: ProcessTicket) -> None:
        book(asked(counter))
        former = own(counter)[0].id
        act(counter, "remarcar", answered(TUESDAY))
        assert states(counter) == [("booked", TUESDAY), ("moved", MONDAY)]
        assert own(counter)[0].moved_from == former
        held(counter)

    def test_a_code_with_another_offset_is_the_same_slot_at_the_hour_of_the_site(self, counter: ProcessTicket) -> None:
        asked(counter)
        act(counter, "marcar", answered(MONDAY.astimezone(UTC)))
        told = dict(counter.view().answers)
        assert (told["Quando"], told["Vaga"]) == ("segunda-feira, 13 de abril de 2026, às 8h", "13/04/2026 08:00")

    def test_what_is_told_is_the_newest_booking_and_counts_its_changes(self, counter: ProcessTicket) -> None:
        ticket = asked(counter).ticket
        with pytest.raises(Refused) as refused:
            bookings.told_appointment(counter.desk, ticket)
        assert refused.value.code == "sem_agendamento"
        book(counter)
        first, changes = bookings.told_appointment(counter.desk, ticket)
        assert (first.local, changes) == (MONDAY, 0)
        act(counter, "remarcar", answered(TUESDAY))
        told, changes = bookings.told_appointment(counter.desk, ticket)
        assert (told.local, changes) == (TUESDAY, 1)

    def test_it_moves_to_a_slot_that_overlaps_its_own(self, counter: ProcessTicket) -> None:
        """The beneficiary's time is handed over, not taken twice."""
        other = doctor(counter.desk, "Íris Prado", hours="seg-sex 8:15-10:15", now=counter.now)
        book(asked(counter))
        at = local(13, 8, 15)
        act(counter, "remarcar", answered(at, other))
        assert states(counter) == [("booked", at), ("moved", MONDAY)]

    def test_a_lost_move_keeps_the_appointment(self, counter: ProcessTicket) -> None:
        held(counter, TUESDAY)
        book(asked(counter))
        assert not_done(counter, "remarcar", answered(TUESDAY)) == "vaga_ocupada"
        assert states(counter) == [("booked", MONDAY)]

    def test_cancelled_with_a_reason_it_is_free(self, counter: ProcessTicket) -> None:
        book(asked(counter))
        counter.act("desmarcar", "Viajou.")
        assert [(each.state, each.reason) for each in own(counter)] == [(BookingState.CANCELLED, "Viajou.")]
        held(counter)

    def test_a_miss_is_known_after_the_hour_only_and_may_be_moved(self, counter: ProcessTicket) -> None:
        book(asked(counter))
        assert counter.refused("faltou") == "agendamento_ainda_nao"
        counter.at(13, 9).act("faltou")
        assert states(counter) == [("missed", MONDAY)]
        act(counter, "remarcar", answered(TUESDAY))
        assert states(counter) == [("booked", TUESDAY), ("moved", MONDAY)]

    def test_a_squeeze_in_needs_a_reason_and_a_place_for_it(self, counter: ProcessTicket) -> None:
        held(counter)
        asked(counter)
        assert not_done(counter, "marcar", answered() | {"encaixe": "Febre"}) == "vaga_ocupada"
        providers.change(counter.desk, providers.PROVIDER, "Bia Rocha", {"squeeze_ins": "1"}, counter.now)
        assert not_done(counter, "marcar", answered()) == "vaga_ocupada_encaixe"
        book(counter, encaixe="Febre alta")
        assert [(each.place, each.reason) for each in own(counter)] == [(2, "Febre alta")]

    def test_a_slot_held_for_one_person_and_booked_for_another_takes_the_time_of_the_latter(
        self, counter: ProcessTicket
    ) -> None:
        rui = add_beneficiary(counter.desk, counter.now, name="Rui Reis", cpf="111.444.777-35").id
        hold = held(counter, beneficiary=rui)
        asked(counter)
        appointments.book(counter.desk, counter.order(), hold.token, BOOKED)
        [booked] = own(counter)
        assert booked.name == "Maria da Conceição"
        other = doctor(counter.desk, "Íris Prado", now=counter.now)
        free = bookings.hold(counter.desk, HoldAsked(slot(provider=other), beneficiary=rui), counter.now)
        bookings.release(counter.desk, free.token)
        with pytest.raises(Refused, match="beneficiario_ocupado"):
            bookings.hold(counter.desk, HoldAsked(slot(provider=other), beneficiary=booked.beneficiary), counter.now)

    def test_a_second_appointment_at_one_time_needs_hours_that_allow_it_and_a_reason(
        self, counter: ProcessTicket
    ) -> None:
        providers.add(
            counter.desk, providers.PROVIDER, {"name": "Íris Prado", "specialties": "Cardiologia"}, counter.now
        )
        hours = {
            "provider": "Íris Prado",
            "site": "Clínica Centro",
            "hours": "seg-sex 8-10",
            "slot": "30",
            "second": "sim",
        }
        availability.add_hours(counter.desk, hours, counter.now)
        book(asked(counter))
        asked(counter)
        assert not_done(counter, "marcar", answered(provider=2)) == "beneficiario_ocupado_pode"
        act(counter, "marcar", answered(provider=2) | {"segunda": "Duas consultas seguidas, a pedido do médico"})
        [booked] = own(counter)
        assert (booked.beneficiary_place, booked.reason) == (2, "Duas consultas seguidas, a pedido do médico")
        asked(counter)
        assert not_done(counter, "marcar", answered() | {"segunda": "Outra"}) == "vaga_ocupada"

    def test_a_hold_for_nobody_is_booked_beside_another_appointment_with_a_reason(self, counter: ProcessTicket) -> None:
        """As F4 does: the slot is held before it is known for whom."""
        desk = counter.desk
        book(asked(counter))
        names = {"name": "Íris Prado", "specialties": "Cardiologia"}
        iris = providers.add(desk, providers.PROVIDER, names, counter.now).key
        hours = {"provider": "Íris Prado", "site": "Clínica Centro", "hours": "seg-sex 8-10", "slot": "30"}
        availability.add_hours(desk, hours | {"second": "sim"}, counter.now)
        hold = bookings.hold(desk, HoldAsked(slot(provider=iris)), counter.now)
        asked(counter)
        with pytest.raises(Refused, match="beneficiario_ocupado_pode"):
            appointments.book(desk, counter.order(), hold.token, BOOKED)
        appointments.book(desk, counter.order(), hold.token, BOOKED | {"segunda": "Retorno no mesmo turno"})
        [booked] = own(counter)
        assert (booked.state, booked.beneficiary_place, booked.reason) == (
            BookingState.BOOKED,
            2,
            "Retorno no mesmo turno",
        )

    def test_a_reason_does_not_take_two_appointments_where_the_hours_do_not_allow_it(
        self, counter: ProcessTicket
    ) -> None:
        book(asked(counter))
        iris = doctor(counter.desk, "Íris Prado", now=counter.now)
        hold = bookings.hold(counter.desk, HoldAsked(slot(provider=iris)), counter.now)
        asked(counter)
        with pytest.raises(Refused) as raised:
            appointments.book(counter.desk, counter.order(), hold.token, BOOKED | {"segunda": "Retorno"})
        assert raised.value.code == "beneficiario_ocupado"

    def test_a_second_appointment_is_one_after_the_first_was_cancelled_too(self, counter: ProcessTicket) -> None:
        """It has the second place of the person: another one then needs a reason, and a move takes one place."""
        desk, now = counter.desk, counter.now
        providers.add(desk, providers.PROVIDER, {"name": "Íris Prado", "specialties": "Cardiologia"}, now)
        hours = {"provider": "Íris Prado", "site": "Clínica Centro", "hours": "seg-sex 8-10", "second": "sim"}
        availability.add_hours(desk, hours | {"slot": "30"}, now)
        doctor(desk, "Davi Melo", hours="seg-sex 8:15-10:15", now=now)
        first = book_of(counter, provider=1)
        second = book_of(counter, provider=2, segunda="A pedido do médico")
        counter.ticket = first
        counter.act("desmarcar", "Viajou.")
        asked(counter)
        overlapping = answered(local(13, 8, 15), 3)
        assert not_done(counter, "marcar", overlapping) == "beneficiario_ocupado"
        counter.ticket = second
        act(counter, "remarcar", overlapping)
        moved = own(counter)[0]
        taken = "SELECT DISTINCT place, booking_id FROM occupied WHERE resource = 'beneficiary'"
        assert rows(desk, taken) == [(moved.beneficiary_place, moved.id)]

    def test_a_hold_of_another_ticket_books_nothing_here(self, counter: ProcessTicket) -> None:
        asked(counter)
        hold = held(counter)
        other = counter.ticket
        asked(counter)
        appointments.book(counter.desk, counter.order(), hold.token, BOOKED)
        counter.ticket = other
        with pytest.raises(Refused, match="reserva_perdida"):
            appointments.book(counter.desk, counter.order(BRUNO), hold.token, BOOKED)
        counter.act("desistiu", "Mudou de ideia.", ANA)
        with pytest.raises(Refused, match="etapa_nao_agenda"):
            appointments.book(counter.desk, counter.order(), hold.token, BOOKED)

    def test_an_act_whose_answer_was_lost_is_the_same_one_when_it_is_sent_again(self, counter: ProcessTicket) -> None:
        """Whatever became of the ticket meanwhile."""
        asked(counter)
        desk, hold = counter.desk, held(counter)
        confirm, move, cancel = (counter.order() for _ in range(3))
        again: list[Callable[[], ActDone]] = [
            lambda: appointments.book(desk, confirm, hold.token, BOOKED),
            lambda: appointments.book_code(desk, move, slot(TUESDAY).code, BOOKED),
            lambda: appointments.cancel(desk, cancel, "Viajou."),
        ]
        assert [do().repeated for do in again] == [False] * 3
        before = rows(desk, "SELECT id, state, ticket_id FROM booking ORDER BY id")
        assert [do().repeated for do in again] == [True] * 3
        assert rows(desk, "SELECT id, state, ticket_id FROM booking ORDER BY id") == before
