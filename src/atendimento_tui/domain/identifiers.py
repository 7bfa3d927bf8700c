"""Numbers that carry check digits: whether one is right. Rules and vectors: DOMAIN, section 4."""

import re
from typing import Literal

from atendimento_tui.domain.phones import could_be_phone

_SEPARATORS = re.compile(r"[\s./()\-]")


def bare(typed: str) -> str:
    """What was typed without blanks, dots, bars, brackets and hyphens."""
    return _SEPARATORS.sub("", typed)


def is_cpf(digits: str) -> bool:
    """Whether eleven digits are a CPF, its check digits right."""
    if not re.fullmatch("[0-9]{11}", digits) or len(set(digits)) == 1:
        return False
    return all(
        int(digits[length]) == _weighed(digits[:length], range(length + 1, 1, -1)) * 10 % 11 % 10 for length in (9, 10)
    )


def is_cnpj(number: str) -> bool:
    """Whether fourteen characters are a CNPJ. Its first twelve may be letters (IN RFB 2.229/2024, since July 2026)."""
    if not re.fullmatch("[0-9A-Z]{12}[0-9]{2}", number) or len(set(number)) == 1:
        return False
    for length in (12, 13):
        weights = [2 + place % 8 for place in reversed(range(length))]
        rest = sum((ord(c) - ord("0")) * weight for c, weight in zip(number[:length], weights, strict=True)) % 11
        if int(number[length]) != (0 if rest < 2 else 11 - rest):
            return False
    return True


def is_cns(digits: str) -> bool:
    """Whether fifteen digits are a number of the national health card."""
    if not re.fullmatch("[12789][0-9]{14}", digits) or _weighed(digits, range(15, 0, -1)) % 11:
        return False
    return digits[0] in "789" or digits[11:] == _cns_tail(digits[:11])


def kind_of_number(typed: str) -> Literal["cpf", "phone", "card", ""]:
    """Which number of a person is typed, also where it is not right yet; or none."""
    digits = bare(typed)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        return ""
    if is_cpf(digits) or re.fullmatch(r"[0-9]{3}\.[0-9]{1,3}[0-9.\-]*", typed.strip()):
        return "cpf"
    return "phone" if could_be_phone(digits) else "card"


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
