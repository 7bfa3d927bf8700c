"""Telephone numbers: how they are parsed, stored and shown.

The stored form is E.164, `+5511987654321`, with an extension as in RFC 3966, `;ext=12`. National numbers without area
code (0800, 4004, 3003, 192) are stored as their digits.
"""

import re
from typing import Literal, TypeAlias

AREAS = frozenset(
    map(str, [*range(11, 20), 21, 22, 24, 27, 28, *range(31, 36), 37, 38, *range(41, 50), 51, 53, 54, 55])
) | frozenset(map(str, [*range(61, 70), 71, 73, 74, 75, 77, 79, *range(81, 90), *range(91, 100)]))
"""Area codes in use (Anatel's numbering plan)."""

KEPT = r"\+[1-9][0-9]{7,14}(;ext=[0-9]{1,8})?|0[0-9]{9,10}|[0-9]{8}|1[0-9]{2}"
"""Pattern of a stored number."""

Problem: TypeAlias = Literal["invalid", "area"]

_LOCAL = "9[0-9]{8}|[2-5][0-9]{7}"
_SERVICE = "0[3589]00[0-9]{6,7}|40[0-9]{6}|300[0-9]{5}"
_EMERGENCY = "1[0-9]{2}"
_EXTENSION = re.compile(r"(?<=[0-9)\s])[\s,;/-]*(?:ramal|ram|ext|r|x)\s*[.:=]?\s*([0-9]{1,8})\s*$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s./()\-]")


class PhoneError(ValueError):
    """The text is not a telephone number.

    Attributes:
        problem: `area` if only the area code is missing, else `invalid`.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def read_phone(typed: str) -> str:
    """Parse a number, with its extension, into the stored form.

    An area code is never assumed: `3333-4444` is refused.

    Raises:
        PhoneError: It is not a number, or its area code is missing.
    """
    found = _EXTENSION.search(typed)
    extension = found[1] if found else ""
    digits = _bare(typed[: found.start()] if found else typed)
    # `0xx11`: a placeholder for the carrier code.
    number = _number(re.sub("^0xx", "0", digits, flags=re.IGNORECASE))
    if extension and not number.startswith("+"):
        raise PhoneError("invalid")  # a service number has no extension
    return f"{number};ext={extension}" if extension else number


def prepare() -> None:
    """Load the library in advance, so that the first number of a form is parsed at once."""
    _parsed("+5511987654321")


def could_be_phone(digits: str) -> bool:
    """Whether digits, with or without `+`, have the shape of a person's number."""
    if re.fullmatch(rf"{_SERVICE}|\+(?!55)[1-9][0-9]{{7,14}}", digits):
        return True
    national = re.sub(r"^(\+55|55(?=[0-9]{10,11}$))?0?", "", digits)
    return _has_area(national)


def as_typed(kept: str) -> str:
    """The stored number as a person would type it."""
    number, extension = _parts(kept)
    if number.startswith("+55"):
        number = f"({number[3:5]}) {number[5:-4]}-{number[-4:]}"
    elif number.startswith("0"):
        number = f"{number[:4]} {number[4:7]} {number[7:]}"
    elif len(number) == 8:
        number = f"{number[:4]}-{number[4:]}"
    return number + _with_extension(extension)


def masked(kept: str) -> str:
    """The stored number with only its last four digits visible."""
    number, extension = _parts(kept)
    if number.startswith("+55"):
        hidden = f"({number[3:5]}) {'*' * (len(number) - 9)}-{number[-4:]}"
    else:
        hidden = f"{'*' * (len(number) - 4)}{number[-4:]}"
    return hidden + _with_extension(extension)


def ending(kept: str) -> str:
    """The last four digits of the number, without its extension."""
    return _parts(kept)[0][-4:]


def _number(digits: str) -> str:
    if re.fullmatch(f"{_SERVICE}|{_EMERGENCY}", digits):
        return digits
    if re.fullmatch(_LOCAL, digits):
        raise PhoneError("area")
    if not re.fullmatch(r"\+?[0-9]{8,16}", digits):
        raise PhoneError("invalid")
    return _parsed(digits)


def _parsed(digits: str) -> str:
    """Parse a number with carrier and country codes, by the library."""
    import phonenumbers  # late: slow, and only numbers need it

    try:
        parsed = phonenumbers.parse(digits, "BR")
    except phonenumbers.NumberParseException as error:
        raise PhoneError("invalid") from error
    national = str(parsed.national_number)
    if parsed.country_code != 55:
        if not phonenumbers.is_possible_number(parsed):
            raise PhoneError("invalid")
    elif not _has_area(national):
        raise PhoneError("invalid")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _has_area(national: str) -> bool:
    return national[:2] in AREAS and re.fullmatch(_LOCAL, national[2:]) is not None


def _bare(typed: str) -> str:
    return _SEPARATORS.sub("", typed)


def _parts(kept: str) -> tuple[str, str]:
    number, _, extension = kept.partition(";ext=")
    return number, extension


def _with_extension(extension: str) -> str:
    return f" ramal {extension}" if extension else ""
