"""How a search compares what people say with what was written: names, numbers, words with apostrophes and hyphens."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.text import is_found, searched, searched_name, searched_words

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["nome"]
FOUND = [(case["guardado"], said) for case in CASES for said in case["acha"]]
NOT_FOUND = [(case["guardado"], said) for case in CASES for said in case["nao_acha"]]


def finds(typed: str, name: str) -> bool:
    return all(is_found(word, searched_name(name)) for word in searched_words(typed))


@pytest.mark.parametrize(("name", "said"), FOUND)
def test_a_name_is_found_as_people_say_it(name: str, said: str) -> None:
    assert finds(said, name)


@pytest.mark.parametrize(("name", "said"), NOT_FOUND)
def test_a_name_is_not_found_by_another(name: str, said: str) -> None:
    assert not finds(said, name)


@pytest.mark.parametrize("apostrophe", "'’‘‛`´ʼʻʹ′＇")
def test_no_shape_of_an_apostrophe_matters(apostrophe: str) -> None:
    written = f"D{apostrophe}Ávila"
    for other in ("D'Ávila", "DAvila", "D Ávila", "d avila"):
        assert finds(written, other)
        assert finds(other, written)


@pytest.mark.parametrize("hyphen", "-‐‑‒–—−")
def test_no_shape_of_a_hyphen_matters(hyphen: str) -> None:
    written = f"Ana{hyphen}Lúcia Sá{hyphen}Carneiro"
    for other in ("Ana Lúcia Sá Carneiro", "Analúcia Sácarneiro", "ana-lucia sa-carneiro"):
        assert finds(written, other)
        assert finds(other, written)


def test_two_words_are_one_only_when_both_are_whole() -> None:
    name = "José Santos Ana"
    assert finds("josesantos", name)
    assert finds("santosana", name)
    for other in ("joses", "sesantos", "josesantosa", "josé santosan"):
        assert not finds(other, name)


@pytest.mark.parametrize("typed", ["123456.20260302.000001", "0302.000001", "12345620260302000001", "20260302."])
def test_a_protocol_is_found_with_its_dots_and_without(typed: str) -> None:
    assert finds(typed, "ver 123456.20260302.000001")
    assert finds(typed, "ver 12345620260302000001.")


@given(st.text())
def test_what_is_written_is_found_by_what_is_written(text: str) -> None:
    assert finds(text, text)
    assert all(word in searched(text) for word in searched_words(text))


@given(st.text(), st.text())
def test_nothing_is_found_in_capitals_by_a_part(name: str, typed: str) -> None:
    """Words written together are a way to be found whole: no part of them is found that the name itself has not."""
    plainly = searched(" ".join(name.split()))
    for word in searched_words(typed):
        if word in searched_name(name):
            assert word in plainly or not word.islower()
