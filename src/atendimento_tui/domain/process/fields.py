"""Which fields of a process are asked: one rule for the intake's form, the dialog of an action and the services.

A field is asked while its conditions hold. An answer counts only while its own field's conditions hold: what is hidden
decides nothing, so it never makes another field asked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from atendimento_tui.domain.process.values import read_values
from atendimento_tui.domain.words import SEVERITY

if TYPE_CHECKING:  # pydantic is not wanted before the first frame
    from atendimento_tui.domain.process.schema import Condition, FieldRule, Process


def asked_fields(fields: "Sequence[FieldRule]", keys: Collection[str], values: Mapping[str, str]) -> "list[FieldRule]":
    """The fields of these keys that are asked with these values, in the order of the keys.

    Args:
        fields: All fields of the process.
        keys: Those that a form may ask.
        values: Answers as they are kept, also of fields that are hidden; and what else conditions look at.
    """
    counting = effective_values(fields, values)
    by_key = {rule.key: rule for rule in fields}
    return [by_key[key] for key in keys if _hold(by_key[key].when, counting)]


def effective_values(fields: "Sequence[FieldRule]", values: Mapping[str, str]) -> dict[str, str]:
    """The values without those of fields whose own conditions do not hold: the fixpoint of the conditions.

    Where conditions form no circle, the answer is found within one round a field. Where they do, the last round is the
    answer, always the same one.
    """
    conditional = [rule for rule in fields if rule.when and values.get(rule.key)]
    sure = {key: value for key, value in values.items() if key not in {rule.key for rule in conditional}}
    counting = sure
    for _ in range(len(conditional) + 1):
        found = sure | {rule.key: values[rule.key] for rule in conditional if _hold(rule.when, counting)}
        if found == counting:
            break
        counting = found
    return counting


def asks_severity(process: "Process") -> bool:
    """Whether intake asks the severity: it chooses a target, a condition looks at it, or the process says so."""
    chosen_by_it = any(rule.by == SEVERITY and "" not in rule.target for rule in process.clocks.values())
    looked_at = any(condition.field == SEVERITY for condition in process.conditions())
    return process.ask_severity or chosen_by_it or looked_at


def values_for_conditions(
    fields: "Sequence[FieldRule]", typed: Mapping[str, str], held: Mapping[str, str]
) -> dict[str, str]:
    """The values that conditions look at while people are typing.

    Args:
        fields: All fields of the process.
        typed: What stands in the form's fields.
        held: What the ticket holds, and its severity under `criticidade`.
    """
    compared = {condition.field for rule in fields for condition in rule.when if condition.equals or condition.differs}
    to_read = [rule for rule in fields if rule.key in typed and rule.key in compared]
    return {**held, **{key: text.strip() for key, text in typed.items()}, **read_values(to_read, typed, held)}


def _hold(conditions: "Iterable[Condition]", values: Mapping[str, str]) -> bool:
    return all(condition.holds_in(values) for condition in conditions)
