"""Who offers appointments, where and when."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, select
from sqlmodel import SQLModel

from atendimento_tui.contracts.providers import Hours, Provider, ProviderAbsence, Site, Specialty, Supply
from atendimento_tui.data import tables
from atendimento_tui.data.engine import is_one_of, plain
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.domain.agenda import Availability

_SITE, _HOURS, _ABSENCE = plain(tables.Site), plain(tables.Availability), plain(tables.ProviderAbsence)


def supply(connection: Connection) -> Supply:
    """All specialties, professionals and sites."""
    of_provider = defaultdict(list)
    for provider, specialty in quick_rows(connection, _all_of(tables.ProviderSpecialty, "specialty_id"), {}):
        of_provider[provider].append(specialty)
    specialties = quick_rows(connection, _all_of(tables.Specialty, "searched"), {})
    providers = quick_rows(connection, _all_of(tables.Provider, "searched", "id"), {})
    sites = quick_rows(connection, _all_of(tables.Site, "searched", "id"), {})
    return Supply(
        {row[0]: Specialty(*row) for row in specialties},
        {row[0]: _provider(row, tuple(of_provider[row[0]])) for row in providers},
        {row[0]: Site(*row) for row in sites},
    )


@cache
def _all_of(table: type[SQLModel], *order: str) -> Select[Any]:
    """All rows in the order of some columns."""
    own = plain(table)
    return select(own).order_by(*(own.c[each] for each in order))


def rn566_of(connection: Connection, specialty: int) -> str:
    """The item of art. 3 of RN ANS 566/2022 that a specialty has; empty if none, or if it is unknown."""
    own = plain(tables.Specialty)
    return connection.scalar(select(own.c.rn566).where(own.c.id == specialty)) or ""


def hours(connection: Connection, providers: Collection[int]) -> list[Hours]:
    """The availability of professionals, also what ended, in the order of its ids."""
    wanted: Select[Any] = select(_HOURS).where(is_one_of(connection, _HOURS.c.provider_id, "providers"))
    rows = connection.execute(wanted.order_by(_HOURS.c.id), {"providers": [*providers]}).all()
    exceptions = _exceptions(connection, [row.id for row in rows])
    return [
        Hours(
            _availability(row, exceptions.get(row.id, {})), row.second_allowed, row.source, row.source_key, row.active
        )
        for row in rows
    ]


def absences(connection: Connection, providers: Collection[int], since: datetime) -> dict[int, list[ProviderAbsence]]:
    """Professional -> the absences that end later, in the order of their beginnings."""
    wanted: Select[Any] = select(_ABSENCE).where(is_one_of(connection, _ABSENCE.c.provider_id, "providers"))
    wanted = wanted.where(_ABSENCE.c.ends_at > since).order_by(_ABSENCE.c.starts_at, _ABSENCE.c.id)
    found = defaultdict(list)
    for row in connection.execute(wanted, {"providers": [*providers]}):
        found[row.provider_id].append(ProviderAbsence(row.id, row.provider_id, row.starts_at, row.ends_at, row.reason))
    return found


def absence(connection: Connection, number: int) -> ProviderAbsence | None:
    """An absence by its id."""
    row = connection.execute(select(_ABSENCE).where(_ABSENCE.c.id == number)).first()
    return ProviderAbsence(row.id, row.provider_id, row.starts_at, row.ends_at, row.reason) if row else None


def with_calendars(connection: Connection) -> dict[str, set[int]]:
    """Name of a calendar -> the professionals at sites that name it, for sites that name one."""
    wanted = select(_SITE.c.calendar, _HOURS.c.provider_id).join_from(_SITE, _HOURS, _HOURS.c.site_id == _SITE.c.id)
    found = defaultdict(set)
    for name, provider in connection.execute(wanted.where(_SITE.c.calendar != "").distinct()):
        found[name].add(provider)
    return found


def at_site(connection: Connection, site: int) -> set[int]:
    """The professionals who have hours at a site."""
    return set(connection.scalars(select(_HOURS.c.provider_id).where(_HOURS.c.site_id == site).distinct()))


def sites_of(connection: Connection, since: date) -> dict[int, list[int]]:
    """Professional -> the sites at which they have hours that end on this day, later, or never."""
    wanted = select(_HOURS.c.provider_id, _HOURS.c.site_id).where(_HOURS.c.active)
    wanted = wanted.where(_HOURS.c.until.is_(None) | (_HOURS.c.until >= since)).distinct()
    found = defaultdict(list)
    for provider, site in connection.execute(wanted.order_by(_HOURS.c.provider_id, _HOURS.c.site_id)):
        found[provider].append(site)
    return found


def calendars_of_sites(connection: Connection) -> dict[int, str]:
    """Site -> the name of its calendar, for active sites."""
    wanted = select(_SITE.c.id, _SITE.c.calendar).where(_SITE.c.active)
    return {row.id: row.calendar for row in connection.execute(wanted)}


def _provider(row: Any, specialties: tuple[int, ...]) -> Provider:
    key, name, words, council, number, state, master, squeeze_ins, active = row
    return Provider(key, name, words, council, number, state, master, squeeze_ins, specialties, active)


def _exceptions(connection: Connection, hours_: Collection[int]) -> Mapping[int, Mapping[date, bool]]:
    own, found = plain(tables.AvailabilityException), defaultdict[int, dict[date, bool]](dict)
    wanted: Select[Any] = select(own).where(is_one_of(connection, own.c.availability_id, "hours"))
    for row in connection.execute(wanted, {"hours": [*hours_]}):
        found[row.availability_id][row.day] = row.added
    return found


def _availability(row: Any, exceptions: Mapping[date, bool]) -> Availability:
    return Availability(
        row.id,
        row.provider_id,
        row.site_id,
        row.specialty_id,
        row.rule,
        row.first_day,
        row.until,
        row.starts,
        row.ends,
        ZoneInfo(row.zone),
        row.slot_minutes,
        row.capacity,
        frozenset(day for day, added in exceptions.items() if not added),
        frozenset(day for day, added in exceptions.items() if added),
    )
