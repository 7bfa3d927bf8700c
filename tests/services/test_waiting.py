"""The waiting list: a slot that is given back goes to who waits, in order, once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Barrier, Thread

import pytest

from atendimento_tui.contracts.bookings import HoldAsked
from atendimento_tui.contracts.waiting import WaitingAsked, WaitingRow
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries import bookings as booking_queries
from atendimento_tui.data.queries import waiting as waiting_queries
from atendimento_tui.data.queries.waiting import freed
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.waiting import OFFERED_FOR
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, appointments, bookings, intake, outbox, waiting, waiting_offers
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.sweep import sweep
from tests.an_agenda import doctor, furnish
from tests.full import some
from tests.living import ANA, BRUNO, rows
from tests.services.test_booking_import import imported as import_app
from tests.services.test_booking_import import line as app_line
from tests.services.test_bookings import ASKED, BOOKED, MONDAY, TUESDAY, slot
from tests.services.test_processes import ProcessTicket, local

NAMES = {
    "Rui Reis": "111.444.777-35",
    "Zulmira Quaresma": "987.654.321-00",
    "Otávio Prado": "390.533.447-05",
}
CLOCK = datetime(2026, 4, 10, 13, tzinfo=UTC)


class Counter(ProcessTicket):
    """A desk with one cardiologist, and tickets of several people."""

    def someone(self, name: str) -> int:
        """A new request of somebody; its ticket."""
        about = add_beneficiary(self.desk, self.now, name=name, cpf=NAMES[name]).id
        form = appointments.begin(self.desk, ANA, f"b{next(self.requests)}", self.now)
        self.ticket = form.ticket
        intake.finish(self.desk, self.order(), intake.Intake(Severity.MEDIUM, name, "", "telefone", about, ASKED))
        return self.ticket

    def waits(self, name: str, **asked: str) -> int:
        """Somebody on the list; the ticket."""
        ticket = self.someone(name)
        waiting.put(self.desk, self.order(), WaitingAsked(**asked))
        self.now += timedelta(minutes=1)
        return ticket

    def of(self, ticket: int) -> "Counter":
        self.ticket = ticket
        return self

    def booked(self, at: datetime = MONDAY, provider: int = 1) -> int:
        """A request that has the slot; its ticket."""
        ticket = self.open("agendamento", Severity.MEDIUM, **ASKED).ticket
        self.take("marcar", at, provider)
        return ticket

    def take(self, action: str, at: datetime, provider: int = 1) -> None:
        """Book the slot by an action of the process."""
        acts.act(self.desk, self.order(), action, Answer("", {**BOOKED, "vaga": slot(at, provider).code}))

    def row(self, ticket: int) -> WaitingRow | None:
        return next(iter(waiting.listed(self.desk, ticket)), None)

    def offers(self) -> list[tuple[int, datetime]]:
        """Who has an offer, and of which slot."""
        return [(each.entry.ticket, each.offer.local) for each in waiting.listed(self.desk) if each.offer]

    def kinds(self, ticket: int) -> list[str]:
        """The events of the list in a ticket's history."""
        return [each.kind for each in self.of(ticket).view().history if each.kind.startswith("espera")]

    def states(self, ticket: int) -> list[str]:
        with reading(self.desk.engine) as connection:
            return [each.state.value for each in booking_queries.of_ticket(connection, ticket)]

    def offer_messages(self) -> list[tuple[object, ...]]:
        """State and words of the messages about offers, of all tickets; the number of the row."""
        return rows(
            self.desk,
            "SELECT state, reply, addressee.id FROM addressee JOIN message ON message.id = message_id JOIN event"
            " ON event.ticket_id = message.ticket_id AND seq = event_seq WHERE kind = 'espera_oferta' ORDER BY 3",
        )

    def entries(self) -> list[tuple[str, int]]:
        return rows(self.desk, "SELECT state, refusals FROM waiting_entry ORDER BY id")


@pytest.fixture
def counter(desk: Desk) -> Counter:
    """Friday, 10 April, in the morning; one cardiologist, Monday to Friday 8h to 10h, of thirty minutes."""
    life = Counter(desk, local(10, 10))
    furnish(desk, life.now)
    doctor(desk, "Bia Rocha", now=life.now)
    return life


def refused(run: object) -> str:
    with pytest.raises(Refused) as raised:
        run()  # type: ignore[operator]
    return raised.value.code


def test_a_cancelled_slot_is_offered_to_the_first_and_booked_by_the_process(counter: Counter) -> None:
    taken = counter.booked()
    rui, zulmira = counter.waits("Rui Reis"), counter.waits("Zulmira Quaresma")
    counter.of(taken).act("desmarcar", "Viajou.")
    assert counter.offers() == [(rui, MONDAY)]
    with pytest.raises(Refused, match="vaga_ocupada"):
        bookings.hold(counter.desk, HoldAsked(slot()), counter.now)
    view = counter.of(rui).view()
    assert view.history[-1].kind == "espera_oferta"
    assert "Cardiologia com Bia Rocha, seg 13/04/2026 08:00, Clínica Centro; vale até" in view.history[-1].text
    [message] = view.messages
    assert message.channel == "whatsapp"
    assert message.body.startswith("Olá, Rui Reis. Abriu uma vaga de Cardiologia com Bia Rocha: segunda-feira, 13 de ")
    assert rows(counter.desk, "SELECT ticket_id FROM alert") == [(rui,)]
    assert counter.kinds(zulmira) == ["espera"]
    waiting.accept(counter.desk, counter.of(rui).order(), {"aviso": "lida", "vaga": "1.1.1@2026-04-14T08:00-03:00"})
    assert (counter.step, counter.states(rui)) == ("Consulta marcada", ["booked"])
    assert counter.row(rui) is None
    assert counter.entries() == [("booked", 0), ("waiting", 0)]
    assert [each[:2] for each in counter.offer_messages()] == [("desistido", "a oferta foi respondida ou acabou")]


def test_a_refused_offer_goes_to_the_next_and_who_refused_keeps_the_place(counter: Counter) -> None:
    taken = counter.booked()
    rui, zulmira = counter.waits("Rui Reis"), counter.waits("Zulmira Quaresma")
    counter.of(taken).act("desmarcar", "Viajou.")
    waiting.refuse(counter.desk, counter.of(rui).order(), "Trabalha nesse dia")
    assert counter.offers() == [(zulmira, MONDAY)]
    assert counter.kinds(rui) == ["espera", "espera_oferta", "espera_recusa"]
    [(was, *_), (now, _, number)] = counter.offer_messages()
    assert (was, now) == ("desistido", "em mãos")
    outbox.confirm_delivered(counter.desk, counter.of(zulmira).order(), int(str(number)), "Por WhatsApp")
    waiting.refuse(counter.desk, counter.of(zulmira).order())
    assert [each[0] for each in counter.offer_messages()] == ["desistido", "entregue"]
    assert counter.offers() == []
    assert rows(counter.desk, "SELECT * FROM freed_slot") == []
    assert [(each.entry.ticket, each.entry.refusals) for each in waiting.listed(counter.desk)] == [
        (rui, 1),
        (zulmira, 1),
    ]
    other = counter.booked(TUESDAY)
    counter.of(other).act("desmarcar", "Viajou.")
    assert counter.offers() == [(rui, TUESDAY)]
    waiting.refuse(counter.desk, counter.of(rui).order(), leaves=True)
    assert counter.row(rui) is None
    assert counter.offers() == [(zulmira, TUESDAY)]
    assert refused(lambda: waiting.refuse(counter.desk, counter.of(rui).order())) == "espera_sem_oferta"
    assert refused(lambda: waiting.leave(counter.desk, counter.of(rui).order())) == "espera_sem_entrada"


def test_an_offer_ends_by_itself_and_goes_on(counter: Counter) -> None:
    taken = counter.booked()
    rui, zulmira = counter.waits("Rui Reis"), counter.waits("Zulmira Quaresma")
    counter.of(taken).act("desmarcar", "Viajou.")
    found = counter.row(rui)
    assert found
    assert found.offer
    assert found.offer.until
    ends = found.offer.until
    assert waiting_offers.pass_on(counter.desk, counter.now, clock=ends - timedelta(seconds=1)) == 0
    assert waiting_offers.pass_on(counter.desk, counter.now, clock=ends) == 1
    assert counter.offers() == [(zulmira, MONDAY)]
    assert counter.kinds(rui) == ["espera", "espera_oferta", "espera_fim"]
    assert counter.states(rui) == ["expired"]
    assert counter.entries() == [("waiting", 0), ("offered", 0)]
    assert [each[0] for each in counter.offer_messages()] == ["desistido", "em mãos"]


def test_an_offer_lasts_four_working_hours(counter: Counter) -> None:
    taken = counter.booked(local(15, 8))
    rui = counter.waits("Rui Reis")
    counter.at(10, 17)
    counter.of(taken).act("desmarcar", "Viajou.")
    assert counter.of(rui).view().history[-1].text.endswith("vale até seg 13/04/2026 12:00")
    assert timedelta(hours=4) == OFFERED_FOR
    taken = counter.booked(MONDAY)
    zulmira = counter.waits("Zulmira Quaresma")
    counter.of(taken).act("desmarcar", "Viajou.")
    assert counter.of(zulmira).view().history[-1].text.endswith("vale até seg 13/04/2026 08:00")


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({}, True),
        ({"city": "paulo"}, True),
        ({"city": "Santos"}, False),
        ({"provider": "bia"}, True),
        ({"provider": "Íris"}, False),
        ({"until": "13/04/2026"}, True),
        ({"until": "12/04/2026"}, False),
        ({"specialty": "acup"}, False),
    ],
)
def test_a_slot_goes_to_whom_it_suits(counter: Counter, asked: dict[str, str], fits: bool) -> None:
    doctor(counter.desk, "Íris Prado", now=counter.now)
    taken = counter.booked()
    rui, zulmira = counter.waits("Rui Reis", **asked), counter.waits("Zulmira Quaresma")
    counter.of(taken).act("desmarcar", "Viajou.")
    assert counter.offers() == [(rui if fits else zulmira, MONDAY)]


def test_what_is_unknown_is_refused_beside_its_field(counter: Counter) -> None:
    counter.someone("Rui Reis")
    asked = WaitingAsked(specialty="Podologia", city="Recife", provider="Zé", until="01/04/2026")
    with pytest.raises(Refused) as raised:
        waiting.put(counter.desk, counter.order(), asked)
    assert {key: each.code for key, each in raised.value.refusal.beside.items()} == {
        "specialty": "oferta_sem_nome",
        "provider": "oferta_sem_nome",
        "city": "espera_cidade",
        "until": "espera_dia",
    }
    assert counter.entries() == []


def test_who_has_an_appointment_then_is_passed_over(counter: Counter) -> None:
    taken = counter.booked()
    rui, zulmira = counter.waits("Rui Reis"), counter.waits("Zulmira Quaresma")
    other = doctor(counter.desk, "Íris Prado", hours="seg-sex 8:15-10:15", now=counter.now)
    [row] = waiting.listed(counter.desk, rui)
    person = row.entry.beneficiary
    bookings.hold(counter.desk, HoldAsked(slot(local(13, 8, 15), other), beneficiary=person), counter.now)
    counter.of(taken).act("desmarcar", "Viajou.")
    assert counter.offers() == [(zulmira, MONDAY)]
    assert counter.entries()[0] == ("waiting", 0)


def test_a_move_frees_the_former_slot_and_who_waits_for_an_earlier_one_moves(counter: Counter) -> None:
    taken = counter.booked()
    counter.booked(TUESDAY)
    early = counter.ticket
    waiting.put(counter.desk, counter.order(), WaitingAsked())
    later = counter.booked(local(16, 8))
    counter.of(later).act("desmarcar", "Viajou.")
    assert counter.offers() == []
    counter.of(taken).take("remarcar", local(15, 8))
    assert counter.offers() == [(early, MONDAY)]
    waiting.accept(counter.desk, counter.of(early).order(), {"aviso": "lida"})
    assert counter.states(early) == ["booked", "moved"]
    assert counter.entries() == [("booked", 0)]


def test_a_ticket_that_ends_or_books_another_slot_leaves_and_its_offer_goes_on(counter: Counter) -> None:
    taken = counter.booked()
    rui, zulmira, otavio = (counter.waits(each) for each in NAMES)
    counter.of(taken).act("desmarcar", "Viajou.")
    assert counter.offers() == [(rui, MONDAY)]
    counter.of(rui).take("marcar", TUESDAY)
    assert counter.states(rui) == ["booked", "cancelled"]
    assert counter.offers() == [(zulmira, MONDAY)]
    counter.of(zulmira).act("sem_vaga", "Nada serve.")
    counter.of(zulmira).act("desistiu", "Mudou de ideia.")
    assert counter.offers() == [(otavio, MONDAY)]
    assert counter.entries() == [("left", 0), ("left", 0), ("offered", 0)]


def test_with_the_supervision_it_is_offered_and_booked_too(counter: Counter) -> None:
    taken = counter.booked()
    rui = counter.waits("Rui Reis")
    counter.of(rui).act("sem_vaga", "Nada serve.")
    counter.of(taken).act("desmarcar", "Viajou.")
    waiting.accept(counter.desk, counter.of(rui).order(), {"aviso": "lida"})
    assert counter.step == "Consulta marcada"


@pytest.mark.parametrize("failing", ["tell_requester", "pass_on"])
def test_a_failing_offer_undoes_no_act_and_the_sweep_offers_later(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    taken = counter.booked()
    rui = counter.waits("Rui Reis")

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(waiting_offers, failing, fail)
        counter.of(taken).act("desmarcar", "Viajou.")
    assert (counter.step, counter.states(taken)) == ("Desmarcada", ["cancelled"])
    assert (counter.offers(), counter.states(rui)) == ([], [])
    sweep(counter.desk, counter.now)
    assert counter.offers() == [(rui, MONDAY)]


def test_a_slot_that_the_app_cancels_is_offered_by_the_next_sweep(counter: Counter, tmp_path: Path) -> None:
    import_app(counter.desk, tmp_path, app_line(at="13/04/2026 08:00"), now=counter.now)
    rui = counter.waits("Rui Reis")
    import_app(counter.desk, tmp_path, app_line(at="13/04/2026 08:00", status="cancelada"), now=counter.now)
    assert counter.offers() == []
    sweep(counter.desk, counter.now)
    assert counter.offers() == [(rui, MONDAY)]


def test_where_nobody_waits_nothing_is_noted(counter: Counter) -> None:
    taken = counter.booked()
    counter.of(taken).act("desmarcar", "Viajou.")
    assert rows(counter.desk, "SELECT * FROM freed_slot") == []


def test_a_slot_that_is_taken_or_over_is_not_offered(counter: Counter) -> None:
    first, second = counter.booked(), counter.booked(TUESDAY)
    rui = counter.waits("Rui Reis", until="12/04/2026")
    counter.of(first).act("desmarcar", "Viajou.")
    counter.of(second).act("desmarcar", "Viajou.")
    assert (counter.offers(), rows(counter.desk, "SELECT * FROM freed_slot")) == ([], [])
    counter.of(rui)
    waiting.put(counter.desk, counter.order(), WaitingAsked())
    held = bookings.hold(counter.desk, HoldAsked(slot()), counter.now)
    assert not waiting.offer_code(counter.desk, slot().code, counter.now)
    bookings.release(counter.desk, held.token)
    assert not waiting.offer_code(counter.desk, slot().code, local(13, 9))
    assert waiting.offer_code(counter.desk, slot().code, counter.now)
    assert counter.offers() == [(rui, MONDAY)]


def test_put_again_it_keeps_its_place_and_waits_for_something_else(counter: Counter) -> None:
    taken = counter.booked()
    rui, _ = counter.waits("Rui Reis", city="santos"), counter.waits("Zulmira Quaresma")
    waiting.put(counter.desk, counter.of(rui).order(), WaitingAsked(city="são paulo"))
    counter.of(taken).act("desmarcar", "Viajou.")
    assert counter.offers() == [(rui, MONDAY)]
    assert refused(lambda: waiting.put(counter.desk, counter.of(rui).order(), WaitingAsked())) == "espera_oferecida"
    waiting.leave(counter.desk, counter.of(rui).order(), "Vai por conta própria")
    assert counter.offers()[0][0] != rui


def test_who_cannot_be_booked_is_not_put_on_the_list(counter: Counter) -> None:
    counter.someone("Rui Reis")
    counter.act("desistiu", "Mudou de ideia.")
    assert refused(lambda: waiting.put(counter.desk, counter.order(), WaitingAsked())) == "encerrado"


def test_two_sweeps_at_once_offer_a_slot_once(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slot has two places, so that only the note of what was given back keeps the second sweep from offering."""
    two = doctor(counter.desk, "Íris Prado", hours="seg 14-15", capacity=2, now=counter.now)
    taken = counter.booked(local(13, 14), two)
    waiters = [counter.waits(each) for each in NAMES]
    with monkeypatch.context() as patched:
        patched.setattr(waiting_offers, "after_act", lambda *_: None)
        counter.of(taken).act("desmarcar", "Viajou.")
    together, made = Barrier(2), []

    def read(connection: Connection) -> list[int]:
        """Both have read the note before one of them acts on it."""
        found = freed(connection)
        together.wait()
        return found

    monkeypatch.setattr(waiting_queries, "freed", read)

    def run() -> None:
        made.append(waiting_offers.pass_on(counter.desk, counter.now))

    threads = [Thread(target=run) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(made) == 1
    assert counter.offers() == [(waiters[0], local(13, 14))]


def test_of_two_attendants_who_answer_at_once_one_is_heard(counter: Counter) -> None:
    taken = counter.booked()
    rui = counter.waits("Rui Reis")
    counter.of(taken).act("desmarcar", "Viajou.")
    together, heard = Barrier(2), list[str]()
    orders = [counter.of(rui).order(each) for each in (ANA, BRUNO)]

    def run(answer: Callable[[], object]) -> None:
        together.wait()
        try:
            answer()
            heard.append("done")
        except Refused as refused:
            heard.append(refused.code)

    answers = (
        lambda: waiting.accept(counter.desk, orders[0], {"aviso": "lida"}),
        lambda: waiting.refuse(counter.desk, orders[1]),
    )
    threads = [Thread(target=run, args=(each,)) for each in answers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    is_booked = counter.states(rui) == ["booked"]
    assert heard.count("done") == 1
    assert counter.entries() == ([("booked", 0)] if is_booked else [("waiting", 1)])


@pytest.mark.parametrize("seed", some(range(8), 0))
def test_in_any_order_of_acts_each_is_offered_a_slot_once_and_in_turn(counter: Counter, seed: int) -> None:
    """Slots are given back, refused, left, answered too late; who is offered one is the first who never was."""
    chance, offered, ends = Random(seed), list[tuple[int, datetime]](), CLOCK
    booked = [(counter.booked(at), at) for at in (MONDAY, TUESDAY)]
    line = [counter.waits(each) for each in NAMES]
    for _ in range(8):
        before = counter.offers()
        choice = chance.choice(("free", "refuse", "refuse", "leave", "late"))
        if choice == "free" and booked:
            ticket, _ = booked.pop()
            counter.of(ticket).act("desmarcar", "Viajou.")
        elif before:
            ticket, _ = chance.choice(before)
            row = counter.row(ticket)
            assert row
            if choice == "refuse":
                waiting.refuse(counter.desk, counter.of(ticket).order())
            elif choice == "leave":
                waiting.leave(counter.desk, counter.of(ticket).order())
                line.remove(ticket)
            elif row.offer and row.offer.until:
                ends = row.offer.until
                waiting_offers.pass_on(counter.desk, counter.now, clock=ends)
        after = counter.offers()
        assert len({at for _, at in after}) == len(after), "two hold one slot"
        for ticket, at in after:
            if (ticket, at) in before:
                continue
            assert (ticket, at) not in offered, "offered again"
            busy = {each for each, _ in before} & {each for each, _ in after}
            could = [each for each in line if (each, at) not in offered and each not in busy]
            assert ticket in could[: 1 + sum(each != at for _, each in after if (_, each) not in before)]
            offered.append((ticket, at))
