"""Beneficiaries: the people whom the health plan covers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.contracts.trail import StreamEvent

if TYPE_CHECKING:
    from datetime import datetime

    from atendimento_tui.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class BeneficiaryRow:
    """A beneficiary; numbers are masked when they are shown.

    Attributes:
        name: The social name, if there is one.
    """

    id: int
    name: str
    cpf: str
    card: str
    phone: str
    born_on: str
    plan: str


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record of a beneficiary.

    Attributes:
        version: Raised by each change.
        values: Item (`domain.beneficiaries.ITEMS`) -> its stored value, empty if there is none; the holder as an id.
    """

    id: int
    version: int
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name that is shown: the social one, if there is one."""
        return self.values["social_name"] or self.values["name"]

    @property
    def holder(self) -> int | None:
        """The id of the person on whom this one depends."""
        return int(self.values["holder"]) if self.values["holder"] else None


@dataclass(frozen=True, slots=True)
class TicketOfPerson:
    """A ticket about a beneficiary."""

    ticket: int
    protocol: str
    subject: str
    service: str
    state: str
    opened_at: "datetime | None"


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with the people it belongs to, the tickets, and what was changed. Its values are masked.

    Attributes:
        values: Item -> what people read, masked unless it was asked for.
        is_revealed: Whether the values are complete.
        family: The holder and the other dependents of the same holder, the holder first.
        tickets: Those that the person who asks may know of, newest first.
        ticket_count: How many there are.
        events: Newest first.
        names: Person of the desk -> name.
        people: Beneficiary -> name, of those whom the events name.
        bills: The bank bills, the newest month first.
    """

    record: Record
    values: Mapping[str, str]
    family: tuple[Record, ...] = ()
    tickets: tuple[TicketOfPerson, ...] = ()
    ticket_count: int = 0
    events: tuple[StreamEvent, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    is_revealed: bool = False
    bills: tuple[BillRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ComingOfAge:
    """A dependent who reaches an age of the plan.

    Attributes:
        on: The day of the birthday.
        days: Days from today.
        holder: The name of the holder.
    """

    person: BeneficiaryRow
    age: int
    on: date
    days: int
    holder: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A change of the record that a ticket asks for.

    Attributes:
        field: The key of the field of the process.
        before, after: As people read them, masked unless they were asked for complete.
        verdict: `sim` or `nao` once somebody compared it with its proof.
        is_known: Whether the present value is known: the ticket is about a beneficiary.
    """

    field: str
    label: str
    before: str
    after: str
    verdict: str = ""
    is_known: bool = True

    @property
    def is_new(self) -> bool:
        """Whether the record has another value."""
        return self.is_known and self.before != self.after


@dataclass(frozen=True, slots=True)
class LineDone:
    """What became of a line of an import.

    Attributes:
        number: The line at which the record begins.
        outcome: `novo`, `mudado`, `igual`, `recusado`.
        items: The items that change.
        why: Why it was refused.
    """

    number: int
    outcome: str
    items: tuple[str, ...] = ()
    why: "Refusal | None" = None


@dataclass(frozen=True, slots=True)
class ImportDone:
    """The counts of an import of beneficiaries."""

    new: int
    changed: int
    same: int
    refused: int
