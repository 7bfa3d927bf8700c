"""Sentences of all refusals: what happened, what to do, and that nothing was lost. One module an area."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path

from atendimento_tui.texts import access as access_texts
from atendimento_tui.texts import bookings as booking_texts
from atendimento_tui.texts import formats, system, toml, words
from atendimento_tui.texts import outbox as outbox_texts

_AREAS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != "__init__")
_SENTENCES: dict[str, str] = {
    code: text for area in _AREAS for code, text in import_module(f"{__name__}.{area}").SENTENCES.items()
}

_PROBLEMS = {
    # what pydantic finds in a file
    "missing": "falta",
    "extra_forbidden": "não se conhece esta palavra aqui",
    "enum": "deve ser {expected}",
    "literal_error": "deve ser {expected}",
    "greater_than": "deve ser maior que {gt}",
    "less_than_equal": "deve ser no máximo {le}",
    "finite_number": "deve ser um número",
    "bool_type": "deve ser true ou false",
    "bool_parsing": "deve ser true ou false",
    "int_type": "deve ser um número inteiro",
    "int_parsing": "deve ser um número inteiro",
    "greater_than_equal": "deve ser no mínimo {ge}",
    "float_type": "deve ser um número",
    "float_parsing": "deve ser um número",
    "string_type": "deve ser um texto entre aspas",
    "string_too_short": "está vazio",
    "string_too_long": "deve ter no máximo {max_length} caracteres",
    "too_short": "está vazio",
    "dict_type": "deve ser uma tabela",
    "model_type": "deve ser uma tabela",
    "model_attributes_type": "deve ser uma tabela",
    "tuple_type": "deve ser uma lista",
    "date_from_datetime_parsing": "deve ser um dia, como 2026-12-24",
    "date_parsing": "deve ser um dia, como 2026-12-24",
    "value_error": "{said}",
    # what a calendar does not take
    "bad_weekday": "há um dia da semana que não existe",
    "zone_in_hours": "{day}: as horas não levam fuso",
    "empty_interval": "{day}: o intervalo {opening}-{closing} está vazio",
    "inverted_interval": "{day}: o intervalo {opening}-{closing} termina antes de começar; passando da meia-noite, escreva dois",
    "unsorted_intervals": "{day}: o intervalo {opening}-{closing} vem depois de um mais tarde",
    "overlapping_intervals": "{day}: o intervalo {opening}-{closing} cai sobre o anterior",
    "never_open": "não abre em hora nenhuma",
    "unknown_zone": "não há fuso chamado “{zone}”",
    "bad_municipal_file": "não se pode ler a linha {line}; é preciso uma coluna “data”",
    # what is wrong with the digits of a bill
    "boleto_tamanho": "tem o número errado de dígitos ({digits}): a linha digitável tem 47, ou 48 se começa com 8; o código de barras tem 44",
    "boleto_bloco": "o {number}º bloco da linha digitável, {block}, não confere com o seu dígito; confira esse bloco no boleto",
    "boleto_geral": "o dígito verificador geral não confere; confira o último bloco da linha, ou o código de barras inteiro",
    "bad_municipal_date": "na linha {line}, “{text}” não é um dia dd/mm/aaaa",
}
"""What is wrong with a written value, as part of a sentence."""


def sentence(code: str, values: Mapping[str, object]) -> str:
    """The sentence of a refusal.

    Args:
        code: The refusal's code.
        values: The values of the sentence; instants must be in the zone of the reader.
    """
    formatted = {name: _formatted(name, value) for name, value in values.items()}
    return _SENTENCES[code].format_map(_Missing(formatted))


_OF_THE_WHOLE = (
    " Nada foi alterado.",
    " Nada foi gravado.",
    " O que você digitou continua aqui.",
    "; o que você digitou continua aqui",
)
"""What sentences say of a dialog or of a whole command, not of one line of a file."""


def of_line(code: str, values: Mapping[str, object]) -> str:
    """The sentence of a refusal of one line of a file."""
    text = sentence(code, values)
    for said in _OF_THE_WHOLE:
        text = text.replace(said, "")
    return text


def in_file(number: int, code: str, values: Mapping[str, object] | None = None) -> str:
    """What is wrong with a line of a file, or with an event of a calendar, which is named by its title."""
    values = values or {}
    where = _EVENT if "event" in values else _LINE
    title = _formatted("event", values.get("event", ""))
    return where.format(number=number, title=title, reason=of_line(code, values))


def codes() -> frozenset[str]:
    """All codes of refusals."""
    return frozenset(_SENTENCES)


_LINE = "linha {number}: {reason}"
_EVENT = "evento {number}, “{title}”: {reason}"

_FROM_PEOPLE = frozenset(("typed", "text", "name", "word", "group", "event"))
"""Values that people wrote, of any length."""

_QUOTED_AT_MOST = 100
"""Limit of such a value in a sentence, in characters."""

_ASIDE = {
    "areas": " Na região desta unidade é {}.",
    "nearest": " Seria “{}”?",
    "near": " (aqui há “{}”: é esse?)",
    "said": ": “{}”",
    "copy": " A cópia mais nova ao lado dele: {0}. Para voltar a ela: “atendimento restaurar {0}”.",
}
"""Additional sentence for some values."""


class _Missing(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "" if key in _ASIDE else words.NOTHING


def _problem(code: str, values: Mapping[str, object]) -> str:
    formatted = {name: str(value) if name == "said" else _formatted(name, value) for name, value in values.items()}
    return _PROBLEMS.get(code, "não é válido").format_map(_Missing(formatted))


def _formatted(name: str, value: object) -> str:
    if name == "problem" and isinstance(value, tuple):
        return _problem(*value)
    if name == "detail" and (value is None or isinstance(value, (int, str))):
        return system.reason(value)
    if name.startswith("cents") and isinstance(value, int):
        return formats.money(value)
    if name == "delivery":
        return outbox_texts.STATE[str(value)]
    if name == "which":
        return words.WHOSE[str(value)]
    if name == "day" and isinstance(value, int):
        return words.WEEKDAY_LONG[value]
    if name == "when" and isinstance(value, datetime):
        return formats.instant(value)
    if name in ("booking", "then"):
        return booking_texts.STATE[str(value)]
    if name == "who":
        return str(value) or booking_texts.SOMEBODY
    if name == "slots" and isinstance(value, tuple):
        return booking_texts.slots(value)
    if isinstance(value, timedelta):
        return formats.wait(value)
    if isinstance(value, datetime):
        return f"{value:%H:%M:%S} de {value:%d/%m/%Y}"
    if isinstance(value, date):
        return formats.date(value)
    if isinstance(value, time):
        return formats.clock(value)
    if name == "actor" and value is None:
        return words.SYSTEM
    if name == "state":
        return words.STATE.get(str(value), str(value))
    if name == "kind":
        kind, action = value if isinstance(value, tuple) else (value, "")
        return words.ACTED.format(action=action) if action else words.EVENT.get(str(kind), str(kind))
    if name == "days" and isinstance(value, Mapping):
        return "\n".join(f"  {formats.date(day)} {text}" for day, text in value.items())
    if name == "groups" and isinstance(value, Mapping):
        return "\n".join(f"  “{group}”{_ASIDE['near'].format(near) if near else ''}" for group, near in value.items())
    if name == "toml":
        return toml.reason(str(value))
    if name in _ASIDE:
        return _ASIDE[name].format(value) if value else ""
    if name == "beside" and isinstance(value, Mapping):
        return " ".join(sentence(*each) for each in value.values())
    if name == "roles":
        return ", ".join(words.ROLE.get(role, role) for role in str(value).split(", ")) or words.NOTHING
    if name == "role":
        return words.ROLE.get(str(value), str(value)) or words.NOTHING
    if name == "permission":
        return access_texts.PERMISSION[str(value)]
    if name == "severity":
        return words.SEVERITY.get(str(value), str(value))
    if name == "protocol" and value is not None:
        return formats.protocol_groups(str(value))
    if value is None:
        return words.NOTHING
    text = str(value)
    return text if name not in _FROM_PEOPLE or len(text) <= _QUOTED_AT_MOST else f"{text[:_QUOTED_AT_MOST]}..."
