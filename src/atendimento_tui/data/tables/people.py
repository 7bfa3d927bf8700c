"""The people of the desk, their groups, requesters, and presence."""

from datetime import datetime

from sqlalchemy import text, true
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY


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
    hours: str = Field(default="", sa_column_kwargs=EMPTY)
    """The weekly hours of work, as they were written; empty for those of the desk."""
    version: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Raised by each change of the person, the groups or the absences."""
    email: str = Field(default="", sa_column_kwargs=EMPTY)
    """The address that messages to the person are sent to; empty for none."""


class Absence(SQLModel, table=True):
    """Days on which a person is not at work."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: str
    """ISO date."""
    last_day: str
    """ISO date; the person is back on the next day."""
    reason: str


class Group(SQLModel, table=True):
    """A group that is responsible for tickets (`grupo`)."""

    __tablename__ = "staff_group"  # `group` is a reserved word of SQL

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    version: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Raised by each change of the group or its members."""
    email: str = Field(default="", sa_column_kwargs=EMPTY)
    """The address that messages to the group are sent to; empty for none."""


class FormerGroupName(SQLModel, table=True):
    """A name that a group had. Services that were included before the change refer to the group by it."""

    __tablename__ = "former_group_name"

    name: str = Field(primary_key=True)
    group_id: int = Field(foreign_key="staff_group.id", index=True)


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
