"""What is offered, as rows of lists, as lines of the panel, and as people type it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from textual.content import Content

from atendimento_tui.contracts.agenda import Slot
from atendimento_tui.contracts.providers import (
    Hours,
    Offered,
    Provider,
    ProviderAbsence,
    ProviderView,
    Site,
    Specialty,
    Supply,
)
from atendimento_tui.domain.agenda import HORIZON_DAYS
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.recurrence import weekdays_of
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import providers as texts
from atendimento_tui.widgets.text import plain
from atendimento_tui.widgets.window_table import Line

Kept: TypeAlias = Provider | Site | Specialty
"""What a row of a list shows."""

_PROVIDER, _SITE, _SPECIALTY, _HOURS = (
    texts.PROVIDER_COLUMNS,
    texts.SITE_COLUMNS,
    texts.SPECIALTY_COLUMNS,
    texts.HOURS_COLUMNS,
)
COLUMNS = {
    "provider": tuple(zip(_PROVIDER, (20, 13, 15, 15, 8), (3, 0, 2, 2, 0), (4, 1, 3, 2, 0), strict=True)),
    "site": tuple(zip(_SITE, (18, 16, 14, 10, 13), (2, 3, 1, 0, 0), (4, 2, 3, 1, 0), strict=True)),
    "specialty": tuple(zip(_SPECIALTY, (24, 14, 13, 16), (2, 0, 0, 3), (3, 2, 1, 0), strict=True)),
}
"""Tab -> title, width, share of the rest and priority of each column."""

HOURS_COLUMNS = tuple(
    zip(_HOURS, (24, 15, 13, 7, 7, 10, 10), (3, 2, 1, 0, 0, 0, 0), (6, 5, 1, 4, 0, 2, 3), strict=True)
)


@dataclass(frozen=True, slots=True)
class HoursGroup:
    """Hours that differ only in the interval of the day: those that somebody typed together.

    Attributes:
        numbers: Their ids.
        first: One of them.
        spans: From and to of each, in minutes of the day.
    """

    numbers: tuple[int, ...]
    first: Hours
    spans: tuple[tuple[int, int], ...]


def groups(hours: Iterable[Hours]) -> list[HoursGroup]:
    """The active hours, each group once, in the order in which they were added."""
    found: dict[object, HoursGroup] = {}
    for each in hours:
        if each.is_active:
            same = replace(each.of, id=0, starts=0, ends=0), each.second_allowed
            former = found.get(same, HoursGroup((), each, ()))
            numbers, spans = (*former.numbers, each.of.id), (*former.spans, (each.of.starts, each.of.ends))
            found[same] = HoursGroup(numbers, former.first, tuple(sorted(spans)))
    return [*found.values()]


# As people type it: what a form shows, and the services read.


def typed_of(kept: Kept, supply: Supply) -> dict[str, str]:
    """A professional, site or specialty as its form shows it."""
    match kept:
        case Provider():
            return {
                "name": kept.name,
                "registration": kept.registration,
                "specialties": supply.names_of(kept.specialties),
                "master": "sim" if kept.is_master else "nao",
                "squeeze_ins": str(kept.squeeze_ins),
            }
        case Site():
            return {name: getattr(kept, name) for name in texts.FORMS["site"]}
        case _:
            return {name: getattr(kept, name) for name in texts.FORMS["specialty"]}


def names_of(supply: Supply) -> dict[str, list[str]]:
    """Item of a form -> the names that complete what is typed: of what is offered."""
    specialties = [each.name for each in supply.specialties.values() if each.is_active]
    return {
        "site": [f"{each.name}, {each.city}" for each in supply.sites.values() if each.is_active],
        "specialty": specialties,
        "specialties": specialties,
        "provider": [each.name for each in supply.providers.values() if each.is_active],
    }


def typed_hours(group: HoursGroup, supply: Supply) -> dict[str, str]:
    """Hours as their form shows them."""
    of, week = group.first.of, weekdays_of(group.first.of.rule)
    site = supply.sites[of.site]
    return {
        "hours": _spans(group) if week is None else f"{_days(week)} {_spans(group)}",
        "site": f"{site.name}, {site.city}",
        "slot": str(of.slot_minutes),
        "capacity": str(of.capacity),
        "specialty": supply.specialties[of.specialty].name if of.specialty else "",
        "since": formats.date(of.first),
        "until": formats.date(of.until) if of.until else "",
        "rule": of.rule if week is None else "",
        "second": "sim" if group.first.second_allowed else "nao",
    }


def _days(week: Sequence[int]) -> str:
    """Weekdays as `seg-sex` or `seg, qua`; three in a row are a range."""
    runs: list[list[int]] = []
    for day in week:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = formats.WEEKDAYS
    parts = [[f"{names[run[0]]}-{names[run[-1]]}"] if len(run) > 2 else [names[day] for day in run] for run in runs]
    return ", ".join(name for part in parts for name in part)


def _spans(group: HoursGroup) -> str:
    return " ".join(f"{_clock(starts)}-{_clock(ends)}" for starts, ends in group.spans)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}" if minute % 60 else str(minute // 60)


def when(group: HoursGroup) -> str:
    """Days and hours in words: `seg, qua 8-12 13-17`."""
    of, spans = group.first.of, _spans(group)
    week = weekdays_of(of.rule)
    if week is not None:
        return f"{_days(week)} {spans}"
    if of.rule:
        return texts.HOURS_RULE.format(hours=spans, rule=of.rule)
    return texts.HOURS_ONE_DAY.format(hours=spans, day=formats.date(of.first))


# Rows.


def rows_of(tab: str, offered: Offered) -> list[Line[Kept]]:
    """The rows of a tab."""
    supply = offered.supply
    match tab:
        case "provider":
            return [_line(each, _provider_cells(each, offered)) for each in supply.providers.values()]
        case "site":
            counts = _counts(site for sites in offered.sites_of.values() for site in sites)
            return [_line(each, _site_cells(each, counts)) for each in supply.sites.values()]
        case _:
            own = (each for one in supply.providers.values() if one.is_active for each in one.specialties)
            counts = _counts(own)
            return [_line(each, _specialty_cells(each, counts)) for each in supply.specialties.values()]


def _line(kept: Kept, cells: tuple[str, ...]) -> Line[Kept]:
    return Line(kept.id, cells, kept, "" if kept.is_active else "dim")


def _counts(ids: Iterable[int]) -> Mapping[int, int]:
    found: dict[int, int] = {}
    for each in ids:
        found[each] = found.get(each, 0) + 1
    return found


def _provider_cells(one: Provider, offered: Offered) -> tuple[str, ...]:
    supply = offered.supply
    where = ", ".join(supply.sites[site].name for site in offered.sites_of.get(one.id, ()))
    standing = texts.ACTIVE if one.is_master else texts.OTHER_SYSTEM
    return (
        one.name,
        one.registration,
        supply.names_of(one.specialties),
        where,
        standing if one.is_active else texts.INACTIVE,
    )


def _site_cells(one: Site, counts: Mapping[int, int]) -> tuple[str, ...]:
    return one.name, one.address, f"{one.city}/{one.state}", one.calendar, str(counts.get(one.id, 0))


def _specialty_cells(one: Specialty, counts: Mapping[int, int]) -> tuple[str, ...]:
    days = ITEMS_566.get(one.rn566)
    form = texts.LIMIT_SHORT if days else texts.LIMIT_SHORT_AT_ONCE
    limit = form.format(item=one.rn566, days=days) if one.rn566 else ""
    return one.name, limit, str(counts.get(one.id, 0)), one.preparation


def hours_line(group: HoursGroup, supply: Supply, today: date) -> Line[HoursGroup]:
    """Hours in the list of a professional; what has ended is dim."""
    of = group.first.of
    cells = (
        when(group),
        supply.sites[of.site].name,
        supply.specialties[of.specialty].name if of.specialty else texts.ANY_SPECIALTY,
        texts.MINUTES.format(minutes=of.slot_minutes),
        str(of.capacity),
        formats.date(of.first),
        formats.date(of.until) if of.until else "",
    )
    return Line(group.numbers[0], cells, group, "dim" if has_ended(group, today) else "")


def has_ended(group: HoursGroup, today: date) -> bool:
    """Whether hours have no day any more."""
    of = group.first.of
    last = of.until or (None if of.rule else of.first)
    return last is not None and last < today and not any(day >= today for day in of.added)


# Lines.


def kept_lines(kept: Kept, offered: Offered) -> Iterator[Content]:
    """The facts of a professional, a site or a specialty."""
    supply = offered.supply
    yield plain(kept.name, "bold")
    if not kept.is_active:
        yield plain(texts.WHY_INACTIVE, "$text-warning")
    match kept:
        case Provider():
            yield from _provider_facts(kept, supply)
        case Site():
            yield _fact(texts.FACT_ADDRESS, kept.address)
            yield _fact(texts.FACT_CITY, f"{kept.city}/{kept.state}")
            yield _fact(texts.FACT_CALENDAR, kept.calendar or texts.NO_CALENDAR)
            here = [supply.providers[one].name for one, sites in offered.sites_of.items() if kept.id in sites]
            yield _fact(texts.FACT_WHO, ", ".join(here) or texts.NOBODY)
        case _:
            cells = _specialty_cells(kept, {})
            yield _fact(texts.FACT_LIMIT, cells[1] or texts.NO_LIMIT)
            yield _fact(texts.FACT_PREPARATION, kept.preparation)
            own = [one.name for one in supply.providers.values() if one.is_active and kept.id in one.specialties]
            yield _fact(texts.FACT_WHO, ", ".join(own) or texts.NOBODY)


def _provider_facts(one: Provider, supply: Supply) -> Iterator[Content]:
    if not one.is_master:
        yield plain(texts.WHY_OTHER_SYSTEM, "$text-warning")
    yield _fact(texts.FACT_REGISTRATION, one.registration)
    yield _fact(texts.FACT_SPECIALTIES, supply.names_of(one.specialties))
    if not one.specialties:
        yield plain(texts.WHY_NO_SPECIALTY, "$text-warning")
    if one.squeeze_ins:
        yield _fact(texts.FACT_SQUEEZE_INS, str(one.squeeze_ins))


def view_lines(view: ProviderView, supply: Supply, first: Slot | None, now: datetime) -> Iterator[Content]:
    """Hours, absences and the next free slot of a professional.

    Args:
        now: In the zone of the desk.
    """
    today, zone = now.date(), now.tzinfo
    assert isinstance(zone, ZoneInfo), "the zone of the desk"
    own = [group for group in groups(view.hours) if not has_ended(group, today)]
    yield next_line(first, now)
    yield Content("")
    yield plain(texts.FACT_HOURS, "bold")
    if not own:
        yield plain(texts.WHY_NO_HOURS, "$text-warning")
    for group in own:
        yield plain(hours_words(group, supply))
        yield from exception_lines(group)
    if view.absences:
        yield Content("")
        yield plain(texts.FACT_ABSENCES, "bold")
        yield from (plain(absence_words(each, zone)) for each in view.absences)


def next_line(first: Slot | None, now: datetime) -> Content:
    """The next free slot."""
    if first is None:
        return plain(texts.NO_NEXT.format(days=HORIZON_DAYS), "$text-warning")
    at = formats.moment(first.starts_at, now.astimezone(first.starts_at.tzinfo))
    return plain(texts.NEXT.format(at=at, site=first.site), "$text-success")


def hours_words(group: HoursGroup, supply: Supply) -> str:
    """Hours in one line of words."""
    of = group.first.of
    text = texts.HOURS_WORDS.format(hours=when(group), slot=of.slot_minutes, site=supply.sites[of.site].name)
    parts = (
        f" · {supply.specialties[of.specialty].name}" if of.specialty else "",
        texts.HOURS_PLACES.format(capacity=of.capacity) if of.capacity > 1 else "",
        texts.HOURS_SECOND if group.first.second_allowed else "",
        texts.HOURS_SINCE.format(day=formats.date(of.first)) if of.rule else "",
        texts.HOURS_UNTIL.format(day=formats.date(of.until)) if of.until else "",
    )
    return text + "".join(parts)


def exception_lines(group: HoursGroup) -> Iterator[Content]:
    """The days on which hours are not as their rule says."""
    of = group.first.of
    for form, days in ((texts.WITHOUT, of.left_out), (texts.BESIDES, of.added)):
        if days:
            yield plain(f"  {form.format(days=', '.join(map(formats.date, sorted(days))))}")


def absence_words(absence: ProviderAbsence, zone: ZoneInfo) -> str:
    """An absence in one line."""
    return texts.ABSENCE_WORDS.format(when=span(absence, zone), reason=absence.reason)


def span(absence: ProviderAbsence, zone: ZoneInfo) -> str:
    """From when to when: days if they are whole."""
    starts, ends = absence.starts_at.astimezone(zone), absence.ends_at.astimezone(zone)
    if not starts.time() == ends.time() == time():
        return texts.SPAN.format(starts=formats.instant(starts), ends=formats.instant(ends))
    first, last = formats.date(starts), formats.date(ends - timedelta(days=1))
    return first if first == last else texts.SPAN.format(starts=first, ends=last)


def _fact(name: str, value: str) -> Content:
    return Content("").join([plain(f"{name}: ", "bold"), plain(value or words.NOTHING)])
