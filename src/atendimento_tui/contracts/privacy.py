"""Personal data: what is kept about a person, and what was erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PersonalEvent:
    """An event of a ticket of the person.

    Attributes:
        kind: What happened, as a key.
        action: The label of the process's action.
        actor: The name of who acted; None for the desk itself.
    """

    at: datetime
    kind: str
    action: str
    actor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class PersonalMessage:
    """A message of a ticket of the person."""

    at: datetime
    channel: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class PersonalTicket:
    """A ticket about the person.

    Attributes:
        answers: Label of a field -> the complete answer as people read it.
        files: The names of its attachments.
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


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything that the desk has about a person, for the person.

    Attributes:
        record: Item of the record, in words -> its complete value.
        changes: What was done with the record: when, what, by whom.
    """

    record: Mapping[str, str]
    tickets: tuple[PersonalTicket, ...]
    changes: tuple[PersonalEvent, ...]


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
class Anonymised:
    """What anonymising did, or would do.

    Attributes:
        name: The name that the person has now, or had.
        tickets: Number of tickets that the actor may know of.
        is_scrubbed: Whether nothing of it is left in the file; if not, `atendimento dados-pessoais limpar` does that.
        copies: Paths of backup copies that still have the data.
    """

    name: str
    tickets: int
    is_scrubbed: bool
    copies: tuple[str, ...]
