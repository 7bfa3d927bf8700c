"""The documents of tickets, for lists of all tickets."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class TicketDocument(SQLModel, table=True):
    """A document of a ticket: one that is needed, or of which something is known.

    The ticket's events are what counts; the rows are computed from it with each act (`repositories.documents`), so that
    lists need not read tickets. Texts of people are not here.
    """

    __tablename__ = "ticket_document"
    __table_args__ = (UniqueConstraint("ticket_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    key: str
    """Its key in the process."""
    name: str
    is_needed: bool
    state: str = Field(index=True)
    """One of `domain.documents`: `pedido`, `recebido`, `aceito`, `recusado`."""
    way: str
    """`original`, `copia`, `arquivo`, or empty."""
    attachment_seq: int | None = None
    """Number of the ticket's event with which its file was attached."""
    asked_again: int
    due_on: str
    """The last day for its correction, as ISO date; empty for none."""
    since: datetime
    """Since when it is in its state."""
    arrived_at: datetime | None = None
    arrived_by: int | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None
    """Ids of the people who recorded that."""
