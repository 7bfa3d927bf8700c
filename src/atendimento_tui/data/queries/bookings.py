"""Bookings and what they occupy. Of bookings of tickets that the actor may not know of, no name is read."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select

from atendimento_tui.contracts.bookings import BookingRow, Offered
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import of_visible
from atendimento_tui.domain.bookings import TOLD, BookingState, SlotKey, address_line
from atendimento_tui.domain.places import ZONE_OF_UF

_B, _O = plain(tables.Booking), plain(tables.Occupied)
_P, _S, _SP = plain(tables.Provider), plain(tables.Site), plain(tables.Specialty)


def offered(connection: Connection, slot: SlotKey) -> list[Offered]:
    """The open intervals of the professional at the site that have the slot's beginning."""
    own, rule, does = plain(tables.OpenInterval), plain(tables.Availability), plain(tables.ProviderSpecialty)
    has = exists().where(does.c.provider_id == _P.c.id, does.c.specialty_id == slot.specialty)
    wanted = (
        select(own, rule.c.second_allowed, _P.c.name, _P.c.master, _P.c.squeeze_ins, has.label("does"))
        .join_from(own, rule, rule.c.id == own.c.availability_id)
        .join(_P, _P.c.id == own.c.provider_id)
        .where(own.c.provider_id == slot.provider, own.c.site_id == slot.site)
        .where(own.c.starts <= slot.quantum, own.c.ends > slot.quantum)
        .order_by(own.c.starts, own.c.availability_id)
    )
    return [
        Offered(
            row.starts,
            row.ends,
            row.slot_minutes,
            row.capacity,
            row.specialty_id,
            row.second_allowed,
            row.squeeze_ins,
            row.name,
            row.master,
            row.does,
        )
        for row in connection.execute(wanted)
    ]


def taken(connection: Connection, resource: str, key: int, quanta: range) -> dict[int, dict[int, int]]:
    """Place -> quantum -> the booking that has it, of a resource in a time."""
    between = _O.c.quantum.between(quanta.start, quanta.stop - 1)
    wanted = select(_O.c.place, _O.c.quantum, _O.c.booking_id)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row in connection.execute(wanted.where(_O.c.resource == resource, _O.c.resource_id == key, between)):
        found[row.place][row.quantum] = row.booking_id
    return found


def who_has(connection: Connection, bookings: Sequence[int]) -> tuple[str, str]:
    """Who holds or booked the newest of these bookings: a person, and the channel; empty if that is not to be known."""
    person = plain(tables.Person)
    wanted = (
        select(person.c.name, _B.c.channel)
        .join_from(_B, person, person.c.id == func.coalesce(_B.c.booked_by, _B.c.held_by), isouter=True)
        .where(_B.c.id.in_(sorted(set(bookings))), *_known(connection))
        .order_by(_B.c.id.desc())
    )
    row = connection.execute(wanted).first()
    return (row.name or "", row.channel) if row else ("", "")


def professional_of(connection: Connection, booking: int) -> str:
    """The professional of a booking; empty if that is not to be known."""
    wanted = select(_P.c.name).join_from(_B, _P, _P.c.id == _B.c.provider_id)
    return connection.scalar(wanted.where(_B.c.id == booking, *_known(connection))) or ""


def booking(connection: Connection, number: int) -> BookingRow | None:
    """A booking by its id, whose reader was let through before."""
    return _one(connection, _rows().where(_B.c.id == number))


def with_token(connection: Connection, token: str) -> BookingRow | None:
    """The booking with this token, which only who held it knows."""
    return _one(connection, _rows().where(_B.c.token == token)) if token else None


def of_ticket(connection: Connection, ticket: int) -> list[BookingRow]:
    """The bookings of a ticket that an act has let through, the newest first."""
    return [
        _booking(row) for row in connection.execute(_rows().where(_B.c.ticket_id == ticket).order_by(_B.c.id.desc()))
    ]


def told(connection: Connection, ticket: int) -> tuple[BookingRow, int] | None:
    """The newest booking of a ticket that is no hold, and how often the appointment was changed before.

    A move and a cancellation are one change each, so that the count grows with every version of the appointment.
    """
    own = [each for each in of_ticket(connection, ticket) if each.state in TOLD]
    if not own:
        return None
    return own[0], len(own) - 1 + sum(each.state is BookingState.CANCELLED for each in own)


def held_for_list(connection: Connection, holds: Collection[int]) -> dict[int, BookingRow]:
    """Id -> hold, of offers of tickets that their reader was let through to."""
    wanted = _rows().where(_B.c.id.in_(sorted(holds)))
    return {row.id: _booking(row) for row in connection.execute(wanted)} if holds else {}


def between(connection: Connection, day: date) -> list[BookingRow]:
    """The appointments and conflicts of a local day, by the hour, without those that the actor may not know of."""
    midnight, wide = datetime.combine(day, time(), UTC), timedelta(hours=14)
    ahead = _B.c.starts_at.between(midnight - wide, midnight + timedelta(days=1) + wide)
    shown = (BookingState.BOOKED, BookingState.ARRIVED, BookingState.MISSED, BookingState.CONFLICT)
    wanted = _rows().where(ahead, _B.c.state.in_(shown), *_known(connection))
    rows = connection.execute(wanted.order_by(_B.c.starts_at, _P.c.name, _B.c.place))
    return [found for row in rows if (found := _booking(row)).local.date() == day]


def bookings_of(connection: Connection, person: int) -> list[BookingRow]:
    """The bookings of a beneficiary, the newest first, without those of tickets that the actor may not know of."""
    of_person = or_(_B.c.beneficiary_id == person, _B.c.ticket_id.in_(_tickets_about(person)))
    wanted = _rows().where(of_person, *_known(connection)).order_by(_B.c.starts_at.desc(), _B.c.id.desc())
    return [_booking(row) for row in connection.execute(wanted)]


def _tickets_about(person: int) -> Select[Any]:
    ticket = plain(tables.Ticket)
    return select(ticket.c.id).where(ticket.c.beneficiary_id == person)


def zone_at(connection: Connection, site: int) -> ZoneInfo | None:
    """The zone of a site; None if it is unknown."""
    state = connection.scalar(select(_S.c.state).where(_S.c.id == site))
    return ZoneInfo(ZONE_OF_UF[state]) if state else None


def slot_names(connection: Connection, slot: SlotKey) -> tuple[str, str, str, str, str] | None:
    """Of what a slot is about: professional, specialty, place, address, preparation; None if one is unknown."""
    wanted = (
        select(
            _P.c.name,
            _SP.c.name.label("specialty"),
            _SP.c.preparation,
            _S.c.name.label("site"),
            *(_S.c.address, _S.c.city, _S.c.state),
        )
        .select_from(_P)
        .join(_S, _S.c.id == slot.site)
        .join(_SP, _SP.c.id == slot.specialty)
        .where(_P.c.id == slot.provider)
    )
    row = connection.execute(wanted).first()
    if row is None:
        return None
    return row.name, row.specialty, row.site, address_line(row.address, city=row.city, uf=row.state), row.preparation


def _one(connection: Connection, wanted: Select[Any]) -> BookingRow | None:
    row = connection.execute(wanted).first()
    return _booking(row) if row else None


def _rows() -> Select[Any]:
    """The columns of bookings; every use restricts them, or is of one."""
    about, ticket, person = plain(tables.Beneficiary), plain(tables.Ticket), plain(tables.Person)
    named = (
        _P.c.name.label("provider"),
        _P.c.council,
        _P.c.council_number,
        _P.c.council_state,
        _S.c.name.label("site"),
        _S.c.address,
        _S.c.city,
        _S.c.state.label("uf"),
        _SP.c.name.label("specialty"),
        _SP.c.preparation,
        about.c.name.label("about"),
        about.c.social_name,
        ticket.c.protocol,
        person.c.name.label("booker"),
    )
    joined = (
        _B.join(_P, _P.c.id == _B.c.provider_id)
        .join(_S, _S.c.id == _B.c.site_id)
        .outerjoin(_SP, _SP.c.id == _B.c.specialty_id)
        .outerjoin(about, about.c.id == _B.c.beneficiary_id)
        .outerjoin(ticket, ticket.c.id == _B.c.ticket_id)
        .outerjoin(person, person.c.id == _B.c.booked_by)
    )
    return select(_B, *named).select_from(joined)


def _known(connection: Connection) -> list[ColumnElement[bool]]:
    """The condition that a booking is of no ticket, or of one that the actor may know of; none if that is every one."""
    visible = of_visible(connection, _B.c.ticket_id)
    return [or_(_B.c.ticket_id.is_(None), *visible)] if visible else []


def _booking(row: Any) -> BookingRow:
    return BookingRow(
        id=row.id,
        provider_id=row.provider_id,
        site_id=row.site_id,
        specialty_id=row.specialty_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        place=row.place,
        state=BookingState(row.state),
        beneficiary=row.beneficiary_id,
        beneficiary_place=row.beneficiary_place,
        ticket=row.ticket_id,
        channel=row.channel,
        token=row.token,
        until=row.held_until,
        reason=row.reason,
        moved_from=row.moved_from,
        source=row.source,
        source_key=row.source_key,
        provider=row.provider,
        council=f"{row.council}/{row.council_state} {row.council_number}",
        site=row.site,
        address=row.address,
        city=row.city,
        uf=row.uf,
        specialty=row.specialty or "",
        preparation=row.preparation or "",
        name=row.social_name or row.about or row.name,
        protocol=row.protocol or "",
        booked_by=row.booker or "",
        zone=ZoneInfo(ZONE_OF_UF[row.uf]),
    )
