"""What is open in the agenda is kept for some months ahead: computed anew when hours, absences or calendars change.

A booking whose time is closed by that is never dropped: it is noted, and listed to be moved.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.data.engine import Connection, instant, reading, writing
from atendimento_tui.data.queries import agenda, providers
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.data.repositories.agenda import note_unplaced, replace_intervals
from atendimento_tui.data.repositories.bookings import expire_all
from atendimento_tui.data.repositories.calendars import calendar_named
from atendimento_tui.domain.access import SYSTEM, Permission
from atendimento_tui.domain.agenda import HORIZON_DAYS, Interval, hours_of, is_within, open_intervals
from atendimento_tui.domain.places import ZONE_OF_UF
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

LOCK = "agenda"
"""The advisory lock of changes of who offers appointments."""

_BEYOND_DAYS = 7
"""Days beyond the horizon that are computed together, so that it is not done each day."""

_AT_ONCE = 20
"""Professionals, or holds, in one transaction of an extension."""


def make_anew(desk: Desk, connection: Connection, of: Collection[int], now: datetime) -> list[int]:
    """Compute anew what is open of professionals, from today on.

    Returns:
        The ids of the bookings that it left without open time.
    """
    if not of:
        return []
    today = now.astimezone(desk.zone).date()
    last = today + timedelta(days=HORIZON_DAYS + _BEYOND_DAYS)
    before = agenda.intervals(connection, of, today, last)
    after = _computed(desk, connection, of, today, last)
    replace_intervals(connection, of, today, last, after)
    booked = agenda.ahead(connection, of, now.astimezone(UTC))
    placed = {each.id for each in booked if is_within(after, each)}
    unplaced = [each.id for each in booked if each.id not in placed and is_within(before, each)]
    note_unplaced(connection, unplaced, placed, now.astimezone(UTC))
    return unplaced


def open_on(desk: Desk, connection: Connection, provider: int, day: date, now: datetime) -> list[Interval]:
    """What is open of a professional on a local day, also on one that is past or beyond what is kept."""
    until = agenda.open_until(connection, provider)
    if until and now.astimezone(desk.zone).date() <= day <= until:
        return agenda.intervals(connection, [provider], day, day)
    return _computed(desk, connection, [provider], day, day)


def of_calendars(desk: Desk, connection: Connection, series: Collection[str], now: datetime) -> list[int]:
    """As `make_anew`, for the professionals at the sites that name one of these calendars."""
    named = providers.with_calendars(connection)
    return make_anew(desk, connection, {each for name in series for each in named.get(name, ())}, now)


@needs(Permission.USE)
def extend(desk: Desk, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Compute what is open up to the horizon, where a day has passed since.

    Holds that ended by themselves and whose place nobody has wanted since are removed too: a look-up reads all of them.

    Returns:
        For how many professionals.
    """
    desk = desk.acting_as(SYSTEM)  # whoever started it
    done = 0
    while not stopped():
        with reading(desk.engine) as connection:
            short = agenda.short_of(connection, _horizon(desk, now), _AT_ONCE)
        if not short:
            break
        with writing(desk.engine) as connection:
            make_anew(desk, connection, short, now)
        done += len(short)
    is_left = done > 0
    while is_left and not stopped():
        with writing(desk.engine, announced=False) as connection:
            is_left = expire_all(connection, instant(connection), _AT_ONCE) == _AT_ONCE
    return done


def is_short(connection: Connection, desk: Desk, now: datetime) -> bool:
    """Whether there is something for `extend` to do."""
    return bool(agenda.short_of(connection, _horizon(desk, now), 1))


def _horizon(desk: Desk, now: datetime) -> date:
    return now.astimezone(desk.zone).date() + timedelta(days=HORIZON_DAYS)


def _computed(desk: Desk, connection: Connection, of: Collection[int], since: date, to: date) -> list[Interval]:
    supply = providers.supply(connection)
    calendars = _calendars(desk, connection, {each.calendar for each in supply.sites.values()})
    by_site = {number: calendars.get(each.calendar) for number, each in supply.sites.items() if each.is_active}
    kept = [
        each.of
        for each in providers.hours(connection, of)
        if each.is_active and each.of.site in by_site and supply.providers[each.of.provider].is_active
    ]
    zones = {number: ZoneInfo(ZONE_OF_UF[each.state]) for number, each in supply.sites.items()}
    begins = datetime.combine(since, datetime.min.time(), desk.zone) - timedelta(days=1)
    absences = {
        number: [(each.starts_at, each.ends_at) for each in found]
        for number, found in providers.absences(connection, of, begins).items()
    }
    return open_intervals(kept, absences, lambda site, day: hours_of(by_site[site], day), zones, since, to)


def _calendars(desk: Desk, connection: Connection, names: Collection[str]) -> Mapping[str, BusinessCalendar]:
    """Name -> the newest version of the calendar, as this transaction sees it."""
    own = unit(connection)
    of_desk = {"expediente": own.hours_calendar, "legal": own.legal_calendar} if own else {}
    versions = {name: of_desk.get(name) or calendar_named(connection, name) for name in names if name}
    return {name: desk.calendar(number, connection) for name, number in versions.items() if number is not None}
