"""Decides which fields of a process are asked, in the intake form, in the dialog of an action and in the services.

A field is asked while its conditions hold. An answer is used in conditions only while the conditions of its own field
hold, so a hidden answer never causes another field to be asked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from atendimento_tui.domain.process.values import read_values
from atendimento_tui.domain.words import SEVERITY

if TYPE_CHECKING:  # pydantic must not be imported before the first frame
    from atendimento_tui.domain.process.parts import Condition
    from atendimento_tui.domain.process.schema import FieldRule, Process


def asked_fields(fields: "Sequence[FieldRule]", keys: Collection[str], values: Mapping[str, str]) -> "list[FieldRule]":
    """Those of the given fields that are asked with these values, in the order of the keys.

    Args:
        fields: All fields of the process.
        keys: The keys of the fields that a form may ask.
        values: Answers in their stored form, also of hidden fields, and the other values that conditions compare.
    """
    effective = effective_values(fields, values)
    by_key = {rule.key: rule for rule in fields}
    return [by_key[key] for key in keys if is_asked(by_key[key], effective)]


def effective_values(fields: "Sequence[FieldRule]", values: Mapping[str, str]) -> dict[str, str]:
    """The values without those of fields whose own conditions do not hold: the fixpoint of the conditions.

    If the conditions have no circular dependency, the fixpoint is reached after at most one iteration per conditional
    field. If they have one, the result of the last iteration is returned; it is deterministic.
    """
    conditional = [rule for rule in fields if rule.when and values.get(rule.key)]
    unconditional = {key: value for key, value in values.items() if key not in {rule.key for rule in conditional}}
    effective = unconditional
    for _ in range(len(conditional) + 1):
        found = unconditional | {rule.key: values[rule.key] for rule in conditional if _hold(rule.when, effective)}
        if found == effective:
            break
        effective = found
    return effective


def is_asked(rule: "FieldRule", values: Mapping[str, str]) -> bool:
    """Whether a field is asked: its conditions hold and, if it confirms others, one of them has a value."""
    return _hold(rule.when, values) and (not rule.confirms or any(values.get(key) for key in rule.confirms))


def asks_severity(process: "Process") -> bool:
    """Whether intake asks the severity: a target depends on it, a condition compares it, or the process demands it."""
    selects_target = any(SEVERITY in rule.by and "" not in rule.target for rule in process.clocks.values())
    in_condition = any(condition.field == SEVERITY for condition in process.conditions)
    return process.ask_severity or selects_target or in_condition


def values_for_conditions(
    fields: "Sequence[FieldRule]", typed: Mapping[str, str], held: Mapping[str, str]
) -> dict[str, str]:
    """The values that conditions use while a form is being filled in.

    Args:
        fields: All fields of the process.
        typed: The texts in the form's fields.
        held: The ticket's answers, and its severity under `criticidade`.
    """
    compared = {condition.field for rule in fields for condition in rule.when if condition.equals or condition.differs}
    to_read = [rule for rule in fields if rule.key in typed and rule.key in compared]
    return {**held, **{key: text.strip() for key, text in typed.items()}, **read_values(to_read, typed, held)}


def _hold(conditions: "Iterable[Condition]", values: Mapping[str, str]) -> bool:
    return all(condition.holds_in(values) for condition in conditions)
