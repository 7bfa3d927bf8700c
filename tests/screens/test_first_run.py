"""The first run: six questions create a desk."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from atendimento_tui.screens.fields import Row
from tests.driver import Window
from tests.screens.conftest import OpenWindow

ANSWERS = {
    "name": "Unidade [/] Sé",
    "city": "São Paulo",
    "uf": "sp",
    "supervisor": "Zoé Ávila",
    "password": "cavalo certo bateria",
    "again": "cavalo certo bateria",
}


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "new" / "desk.db"


@pytest.fixture
def bare(open_window: OpenWindow, nowhere: Path) -> Window:
    return open_window(nowhere, actor=None, size=(80, 24)).dialog("FirstRunDialog").shows("Seis perguntas")


def test_the_first_question_is_visible_with_its_field(bare: Window) -> None:
    bare.shows("▸ 1. Nome da unidade").shows("Unidade Centro")


def answered(window: Window, **other: str) -> Window:
    for key, text in (ANSWERS | other).items():
        field = window.app.screen.query_one(f"#{key}")
        field.value = text  # type: ignore[attr-defined]
    return window.rest()


def test_the_desk_opens_with_what_was_answered(bare: Window, nowhere: Path) -> None:
    answered(bare).press_key("ctrl+s").no_dialog().queue().shows("Zoé Ávila (supervisão) · Unidade [/] Sé")
    bare.shows("O seu login é zoe.avila.").shows("próximo passo: g p")
    assert nowhere.exists()
    bare.press("ir.novo").shows("Falha técnica").press_key("enter").shows("20260422.000001")


def test_enter_goes_to_the_next_question(bare: Window) -> None:
    for text in ANSWERS.values():
        if text == ANSWERS["supervisor"]:
            bare.press_key("enter", "enter")
        bare.type(text).press_key("enter")
    bare.press_key("enter").no_dialog().shows("Zoé Ávila")


INVALID = [
    ("name", "", "Falta o nome da unidade: escreva-o."),
    ("supervisor", " ", "Falta o nome de quem supervisiona: escreva-o."),
    ("uf", "XX", "Não há unidade da federação “XX”"),
    ("hours", "seg-sex 18:00-09:00", "termina antes de começar"),
    ("hours", "sempre", "“sempre” não é válido"),
    ("ans_registration", "12345", "O registro ANS tem seis dígitos"),
    ("password", "curta", "A senha precisa de ao menos 10 caracteres."),
    ("again", "outra coisa bem longa", "As duas senhas novas não são iguais."),
]
"""Question, invalid answer, and the shown reason."""


def test_an_invalid_answer_is_shown_and_all_answers_stay(bare: Window, nowhere: Path) -> None:
    offered = {key: bare.app.screen.query_one(f"#{key}", Input).value for key in ("hours", "ans_registration")}
    for question, answer, why in INVALID:
        given = ANSWERS | offered | {question: answer}
        answered(bare.does_not_show(why), **given).press_key("ctrl+s").shows(why)
        assert {key: bare.app.screen.query_one(f"#{key}", Input).value for key in given} == given
        assert not nowhere.exists()


def test_all_errors_are_shown_at_their_fields(bare: Window) -> None:
    answered(bare, name="", uf="XX", ans_registration="1").press_key("ctrl+s").shows("corrija o que está marcado")
    shown = {row.id: str(row.query_one(".problem", Static).render()) for row in bare.app.screen.query(Row)}
    wrong = {key: text for key, text in shown.items() if text}
    assert wrong.keys() == {"linha-name", "linha-uf", "linha-ans_registration"}
    assert "“XX”" in wrong["linha-uf"]
    assert bare.app.focused is bare.app.screen.query_one("#name")


def test_escape_exits_without_creating_anything(bare: Window, nowhere: Path) -> None:
    bare.press_key("escape").left(0)
    assert not nowhere.parent.exists()


def test_escape_asks_again_before_typed_answers_are_lost(bare: Window, nowhere: Path) -> None:
    bare.type("Sé").press_key("escape").shows("Esc de novo sai sem criar nada").dialog("FirstRunDialog")
    bare.type(" Velha").press_key("escape").shows("Sé Velha").dialog("FirstRunDialog").press_key("escape").left(0)
    assert not nowhere.parent.exists()


def test_a_corrected_answer_is_not_called_wrong(bare: Window) -> None:
    answered(bare, name="").press_key("ctrl+s").shows("Falta o nome da unidade")
    bare.type("Sé").does_not_show("Falta o nome da unidade")


def test_the_question_with_the_focus_stays_in_sight_when_the_terminal_gets_smaller(bare: Window) -> None:
    bare.let_focus(bare.app.screen.query_one("#again")).shows("▸    Repita a senha")
    bare.resize(60, 20).shows("▸    Repita a senha")


def test_a_database_created_meanwhile_is_not_changed(bare: Window, nowhere: Path) -> None:
    nowhere.parent.mkdir()
    nowhere.write_bytes(b"")
    answered(bare).press_key("ctrl+s").shows("Já existe um banco")


def test_typing_replaces_the_suggested_hours_once(bare: Window) -> None:
    """What somebody has typed over them stays when they come back to the field."""
    hours = bare.app.screen.query_one("#hours", Input)
    bare.let(hours.focus).type("seg-sex 08:00-12:00").press_key("tab", "shift+tab")
    assert hours.value == "seg-sex 08:00-12:00"
    assert bare.type("; sab 08:00-10:00").app.screen.query_one("#hours", Input).value.endswith("12:00; sab 08:00-10:00")
