"""The towns of Brazil with their IBGE codes, as published by IBGE."""

from collections.abc import Iterator
from importlib import resources

from atendimento_tui.calendar.town_days import Town
from atendimento_tui.domain.text import folded


def town_of(city: str, uf: str) -> Town:
    """A town by name and state, ignoring case, accents and punctuation. Its code is empty if IBGE has no such town."""
    wanted = _letters(city)
    code = next((code for code, name in _towns(uf) if _letters(name) == wanted), "")
    return Town(city, uf, code)


def town_names(uf: str) -> list[str]:
    """The names of a state's towns, in lower case and without accents."""
    return [name for _, name in _towns(uf)]


def _towns(uf: str) -> Iterator[tuple[str, str]]:
    for line in resources.files("atendimento_tui.data").joinpath("towns.txt").read_text("utf-8").splitlines():
        code, state, name = line.split(" ", 2)
        if state == uf:
            yield code, name


def _letters(name: str) -> str:
    return "".join(c for c in folded(name) if c.isalnum())
