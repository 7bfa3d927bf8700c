"""The hours of professionals as people type them: words or a rule, a place, the slots."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.data.written import checked_week
from atendimento_tui.domain.bookings import QUANTUM_MIN
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.recurrence import checked_rule, parted, weekly
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import entered
from atendimento_tui.services.providers import Change, provider_named, site_named, specialty_named
from atendimento_tui.services.staff import typed_day

USUAL_SLOT_MIN = 30
"""The length of a slot, where nobody says another one."""

LONGEST_SLOT_MIN, MOST_PLACES = 8 * 60, 50

DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class HoursAsked:
    """Hours as somebody wants them.

    Attributes:
        rule: A checked rule without UNTIL; empty for the first day only.
        until: The last day; None for no end.
        starts, ends: Local minutes of the day.
        zone: None for that of the site.
        left_out, added: Days that are not as the rule says.
        source, source_key: The import that it comes from, and what it is there.
    """

    provider: int
    site: int
    specialty: int | None
    rule: str
    first: date
    until: date | None
    starts: int
    ends: int
    slot_minutes: int = USUAL_SLOT_MIN
    capacity: int = 1
    second_allowed: bool = False
    zone: ZoneInfo | None = None
    left_out: frozenset[date] = frozenset()
    added: frozenset[date] = frozenset()
    source: str = ""
    source_key: str = ""


def slot_minutes(typed: str) -> int:
    """The minutes of a slot, as typed; empty for the usual ones.

    Raises:
        Refused: It is no such number.
    """
    return _number(typed or str(USUAL_SLOT_MIN), QUANTUM_MIN, LONGEST_SLOT_MIN, QUANTUM_MIN)


def asked_hours(it: Change, typed: Mapping[str, str], provider: int | None = None) -> list[HoursAsked]:
    """The hours of `add_hours`: one for each interval of a day that several days share."""
    wrong, who = Wrong(), provider or 0
    if provider is None:
        with wrong.at("provider"):
            who = provider_named(it.known, typed.get("provider", "")).id
    items = typed_items(it, {**dict.fromkeys(_ITEMS, ""), **typed}, wrong)
    spans = typed_spans(typed, wrong)
    wrong.refuse()
    base = HoursAsked(who, rule="", starts=0, ends=0, **items)
    return [on_days(it, base, *span) for span in spans]


def typed_items(it: Change, typed: Mapping[str, str], wrong: Wrong) -> dict[str, Any]:
    """The attributes of `HoursAsked` that are typed, without those of `typed_spans`."""
    found = dict[str, Any]()
    for name, (attribute, read) in _ITEMS.items():
        if name in typed:
            with wrong.at(name):
                found[attribute] = read(it, typed[name].strip())
    return found


_ITEMS: Mapping[str, tuple[str, Callable[[Change, str], object]]] = MappingProxyType(
    {
        "site": ("site", lambda it, said: site_named(it.known, said).id),
        "specialty": ("specialty", lambda it, said: specialty_named(it.known, said).id if said else None),
        "since": ("first", lambda it, said: typed_day(said) if said else it.now.astimezone(it.desk.zone).date()),
        "until": ("until", lambda _, said: typed_day(said) if said else None),
        "slot": ("slot_minutes", lambda _, said: slot_minutes(said)),
        "capacity": ("capacity", lambda _, said: _number(said or "1", 1, MOST_PLACES)),
        "second": ("second_allowed", lambda _, said: entered(said).lower() in ("sim", "s")),
    }
)
"""Item of `add_hours` -> the attribute that it is, and what reads it."""


def typed_spans(typed: Mapping[str, str], wrong: Wrong) -> list[tuple[str, int, int]]:
    """Rule, beginning and end of each interval of `hours` and `rule`."""
    rule, said, spans = "", typed.get("rule", ""), list[tuple[str, int, int]]()
    with wrong.at("rule"):
        rule = checked_rule(said)
    with wrong.at("hours"):
        spans += _spans(typed.get("hours", ""), rule or said)
    return spans


def on_days(it: Change, asked: HoursAsked, rule: str, starts: int, ends: int) -> HoursAsked:
    """Hours on the days of a rule, whose UNTIL ends them."""
    zone = ZoneInfo(ZONE_OF_UF[it.known.sites[asked.site].state])
    bare, end = parted(rule, time(starts // 60, starts % 60), zone)
    last = min(filter(None, (asked.until, end)), default=None)
    return replace(asked, rule=bare, until=last, starts=starts, ends=ends)


def _spans(typed: str, rule: str) -> list[tuple[str, int, int]]:
    """Rule, beginning and end, in minutes of the day, of each interval.

    Args:
        rule: If it is not empty, `typed` has hours without days.
    """
    week = CalendarSpec(name="horário", week=checked_week(f"seg {typed}" if rule else typed)).hours()
    if rule:
        return [(rule, _minute(opens), _minute(closes) or DAY_MIN) for opens, closes in week[0]]
    on: dict[tuple[int, int], list[int]] = defaultdict(list)
    for day, spans in week.items():
        for opens, closes in spans:
            on[_minute(opens), _minute(closes) or DAY_MIN].append(day)
    return [(weekly(of_days), *span) for span, of_days in on.items()]


def typed_time(typed: str, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
    """A day or a day with a time. An end without a time is that of its day."""
    day, _, hour = typed.strip().partition(" ")
    at = typed_day(day)
    if hour:
        [(_, minute, _end)] = _spans(f"{hour.strip()}-24:00", "FREQ=DAILY")
        return datetime.combine(at, time(minute // 60, minute % 60), zone)
    return datetime.combine(at + timedelta(days=is_end), time(), zone)


def _number(typed: str, least: int, most: int, step: int = 1) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most and int(text) % step == 0):
        raise Refused("oferta_sem_numero", typed=typed, least=least, most=most)
    return int(text)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
