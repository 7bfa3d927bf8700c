"""The waiting list: who waits for a free slot, which slots suit, and how long an offer lasts. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.text import searched

OFFERED_FOR = timedelta(hours=4)
"""How long an offer lasts, in working time of the desk: nobody can be called while it is closed."""

CHANNEL = "lista de espera"
"""The channel of a booking that was offered from the list. The word is stored."""

OFFER_EVENT = "espera_oferta"
"""The kind of the event of an offer. The word is stored."""


class WaitingState(StrEnum):
    """The state of an entry of the list. The words are stored."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    LEFT = "left"


ON_THE_LIST = (WaitingState.WAITING, WaitingState.OFFERED)


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A slot that is free again, or that somebody offers.

    Attributes:
        provider, site: Ids.
        city: That of the site.
        specialties: Ids of those of the professional.
        starts_at: With the offset of the site's zone.
    """

    provider: int
    site: int
    city: str
    specialties: frozenset[int]
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody waits for.

    Attributes:
        specialty: Its id.
        provider: Id of the professional; None for any.
        city: Empty for any.
        until: The last day that is of use; None for any.
    """

    specialty: int
    provider: int | None = None
    city: str = ""
    until: date | None = None

    def suits(self, slot: FreeSlot) -> bool:
        """Whether the slot is of use."""
        return (
            self.specialty in slot.specialties
            and self.provider in {None, slot.provider}
            and searched(self.city) in {"", searched(slot.city)}
            and (self.until is None or slot.starts_at.date() <= self.until)
        )


def offer_ends(hours: BusinessCalendar, now: datetime, starts_at: datetime) -> datetime:
    """When an offer that is made now ends: after `OFFERED_FOR`, at the latest when the slot begins."""
    return min(hours.add(now, OFFERED_FOR), starts_at)


def only_city(typed: str, known: Iterable[str]) -> str | None:
    """The city of this name, else the only one that has the typed words; None if it is not clear."""
    cities = {searched(each): each for each in known}
    words = searched(typed)
    found = [each for key, each in cities.items() if f" {words}" in f" {key}"]
    return cities.get(words) or (found[0] if len(found) == 1 else None)
