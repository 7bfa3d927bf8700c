"""Other systems in an open ticket, by keys: a number is added, its repeat is told, it is removed; a block is copied."""

import pytest

from tests.full import some
from tests.screens.conftest import NARROW, USUAL, OpenWindow
from tests.screens.test_ticket import opened
from tests.small_desk import SmallDesk


@pytest.mark.parametrize("size", some([(130, 40), USUAL], 1))
def test_a_number_is_added_its_repeat_is_told_and_it_is_removed(
    open_window: OpenWindow, others: SmallDesk, size: tuple[int, int]
) -> None:
    one = others.begin("falha_tecnica", produto="Laudo", descricao="Não abre")
    two = others.begin("falha_tecnica", produto="Agenda", descricao="Não fecha")
    window = open_window(size=size)
    for protocol in (one, two):
        opened(window, protocol).press("atendimento.numeros").dialog("ChooseDialog").type("anotar erp")
        window.press_key("enter").dialog("NumberDialog").shows("em ERP Solus").type("2026[/b]417").press_key("enter")
        window.no_dialog().shows("ERP Solus: 2026[/b]417")
        if protocol == two:
            window.shows("já está em outro atendimento")
        else:
            window.forget_toasts().press_key("escape").place("QueueScreen")
    if size == USUAL:
        window.press_key("tab")
    window.forget_toasts().shows("também em").press("atendimento.numeros").dialog("ChooseDialog").type("retirar")
    window.press_key("enter")
    window.no_dialog().shows("número retirado").does_not_show("também em")


def test_a_block_is_copied_and_a_refused_number_stays_typed(open_window: OpenWindow, others: SmallDesk) -> None:
    protocol = others.begin("falha_tecnica", subject="Ação", produto="Laudo", descricao="Não abre")
    window = opened(open_window(size=NARROW), protocol)
    window.press("atendimento.numeros").dialog("ChooseDialog").type("copiar crm").press_key("enter").no_dialog()
    window.shows("enviado à área de transferência")
    assert window.app.clipboard.splitlines()[2] == "Hospital São Lucas"
    window.press("atendimento.numeros").dialog("ChooseDialog").type("anotar crm").press_key("enter")
    window.dialog("NumberDialog").type("--").press_key("enter").shows("Falta o número").type("9").press_key("enter")
    window.no_dialog().shows("CRM: --9")
