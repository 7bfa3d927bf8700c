"""Tickets, their events, and the answers given to their processes."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import EMPTY, open_index

_QUEUE = ("severity", "queue_due", "id", "owner_id", "group_id", "state", "warn_at", "due_at")
"""The queue's order, and after it what tabs and counts ask of a ticket: they read the index alone."""


class Ticket(SQLModel, table=True):
    """A ticket as its events made it, with its nearest live clock beside it so that the queue's order is an index."""

    __table_args__ = (
        UniqueConstraint("origin_system", "origin"),
        # The filter looks for a piece of a word, which no order helps with: SQLite reads through the words in the index
        # itself, if that has every column that is asked for; PostgreSQL, whose rows of an index have a greatest
        # length, has an index of the pieces.
        open_index("ix_ticket_queue", *_QUEUE, "is_open", "search").ddl_if(dialect="sqlite"),
        open_index("ix_ticket_queue", *_QUEUE).ddl_if(dialect="postgresql"),
        open_index("ix_ticket_search", "search").ddl_if(dialect="postgresql"),
        open_index("ix_ticket_owner", "owner_id", "severity", "queue_due", "id"),
        # All are counted in the smallest index; SQLite only in one that has what is asked for, the condition too.
        open_index("ix_ticket_warn", "warn_at", "due_at", "is_open").ddl_if(dialect="sqlite"),
        open_index("ix_ticket_warn", "warn_at", "due_at").ddl_if(dialect="postgresql"),
    )

    id: int | None = Field(default=None, primary_key=True)
    protocol: str = Field(unique=True)
    channel: str = Field(default="", sa_column_kwargs=EMPTY)
    origin_system: str | None = None
    origin: str | None = None
    process_id: int = Field(foreign_key="process.id")
    step: str
    """Key of the step where its process has one, else the step's name."""
    step_name: str = Field(default="", sa_column_kwargs=EMPTY)
    """The step as people read it."""
    former_step: str = Field(default="", sa_column_kwargs=EMPTY)
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
    unpromised: str = Field(default="", sa_column_kwargs=EMPTY)
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
    table `ticket_search_texts`, which triggers keep; a text's number there is the ticket's id, shifted by 32 bits, and
    the text's own, so that a search finds tickets without reading this table.
    """

    __tablename__ = "ticket_text"
    __table_args__ = (open_index("ix_ticket_text_search", "text").ddl_if(dialect="postgresql"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    is_open: bool
    """Whether the ticket is: the filter looks at open tickets only, and so does its index."""
    text: str
