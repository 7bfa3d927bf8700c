"""The waiting list. Of tickets that the actor may not know of, nothing is listed; they are served in their turn."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, or_, select, union_all

from atendimento_tui.contracts.waiting import Entry, WaitingRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted
from atendimento_tui.domain.bookings import BookingState
from atendimento_tui.domain.waiting import CHANNEL, ON_THE_LIST, FreeSlot, WaitingState, Wish

_E, _B, _F = plain(tables.WaitingEntry), plain(tables.Booking), plain(tables.FreedSlot)
_IN_ORDER = (_E.c.since, _E.c.id)


def entry_of(connection: Connection, ticket: int) -> Entry | None:
    """The entry of a ticket that is on the list, whose reader was let through before."""
    row = connection.execute(select(_E).where(_E.c.ticket_id == ticket, _E.c.state.in_(ON_THE_LIST))).first()
    return _entry(row) if row else None


def in_line(connection: Connection, slot: FreeSlot) -> list[Entry]:
    """Who waits for a specialty of the slot's professional, the first one first, and was never offered this slot."""
    same = (_B.c.provider_id == slot.provider, _B.c.site_id == slot.site)
    at = _B.c.starts_at == slot.starts_at.astimezone(UTC)
    theirs = or_(_B.c.ticket_id == _E.c.ticket_id, _B.c.beneficiary_id == _E.c.beneficiary_id)
    was_offered = exists().where(*same, at, _B.c.channel == CHANNEL, theirs)
    wanted = select(_E).where(_E.c.state == WaitingState.WAITING, _E.c.specialty_id.in_(sorted(slot.specialties)))
    return [_entry(row) for row in connection.execute(wanted.where(~was_offered).order_by(*_IN_ORDER))]


def has_work(connection: Connection) -> bool:
    """Whether a slot is to be offered, or an offer is open that may have ended."""
    open_offer = select(_E.c.id).where(_E.c.state == WaitingState.OFFERED)
    return connection.execute(union_all(select(_F.c.booking_id), open_offer).limit(1)).first() is not None


def freed(connection: Connection) -> list[int]:
    """The bookings whose slots are to be offered, in the order in which they gave them back."""
    return list(connection.scalars(select(_F.c.booking_id).order_by(_F.c.since, _F.c.booking_id)))


def over(connection: Connection, at: datetime) -> list[int]:
    """The tickets whose offers have ended.

    Args:
        at: The present instant of the database's clock.
    """
    ended = or_(_B.c.state != BookingState.HELD, _B.c.held_until <= at)
    wanted = select(_E.c.ticket_id).join_from(_E, _B, _B.c.id == _E.c.offered_booking_id)
    return list(connection.scalars(wanted.where(_E.c.state == WaitingState.OFFERED, ended).order_by(*_IN_ORDER)))


def listed(connection: Connection, ticket: int | None = None) -> list[WaitingRow]:
    """Who is on the list, in its order; offers have their ids only.

    Args:
        ticket: Only this ticket.
    """
    of, about, asker = plain(tables.Ticket), plain(tables.Beneficiary), plain(tables.Requester)
    specialty, provider = plain(tables.Specialty), plain(tables.Provider)
    named = (
        of.c.protocol,
        about.c.name.label("about"),
        about.c.social_name,
        about.c.phone,
        asker.c.name.label("asker"),
        specialty.c.name.label("specialty"),
        provider.c.name.label("provider"),
    )
    joined = (
        _E.join(of, of.c.id == _E.c.ticket_id)
        .join(specialty, specialty.c.id == _E.c.specialty_id)
        .outerjoin(provider, provider.c.id == _E.c.provider_id)
        .outerjoin(about, about.c.id == _E.c.beneficiary_id)
        .outerjoin(asker, asker.c.id == of.c.requester_id)
    )
    wanted: Select[Any] = select(_E, *named).select_from(joined).where(_E.c.state.in_(ON_THE_LIST)).order_by(*_IN_ORDER)
    wanted = wanted if ticket is None else wanted.where(_E.c.ticket_id == ticket)
    return [
        WaitingRow(
            _entry(row),
            row.protocol,
            row.social_name or row.about or row.asker or "",
            row.phone or "",
            row.specialty,
            row.provider or "",
        )
        for row in connection.execute(restricted(connection, wanted))
    ]


def specialties_of(connection: Connection, provider: int) -> frozenset[int]:
    """The specialties of a professional."""
    own = plain(tables.ProviderSpecialty)
    return frozenset(connection.scalars(select(own.c.specialty_id).where(own.c.provider_id == provider)))


def _entry(row: Any) -> Entry:
    wish = Wish(row.specialty_id, row.provider_id, row.city, row.until)
    return Entry(
        row.id,
        row.ticket_id,
        row.beneficiary_id,
        wish,
        row.since,
        WaitingState(row.state),
        row.offered_booking_id,
        row.refusals,
    )
