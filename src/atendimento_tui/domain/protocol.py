"""The format of protocol numbers. `services/numbering.py` allocates them."""

import re
from datetime import date

SEQUENCE_DIGITS = 6


def protocol_number(ans_registration: str, day: date, sequence: int) -> str:
    """`RRRRRRAAAAMMDDNNNNNN` with an ANS registration, else `AAAAMMDDNNNNNN` (docs/rules.md, "Protocol number").

    Args:
        ans_registration: Six digits, or empty.
        day: The local day of opening.
        sequence: Its number within the day, from 1.
    """
    return f"{ans_registration}{day:%Y%m%d}{sequence:0{SEQUENCE_DIGITS}d}"


def series_of(day: date) -> str:
    """The number series of a day's protocols."""
    return f"protocolo {day:%Y%m%d}"


_NAMED = re.compile(r"(?<![0-9.])(?:([0-9]{6})[. -]?)?(20[0-9]{2}[01][0-9][0-3][0-9])[. -]?([0-9]{6})(?![0-9])")


def protocols_in(text: str) -> list[str]:
    """The digits of each protocol number in the text, grouped or not, without duplicates, in their order."""
    return list(dict.fromkeys("".join(filter(None, found.groups())) for found in _NAMED.finditer(text)))
