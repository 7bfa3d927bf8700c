"""Messages that were written."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient of a message, and what became of it (`contracts.outbox.OutboxRow`)."""

    id: int
    name: str
    address: str
    state: str
    state_at: datetime | None
    next_at: datetime | None
    reply: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message.

    Attributes:
        recipient: The word of the process that meant the addressees: `grupo`.
        to: Names of the people, groups and requesters whom it is for.
        papers: The keys of the papers that go with it.
        carries: The names of the files and papers that go with it.
        held_until: It does not leave before, because the desk is closed until then; None where nothing holds it.
    """

    at: datetime
    recipient: str
    to: tuple[str, ...]
    channel: str
    subject: str
    body: str
    held_until: datetime | None = None
    recipients: tuple[Recipient, ...] = ()
    id: int = 0
    papers: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
