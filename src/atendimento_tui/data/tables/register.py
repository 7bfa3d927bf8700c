"""The register: the protocols that are appended to the operator's workbook."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class RegisterEntry(SQLModel, table=True):
    """A protocol of a registering service, once."""

    __tablename__ = "register_entry"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", unique=True)
    entered_at: datetime
    day: str | None = Field(default=None, index=True)
    """The day of the run that it belongs to, as an ISO date; None before it."""
    number: int | None = Field(default=None, unique=True)
    """Its number in the register."""
    written_at: datetime | None = None
    """When it was seen in the workbook."""
