"""The waiting list, as it is asked for and shown."""

from dataclasses import dataclass
from datetime import datetime

from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.domain.waiting import WaitingState, Wish


@dataclass(frozen=True, slots=True)
class WaitingAsked:
    """What somebody waits for, as typed.

    Attributes:
        specialty: Empty for the specialty that the ticket asks for.
        city, provider: Empty for any.
        until: The last day that is of use; empty for any.
    """

    specialty: str = ""
    city: str = ""
    provider: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the list.

    Attributes:
        since: Gives the order.
        offered: Id of the hold of the slot that is offered; None if none is.
        refusals: How many offers were refused.
    """

    id: int
    ticket: int
    beneficiary: int | None
    wish: Wish
    since: datetime
    state: WaitingState
    offered: int | None
    refusals: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody on the list, with names.

    Attributes:
        protocol: That of the ticket.
        name: Of the beneficiary, or of the requester.
        phone: Of the beneficiary; empty if unknown.
        provider: Empty for any.
        offer: What is offered; None if nothing is.
    """

    entry: Entry
    protocol: str
    name: str
    phone: str
    specialty: str
    provider: str
    offer: BookingRow | None = None
