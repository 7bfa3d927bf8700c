"""Files that were attached to tickets."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attachment.

    Attributes:
        id: Its id.
        ticket: Id of its ticket.
        seq: Number of the event of its ticket.
        number: Its number in the ticket, from 1, by which people name it.
        name: The name as it was typed, without folders.
        hash: The SHA-256 of its content.
        size: In bytes.
        kind: The media type, by the content.
        by: The name of the person; empty for the desk itself.
    """

    id: int
    ticket: int
    seq: int
    number: int
    name: str
    hash: str
    size: int
    kind: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is attached, whose content is stored already.

    Attributes:
        name: Its name as it is stored.
        hash: The SHA-256 of its content.
        size: In bytes.
        kind: The media type, one of `domain.attachments.KINDS`.
    """

    name: str
    hash: str
    size: int
    kind: str
