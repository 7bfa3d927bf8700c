"""Attachments of tickets, and their contents."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import APART


class Attachment(SQLModel, table=True):
    """A file that was attached to a ticket. The ticket's event with the same number has its name and its hash."""

    __table_args__ = (UniqueConstraint("ticket_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    seq: int
    """Number of the event of the ticket."""
    name: str
    """The name as it was typed, without folders and control characters."""
    hash: str = Field(index=True)
    """SHA-256 of the content, in hexadecimal digits."""
    size: int
    """In bytes."""
    kind: str
    """The media type, by the content."""
    at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")


class AttachedContent(SQLModel, table=True):
    """The content of attachments, each once.

    On a server it is a table of the desk. Beside a SQLite file it is the table of a second file (`data.contents`), so
    that the desk's own file stays small; in the desk's own file it is empty.
    """

    __tablename__ = "attached_content"
    __table_args__ = ({"info": {APART: True}},)

    hash: str = Field(primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)
