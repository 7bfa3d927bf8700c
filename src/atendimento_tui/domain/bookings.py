"""Bookings: the code of a slot, the quanta and the place that it takes, and the states of a booking.

A slot takes five-minute quanta of a place of the professional, and of a place of the beneficiary. The database has one
row for each; its key is what forbids two bookings at once (docs/rules.md, "The agenda").
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType

from atendimento_tui.domain.refusals import Refused

QUANTUM_MIN = 5
"""Minutes of a quantum. Slots begin and end at multiples of it."""

HELD_FOR = timedelta(minutes=5)
"""How long a slot is held while the attendant confirms."""

PROVIDER, BENEFICIARY = "provider", "beneficiary"
"""The resources of which a slot takes quanta, as they are stored."""

CODE = (
    r"([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})\.([1-9][0-9]{0,8})@"
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2})"
)
"""The pattern of the code of a slot: professional, place, specialty, local beginning."""


class BookingState(StrEnum):
    """The state of a booking. The words are stored."""

    HELD = "held"
    BOOKED = "booked"
    ARRIVED = "arrived"
    MISSED = "missed"
    CANCELLED = "cancelled"
    MOVED = "moved"
    CONFLICT = "conflict"
    EXPIRED = "expired"


_S = BookingState

TOLD = frozenset({_S.BOOKED, _S.ARRIVED, _S.MISSED, _S.CANCELLED, _S.MOVED})
"""The states of a booking that was confirmed once, so that the person has been told of it."""

NEXT: Mapping[BookingState, frozenset[BookingState]] = MappingProxyType(
    {
        _S.HELD: frozenset((_S.BOOKED, _S.CANCELLED, _S.EXPIRED)),
        _S.EXPIRED: frozenset((_S.BOOKED, _S.CANCELLED)),
        _S.BOOKED: frozenset((_S.ARRIVED, _S.MISSED, _S.CANCELLED, _S.MOVED, _S.CONFLICT)),
        _S.ARRIVED: frozenset((_S.MISSED,)),
        _S.MISSED: frozenset((_S.ARRIVED, _S.MOVED)),
        _S.CONFLICT: frozenset((_S.BOOKED, _S.ARRIVED, _S.MISSED, _S.CANCELLED, _S.MOVED)),
        _S.CANCELLED: frozenset(),
        _S.MOVED: frozenset(),
    }
)
"""State -> the states that may follow it. An expired hold is booked late, if its place is still free. Only an import
makes conflicts, and ends them when their place is free."""

OCCUPYING = (_S.HELD, _S.BOOKED, _S.ARRIVED, _S.MISSED)
"""The states in which a booking has its quanta. A hold has them until somebody removes it, also after its time."""


def check_next(state: BookingState, to: BookingState) -> None:
    """Refuse a state that does not follow.

    Raises:
        Refused: It does not.
    """
    if to not in NEXT[state]:
        raise Refused("agendamento_estado", booking=state, then=to)


def check_presence(to: BookingState, starts_at: datetime, now: datetime, zone: tzinfo) -> None:
    """Refuse an arrival before the day of the appointment, and a miss before its time.

    Raises:
        Refused: It is too early.
    """
    local = starts_at.astimezone(zone)
    is_early = now < starts_at if to is _S.MISSED else now.astimezone(zone).date() < local.date()
    if is_early:
        raise Refused("agendamento_ainda_nao", when=local)


@dataclass(frozen=True, slots=True)
class SlotKey:
    """A slot by its code: the answer to a field of type `vaga`.

    Attributes:
        provider, site, specialty: Ids.
        starts_at: When it begins, with the offset of the site's zone at that instant.
    """

    provider: int
    site: int
    specialty: int
    starts_at: datetime

    @property
    def code(self) -> str:
        """The code, as `12.3.5@2026-12-01T10:00-03:00`."""
        return f"{self.provider}.{self.site}.{self.specialty}@{self.starts_at.isoformat(timespec='minutes')}"

    @property
    def day(self) -> date:
        """The local day of the slot."""
        return self.starts_at.date()

    @property
    def quantum(self) -> int:
        """Its first quantum."""
        return quantum_of(self.starts_at)


def read_code(typed: str) -> SlotKey:
    """The slot of a code.

    Raises:
        ValueError: It is no code of a slot.
    """
    found = re.fullmatch(CODE, typed.strip())
    if not found:
        raise ValueError(typed)
    provider, site, specialty = (int(number) for number in found.groups()[:3])
    key = SlotKey(provider, site, specialty, datetime.fromisoformat(found[4]))
    if key.starts_at.minute % QUANTUM_MIN:
        raise ValueError(typed)
    return key


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """What fields may take from a slot.

    Attributes:
        when: Day and time in words, to be read aloud.
        limit: That it is after the waiting limit of RN ANS 566/2022 for the request; empty if it is not.
    """

    slot: SlotKey
    provider: str
    specialty: str
    site: str
    address: str
    preparation: str
    when: str
    limit: str = ""


SLOT_FACTS: Mapping[str, Callable[[SlotFacts], str]] = MappingProxyType(
    {
        "dia": lambda known: known.slot.day.isoformat(),
        "hora": lambda known: f"{known.slot.starts_at:%H:%M}",
        "quando": lambda known: known.when,
        "profissional": lambda known: known.provider,
        "especialidade": lambda known: known.specialty,
        "local": lambda known: known.site,
        "endereco": lambda known: known.address,
        "preparo": lambda known: known.preparation,
        "limite": lambda known: known.limit,
    }
)
"""Word of the process format -> the fact, in the stored form of a field."""


def address_line(*parts: str, city: str, uf: str) -> str:
    """The address of a place in one line; parts that are empty are left out."""
    return ", ".join(filter(None, (*parts, f"{city}/{uf}")))


def day_in(code: str) -> str:
    """The local day of a slot's code as ISO 8601. A day is its own."""
    return code.partition("@")[2][:10] or code


def quantum_of(at: datetime) -> int:
    """The quantum that an instant is in: minutes since 1970 in UTC, divided by five."""
    return int(at.timestamp()) // 60 // QUANTUM_MIN


def instant_of(quantum: int) -> datetime:
    """When a quantum begins, in UTC."""
    return datetime.fromtimestamp(quantum * QUANTUM_MIN * 60, UTC)


def quanta(starts_at: datetime, ends_at: datetime) -> range:
    """The quanta of a time. Its ends are multiples of five minutes."""
    return range(quantum_of(starts_at), quantum_of(ends_at))


def place_for(
    wanted: Collection[int], taken: Mapping[int, Collection[int]], capacity: int, squeeze_ins: int = 0
) -> int | None:
    """The lowest free place of a slot, from 1; None if there is none.

    Args:
        wanted: Its quanta.
        taken: Place -> the quanta that are taken of it.
        capacity: How many places it has.
        squeeze_ins: How many further places somebody with a reason may take.
    """
    return next(
        (place for place in range(1, capacity + squeeze_ins + 1) if not set(wanted) & set(taken.get(place, ()))), None
    )
