"""The place of the outbox: what it shows, and what can be decided there."""

import pytest

from atendimento_tui.data.engine import writing
from atendimento_tui.data.repositories.messages import NewMessage, NewRow, insert_message
from atendimento_tui.services.settings import change_setting
from tests.driver import Window
from tests.living import Living, rows
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow, no_harm
from tests.secret import open_secret
from tests.small_desk import CELIA, TODAY, SmallDesk

HOSTILE = "[/] =1+1 \u202e '; DROP"
WRITTEN = (
    ("email", "Contestação", "incerto", "contas@plano.com.br"),
    ("email", HOSTILE, "recusado", "x@plano.com.br"),
    ("email", "Prazo", "pendente", "ana@exemplo.com.br"),
    ("whatsapp", "", "em mãos", ""),
    ("email", "Protocolo", "enviado", "ana@exemplo.com.br"),
)


@pytest.fixture
def written(others: SmallDesk) -> SmallDesk:
    """Messages in several states, on a desk that sends."""
    change_setting(others.desk, "smtp_servidor", "127.0.0.1", TODAY)
    change_setting(others.desk, "smtp_maquinas", "outra", TODAY)
    [(ticket,)] = rows(others.desk, "SELECT min(id) FROM ticket WHERE is_open")
    with writing(others.desk.engine) as connection:
        for channel, subject, state, address in WRITTEN:
            message = NewMessage(ticket, 1, "", "solicitante", channel, subject, "Olá, coração.", TODAY, None)
            insert_message(connection, message, [NewRow({}, state, address, None)])
    return others


def outbox(window: Window) -> Window:
    return window.queue().press("ir.escolher").press_key("s").place("OutboxScreen").shows("incerta")


def state_of(written: SmallDesk, number: int) -> str:
    return str(rows(written.desk, "SELECT state FROM addressee WHERE id = ?", number)[0][0])


@pytest.mark.usefixtures("written")
def test_it_looks_like_this_and_fits(open_window: OpenWindow) -> None:
    window = outbox(open_window(actor=CELIA, size=NARROW))
    no_harm(window)
    no_harm(window.resize(*WIDE))
    no_harm(window.resize(*USUAL).snapshot("outbox-80x24"))
    window.press_key("t").shows("enviada")
    for size in (USUAL, WIDE, NARROW):
        no_harm(window.resize(*size))


@pytest.mark.usefixtures("written")
def test_the_header_tells_a_supervisor_what_did_not_leave(open_window: OpenWindow) -> None:
    outbox(open_window(actor=CELIA)).shows("2 mensagens não saíram")


def test_a_message_of_a_secret_ticket_leaves_the_list_when_another_takes_the_window(
    open_window: OpenWindow, written: SmallDesk
) -> None:
    secret = open_secret(Living(written.desk, written.clock()))
    with writing(written.desk.engine) as connection:
        message = NewMessage(secret.ticket, 1, "", "solicitante", "email", "Quetzalcoatl", "Olá.", TODAY, None)
        insert_message(connection, message, [NewRow({}, "incerto", "outra@exemplo.com.br", None)])
    window = outbox(open_window(actor=CELIA, size=WIDE)).shows("outra@exemplo.com.br")
    window.press("geral.pessoa").dialog("ChooseDialog").type("ana").press_key("enter").no_dialog()
    window.does_not_show("outra@exemplo.com.br").shows("contas@plano.com.br")


def test_a_doubt_is_asked_about_before_it_is_sent_again(open_window: OpenWindow, written: SmallDesk) -> None:
    window = outbox(open_window(actor=CELIA)).press_key("home")
    window.press_key("r").dialog("ChooseDialog").shows("Pode ter saído").press_key("escape").no_dialog()
    assert state_of(written, 1) == "incerto"
    window.press_key("r").dialog("ChooseDialog").press_key("down").press_key("enter").no_dialog()
    window.shows("volta para a fila")
    assert state_of(written, 1) == "pendente"


def test_an_address_is_corrected_and_a_message_is_given_up(open_window: OpenWindow, written: SmallDesk) -> None:
    window = outbox(open_window(actor=CELIA)).press_key("home").press_key("down")
    window.press_key("e").dialog("KeepDialog").press_key("ctrl+a").paste("sem arroba").press_key("ctrl+s")
    window.shows("não é um endereço de e-mail").press_key("escape").no_dialog()
    window.press_key("d").dialog("KeepDialog").paste("Já falei com ela").press_key("ctrl+s").no_dialog()
    assert state_of(written, 2) == "desistido"
    assert "Já falei com ela" in rows(written.desk, "SELECT reply FROM addressee WHERE id = 2")[0][0]


def test_a_message_by_hand_gives_its_link_and_is_confirmed(open_window: OpenWindow, written: SmallDesk) -> None:
    window = outbox(open_window(actor=CELIA)).press_key("t").shows("para entregar à mão").press_key("home")
    window.press_key("down")  # the newest is the first
    window.press_key("w").shows("Link copiado")
    window.press_key("m").dialog("KeepDialog").paste("no balcão").press_key("ctrl+s").no_dialog()
    assert state_of(written, 4) == "entregue"


def test_answers_and_attempts_are_noted_in_the_ticket(open_window: OpenWindow, written: SmallDesk) -> None:
    window = open_window(actor=CELIA).queue().press("fila.abrir").place("TicketScreen").press_key("ampersand")
    window.dialog("ChooseDialog").press_key("end").press_key("enter").dialog("ReasonDialog")
    window.type("Zilá, por telefone").press_key("enter").paste("É devida [/].").press_key("ctrl+s").no_dialog()
    window.shows("Resposta anotada")
    window.press_key("colon").dialog("ChooseDialog").press_key("down").press_key("enter").dialog("ReasonDialog")
    window.paste("Caixa postal").press_key("ctrl+s").no_dialog().shows("Contato anotado")
    texts = [text for (text,) in rows(written.desk, "SELECT text FROM event WHERE kind IN ('recebida', 'tentativa')")]
    assert texts == ["Zilá, por telefone\nÉ devida [/].", "por telefone: não conseguiu falar\nCaixa postal"]
