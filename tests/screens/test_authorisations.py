"""The place of guias: one search, the state, who was told; and the intake that continues an ended ticket."""

import pytest

from atendimento_tui.services import procedures
from atendimento_tui.texts import formats
from tests.driver import Window
from tests.living import rows
from tests.screens.conftest import NARROW, USUAL, OpenWindow, no_harm
from tests.small_desk import ANA, BRUNO, SmallDesk

BIG = (120, 40)
WHY = {"motivo": "O plano contratado não prevê este procedimento.", "clausula": "Cláusula 12.3"}


@pytest.fixture
def protocols(others: SmallDesk) -> tuple[str, str]:
    """A request that is denied, and one in audit."""
    procedures.include_examples(others.desk, others.clock())
    found = []
    for code, audit in (("40101010", "nao"), ("41001079", "sim")):
        found.append(
            others.begin(
                "solicitacao_procedimento",
                requester="Rui",
                medico="Dra. Íris [/] Prado",
                procedimento=code,
                carater="eletiva",
                classe="demais",
                auditoria=audit,
            )
        )
    others.act(BRUNO, found[0], "negar", **WHY)
    others.act(BRUNO, found[1], "enviar_auditoria")
    return found[0], found[1]


def place(window: Window) -> Window:
    return window.queue().press("ir.escolher").press_key("u").place("GuiasScreen").shows("Digite o protocolo")


def whole(desk: SmallDesk, protocol: str) -> str:
    [(found,)] = rows(desk.desk, "SELECT protocol FROM ticket WHERE id = ?", desk.key_of(protocol))
    return str(found)


def test_the_place_looks_like_this_and_fits(open_window: OpenWindow, protocols: tuple[str, str]) -> None:
    assert protocols
    window = place(open_window(actor=ANA, size=BIG)).type("conceicao").shows("2 Em análise")
    window.press_key("enter").rest()
    for width, height in (BIG, USUAL):
        no_harm(window.resize(width, height).shows("3 Negado"))
        window.snapshot(f"authorisations-{width}x{height}")
    no_harm(window.resize(*NARROW))


def test_a_guia_is_found_and_telling_its_state_is_an_event_also_after_the_end(
    open_window: OpenWindow, others: SmallDesk, protocols: tuple[str, str]
) -> None:
    window = place(open_window(actor=ANA, size=BIG))
    window.type("ninguém [b]").shows("Nenhuma guia com esse protocolo").press_key("ctrl+u")
    window.paste(formats.protocol_groups(whole(others, protocols[0]))).shows("3 Negado").shows("Ninguém perguntou")
    window.press_key("enter", "asterisk").dialog("KeepDialog").shows("3 Negado").press_key("ctrl+s")
    window.shows("Diga a quem foi informada").press_key("escape").no_dialog()
    window.press_key("asterisk").dialog("KeepDialog").type("t").press_key("enter")
    window.paste("A filha, [i]Ana[/i]").press_key("ctrl+s").no_dialog()
    window.shows("Anotado").shows("Negado · telefone · A filha, [i]Ana[/i]")
    assert others.events(protocols[0])[-1] == ("situacao_informada", ANA, "Negado · telefone · A filha, [i]Ana[/i]")
    window.press_key("y").shows("Situação da guia copiada")
    window.press_key("enter").place("TicketScreen").press_key("escape").place("GuiasScreen").shows("3 Negado")


def test_a_denied_request_is_continued_by_a_reanalysis_that_is_filled_in_and_linked(
    open_window: OpenWindow, others: SmallDesk, protocols: tuple[str, str]
) -> None:
    denied = formats.protocol_groups(whole(others, protocols[0]))
    window = place(open_window(actor=ANA, size=BIG)).paste(denied).shows("3 Negado").press_key("enter", "enter")
    window.place("TicketScreen").shows("Continuar em outro").press_key("percent_sign").dialog("ChooseDialog")
    window.shows("Reanálise de negativa").press_key("enter").place("IntakeScreen").shows("Reanálise de negativa")
    window.shows(f"{denied} · 40101010 ECG").press_key("enter")  # the identity is confirmed
    window.let_focus(window.app.screen.query_one("#campo-pedido")).paste("Trouxe o laudo.").press_key("ctrl+s")
    window.shows("Atendimento gravado").does_not_show("nada foi ligado")
    assert others.events(protocols[0])[-1][0] == "ligado"


def test_an_open_request_is_not_continued(open_window: OpenWindow, protocols: tuple[str, str]) -> None:
    window = (
        place(open_window(actor=ANA, size=USUAL)).type("conceicao").shows("2 Em análise").press_key("enter", "home")
    )
    window.shows("Em análise").press_key("percent_sign").shows("Só um atendimento encerrado").no_dialog()
    assert protocols


@pytest.mark.usefixtures("protocols")
def test_an_unknown_protocol_is_warned_of_in_its_field(open_window: OpenWindow) -> None:
    window = open_window(actor=ANA, size=USUAL).queue().press("ir.novo").place("IntakeScreen")
    window.type("reanálise").press_key("enter").shows("Protocolo do pedido negado")
    window.let_focus(window.app.screen.query_one("#campo-original")).type("20200102.00000").rest()
    window.does_not_show("Nenhum atendimento desta mesa").type("9").shows("Nenhum atendimento desta mesa")
    window.press_key("ctrl+u").does_not_show("Nenhum atendimento desta mesa")
