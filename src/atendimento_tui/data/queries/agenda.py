"""What is open and what is taken in the agenda."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, bindparam, func, or_, select
from sqlmodel.sql.sqltypes import UTCDateTime

from atendimento_tui.contracts.providers import Unplaced
from atendimento_tui.data import tables
from atendimento_tui.data.engine import backend, is_one_of, plain
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.data.visible import of_visible
from atendimento_tui.domain.agenda import Interval
from atendimento_tui.domain.bookings import PROVIDER, BookingState, quanta, quantum_of
from atendimento_tui.domain.places import ZONE_OF_UF

_I, _O, _B = plain(tables.OpenInterval), plain(tables.Occupied), plain(tables.Booking)

_ANY_ZONE = timedelta(hours=14)
"""The most that a local day begins before or after that of UTC."""


class Ahead(NamedTuple):
    """A booking that lies ahead, by its quanta."""

    id: int
    provider: int
    site: int
    specialty: int | None
    starts: int
    ends: int


def intervals(connection: Connection, providers: Collection[int], first: date, last: date) -> list[Interval]:
    """What is open of professionals from a day to another one, both included, by its beginning."""
    midnight, next_midnight = datetime.combine(first, time(), UTC), datetime.combine(last, time(), UTC) + timedelta(1)
    values = {
        "providers": [*providers],
        "low": quantum_of(midnight - _ANY_ZONE),
        "high": quantum_of(next_midnight + _ANY_ZONE),
        "first": first,
        "last": last,
    }
    rows = quick_rows(connection, _intervals(_kind_of(connection)), values)
    return [Interval(*row) for row in rows]


@cache
def _intervals(kind: Any) -> Select[Any]:
    """The key of the table begins with the professional and the first quantum; the days are exact."""
    columns = ("provider_id", "starts", "availability_id", "ends", "site_id", "specialty_id", "day")
    wanted: Select[Any] = select(*(_I.c[each] for each in (*columns, "slot_minutes", "capacity")))
    return wanted.where(
        kind.is_one_of(_I.c.provider_id, "providers"),
        _I.c.starts.between(bindparam("low"), bindparam("high")),
        _I.c.day.between(bindparam("first"), bindparam("last")),
    ).order_by(_I.c.starts)


def busy(
    connection: Connection, providers: Collection[int], since: int, to: int, now: datetime
) -> dict[int, dict[int, list[int]]]:
    """Professional -> quantum -> the places that are taken in it. A hold that has expired takes none.

    Args:
        since, to: The quanta that are asked for; `to` is not one of them.
        now: The present instant, by the database's clock.
    """
    values = {"providers": [*providers], "low": since, "high": to - 1, "now": now, "resource": PROVIDER}
    found: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for provider, place, first, last in quick_rows(connection, _busy(_kind_of(connection)), values):
        taken = found[provider]
        for quantum in range(first, last + 1):
            taken.setdefault(quantum, []).append(place)
    return found


@cache
def _busy(kind: Any) -> Select[Any]:
    """A booking has its quanta without a gap, so the first and the last one say all."""
    expired = select(_B.c.id).where(
        _B.c.state == BookingState.HELD.value, _B.c.held_until <= bindparam("now", type_=UTCDateTime())
    )
    wanted: Select[Any] = select(_O.c.resource_id, _O.c.place, func.min(_O.c.quantum), func.max(_O.c.quantum))
    return wanted.where(
        _O.c.resource == bindparam("resource"),
        kind.is_one_of(_O.c.resource_id, "providers"),
        _O.c.quantum.between(bindparam("low"), bindparam("high")),
        _O.c.booking_id.not_in(expired),
    ).group_by(_O.c.resource_id, _O.c.place, _O.c.booking_id)


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
    """The bookings ahead whose time was closed afterwards, the next one first.

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
        _B.join(own, own.c.booking_id == _B.c.id)
        .join(provider, provider.c.id == _B.c.provider_id)
        .join(site, site.c.id == _B.c.site_id)
        .outerjoin(specialty, specialty.c.id == _B.c.specialty_id)
        .outerjoin(about, about.c.id == _B.c.beneficiary_id)
        .outerjoin(ticket, ticket.c.id == _B.c.ticket_id)
    )
    wanted = select(_B, *named).select_from(joined).order_by(_B.c.starts_at, _B.c.id)
    wanted = wanted.where(_B.c.starts_at > since, _B.c.state == BookingState.BOOKED.value)
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
        )
        for row in connection.execute(wanted)
    ]
