"""What is open and what is taken in the agenda."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel.sql.sqltypes import UTCDateTime

from atendimento_tui.contracts.providers import Unplaced, WhyMoved
from atendimento_tui.data import tables
from atendimento_tui.data.engine import backend, is_one_of, plain
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.data.visible import of_visible, restricted
from atendimento_tui.domain.agenda import Interval, Opened
from atendimento_tui.domain.bookings import PROVIDER, QUANTUM_MIN, BookingState, quanta, quantum_of
from atendimento_tui.domain.places import ZONE_OF_UF

_I, _O, _B = plain(tables.OpenInterval), plain(tables.Occupied), plain(tables.Booking)

_COLUMNS = (
    "provider_id",
    "starts",
    "availability_id",
    "ends",
    "site_id",
    "specialty_id",
    "day",
    "slot_minutes",
    "capacity",
)
"""Those of an `Interval`, in its order."""

_PART, _PARTS = 62, 5
"""Quanta in a number of 64 bits with a sign, and how many numbers a day of 25 hours needs."""

_FAR = 1 << 30
"""A quantum after all others."""

_ANY_ZONE = timedelta(hours=14)
"""The most that a local day begins before or after that of UTC."""

Expired = Mapping[tuple[int, int], Sequence[int]]
"""Professional and place -> quanta."""


class Ahead(NamedTuple):
    """A booking that lies ahead, by its quanta."""

    id: int
    provider: int
    site: int
    specialty: int | None
    starts: int
    ends: int


def opened_at(connection: Connection, ticket: int) -> datetime | None:
    """When a ticket was opened; None if there is none that the actor may know of."""
    own = plain(tables.Ticket)
    found: datetime | None = connection.scalar(
        restricted(connection, select(own.c.opened_at).where(own.c.id == ticket))
    )
    return found


def intervals(connection: Connection, providers: Collection[int], first: date, last: date) -> list[Interval]:
    """What is open of professionals from a day to another one, both included, by its beginning."""
    rows = quick_rows(connection, _intervals(_kind_of(connection)), _on(providers, first, last))
    return [Interval(*row) for row in rows]


@cache
def _intervals(kind: Any) -> Select[Any]:
    wanted: Select[Any] = select(*(_I.c[each] for each in _COLUMNS))
    return wanted.where(*_are_on(kind)).order_by(_I.c.starts)


def first_opening(connection: Connection, providers: Collection[int], since: int, to: int) -> int | None:
    """The first quantum between two at which something of professionals opens; None if nothing does."""
    values = {"providers": [*providers], "low": since, "high": to}
    rows: Sequence[tuple[int | None]] = quick_rows(connection, _first_opening(_kind_of(connection)), values)
    return rows[0][0]


@cache
def _first_opening(kind: Any) -> Select[Any]:
    """It is answered by the key alone."""
    wanted: Select[Any] = select(func.min(_I.c.starts))
    is_between = _I.c.starts.between(bindparam("low"), bindparam("high"))
    return wanted.where(kind.is_one_of(_I.c.provider_id, "providers"), is_between)


def opened(
    connection: Connection,
    providers: Collection[int],
    sites: Collection[int],
    first: date,
    last: date,
    expired: Expired,
    since: int = 0,
    until: int | None = None,
) -> list[Opened]:
    """As `intervals`, with what is taken of each, by their beginnings and the ids of their availability.

    Args:
        sites: Those of interest.
        expired: What holds have that are over (`expired_holds`): it is free.
        since, until: Only slots that begin at a quantum between them are asked for. Intervals without one are left out,
            and of the others only what such slots take is read.
    """
    values = _on(providers, first, last) | {"sites": [*sites], "resource": PROVIDER}
    values |= {"since": since, "until": _FAR if until is None else until}
    found: list[Opened] = []
    taken: list[int] = []
    for *interval, place, one, two, three, four, five in quick_rows(connection, _opened(_kind_of(connection)), values):
        if place == 1:
            taken = []
            found.append(Opened(Interval(*interval), taken))
        bits: int = one
        if two or three or four or five:
            bits |= two << _PART | three << _PART * 2 | four << _PART * 3 | five << _PART * 4
        provider, starts, *_ = interval
        for quantum in expired.get((provider, place), ()):
            bits &= ~(1 << quantum - starts) if quantum >= starts else -1
        taken.append(bits)
    return found


@cache
def _opened(kind: Any) -> Select[Any]:
    """A row for each place of an interval. Its taken quanta are bits of some numbers, which the database computes.

    So the many quanta are read in the index of their key only, and no row of them reaches the program.
    """
    first: Select[Any] = select(literal_column("1", Integer).label("number"))
    place = first.cte("place", recursive=True)
    most = select(func.max(plain(tables.Availability).c.capacity)).scalar_subquery()
    place = place.union_all(select(place.c.number + 1).where(place.c.number < most))
    parts = [_bits(place.c.number, number * _PART) for number in range(_PARTS)]
    wanted = select(*(_I.c[each] for each in _COLUMNS), place.c.number, *parts)
    return (
        wanted.join_from(_I, place, place.c.number <= _I.c.capacity)
        .where(*_are_on(kind), kind.is_one_of(_I.c.site_id, "sites"))
        .where(_I.c.starts < bindparam("until"), _I.c.ends > bindparam("since"))
        .order_by(_I.c.starts, _I.c.availability_id, place.c.number)
    )


def _bits(place: ColumnElement[int], offset: int) -> ColumnElement[int]:
    """The taken quanta of a part of an interval, as bits of a number; 0 for none.

    Args:
        offset: Where the part begins, in quanta of the interval.
    """
    low, since = _I.c.starts + offset, bindparam("since", type_=Integer)
    after = bindparam("until", type_=Integer) + _I.c.slot_minutes // QUANTUM_MIN
    last = low + (_PART - 1)
    bit = cast(literal_column("1"), BigInteger).bitwise_lshift(_O.c.quantum - low)
    taken = select(cast(func.coalesce(func.sum(bit), 0), BigInteger)).where(
        _O.c.resource == bindparam("resource"),
        _O.c.resource_id == _I.c.provider_id,
        _O.c.quantum.between(case((since > low, since), else_=low), case((after < last, after), else_=last)),
        _O.c.quantum < _I.c.ends,
        _O.c.place == place,
    )
    return case((_I.c.ends > low, taken.correlate(_I, place.table).scalar_subquery()), else_=0)


def expired_holds(connection: Connection, now: datetime) -> Expired:
    """What holds have that ended by themselves, until somebody wants their place.

    Args:
        now: The present instant, by the database's clock.
    """
    values = {"now": now, "resource": PROVIDER}
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for provider, place, quantum in quick_rows(connection, _expired(), values):
        found[provider, place].append(quantum)
    return found


@cache
def _expired() -> Select[Any]:
    wanted: Select[Any] = select(_O.c.resource_id, _O.c.place, _O.c.quantum)
    return wanted.join_from(_B, _O, _O.c.booking_id == _B.c.id).where(
        _B.c.state == literal_column(f"'{BookingState.HELD.value}'"),
        _B.c.held_until <= bindparam("now", type_=UTCDateTime()),
        _O.c.resource == bindparam("resource"),
    )


def _on(providers: Collection[int], first: date, last: date) -> dict[str, object]:
    """The values of `_are_on`."""
    midnight, next_midnight = datetime.combine(first, time(), UTC), datetime.combine(last, time(), UTC) + timedelta(1)
    low, high = quantum_of(midnight - _ANY_ZONE), quantum_of(next_midnight + _ANY_ZONE)
    return {"providers": [*providers], "low": low, "high": high, "first": first, "last": last}


def _are_on(kind: Any) -> tuple[ColumnElement[bool], ...]:
    """Open intervals of professionals on some days.

    The key of the table begins with the professional and the first quantum; the days are exact.
    """
    return (
        kind.is_one_of(_I.c.provider_id, "providers"),
        _I.c.starts.between(bindparam("low"), bindparam("high")),
        _I.c.day.between(bindparam("first"), bindparam("last")),
    )


def next_expiry(connection: Connection, now: datetime) -> datetime | None:
    """When the next hold that has not expired ends, by the database's clock; None if nothing is held."""
    held = (_B.c.state == BookingState.HELD.value, _B.c.held_until > now.astimezone(UTC))
    found: datetime | None = connection.scalar(select(func.min(_B.c.held_until)).where(*held))
    return found


def _kind_of(connection: Connection) -> Any:
    """The database's own module, for which statements are built once."""
    return backend(connection.engine.url)


def ahead(connection: Connection, providers: Collection[int], since: datetime) -> list[Ahead]:
    """The bookings of professionals that begin later, by their ids."""
    wanted: Select[Any] = select(_B).where(is_one_of(connection, _B.c.provider_id, "providers"))
    wanted = wanted.where(_B.c.starts_at > since, _B.c.state == BookingState.BOOKED.value).order_by(_B.c.id)
    found = []
    for row in connection.execute(wanted, {"providers": [*providers]}):
        taken = quanta(row.starts_at, row.ends_at)
        found.append(Ahead(row.id, row.provider_id, row.site_id, row.specialty_id, taken.start, taken.stop))
    return found


def short_of(connection: Connection, day: date, at_most: int) -> list[int]:
    """Some professionals for whom what is open was computed up to an earlier day only."""
    own = plain(tables.OpenUntil)
    return list(connection.scalars(select(own.c.provider_id).where(own.c.day < day).limit(at_most)))


def open_until(connection: Connection, provider: int) -> date | None:
    """The last day for which it was computed what is open of a professional; None if it never was."""
    own = plain(tables.OpenUntil)
    return connection.scalar(select(own.c.day).where(own.c.provider_id == provider))


def unplaced(connection: Connection, since: datetime, bookings: Sequence[int] | None = None) -> list[Unplaced]:
    """The bookings ahead that lie in no open time, and the conflicts, the next one first.

    Those of tickets that the connection's actor may not know of are left out.

    Args:
        bookings: Only these.
    """
    own, provider, site = plain(tables.UnplacedBooking), plain(tables.Provider), plain(tables.Site)
    specialty, about, ticket = plain(tables.Specialty), plain(tables.Beneficiary), plain(tables.Ticket)
    named = (
        provider.c.name.label("provider"),
        site.c.name.label("site"),
        site.c.state.label("uf"),
        specialty.c.name.label("specialty"),
        about.c.name.label("about"),
        about.c.social_name,
        about.c.phone,
        ticket.c.protocol,
    )
    joined = (
        _B.outerjoin(own, own.c.booking_id == _B.c.id)
        .join(provider, provider.c.id == _B.c.provider_id)
        .join(site, site.c.id == _B.c.site_id)
        .outerjoin(specialty, specialty.c.id == _B.c.specialty_id)
        .outerjoin(about, about.c.id == _B.c.beneficiary_id)
        .outerjoin(ticket, ticket.c.id == _B.c.ticket_id)
    )
    wanted = select(_B, *named).select_from(joined).order_by(_B.c.starts_at, _B.c.id)
    is_closed = and_(_B.c.state == BookingState.BOOKED.value, own.c.booking_id.is_not(None))
    wanted = wanted.where(_B.c.starts_at > since, or_(is_closed, _B.c.state == BookingState.CONFLICT.value))
    if visible := of_visible(connection, _B.c.ticket_id):
        wanted = wanted.where(or_(_B.c.ticket_id.is_(None), *visible))
    if bookings is not None:
        wanted = wanted.where(_B.c.id.in_(bookings))
    return [
        Unplaced(
            row.id,
            row.ticket_id,
            row.protocol or "",
            row.starts_at.astimezone(ZoneInfo(ZONE_OF_UF[row.uf])),
            row.provider,
            row.site,
            row.specialty or "",
            row.social_name or row.about or row.name,
            row.phone or "",
            _why(row),
            row.channel,
            row.beneficiary_id,
            bool(row.source),
        )
        for row in connection.execute(wanted)
    ]


def _why(row: Any) -> WhyMoved:
    if row.state != BookingState.CONFLICT.value:
        return WhyMoved.CLOSED
    return WhyMoved.BUSY if row.place else WhyMoved.TAKEN
