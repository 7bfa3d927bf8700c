"""An intake: its draft, and the slip that is handed out at its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.tickets import TicketView


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed to whoever asked."""

    unit: UnitInfo
    ticket: TicketView
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Draft:
    """An intake that was begun and not finished, as it was typed.

    Attributes:
        request: Id of the act that took the number; the draft is known by it.
        finishing: Id of the act that will open the ticket: sent again after a crash it opens it once.
        process: The version of the service.
        version: The ticket's, as it was begun.
        beneficiary_text: What stands in the field that the beneficiary is looked for in.
        answers: By field of the process, also of fields that are not asked with these answers.
        registering: Of somebody who was not found and is not written down yet, by item; under `typed` what they were
            looked for by.
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
