"""Answers that were received."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """An answer.

    Attributes:
        seq: Number of the event of the ticket that has its text.
        message: Id of the message that it answers, if that is known.
        attachment: Id of the attachment that is the whole e-mail; None if it was pasted.
    """

    id: int
    ticket: int
    seq: int
    at: datetime
    sender: str
    subject: str
    mail_id: str
    message: int | None
    attachment: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The ticket that an e-mail belongs to.

    Attributes:
        message: Id of the message that it answers, if that is known.
        row: Number in the outbox of what it returns, if it is a bounce.
    """

    ticket: int
    protocol: str
    message: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """The result of receiving an e-mail.

    Attributes:
        is_bounce: Whether it returned a message of the desk.
        is_known: Whether it had been received before.
    """

    protocol: str
    is_bounce: bool = False
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that is sent with a message."""

    name: str
    kind: str
    hash: str
    size: int
