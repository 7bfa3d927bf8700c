"""Looking up free slots: the soonest ones of many professionals, and the legal waiting limit beside them."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.agenda import (
    AgendaDay,
    AgendaFilter,
    AgendaMonth,
    AgendaPage,
    MonthDay,
    Slot,
    WaitingLimit,
)
from atendimento_tui.contracts.providers import Provider, Site, Specialty, Supply, Unplaced
from atendimento_tui.data.engine import Connection, instant, reading
from atendimento_tui.data.queries import agenda, providers
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.agenda import HORIZON_DAYS, Cut, Interval, Opened, slots, waiting_limit
from atendimento_tui.domain.bookings import QUANTUM_MIN, SlotKey, instant_of, quantum_of
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.domain.procedures import ITEMS_566
from atendimento_tui.domain.text import searched, searched_words
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

DAYS_SHOWN = 7
"""Days with free slots of a page."""

SLOTS_OF_A_DAY = 60
"""Maximum slots of a day of a page."""

DAYS_OF_MANY = 2
"""Days of a page of more professionals than `_FEW`."""

_FEW = 60
"""Professionals of whom days are read whole."""

_LONGEST_DAY = 25 * 60 // QUANTUM_MIN
"""Quanta of a day with 25 hours."""

_WINDOW = 12
"""Quanta of a day that are read first of more professionals."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a filter leaves."""

    providers: Mapping[int, Provider]
    sites: Mapping[int, Site]
    specialties: Mapping[int, Specialty]
    with_taken: bool = False
    """Whether also slots are meant that may only take a squeeze-in."""

    def specialty_of(self, interval: Interval) -> Specialty | None:
        """The specialty for which a slot is offered: that of the interval, else the first of the professional's."""
        if interval.specialty:
            return self.specialties.get(interval.specialty)
        own = self.providers[interval.provider].specialties
        return next((self.specialties[each] for each in own if each in self.specialties), None)


@needs(Permission.FIND_SLOT)
def lookup(desk: Desk, asked: AgendaFilter, now: datetime, clock: datetime | None = None) -> AgendaPage:
    """The soonest free slots, day by day.

    Args:
        clock: The instant at which holds expire; None for the database's own.
    """
    today = now.astimezone(desk.zone).date()
    last = today + timedelta(days=HORIZON_DAYS)
    with reading(desk.engine) as connection:
        asked = _dated(desk, connection, asked)
        known = providers.supply(connection)
        meant = replace(_meant(known, asked), with_taken=asked.with_taken)
        at = clock or instant(connection)
        days, seen = _days(connection, meant, _first_day(meant, asked.since, now), last, now, at)
        ends = agenda.next_expiry(connection, at)
        return AgendaPage(
            days,
            _limit(desk, connection, meant, asked, [each.day for each in days], today),
            _names(each.city for each in meant.sites.values()),
            tuple(each.name for each in meant.specialties.values()),
            tuple(each.name for each in meant.providers.values()),
            seen,
            seen >= last,
            ends - at if ends else None,
        )


@needs(Permission.FIND_SLOT)
def month(desk: Desk, asked: AgendaFilter, first: date, now: datetime, clock: datetime | None = None) -> AgendaMonth:
    """How full the days of a month are, past ones too.

    Args:
        asked: Its first day is of no effect.
        first: A day of the month.
        clock: The instant at which holds expire; None for the database's own.
    """
    today, first = now.astimezone(desk.zone).date(), first.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    with reading(desk.engine) as connection:
        asked = _dated(desk, connection, asked)
        meant = _meant(providers.supply(connection), asked)
        look = _Look(connection, meant, _soonest(now), (clock or instant(connection)).astimezone(UTC))
        counted = look.counts(first, last) if meant.providers and meant.sites else {}
        legal = desk.calendar(desk.unit.legal_calendar, connection)
        days = []
        for day in (first + timedelta(days=number) for number in range(last.day)):
            of_day = legal.day(day)
            holiday = (of_day.name or "") if of_day.reason == "holiday" else None
            days.append(MonthDay(day, *counted.get(day, (0, 0, 0, 0)), holiday))
        free = [each.day for each in days if each.free]
        limit = _limit(desk, connection, meant, asked, free, today)
        if limit and not (first <= today and limit.last <= last):
            limit = replace(limit, is_missed=False)
        names = (
            _names(each.city for each in meant.sites.values()),
            tuple(each.name for each in meant.specialties.values()),
            tuple(each.name for each in meant.providers.values()),
        )
        return AgendaMonth(first, days, limit, *names, today, today + timedelta(days=HORIZON_DAYS))


def _first_day(meant: _Meant, since: date | None, now: datetime) -> date:
    """The first day to look at: where the sites are it may be yesterday still."""
    days = {now.astimezone(ZoneInfo(ZONE_OF_UF[site.state])).date() for site in meant.sites.values()}
    today = min(days, default=now.date())
    return max(since or today, today)


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


@needs(Permission.FIND_SLOT)
def first_of(desk: Desk, provider: int, now: datetime) -> Slot | None:
    """The next free slot of a professional; None if there is none up to the horizon, or they are not looked up."""
    today = now.astimezone(desk.zone).date()
    with reading(desk.engine) as connection:
        known, at = providers.supply(connection), instant(connection)
        own = known.providers[provider]
        doctors = {provider: own} if own.is_active and own.is_master else {}
        sites = {key: each for key, each in known.sites.items() if each.is_active}
        specialties = {key: each for key, each in known.specialties.items() if each.is_active}
        meant = _Meant(doctors, sites, specialties)
        days, _ = _days(connection, meant, _first_day(meant, None, now), today + timedelta(days=HORIZON_DAYS), now, at)
        return days[0].slots[0] if days else None


@needs(Permission.READ)
def to_move(desk: Desk, now: datetime) -> list[Unplaced]:
    """The bookings that lie in no open time, and the imported ones that have no place, the next one first."""
    with reading(desk.engine) as connection:
        return agenda.unplaced(connection, now.astimezone(UTC))


def _dated(desk: Desk, connection: Connection, asked: AgendaFilter) -> AgendaFilter:
    """With the day of the request of its ticket."""
    opened = agenda.opened_at(connection, asked.ticket) if asked.ticket is not None else None
    return replace(asked, asked_on=opened.astimezone(desk.zone).date()) if opened else asked


def _meant(known: Supply, asked: AgendaFilter) -> _Meant:
    """What the words leave: a professional is left if one of their specialties is."""
    city, specialty, doctor = (searched_words(each) for each in (asked.city, asked.specialty, asked.doctor))
    specialties = {
        key: each for key, each in known.specialties.items() if each.is_active and _begin(specialty, each.searched)
    }
    sites = {key: each for key, each in known.sites.items() if each.is_active and _begin(city, searched(each.city))}
    doctors = {
        key: each
        for key, each in known.providers.items()
        if each.is_active
        and each.is_master
        and _begin(doctor, each.searched)
        and not specialties.keys().isdisjoint(each.specialties)
    }
    if specialty or not asked.doctor:
        return _Meant(doctors, sites, specialties)
    own = {each for of_doctor in doctors.values() for each in of_doctor.specialties}
    return _Meant(doctors, sites, {key: each for key, each in specialties.items() if key in own})


def fits(typed: str, words: str) -> bool:
    """Whether each typed word begins a word."""
    return _begin(searched_words(typed), words)


def _begin(typed: Sequence[str], words: str) -> bool:
    return all(f" {word}" in f" {words}" for word in typed)


def _days(
    connection: Connection, meant: _Meant, first: date, last: date, now: datetime, clock: datetime
) -> tuple[list[AgendaDay], date]:
    """The days with free slots, and the last day that was looked at.

    More and more days are read together: the free slots of a busy specialty may be far ahead.
    """
    if not (meant.providers and meant.sites):
        return [], last
    found: list[AgendaDay] = []
    is_few = len(meant.providers) <= _FEW
    wanted = DAYS_SHOWN if is_few else DAYS_OF_MANY
    look = _Look(connection, meant, _soonest(now), clock.astimezone(UTC))
    width, seen = 1, first - timedelta(days=1)
    while len(found) < wanted and seen < last:
        begin, seen = seen + timedelta(days=1), min(last, seen + timedelta(days=width))
        if is_few:
            found += look.whole(begin, seen)
        else:
            found += islice(look.soonest(begin, seen), wanted - len(found))
        width = min(width * 2, 28)
    kept = found[:wanted]
    is_seen = len(found) < wanted or (is_few and len(found) == wanted)
    return kept, seen if is_seen else kept[-1].day


def _soonest(now: datetime) -> int:
    """The first quantum that has not begun."""
    return quantum_of(now + timedelta(minutes=4, seconds=59))


class _Look:
    """Reads free slots for one question.

    Args:
        since: The first quantum at which a slot may begin.
        clock: The instant at which holds expire.
    """

    def __init__(self, connection: Connection, meant: _Meant, since: int, clock: datetime) -> None:
        self._connection, self._meant, self._since = connection, meant, since
        self._providers = list(meant.providers)
        self._zones = {ZoneInfo(ZONE_OF_UF[site.state]) for site in meant.sites.values()}
        self._rank = {provider: number for number, provider in enumerate(self._providers)}  # by name
        self._expired = agenda.expired_holds(connection, clock)
        self._window = _WINDOW

    def whole(self, first: date, last: date) -> Iterator[AgendaDay]:
        """The days with free slots, read together."""
        for day, of_day in groupby(sorted(self._opened(first, last, self._since), key=_day_of), key=_day_of):
            yield from self._day(day, self._cuts(of_day))

    def soonest(self, first: date, last: date) -> Iterator[AgendaDay]:
        """The days with free slots of many professionals: of each only as many hours as have the slots of a page."""
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            midnights = [quantum_of(datetime.combine(day, time(), zone)) for zone in self._zones]
            high = max(midnights) + _LONGEST_DAY
            begin = agenda.first_opening(self._connection, self._providers, min(midnights), high)
            if begin is not None:
                yield from self._day(day, self._of_hours(day, max(begin, self._since), high))

    def counts(self, first: date, last: date) -> dict[date, tuple[int, int, int, int]]:
        """Day -> its slots, their places, how many of these are taken, and how many can still be booked."""
        found: dict[date, tuple[int, int, int, int]] = {}
        for each in slots(self._opened(first, last, 0), self._offered):
            one, count = each.interval, each.begins.bit_count()
            places, begun = count * one.capacity, max(0, self._since - one.starts)
            left = sum(bits.bit_count() for bits in each.free)
            free = sum((bits >> begun).bit_count() for bits in each.free)
            # With overlapping hours, a slot may be counted for others than those for which it is free.
            of_slots, of_places, of_taken, of_free = found.get(one.day, (0, 0, 0, 0))
            found[one.day] = (
                of_slots + count,
                of_places + max(places, left),
                of_taken + max(0, places - left),
                of_free + free,
            )
        return found

    def _of_hours(self, day: date, begin: int, high: int) -> Iterator[Cut]:
        """The free slots of a day, read for some hours, then for twice as many."""
        window, is_open = self._window, False
        self._window = _WINDOW
        while begin < high:
            to = begin + window
            opened = self._opened(day, day, begin, to)
            is_open = is_open or bool(opened)
            yield from self._cuts(opened, begin, to)
            begin, window = to, window * 2
        if is_open:  # the next day may be as busy
            self._window = window

    def _opened(self, first: date, last: date, since: int, until: int | None = None) -> list[Opened]:
        return agenda.opened(
            self._connection, self._providers, self._meant.sites, first, last, self._expired, since, until
        )

    def _cuts(self, opened: Iterable[Opened], since: int = 0, until: int | None = None) -> Iterator[Cut]:
        """The free slots, the soonest first. Each interval is cut only as far as it is needed."""
        meant = self._meant
        squeezed = {key for key, each in meant.providers.items() if each.squeeze_ins} if meant.with_taken else set()
        cut = [
            each.cuts(with_taken=each.interval.provider in squeezed)
            for each in slots(opened, self._offered, max(since, self._since), until)
        ]
        return merge(*cut, key=lambda each: (each.starts, self._rank[each.interval.provider]))

    def _offered(self, interval: Interval) -> int | None:
        specialty = self._meant.specialty_of(interval)
        return specialty.id if specialty else None

    def _day(self, day: date, cuts: Iterable[Cut]) -> Iterator[AgendaDay]:
        soonest = list(islice(cuts, SLOTS_OF_A_DAY + 1))
        if soonest:
            shown = tuple(_slots(self._meant, soonest[:SLOTS_OF_A_DAY]))
            yield AgendaDay(day, shown, len(soonest) > SLOTS_OF_A_DAY)


def _day_of(opened: Opened) -> date:
    return opened.interval.day


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
    desk: Desk, connection: Connection, meant: _Meant, asked: AgendaFilter, free: Sequence[date], today: date
) -> WaitingLimit | None:
    """The limit of RN 566, which holds if no doctor was chosen (docs/rules.md, "The agenda").

    Whether it is missed is known only if every day from the request on was looked at.

    Args:
        free: Days with free slots, the first one first.
    """
    items = {each.rn566 for each in meant.specialties.values()}
    if asked.with_taken or searched_words(asked.doctor) or not searched_words(asked.specialty) or len(items) != 1:
        return None
    [item] = items
    last = waiting_limit(item, asked.asked_on or today, desk.calendar(desk.unit.legal_calendar, connection))
    if last is None:
        return None
    is_whole = asked.since is None or asked.since <= today
    is_missed = is_whole and (not free or free[0] > last)
    return WaitingLimit(item, ITEMS_566[item] or 0, last, is_missed)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sorted(names, key=searched)))
