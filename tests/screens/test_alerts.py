"""Alerts at the window: in header, queue and ticket, until somebody acknowledges them; and saved e-mails."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from atendimento_tui.services import alerts, presence, received
from tests.screens.conftest import NARROW, USUAL, WIDE, BlockService, OpenWindow, no_harm
from tests.screens.test_outbox import outbox
from tests.screens.test_outbox import written as written
from tests.small_desk import ANA, BRUNO, CELIA, RECEPTION, SmallDesk

FROM = "Zilá [/] \u202e, por telefone"


@pytest.fixture
def answered(others: SmallDesk) -> str:
    """A ticket of Ana, to which Bruno recorded an answer."""
    protocol = others.open("Cobrança em dobro", group=RECEPTION, owner=ANA)
    order = others._order(BRUNO, protocol)  # noqa: SLF001
    received.receive_pasted(others.desk, order, None, FROM, "Pode descontar.")
    return protocol


def saved(folder: Path, subject: str = "Resposta") -> Path:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "contas@plano.exemplo.br", subject, "<r@plano.exemplo.br>"
    made.set_content("É devida [/].")
    path = folder / "resposta.eml"
    path.write_bytes(made.as_bytes())
    return path


@pytest.mark.parametrize("size", [WIDE, USUAL, NARROW])
def test_an_alert_is_shown_in_queue_header_and_ticket_until_it_is_acknowledged(
    open_window: OpenWindow, others: SmallDesk, answered: str, size: tuple[int, int]
) -> None:
    window = open_window(size=size).queue()
    window.let(window.app.read_alerts).rest()
    if size != NARROW:
        window.shows("Um alerta").shows("! Cobrança")
    no_harm(window)
    window.press_key("f7").dialog("ChooseDialog").shows("recebeu uma resposta").press_key("enter")
    window.place("TicketScreen").shows("! Alerta de").shows("Ciente")
    if size == USUAL:
        window.snapshot("ticket-alert-80x24")
    order = others._order(BRUNO, answered)  # noqa: SLF001
    assert order.actor
    presence.Visit(order.ticket).note(others.desk, order.actor, others.clock())
    window.shows("Também aqui: Bruno").shows("! Alerta de")
    received.receive_pasted(others.desk, order, None, FROM, "Pode cobrar.")
    window.let(window.app.read_alerts).rest().shows("! 2 alertas, o último de").does_not_show("! Alerta de")
    assert size == NARROW or "2 alertas" in window.lines()[0]
    window.press_key("minus").shows("Ciente anotado no atendimento")
    window.let(window.app.read_alerts).rest().does_not_show("o último de").does_not_show("Um alerta")
    window.press_key("minus").shows("Nenhum alerta deste atendimento espera por você")
    window.press_key("escape").queue().does_not_show("! Cobrança")
    window.press_key("f7").shows("Nenhum alerta espera por você").no_dialog()
    assert answered


def test_an_alert_is_for_whom_it_is(open_window: OpenWindow, answered: str) -> None:
    window = open_window(actor=CELIA).queue()
    window.let(window.app.read_alerts).rest().does_not_show("Um alerta")
    window.press_key("f7").shows("Nenhum alerta espera por você")
    window.press("geral.pessoa").dialog("ChooseDialog").type("ana").press_key("enter").no_dialog().shows("Um alerta")
    window.press("geral.pessoa").dialog("ChooseDialog").type("celia").press_key("enter").no_dialog()
    window.does_not_show("Um alerta")
    assert answered


def test_the_alerts_of_a_former_person_are_not_shown_when_they_come_late(
    open_window: OpenWindow, answered: str, block_service: BlockService
) -> None:
    window = open_window(actor=ANA).queue().press_key("f4").place("AgendaScreen")
    mine = block_service(alerts, "mine")
    window.let(window.app.read_alerts).until(lambda: mine.calls > 0, "the alerts of Ana are being read")
    info = window.app.desk_info
    assert info
    [celia] = [each for each in info.members if each.name == CELIA]
    window.look(lambda: window.app.change_person(celia))
    assert CELIA in window.lines()[0]  # before the next tick
    mine.release()
    window.rest().does_not_show("Um alerta")
    assert answered


@pytest.mark.usefixtures("written")
def test_a_saved_email_is_received_in_the_ticket_and_in_the_outbox(open_window: OpenWindow, tmp_path: Path) -> None:
    path = saved(tmp_path)
    window = open_window(actor=CELIA).queue().press("fila.abrir").place("TicketScreen").press_key("ampersand")
    window.dialog("ChooseDialog").type("salvo").press_key("enter").dialog("PathDialog").type(str(path))
    window.press_key("enter").no_dialog().shows("A resposta está no atendimento").shows("É devida [/].")
    window.press_key("ampersand").dialog("ChooseDialog").type("salvo").press_key("enter").dialog("PathDialog")
    window.type(str(path)).press_key("enter").shows("Esta resposta já está em")
    window.press_key("escape").queue()
    window = outbox(window).press_key("ampersand").dialog("PathDialog").type(str(saved(tmp_path, "sem número")))
    window.press_key("enter").no_dialog().shows("atendimento")
