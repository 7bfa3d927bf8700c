"""The protocol number: what it is made of. Taking one is the database's business."""

from datetime import date

SEQUENCE_DIGITS = 6


def protocol_number(ans_registration: str, day: date, sequence: int) -> str:
    """`RRRRRRAAAAMMDDNNNNNN` with an ANS registration, else `AAAAMMDDNNNNNN` (DOMAIN 1.2, UX "First minutes").

    Args:
        ans_registration: Six digits, or empty.
        day: The local day of opening.
        sequence: The number within the day, from 1.
    """
    return f"{ans_registration}{day:%Y%m%d}{sequence:0{SEQUENCE_DIGITS}d}"


def series_of(day: date) -> str:
    """The series that a day's protocols are numbered in."""
    return f"protocolo {day:%Y%m%d}"
