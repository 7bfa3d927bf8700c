"""The people of the desk, their groups, requesters, and presence."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Person(SQLModel, table=True):
    """A person of the desk, or one that an imported log names."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    role: str
    active: bool = True
    origin_system: str = ""
    """The system of the imported log that names this person; empty for people of the desk."""
    login: str | None = Field(default=None, unique=True, index=True)
    """In lower case. None for people of imported logs, who never act."""


class Group(SQLModel, table=True):
    """A group that is responsible for tickets (`grupo`)."""

    __tablename__ = "staff_group"  # `group` is a reserved word of SQL

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class Membership(SQLModel, table=True):
    """A person's membership of a group."""

    group_id: int = Field(primary_key=True, foreign_key="staff_group.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")


class Requester(SQLModel, table=True):
    """A requester: a person or an institution."""

    id: int | None = Field(default=None, primary_key=True)
    name: str


class Presence(SQLModel, table=True):
    """A window that has a ticket open. A row that was not refreshed for a while is of a window that has ended."""

    window: str = Field(primary_key=True)
    """The window's own id."""
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    since: datetime
    seen_at: datetime
