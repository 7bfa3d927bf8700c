"""Which fields are asked: one rule for the form, the dialog and the service."""

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


def test_a_hidden_answer_does_not_cause_another_field_to_be_asked() -> None:
    answers = {"tipo": "sim", "curso": "sim", "periodo": "noite"}
    assert keys(CHAIN, answers) == ["tipo", "curso", "periodo"]
    assert keys(CHAIN, {**answers, "tipo": "nao"}) == ["tipo", "porque"]
    assert effective_values(CHAIN, {**answers, "tipo": "nao", "criticidade": "alta"}) == {
        "tipo": "nao",
        "criticidade": "alta",
    }


def test_a_stored_answer_is_hidden_like_a_typed_one() -> None:
    held = {"tipo": "sim", "curso": "sim", "periodo": "noite"}
    values = values_for_conditions(CHAIN, {"tipo": "não"}, held)
    assert [rule.key for rule in asked_fields(CHAIN, ["tipo", "periodo"], values)] == ["tipo"]


@given(st.lists(st.sampled_from(["sim", "nao", ""]), min_size=3, max_size=3))
def test_the_order_of_the_fields_does_not_matter(answers: list[str]) -> None:
    values = dict(zip(("tipo", "curso", "periodo"), answers, strict=True))
    found = {frozenset(keys(order, values)) for order in permutations(CHAIN)}
    assert len(found) == 1


def test_circular_conditions_terminate_with_a_deterministic_result() -> None:
    fields = (field("a", **on("b", preenchido=False)), field("b", **on("a", preenchido=False)))
    values = {"a": "x", "b": "y"}
    assert keys(fields, values) == keys(fields, dict(reversed(values.items()))) == keys(fields, values)


def test_a_text_being_typed_is_compared_in_its_stored_form() -> None:
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


def test_an_unchanged_masked_number_is_compared_as_the_number() -> None:
    fields = (field("doc", "cpf"), field("mais", **on("doc", igual="52998224725")))
    values = values_for_conditions(fields, {"doc": "***.982.247-**"}, {"doc": "52998224725"})
    assert [rule.key for rule in asked_fields(fields, ["mais"], values)] == ["mais"]
