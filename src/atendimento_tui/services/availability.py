"""The hours of professionals: when they are at a site, days that are otherwise, absences.

A change computes anew what is open. Bookings whose time it closes are returned, and listed to be moved.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.contracts.providers import Changed, Hours
from atendimento_tui.data.queries import providers
from atendimento_tui.data.repositories import providers as rows
from atendimento_tui.data.written import checked_week
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.agenda import HORIZON_DAYS
from atendimento_tui.domain.bookings import QUANTUM_MIN
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.recurrence import checked_rule, days, parted, weekly
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import entered, written
from atendimento_tui.domain.trail import Value
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.providers import (
    PROVIDER,
    Change,
    changing,
    provider_named,
    site_named,
    specialty_named,
)
from atendimento_tui.services.staff import typed_day

USUAL_SLOT_MIN = 30
"""The length of a slot, where nobody says another one."""

LONGEST_SLOT_MIN, MOST_PLACES = 8 * 60, 50

_DAY_MIN = 24 * 60


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


@needs(Permission.SUPPLY)
def add_hours(desk: Desk, typed: Mapping[str, str], now: datetime) -> Changed:
    """Add hours of a professional. Those that are there already are no change.

    Args:
        typed: `provider`, `site`, `specialty` (none for all of the professional's), `hours` (`seg-qua 8-12 13-17`, or
            with `rule` only `8-12`), `rule` (an RRULE), `since`, `until`, `slot`, `capacity`, `second`.

    Raises:
        Refused: An item is invalid.
    """
    with changing(desk, now) as it:
        return put_hours(it, asked_hours(it, typed))


@needs(Permission.SUPPLY)
def end_hours(desk: Desk, provider: str, number: int, last: str, now: datetime) -> Changed:
    """End hours of a professional with a day.

    Args:
        number: Their number, as `profissionais ver` shows it.
        last: Their last day, as typed.

    Raises:
        Refused: The professional has no such hours, or it is no day.
    """
    with changing(desk, now) as it:
        own = _own(it, provider, number)
        return put_hours(it, [replace(_asked(own), until=typed_day(last))], number)


@needs(Permission.SUPPLY)
def change_day(desk: Desk, provider: str, number: int, day: str, now: datetime, *, added: bool) -> Changed:
    """Leave a day out of hours, or add one.

    Raises:
        Refused: The professional has no such hours, or it is no day.
    """
    with changing(desk, now) as it:
        asked, on = _asked(_own(it, provider, number)), frozenset((typed_day(day),))
        left_out = asked.left_out - on if added else asked.left_out | on
        return put_hours(
            it, [replace(asked, left_out=left_out, added=asked.added | on if added else asked.added - on)], number
        )


@needs(Permission.SUPPLY)
def add_absence(desk: Desk, provider: str, first: str, last: str, reason: str, now: datetime) -> Changed:
    """Record that a professional sees nobody from the beginning of a day to the end of another one.

    Args:
        first, last: Days, or days with a time (`24/12/2026 13:00`).

    Raises:
        Refused: They are no days or in the wrong order; there is no reason.
    """
    with changing(desk, now) as it:
        who = provider_named(it.known, provider)
        wrong = Wrong()
        begins = ends = now
        with wrong.at("first"):
            begins = _typed_time(first, desk.zone)
        with wrong.at("last"):
            ends = _typed_time(last or first, desk.zone, is_end=True)
            if ends <= begins:
                raise Refused("ausencia_invertida_agenda")
        with wrong.at("reason"):
            said = written(reason).strip()
            if not said:
                raise Refused("ausencia_sem_motivo_agenda")
        wrong.refuse()
        known = providers.absences(it.connection, [who.id], now).get(who.id, [])
        if any((each.starts_at, each.ends_at) == (begins, ends) for each in known):
            return Changed(who.id, is_new=False)
        values = {"provider_id": who.id, "starts_at": begins.astimezone(UTC), "ends_at": ends.astimezone(UTC)}
        who_did = {"reason": said, "actor_id": it.actor, "recorded_at": now.astimezone(UTC)}
        rows.insert_absence(it.connection, values | who_did)
        times = {"de": (None, begins.isoformat()), "ate": (None, ends.isoformat()), "motivo": (None, said)}
        it.record(PROVIDER, who.id, "ausente", times)
        return Changed(who.id, is_new=True, fields=("absence",), unplaced=it.anew(who.id))


@needs(Permission.SUPPLY)
def end_absence(desk: Desk, provider: str, number: int, now: datetime) -> Changed:
    """Remove an absence; its event stays.

    Raises:
        Refused: The professional has no such absence.
    """
    with changing(desk, now) as it:
        who = provider_named(it.known, provider)
        own = providers.absence(it.connection, number)
        if own is None or own.provider != who.id:
            raise Refused("ausencia_sem_numero", name=who.name, number=number)
        rows.delete_absence(it.connection, number)
        times = {"de": (own.starts_at.isoformat(), None), "ate": (own.ends_at.isoformat(), None)}
        it.record(PROVIDER, who.id, "de_volta", times)
        return Changed(who.id, is_new=False, fields=("absence",), unplaced=it.anew(who.id))


def slot_minutes(typed: str) -> int:
    """The minutes of a slot, as typed; empty for the usual ones.

    Raises:
        Refused: It is no such number.
    """
    return _number(typed or str(USUAL_SLOT_MIN), QUANTUM_MIN, LONGEST_SLOT_MIN, QUANTUM_MIN)


def asked_hours(it: Change, typed: Mapping[str, str]) -> list[HoursAsked]:
    """The hours of `add_hours`: one for each interval of a day that several days share."""
    wrong = Wrong()
    provider = site = specialty = until = None
    first, rule, spans = it.now.astimezone(it.desk.zone).date(), "", [("", 0, 0)]
    slot, capacity, second = USUAL_SLOT_MIN, 1, False
    with wrong.at("provider"):
        provider = provider_named(it.known, typed.get("provider", ""))
    with wrong.at("site"):
        site = site_named(it.known, typed.get("site", ""))
    if typed.get("specialty"):
        with wrong.at("specialty"):
            specialty = specialty_named(it.known, typed["specialty"]).id
    for name in ("since", "until"):
        if typed.get(name):
            with wrong.at(name):
                day = typed_day(typed[name])
                first, until = (day, until) if name == "since" else (first, day)
    with wrong.at("slot"):
        slot = slot_minutes(typed.get("slot", ""))
    with wrong.at("capacity"):
        capacity = _number(typed.get("capacity") or "1", 1, MOST_PLACES)
    with wrong.at("rule"):
        rule = checked_rule(typed.get("rule", ""))
    with wrong.at("hours"):
        spans = _spans(typed.get("hours", ""), rule or typed.get("rule", ""))
    second = entered(typed.get("second", "")).strip().lower() in ("sim", "s")
    wrong.refuse()
    assert provider, "an unknown name was refused"
    assert site, "an unknown name was refused"
    found = []
    for of_days, starts, ends in spans:
        bare, end = parted(of_days, time(starts // 60, starts % 60), ZoneInfo(ZONE_OF_UF[site.state]))
        last = min(filter(None, (until, end)), default=None)
        found.append(
            HoursAsked(provider.id, site.id, specialty, bare, first, last, starts, ends, slot, capacity, second)
        )
    return found


def put_hours(it: Change, asked: Sequence[HoursAsked], number: int | None = None) -> Changed:
    """Write hours of one professional, in a transaction. What is there already is no change.

    Args:
        number: The hours that are changed, if it is not new ones; with a source they are found by their key.
    """
    of = asked[0].provider
    known = providers.hours(it.connection, [of])
    is_new, changed, key = False, False, number or 0
    for each in asked:
        _check(each)
        same = next((old for old in known if old.is_active and _asked(old) == _filled(it, each)), None)
        former = next(
            (old for old in known if old.of.id == number or (each.source and _key(old) == _key_of(each))), None
        )
        if same:
            key = key or same.of.id
            continue
        key = _write(it, each, former)
        is_new, changed = is_new or former is None, True
    if not changed:
        return Changed(key, is_new=False)
    return Changed(key, is_new=is_new, fields=("hours",), unplaced=it.anew(of))


def _write(it: Change, asked: HoursAsked, former: Hours | None) -> int:
    asked = _filled(it, asked)
    assert asked.zone, "it was filled"
    values = {
        "provider_id": asked.provider,
        "site_id": asked.site,
        "specialty_id": asked.specialty,
        "rule": asked.rule,
        "first_day": asked.first,
        "until": asked.until,
        "starts": asked.starts,
        "ends": asked.ends,
        "zone": asked.zone.key,
        "slot_minutes": asked.slot_minutes,
        "capacity": asked.capacity,
        "second_allowed": asked.second_allowed,
        "source": asked.source,
        "source_key": asked.source_key,
        "active": True,
    }
    if former is None:
        key = rows.insert(it.connection, "hours", values)
    else:
        key = former.of.id
        rows.update(it.connection, "hours", key, values)
    exceptions = dict.fromkeys(asked.added, True) | dict.fromkeys(asked.left_out, False)
    rows.set_exceptions(it.connection, key, exceptions)
    before = _told(it, _asked(former)) if former else {}
    after = _told(it, asked)
    changes = {name: (before.get(name), after[name]) for name in after if before.get(name) != after[name]}
    it.record(PROVIDER, asked.provider, "horario", {"horario": (str(key) if former else None, str(key))} | changes)
    return key


def _told(it: Change, asked: HoursAsked) -> dict[str, Value]:
    """Hours as an event has them."""
    days_of = {"sem": asked.left_out, "mais": asked.added}
    return {
        "local": it.known.sites[asked.site].name,
        "especialidade": it.known.names_of([asked.specialty] if asked.specialty else []) or None,
        "regra": asked.rule or None,
        "desde": asked.first.isoformat(),
        "ate": asked.until.isoformat() if asked.until else None,
        "horas": f"{_clock(asked.starts)}-{_clock(asked.ends)}",
        "vaga": asked.slot_minutes,
        "lugares": asked.capacity,
        **{name: ", ".join(map(str, sorted(found))) or None for name, found in days_of.items()},
    }


def _check(asked: HoursAsked) -> None:
    if asked.starts % QUANTUM_MIN or asked.ends % QUANTUM_MIN:
        raise Refused("oferta_hora_quebrada", minutes=QUANTUM_MIN)
    if not 0 <= asked.starts < asked.ends <= _DAY_MIN:
        raise Refused("oferta_hora_invertida")
    if asked.ends - asked.starts < asked.slot_minutes:
        raise Refused("oferta_sem_vaga", minutes=asked.slot_minutes)
    if asked.until and asked.until < asked.first:
        raise Refused("oferta_dia_invertido")
    since = asked.first
    days(asked.rule, since, asked.until, since=since, to=since + timedelta(days=HORIZON_DAYS))


def _filled(it: Change, asked: HoursAsked) -> HoursAsked:
    """With the zone of the site."""
    return replace(asked, zone=asked.zone or ZoneInfo(ZONE_OF_UF[it.known.sites[asked.site].state]))


def _asked(own: Hours) -> HoursAsked:
    of = own.of
    return HoursAsked(
        of.provider,
        of.site,
        of.specialty,
        of.rule,
        of.first,
        of.until,
        of.starts,
        of.ends,
        of.slot_minutes,
        of.capacity,
        own.second_allowed,
        of.zone,
        of.left_out,
        of.added,
        own.source,
        own.source_key,
    )


def _own(it: Change, provider: str, number: int) -> Hours:
    who = provider_named(it.known, provider)
    for each in providers.hours(it.connection, [who.id]):
        if each.of.id == number and each.is_active:
            return each
    raise Refused("horario_sem_numero", name=who.name, number=number)


def _key(own: Hours) -> tuple[str, str]:
    return own.source, own.source_key


def _key_of(asked: HoursAsked) -> tuple[str, str]:
    return asked.source, asked.source_key


def _spans(typed: str, rule: str) -> list[tuple[str, int, int]]:
    """Rule, beginning and end, in minutes of the day, of each interval.

    Args:
        rule: If it is not empty, `typed` has hours without days.
    """
    week = CalendarSpec(name="horário", week=checked_week(f"seg {typed}" if rule else typed)).hours()
    if rule:
        return [(rule, _minute(opens), _minute(closes) or _DAY_MIN) for opens, closes in week[0]]
    on: dict[tuple[int, int], list[int]] = defaultdict(list)
    for day, spans in week.items():
        for opens, closes in spans:
            on[_minute(opens), _minute(closes) or _DAY_MIN].append(day)
    return [(weekly(of_days), *span) for span, of_days in on.items()]


def _typed_time(typed: str, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
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


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
