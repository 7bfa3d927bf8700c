"""Remittances: batches of documents for a department."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RemittanceRow:
    """A remittance.

    Attributes:
        group: The department's name.
        number: Its number in the year; None while it is open.
        closed_by: The name of the person who closed it.
        items: How many documents that the reader may know of it has.
        pending: How many of them the department has not decided on.
    """

    id: int
    group_id: int
    group: str
    year: int
    number: int | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str
    items: int
    pending: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A document in a remittance.

    Attributes:
        number, year: Of the remittance; no number while it is open.
        document: Key of the document in the ticket's process.
        name: Its name.
        about: The name of the beneficiary.
        state: One of `domain.remittances`.
        reason: Why it was refused.
        said_by: Who decided, if it was not the person who recorded it.
        at: When it came into its state.
        by: The name of the person who recorded that.
    """

    id: int
    remittance: int
    group_id: int
    group: str
    year: int
    number: int | None
    ticket: int
    protocol: str
    document: str
    name: str
    about: str
    state: str
    reason: str
    said_by: str
    at: datetime
    by: str
