"""Bookings that were made elsewhere, as in the operator's app, and came in by an import.

They are facts: one whose place is taken is kept as a conflict (docs/rules.md, "The agenda").
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from atendimento_tui.domain.bookings import BookingState, check_next, check_presence, quantum_of
from atendimento_tui.domain.refusals import Refused

_S = BookingState

LONGEST = timedelta(days=1)
"""The longest time of an imported booking."""

YEARS = range(2000, 2101)
"""The years in which an imported booking may begin."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booking as the source has it.

    Attributes:
        starts_at, ends_at: In UTC.
        person: Id of the beneficiary; None if the source has no number of one whom we know.
        name: The name of somebody who is no beneficiary of ours; else empty.
        state: `booked`, `arrived`, `missed` or `cancelled`.
    """

    provider: int
    site: int
    specialty: int | None
    starts_at: datetime
    ends_at: datetime
    person: int | None
    name: str
    channel: str
    state: BookingState

    @property
    def time(self) -> tuple[int, int, datetime, datetime]:
        """Who, where and when: a booking of which this changes has moved."""
        return self.provider, self.site, self.starts_at, self.ends_at

    @property
    def quanta(self) -> range:
        """The quanta that it touches; its times need not be multiples of five minutes."""
        last = self.ends_at - timedelta(microseconds=1)
        return range(quantum_of(self.starts_at), quantum_of(last) + 1)


@dataclass(frozen=True, slots=True)
class Imported:
    """A booking that was imported, as it is stored.

    Attributes:
        place: Its place; 0 for a conflict that found none.
        person_place: The beneficiary's place.
        reason: Why somebody here cancelled it; empty if the source did.
        is_erased: Whether its beneficiary was anonymised, so that no line changes it any more.
    """

    id: int
    of: Wanted
    place: int
    person_place: int
    reason: str
    is_erased: bool = False


class Step(StrEnum):
    """What a line of the source asks for."""

    NOTHING = "nothing"
    NEW = "new"
    MOVE = "move"
    CANCEL = "cancel"
    CHANGE = "change"


def known_person(before: Imported | None, wanted: Wanted) -> Wanted:
    """The line with the beneficiary whom the booking has already: an import never takes that away."""
    if before is None or wanted.person is not None or before.of.person is None:
        return wanted
    return replace(wanted, person=before.of.person, name="")


def step_of(before: Imported | None, wanted: Wanted) -> Step:
    """What a line asks for, given the newest booking of its key.

    What was cancelled here stays so until the line has another time. Of one that was moved here the caller decides.

    Raises:
        Refused: That does not follow the booking's state.
    """
    if before is None:
        return Step.NEW
    if before.is_erased:
        return Step.NOTHING
    if before.of.state is _S.CANCELLED:
        is_decided = before.reason and before.of.time == wanted.time
        return Step.NOTHING if wanted.state is _S.CANCELLED or is_decided else Step.NEW
    if wanted.state is _S.CANCELLED:
        check_next(before.of.state, _S.CANCELLED)
        return Step.CANCEL
    if before.of.time != wanted.time:
        check_next(before.of.state, _S.MOVED)
        return Step.MOVE
    return (
        Step.NOTHING if before.of == replace(wanted, state=state_after(before.of.state, wanted.state)) else Step.CHANGE
    )


def state_after(before: BookingState, wanted: BookingState) -> BookingState:
    """The state of a booking at the same time: an arrival or a miss that was noted stays noted.

    Raises:
        Refused: It does not follow.
    """
    if before is wanted or (wanted is _S.BOOKED and before in {_S.ARRIVED, _S.MISSED}):
        return before
    check_next(before, wanted)
    return wanted


def needs_place(before: Imported | None, wanted: Wanted) -> bool:
    """Whether the line's place is to be looked for: it is new, has moved, is of another person, or was a conflict."""
    return (
        before is None
        or before.of.state not in {_S.BOOKED, _S.ARRIVED, _S.MISSED}
        or (before.of.time, before.of.person) != (wanted.time, wanted.person)
    )


def check_line(wanted: Wanted, now: datetime, zone: tzinfo) -> None:
    """Refuse a time that no booking has.

    Raises:
        Refused: It ends before it begins, is too long, or an arrival or a miss lies ahead.
    """
    if not timedelta(0) < wanted.ends_at - wanted.starts_at <= LONGEST:
        raise Refused("agendamento_duracao", most=int(LONGEST.total_seconds() // 60))
    if wanted.state in {_S.ARRIVED, _S.MISSED}:
        check_presence(wanted.state, wanted.starts_at, now, zone)
