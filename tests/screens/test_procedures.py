"""The field of a procedure's code: found as one types, warned of, flags proposed; the look-up from everywhere."""

import pytest

from atendimento_tui.services import procedures
from atendimento_tui.widgets.one_of import OneOf
from tests.driver import Window
from tests.full import some
from tests.screens.conftest import OpenWindow
from tests.small_desk import ANA, SmallDesk

KNEE, ECG = "30726034", "40101010"


@pytest.fixture
def table(others: SmallDesk) -> SmallDesk:
    procedures.include_examples(others.desk, others.clock())
    return others


@pytest.fixture(params=some([(120, 40), (80, 24)], 1), ids=str)
def intake(request: pytest.FixtureRequest, open_window: OpenWindow, table: SmallDesk) -> Window:
    """The form of a request, in the field of the code."""
    assert table.desk
    window = open_window(actor=ANA, size=request.param).queue().press("ir.novo").place("IntakeScreen")
    window.type("procedimento").press_key("enter").shows("Código do procedimento")
    return window.let_focus(window.app.screen.query_one("#campo-procedimento"))


def proposed(window: Window, key: str) -> str:
    return window.app.screen.query_one(f"#campo-{key}", OneOf).value


def test_words_find_a_code_and_its_flags_are_proposed_and_stay_the_persons(intake: Window) -> None:
    intake.type("joe").shows("Artroplastia total de joelho").press_key("enter").shows("sinais de exemplo")
    assert (proposed(intake, "classe"), proposed(intake, "auditoria")) == ("OPME", "sim")
    intake.press_key("ctrl+u").type(ECG).shows("ECG convencional")
    assert (proposed(intake, "classe"), proposed(intake, "auditoria")) == ("demais", "nao")
    intake.let(lambda: setattr(intake.app.screen.query_one("#campo-classe", OneOf), "value", "OPME"))
    intake.press_key("ctrl+u").type("40304361").shows("Hemograma")
    assert proposed(intake, "classe") == "OPME", "who has answered is not overruled"


def test_what_is_wrong_with_a_code_is_said_and_it_can_be_used(intake: Window) -> None:
    intake.type("40101011").shows("o dígito verificador de 40101011 não confere").shows("não está na tabela")
    assert proposed(intake, "auditoria") == ""
    intake.press_key("ctrl+u").type("[/] ação").shows("Nenhum procedimento com essas palavras")


def test_the_arrows_choose_and_esc_hides_the_list_and_keeps_the_text(intake: Window) -> None:
    intake.type("consulta").shows("Consulta em consultório").press_key("escape").does_not_show(
        "Consulta em consultório"
    )
    intake.shows("consulta").type("s").press_key("backspace").shows("Consulta em consultório")
    intake.press_key("down", "enter").shows("sinais de exemplo")


@pytest.mark.usefixtures("table")
def test_the_lookup_opens_from_everywhere_and_copies_the_code(open_window: OpenWindow) -> None:
    window = open_window(actor=ANA, size=(80, 24)).queue().press_key("ctrl+t").dialog("LookupDialog")
    window.shows("duas letras ou mais").type("tomo").press_key("backspace").type("ografia")
    window.type("x").shows("Nenhum procedimento").press_key("ctrl+u").type("tc tor").shows("TC - Tórax")
    window.press_key("enter").shows("PAC: sim").press_key("enter").no_dialog().shows("Código 41001079 copiado")


def test_an_empty_table_says_how_to_fill_it(open_window: OpenWindow) -> None:
    window = open_window(actor=ANA, size=(80, 24)).queue().press_key("ctrl+t").dialog("LookupDialog")
    window.shows("A tabela está vazia").press_key("escape").no_dialog()
