"""Formats of dates, durations and protocol numbers for Brazilian users. Answers to fields: `domain.process.values`.

Everything is an argument, also the present instant, and instants are in the unit's zone: no clock or locale is read. A
malformed number is shown as it is, so that a list does not fail for one bad row.
"""

import datetime as dt
import re

MINUS = "\N{MINUS SIGN}"
WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")

_SEPARATORS = re.compile(r"[\s.,/()+\-]")
_SECONDS_SHOWN_UNDER = 600
_MINUTES_SHOWN_UNDER = 100 * 60


def date(day: dt.date) -> str:
    """Return `03/12/2026`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def short_date(day: dt.date) -> str:
    """Return `03/12`."""
    return f"{day.day:02}/{day.month:02}"


def weekday(day: dt.date) -> str:
    """Return `seg` to `dom`."""
    return WEEKDAYS[day.weekday()]


def clock(at: dt.datetime | dt.time) -> str:
    """Return `14:32`."""
    return f"{at.hour:02}:{at.minute:02}"


def moment(at: dt.datetime, now: dt.datetime) -> str:
    """Return an instant in short form relative to `now`.

    `hoje 14:32`, `amanhã 09:00`, `seg 10:15` in the next six days, else `03/12 14:32`, with the year if it is another.
    """
    return f"{_day(at.date(), now.date())} {clock(at)}"


def instant(at: dt.datetime) -> str:
    """Return an instant in full, for texts that are read on another day: `seg 02/03/2026 16:00`."""
    return f"{weekday(at)} {date(at)} {clock(at)}"


def _day(day: dt.date, today: dt.date) -> str:
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("hoje", "amanhã")[ahead]
    if 1 < ahead <= 6:
        return weekday(day)
    return short_date(day) if day.year == today.year else date(day)


def number(n: int) -> str:
    """Return `4.812`."""
    return _sign(n) + f"{abs(n):,}".replace(",", ".")


def money(cents: int) -> str:
    """An amount of centavos: `R$ 1.234,56`."""
    return f"R$ {number(cents // 100)},{cents % 100:02}"


def worked(seconds: float) -> str:
    """Return a working time: `2h14`, `0h40`, `9m41s` under ten minutes, `112h` from a hundred hours on, `−0h40` when it is overdrawn.

    It is rounded down to minutes (or seconds), so that a countdown never shows more than is left.
    """
    whole = abs(int(seconds))
    minutes, rest = divmod(whole, 60)
    if whole < _SECONDS_SHOWN_UNDER:
        text = f"{minutes}m{rest:02}s"
    else:
        text = f"{minutes // 60}h" if minutes >= _MINUTES_SHOWN_UNDER else f"{minutes // 60}h{minutes % 60:02}"
    return _sign(int(seconds)) + text


def worked_stays_s(seconds: int) -> int:
    """For how many seconds at least `worked` returns the same, while the time that is left runs down."""
    whole = abs(seconds)
    if whole < _SECONDS_SHOWN_UNDER:
        return 0
    return whole % 60 if seconds > 0 else 59 - whole % 60


def wait(time: dt.timedelta) -> str:
    """How long to wait, rounded up: `8 segundos`, `3 minutos`."""
    seconds = max(1, -(-time // dt.timedelta(seconds=1)))
    if seconds < 60:
        return "1 segundo" if seconds == 1 else f"{seconds} segundos"
    minutes = -(-seconds // 60)
    return "1 minuto" if minutes == 1 else f"{minutes} minutos"


def days_left(days: int) -> str:
    """Return `3d úteis`, `1d útil`."""
    return f"{_sign(days)}{abs(days)}d {'útil' if abs(days) <= 1 else 'úteis'}"


def protocol_groups(protocol: str) -> str:
    """Return a protocol number in groups: `RRRRRR.AAAAMMDD.NNNNNN`, or `AAAAMMDD.NNNNNN` without a registration."""
    if not _all_digits(protocol):
        return protocol
    if len(protocol) == 20:
        return f"{protocol[:6]}.{protocol[6:14]}.{protocol[14:]}"
    return f"{protocol[:8]}.{protocol[8:]}" if len(protocol) == 14 else protocol


def protocol_short(protocol: str, year: int) -> str:
    """Return the part of a protocol number that identifies it at one desk: `1203.000042`, with another year if any.

    The registration is the same for the whole desk. The result is a substring of the number, so that a search finds it.
    """
    own = protocol[6:] if len(protocol) == 20 else protocol
    return protocol_groups(own).removeprefix(f"{year:04}" if _is_protocol(own) else "")


def _is_protocol(own: str) -> bool:
    return len(own) == 14 and _all_digits(own)


def protocol_digits(typed: str) -> str:
    """Return a protocol number as it is stored, from one typed or pasted with or without separators."""
    return _bare(typed)


def _all_digits(s: str) -> bool:
    return s.isascii() and s.isdigit()


def _bare(s: str) -> str:
    return _SEPARATORS.sub("", s)


def _sign(n: int) -> str:
    return MINUS if n < 0 else ""
