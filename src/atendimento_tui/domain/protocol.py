"""The format of protocol numbers. `services/numbering.py` allocates them."""

import re
from datetime import date

SEQUENCE_DIGITS = 6

PROTOCOL_SERIES = "protocolo "
"""How the names of the series of protocols begin."""

SECRET_SERIES = f"{PROTOCOL_SERIES}sigiloso "
"""How those of secret tickets begin."""


def protocol_number(ans_registration: str, day: date, sequence: int) -> str:
    """`RRRRRRAAAAMMDDNNNNNN` with an ANS registration, else `AAAAMMDDNNNNNN` (docs/rules.md, "Protocol number").

    Args:
        ans_registration: Six digits, or empty.
        day: The local day of opening.
        sequence: Its number within the day, from 1.
    """
    return f"{ans_registration}{day:%Y%m%d}{sequence:0{SEQUENCE_DIGITS}d}"


SECRET_FROM = 900_000
"""The protocols of secret tickets end with numbers above this one. They have a series of their own: in that of all
tickets each would be a gap, and so tell that there is one."""


def series_of(day: date, *, secret: bool = False) -> str:
    """The number series of a day's protocols."""
    return f"{SECRET_SERIES if secret else PROTOCOL_SERIES}{day:%Y%m%d}"


def read_protocol(digits: str, ans_registration: str) -> tuple[date, int] | None:
    """The day and the number within the day of a protocol; None if it is none of this desk.

    Args:
        digits: Its digits; the registration may be missing.
        ans_registration: That of the unit, or empty.
    """
    found = re.fullmatch(r"([0-9]{6})?([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{6})", digits, re.ASCII)
    if found is None or found[1] not in (None, ans_registration):
        return None
    try:
        return date(int(found[2]), int(found[3]), int(found[4])), int(found[5])
    except ValueError:
        return None


_BARE = 8 + SEQUENCE_DIGITS
_REGISTRATION = 6


def series_in(protocol: str) -> tuple[str, int] | None:
    """The series and the sequence number of a stored protocol number; None if it is none of `protocol_number`.

    The registration may be any, because a unit may get another one.
    """
    if not (protocol.isascii() and protocol.isdigit() and len(protocol) >= _BARE):
        return None
    bare = protocol[_REGISTRATION:] if len(protocol) >= _REGISTRATION + _BARE else protocol
    day, number = bare[:8], int(bare[8:])
    if number > SECRET_FROM:
        return f"{SECRET_SERIES}{day}", number - SECRET_FROM
    return f"{PROTOCOL_SERIES}{day}", number


_NAMED = re.compile(r"(?<![0-9.])(?:([0-9]{6})[. -]?)?(20[0-9]{2}[01][0-9][0-3][0-9])[. -]?([0-9]{6})(?![0-9])")


def protocols_in(text: str) -> list[str]:
    """The digits of each protocol number in the text, grouped or not, without duplicates, in their order."""
    return list(dict.fromkeys("".join(filter(None, found.groups())) for found in _NAMED.finditer(text)))
