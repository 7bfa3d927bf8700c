"""Answers that were received, and the files that messages carry."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY


class Received(SQLModel, table=True):
    """An answer to the desk. The ticket's event with the same number has its text."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    seq: int
    """Number of the event of the ticket."""
    at: datetime
    sender: str
    """The address or the name of who answered."""
    subject: str = Field(default="", sa_column_kwargs=EMPTY)
    mail_id: str = Field(default="", sa_column_kwargs=EMPTY, index=True)
    """Its Message-ID; empty for one that was pasted."""
    message_id: int | None = Field(default=None, foreign_key="message.id")
    """The message that it answers, if that is known."""
    attachment_id: int | None = Field(default=None, foreign_key="attachment.id")
    """The whole e-mail as it came; None for one that was pasted."""


class MessageFile(SQLModel, table=True):
    """A file that is sent with a message."""

    __tablename__ = "message_file"

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    attachment_id: int = Field(foreign_key="attachment.id")
