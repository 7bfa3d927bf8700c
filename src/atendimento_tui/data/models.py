"""The tables. They are dumb: rules stand in `domain`, and what must be unique is unique here.

Indexes tell SQLite's condition only, since naming another database's would load its dialect at every start; the
migrations, which make the tables, tell both.

Instants are stored in UTC. Personal names and written texts stand in columns of their own and events point at people
by number, so that a person can be made anonymous without touching the history.
"""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

_EMPTY = {"server_default": text("''")}
"""Of a column that came with a later migration: what rows that were there before have in it."""

_OPEN, _UNFIRED = text("is_open = 1"), text("fired_at IS NULL")


def _open_index(name: str, *columns: str) -> Index:
    """An index over the open tickets only: it stays small however long the history grows."""
    return Index(name, *columns, sqlite_where=_OPEN)


_QUEUE = ("severity", "queue_due", "id", "owner_id", "group_id", "state", "warn_at", "due_at")
"""The queue's order, and after it what tabs and counts ask of a ticket: they read the index alone."""


class Unit(SQLModel, table=True):
    """The desk itself. One row."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    city: str
    uf: str
    tz: str
    ans_registration: str = ""
    hours_calendar: int
    """The calendar of the opening hours."""
    legal_calendar: int
    """The calendar of terms in days."""
    is_demo: bool = False


class Calendar(SQLModel, table=True):
    """One version of a named calendar. Never changed: a new version is a new row, and clocks keep theirs."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    spec: str
    """`CalendarSpec` as JSON."""
    resolved: str
    """Its `ResolvedDays` as JSON, so that opening the desk computes no holidays."""
    created_at: datetime


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


class Beneficiary(SQLModel, table=True):
    """A person whom the plan covers."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    cpf: str = Field(default="", index=True)
    card: str = Field(default="", index=True)
    phone: str = Field(default="", index=True)
    born_on: str = ""
    """ISO date."""
    plan: str = ""
    search: str
    """`domain.text.searched_name` of the name."""


class Process(SQLModel, table=True):
    """One version of a service, known by the hash of its content. A running ticket keeps its version."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True)
    name: str
    content_hash: str | None = Field(default=None, unique=True, index=True)
    """None for the service of an imported history, which has no process."""
    content: str = Field(default="", sa_column_kwargs=_EMPTY)
    """The process's file, as it was written."""
    format: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """The version of the format that the file is written in (`domain.process.stored.FORMAT`)."""
    is_offered: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether new tickets may be opened by it: the newest version of each service."""
    is_shipped: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """Whether it came with the program, and so gives way to what comes with the next one."""


class Numbering(SQLModel, table=True):
    """The last number given in a series (a day's protocols): taken and raised in the transaction that uses it."""

    series: str = Field(primary_key=True)
    last: int


class Ticket(SQLModel, table=True):
    """A ticket as its events made it, with its nearest live clock beside it so that the queue's order is an index."""

    __table_args__ = (
        UniqueConstraint("origin_system", "origin"),
        # The filter looks for a piece of a word, which no order helps with: SQLite reads through the words in the index
        # itself, if that has every column that is asked for; PostgreSQL, whose rows of an index have a greatest
        # length, has an index of the pieces.
        _open_index("ix_ticket_queue", *_QUEUE, "is_open", "search").ddl_if(dialect="sqlite"),
        _open_index("ix_ticket_queue", *_QUEUE).ddl_if(dialect="postgresql"),
        _open_index("ix_ticket_search", "search").ddl_if(dialect="postgresql"),
        _open_index("ix_ticket_owner", "owner_id", "severity", "queue_due", "id"),
        # All are counted in the smallest index; SQLite only in one that has what is asked for, the condition too.
        _open_index("ix_ticket_warn", "warn_at", "due_at", "is_open").ddl_if(dialect="sqlite"),
        _open_index("ix_ticket_warn", "warn_at", "due_at").ddl_if(dialect="postgresql"),
    )

    id: int | None = Field(default=None, primary_key=True)
    protocol: str = Field(unique=True)
    channel: str = Field(default="", sa_column_kwargs=_EMPTY)
    origin_system: str | None = None
    origin: str | None = None
    process_id: int = Field(foreign_key="process.id")
    step: str
    """Key of the step where its process has one, else the step's name."""
    step_name: str = Field(default="", sa_column_kwargs=_EMPTY)
    """The step as people read it."""
    former_step: str = Field(default="", sa_column_kwargs=_EMPTY)
    step_since: datetime | None = None
    beneficiary_id: int | None = Field(default=None, index=True)
    group_id: int | None = Field(default=None, foreign_key="staff_group.id")
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    requester_id: int | None = Field(default=None, foreign_key="requester.id")
    subject: str
    severity: int
    """Rank: 0 is critical."""
    state: str
    is_open: bool
    cycle: int
    unpromised: str = Field(default="", sa_column_kwargs=_EMPTY)
    """Kinds of clocks that the cycle asked for without a promise, by blanks; `-` before those that were stopped."""
    version: int
    opened_at: datetime
    closed_at: datetime | None = None
    changed_at: datetime
    search: str
    """What the filter looks in: `domain.text.searched_ticket` of protocol, service, subject and names."""

    term_kind: str | None = None
    term_calendar: int | None = None
    term_basis: str | None = None
    due_at: datetime | None = None
    """When the nearest live clock is due, or would be had its pause not begun."""
    warn_at: datetime | None = None
    """When it begins to ask for attention; None while paused."""
    paused_at: datetime | None = None
    zero_at: datetime | None = None
    """What the countdown counts to, where it is not `due_at` (see `domain.clocks.Term`)."""
    queue_due: datetime
    """`due_at` of a running clock; the far future while paused, farther without a clock."""


class Clock(SQLModel, table=True):
    """One promise of one cycle of a ticket (see `domain.clocks`)."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    cycle: int
    kind: str
    calendar_id: int = Field(foreign_key="calendar.id")
    basis: str
    target: int
    started_at: datetime
    stopped_at: datetime | None = None
    cancelled: bool = False
    nature: str = Field(default="nossa", sa_column_kwargs={"server_default": "nossa"})


class ClockPause(SQLModel, table=True):
    """A stretch during which a clock rested."""

    __tablename__ = "clock_pause"

    id: int | None = Field(default=None, primary_key=True)
    clock_id: int = Field(foreign_key="clock.id", index=True)
    began_at: datetime
    ended_at: datetime | None = None
    reason: str
    goes_on: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """It carries on the rest before it, for another reason."""


class Event(SQLModel, table=True):
    """What happened. Only ever appended."""

    __table_args__ = (UniqueConstraint("ticket_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    seq: int
    kind: str
    at: datetime
    recorded_at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    request_id: str | None = Field(default=None, unique=True)
    """The act's own id: the same act sent twice is one event."""
    text: str = ""
    changes: str = "{}"
    """Fields changed and clocks moved, as JSON (see `data.codec`)."""


class FieldValue(SQLModel, table=True):
    """An answer to a field of a ticket's process. Only appended: the newest of a key is the one that counts.

    Events point here by number, so that a personal value can be made anonymous without touching the history.
    """

    __tablename__ = "field_value"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    key: str
    text: str


class TicketText(SQLModel, table=True):
    """What was said about a ticket, as the filter looks in it: comments, answers that are not personal, messages.

    One row for each event that said something, so that a comment rewrites nothing. SQLite's index of words of it is the
    table `ticket_search_texts`, which triggers keep.
    """

    __tablename__ = "ticket_text"
    __table_args__ = (_open_index("ix_ticket_text_search", "text").ddl_if(dialect="postgresql"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    is_open: bool
    """Whether the ticket is: the filter looks at open tickets only, and so does its index."""
    text: str


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


class Task(SQLModel, table=True):
    """Something to do about a ticket that is not a step: a call, a visit."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    text: str
    created_at: datetime
    due_at: datetime | None = None
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key="person.id")


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


class Timer(SQLModel, table=True):
    """Something that happens to a ticket by itself, once under its key."""

    __table_args__ = (
        UniqueConstraint("ticket_id", "key"),
        Index("ix_timer_due", "due_at", "id", sqlite_where=_UNFIRED),
    )

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    key: str
    due_at: datetime
    fired_at: datetime | None = None


class Presence(SQLModel, table=True):
    """A window that has a ticket open. One that was not seen for a while is gone, however it ended."""

    window: str = Field(primary_key=True)
    """The window's own id."""
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    since: datetime
    seen_at: datetime
