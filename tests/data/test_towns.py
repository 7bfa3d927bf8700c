"""The towns of Brazil and their IBGE codes."""

import pytest

from atendimento_tui.data.towns import _towns, town_names, town_of
from atendimento_tui.domain.places import ZONE_OF_UF

WITHOUT_CHECK_DIGIT = {
    *("2201919", "2201988", "2202251", "2611533", "3117836", "3152131", "4305871", "5203939", "5203962"),
}
"""IBGE gave these nine numbers, in which the last digit is wrong."""


@pytest.mark.parametrize(
    ("city", "uf", "code"),
    [
        ("Campinas", "SP", "3509502"),
        ("são paulo", "SP", "3550308"),
        ("Brasília", "DF", "5300108"),
        ("Alta Floresta D’Oeste", "RO", "1100015"),
        ("Boa Esperança do Norte", "MT", "5101837"),
        ("Campinas", "RJ", ""),
        ("", "SP", ""),
    ],
)
def test_a_town_is_found_in_any_spelling(city: str, uf: str, code: str) -> None:
    assert town_of(city, uf).code == code


def test_every_state_has_its_towns_and_every_number_its_check_digit() -> None:
    towns = {uf: [*_towns(uf)] for uf in ZONE_OF_UF}
    assert sum(map(len, towns.values())) == 5571
    for uf, of_state in towns.items():
        assert town_names(uf) == [name for _, name in of_state]
        assert town_of(*of_state[-1][1:], uf).code == of_state[-1][0]
        for code, _ in of_state:
            digits = [int(digit) * (1 + at % 2) for at, digit in enumerate(code[:6])]
            check = -sum(digit // 10 + digit % 10 for digit in digits) % 10
            assert code[6] == str(check) or code in WITHOUT_CHECK_DIGIT
