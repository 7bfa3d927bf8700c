"""Rules of recurrence: the days of an availability (RFC 5545, sections 3.3.10 and 3.8.5.3), by `dateutil.rrule`.

Daily and coarser rules only: what recurs within a day is an interval with slots. A rule is always asked for the days
of a bounded time. dateutil searches up to the year 9999 for a day that cannot be, so rules that never have one are
refused.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time
from itertools import product
from types import MappingProxyType
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from atendimento_tui.domain.refusals import Refused

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The weekdays as rules write them, Monday first."""

_WEEKLY = "FREQ=WEEKLY;BYDAY="

LONGEST_YEARS = 100
"""A rule is not asked for days more than this after its first one."""

_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_COARSE = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")

_NUMBERS = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
"""Part -> the largest number that it takes; its negative counts from the end."""

_PARTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "FREQ": re.compile("|".join(_COARSE)),
        "INTERVAL": re.compile(r"0*[1-9][0-9]{0,3}"),
        "COUNT": re.compile(r"0*[1-9][0-9]{0,3}"),
        "UNTIL": re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?"),
        "WKST": re.compile("|".join(WEEKDAYS)),
        "BYDAY": re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(WEEKDAYS)})"),
        "BYMONTH": re.compile(r"0?[1-9]|1[0-2]"),
        **{name: re.compile(r"[+-]?[0-9]{1,3}") for name in _NUMBERS},
    }
)
"""Part of a rule -> what each of its values is."""

_ONLY_IN = {
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
}
"""Part -> the frequencies that it may be used with (RFC 5545, 3.3.10)."""

_SET_OF = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
"""Frequency -> the days that one of its periods has at most."""


def checked_rule(rule: str) -> str:
    """A rule in its usual form: capitals, no spaces.

    Args:
        rule: The value of an RRULE, with or without its name. Empty for a single day.

    Raises:
        Refused: It is none, recurs within a day, or never has a day.
    """
    bare = re.sub(r"\s", "", rule).upper().removeprefix("RRULE:")
    if bare:
        _check(bare, _parts_of(bare))
    return bare


def weekly(weekdays: Collection[int]) -> str:
    """The rule of each week on some weekdays, Monday = 0."""
    return f"{_WEEKLY}{','.join(WEEKDAYS[day] for day in sorted(weekdays))}"


def weekdays_of(rule: str) -> tuple[int, ...] | None:
    """The weekdays of a rule that `weekly` may have made, Monday = 0; None for another rule."""
    names = rule.removeprefix(_WEEKLY).split(",")
    is_weekly = rule.startswith(_WEEKLY) and set(names) <= set(WEEKDAYS)
    return tuple(sorted(map(WEEKDAYS.index, names))) if is_weekly else None


def parted(rule: str, starts: time, zone: ZoneInfo) -> tuple[str, date | None]:
    """A checked rule without its UNTIL, and the last day on which it may begin by that; None if it has none.

    Args:
        starts: The local time at which each occurrence begins.
        zone: Its zone. An UNTIL in UTC is converted to it.
    """
    parts = dict(part.split("=") for part in rule.split(";") if part)
    until = parts.pop("UNTIL", "")
    bare = ";".join(f"{name}={value}" for name, value in parts.items())
    if not until:
        return bare, None
    if "T" not in until:
        return bare, _day(until)
    end = datetime.strptime(until.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone follows
    if until.endswith("Z"):
        end = end.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    last = end.date()
    return bare, last if starts <= end.time() else date.fromordinal(last.toordinal() - 1)


def days(
    rule: str,
    first: date,
    until: date | None,
    *,
    left_out: Collection[date] = (),
    added: Collection[date] = (),
    since: date,
    to: date,
) -> tuple[date, ...]:
    """The days of a rule from `since` to `to`, both included, in order.

    Args:
        rule: A checked rule without UNTIL (`parted`); empty for the first day only.
        first: The day from which it counts (DTSTART). It is a day of the rule only if it fits.
        until: The last day of the rule; None if only COUNT ends it, or nothing.
        left_out: Days that are not, although the rule has them (EXDATE).
        added: Days that are, although the rule does not have them (RDATE), also after `until`.

    Raises:
        Refused: `to` is more than `LONGEST_YEARS` after `first`.
    """
    last = min(to, until) if until else to
    if last.year - first.year > LONGEST_YEARS:
        raise Refused("recorrencia_longa", first=first)
    found = {day for day in _of_rule(rule, first, last) if day >= since}
    found |= {day for day in added if since <= day <= to}
    return tuple(sorted(found.difference(left_out)))


def _of_rule(rule: str, first: date, last: date) -> Iterator[date]:
    if not rule:
        yield from [first] if first <= last else []
        return
    for at in rrulestr(rule, dtstart=datetime.combine(first, time())):
        if at.date() > last:
            return
        yield at.date()


def _parts_of(rule: str) -> dict[str, list[str]]:
    """Part -> its values."""
    parts: dict[str, list[str]] = {}
    for part in rule.rstrip(";").split(";"):
        name, _, value = part.partition("=")
        if name in ("BYHOUR", "BYMINUTE", "BYSECOND") or value in ("HOURLY", "MINUTELY", "SECONDLY"):
            raise Refused("recorrencia_no_dia", part=part)
        values = value.split(",")
        is_list = name.startswith("BY")
        allowed = _PARTS.get(name)
        if (
            allowed is None
            or name in parts
            or not all(map(allowed.fullmatch, values))
            or (len(values) > 1 and not is_list)
        ):
            raise Refused("recorrencia_invalida", part=part)
        most = _NUMBERS.get(name)
        if most and not all(1 <= abs(int(each)) <= most for each in values):
            raise Refused("recorrencia_invalida", part=part)
        parts[name] = values
    if "FREQ" not in parts:
        raise Refused("recorrencia_sem_frequencia", rule=rule)
    return parts


def _check(rule: str, parts: Mapping[str, list[str]]) -> None:
    [frequency] = parts["FREQ"]
    for name, allowed in _ONLY_IN.items():
        if name in parts and frequency not in allowed:
            raise Refused("recorrencia_invalida", part=f"FREQ={frequency};{name}")
    if "COUNT" in parts and "UNTIL" in parts:
        raise Refused("recorrencia_invalida", part="COUNT;UNTIL")
    for until in parts.get("UNTIL", ()):
        _check_until(until)
    numbered = [int(day[:-2]) for day in parts.get("BYDAY", ()) if len(day) > 2]
    most = 53 if frequency == "YEARLY" and "BYMONTH" not in parts else 5
    if numbered and (frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts):
        raise Refused("recorrencia_invalida", part=f"FREQ={frequency};BYDAY")
    if not all(1 <= abs(number) <= most for number in numbered):
        raise Refused("recorrencia_invalida", part="BYDAY")
    is_never = not all(abs(int(each)) <= _SET_OF[frequency] for each in parts.get("BYSETPOS", ()))
    pairs = product(parts.get("BYMONTH", ()), parts.get("BYMONTHDAY", ()))
    if "BYMONTH" in parts and "BYMONTHDAY" in parts:
        is_never = is_never or all(abs(int(day)) > _MONTH_DAYS[int(month) - 1] for month, day in pairs)
    if is_never:
        raise Refused("recorrencia_sem_dia", rule=rule)


def _check_until(until: str) -> None:
    try:
        _day(until[:8])
        if "T" in until:
            time(int(until[9:11]), int(until[11:13]), int(until[13:15]))
    except ValueError as error:
        raise Refused("recorrencia_invalida", part=f"UNTIL={until}") from error


def _day(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
