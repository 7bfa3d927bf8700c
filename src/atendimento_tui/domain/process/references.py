"""Checks of what a part of a process refers to: names, values, amounts, conditions."""

from collections.abc import Iterable

from atendimento_tui.domain.nearest import nearest
from atendimento_tui.domain.process.amounts import read_amount
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.parts import Condition, Conditions
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.values import is_stored_form
from atendimento_tui.domain.words import SEVERITY, Severity


def field_keys(process: Process) -> list[str]:
    """The keys of all fields."""
    return [rule.key for rule in process.fields]


def values_of(process: Process, place: str, key: str) -> tuple[str, ...] | None:
    """The values that a field may have; None if the set is not finite."""
    if key == SEVERITY:
        return tuple(Severity)
    check_known(place, key, [SEVERITY, *field_keys(process)])
    rule = process.field(key)
    return ("sim", "nao") if rule.type == "sim_nao" else rule.options or None


def check_known(place: str, word: str, known: Iterable[str]) -> None:
    """Refuse a word that is not among the known ones; the error has the nearest of them."""
    words = [str(each) for each in known]
    if word not in words:
        raise ProcessError(
            place,
            "processo_desconhecido",
            word=word,
            nearest=nearest(word, words),
            known=", ".join(filter(None, words)),
        )


def check_unique(place: str, keys: Iterable[str], what: str = "chave") -> None:
    """Refuse a key that is there twice; `what` names the kind of key."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ProcessError(place, "processo_repetido", word=key, what=what)
        seen.add(key)


def check_conditions(process: Process, place: str, conditions: Conditions, *, only_fields: bool = False) -> None:
    """Refuse conditions that test nothing, or something that is not there.

    Args:
        only_fields: Whether they may test fields only, because there is no checklist and no clock yet.
    """
    for number, condition in enumerate(conditions, start=1):
        at = f"{place}.{number}"
        tests_field = bool(condition.equals or condition.differs or condition.filled is not None)
        tests_other = condition.checklist is not None or condition.within is not None
        if tests_field != (condition.field is not None) or not (tests_field or tests_other):
            raise ProcessError(at, "processo_condicao")
        if only_fields and tests_other:
            raise ProcessError(at, "processo_condicao_campo")
        _check_condition(process, at, condition)


def _check_condition(process: Process, place: str, condition: Condition) -> None:
    if condition.field is not None:
        check_known(f"{place}.campo", condition.field, [SEVERITY, *field_keys(process)])
        for word, values in (("igual", condition.equals), ("diferente", condition.differs)):
            for value in values:
                check_value(process, f"{place}.{word}", condition.field, value)
    if condition.within is not None:
        check_known(f"{place}.dentro", condition.within, process.clocks)


def check_value(process: Process, place: str, key: str, value: str) -> None:
    """A value that the process compares or sets must be one that the field may have."""
    if (known := values_of(process, place, key)) is not None:
        check_known(place, value, ["", *known])
    elif not is_stored_form(process.field(key), value):
        raise ProcessError(place, "processo_valor_campo", word=value, field=key)


def check_amount(place: str, written: str, basis: str, *, positive: bool = False) -> None:
    """Refuse what is no amount of this basis; with `positive`, zero too."""
    try:
        amount = read_amount(written, basis)
    except ValueError as error:
        example = "16h, 4h30 ou 45min" if basis == "horas" else "7d"
        raise ProcessError(place, "processo_tempo", word=written, example=example) from error
    if positive and not amount:
        raise ProcessError(place, "processo_tempo", word=written, example="2h ou 1d")
