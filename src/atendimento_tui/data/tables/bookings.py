"""Bookings, what they occupy, and the waiting list."""

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel


class Booking(SQLModel, table=True):
    """A slot that was held or booked. What happens to it is an event of its ticket."""

    __table_args__ = (
        Index("ix_booking_provider", "provider_id", "starts_at"),
        Index("ix_booking_site", "site_id", "starts_at"),
        Index("ix_booking_source", "source", "source_key"),
        Index("ix_booking_state", "state", "held_until"),
    )

    id: int | None = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id")
    site_id: int = Field(foreign_key="site.id")
    specialty_id: int | None = Field(default=None, foreign_key="specialty.id")
    starts_at: datetime
    ends_at: datetime
    place: int
    """Its place in the slot, from 1; one beyond the capacity is a squeeze-in; 0 for a conflict that found none."""
    state: str
    """`held`, `booked`, `arrived`, `missed`, `cancelled`, `moved`, `conflict` or `expired`."""
    beneficiary_id: int | None = Field(default=None, foreign_key="beneficiary.id", index=True)
    beneficiary_place: int
    """1, or 2 if an override booked it beside another one."""
    name: str
    """The name of somebody who is no beneficiary of ours; else empty."""
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    channel: str
    token: str = Field(index=True)
    """What confirms a hold; empty for a booking that was imported."""
    held_until: datetime | None = None
    held_by: int | None = Field(default=None, foreign_key="person.id")
    reason: str
    """Why it was cancelled, moved, squeezed in or booked as a second one."""
    moved_from: int | None = Field(default=None, foreign_key="booking.id", index=True)
    source: str
    """The name of the import's map; empty if it was booked here."""
    source_key: str
    booked_at: datetime | None = None
    booked_by: int | None = Field(default=None, foreign_key="person.id")


class Occupied(SQLModel, table=True):
    """Five minutes of a place of a professional or beneficiary. Its key forbids two bookings at once."""

    resource: str = Field(primary_key=True)
    """`provider` or `beneficiary`."""
    resource_id: int = Field(primary_key=True)
    quantum: int = Field(primary_key=True)
    """Minutes since 1970 in UTC, divided by five."""
    place: int = Field(primary_key=True)
    booking_id: int = Field(foreign_key="booking.id", index=True)


class WaitingEntry(SQLModel, table=True):
    """Somebody who waits for a free slot. What happens is an event of the ticket."""

    __tablename__ = "waiting_entry"
    __table_args__ = (Index("ix_waiting_entry_order", "state", "specialty_id", "since"),)

    id: int | None = Field(default=None, primary_key=True)
    specialty_id: int = Field(foreign_key="specialty.id")
    provider_id: int | None = Field(default=None, foreign_key="provider.id")
    """None for any professional."""
    city: str
    """Empty for any."""
    beneficiary_id: int | None = Field(default=None, foreign_key="beneficiary.id", index=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    since: datetime
    state: str
    """A value of `domain.waiting.WaitingState`."""
    offered_booking_id: int | None = Field(default=None, foreign_key="booking.id", index=True)
    refusals: int
    until: date | None = None
    """The last day that is of use; None for any."""


class FreedSlot(SQLModel, table=True):
    """A booking or an offer that gave its slot back while somebody waited, until the slot is offered to who waits."""

    __tablename__ = "freed_slot"

    booking_id: int | None = Field(default=None, primary_key=True, foreign_key="booking.id")
    since: datetime
