"""TOML of people: every error has a Portuguese sentence, and texts beyond the limits are refused at once."""

import ast
import inspect
import re
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.process.toml import DEEPEST, LONGEST_WORD, TomlError, read_toml
from atendimento_tui.texts import toml


def error_of(text: str) -> TomlError:
    with pytest.raises(TomlError) as raised:
        read_toml(text)
    return raised.value


def reasons_of_the_reader() -> set[str]:
    """The messages of `tomllib`, read from its source, with `x` for inserted values."""
    parser: Any = tomllib.loads.__module__ and inspect.getmodule(tomllib.loads)
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(parser))):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if isinstance(node, ast.Call) and name in ("suffixed_err", "TOMLDecodeError"):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
                elif isinstance(argument, ast.JoinedStr) and "at " not in ast.unparse(argument):
                    parts = [str(p.value) if isinstance(p, ast.Constant) else "'x'" for p in argument.values]
                    found.add("".join(parts))
    return {reason for reason in found if len(reason) > 5}


def test_every_reason_of_the_parser_is_translated() -> None:
    reasons = reasons_of_the_reader()
    assert len(reasons) > 15
    for reason in reasons:
        assert toml.reason(reason) != "a linha não é TOML", reason


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("nome\n", (1, 5), "falta o sinal ="),
        ("nome = \n", (1, 8), "o valor não é um texto entre aspas"),
        ('nome = "x', (1, 10), "não fecha as aspas"),
        ("a = 1\n[[etapas\n", (2, 9), "o título não fecha com ]]"),
        ('rótulo = "x"', (1, 2), "falta o sinal ="),
        ("a = 1\na = 2\n", (2, 6), "essa palavra já tem um valor"),
        ("[a]\n[a]\n", (2, 3), "o título “a” aparece duas vezes"),
        ("[a.b]\n[a.b]\n", (2, 5), "o título “a.b” aparece duas vezes"),
        ("a = [1, 2", (1, 10), "a lista não fecha com ]"),
        ("a = { b = 1", (1, 12), "a tabela não fecha com }"),
        ("a = 2026-02-31", (1, 5), "essa data não existe"),
        ("a = '\x00'", (1, 6), "o sinal “\\x00” não pode estar aqui"),
        ("a = 1 2", (1, 7), "sobra algo depois do valor"),
        ("", None, ""),
    ],
)
def test_an_error_is_reported_with_its_place(text: str, place: tuple[int, int] | None, reason: str) -> None:
    if place is None:
        assert read_toml(text) == {}
        return
    error = error_of(text)
    assert (error.line, error.column) == place
    assert reason in toml.reason(error.reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = " + "[" * 20_000, "too_deep"),
        ("a = " + "[" * 20_000 + "]" * 20_000, "too_deep"),
        ("a = " + "{a=" * 20_000, "too_deep"),
        ("[" + "a." * 20_000 + "a]", "too_deep"),
        ("a" + ".a" * 20_000 + " = 1", "too_deep"),
        ("a" + ' . "b"' * 20_000 + " = 1", "too_deep"),
        ("a = " + "1" * 5_000, "too_long"),
        ("a = -" + "1_" * 5_000 + "1", "too_long"),
        ("x" * 100_000 + " = 1", "too_long"),
        ('"' * 3 + '\\"' * 100_000, "Expected '='"),
        ('"\\' * 100_000, "Un"),
        ("'" * 100_001, ""),
    ],
)
def test_a_text_beyond_the_limits_is_refused_at_once(text: str, reason: str) -> None:
    """Unchecked, a key of 20,000 parts takes minutes, a deep nesting ends in a traceback."""
    assert error_of(text).reason.startswith(reason)


def test_brackets_in_strings_and_comments_are_not_counted() -> None:
    signs = "[{." * 100
    text = (
        f'# {signs}\na = "{signs}"\nb = """\n{signs} " ""\n{signs}"""\nc = \'{signs}\'\nd = \'\'\'{signs} \' \'\'\'\n'
    )
    assert read_toml(text)["a"] == read_toml(text)["c"] == signs
    assert read_toml("a = " + "[" * DEEPEST + "]" * DEEPEST)
    assert read_toml("a" + ".a" * DEEPEST + " = 1")
    assert read_toml("a = " + "1" * LONGEST_WORD)
    assert read_toml("\n".join(f"a{n} = 1.5" for n in range(200)))


@given(st.text(st.sampled_from("ab=.[]{}\"'\\#\n,1- é"), max_size=40))
def test_it_accepts_what_tomllib_accepts(text: str) -> None:
    """It also refuses what `tomllib` refuses, for the same reason, with a place in the text."""
    assert outcome(tomllib.loads, text) == outcome(read_toml, text)
    if isinstance(outcome(read_toml, text), str):
        actual = error_of(text)
        assert 1 <= actual.line <= text.count("\n") + 1
        assert actual.column >= 1


def outcome(read: Callable[[str], dict[str, Any]], text: str) -> dict[str, Any] | str:
    try:
        return read(text)
    except TomlError as error:
        return error.reason
    except tomllib.TOMLDecodeError as error:
        return re.sub(r" \(at .*\)$", "", str(error))
