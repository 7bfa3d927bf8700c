"""Who offers appointments, where and when: specialties, professionals, sites, availability, absences."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class Specialty(SQLModel, table=True):
    """A specialty. Its changes are events of a stream, as those of all tables of this module."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    searched: str = Field(unique=True)
    """The name, by `domain.text.searched`."""
    rn566: str
    """Its item of art. 3 of RN ANS 566/2022 (`domain.procedures.ITEMS_566`), whose limit holds; empty for none."""
    preparation: str
    """What the beneficiary is told to prepare."""
    active: bool


class Provider(SQLModel, table=True):
    """A professional who has an agenda."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    searched: str = Field(index=True)
    """The words to find a professional by: name and number of the council, without accents."""
    council: str
    """As `CRM`, `CRO`, `CRP`."""
    council_number: str
    council_state: str
    master: bool
    """Whether the agenda of this desk is the one that counts."""
    squeeze_ins: int
    """How many places beyond its capacity a slot may take."""
    active: bool


class ProviderSpecialty(SQLModel, table=True):
    """A specialty of a professional."""

    __tablename__ = "provider_specialty"

    provider_id: int = Field(primary_key=True, foreign_key="provider.id")
    specialty_id: int = Field(primary_key=True, foreign_key="specialty.id", index=True)


class Site(SQLModel, table=True):
    """A place where professionals see beneficiaries."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    address: str
    city: str
    state: str
    searched: str = Field(index=True)
    """Name and city, without accents."""
    calendar: str
    """The calendar whose holidays close it; empty if none does."""
    active: bool


class Availability(SQLModel, table=True):
    """The days and hours at which a professional is at a site, as a rule of recurrence."""

    id: int | None = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id", index=True)
    site_id: int = Field(foreign_key="site.id", index=True)
    specialty_id: int | None = Field(default=None, foreign_key="specialty.id")
    """None for every specialty of the professional."""
    rule: str
    """The value of an RRULE of RFC 5545; daily or coarser."""
    first_day: date
    """The day on which the rule begins (its DTSTART)."""
    until: date | None = None
    """The last day; None if only the rule ends it."""
    starts: int
    """Local minute of the day, a multiple of five."""
    ends: int
    """As `starts`; up to 1,440."""
    zone: str
    """IANA name of the zone of the local times."""
    slot_minutes: int
    """A multiple of five."""
    capacity: int
    """How many beneficiaries are seen in one slot."""
    second_allowed: bool
    """Whether an override with a reason may book it for a beneficiary who has another appointment at that time."""
    source: str
    """The name of the import's map; empty if it was written by hand."""
    source_key: str
    """The UID of an iCalendar event or the key of a line; with `source` it is one availability."""
    active: bool


class AvailabilityException(SQLModel, table=True):
    """A day on which an availability is not as its rule says."""

    __tablename__ = "availability_exception"

    availability_id: int = Field(primary_key=True, foreign_key="availability.id")
    day: date = Field(primary_key=True)
    added: bool
    """True for a further day (RDATE), False for one that is left out (EXDATE)."""


class ProviderAbsence(SQLModel, table=True):
    """A time in which a professional sees nobody."""

    __tablename__ = "provider_absence"
    __table_args__ = (UniqueConstraint("provider_id", "starts_at", "ends_at"),)

    id: int | None = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="provider.id")
    starts_at: datetime
    ends_at: datetime
    reason: str
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_at: datetime
