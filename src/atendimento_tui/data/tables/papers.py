"""Papers that tickets ask for."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Paper(SQLModel, table=True):
    """A paper of a process that an act asked to print. Its text is not stored: it is made of the ticket."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    event_seq: int
    """Number of the event that asked for it."""
    key: str
    """Its key in the process."""
    asked_at: datetime
    given_at: datetime | None = None
    """When it was printed, saved or handed over; None while it is due."""
