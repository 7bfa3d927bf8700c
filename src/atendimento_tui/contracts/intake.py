"""An intake: its draft, and the slip that the requester gets at its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from atendimento_tui.contracts.desk import UnitInfo
    from atendimento_tui.contracts.tickets import TicketView


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip for the requester."""

    unit: "UnitInfo"
    ticket: "TicketView"
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class NextService:
    """A service that continues an ended ticket: a field of it takes the protocol of that ticket.

    Attributes:
        version: Of the service.
        name: The name of the service.
        link: What it is to that ticket, as its file says: `reanálise`.
        answers: The answers with which its intake begins.
    """

    version: int
    name: str
    link: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished intake, as it was typed.

    Attributes:
        request: Id of the act that took the number; it identifies the draft.
        finishing: Id of the act that opens the ticket; sent again after a crash, it opens it only once.
        process: The version of the service.
        version: The ticket's version when it was begun.
        beneficiary_text: The text of the beneficiary search.
        answers: By field of the process, also for fields that are hidden with these answers.
        registering: Data of a new beneficiary who is not registered yet, by item; under `typed` the search text.
    """

    request: str
    finishing: str
    process: int
    service: str
    ticket: int
    protocol: str
    version: int
    begun_at: datetime
    severity: str
    channel: str = ""
    beneficiary: int | None = None
    beneficiary_text: str = ""
    requester: str = ""
    subject: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    registering: Mapping[str, str] = field(default_factory=dict)

    is_empty: ClassVar = False
    """Its number is taken, so it is kept even if nothing is typed."""
