"""Answers to the fields of a process: how they are parsed, stored, edited, shown and masked.

A value has one stored form, however it was typed, so that it can be compared, searched and counted: the digits of a
CPF, a day as ISO 8601, money in centavos. `TYPES` has one entry for each type of field. All code that parses or shows
an answer uses the functions of this module. The rules are in docs/rules.md, "Values of fields" and "Masking".
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from atendimento_tui.domain import bookings, phones
from atendimento_tui.domain.beneficiaries import BY_WORD, RELATIONS
from atendimento_tui.domain.bills import BAR_CODE, BillError, read_bill
from atendimento_tui.domain.identifiers import bare, is_cnpj, is_cns, is_cpf
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.process import formats
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, folded

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import FieldRule

_LONGEST_NAME = 200
_LONGEST_EMAIL = 254
_BILL_NUMBER = "[0-9A-Za-z][0-9A-Za-z ./-]{0,39}"
"""Another number of a bill, as the operator's system gives one."""
_LONGEST_BILL_NUMBER = 25
"""A number with more digits and letters is a line or a bar code that is not complete."""
COUNCILS = ("CRM", "CRO", "CREFITO", "CRP", "CRN", "CRFA", "COREN", "CRF", "CRBM", "CRESS", "CREF", "CRT")
"""The councils whose members ask for procedures; CRM and CRO are those of physicians and dentists."""

_UNREADABLE = "\x00"
"""Stands for an answer that cannot be parsed yet: it is not empty and equals no value. No entered text contains it."""


@dataclass(frozen=True, slots=True)
class ValueType:
    """One type of field.

    Attributes:
        read: Converts the typed text to the stored value, or raises `Refused`.
        shape: Pattern of the stored form. The functions below are only called with values that match it.
        as_typed: Converts the stored value to a text that `read` converts back to the same value.
        shown: The value as people read it, complete.
        masked: The value as people read it, partly hidden; None if nothing is hidden.
        personal: Whether it is personal data. Such values are neither searched nor part of a subject.
    """

    read: "Callable[[FieldRule, str], str]"
    shape: str
    as_typed: Callable[[str], str] = str
    shown: Callable[[str], str] = str
    masked: Callable[[str], str] | None = None
    personal: bool = False


def read_value(rule: "FieldRule", typed: str, *, before: str = "") -> str:
    """The stored form of a typed text; empty if nothing was typed.

    Args:
        rule: The field.
        typed: The text as it was typed.
        before: The stored value that was shown for editing. If the text was not changed, this value is returned, also
            if it was shown masked.

    Raises:
        Refused: The text is not a value of the field's type.
    """
    text = _cleaned(rule, typed)
    if not text:
        return ""
    if before and text == _cleaned(rule, for_editing(rule, before)):
        return before
    return TYPES[kind_of(rule)].read(rule, text)


def kind_of(rule: "FieldRule") -> str:
    """The type of the field's values: that of the item of the record, for a field of type `cadastro`."""
    return BY_WORD[rule.updates].type if rule.type == "cadastro" and rule.updates else rule.type


def options_of(rule: "FieldRule") -> tuple[str, ...]:
    """The options of a choice."""
    return rule.options or (RELATIONS if kind_of(rule) == "escolha" else ())


def read_values(
    rules: "Iterable[FieldRule]", typed: Mapping[str, str], before: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """The stored forms of typed texts, for the conditions of a form that is being filled in.

    A text that cannot be parsed yet becomes an answer that equals no value. Only the fields in `rules` are included.
    """
    kept = {}
    for rule in rules:
        try:
            kept[rule.key] = read_value(rule, typed.get(rule.key, ""), before=before.get(rule.key, ""))
        except Refused:
            kept[rule.key] = _UNREADABLE
    return kept


def is_stored_form(rule: "FieldRule", value: str) -> bool:
    """Whether the value is in the stored form."""
    if not value:
        return True
    if not _has_shape(rule, value):
        return False
    try:
        return read_value(rule, TYPES[kind_of(rule)].as_typed(value)) == value
    except (Refused, ValueError):
        return False


def for_editing(rule: "FieldRule", kept: str) -> str:
    """The text that an input shows for a stored value: as it would be typed, or masked if its type is masked.

    A value that is not in the stored form (written by an older version) is returned unchanged.
    """
    if not kept or TYPES[kind_of(rule)].masked is not None:
        return masked(rule, kept)
    return TYPES[kind_of(rule)].as_typed(kept) if _has_shape(rule, kept) else kept


def shown(rule: "FieldRule", kept: str) -> str:
    """The stored value as people read it, complete. Use it only for a user who asked to see it, else use `masked`."""
    return TYPES[kind_of(rule)].shown(kept) if kept and _has_shape(rule, kept) else kept


def masked(rule: "FieldRule", kept: str) -> str:
    """The stored value as people read it on a screen, in messages and on paper: CPF, CNS and telephone are masked."""
    return masked_as(kind_of(rule), kept)


def masked_as(kind: str, kept: str) -> str:
    """Like `masked`, for values that are not answers to a process: a beneficiary's CPF and telephone.

    Args:
        kind: The type, as `TYPES` names it.
        kept: The stored value.
    """
    entry = TYPES[kind]
    is_whole = re.fullmatch(entry.shape, kept, re.DOTALL) is not None
    if entry.masked is None:
        return entry.shown(kept) if is_whole else kept
    return entry.masked(kept) if is_whole else "*" * len(kept)


def exported(rule: "FieldRule", kept: str) -> str:
    """The value for other programs: in its stored form, or masked if its type is masked."""
    return kept if TYPES[kind_of(rule)].masked is None else masked(rule, kept)


def is_personal(rule: "FieldRule") -> bool:
    """Whether answers to the field are about a person: CPF, CNS, telephone, e-mail, a name, an item of the record."""
    return rule.personal or TYPES[rule.type].personal


def _cleaned(rule: "FieldRule", typed: str) -> str:
    return entered(typed, multiline=rule.type == "texto_longo").strip()


def _has_shape(rule: "FieldRule", value: str) -> bool:
    return re.fullmatch(TYPES[kind_of(rule)].shape, value, re.DOTALL) is not None


# From the typed text to the stored value.


def _cpf(rule: "FieldRule", typed: str) -> str:
    digits = bare(typed)
    if not is_cpf(digits):
        raise Refused("campo_invalido_cpf", field=rule.label, typed=typed)
    return digits


def _cnpj(rule: "FieldRule", typed: str) -> str:
    number = bare(typed).upper()
    if not is_cnpj(number):
        raise Refused("campo_invalido_cnpj", field=rule.label, typed=typed)
    return number


def _cns(rule: "FieldRule", typed: str) -> str:
    digits = bare(typed)
    if re.fullmatch("[0-9]{16}", digits):  # the card shows its issue number after the CNS
        raise Refused("campo_invalido_cns_via", field=rule.label, typed=typed)
    if not is_cns(digits):
        raise Refused("campo_invalido_cns", field=rule.label, typed=typed)
    return digits


def _phone(rule: "FieldRule", typed: str) -> str:
    try:
        return phones.read_phone(typed)
    except phones.PhoneError as error:
        if error.problem == "area":
            # The caller adds the area codes of the unit, which are not known here.
            raise Refused("campo_sem_ddd", field=rule.label, typed=typed, areas="") from error
        raise Refused("campo_invalido_telefone", field=rule.label, typed=typed) from error


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
    digits = bare(typed)
    if not re.fullmatch("[0-9]{8,10}", digits):
        raise Refused("campo_invalido_procedimento", field=rule.label, typed=typed)
    return digits


_OF_COUNCIL = re.compile(
    r"(?P<council>[A-Z]{2,8})(?:[ -](?P<region>[0-9]{1,2}))?[ /-]+(?P<uf>[A-Z]{2})"
    r"[ ./:-]+(?P<number>[0-9][0-9.]{0,11}(?:-?[A-Z]{1,3})?)"
)


def _council(rule: "FieldRule", typed: str) -> str:
    found = _OF_COUNCIL.fullmatch(" ".join(typed.upper().split()))
    if not found or found["council"] not in COUNCILS or found["uf"] not in ZONE_OF_UF:
        raise Refused("campo_invalido_conselho", field=rule.label, typed=typed, known=", ".join(COUNCILS))
    council = "-".join(filter(None, (found["council"], found["region"])))
    return f"{council}/{found['uf']} {found['number'].replace('.', '')}"


def _protocol(rule: "FieldRule", typed: str) -> str:
    digits = bare(typed)
    if not re.fullmatch("[0-9]{14}|[0-9]{20}", digits):
        raise Refused("campo_invalido_protocolo", field=rule.label, typed=typed)
    return digits


def _number(rule: "FieldRule", typed: str) -> str:
    found = re.fullmatch(r"([-−]?)([0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:,([0-9]{1,6}))?", typed)
    if not found:
        raise Refused("campo_invalido_numero", field=rule.label, typed=typed)
    whole, rest = str(int(found[2].replace(".", ""))), (found[3] or "").rstrip("0")
    value = whole + (f".{rest}" if rest else "")
    return f"-{value}" if found[1] and value != "0" else value


def _cep(rule: "FieldRule", typed: str) -> str:
    digits = bare(typed)
    if not re.fullmatch("[0-9]{8}", digits) or digits == "00000000":
        raise Refused("campo_invalido_cep", field=rule.label, typed=typed)
    return digits


def _uf(rule: "FieldRule", typed: str) -> str:
    state = typed.upper()
    if state not in ZONE_OF_UF:
        raise Refused("campo_invalido_uf", field=rule.label, typed=typed)
    return state


def _card(rule: "FieldRule", typed: str) -> str:
    number = bare(typed)
    if not re.fullmatch("[0-9A-Za-z]{1,30}", number):
        raise Refused("campo_invalido_carteirinha", field=rule.label, typed=typed)
    return number


def _bill(rule: "FieldRule", typed: str) -> str:
    try:
        return read_bill(typed).code
    except BillError as error:
        raise Refused("campo_invalido_boleto", field=rule.label, problem=error.problem) from error


def _bill_or_number(rule: "FieldRule", typed: str) -> str:
    """A bill if it has as many digits as one, checked as such; a shorter number stays as it was typed."""
    if re.fullmatch(_BILL_NUMBER, typed) and len(bare(typed)) <= _LONGEST_BILL_NUMBER:
        return typed
    try:
        return read_bill(typed).code
    except BillError as error:
        most = _LONGEST_BILL_NUMBER
        raise Refused("campo_invalido_numero_boleto", field=rule.label, problem=error.problem, most=most) from error


def _slot(rule: "FieldRule", typed: str) -> str:
    try:
        return bookings.read_code(typed).code
    except ValueError:
        raise Refused("campo_invalido_vaga", field=rule.label, typed=typed) from None


def _choice(rule: "FieldRule", typed: str) -> str:
    options = options_of(rule)
    for option in options:
        if folded(option) == folded(typed):
            return option
    raise Refused("campo_invalido_escolha", field=rule.label, typed=typed, options=", ".join(options))


def _yes_or_no(rule: "FieldRule", typed: str) -> str:
    for word, accepted in (("sim", ("sim", "s")), ("nao", ("nao", "n"))):
        if folded(typed) in accepted:
            return word
    raise Refused("campo_invalido_sim_nao", field=rule.label, typed=typed)


def _person(rule: "FieldRule", typed: str) -> str:
    name = " ".join(typed.split())
    if len(name) > _LONGEST_NAME or sum(letter.isalpha() for letter in name) < 2:
        raise Refused("campo_invalido_pessoa", field=rule.label, typed=typed)
    return name


def _text(rule: "FieldRule", typed: str) -> str:
    words = re.sub(r"\W+", " ", folded(typed)).strip()
    if words in [re.sub(r"\W+", " ", folded(word)).strip() for word in rule.empty_words]:
        raise Refused("campo_invalido_texto", field=rule.label, typed=typed)
    if len(" ".join(typed.split())) < rule.least:
        raise Refused("campo_curto", field=rule.label, least=rule.least)
    return typed


_TEXT = ValueType(_text, shape=".+")

TYPES: Mapping[str, ValueType] = {
    "texto": _TEXT,
    "texto_longo": _TEXT,
    "numero": ValueType(
        _number,
        shape=r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,5}[1-9])?",
        as_typed=lambda value: value.replace(".", ","),
        shown=formats.number,
    ),
    "data": ValueType(
        _date, shape=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", as_typed=formats.reversed_date, shown=formats.reversed_date
    ),
    "vaga": ValueType(_slot, shape=bookings.CODE, shown=formats.slot),
    "hora": ValueType(_time, shape="[0-9]{2}:[0-9]{2}"),
    "cpf": ValueType(
        _cpf, shape="[0-9]{11}", as_typed=formats.cpf, shown=formats.cpf, masked=formats.masked_cpf, personal=True
    ),
    "cnpj": ValueType(_cnpj, shape="[0-9A-Z]{12}[0-9]{2}", as_typed=formats.cnpj, shown=formats.cnpj),
    "cns": ValueType(
        _cns, shape="[0-9]{15}", as_typed=formats.cns, shown=formats.cns, masked=formats.masked_cns, personal=True
    ),
    "telefone": ValueType(
        _phone, shape=phones.KEPT, as_typed=phones.as_typed, shown=phones.as_typed, masked=phones.masked, personal=True
    ),
    "email": ValueType(_email, shape=".+", personal=True),
    "dinheiro": ValueType(_money, shape="0|[1-9][0-9]{0,13}", as_typed=formats.typed_money, shown=formats.money),
    "competencia": ValueType(
        _month, shape="[0-9]{4}-[0-9]{2}", as_typed=formats.reversed_date, shown=formats.reversed_date
    ),
    "procedimento": ValueType(_procedure, shape="[0-9]{8,10}"),
    "escolha": ValueType(_choice, shape=".+"),
    "sim_nao": ValueType(_yes_or_no, shape="sim|nao", shown=lambda value: {"sim": "sim", "nao": "não"}[value]),
    "pessoa": ValueType(_person, shape=".+", personal=True),
    "cep": ValueType(_cep, shape="[0-9]{8}", as_typed=formats.cep, shown=formats.cep, personal=True),
    "uf": ValueType(_uf, shape="[A-Z]{2}"),
    "carteirinha": ValueType(_card, shape="[0-9A-Za-z]{1,30}", masked=formats.masked_card, personal=True),
    "boleto": ValueType(_bill, shape=BAR_CODE, as_typed=formats.bill, shown=formats.bill),
    "numero_boleto": ValueType(
        _bill_or_number, shape=f"{BAR_CODE}|{_BILL_NUMBER}", as_typed=formats.bill, shown=formats.bill
    ),
    "cadastro": replace(_TEXT, personal=True),
    "conselho": ValueType(_council, shape=r"[A-Z]{2,8}(-[0-9]{1,2})?/[A-Z]{2} [0-9]{1,12}(-?[A-Z]{1,3})?"),
    "protocolo": ValueType(_protocol, shape="[0-9]{14}|[0-9]{20}", as_typed=formats.protocol, shown=formats.protocol),
}
"""One entry for each type of field. Values of `cadastro` have the type of their item (`kind_of`)."""
