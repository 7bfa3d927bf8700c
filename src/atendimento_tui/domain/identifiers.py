"""Validation of numbers with check digits, by `validate_docbr`."""

import re
from typing import Literal

from validate_docbr import CNPJ, CNS, CPF

from atendimento_tui.domain.phones import could_be_phone

_SEPARATORS = re.compile(r"[\s./()\-]")


def bare(typed: str) -> str:
    """The text without blanks, dots, slashes, parentheses and hyphens."""
    return _SEPARATORS.sub("", typed)


def is_cpf(digits: str) -> bool:
    """Whether the text is a CPF of eleven digits with correct check digits; eleven equal digits are not one."""
    return re.fullmatch("[0-9]{11}", digits) is not None and CPF().validate(digits)


def is_cnpj(number: str) -> bool:
    """Whether the text is a CNPJ. Its first twelve characters may be letters (IN RFB 2.229/2024, since July 2026)."""
    return re.fullmatch("[0-9A-Z]{12}[0-9]{2}", number) is not None and CNPJ().validate(number)


def is_cns(digits: str) -> bool:
    """Whether the text is a number of the national health card (CNS), of fifteen digits."""
    return re.fullmatch("[12789][0-9]{14}", digits) is not None and CNS().validate(digits)


def kind_of_number(typed: str) -> Literal["cpf", "phone", "card", ""]:
    """Which kind of number of a person is being typed, even if it is not complete or valid; empty for none."""
    digits = bare(typed)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return ""
    if is_cpf(digits) or re.fullmatch(r"[0-9]{3}\.[0-9]{1,3}[0-9.\-]*", typed.strip()):
        return "cpf"
    return "phone" if could_be_phone(digits) else "card"


def tuss_digit_holds(code: str) -> bool:
    """Whether a procedure's check digit is correct. For a warning only: an operator's own codes need not follow it."""
    total = sum(int(digit) * weight for digit, weight in zip(code[:-1], range(len(code), 1, -1), strict=True))
    rest = 11 - total % 11
    return int(code[-1]) == (0 if rest > 9 else rest)
