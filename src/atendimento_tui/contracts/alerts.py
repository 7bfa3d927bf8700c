"""Alerts that nobody has acknowledged yet."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert.

    Attributes:
        ticket: Id of its ticket.
        kind: The kind of the event that raised it.
        at: When it was raised.
        group: The name of the group that it is for; empty if it is for a person.
    """

    id: int
    ticket: int
    protocol: str
    subject: str
    kind: str
    at: datetime
    group: str
