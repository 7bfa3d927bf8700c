"""What a field of a process may hold: how it is typed, how it is kept, how it is shown.

A value is kept in one form whatever way it was typed, so that it is compared, searched and counted: digits of a CPF, a
day as ISO, money in centavos. `normalised` is for what a person typed, once; `is_normal` says whether a value is in
the form that is kept. Rules and vectors: DOMAIN, section 4.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Literal

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, folded

if TYPE_CHECKING:
    from atendimento_tui.domain.process_parts import FieldRule

_SEPARATORS = re.compile(r"[\s./()\-]")
_AREAS = frozenset(
    map(str, [*range(11, 20), 21, 22, 24, 27, 28, *range(31, 36), 37, 38, *range(41, 50), 51, 53, 54, 55])
) | frozenset(map(str, [*range(61, 70), 71, 73, 74, 75, 77, 79, *range(81, 90), *range(91, 100)]))
"""Area codes in use."""

_LONGEST_NAME = 200
_LONGEST_EMAIL = 254


def normalised(rule: "FieldRule", typed: str) -> str:
    """The value that is kept of what was typed; empty where nothing was.

    Raises:
        Refused: It is none of the field's type.
    """
    if not typed.strip():
        return ""
    return _READERS[rule.type](rule, entered(typed, multiline=rule.type == "texto_longo").strip())


def is_normal(rule: "FieldRule", value: str) -> bool:
    """Whether the value is in the form that is kept."""
    if rule.type in _EXACT and value:
        return re.fullmatch(_EXACT[rule.type], value) is not None
    try:
        return normalised(rule, value) == value
    except Refused:
        return False


def shown(rule: "FieldRule", value: str, *, revealed: bool = False) -> str:
    """The kept value as people read it. CPF, CNS and telephone are masked unless they are revealed (DOMAIN 7.1)."""
    if not value or not is_normal(rule, value):
        return value if rule.type not in _MASKED else "*" * len(value)
    return _SHOWERS[rule.type](value, revealed) if rule.type in _SHOWERS else value


def is_cpf(digits: str) -> bool:
    """Whether eleven digits are a CPF, its check digits right."""
    if not re.fullmatch("[0-9]{11}", digits) or len(set(digits)) == 1:
        return False
    return all(
        int(digits[length]) == _weighed(digits[:length], range(length + 1, 1, -1)) * 10 % 11 % 10 for length in (9, 10)
    )


def is_cns(digits: str) -> bool:
    """Whether fifteen digits are a number of the national health card."""
    if not re.fullmatch("[12789][0-9]{14}", digits) or _weighed(digits, range(15, 0, -1)) % 11:
        return False
    return digits[0] in "789" or digits[11:] == _cns_tail(digits[:11])


def kind_of_number(typed: str) -> Literal["cpf", "phone", "card", ""]:
    """Which number of a person is typed, also where it is not right yet; or none."""
    digits = _bare(typed)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return ""
    if is_cpf(digits) or re.fullmatch(r"[0-9]{3}\.[0-9]{1,3}[0-9.\-]*", typed.strip()):
        return "cpf"
    return "phone" if _phone_number(digits) else "card"


def tuss_digit_holds(code: str) -> bool:
    """Whether a procedure's check digit is right. To be warned of only: an operator's own codes need not follow it."""
    rest = 11 - _weighed(code[:-1], range(len(code), 1, -1)) % 11
    return int(code[-1]) == (0 if rest > 9 else rest)


def _weighed(digits: str, weights: range) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _cns_tail(person: str) -> str:
    """The last four digits of a definitive card."""
    total = _weighed(person, range(15, 4, -1))
    rest = -total % 11
    return f"001{-(total + 2) % 11}" if rest == 10 else f"000{rest}"


# From what was typed to what is kept.


def _bare(typed: str) -> str:
    return _SEPARATORS.sub("", typed)


def _cpf(rule: "FieldRule", typed: str) -> str:
    digits = _bare(typed)
    if not is_cpf(digits):
        raise Refused("campo_invalido_cpf", field=rule.label, typed=typed)
    return digits


def _cns(rule: "FieldRule", typed: str) -> str:
    digits = _bare(typed)
    if re.fullmatch("[0-9]{16}", digits):  # the card shows its issue behind the number
        raise Refused("campo_invalido_cns_via", field=rule.label, typed=typed)
    if not is_cns(digits):
        raise Refused("campo_invalido_cns", field=rule.label, typed=typed)
    return digits


def _phone(rule: "FieldRule", typed: str) -> str:
    number = _phone_number(_bare(typed))
    if number is None:
        raise Refused("campo_invalido_telefone", field=rule.label, typed=typed)
    return number


def _phone_number(digits: str) -> str | None:
    """With area as `+5511987654321`; service numbers (0800, 4004) as their digits; of other countries as it is."""
    if re.fullmatch(r"0[358]00[0-9]{6,7}|40[0-9]{6}", digits):
        return digits
    if re.fullmatch(r"\+(?!55)[1-9][0-9]{7,14}", digits):
        return digits
    digits = re.sub(r"^(\+55|55(?=[0-9]{10,11}$))?0?", "", digits)
    number = digits[2:]
    if digits[:2] not in _AREAS or not re.fullmatch("9[0-9]{8}|[2-5][0-9]{7}", number):
        return None
    return f"+55{digits}"


def _email(rule: "FieldRule", typed: str) -> str:
    found = re.fullmatch(r"""([^\s@<>,;:()"]+)@([\w-]+(\.[\w-]+)+)""", typed)
    if not found or len(typed) > _LONGEST_EMAIL:
        raise Refused("campo_invalido_email", field=rule.label, typed=typed)
    return f"{found[1]}@{found[2].lower()}"


def _date(rule: "FieldRule", typed: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})", typed)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", typed)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
        if found:
            day, month, year = (int(each) for each in found.groups() if each)
            return date(year, month, day).isoformat()
    except ValueError:
        pass
    raise Refused("campo_invalido_data", field=rule.label, typed=typed)


def _time(rule: "FieldRule", typed: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})(?:[:h]([0-9]{2})|h)(?:min)?|([0-9]{2})([0-9]{2})", typed)
    try:
        if found:
            return f"{time(int(found[1] or found[3]), int(found[2] or found[4] or 0)):%H:%M}"
    except ValueError:
        pass
    raise Refused("campo_invalido_hora", field=rule.label, typed=typed)


def _money(rule: "FieldRule", typed: str) -> str:
    found = re.fullmatch(r"(?:R\$\s*)?([0-9]{1,12}|[0-9]{1,3}(?:\.[0-9]{3}){1,3})(?:,([0-9]{2}))?", typed)
    if not found:
        raise Refused("campo_invalido_dinheiro", field=rule.label, typed=typed)
    return str(int(found[1].replace(".", "") + (found[2] or "00")))


def _month(rule: "FieldRule", typed: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})[/.-]?([0-9]{4})", typed) or re.fullmatch(r"(?P<y>[0-9]{4})-([0-9]{2})", typed)
    if found:
        month, year = (found[2], found[1]) if "y" in found.groupdict() else (found[1], found[2])
        if 1 <= int(month) <= 12 and 1900 <= int(year) <= 2999:
            return f"{year}-{month:0>2}"
    raise Refused("campo_invalido_competencia", field=rule.label, typed=typed)


def _procedure(rule: "FieldRule", typed: str) -> str:
    digits = _bare(typed)
    if not re.fullmatch("[0-9]{8,10}", digits):
        raise Refused("campo_invalido_procedimento", field=rule.label, typed=typed)
    return digits


def _protocol(rule: "FieldRule", typed: str) -> str:
    digits = _bare(typed)
    if not re.fullmatch("[0-9]{14}|[0-9]{20}", digits):
        raise Refused("campo_invalido_protocolo", field=rule.label, typed=typed)
    return digits


def _number(rule: "FieldRule", typed: str) -> str:
    found = re.fullmatch(r"(-?)([0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:,([0-9]{1,6}))?", typed)
    if not found:
        raise Refused("campo_invalido_numero", field=rule.label, typed=typed)
    whole, rest = str(int(found[2].replace(".", ""))), (found[3] or "").rstrip("0")
    value = whole + (f".{rest}" if rest else "")
    return value if value == "0" else found[1] + value


def _choice(rule: "FieldRule", typed: str) -> str:
    for option in rule.options:
        if folded(option) == folded(typed):
            return option
    raise Refused("campo_invalido_escolha", field=rule.label, typed=typed, options=", ".join(rule.options))


def _yes_or_no(rule: "FieldRule", typed: str) -> str:
    for word, said in (("sim", ("sim", "s")), ("nao", ("nao", "n"))):
        if folded(typed) in said:
            return word
    raise Refused("campo_invalido_sim_nao", field=rule.label, typed=typed)


def _person(rule: "FieldRule", typed: str) -> str:
    name = " ".join(typed.split())
    if len(name) > _LONGEST_NAME or sum(letter.isalpha() for letter in name) < 2:
        raise Refused("campo_invalido_pessoa", field=rule.label, typed=typed)
    return name


def _text(rule: "FieldRule", typed: str) -> str:
    said = re.sub(r"\W+", " ", folded(typed)).strip()
    if said in [re.sub(r"\W+", " ", folded(word)).strip() for word in rule.empty_words]:
        raise Refused("campo_invalido_texto", field=rule.label, typed=typed)
    if len(" ".join(typed.split())) < rule.least:
        raise Refused("campo_curto", field=rule.label, least=rule.least)
    return typed


_READERS: Mapping[str, Callable[["FieldRule", str], str]] = {
    "texto": _text,
    "texto_longo": _text,
    "numero": _number,
    "data": _date,
    "hora": _time,
    "cpf": _cpf,
    "cns": _cns,
    "telefone": _phone,
    "email": _email,
    "dinheiro": _money,
    "competencia": _month,
    "procedimento": _procedure,
    "escolha": _choice,
    "sim_nao": _yes_or_no,
    "pessoa": _person,
    "protocolo": _protocol,
}

_EXACT = {"dinheiro": "0|[1-9][0-9]{0,13}", "numero": r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?"}
"""Of types whose kept form, typed again, would mean something else."""


# From what is kept to what is shown.


def _shown_phone(value: str, revealed: bool) -> str:
    if not value.startswith("+55"):
        return value if revealed else f"{'*' * (len(value) - 4)}{value[-4:]}"
    area, number = value[3:5], value[5:]
    first = number[:-4] if revealed else "*" * (len(number) - 4)
    return f"({area}) {first}-{number[-4:]}"


def _shown_number(value: str, _: bool) -> str:
    whole, _dot, rest = value.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")
    return f"−{grouped}" if value.startswith("-") else grouped


def _shown_date(value: str, _: bool) -> str:
    return "/".join(reversed(value.split("-")))


_MASKED = ("cpf", "cns", "telefone")

_SHOWERS: Mapping[str, Callable[[str, bool], str]] = {
    "cpf": lambda v, r: f"{v[:3]}.{v[3:6]}.{v[6:9]}-{v[9:]}" if r else f"***.{v[3:6]}.{v[6:9]}-**",
    "cns": lambda v, r: f"{v[:3]} {v[3:7]} {v[7:11]} {v[11:]}" if r else f"*** **** **** {v[11:]}",
    "telefone": _shown_phone,
    "numero": _shown_number,
    "data": _shown_date,
    "competencia": _shown_date,
    "dinheiro": lambda v, _: f"R$ {int(v) // 100:,}".replace(",", ".") + f",{int(v) % 100:02}",
    "sim_nao": lambda v, _: {"sim": "sim", "nao": "não"}[v],
}
