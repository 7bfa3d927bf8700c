"""Looking up free slots: the soonest ones of many professionals, and the legal waiting limit beside them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.agenda import AgendaDay, AgendaFilter, AgendaPage, Slot, WaitingLimit
from atendimento_tui.contracts.providers import Provider, Site, Specialty, Supply, Unplaced
from atendimento_tui.data.engine import Connection, instant, reading
from atendimento_tui.data.queries import agenda, providers
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.agenda import HORIZON_DAYS, Cut, Interval, slots, waiting_limit
from atendimento_tui.domain.bookings import SlotKey, instant_of, quantum_of
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.text import searched, searched_words
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

DAYS_SHOWN = 7
"""Days with free slots of a page."""

SLOTS_OF_A_DAY = 60
"""Maximum slots of a day of a page."""

_FEW = 60
"""Professionals of whom a whole page is read; of more only a part, so that a look-up stays quick."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a filter leaves."""

    providers: Mapping[int, Provider]
    sites: Mapping[int, Site]
    specialties: Mapping[int, Specialty]

    def specialty_of(self, interval: Interval) -> Specialty | None:
        """The specialty for which a slot is offered: that of the interval, else the first of the professional's."""
        own = (interval.specialty,) if interval.specialty else self.providers[interval.provider].specialties
        return next((self.specialties[each] for each in own if each in self.specialties), None)


@needs(Permission.FIND_SLOT)
def lookup(desk: Desk, asked: AgendaFilter, now: datetime, clock: datetime | None = None) -> AgendaPage:
    """The soonest free slots, day by day.

    Args:
        clock: The instant at which holds expire; None for the database's own.
    """
    today = now.astimezone(desk.zone).date()
    first = max(asked.since or today, today)
    last = today + timedelta(days=HORIZON_DAYS)
    with reading(desk.engine) as connection:
        known = providers.supply(connection)
        meant = _meant(known, asked)
        at = clock or instant(connection)
        days, seen = _days(connection, meant, first, last, now, at)
        ends = agenda.next_expiry(connection, at)
        return AgendaPage(
            days,
            _limit(desk, connection, meant, asked, days, today),
            _names(each.city for each in meant.sites.values()),
            tuple(each.name for each in meant.specialties.values()),
            tuple(each.name for each in meant.providers.values()),
            seen,
            seen >= last,
            ends - at if ends else None,
        )


def next_slots(connection: Connection, slot: SlotKey, now: datetime, clock: datetime, count: int) -> list[Slot]:
    """The next free slots of a slot's specialty in its city, from its beginning on, without itself.

    Args:
        clock: The instant at which holds expire.
    """
    known = providers.supply(connection)
    city = known.sites[slot.site].city
    doctors = {key: each for key, each in known.providers.items() if each.is_active and each.is_master}
    sites = {key: each for key, each in known.sites.items() if each.is_active and each.city == city}
    specialties = {key: each for key, each in known.specialties.items() if key == slot.specialty}
    doctors = {key: each for key, each in doctors.items() if slot.specialty in each.specialties}
    last = now.astimezone(UTC).date() + timedelta(days=HORIZON_DAYS)
    days, _ = _days(connection, _Meant(doctors, sites, specialties), slot.day, last, max(now, slot.starts_at), clock)
    return list(islice((each for day in days for each in day.slots if each.key != slot), count))


@needs(Permission.READ)
def to_move(desk: Desk, now: datetime) -> list[Unplaced]:
    """The bookings whose time was closed by a change of hours, an absence or a calendar, the next one first."""
    with reading(desk.engine) as connection:
        return agenda.unplaced(connection, now.astimezone(UTC))


def _meant(known: Supply, asked: AgendaFilter) -> _Meant:
    """What the words leave: a professional is left if one of their specialties is."""
    has_words = bool(searched_words(asked.specialty))
    specialties = {
        key: each for key, each in known.specialties.items() if each.is_active and fits(asked.specialty, each.searched)
    }
    sites = {key: each for key, each in known.sites.items() if each.is_active and fits(asked.city, searched(each.city))}
    doctors = {
        key: each
        for key, each in known.providers.items()
        if each.is_active
        and each.is_master
        and fits(asked.doctor, each.searched)
        and not specialties.keys().isdisjoint(each.specialties)
    }
    if has_words or not asked.doctor:
        return _Meant(doctors, sites, specialties)
    own = {each for doctor in doctors.values() for each in doctor.specialties}
    return _Meant(doctors, sites, {key: each for key, each in specialties.items() if key in own})


def fits(typed: str, words: str) -> bool:
    """Whether each typed word begins a word."""
    return all(f" {word}" in f" {words}" for word in searched_words(typed))


def _days(
    connection: Connection, meant: _Meant, first: date, last: date, now: datetime, clock: datetime
) -> tuple[list[AgendaDay], date]:
    """The days with free slots, and the last day that was looked at.

    More and more days are read together: the free slots of a busy specialty may be far ahead.
    """
    found: list[AgendaDay] = []
    wanted = DAYS_SHOWN if len(meant.providers) <= _FEW else 2
    expires_at = clock.astimezone(UTC)
    since, width, seen = quantum_of(now + timedelta(minutes=4, seconds=59)), 1, first - timedelta(days=1)
    if not (meant.providers and meant.sites):
        return [], last
    while len(found) < wanted and seen < last:
        begin, seen = seen + timedelta(days=1), min(last, seen + timedelta(days=width))
        opened = [
            each
            for each in agenda.intervals(connection, list(meant.providers), begin, seen)
            if each.site in meant.sites and each.ends > since and meant.specialty_of(each)
        ]
        if opened:
            low, high = min(each.starts for each in opened), max(each.ends for each in opened)
            taken = agenda.busy(connection, {each.provider for each in opened}, max(low, since), high, expires_at)
            for day, of_day in groupby(
                sorted(opened, key=lambda each: (each.day, each.starts)), key=lambda each: each.day
            ):
                one = _day(meant, day, list(of_day), taken, since)
                found += [one] if one else []
        width = min(width * 2, 28)
    kept = found[:wanted]
    return kept, seen if len(found) <= wanted else kept[-1].day


def _day(
    meant: _Meant, day: date, opened: Iterable[Interval], taken: Mapping[int, Mapping[int, Collection[int]]], since: int
) -> AgendaDay | None:
    """The soonest slots of a day. Each interval is cut only as far as it is needed."""
    nothing: Mapping[int, Collection[int]] = {}
    cut = [slots([each], lambda provider: taken.get(provider, nothing), since) for each in opened]
    rank = {provider: number for number, provider in enumerate(meant.providers)}  # by name
    in_order = merge(*cut, key=lambda each: (each.starts, rank[each.interval.provider]))
    soonest = list(islice(in_order, SLOTS_OF_A_DAY + 1))
    shown = tuple(_slots(meant, soonest[:SLOTS_OF_A_DAY]))
    return AgendaDay(day, shown, len(soonest) > SLOTS_OF_A_DAY) if shown else None


def _slots(meant: _Meant, cuts: Iterable[Cut]) -> Iterator[Slot]:
    for cut in cuts:
        provider, site = meant.providers[cut.interval.provider], meant.sites[cut.interval.site]
        specialty, zone = meant.specialty_of(cut.interval), ZoneInfo(ZONE_OF_UF[site.state])
        assert specialty, "others were left out"
        yield Slot(
            provider.id,
            provider.name,
            provider.registration,
            site.id,
            site.name,
            site.address,
            site.city,
            specialty.id,
            specialty.name,
            specialty.preparation,
            instant_of(cut.starts).astimezone(zone),
            instant_of(cut.ends).astimezone(zone),
            cut.free,
        )


def _limit(
    desk: Desk, connection: Connection, meant: _Meant, asked: AgendaFilter, days: list[AgendaDay], today: date
) -> WaitingLimit | None:
    """The limit of RN 566, which holds if no doctor was chosen (docs/rules.md, "The agenda").

    Whether it is missed is known only if every day from the request on was looked at.
    """
    items = {each.rn566 for each in meant.specialties.values()}
    if searched_words(asked.doctor) or not searched_words(asked.specialty) or len(items) != 1:
        return None
    [item] = items
    last = waiting_limit(item, asked.asked_on or today, desk.calendar(desk.unit.legal_calendar, connection))
    if last is None:
        return None
    is_whole = asked.since is None or asked.since <= today
    is_missed = is_whole and (not days or days[0].day > last)
    return WaitingLimit(item, ITEMS_566[item] or 0, last, is_missed)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sorted(names, key=searched)))
