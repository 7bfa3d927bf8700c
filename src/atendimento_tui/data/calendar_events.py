"""Reading an iCalendar file (RFC 5545) as hours: each event that recurs, with its zone, EXDATE and RDATE."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from atendimento_tui.calendar.errors import UnknownZoneError
from atendimento_tui.calendar.zones import zone_named
from atendimento_tui.data.logs import detail_of
from atendimento_tui.domain.recurrence import checked_rule, parted
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.text import without_password

LARGEST_BYTES = 16 * 1024 * 1024

_DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event of the file.

    Attributes:
        number: Its place in the file, from 1.
        title: Its SUMMARY; without one, its UID.
        key: Its UID; with a RECURRENCE-ID, both.
        master: The UID of the event of which it is a single occurrence, and the day that it replaces; else None.
        zone: None for times without a zone.
        is_gone: Whether it was cancelled.
    """

    number: int
    title: str
    key: str
    first: date
    starts: int
    ends: int
    zone: ZoneInfo | None
    rule: str
    until: date | None
    left_out: frozenset[date]
    added: frozenset[date]
    master: tuple[str, date] | None
    is_gone: bool


def read_events(path: Path, own_zone: ZoneInfo) -> tuple[list[CalendarEvent], list[tuple[int, Refusal]]]:
    """The events of the file that can be read, and what is wrong with the others.

    A moved or cancelled occurrence is left out of the event that recurs; a moved one is an event of its own.

    Args:
        own_zone: The zone of times without one.

    Raises:
        Refused: The file cannot be read, or is none.
    """
    found, problems = list[CalendarEvent](), list[tuple[int, Refusal]]()
    for number, event in enumerate(_components(path), start=1):
        try:
            found.append(_event(number, event, own_zone))
        except Refused as refused:
            problems.append((number, of_event(_title(event), refused.refusal)))
    replaced: dict[str, set[date]] = {}
    for each in found:
        if each.master:
            replaced.setdefault(each.master[0], set()).add(each.master[1])
    return [
        replace(each, left_out=each.left_out | replaced.get(each.key, set())) if each.master is None else each
        for each in found
        if not each.is_gone
    ], problems


def of_event(title: str, refusal: Refusal) -> Refusal:
    """The refusal with the event whose it is. An event has no line number by which it is found."""
    return refusal._replace(values={**refusal.values, "event": title})


def _components(path: Path) -> Iterator[Any]:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise Refused("ics_ilegivel", path=without_password(str(path)))
        calendars = icalendar.Calendar.from_ical(path.read_bytes(), multiple=True)
    except OSError as error:
        raise Refused("arquivo_ilegivel", path=str(path), detail=detail_of(error)) from error
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Refused("ics_ilegivel", path=str(path)) from error
    if not calendars:
        raise Refused("ics_ilegivel", path=str(path))
    for calendar in calendars:
        yield from calendar.walk("VEVENT")


def _event(number: int, event: Mapping[str, Any], own_zone: ZoneInfo) -> CalendarEvent:
    begin = _value(event, "DTSTART")
    end = _value(event, "DTEND")
    length = _value(event, "DURATION")
    uid = str(event.get("UID", "")).strip()
    if not uid or not isinstance(begin, datetime):
        raise Refused("ics_sem_hora")
    end = begin + length if isinstance(length, timedelta) else end
    if not isinstance(end, datetime):
        raise Refused("ics_sem_hora")
    zone = _zone_of(event, begin)
    in_zone = zone or own_zone
    first, starts = begin.date(), begin.hour * 60 + begin.minute
    ends = starts + round((end - begin).total_seconds() / 60)
    if not starts < ends <= _DAY_MIN:
        raise Refused("oferta_hora_invertida")
    rules = event.get("RRULE")
    rule = checked_rule(rules.to_ical().decode() if rules is not None and not isinstance(rules, list) else "")
    if isinstance(rules, list):
        raise Refused("recorrencia_invalida", part="RRULE;RRULE")
    bare, until = parted(rule, begin.time(), in_zone)
    occurrence = _value(event, "RECURRENCE-ID")
    master = (uid, _day(occurrence, in_zone)) if occurrence is not None else None
    return CalendarEvent(
        number,
        _title(event),
        f"{uid} {master[1].isoformat()}" if master else uid,
        first,
        starts,
        ends,
        zone,
        bare,
        until,
        _days(event, "EXDATE", in_zone),
        _days(event, "RDATE", in_zone),
        master,
        str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _title(event: Mapping[str, Any]) -> str:
    return str(event.get("SUMMARY", "")).strip() or str(event.get("UID", "")).strip()


def _value(event: Mapping[str, Any], name: str) -> Any:
    found = event.get(name)
    return getattr(found, "dt", None)


def _zone_of(event: Mapping[str, Any], begin: datetime) -> ZoneInfo | None:
    if begin.tzinfo is None:
        return None
    name = getattr(begin.tzinfo, "key", None) or event["DTSTART"].params.get("TZID") or "UTC"
    try:
        return zone_named(str(name))
    except UnknownZoneError as error:
        raise Refused("ics_fuso", name=str(name)) from error


def _days(event: Mapping[str, Any], name: str, zone: ZoneInfo) -> frozenset[date]:
    found = event.get(name, [])
    lists = found if isinstance(found, list) else [found]
    return frozenset(_day(each.dt, zone) for every in lists for each in every.dts)


def _day(at: Any, zone: ZoneInfo) -> date:
    if isinstance(at, tuple):
        at = at[0]
    if isinstance(at, datetime):
        return (at.astimezone(zone) if at.tzinfo else at).date()
    if isinstance(at, date):
        return at
    raise Refused("ics_sem_hora")
