"""An open ticket: copying, and going to a mentioned ticket."""

from atendimento_tui.contracts.tickets import TicketView
from atendimento_tui.screens.tickets.screen import TicketScreen
from tests.driver import Window
from tests.small_desk import BRUNO, SmallDesk


def opened(window: Window, others: SmallDesk, protocol: str, text: str) -> Window:
    others.comment(BRUNO, protocol, text)
    return window.press_key("enter").shows(text.split()[0])


def whole(short: str) -> str:
    return f"326305.2026{short}"


def test_a_key_opens_the_ticket_of_a_mentioned_protocol(
    desk: Window, others: SmallDesk, tickets: dict[str, str]
) -> None:
    window = opened(desk, others, tickets["critical"], f"Igual ao {whole(tickets['warning'])}, veja.")
    window.press("atendimento.citado").shows("Relatório não abre").shows(f"{whole(tickets['warning'])} ·")
    window.press("atendimento.voltar").shows("Servidor fora do ar")


def test_a_ticket_that_is_closed_right_after_an_act_is_shown_no_more(
    desk: Window, others: SmallDesk, tickets: dict[str, str]
) -> None:
    ticket = opened(desk, others, tickets["critical"], "Veja.").app.screen
    assert isinstance(ticket, TicketScreen)
    assert ticket.view

    async def act_and_go_back(view: TicketView) -> None:
        ticket.take(view)
        desk.app.pop_screen()

    desk.do(act_and_go_back(ticket.view))
    desk.rest().queue()


def test_several_mentioned_protocols_are_offered_and_none_is_reported(
    desk: Window, others: SmallDesk, tickets: dict[str, str]
) -> None:
    named = f"Como {whole(tickets['warning'])} e {whole(tickets['late'])} e {whole(tickets['critical'])}"
    window = opened(desk, others, tickets["critical"], named).press("atendimento.citado").dialog("ChooseDialog")
    window.type("duplicidade").press_key("enter").no_dialog().shows("Boleto em duplicidade")
    window.press("atendimento.citado").shows("Nenhum outro atendimento é citado aqui.")


def test_protocol_line_and_history_can_be_copied(desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
    window = opened(desk, others, tickets["critical"], "Trocado o [cabo].\nSegunda linha.")
    window.press("fila.copiar").dialog("ChooseDialog").press_key("enter").no_dialog()
    assert window.app.clipboard == "32630520260422000001"
    window.press("fila.copiar").dialog("ChooseDialog").type("cabo").press_key("enter").no_dialog()
    assert "Trocado o [cabo]." in window.app.clipboard
    assert "Célia Prado" not in window.app.clipboard
    window.press("fila.copiar").dialog("ChooseDialog").type("historico").press_key("enter").no_dialog()
    assert [line for line in window.app.clipboard.splitlines() if "Célia Prado abriu" in line]
    assert "Trocado o [cabo]." in window.app.clipboard
