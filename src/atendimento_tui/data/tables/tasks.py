"""Things to do about a ticket."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Task(SQLModel, table=True):
    """Something to do about a ticket that is not a step: a call, a visit."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    text: str
    created_at: datetime
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key="person.id")
