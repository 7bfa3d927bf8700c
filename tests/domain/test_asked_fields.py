"""Which fields are asked: one rule, the same in the form, in the dialog and in the service."""

from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.process.fields import asked_fields, effective_values, values_for_conditions
from atendimento_tui.domain.process.schema import FieldRule


def field(key: str, kind: str = "texto", **words: Any) -> FieldRule:
    return FieldRule.model_validate({"chave": key, "rotulo": key.upper(), "tipo": kind, **words})


def on(key: str, **words: object) -> dict[str, Any]:
    return {"quando": [{"campo": key, **words}]}


CHAIN = (
    field("tipo", "sim_nao"),
    field("curso", "sim_nao", **on("tipo", igual="sim")),
    field("periodo", **on("curso", igual="sim")),
    field("porque", **on("periodo", preenchido=False)),
)


def keys(fields: tuple[FieldRule, ...], values: dict[str, str]) -> list[str]:
    return [rule.key for rule in asked_fields(fields, [rule.key for rule in fields], values)]


def test_a_hidden_answer_makes_no_other_field_asked() -> None:
    answers = {"tipo": "sim", "curso": "sim", "periodo": "noite"}
    assert keys(CHAIN, answers) == ["tipo", "curso", "periodo"]
    assert keys(CHAIN, {**answers, "tipo": "nao"}) == ["tipo", "porque"]
    assert effective_values(CHAIN, {**answers, "tipo": "nao", "criticidade": "alta"}) == {
        "tipo": "nao",
        "criticidade": "alta",
    }


def test_an_answer_that_the_ticket_holds_is_hidden_like_one_that_is_typed() -> None:
    held = {"tipo": "sim", "curso": "sim", "periodo": "noite"}
    values = values_for_conditions(CHAIN, {"tipo": "não"}, held)
    assert [rule.key for rule in asked_fields(CHAIN, ["tipo", "periodo"], values)] == ["tipo"]


@given(st.lists(st.sampled_from(["sim", "nao", ""]), min_size=3, max_size=3))
def test_the_order_of_the_fields_decides_nothing(answers: list[str]) -> None:
    values = dict(zip(("tipo", "curso", "periodo"), answers, strict=True))
    found = {frozenset(keys(order, values)) for order in permutations(CHAIN)}
    assert len(found) == 1


def test_conditions_in_a_circle_end_and_always_say_the_same() -> None:
    fields = (field("a", **on("b", preenchido=False)), field("b", **on("a", preenchido=False)))
    values = {"a": "x", "b": "y"}
    assert keys(fields, values) == keys(fields, dict(reversed(values.items()))) == keys(fields, values)


def test_what_is_being_typed_is_compared_as_it_would_be_kept() -> None:
    fields = (
        field("valor", "dinheiro"),
        field("caro", **on("valor", igual="1000000")),
        field("dado", **on("valor", preenchido=True)),
        field("outro", **on("valor", diferente="1.5")),
    )

    def with_typed(typed: str) -> list[str]:
        values = values_for_conditions(fields, {"valor": typed}, {})
        return [rule.key for rule in asked_fields(fields, ["caro", "dado", "outro"], values)]

    assert with_typed("R$ 10.000,00") == ["caro", "dado", "outro"]
    assert with_typed("1000000") == ["dado", "outro"]  # a million
    assert with_typed("1.5") == ["dado", "outro"]  # not readable: it is there, and equals nothing
    assert with_typed("  ") == ["outro"]


def test_a_masked_number_that_is_left_as_it_stands_counts_as_the_number() -> None:
    fields = (field("doc", "cpf"), field("mais", **on("doc", igual="52998224725")))
    values = values_for_conditions(fields, {"doc": "***.982.247-**"}, {"doc": "52998224725"})
    assert [rule.key for rule in asked_fields(fields, ["mais"], values)] == ["mais"]
