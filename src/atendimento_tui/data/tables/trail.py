"""Events of streams that are not tickets: people, groups, calendars, the unit."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class TrailEvent(SQLModel, table=True):
    """An event of a stream. Rows are only inserted, never changed (see `domain.trail`)."""

    __tablename__ = "trail_event"
    __table_args__ = (UniqueConstraint("area", "key", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    area: str
    key: str
    seq: int
    kind: str
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    changes: str
    """Changes of fields, as JSON. A text stands in it as the hash of its value."""
    form: int
    """The version of the form that was hashed."""
    hash: str
    """Its hash, which covers that of the event before it."""


class TrailValue(SQLModel, table=True):
    """A text in the changes of a stream's event. Text and salt are made empty when it is erased."""

    __tablename__ = "trail_value"
    __table_args__ = (UniqueConstraint("event_id", "field", "is_after"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="trail_event.id")
    field: str
    is_after: bool
    text: str
    salt: str


class TrailDigest(SQLModel, table=True):
    """A digest over the chains of all streams (`domain.digests.Digest`). Rows are only inserted."""

    __tablename__ = "trail_digest"

    id: int | None = Field(default=None, primary_key=True)
    """Its number, from 1."""
    day: str = Field(unique=True)
    """The local day, as ISO date."""
    made_at: datetime
    last_event: int
    """Id of the last event of a ticket that it covers; 0 for none."""
    last_trail_event: int
    """Id of the last event of another stream that it covers; 0 for none."""
    events: int
    """Number of all events that it and those before it cover."""
    hash: str
    """Its hash, which covers that of the digest before it."""
