"""Holds, bookings and what is offered, as they are asked for and read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from atendimento_tui.domain.bookings import HELD_FOR, BookingState, SlotKey

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from atendimento_tui.domain.process.schema import FieldRule
    from atendimento_tui.domain.words import Severity


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """A slot that somebody wants to hold.

    Attributes:
        beneficiary: For whom; None while that is not known yet.
        ticket: The ticket whose booking it becomes; None while there is none yet.
        name: The name of somebody who is no beneficiary of ours.
        squeeze_in: Why it may take a place beyond the capacity; empty if it may not.
        second: Why the beneficiary may have two appointments at once; empty if they may not.
        replaces: Id of the booking that this one will replace, whose time the beneficiary still has.
        instead_of: Id of the imported booking that is moved when this one is booked.
    """

    slot: SlotKey
    beneficiary: int | None = None
    ticket: int | None = None
    name: str = ""
    channel: str = ""
    squeeze_in: str = ""
    second: str = ""
    replaces: int | None = None
    instead_of: int | None = None
    held_for: timedelta = HELD_FOR


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment that somebody asks for, with the ticket that it needs.

    Attributes:
        slot: The code of the slot; empty if none is free.
        answers: By field of the process, of its intake and of the action that books.
    """

    slot: str
    beneficiary: int
    requester: str
    channel: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot that is held.

    Attributes:
        token: What confirms it.
        until: Its end, by the database's clock.
        left: How long it is held from now on; a window counts it down on its own clock.
    """

    token: str
    booking: int
    slot: SlotKey
    until: datetime
    left: timedelta


@dataclass(frozen=True, slots=True)
class Offered:
    """An open interval that has a slot, with what booking it needs.

    Attributes:
        starts, ends: Its quanta: the first one, and the one after the last.
        specialty: None for every specialty of the professional.
        is_master: Whether the agenda of this desk is the one that counts.
        does: Whether the professional has the asked specialty.
    """

    starts: int
    ends: int
    slot_minutes: int
    capacity: int
    specialty: int | None
    second_allowed: bool
    squeeze_ins: int
    provider: str
    is_master: bool
    does: bool


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking with the names of what it is about.

    Attributes:
        provider: Name of the professional; `council` is their number as it is written.
        zone: The zone of the place.
        name: The beneficiary, or whoever it is for; empty if the reader may not know.
        until: For a hold: its end.
        is_squeeze_in: Whether it took a place beyond the capacity.
        moved_from: Id of the booking that it replaces.
    """

    id: int
    provider_id: int
    site_id: int
    specialty_id: int | None
    starts_at: datetime
    ends_at: datetime
    place: int
    state: BookingState
    beneficiary: int | None
    beneficiary_place: int
    ticket: int | None
    channel: str
    token: str
    until: datetime | None
    reason: str
    moved_from: int | None
    source: str
    source_key: str
    provider: str
    council: str
    site: str
    address: str
    city: str
    uf: str
    specialty: str
    preparation: str
    name: str = ""
    protocol: str = ""
    booked_by: str = ""
    zone: "ZoneInfo | None" = field(default=None, compare=False)

    @property
    def local(self) -> datetime:
        """When it begins, in the zone of the place."""
        return self.starts_at.astimezone(self.zone)

    @property
    def slot(self) -> SlotKey:
        """Its slot."""
        return SlotKey(self.provider_id, self.site_id, self.specialty_id or 0, self.local)


@dataclass(frozen=True, slots=True)
class AppointmentForm:
    """What is asked to book a slot for a ticket.

    Attributes:
        is_new: Whether the ticket was begun for it, so that the answers open it first.
        needs_person: Whether a beneficiary must be confirmed.
        at_opening, at_booking: The fields that are asked, of the intake and of the action.
        channels: Of the intake; none if it is open already.
        action: The label of the action that books.
        fields: All fields of the process, for conditions.
        given: The ticket's fields and severity, for conditions and as answers to begin with.
        second: The field of the reason for two appointments at once, asked where it is needed.
        moves: The appointment that the ticket has, instead of which the slot is booked.
    """

    ticket: int
    protocol: str
    version: int | None
    is_new: bool
    needs_person: bool
    severity: "Severity"
    at_opening: "tuple[FieldRule, ...]"
    at_booking: "tuple[FieldRule, ...]"
    channels: tuple[str, ...]
    action: str
    fields: "tuple[FieldRule, ...]"
    given: Mapping[str, str]
    second: "FieldRule | None" = None
    moves: BookingRow | None = None
