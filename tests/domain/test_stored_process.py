"""A stored process is read without checks; an included one is checked completely."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from atendimento_tui.calendar.named import CalendarSpec, WrittenWeek
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.stored import FORMAT, read_stored

STORED = Path(__file__).parents[1] / "stored"
"""Texts as desks have stored them, by the version of their format. They are never changed."""

TEXT = (STORED / "format_1" / "newcomer_livro_perdido.toml").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(STORED.rglob("*.toml")), ids=lambda path: path.stem)
def test_every_formerly_stored_process_is_read(path: Path) -> None:
    process = read_stored(path.read_text("utf-8"), int(path.parent.name.removeprefix("format_")))
    assert process.key
    assert process.steps


def test_a_valid_process_is_read_equally_with_and_without_checks() -> None:
    assert read_stored(TEXT, FORMAT) == read_process(TEXT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('titulo = "x"', ""),
        ('faz = { ir = "fim" }', 'faz = { ir = "fim", premia = "leitor" }'),
        ('tipo = "data"', 'tipo = "data"\nfutura = false'),
        ('tipo = "data"', 'tipo = "lua"'),
        ('espera = "leitor"', 'espera = 3'),
        ('criticidade = "baixa"', 'criticidade = "nenhuma"'),
        ('alvo = "4h30"', 'alvo = "4h30"\nbase = "luas"'),
        ('rotulo = "Título"', 'rotulo = "  "'),
        ('canal = "email"', 'canal = "fax"'),
        ('estado = "aguardando"', 'estado = "dormindo"'),
        ("[ao_abrir]", '[novidade.a]\nb = 1\n[ao_abrir]'),
        ('faz = { ir = "fim" }', 'faz = { ir = "fim", define = { acha = 5 } }'),
    ],
)  # fmt: skip
def test_an_unknown_word_of_a_stored_process_is_ignored(old: str, new: str) -> None:
    text = TEXT.replace(old, new)
    process = read_stored(text)
    assert [step.key for step in process.steps] == ["busca", "cobranca", "fim"]
    assert [action.key for action in process.step("cobranca").actions] == ["reposto"]
    assert process.field("titulo").required
    with pytest.raises(KeyError):
        process.field("lua")


@given(st.sampled_from([line for line in TEXT.splitlines() if " = " in line]), st.sampled_from(["9", "[]", '"?"']))
def test_one_invalid_value_removes_no_other_values(line: str, value: str) -> None:
    """An unknown value does not change the rest of the process, unless it is required."""
    word = line.partition(" = ")[0]
    text = TEXT.replace(line, f"{word} = {value}", 1)
    try:
        process = read_stored(text)
    except ValidationError:
        assert word in ("chave", "nome")
        assert TEXT.index(line) < TEXT.index("[prazos")
        return
    assert process.key
    assert len(process.steps) >= 2


def test_a_stored_text_that_is_no_process_is_a_fault() -> None:
    with pytest.raises(ValidationError):
        read_stored("a = 1")
    with pytest.raises(ProcessError):
        read_process("a = 1")


def test_a_stored_calendar_is_read_even_if_it_would_be_refused_now() -> None:
    spec = CalendarSpec.model_validate({"nome": "Teste", "semana": {"seg-sex": ["09:00-18:00"]}})
    stored = spec.model_dump_json().replace('"optional_days":[]', '"optional_days":["Dia do Gato"],"new":1')
    with pytest.raises(ValidationError):
        CalendarSpec.model_validate_json(stored)
    assert WrittenWeek.model_validate_json(stored).hours() == spec.hours()
    assert list(spec.model_dump()) == [
        *("name", "tz", "week", "country", "uf", "optional_days", "half_days", "days", "municipal_days"),
    ]  # the same calendar is known by the same text
