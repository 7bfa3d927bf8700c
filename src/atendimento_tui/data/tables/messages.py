"""Messages and alerts with their addressees."""

from datetime import datetime

from sqlmodel import Field, SQLModel


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
    sent_at: datetime | None = None


class Addressee(SQLModel, table=True):
    """An addressee of a message. One of the three ids is set; none if nobody matched the process's word."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    group_id: int | None = Field(default=None, foreign_key="staff_group.id")
    requester_id: int | None = Field(default=None, foreign_key="requester.id")


class Alert(SQLModel, table=True):
    """An alert of one person or one group. Neither id is set if nobody matched `who`."""

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
