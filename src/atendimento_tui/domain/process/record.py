"""The items of a beneficiary's record as values: read, shown and masked like the answers to a process.

The holder is no value but another record, which services find and name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from atendimento_tui.domain.beneficiaries import BY_WORD, ITEM, LIST_SIGN, Item
from atendimento_tui.domain.names import checked_name
from atendimento_tui.domain.process.schema import FieldRule, Process
from atendimento_tui.domain.process.values import TYPES, masked_as, read_value, shown
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, written

LONGEST = 200
"""Maximum characters of an item without a type of its own."""

_BORN_AT_MOST_YEARS_AGO = 130
"""Maximum age; a higher one is a typing error."""

_LIST_ENDS = re.compile("[,;|\n]")


@cache
def rule_of(item: Item, label: str) -> FieldRule:
    """The item as a field of a process, which is read by the same functions."""
    return FieldRule.model_validate({"chave": item.key, "rotulo": label, "tipo": "cadastro", "atualiza": item.word})


def read_item(item: Item, label: str, typed: str, today: date, *, before: str = "") -> str:
    """The stored form of a typed item; empty if nothing was typed.

    Args:
        label: The name of the item, for refusals.
        today: The local day.
        before: The stored value. If its masked form was not changed, it is returned.

    Raises:
        Refused: It is no value of the item.
    """
    text = written(typed).strip()
    if before and text == editable(item, before):
        return before
    rule = rule_of(item, label)
    if item.is_list:
        values = [read_value(rule, each.strip()) for each in _LIST_ENDS.split(text) if each.strip()]
        return LIST_SIGN.join(dict.fromkeys(values))
    value = read_value(rule, text)
    if item.key == "name":
        if not value:
            raise Refused("nome_vazio", which="beneficiário")
        return checked_name(value, "beneficiário")
    if item.key == "social_name" and value:
        return checked_name(value, "beneficiário")
    if item.key == "born_on" and value:
        check_born(value, today)
    if item.type == "texto" and len(value) > LONGEST:
        raise Refused("item_longo", field=label, count=len(value), most=LONGEST)
    return value


def check_born(value: str, today: date) -> None:
    """Refuse a day on which nobody of today was born.

    Raises:
        Refused: It is in the future, or more than 130 years ago.
    """
    day = date.fromisoformat(value)
    if day > today or day.year < today.year - _BORN_AT_MOST_YEARS_AGO:
        raise Refused("nascimento_impossivel", day=day)


def shown_item(key: str, kept: str) -> str:
    """An item as people read it, complete. Only for somebody who asked to see it."""
    item = ITEM[key]
    return LIST_SIGN.join(shown(rule_of(item, key), value) for value in values_of_item(item, kept))


def masked_item(key: str, kept: str) -> str:
    """An item as people read it, partly hidden if it is personal."""
    item = ITEM[key]
    return LIST_SIGN.join(_masked(item, value) for value in values_of_item(item, kept))


def editable(item: Item, kept: str) -> str:
    """The text that a form shows for a stored item."""
    return masked_item(item.key, kept) if kept else ""


def values_of_item(item: Item, kept: str) -> Iterable[str]:
    """The values of an item: several of a list, none of an empty one."""
    return kept.split(LIST_SIGN) if item.is_list and kept else filter(None, [kept])


def items_asked(process: Process) -> Iterator[tuple[FieldRule, FieldRule | None]]:
    """The fields of type `cadastro`, each with the field that confirms it, if there is one."""
    for rule in process.fields:
        if rule.updates:
            yield rule, next((each for each in process.fields if rule.key in each.confirms), None)


def confirmed_values(process: Process, answers: Mapping[str, str]) -> dict[str, str]:
    """Item of the record -> its new value, for each answer that was confirmed."""
    return {
        BY_WORD[rule.updates].key: answers[rule.key]
        for rule, by in items_asked(process)
        if by and answers.get(rule.key) and answers.get(by.key) == "sim"
    }


def _masked(item: Item, value: str) -> str:
    if not item.is_hidden:
        return shown(rule_of(item, item.key), value)
    if TYPES[item.type].masked is not None:
        return masked_as(item.type, value)
    if item.type == "data":
        return f"**/**/{value[:4]}"
    if item.type == "email":
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"
    return " ".join(f"{word[:1]}***" for word in entered(value).split())
