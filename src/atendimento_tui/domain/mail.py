"""An e-mail of the desk: its headers and its bytes. Pure; `email` of the standard library does the encoding."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from atendimento_tui.domain.text import written

LONGEST_SUBJECT = 250
MOST_REFERENCES = 20
"""References of a message to former ones of its thread: the first one and the last ones."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a message.

    Attributes:
        type: Its MIME type; `message/rfc822` is a forwarded message.
    """

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail to one recipient.

    Attributes:
        mail_id: Its Message-ID, with angle brackets.
        thread: Message-IDs of the same thread, oldest first.
        reply_to: Where answers go, if not to the sender.
    """

    mail_id: str
    sender: str
    sender_name: str
    to: str
    subject: str
    body: str
    thread: Sequence[str] = ()
    reply_to: str = ""
    files: Sequence[File] = ()


def domain_of(address: str) -> str:
    """The domain of an address, for Message-IDs."""
    return address.rpartition("@")[2].lower() or "localhost"


def one_header(text: str) -> str:
    """A text of people as the value of a header: one line, so that it cannot add another header."""
    return " ".join(written(text, multiline=True).split())[:LONGEST_SUBJECT]


def references(thread: Sequence[str]) -> list[str]:
    """The Message-IDs that the header names: the first one, and the last ones."""
    known = list(dict.fromkeys(each for each in thread if re.fullmatch(r"<[^<>\s]+>", each)))
    return known if len(known) <= MOST_REFERENCES else [known[0], *known[1 - MOST_REFERENCES :]]


def composed(letter: Letter, at: datetime) -> bytes:
    """The message as it is sent: plain text in UTF-8, with its files.

    Raises:
        ValueError: The address of the sender or the recipient cannot be written in a message.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_header(letter.sender_name), addr_spec=letter.sender)
    message["To"] = Address(addr_spec=letter.to)
    if letter.reply_to and letter.reply_to != letter.sender:
        message["Reply-To"] = Address(addr_spec=letter.reply_to)
    message["Subject"] = one_header(letter.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = letter.mail_id
    if known := references(letter.thread):
        message["In-Reply-To"] = known[-1]
        message["References"] = " ".join(known)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written(letter.body, multiline=True), charset="utf-8", cte="quoted-printable")
    for file in letter.files:
        _attach(message, file)
    return message.as_bytes()


def _attach(message: EmailMessage, file: File) -> None:
    kind, _, subtype = file.type.partition("/")
    name = one_header(file.name).replace("/", "-")
    if file.type == "message/rfc822":
        message.add_attachment(_as_message(file.content), filename=name)
    else:
        message.add_attachment(
            file.content, maintype=kind or "application", subtype=subtype or "octet-stream", filename=name
        )


def _as_message(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=SMTP)
    assert isinstance(found, EmailMessage)
    return found
