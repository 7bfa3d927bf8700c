"""What the agenda offers, as it is asked for and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from atendimento_tui.domain.bookings import SlotKey


@dataclass(frozen=True, slots=True)
class AgendaFilter:
    """What somebody looks for. Words narrow as they are typed; accents and case do not matter.

    Attributes:
        city, specialty, doctor: Words, each the beginning of a word of the name; empty for any.
        since: The first day that is of use; None for today.
        asked_on: The day of the request, from which the legal limit counts; None for today.
        ticket: Id of the request that the slot is for; then the limit counts from its opening.
        with_taken: Whether also slots without a free place are of use, where a squeeze-in is possible.
    """

    city: str = ""
    specialty: str = ""
    doctor: str = ""
    since: date | None = None
    asked_on: date | None = None
    ticket: int | None = None
    with_taken: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot that is free, or that may take a squeeze-in.

    Attributes:
        starts_at, ends_at: In the zone of the site.
        registration: The number of the professional's council.
        free: How many of its places are free; 0 if it is only of use for a squeeze-in.
    """

    provider_id: int
    provider: str
    registration: str
    site_id: int
    site: str
    address: str
    city: str
    specialty_id: int
    specialty: str
    preparation: str
    starts_at: datetime
    ends_at: datetime
    free: int

    @property
    def key(self) -> SlotKey:
        """What a hold of it asks for."""
        return SlotKey(self.provider_id, self.site_id, self.specialty_id, self.starts_at)


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The free slots of a day, the soonest first.

    Attributes:
        has_more: Whether there are more than are listed.
    """

    day: date
    slots: Sequence[Slot]
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class WaitingLimit:
    """The longest that RN ANS 566/2022 lets a beneficiary wait for the specialty.

    Attributes:
        item: The item of its art. 3.
        days: Business days, the day of the request counted; 0 for at once.
        last: The last day.
        is_missed: Whether nothing is free up to it.
    """

    item: str
    days: int
    last: date
    is_missed: bool


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """The soonest free slots.

    Attributes:
        limit: None if no limit holds: a doctor was chosen, or not exactly one kind of specialty.
        cities, specialties, doctors: Names that the filter leaves, in their order.
        last_day: The last day that was looked at; free slots after it are on the next page.
        is_end: Whether nothing later is open.
        changes_in: When the next hold ends by itself, so that its slot is free; None if nothing is held.
    """

    days: Sequence[AgendaDay]
    limit: WaitingLimit | None
    cities: Sequence[str]
    specialties: Sequence[str]
    doctors: Sequence[str]
    last_day: date
    is_end: bool
    changes_in: timedelta | None = None

    @property
    def missed(self) -> str:
        """The specialty of which nothing is free within the limit; empty if there is none.

        Neither several specialties nor a city that no site has are meant: somebody is still typing.
        """
        is_missed = self.limit is not None and self.limit.is_missed and self.cities
        return self.specialties[0] if is_missed and len(self.specialties) == 1 else ""

    @property
    def first(self) -> Slot | None:
        """The soonest free slot."""
        return next((slot for day in self.days for slot in day.slots if slot.free), None)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """How full a day is.

    Attributes:
        slots: Its slots; 0 if nothing is offered.
        places: The places of these slots.
        taken: How many of them are taken.
        free: How many can still be booked: those of slots that have not begun.
        holiday: The name of the holiday of the legal calendar, empty if it has none; None if it is no holiday.
    """

    day: date
    slots: int
    places: int
    taken: int
    free: int
    holiday: str | None


@dataclass(frozen=True, slots=True)
class AgendaMonth:
    """A month at a glance.

    Attributes:
        first: Its first day.
        days: All of its days.
        limit: As that of a page. Whether it is missed is known only if all days from today up to it are in the month.
        today: The present day.
        open_to: The last day that is open for bookings so far.
    """

    first: date
    days: Sequence[MonthDay]
    limit: WaitingLimit | None
    cities: Sequence[str]
    specialties: Sequence[str]
    doctors: Sequence[str]
    today: date
    open_to: date
