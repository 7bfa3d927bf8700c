"""The second copy of a bill at the window: one of the beneficiary's bills is chosen before the action is confirmed."""

from datetime import date
from pathlib import Path

import pytest

from atendimento_tui import paths
from atendimento_tui.services.bill_import import import_bills
from tests.full import some
from tests.screens.conftest import USUAL, OpenWindow
from tests.screens.test_ticket import opened
from tests.small_desk import SmallDesk
from tests.some_bills import bill, files, row

CPF = "529.982.247-25"
"""Of the beneficiary of tickets of the small desk."""

LATE, DUE = bill(date(2026, 4, 10), 35090), bill(date(2026, 5, 11), 35090)


@pytest.fixture
def ticket(others: SmallDesk) -> str:
    return others.begin("segunda_via", requester="Conceição [B]")


@pytest.fixture
def listed(others: SmallDesk, ticket: str, tmp_path: Path) -> None:
    assert ticket
    lines = (
        row(CPF, "04/2026", LATE, "350,90", "10/04/2026"),
        row(CPF, "05/2026", DUE, "350,90", "11/05/2026"),
    )
    assert import_bills(others.desk, *files(tmp_path, *lines), others.clock(), lambda *_: None).new == 2


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("size", some([(80, 24), (120, 40)], 0))
def test_a_bill_is_chosen_by_its_month_and_its_line_is_shown_before_it_is_issued(
    open_window: OpenWindow, ticket: str, size: tuple[int, int]
) -> None:
    window = opened(open_window(size=size), ticket).press_key("v").dialog("ChooseDialog")
    window.shows("05/2026 · R$ 350,90 · vence em 11/05/2026").shows("vencido há 12 dias")
    window.type("04/2026").press_key("enter").dialog("ActDialog").shows(LATE.shown[-14:]).press_key("enter").no_dialog()
    window.shows("Ana Lima fez “Emitir a segunda via”").shows(LATE.shown[-14:])
    window.press_key("semicolon").dialog("ChooseDialog").shows("Segunda via de boleto").shows("a imprimir")


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("size", some([(80, 24), (120, 40)], 0))
def test_by_whatsapp_the_link_is_copied_the_paper_is_saved_and_its_path_is_said(
    open_window: OpenWindow, ticket: str, size: tuple[int, int]
) -> None:
    window = opened(open_window(size=size), ticket).press_key("v").dialog("ChooseDialog")
    window.type("05/2026").press_key("enter").dialog("ActDialog").press_key("enter").no_dialog()
    window.press_key("f").dialog("ActDialog").press_key("right", "right", "right").shows("por WhatsApp")
    window.press_key("ctrl+s").no_dialog().shows("Ana Lima fez “Entregue”")
    window.press_key("semicolon").dialog("ChooseDialog").shows("WhatsApp: Linha digitável do seu boleto").press_key(
        "enter"
    )
    window.dialog("ChooseDialog").shows("gravar os arquivos").press_key("enter").no_dialog().shows("Anexe à conversa")
    [saved] = paths.papers_folder().glob("papel-*.pdf")
    assert saved.read_bytes().startswith(b"%PDF")
    window.press_key("semicolon").dialog("ChooseDialog").press_key("enter").dialog("ChooseDialog")
    window.press_key("down", "enter").no_dialog().shows("Entrega anotada")
    window.press_key("semicolon").dialog("ChooseDialog").does_not_show("WhatsApp: Linha")


@pytest.mark.usefixtures("listed")
def test_a_choice_that_was_left_does_not_come_back_with_the_next_one(open_window: OpenWindow, ticket: str) -> None:
    window = opened(open_window(size=USUAL), ticket).press_key("v").dialog("ChooseDialog")
    window.type("04/2026").press_key("enter").dialog("ActDialog").press_key("escape").no_dialog()
    window.press_key("v").dialog("ChooseDialog").type("05/2026").press_key("enter").dialog("ActDialog")
    window.shows(DUE.shown[-14:]).does_not_show(LATE.shown[-14:])


def test_without_bills_it_says_what_to_do(open_window: OpenWindow, ticket: str) -> None:
    window = opened(open_window(size=USUAL), ticket).press_key("v")
    window.shows("Não há boletos importados").no_dialog()
