"""Tickets, their events, and the answers given to their processes."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from atendimento_tui.data.tables.columns import DERIVED, EMPTY, GUIA, number_by_default, open_index

_QUEUE = ("severity", "queue_due", "id", "owner_id", "group_id", "state", "warn_at", "due_at")
"""The columns of the queue's order, then those that tabs and counts need, so that these read the index only."""


class Ticket(SQLModel, table=True):
    """A ticket, built from its events. It also has its nearest live clock, so that the queue's order is an index."""

    __table_args__ = (
        UniqueConstraint("origin_system", "origin"),
        # The filter searches for substrings, for which a sorted index is of no use. SQLite scans the search texts in
        # this index, which therefore has every column that is needed. In PostgreSQL the size of an index row is
        # limited, so it has a trigram index.
        open_index("ix_ticket_queue", *_QUEUE, "is_open", "search").ddl_if(dialect="sqlite"),
        open_index("ix_ticket_queue", *_QUEUE).ddl_if(dialect="postgresql"),
        open_index("ix_ticket_search", "search").ddl_if(dialect="postgresql"),
        open_index("ix_ticket_owner", "owner_id", "severity", "queue_due", "id"),
        # A count of all reads the smallest index. SQLite uses it only if it has all columns, including `is_open`.
        open_index("ix_ticket_warn", "warn_at", "due_at", "is_open").ddl_if(dialect="sqlite"),
        open_index("ix_ticket_warn", "warn_at", "due_at").ddl_if(dialect="postgresql"),
        # What is secret is subtracted from counts.
        open_index("ix_ticket_process", "process_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    protocol: str = Field(unique=True)
    channel: str = Field(default="", sa_column_kwargs=EMPTY)
    origin_system: str | None = None
    origin: str | None = None
    process_id: int = Field(foreign_key="process.id")
    step: str
    """Key of the step; for a ticket without a process, the step's name."""
    step_name: str = Field(default="", sa_column_kwargs=EMPTY)
    """The step's name for users."""
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
    """Kinds of clocks that the cycle requested without a target, separated by spaces; stopped ones begin with `-`."""
    version: int
    head: str = Field(default="", sa_column_kwargs=EMPTY)
    """The hash of its last event."""
    opened_at: datetime
    closed_at: datetime | None = None
    changed_at: datetime
    search: str
    """The text that the filter searches: `domain.text.searched_ticket` of protocol, service, subject and names."""

    term_kind: str | None = None
    term_calendar: int | None = None
    term_basis: str | None = None
    due_at: datetime | None = None
    """When the nearest live clock is due; while it is paused, when it would be due without the pause."""
    warn_at: datetime | None = None
    """When its warning begins; None while it is paused."""
    paused_at: datetime | None = None
    zero_at: datetime | None = None
    """The instant that the countdown counts to, if it is not `due_at` (see `domain.clocks.Term`)."""
    queue_due: datetime
    """`due_at` of a running clock; the far future while it is paused, and later still without a clock."""


class QueueCount(SQLModel, table=True):
    """Numbers of open tickets, which triggers of the table of tickets keep (migration 0030).

    In SQLite a part, severity and bucket have one row. On a server each change of a ticket inserts rows, so that
    writers do not wait for each other; the sweep merges them. The number is the sum of the rows.
    """

    __tablename__ = "queue_count"
    __table_args__ = (
        Index("ix_queue_count", "part", "severity", "bucket", unique=True).ddl_if(dialect="sqlite"),
        Index("ix_queue_count", "part", "severity", "bucket").ddl_if(dialect="postgresql"),
        {"info": {DERIVED: True}},
    )

    id: int | None = Field(default=None, primary_key=True)
    part: str
    """`todas`, `estado STATE`, `grupo ID`, or `aviso`: all that have a warning, by its hour."""
    severity: int
    """Rank; 0 in `aviso`."""
    bucket: str
    """The day of `queue_due` (`2026-03-14`) or the hour of `warn_at` (`2026-03-14 09`), in UTC."""
    n: int


class Event(SQLModel, table=True):
    """An event of a ticket. Rows are only inserted; of a row only the texts can be erased, with their salt."""

    __table_args__ = (UniqueConstraint("ticket_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    seq: int
    kind: str
    at: datetime
    recorded_at: datetime
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    request_id: str | None = Field(default=None, unique=True)
    """The id of the act, so that an act that is sent twice is one event."""
    text: str = ""
    """What the person wrote."""
    changes: str = "{}"
    """Changes of fields and clocks, as JSON without the texts of people (see `data.codec`)."""
    words: str = Field(default="", sa_column_kwargs=EMPTY)
    """The other texts of the event, as a JSON list."""
    salt: str = Field(default="", sa_column_kwargs=EMPTY)
    """The salt of the hash of its texts; empty if it has none, or if they were erased."""
    form: int = Field(default=0, sa_column_kwargs=number_by_default(0))
    """The version of the form that was hashed (`domain.trail.FORM`)."""
    hash: str = Field(default="", sa_column_kwargs=EMPTY)
    """Its hash, which covers that of the event before it."""


class FieldValue(SQLModel, table=True):
    """An answer to a field of a ticket's process. Rows are only inserted; the newest row of a key is the valid one.

    Events refer to these rows by id and have a hash of their content, so that text and salt can be erased.
    """

    __tablename__ = "field_value"
    __table_args__ = (Index("ix_field_value_guia", "text", sqlite_where=GUIA),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    key: str
    text: str
    salt: str = Field(default="", sa_column_kwargs=EMPTY)
    """The salt of its hash; empty if the answer was erased."""


class TicketText(SQLModel, table=True):
    """Texts of a ticket's events for the filter: comments, answers that are not personal, messages.

    There is one row for each event with a text, so that a comment changes no other row. SQLite's trigram index of it is
    the table `ticket_search_texts`, which is updated by triggers. The row id of a text there is the ticket's id,
    shifted by 32 bits, and the text's own id, so that a search finds tickets without reading this table.
    """

    __tablename__ = "ticket_text"
    __table_args__ = (open_index("ix_ticket_text_search", "text").ddl_if(dialect="postgresql"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    is_open: bool
    """Whether the ticket is open. The filter and its index have open tickets only."""
    text: str
