"""Personal data: what is kept about a person, and what was erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.contracts.bookings import BookingRow

if TYPE_CHECKING:
    from atendimento_tui.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class PersonalEvent:
    """An event of a ticket of the person, or of the record.

    Attributes:
        kind: What happened, as a key.
        action: The label of the process's action.
        actor: The name of who acted; None for the desk itself.
        text: What was said; of an event of the record, what it changed.
    """

    at: datetime
    kind: str
    action: str
    actor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class PersonalMessage:
    """A message of a ticket of the person.

    Attributes:
        to: Name, address and the server's answer of each recipient.
        files: The names of the files that went with it.
    """

    at: datetime
    channel: str
    subject: str
    body: str
    to: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalAnswer:
    """An answer that a ticket of the person got."""

    at: datetime
    sender: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonalDocument:
    """A document of the person that went to a department.

    Attributes:
        state: One of `domain.remittances`.
        reason: Why the department refused it.
        said_by: Who said so.
    """

    name: str
    state: str
    reason: str
    said_by: str


@dataclass(frozen=True, slots=True)
class PersonalTicket:
    """A ticket about the person.

    Attributes:
        requester: Who asked.
        answers: Label of a field -> the complete answer as people read it.
        files: The names of its attachments.
        numbers: System and number of the ticket in other systems.
        tasks: The texts of things to do.
    """

    protocol: str
    service: str
    subject: str
    channel: str
    opened_at: datetime | None
    closed_at: datetime | None
    answers: Mapping[str, str]
    events: tuple[PersonalEvent, ...]
    messages: tuple[PersonalMessage, ...]
    files: tuple[str, ...]
    requester: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    tasks: tuple[str, ...] = ()
    received: tuple[PersonalAnswer, ...] = ()
    documents: tuple[PersonalDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything that the desk has about a person, for the person.

    Attributes:
        record: Item of the record, in words -> its complete value.
        changes: What was done with the record and the bills: when, what, by whom.
        bills: The bank bills, the newest month first.
        bookings: The appointments and holds, the newest first.
    """

    record: Mapping[str, str]
    tickets: tuple[PersonalTicket, ...]
    changes: tuple[PersonalEvent, ...]
    bills: tuple[BillRow, ...] = ()
    bookings: tuple[BookingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Protection:
    """What protects a record from being anonymised.

    Attributes:
        held_because: Why the data must be kept; empty if nothing holds them.
        anonymised_on: ISO date of the day on which the person was anonymised; empty before.
    """

    held_because: str
    anonymised_on: str


@dataclass(frozen=True, slots=True)
class Expired:
    """Somebody whose data need not be kept any more.

    Attributes:
        number: Id of the beneficiary.
        since: The first day on which they may be anonymised.
        tickets: Number of their tickets that the actor may know of.
    """

    number: int
    name: str
    since: date
    tickets: int


@dataclass(frozen=True, slots=True)
class Erasure:
    """What anonymising would erase.

    Attributes:
        items: The items of the record that have a value.
        tickets: Number of tickets that the actor may know of.
        rows: Table -> number of its rows of the person and of these tickets with something that would be erased.
        copies: Paths of backup copies that have the data and would keep them.
        refusal: Why it is not possible now; None if it is.
    """

    name: str
    items: tuple[str, ...]
    tickets: int
    rows: Mapping[str, int]
    copies: tuple[str, ...]
    refusal: "Refusal | None"


@dataclass(frozen=True, slots=True)
class Anonymised:
    """What anonymising did.

    Attributes:
        name: The name that the person has now.
        tickets: Number of tickets that the actor may know of.
        is_scrubbed: Whether nothing of it is left in the file; if not, `atendimento dados-pessoais limpar` does that.
        copies: Paths of backup copies that still have the data.
    """

    name: str
    tickets: int
    is_scrubbed: bool
    copies: tuple[str, ...]
