"""The waiting list in the place of the agenda: who is put on it, what is offered, what is answered."""

import pytest

from atendimento_tui.contracts.bookings import HoldAsked
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.contracts.waiting import WaitingAsked
from atendimento_tui.domain.bookings import SlotKey
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, appointments, bookings, intake, waiting
from atendimento_tui.services.beneficiaries import add_beneficiary
from tests.living import rows
from tests.screens.conftest import USUAL, OpenWindow, no_harm
from tests.screens.test_agenda import WIDE, at_agenda, booking, desk_file, desk_with_doctors, doctors
from tests.small_desk import SmallDesk, local

__all__ = ["booking", "desk_file", "desk_with_doctors", "doctors"]

ANSWERS = {"especialidade": "Cardiologia", "motivo": "Dor"}


def asks(others: SmallDesk, name: str, cpf: str, **answers: str) -> int:
    """A request of somebody; the ticket."""
    desk, now = others.desk, others.clock()
    about = add_beneficiary(desk, now, name=name, cpf=cpf).id
    form = appointments.begin(desk, 1, f"{name}-b", now)
    asked = intake.Intake(form.severity, name, "", "telefone", about, ANSWERS | answers)
    intake.finish(desk, Order(form.ticket, 1, f"{name}-f", now), asked)
    return form.ticket


def offered(others: SmallDesk, doctor: int) -> tuple[int, int]:
    """The first slot is given back while two people wait; their tickets."""
    desk, now = others.desk, others.clock()
    slot = SlotKey(doctor, 1, 1, local(22, 10, 30)).code
    taken = asks(others, "Lia Prado", "111.444.777-35")
    acts.act(desk, Order(taken, 1, "m", now), "marcar", Answer("", {"vaga": slot, "aviso": "lida"}))
    waiters = asks(others, "Rui [b]Reis[/]", "987.654.321-00"), asks(others, "Otávio Prado", "390.533.447-05")
    for ticket in waiters:
        waiting.put(desk, Order(ticket, 1, f"w{ticket}", now), WaitingAsked(city="são paulo"))
    acts.act(desk, Order(taken, 1, "q", now), "desmarcar", Answer("Viajou.", {}))
    return waiters


def test_a_new_request_is_put_on_the_list(open_window: OpenWindow, booking: SmallDesk) -> None:
    window = at_agenda(open_window(size=USUAL)).type("paulo").press_key("tab").type("cardio").rest()
    window.press_key("tab").type("xyz").shows("ponha na lista de espera (e)").press_key("escape").rest()
    window.press_key("down", "l").shows("Ninguém espera por vaga.").forget_toasts()
    window.press_key("e").dialog("WaitDialog").shows("Esperar vaga · protocolo")
    window.type("zulm").shows("Zulmira Quaresma").press_key("enter", "enter").rest()
    window.let_focus(window.app.screen.query_one("#campo-especialidade")).snapshot("agenda-wait-80x24")
    window.let_focus(window.app.screen.query_one("#campo-motivo")).type("Dor")
    window.let_focus(window.app.screen.query_one("#espera-until")).paste("01/01/2026").press_key("ctrl+s")
    window.shows("já passou")
    window.press_key(*["backspace"] * 10).paste("30/04/2026").press_key("ctrl+s").no_dialog().place("TicketScreen")
    window.shows("Cardiologia · qualquer profissional · São Paulo · até 30/04/2026")
    assert rows(booking.desk, "SELECT state, city, refusals FROM waiting_entry") == [("waiting", "São Paulo", 0)]
    no_harm(window)


def test_escape_puts_nobody_on_the_list(open_window: OpenWindow, booking: SmallDesk) -> None:
    window = at_agenda(open_window(size=WIDE)).press_key("down", "e").dialog("WaitDialog").press_key("escape")
    window.no_dialog().shows("Ninguém entrou na lista de espera.")
    assert rows(booking.desk, "SELECT state FROM waiting_entry") == []


def test_the_ticket_of_which_a_slot_is_looked_for_waits(open_window: OpenWindow, booking: SmallDesk) -> None:
    ticket = asks(booking, "Rui Reis", "987.654.321-00")
    window = open_window(size=WIDE).queue()
    window.let(lambda: window.app.show_ticket(ticket))
    window.place("TicketScreen").rest().press("ir.agenda").place("AgendaScreen").rest().press_key("down", "e")
    window.dialog("WaitDialog").does_not_show("Motivo da consulta").press_key("ctrl+s").no_dialog()
    window.place("TicketScreen").shows("Lista de espera: desde qua 22/04/2026 10:00: Cardiologia · qualquer prof")


def test_what_is_offered_is_seen_copied_refused_and_accepted(
    open_window: OpenWindow, booking: SmallDesk, doctors: dict[str, int]
) -> None:
    rui, otavio = offered(booking, doctors["Bia"])
    window = at_agenda(open_window(size=WIDE)).press_key("down", "l").dialog("ChooseDialog")
    window.shows("1º Rui [b]Reis[/] · Cardiologia").shows("oferecida: Cardiologia com Bia [b]Rocha[/]")
    window.press_key("enter").shows("Aceitou: agendar").type("copiar").press_key("enter").no_dialog()
    window.shows("Mensagem copiada")
    assert window.app.clipboard.startswith("Olá, Rui [b]Reis[/]. Abriu uma vaga de Cardiologia com Bia")
    window.press_key("l").dialog("ChooseDialog").press_key("enter").type("recusou").press_key("enter")
    window.dialog("KeepDialog").shows("Continua na lista").press_key("ctrl+s").no_dialog().shows("Recusa registrada")
    assert [each.entry.ticket for each in waiting.listed(booking.desk) if each.offer] == [otavio]
    window.press_key("l").dialog("ChooseDialog").type("otávio").press_key("enter").type("aceitou").press_key("enter")
    window.dialog("BookDialog").shows("Vaga reservada por").shows("a oferta continua").press_key("escape").no_dialog()
    window.shows("A vaga continua oferecida")
    with pytest.raises(Exception, match="vaga_ocupada"):
        bookings.hold(booking.desk, HoldAsked(SlotKey(doctors["Bia"], 1, 1, local(22, 10, 30))), booking.clock())
    window.press_key("l").dialog("ChooseDialog").type("otávio").press_key("enter").type("aceitou").press_key("enter")
    window.dialog("BookDialog").press_key("right").press_key("ctrl+s").dialog("ReadingDialog").press_key("escape")
    window.place("TicketScreen").shows("Consulta marcada")
    window.let(lambda: window.app.show_ticket(rui))
    window.shows("recusou 1")
    assert rows(booking.desk, "SELECT state FROM waiting_entry ORDER BY id") == [("waiting",), ("booked",)]
