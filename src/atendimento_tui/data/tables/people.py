"""Our people, their groups, and those who ask."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Person(SQLModel, table=True):
    """Somebody of ours."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    role: str
    active: bool = True
    origin_system: str = ""
    """The imported log that named this person, empty for people of the desk."""


class Group(SQLModel, table=True):
    """A group that answers for tickets (`grupo`)."""

    __tablename__ = "staff_group"  # `group` is a word of SQL

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class Membership(SQLModel, table=True):
    """Who works in which group."""

    group_id: int = Field(primary_key=True, foreign_key="staff_group.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")


class Requester(SQLModel, table=True):
    """Who asks: a person or an institution."""

    id: int | None = Field(default=None, primary_key=True)
    name: str


class Presence(SQLModel, table=True):
    """A window that has a ticket open. One that was not seen for a while is gone, however it ended."""

    window: str = Field(primary_key=True)
    """The window's own id."""
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    since: datetime
    seen_at: datetime
