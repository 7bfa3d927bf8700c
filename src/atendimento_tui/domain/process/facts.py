"""Fields that take their answer from what a table says about another answer (`de = "procedimento.auditoria"`).

The other answer is the code of a procedure or of a slot.

A field that a form asks is proposed the fact, and a person decides. A field with `depois` gets it by itself.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from atendimento_tui.domain.bookings import SLOT_FACTS
from atendimento_tui.domain.procedures import FACTS, Procedure
from atendimento_tui.domain.process.values import is_stored_form

if TYPE_CHECKING:  # pydantic must not be imported before the first frame
    from atendimento_tui.domain.process.schema import FieldRule

PROCEDURE, SLOT = "procedimento", "vaga"
"""The types of the fields that others may take facts from."""

FACTS_OF: Mapping[str, Mapping[str, Callable[[Any], str]]] = MappingProxyType({PROCEDURE: FACTS, SLOT: SLOT_FACTS})
"""Type -> the word of each fact -> the fact, of what a table has for the answer."""


def codes_asked_about(fields: "Sequence[FieldRule]", answers: Mapping[str, str], of: str = PROCEDURE) -> set[str]:
    """The codes among these answers from which other fields take facts. A service reads them before a rule runs.

    Args:
        of: The type of the answers.
    """
    return {answers[key] for key in _sources(fields, of) if answers.get(key)}


def facts_by_themselves(
    fields: "Sequence[FieldRule]", answers: Mapping[str, str], known: Mapping[str, Any], of: str = PROCEDURE
) -> dict[str, str]:
    """The values of the fields that nobody is asked, for those of these answers that they depend on.

    A fact that the table does not have makes the field empty.

    Args:
        answers: Answers of an act, in their stored form.
        known: Code -> the procedure or slot, for the codes that the table has.
        of: The type of the answers.
    """
    sources = _sources(fields, of)
    return {
        rule.key: fact_of(rule, known.get(answers[source]), of)
        for rule in fields
        if rule.later and (source := source_of(rule)) in answers and source in sources
    }


def proposals(
    fields: "Sequence[FieldRule]", source: str, procedure: Procedure | None, keys: Collection[str]
) -> dict[str, str]:
    """Field -> the proposed value, for those of these keys that take a fact from the source; empty if it is unknown."""
    return {rule.key: fact_of(rule, procedure) for rule in fields if rule.key in keys and source_of(rule) == source}


def source_of(rule: "FieldRule") -> str:
    """The key of the field from which a field takes a fact; empty for none."""
    return rule.from_fact.partition(".")[0]


def fact_of(rule: "FieldRule", known: Any, of: str = PROCEDURE) -> str:
    """The fact for a field; empty if it is unknown or no value of the field."""
    value = FACTS_OF[of][rule.from_fact.partition(".")[2]](known) if known else ""
    return value if is_stored_form(rule, value) else ""


def _sources(fields: "Sequence[FieldRule]", of: str) -> set[str]:
    typed = {rule.key for rule in fields if rule.type == of}
    return {source for rule in fields if (source := source_of(rule)) in typed}
