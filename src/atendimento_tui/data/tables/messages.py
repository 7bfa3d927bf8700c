"""Messages and alerts with their addressees."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY, UNSEEN, number_by_default


class Message(SQLModel, table=True):
    """A message that was written for somebody."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    event_seq: int
    key: str
    recipient: str
    """The process's word for its addressees: `solicitante`, `grupo`..."""
    channel: str
    subject: str
    body: str
    created_at: datetime
    held_until: datetime | None = None
    """It is not sent before this instant, because the desk is closed until then."""
    papers: str = Field(default="", sa_column_kwargs=EMPTY)
    """The keys of the papers that go with it as PDF, separated by spaces. They are made when it is sent."""


class Addressee(SQLModel, table=True):
    """An addressee of a message, which is a row of the outbox (`domain.outbox`).

    One of the three ids is set; none if nobody matched the process's word.
    """

    __table_args__ = (Index("ix_addressee_waiting", "state", "next_at"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    group_id: int | None = Field(default=None, foreign_key="staff_group.id")
    requester_id: int | None = Field(default=None, foreign_key="requester.id")
    state: str = Field(default="nunca enviado", sa_column_kwargs={"server_default": text("'nunca enviado'")})
    """A value of `domain.outbox.Delivery`."""
    address: str = Field(default="", sa_column_kwargs=EMPTY)
    mail_id: str = Field(default="", sa_column_kwargs=EMPTY, index=True)
    """The Message-ID, given when a worker first takes the row, and kept by every further attempt."""
    attempts: int = Field(default=0, sa_column_kwargs=number_by_default(0))
    next_at: datetime | None = None
    """When a worker may take it; None if none may."""
    worker: str = Field(default="", sa_column_kwargs=EMPTY)
    """Machine and process of the last worker that took it."""
    state_at: datetime | None = None
    """When it came to its state."""
    reply: str = Field(default="", sa_column_kwargs=EMPTY)
    """The server's words, or the reason why it is not sent."""


class Alert(SQLModel, table=True):
    """An alert of one person or one group. Neither id is set if nobody matched `who`."""

    __table_args__ = (Index("ix_alert_unseen", "ticket_id", sqlite_where=UNSEEN),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    event_seq: int
    who: str
    """The process's word for its addressees."""
    created_at: datetime
    held_until: datetime | None = None
    """It is not shown before this instant, because the desk is closed until then."""
    person_id: int | None = Field(default=None, foreign_key="person.id")
    group_id: int | None = Field(default=None, foreign_key="staff_group.id")
    seen_at: datetime | None = None
    """When somebody whom it is for acknowledged it; it is shown until then."""
