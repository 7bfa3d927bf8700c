"""Remittances and their items."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class Remittance(SQLModel, table=True):
    """A batch of documents for a department. A group has one open batch at most."""

    __table_args__ = (UniqueConstraint("group_id", "year", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="staff_group.id", index=True)
    year: int
    """The year in which it was opened; since it was closed, that of its number."""
    number: int | None = None
    """Its number in the year; None while it is open."""
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: int | None = Field(default=None, foreign_key="person.id")


class RemittanceItem(SQLModel, table=True):
    """A document of a ticket in a remittance. The ticket's events have the department's verdict too."""

    __tablename__ = "remittance_item"
    __table_args__ = (Index("ix_remittance_item_ticket", "ticket_id", "document"),)

    id: int | None = Field(default=None, primary_key=True)
    remittance_id: int = Field(foreign_key="remittance.id", index=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    document: str
    """Key of the document in the ticket's process."""
    name: str
    state: str = Field(index=True)
    reason: str = ""
    said_by: str = ""
    at: datetime
    """Since when it is in its state."""
    actor_id: int | None = Field(default=None, foreign_key="person.id")
