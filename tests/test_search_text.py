"""How a search compares typed words with stored texts: names, numbers, apostrophes, hyphens."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.text import is_found, searched, searched_name, searched_words

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["nome"]
FOUND = [(case["guardado"], typed) for case in CASES for typed in case["acha"]]
NOT_FOUND = [(case["guardado"], typed) for case in CASES for typed in case["nao_acha"]]


def finds(typed: str, name: str) -> bool:
    return all(is_found(word, searched_name(name)) for word in searched_words(typed))


@pytest.mark.parametrize(("name", "typed"), FOUND)
def test_a_name_is_found_in_usual_spellings(name: str, typed: str) -> None:
    assert finds(typed, name)


@pytest.mark.parametrize(("name", "typed"), NOT_FOUND)
def test_a_name_is_not_found_by_another(name: str, typed: str) -> None:
    assert not finds(typed, name)


@pytest.mark.parametrize("apostrophe", "'’‘‛`´ʼʻʹ′＇")
def test_all_kinds_of_apostrophes_are_equal(apostrophe: str) -> None:
    written = f"D{apostrophe}Ávila"
    for other in ("D'Ávila", "DAvila", "D Ávila", "d avila"):
        assert finds(written, other)
        assert finds(other, written)


@pytest.mark.parametrize("hyphen", "-‐‑‒–—−")
def test_all_kinds_of_hyphens_are_equal(hyphen: str) -> None:
    written = f"Ana{hyphen}Lúcia Sá{hyphen}Carneiro"
    for other in ("Ana Lúcia Sá Carneiro", "Analúcia Sácarneiro", "ana-lucia sa-carneiro"):
        assert finds(written, other)
        assert finds(other, written)


def test_two_words_match_one_only_as_a_whole() -> None:
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
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert finds(text, text)
    assert all(word in searched(text) for word in searched_words(text))


@given(st.text(), st.text())
def test_joined_words_are_not_found_by_a_part(name: str, typed: str) -> None:
    """Joined words match only as a whole, not by a part that the name does not contain."""
    plainly = searched(" ".join(name.split()))
    for word in searched_words(typed):
        if word in searched_name(name):
            assert word in plainly or not word.islower()
