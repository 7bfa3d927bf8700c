"""Beneficiaries: registration, and that nobody is registered twice."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services.beneficiaries import add_beneficiary, find_beneficiaries
from atendimento_tui.services.desk import Desk
from atendimento_tui.texts.refusals import sentence
from tests.living import NOW, rows

MARIA = {
    "name": "Maria [/] Conceição",
    "cpf": "529.982.247-25",
    "card": "0012.3456-78",
    "phone": "(11) 98765-4321",
    "born_on": "12/03/1980",
    "plan": "Essencial",
}


def written(desk: Desk) -> int:
    [(count,)] = rows(desk, "select count(*) from beneficiary")
    return int(count)


def test_all_values_are_stored_in_the_compared_form(desk: Desk) -> None:
    person = add_beneficiary(desk, NOW, **MARIA)
    assert (person.name, person.plan) == ("Maria [/] Conceição", "Essencial")
    assert (person.cpf, person.card, person.phone) == ("52998224725", "0012345678", "+5511987654321")
    assert person.born_on == "1980-03-12"


@pytest.mark.parametrize("known", [{"cpf": "52998224725"}, {"card": "12345"}, {"born_on": "1980-03-12"}])
def test_one_identifying_value_is_enough(desk: Desk, known: dict[str, str]) -> None:
    assert add_beneficiary(desk, NOW, name="Maria", **known).name == "Maria"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " "}, "nome_vazio"),
        ({"name": "[/"}, "campo_invalido_pessoa"),
        ({"cpf": "123"}, "campo_invalido_cpf"),
        ({"cpf": "529.982.247-26"}, "campo_invalido_cpf"),
        ({"phone": "1"}, "campo_invalido_telefone"),
        ({"card": "12 [/]"}, "campo_invalido_carteirinha"),
        ({"card": "1" * 70_000}, "texto_longo"),
        ({"plan": "é" * 40_000}, "texto_longo"),
        ({"name": "a" * 101}, "nome_longo"),
        ({"born_on": "ontem"}, "campo_invalido_data"),
        ({"born_on": "31/02/1980"}, "campo_invalido_data"),
        ({"born_on": "03/03/2026"}, "nascimento_impossivel"),
        ({"born_on": "01/01/1880"}, "nascimento_impossivel"),
        ({"cpf": "", "card": " ", "born_on": ""}, "sem_identidade"),
    ],
)
def test_invalid_values_are_refused_and_nothing_is_written(desk: Desk, wrong: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        add_beneficiary(desk, NOW, **MARIA | wrong)
    assert written(desk) == 0


@pytest.mark.parametrize("born_on", ["02/03/2026", "2026-03-02"])
def test_a_birth_date_of_today_is_accepted(desk: Desk, born_on: str) -> None:
    assert add_beneficiary(desk, NOW, name="Recém-nascida de Maria", born_on=born_on).born_on == "2026-03-02"


@pytest.mark.parametrize(
    ("number", "code", "named"),
    [
        ({"cpf": MARIA["cpf"]}, "cpf_ja_cadastrado", "é de Maria [/] Conceição"),
        ({"card": "0012345678"}, "carteirinha_ja_cadastrada", "CPF ***.982.247-**"),
    ],
)
def test_a_number_of_another_person_is_refused_with_masked_data(
    desk: Desk, number: dict[str, str], code: str, named: str
) -> None:
    add_beneficiary(desk, NOW, **MARIA)
    with pytest.raises(Refused, match=code) as refused:
        add_beneficiary(desk, NOW, name="Outra Pessoa", **number)
    text = sentence(code, refused.value.values)
    assert named in text
    assert "529" not in text
    assert "0012345678" not in text
    assert written(desk) == 1


@pytest.mark.parametrize("without", [(), ("cpf",), ("cpf", "card"), ("card", "phone", "plan")])
def test_the_same_values_again_are_the_same_person(desk: Desk, without: tuple[str, ...]) -> None:
    facts: dict[str, Any] = {name: value for name, value in MARIA.items() if name not in without}
    first = add_beneficiary(desk, NOW, **facts)
    assert add_beneficiary(desk, NOW, **facts | {"born_on": "1980-03-12"}) == first
    assert written(desk) == 1


def test_people_with_the_same_name_are_different(desk: Desk) -> None:
    add_beneficiary(desk, NOW, name="Maria", born_on="1980-03-12")
    add_beneficiary(desk, NOW, name="Maria", born_on="1981-03-12")
    assert written(desk) == 2


@pytest.mark.parametrize("case", tomllib.loads((Path(__file__).parents[1] / "cases.toml").read_text("utf-8"))["nome"])
def test_a_beneficiary_is_found_by_usual_spellings_of_the_name(desk: Desk, case: dict[str, Any]) -> None:
    person = add_beneficiary(desk, NOW, name=case["guardado"], cpf="529.982.247-25")
    for query in case["acha"]:
        assert [each.id for each in find_beneficiaries(desk, query)] == [person.id], query
    for query in case["nao_acha"]:
        assert find_beneficiaries(desk, query) == [], query
