"""Bank bills (boletos) and collection slips (arrecadação): line, bar code, check digits, value, due date.

A bar code has 44 digits. A bill's line (linha digitável) has 47: the same digits in another order, with a check digit
(modulo 10) after each of three blocks. A collection slip begins with 8; its line has 48 digits: four blocks of eleven,
each with a check digit. Both codes have a general check digit. The layouts are
Febraban's (docs/rules.md, "Bank bills").

The factor of a bill counts days from 7 October 1997. After 9999, on 21 February 2025, it began again at 1000. So a
factor corresponds to two dates. A collection slip has none.

`validate_docbr` knows no bills, and the libraries that do need other frameworks or know only one kind or one cycle.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from atendimento_tui.domain.identifiers import bare
from atendimento_tui.domain.refusals import Refused

_BASE = date(1997, 10, 7)
_RESTART = date(2025, 2, 22)
_LEAST, _MOST = 1000, 9999
_SPAN = timedelta(days=_MOST - _LEAST + 1)
_FIRST = _BASE + timedelta(days=_LEAST)
_LAST = _RESTART + _SPAN - timedelta(days=1)

_REAL = "9"
"""The currency digit of a bill in reais."""

BAR_CODE = "8[0-9][6-9][0-9]{41}|[0-79][0-9]{43}"
"""The pattern of the bar code of a bill or a collection slip."""


class BillError(ValueError):
    """Digits that are no bill.

    Attributes:
        problem: What is wrong, as a code of `texts.refusals`, and its values.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.problem: tuple[str, Mapping[str, object]] = (code, values)


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill or a collection slip whose check digits are right.

    Attributes:
        code: The 44 digits of the bar code.
    """

    code: str

    @property
    def is_collection(self) -> bool:
        """Whether it is a collection slip."""
        return self.code[0] == "8"

    @property
    def line(self) -> str:
        """The digits of the line: 47 of a bill, 48 of a collection slip."""
        code = self.code
        if self.is_collection:
            blocks = [code[start : start + 11] for start in range(0, 44, 11)]
            return "".join(f"{block}{_COLLECTION[code[2]](block)}" for block in blocks)
        blocks = [code[:4] + code[19:24], code[24:34], code[34:44]]
        return "".join(f"{block}{modulo_10(block)}" for block in blocks) + code[4] + code[5:19]

    @property
    def shown(self) -> str:
        """The line as it is printed: `99991.23459 67890.123457 67890.123457 5 10000000012345`."""
        line = self.line
        if self.is_collection:
            return " ".join(f"{line[start : start + 11]}-{line[start + 11]}" for start in range(0, 48, 12))
        first, second, third = line[:10], line[10:21], line[21:32]
        return f"{first[:5]}.{first[5:]} {second[:5]}.{second[5:]} {third[:5]}.{third[5:]} {line[32]} {line[33:]}"

    @property
    def cents(self) -> int | None:
        """The value in centavos; None if the code has none: an open value, another currency, a quantity."""
        if self.is_collection:
            return int(self.code[4:15]) or None if self.code[2] in "68" else None
        if self.code[3] != _REAL:
            return None
        # Without a factor its four digits belong to the value.
        return int(self.code[9:19] if self.factor else self.code[5:19]) or None

    @property
    def factor(self) -> int | None:
        """The factor of the due date; None if the code has none."""
        return None if self.is_collection or self.code[5] == "0" else int(self.code[5:9])


def read_bill(typed: str) -> Bill:
    """The bill of a typed line or bar code, with or without separators.

    Raises:
        BillError: `boleto_tamanho`: so many digits are no line and no code. `boleto_bloco`: the check digit of a block
            is wrong. `boleto_geral`: only the general one is.
    """
    digits = bare(typed)
    if not re.fullmatch("[0-9]{44}|[0-9]{47}|8[0-9]{47}", digits):
        raise BillError("boleto_tamanho", digits=len(digits))
    if len(digits) == 44:
        code = digits
    elif len(digits) == 47:
        _check_blocks([digits[:10], digits[10:21], digits[21:32]], modulo_10)
        code = digits[:4] + digits[32:47] + digits[4:9] + digits[10:20] + digits[21:31]
    else:
        code = "".join(digits[start : start + 11] for start in range(0, 48, 12))
        if code[2] in _COLLECTION:
            _check_blocks([digits[start : start + 12] for start in range(0, 48, 12)], _COLLECTION[code[2]])
    if not _general_holds(code):
        raise BillError("boleto_geral")
    return Bill(code)


def check_import(code: str, cents: int, due: date) -> None:
    """Refuse a bill whose value or due date is not that of its digits. What its digits do not say is not compared.

    Args:
        code: The 44 digits of the bar code.
        cents: The value beside it, in centavos.
        due: The due date beside it.

    Raises:
        Refused: They contradict each other.
    """
    bill = Bill(code)
    if cents <= 0 or bill.cents not in (None, cents):
        raise Refused("boleto_valor", cents=cents, cents_of_line=bill.cents)
    if bill.factor is not None and due not in (dates := dates_of_factor(bill.factor, due)):
        raise Refused("boleto_vencimento", due=due, one=dates[0], other=dates[1])


def _check_blocks(blocks: list[str], digit_of: Callable[[str], int]) -> None:
    for number, block in enumerate(blocks, start=1):
        if digit_of(block[:-1]) != int(block[-1]):
            raise BillError("boleto_bloco", number=number, block=block)


def _general_holds(code: str) -> bool:
    """Whether the general check digit is right: the fourth of a collection slip, the fifth of a bill."""
    if code[0] == "8":
        digit_of = _COLLECTION.get(code[2])
        return digit_of is not None and digit_of(code[:3] + code[4:]) == int(code[3])
    return int(code[4]) == _general_digit(code[:4] + code[5:])


def _general_digit(others: str) -> int:
    """The general check digit of a bill: modulo 11; 1 instead of 0, 10 and 11."""
    rest = 11 - _sum_11(others) % 11
    return 1 if rest in (10, 11) else rest


def made_bill(bank: str, due: date, cents: int, free: str) -> Bill:
    """A bill in reais with right check digits, as a bank makes it.

    Args:
        bank: The three digits of the bank.
        free: The 25 digits of its free field.
    """
    others = f"{bank}{_REAL}{due_factor(due):04}{cents:010}{free}"
    return Bill(f"{others[:4]}{_general_digit(others)}{others[4:]}")


def modulo_10(digits: str) -> int:
    """The check digit of modulo 10: weights 2 and 1 from the right, the digits of each product are added."""
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return -sum(product // 10 + product % 10 for product in products) % 10


def modulo_11(digits: str) -> int:
    """The check digit of modulo 11 of a collection slip: weights 2 to 9 from the right; 0 instead of 10 and 11."""
    rest = 11 - _sum_11(digits) % 11
    return 0 if rest > 9 else rest


def _sum_11(digits: str) -> int:
    return sum(int(digit) * (2 + place % 8) for place, digit in enumerate(reversed(digits)))


_COLLECTION: Mapping[str, Callable[[str], int]] = {"6": modulo_10, "7": modulo_10, "8": modulo_11, "9": modulo_11}
"""Third digit of a collection slip -> the rule of its check digits."""


def due_factor(due: date) -> int:
    """The factor of a due date. Only the day of a datetime counts.

    Raises:
        ValueError: No bill can be due on that day: before 3 July 2000 or after 13 October 2049.
    """
    day = date(due.year, due.month, due.day)
    if not _FIRST <= day <= _LAST:
        raise ValueError(f"no factor for {day}")
    start = _FIRST if day < _RESTART else _RESTART
    return _LEAST + (day - start).days


def dates_of_factor(factor: int, today: date) -> tuple[date, date]:
    """The two dates of a factor, the one nearer to today first. A screen that shows one says that there is another.

    Raises:
        ValueError: It is not a factor, which is a number from 1000 to 9999.
    """
    if not _LEAST <= factor <= _MOST:
        raise ValueError(f"no factor: {factor}")
    day = date(today.year, today.month, today.day)
    first = _FIRST + timedelta(days=factor - _LEAST)
    one, other = sorted((first, first + _SPAN), key=lambda due: abs(due - day))
    return one, other


def is_bill(kept: str) -> bool:
    """Whether a stored answer is the bar code of a bill; another number of it has nothing that could be checked."""
    return re.fullmatch(BAR_CODE, kept) is not None
