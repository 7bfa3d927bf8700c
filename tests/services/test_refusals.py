"""Every refusal has its Portuguese sentence with its values, and no unfilled placeholder."""

import ast
import pickle
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import atendimento_tui
from atendimento_tui.calendar import BeyondCalendarError, NaiveDatetimeError, NeverOpenError
from atendimento_tui.data.unavailable import DatabaseUnavailable
from atendimento_tui.domain.refusals import Refused, UserFacingError
from atendimento_tui.services.refusals import refusal_of
from atendimento_tui.terminal import NoTerminal
from atendimento_tui.texts import refusals
from atendimento_tui.texts.refusals import codes, sentence

OF_LINES = {
    "linha_incompleta",
    "rotulo_fora_do_mapa",
    "instante_ilegivel",
    "aspas_abertas",
    "campo_longo",
    "linha_longa",
    "caso_longo",
}
"""What is told of one line of a log, behind its number."""

SOURCES = Path(atendimento_tui.__file__).parent
CODED = {"Refused", "Refusal", "DatabaseUnavailable"}


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    """The modules that name a refusal."""
    texts = {path: path.read_text("utf-8") for path in sorted(SOURCES.rglob("*.py"))}
    return [(path, ast.parse(text)) for path, text in texts.items() if any(name in text for name in CODED)]


@cache
def calls() -> list[tuple[Path, ast.Call]]:
    """Every place in the source that raises a refusal."""
    return [
        (path, node)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CODED
    ]


@cache
def raised() -> dict[str, set[str]]:
    """Code -> the values that come with it, of every no whose code is written where it is raised."""
    found: dict[str, set[str]] = {}
    for _, call in calls():
        if isinstance(call.args[0], ast.Constant):
            given = {word.arg or "**" for word in call.keywords}
            for values in call.args[1:]:  # of a `Refusal`, a mapping
                assert isinstance(values, ast.Dict)
                given |= {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
            found.setdefault(str(call.args[0].value), set()).update(given)
    return found


def test_the_scan_of_the_source_finds_the_refusals() -> None:
    assert len(raised()) > 30
    assert {"ja_e_seu", "banco_ocupado", "mapa_invalido", "instante_sem_fuso"} <= raised().keys()


def test_codes_that_are_not_written_where_they_are_raised_are_few() -> None:
    """Each has its own test: what is wanted in a text, SQLite's reasons, names put in for ids, free slots added."""
    places = [path.name for path, call in calls() if not isinstance(call.args[0], ast.Constant)]
    handed_on = {"refusals.py", "text_files.py", "forms.py"}  # `settings_folder` and a child process hand codes on
    assert set(places) - handed_on <= {
        "acts.py",
        "bookings.py",
        "deciding.py",
        "engine.py",
        "processes.py",
        "written.py",
    }


def test_every_code_has_its_sentence() -> None:
    elsewhere = {"comentario_vazio", "motivo_vazio", *NoTerminal}
    reasons = [(SOURCES / "data" / "backend" / name).read_text("utf-8") for name in ("sqlite.py", "postgresql.py")]
    of_databases = {code for text in reasons for code in re.findall(r'"((?:banco|disco)_\w+)"', text)}
    assert len(of_databases) > 9
    assert raised().keys() | elsewhere | OF_LINES | of_databases | {"arquivo_nao_grava"} <= codes()


def test_the_values_of_a_sentence_come_with_its_code() -> None:
    missing: dict[str, set[str]] = {}
    for code in raised().keys() & codes():
        wanted = set(re.findall(r"{(\w+)}", refusals._SENTENCES[code]))  # noqa: SLF001 - a table that must be complete
        given = raised()[code] | ({"path", "detail", "seconds"} if code.startswith("banco_") else set())
        if not wanted <= given:
            missing[code] = wanted - given
    assert missing == {}


def test_every_sentence_is_portuguese_and_complete() -> None:
    sentences = {code: sentence(code, {}) for code in codes()}
    not_so = re.compile(r"{|\b(the|error|failed|file|is not|invalid|database)\b", re.IGNORECASE)
    assert {code: text for code, text in sentences.items() if not_so.search(text)} == {}
    without_end = {code for code, text in sentences.items() if not text.endswith((".", ")", "?", "!", "help"))}
    assert without_end <= OF_LINES


def test_values_in_sentences_are_formatted_for_users() -> None:
    at = datetime(2026, 3, 2, 9, 30, 5, tzinfo=UTC)
    text = sentence("mudou", {"protocol": "20260302000001", "actor": None, "kind": "pausado", "at": at})
    assert "20260302.000001 mudou enquanto você o via: sistema pausou às 09:30:05 de 02/03/2026" in text
    assert "já está cancelado" in sentence("encerrado", {"protocol": "1", "state": "cancelado"})
    assert "—" in sentence("ja_tem_responsavel", {"protocol": "1", "owner": None})


def test_long_texts_of_people_are_cut_in_sentences() -> None:
    assert len(sentence("horario_invalido", {"text": "x" * 2**20, "problem": ("never_open", {})})) < 300
    assert len(sentence("pessoa_desconhecida", {"name": "x" * 2**20, "known": "Ana"})) < 300


def test_texts_of_people_are_shown_unchanged() -> None:
    text = sentence("ja_tem_responsavel", {"protocol": "1", "owner": "{0} {name!r} %s"})
    assert text.startswith("{0} {name!r} %s já assumiu")


def test_an_unknown_code_still_gives_a_sentence() -> None:
    text = sentence("mapa_invalido", {"path": "m.toml", "place": "x", "problem": ("some_new_type", {"ctx": 1})})
    assert "“x”: não é válido." in text


def test_refusals_of_a_calendar_have_a_sentence_and_faults_do_not() -> None:
    for error in (
        BeyondCalendarError.openings(before=False),
        BeyondCalendarError.years(),
        NeverOpenError("never_open", "x"),
    ):
        refusal = refusal_of(error)
        assert refusal
        assert refusal[0] in codes()
    assert refusal_of(NaiveDatetimeError("naive_datetime", "x")) is None


@pytest.mark.parametrize("kind", [Refused, DatabaseUnavailable])
def test_a_refusal_survives_pickling(kind: type[UserFacingError]) -> None:
    sent = pickle.loads(pickle.dumps(kind("banco_ocupado", seconds=10)))
    assert (type(sent), refusal_of(sent)) == (kind, ("banco_ocupado", {"seconds": 10}))
