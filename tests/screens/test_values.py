"""Stored answers are shown in fields as people type them; a telephone needs its area code."""

from pathlib import Path

import pytest

from atendimento_tui.domain.words import Severity
from atendimento_tui.services import processes
from tests.every_type import EVERY_TYPE_PROCESS
from tests.living import rows
from tests.screens.conftest import OpenWindow
from tests.screens.test_ticket import opened
from tests.small_desk import SmallDesk

VALUE = Path(__file__).parents[1] / "processes" / "valor.toml"


@pytest.fixture
def bill(others: SmallDesk) -> str:
    processes.include_file(others.desk, VALUE)
    answers = {"quanto": "R$ 150,50", "nn": "1,5", "doc": "529.982.247-25", "volta_em": "01/02/2026"}
    return others.begin("valor", severity=Severity.CRITICAL, **answers)


def kept(others: SmallDesk, ticket: str) -> dict[str, str]:
    query = "SELECT key, text FROM field_value WHERE ticket_id = ? ORDER BY id"
    return {str(key): str(text) for key, text in rows(others.desk, query, others.key_of(ticket))}


WAS = {"quanto": "15050", "nn": "1.5", "doc": "52998224725", "volta_em": "2026-02-01"}


def test_an_unchanged_answer_is_stored_unchanged(open_window: OpenWindow, others: SmallDesk, bill: str) -> None:
    window = opened(open_window(), bill).shows("Quanto: R$ 150,50").shows("CPF: ***.982.247-**")
    window.press_key("v").dialog("ActDialog").shows("150,50").shows("***.982.247-**").shows("01/02/2026")
    window.does_not_show("15050").does_not_show("529.982").press_key("ctrl+s").no_dialog()
    window.press_key("n").dialog("ActDialog").shows("1,5").press_key("ctrl+s").no_dialog().rest()
    assert kept(others, bill) == WAS


def test_a_changed_answer_is_parsed_as_at_intake(open_window: OpenWindow, others: SmallDesk, bill: str) -> None:
    window = opened(open_window(), bill).press_key("v").dialog("ActDialog").shows("150,50")
    window.press_key("home").type("1.").press_key("tab", "ctrl+u").paste("111.444.777-35").press_key("ctrl+s")
    window.no_dialog().shows("Quanto: R$ 1.150,50").shows("CPF: ***.444.777-**")
    assert kept(others, bill) == WAS | {"quanto": "115050", "doc": "11144477735"}


def test_a_telephone_without_area_code_is_refused_with_that_of_the_unit(
    open_window: OpenWindow, others: SmallDesk, tmp_path: Path
) -> None:
    path = tmp_path / "tudo.toml"
    path.write_text(EVERY_TYPE_PROCESS.replace("Campo telefone", "Fone"), "utf-8")
    processes.include_file(others.desk, path)
    window = open_window(size=(120, 60)).queue().press("ir.novo").shows("Tudo").type("tudo").press_key("enter")
    window.shows("Fone")
    window.let(lambda: window.app.screen.query_one("#campo-c_telefone").focus()).type("3333-4444").press_key("tab")
    window.shows("Falta o DDD em “Fone”: escreva-o na frente de “3333-4444”. Na região desta unidade é 11.")
