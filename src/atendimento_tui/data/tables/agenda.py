"""What is open in the agenda. It is computed from the availability (`domain.agenda`)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class OpenInterval(SQLModel, table=True):
    """A stretch of one day in which a professional sees beneficiaries at a site.

    Slots are cut from it when they are asked for. Its times are quanta: minutes since 1970 in UTC, divided by five.
    """

    __tablename__ = "open_interval"

    provider_id: int = Field(primary_key=True, foreign_key="provider.id")
    starts: int = Field(primary_key=True, index=True)
    """The first quantum."""
    availability_id: int = Field(primary_key=True, foreign_key="availability.id", index=True)
    ends: int
    """The quantum after the last one."""
    site_id: int = Field(foreign_key="site.id", index=True)
    specialty_id: int | None = Field(default=None, foreign_key="specialty.id")
    day: date
    """The local day."""
    slot_minutes: int
    capacity: int


class OpenUntil(SQLModel, table=True):
    """Up to which day the open intervals of a professional were computed."""

    __tablename__ = "open_until"

    provider_id: int = Field(primary_key=True, foreign_key="provider.id")
    day: date = Field(index=True)


class UnplacedBooking(SQLModel, table=True):
    """A booking whose time was closed by a change of hours, an absence or a calendar, and which is to be moved."""

    __tablename__ = "unplaced_booking"

    booking_id: int = Field(primary_key=True, foreign_key="booking.id")
    since: datetime
