"""Protocol numbers in a text."""

import pytest

from atendimento_tui.domain.protocol import protocols_in


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ver 123456.20260302.000001.", ["12345620260302000001"]),
        ("ver 12345620260302000001, e 20260302.000002", ["12345620260302000001", "20260302000002"]),
        ("duas vezes 20260302000002 e 20260302.000002", ["20260302000002"]),
        ("123456-20260302-000001", ["12345620260302000001"]),
        ("telefone (11) 98765-4321, CPF 529.982.247-25, cartão 898001160660761", []),
        ("boleto 23793381286000782713695000063305975520000370000", []),
        ("", []),
    ],
)
def test_protocol_numbers_are_found_in_a_text(text: str, named: list[str]) -> None:
    assert protocols_in(text) == named
