"""Messages, alerts, and whom each is for."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Message(SQLModel, table=True):
    """What is to be told to somebody."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    event_seq: int
    key: str
    recipient: str
    """The word of the process that meant its addressees."""
    channel: str
    subject: str
    body: str
    created_at: datetime
    held_until: datetime | None = None
    """It does not leave before: the desk is closed until then."""
    sent_at: datetime | None = None


class Addressee(SQLModel, table=True):
    """Whom a message is for: one of the three, or nobody yet where there was nobody whom its word meant."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    group_id: int | None = Field(default=None, foreign_key="staff_group.id")
    requester_id: int | None = Field(default=None, foreign_key="requester.id")


class Alert(SQLModel, table=True):
    """Somebody was to be alerted: a person or a group, one row for each; nobody where `who` meant nobody then."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    event_seq: int
    who: str
    """The word of the process that meant them."""
    created_at: datetime
    held_until: datetime | None = None
    """Nobody is alerted before: the desk is closed until then."""
    person_id: int | None = Field(default=None, foreign_key="person.id")
    group_id: int | None = Field(default=None, foreign_key="staff_group.id")
