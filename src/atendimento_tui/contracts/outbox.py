"""The outbox: what is to be sent, what was, and what was not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A message to one recipient.

    Attributes:
        id: Its number in the outbox.
        to: The recipient's name; empty if nobody matched the process's word.
        address: The e-mail address; empty if there is none.
        at: When the message was written.
        state: A value of `domain.outbox.Delivery`.
        state_at: When it came to its state; None for what was never to be sent.
        next_at: When a worker may take it; None if none may.
        reply: The server's words, or the reason why it is not sent.
        message: Id of its message.
        papers: The keys of the papers that go with it.
        attached: How many files of the ticket go with it.
        carries: The names of both; only of a row that is read alone.
    """

    id: int
    ticket: int
    protocol: str
    to: str
    address: str
    channel: str
    subject: str
    body: str
    at: datetime
    state: str
    state_at: datetime | None
    next_at: datetime | None
    attempts: int
    reply: str
    mail_id: str = ""
    message: int = 0
    papers: tuple[str, ...] = ()
    attached: int = 0
    carries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutboxCount:
    """How much is in the outbox.

    Attributes:
        waiting: Number of rows that a worker will send.
        failed: Number of rows that need a person.
    """

    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What a worker took from the outbox.

    Attributes:
        thread: Message-IDs of the ticket's mail with the same address, oldest first.
        message: Id of its message, for its files.
        written_at: When the message was written.
        papers: The keys of the papers that go with it.
    """

    id: int
    message: int
    ticket: int
    attempts: int
    mail_id: str
    address: str
    subject: str
    body: str
    written_at: datetime
    thread: Sequence[str] = ()
    papers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """The result of one run of a worker.

    Attributes:
        sent: Messages that the server accepted.
        failed: Those that it did not, or of which that is not known.
        problem: The code of the refusal for which nothing could be sent; empty if there was none.
        values: The values of that refusal.
    """

    sent: int = 0
    failed: int = 0
    problem: str = ""
    values: Mapping[str, object] | None = None
