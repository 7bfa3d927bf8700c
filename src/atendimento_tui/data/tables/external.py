"""The numbers of tickets in other systems."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class ExternalNumber(SQLModel, table=True):
    """The number of a ticket in another system (ERP, CRM). Events have who added or removed it."""

    __tablename__ = "external_number"
    __table_args__ = (Index("ix_external_number", "number_key", "system_key"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    system: str
    number: str
    """As they were typed."""
    system_key: str
    number_key: str
    """The forms that are compared (`domain.external`)."""
    field: str = ""
    """Key of the field of the process that has it; empty if it was added by hand."""
    at: datetime
