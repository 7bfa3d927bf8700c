"""Who offers appointments, where and when, as it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from atendimento_tui.contracts.imports import ListImport
from atendimento_tui.domain.agenda import Availability


@dataclass(frozen=True, slots=True)
class Specialty:
    """A specialty.

    Attributes:
        searched: Its name, folded.
        rn566: The item of art. 3 of RN ANS 566/2022 whose limit holds; empty for none.
        preparation: What the beneficiary is told to prepare.
    """

    id: int
    name: str
    searched: str
    rn566: str
    preparation: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Provider:
    """A professional.

    Attributes:
        council, number, state: The council, the number in it, and its state; empty if unknown.
        is_master: Whether the agenda of this desk is the one that counts.
        squeeze_ins: How many places beyond its capacity a slot may take.
        specialties: Ids, in their order.
    """

    id: int
    name: str
    searched: str
    council: str
    number: str
    state: str
    is_master: bool
    squeeze_ins: int
    specialties: tuple[int, ...]
    is_active: bool = True

    @property
    def registration(self) -> str:
        """As `CRM/SP 123456`; empty if unknown."""
        return f"{self.council}/{self.state} {self.number}" if self.number else ""


@dataclass(frozen=True, slots=True)
class Site:
    """A place where professionals see beneficiaries.

    Attributes:
        calendar: The calendar whose holidays close it; empty if none does.
    """

    id: int
    name: str
    address: str
    city: str
    state: str
    searched: str
    calendar: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Supply:
    """All specialties, professionals and sites by their ids, in the order of their names."""

    specialties: Mapping[int, Specialty]
    providers: Mapping[int, Provider]
    sites: Mapping[int, Site]

    def names_of(self, specialties: Iterable[int]) -> str:
        """The names of specialties."""
        return ", ".join(self.specialties[each].name for each in specialties)


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered, and where.

    Attributes:
        sites_of: Professional -> the sites at which they have hours that have not ended.
    """

    supply: Supply
    sites_of: Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Hours:
    """An availability as it is kept.

    Attributes:
        second_allowed: Whether an override may book it for a beneficiary who has another appointment at that time.
        source, source_key: The import that it comes from; empty if it was written by hand.
    """

    of: Availability
    second_allowed: bool
    source: str
    source_key: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class ProviderAbsence:
    """A time in which a professional sees nobody."""

    id: int
    provider: int
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ProviderView:
    """A professional with their hours and absences, and what was changed."""

    provider: Provider
    hours: Sequence[Hours]
    absences: Sequence[ProviderAbsence]
    open_until: date | None


class WhyMoved(StrEnum):
    """Why a booking is to be moved: its time is not open, its place is another's, its beneficiary has another."""

    CLOSED = "closed"
    TAKEN = "taken"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A booking that is to be moved: it lies in no open time, or was imported and has no place.

    Attributes:
        starts_at: In the zone of the site.
        name: The beneficiary; empty if the reader may not know.
        phone: Where to reach them; empty if unknown.
        why: Why it is to be moved.
        beneficiary: Their id; None if it is not known who they are.
        is_imported: Whether it was made elsewhere, so that it may have no ticket.
    """

    booking: int
    ticket: int | None
    protocol: str
    starts_at: datetime
    provider: str
    site: str
    specialty: str
    name: str
    phone: str
    why: WhyMoved = WhyMoved.CLOSED
    channel: str = ""
    beneficiary: int | None = None
    is_imported: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of what is offered has done.

    Attributes:
        key: Id of the row.
        fields: The items that have changed; none if they were so already.
        unplaced: Ids of the bookings that it left without open time.
    """

    key: int
    is_new: bool
    fields: tuple[str, ...] = ()
    unplaced: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaImport(ListImport):
    """The result of an import of hours, or what it would do.

    Attributes:
        unplaced: How many bookings it leaves without open time.
        unkeyed: How many of the new lines have no key, so that a later import cannot replace their hours.
    """

    unplaced: int
    unkeyed: int = 0
