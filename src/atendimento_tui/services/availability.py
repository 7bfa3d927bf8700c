"""The hours of professionals: when they are at a site, days that are otherwise, absences.

A change computes anew what is open. Bookings whose time it closes are returned, and listed to be moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.providers import Changed, Hours
from atendimento_tui.data.queries import providers
from atendimento_tui.data.repositories import providers as rows
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.agenda import HORIZON_DAYS
from atendimento_tui.domain.bookings import QUANTUM_MIN
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.recurrence import days
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import written
from atendimento_tui.domain.trail import Value
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.providers import PROVIDER, Change, changing, provider_named
from atendimento_tui.services.staff import typed_day
from atendimento_tui.services.typed_hours import (
    DAY_MIN,
    HoursAsked,
    asked_hours,
    on_days,
    typed_items,
    typed_spans,
    typed_time,
)


@needs(Permission.SUPPLY)
def add_hours(desk: Desk, typed: Mapping[str, str], now: datetime, provider: int | None = None) -> Changed:
    """Add hours of a professional. Those that are there already are no change.

    Args:
        provider: The id of the professional; None if `typed` names them.
        typed: `provider`, `site`, `specialty` (none for all of the professional's), `hours` (`seg-qua 8-12 13-17`, or
            with `rule` only `8-12`), `rule` (an RRULE), `since`, `until`, `slot`, `capacity`, `second`.

    Raises:
        Refused: An item is invalid.
    """
    with changing(desk, now) as it:
        return put_hours(it, asked_hours(it, typed, provider))


@needs(Permission.SUPPLY)
def change_hours(
    desk: Desk, provider: str | int, numbers: Sequence[int], typed: Mapping[str, str], now: datetime
) -> Changed:
    """Change hours of a professional. What is not typed stays, also days that are otherwise.

    Args:
        numbers: Hours that differ only in the interval of the day.
        typed: As in `add_hours`; `hours` and `rule` are typed together.

    Raises:
        Refused: The professional has no such hours, or an item is invalid.
    """
    with changing(desk, now) as it:
        own, wrong = _own(it, provider, numbers), Wrong()
        items = typed_items(it, typed, wrong)
        if "site" in items:
            items["zone"] = None
        base = [replace(_asked(each), **items) for each in own]
        spans = typed_spans(typed, wrong) if "hours" in typed else None
        wrong.refuse()
        asked = base if spans is None else [on_days(it, base[0], *span) for span in spans]
        return _rewrite(it, own, asked)


@needs(Permission.SUPPLY)
def end_hours(desk: Desk, provider: str | int, numbers: Sequence[int], last: str, now: datetime) -> Changed:
    """End hours of a professional with a day. Those that begin later are offered no more.

    Args:
        numbers: Their numbers, as `profissionais ver` shows them.
        last: Their last day, as typed.

    Raises:
        Refused: The professional has no such hours, or it is no day.
    """
    with changing(desk, now) as it:
        own, wrong = _own(it, provider, numbers), Wrong()
        items = typed_items(it, {"until": last or "-"}, wrong)
        wrong.refuse()
        return _rewrite(it, own, [replace(_asked(each), **items) for each in own if each.of.first <= items["until"]])


@needs(Permission.SUPPLY)
def change_day(
    desk: Desk, provider: str | int, numbers: Sequence[int], day: str, now: datetime, *, added: bool
) -> Changed:
    """Leave a day out of hours, or add one.

    Raises:
        Refused: The professional has no such hours, or it is no day.
    """
    with changing(desk, now) as it:
        own, wrong, on = _own(it, provider, numbers), Wrong(), frozenset[date]()
        with wrong.at("day"):
            on = frozenset((typed_day(day),))
        wrong.refuse()
        asked = [
            replace(each, left_out=each.left_out - on, added=each.added | on)
            if added
            else replace(each, left_out=each.left_out | on, added=each.added - on)
            for each in map(_asked, own)
        ]
        return _rewrite(it, own, asked)


@needs(Permission.SUPPLY)
def add_absence(desk: Desk, provider: str | int, first: str, last: str, reason: str, now: datetime) -> Changed:
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
            begins = typed_time(first, desk.zone)
        with wrong.at("last"):
            ends = typed_time(last or first, desk.zone, is_end=True)
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
def end_absence(desk: Desk, provider: str | int, number: int, now: datetime) -> Changed:
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


def put_hours(it: Change, asked: Sequence[HoursAsked], line: str = "") -> Changed:
    """Add hours of one professional, in a transaction. What is there already is no change.

    Those of a source change what has the same key.

    Args:
        line: The key of a line of the source, with which the keys of its hours begin. Others of it are offered no more.
    """
    of = asked[0].provider
    known = providers.hours(it.connection, [of])
    is_new, changed, key = False, False, 0
    kept = set()
    for each in asked:
        _check(each)
        same = next((old for old in known if old.is_active and _asked(old) == _filled(it, each)), None)
        former = next((old for old in known if each.source and _key(old) == _key_of(each)), None)
        if same:
            key = key or same.of.id
            kept.add(same.of.id)
            continue
        key = _write(it, each, former)
        kept.add(key)
        is_new, changed = is_new or former is None, True
    for old in known:
        is_of_line = line and (old.source, old.source_key.rpartition(" ")[0]) == (asked[0].source, line)
        if is_of_line and old.is_active and old.of.id not in kept:
            _retire(it, old)
            changed = True
    if not changed:
        return Changed(key, is_new=False)
    return Changed(key, is_new=is_new, fields=("hours",), unplaced=it.anew(of))


def _retire(it: Change, hours: Hours) -> None:
    """Offer hours no more."""
    rows.update(it.connection, "hours", hours.of.id, {"active": False})
    it.record(PROVIDER, hours.of.provider, "horario", {"horario": (str(hours.of.id), None)})


def _rewrite(it: Change, own: Sequence[Hours], asked: Sequence[HoursAsked]) -> Changed:
    """Write hours in the place of others. Those that are so already stay; what is left over is offered no more."""
    left, new = list(own), list[HoursAsked]()
    for each in asked:
        same = next((old for old in left if _asked(old) == _filled(it, _from(each, old))), None)
        if same:
            left.remove(same)
        else:
            new.append(each)
    if not (new or left):
        return Changed(own[0].of.id, is_new=False)
    for each in new:
        _check(each)
        former = left.pop(0) if left else None
        _write(it, _from(each, former), former)
    for old in left:
        _retire(it, old)
    return Changed(own[0].of.id, is_new=False, fields=("hours",), unplaced=it.anew(own[0].of.provider))


def _from(asked: HoursAsked, former: Hours | None) -> HoursAsked:
    """Hours with the source of those that they replace."""
    source, key = _key(former) if former else ("", "")
    return replace(asked, source=source, source_key=key)


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
    if not 0 <= asked.starts < asked.ends <= DAY_MIN:
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


def _own(it: Change, provider: str | int, numbers: Sequence[int]) -> list[Hours]:
    who = provider_named(it.known, provider)
    found = {each.of.id: each for each in providers.hours(it.connection, [who.id]) if each.is_active}
    for number in numbers:
        if number not in found:
            raise Refused("horario_sem_numero", name=who.name, number=number)
    return [found[number] for number in numbers]


def _key(own: Hours) -> tuple[str, str]:
    return own.source, own.source_key


def _key_of(asked: HoursAsked) -> tuple[str, str]:
    return asked.source, asked.source_key


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
