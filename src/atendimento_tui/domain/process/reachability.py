"""Checks that everything in a process can happen, and that its texts and lists are not too long.

`check` runs first, so every name refers to something that exists.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.facts import source_of
from atendimento_tui.domain.process.parts import Conditions, Part, all_hold
from atendimento_tui.domain.process.schema import ActionRule, EffectRule, FieldRule, Process, StepRule
from atendimento_tui.domain.text import entered, folded
from atendimento_tui.domain.words import SEVERITY, Severity

LONGEST = {"texto": 10_000, "modelo": 10_000, "assunto": 300, "ajuda": 500, "descricao": 500, "porque": 500}
"""Word -> its greatest length in characters; for all other words it is `LONGEST_LABEL`."""

LONGEST_LABEL = 120
"""Characters of a label, a name or an option: one line of a screen of 120 columns."""

LONGEST_ANSWER = 1000
"""The greatest value of `minimo`, in characters."""

_OF_LINES = ("texto", "modelo")
"""Words whose text may have several lines."""

MOST = {"campos": 200, "opcoes": 300, "documentos": 100, "etapas": 100, "acoes": 50, "tempos": 50}
"""The greatest number of items of each list: about ten times those of the longest known process."""

_Values = dict[str, frozenset[str] | None]
"""Field -> the values that it can get; None for any value."""

_OTHER = "\0"
"""Stands for any value that the process does not name."""


def check_sizes(process: Process) -> None:
    """Refuse texts that are blank, too long or have control characters, and lists that are too long.

    Raises:
        ProcessError: The first error.
    """
    for place, word, value in _texts_in(process, ""):
        if isinstance(value, tuple):
            if len(value) > MOST.get(word, len(value)):
                raise ProcessError(place, "processo_demais", count=len(value), most=MOST[word])
        elif not folded(value).strip() and (value or word == "grupo"):
            raise ProcessError(place, "processo_em_branco", word=word)
        elif len(value) > (most := LONGEST.get(word, LONGEST_LABEL)):
            raise ProcessError(place, "processo_longo", count=len(value), most=most)
        elif entered(value, multiline=word in _OF_LINES) != value:
            raise ProcessError(place, "processo_controle", word=word)
    for rule in process.fields:
        if rule.least > LONGEST_ANSWER:
            raise ProcessError(f"campos.{rule.key}.minimo", "processo_minimo", word=rule.least, most=LONGEST_ANSWER)


def _texts_in(part: Part, place: str) -> Iterator[tuple[str, str, str | tuple[Any, ...]]]:
    """Each text and each list of a part and of its inner parts: the place, the word and the value."""
    for name, rule in type(part).model_fields.items():
        if name in part.model_fields_set:
            yield from _texts_of(getattr(part, name), str(rule.alias), f"{place}{rule.alias}")


def _texts_of(value: object, word: str, place: str) -> Iterator[tuple[str, str, str | tuple[Any, ...]]]:
    if isinstance(value, Part):
        yield from _texts_in(value, f"{place}.")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts_of(str(key), word, f"{place}.{key}")
            yield from _texts_of(each, word, f"{place}.{key}")
    elif isinstance(value, tuple):
        yield place, word, value
        for number, each in enumerate(value, start=1):
            single = isinstance(each, EffectRule) and len(value) == 1  # written as a table, not as a list of one
            yield from _texts_of(each, word, place if single else f"{place}.{getattr(each, 'key', number)}")
    elif isinstance(value, str):
        yield place, word, value


def check_reachability(process: Process) -> None:
    """Refuse a process in which something can never happen.

    Raises:
        ProcessError: The first error.
    """
    _check_circular_conditions(process)
    _check_contradictions(process)
    _check_required(process)
    values = _values(process)
    _check_filled(process, values)


# Conditions.


def _conditions(process: Process) -> Iterator[tuple[str, Conditions]]:
    """Every list of conditions, with its place. Those of an action are also checked combined (see `_joint`)."""
    for rule in process.fields:
        yield f"campos.{rule.key}.quando", rule.when
    for document in process.documents:
        yield f"documentos.{document.key}.quando", document.when
    for kind, clock in process.clocks.items():
        yield f"prazos.{kind}.quando", clock.when
    for key, paper in process.papers.items():
        yield f"papeis.{key}.quando", paper.when
    for step in process.steps:
        for action in step.actions:
            place = f"etapas.{step.key}.acoes.{action.key}"
            yield f"{place}.quando", action.when
            yield f"{place}.exige", action.needs
            yield f"{place}.exige", _joint(action)
    for place, effects in process.effects():
        yield f"{place}.quando", effects.when


def _joint(action: ActionRule) -> Conditions:
    """The conditions that must hold at the same time when the action is done.

    Conditions of `quando` on fields that the action asks for are left out: their values may change in its dialog.
    """
    return (*(each for each in action.when if each.field not in action.asks), *action.needs)


def _check_contradictions(process: Process) -> None:
    anything: _Values = {rule.key: _range(rule) for rule in process.fields}
    for place, conditions in _conditions(process):
        checklists = {condition.checklist for condition in conditions if condition.checklist}
        if {"incompleta"} < checklists or ("incompleta" in checklists and not process.documents):
            raise ProcessError(place, "processo_contradicao")
        if _impossible(conditions, anything) is not None:
            raise ProcessError(place, "processo_contradicao")


def _impossible(conditions: Conditions, values: _Values) -> str | None:
    """The first field for which no value meets all its conditions; None if every field has such a value."""
    for field in dict.fromkeys(condition.field for condition in conditions if condition.field):
        of_field = tuple(condition for condition in conditions if condition.field == field)
        if not any(all_hold(of_field, {field: value}) for value in _candidates(field, of_field, values)):
            return field
    return None


def _candidates(field: str, conditions: Conditions, values: _Values) -> Iterable[str]:
    """Enough values of a field to decide whether the conditions can hold: empty, and those that it can have."""
    if field == SEVERITY:
        return Severity
    allowed = values.get(field, frozenset())
    if allowed is not None:
        return {"", *allowed}
    return {"", _OTHER, *(value for each in conditions for value in (*each.equals, *each.differs))}


def _range(rule: FieldRule) -> frozenset[str] | None:
    """The values that an answer to the field may have; None if the set is not finite."""
    return frozenset(("sim", "nao")) if rule.type == "sim_nao" else frozenset(rule.options) or None


def _check_circular_conditions(process: Process) -> None:
    """No field depends, through the conditions of other fields, on its own answer."""
    depends_on = {rule.key: {each.field for each in rule.when if each.field} for rule in process.fields}
    for key in depends_on:
        seen: list[str] = []
        frontier = [key]
        while frontier:
            for field in depends_on.get(frontier.pop(), ()):
                if field == key:
                    raise ProcessError(f"campos.{key}.quando", "processo_circulo", word=key)
                if field not in seen:
                    seen.append(field)
                    frontier.append(field)


# Which fields can get a value.


def _check_required(process: Process) -> None:
    """A required field is asked somewhere or filled by an effect."""
    filled = {key for _, effects in process.effects() for key in _filled(effects)}
    asked = {key for step in process.steps for action in step.actions for key in action.asks}
    for rule in process.fields:
        is_filled = rule.key in asked | filled or rule.from_fact
        if rule.required and rule.later and not is_filled:
            raise ProcessError(f"campos.{rule.key}", "processo_ninguem_pergunta", word=rule.key)


def _filled(effects: EffectRule) -> Iterator[str]:
    """The fields to which effects give a value."""
    yield from (key for key, value in effects.set.items() if value)
    yield from effects.number
    yield from effects.count


def _values(process: Process) -> _Values:
    """The values that each field can get on any path through the process, computed as a fixpoint.

    A field that is not in the result is always empty. Only actions that are possible with the values found so far are
    followed, so two actions that need each other's answers fill nothing.
    """
    values: _Values = {}
    while True:
        known = dict(values)
        _ask(process, [rule.key for rule in process.fields if not rule.later], values)
        _fill_all(process.on_opening, values)
        for step in process.steps:
            for action in step.actions:
                if _never_possible(process, action, values) is None:
                    _ask(process, action.asks, values)
                    _fill_all(action.does, values)
            for timer in step.timers:
                _fill_all(timer.does or (), values)
        if values == known:
            return values


def _ask(process: Process, keys: Iterable[str], values: _Values) -> None:
    for key in keys:
        rule = process.field(key)
        if _impossible(rule.when, values) is None:
            _add_values(values, key, _range(rule))
            for each in process.fields:
                if each.later and source_of(each) == key:  # a table fills it
                    _add_values(values, each.key, _range(each))


def _fill_all(does: Iterable[EffectRule], values: _Values) -> None:
    for effects in does:
        if _impossible(effects.when, values) is None:
            _fill(effects, values)


def _fill(effects: EffectRule, values: _Values) -> None:
    for key, value in effects.set.items():
        if value:
            _add_values(values, key, frozenset((value,)))
    for key in (*effects.number, *effects.count):
        _add_values(values, key, None)


def _add_values(values: _Values, key: str, more: frozenset[str] | None) -> None:
    known = values.get(key, frozenset())
    values[key] = None if known is None or more is None else known | more


def _never_possible(process: Process, action: ActionRule, values: _Values) -> tuple[str, str] | None:
    """The word (`quando`, `exige`) and the field that make the action impossible; None if it is possible.

    Args:
        values: The values that each field can get.
    """
    if field := _impossible(action.when, values):
        return "quando", field
    with_answers = dict(values)
    _ask(process, action.asks, with_answers)
    field = _impossible(_joint(action), with_answers)
    return ("exige", field) if field else None


def _check_filled(process: Process, values: _Values) -> None:
    """No condition, target, timer or group depends on a value that its field can never get."""
    for step in process.steps:
        _check_step(process, step, values)
    for part, rules in (("campos", process.fields), ("documentos", process.documents)):
        for rule in rules:
            if field := _impossible(rule.when, values):
                raise ProcessError(f"{part}.{rule.key}.quando", "processo_nunca", word=field)
    for place, effects in process.effects():
        if field := _impossible(effects.when, values):
            raise ProcessError(f"{place}.quando", "processo_nunca", word=field)
    for kind, clock in process.clocks.items():
        if field := _impossible(clock.when, values):
            raise ProcessError(f"prazos.{kind}.quando", "processo_nunca", word=field)
        for key in clock.by:
            if "" not in clock.target and key != SEVERITY and key not in values:
                raise ProcessError(f"prazos.{kind}.por", "processo_nunca", word=key)


def _check_step(process: Process, step: StepRule, values: _Values) -> None:
    for action in step.actions:
        if blocked := _never_possible(process, action, values):
            word, field = blocked
            raise ProcessError(f"etapas.{step.key}.acoes.{action.key}.{word}", "processo_nunca", word=field)
    for timer in step.timers:
        if timer.on_day and timer.on_day not in values:
            raise ProcessError(f"etapas.{step.key}.tempos.{timer.key}.no_dia", "processo_nunca", word=timer.on_day)
    for place, effects in step.effects():
        if effects.group_from and effects.group_from not in values:
            raise ProcessError(f"etapas.{step.key}.{place}.grupo_de", "processo_nunca", word=effects.group_from)
