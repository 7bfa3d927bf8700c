"""Messages and alerts, each with the rows that it is for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one

_ALERTED = ("person_id", "group_id")
_ADDRESSED = (*_ALERTED, "requester_id")
"""Columns of an addressee, of which each row fills one, or none."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message as it is written.

    Attributes:
        ticket_id: The ticket that it is about.
        event_seq: Number of the event that wrote it.
        key: Its key in the process.
        recipient: The word of the process that means the addressees.
        held_until: It does not leave before.
    """

    ticket_id: int
    event_seq: int
    key: str
    recipient: str
    channel: str
    subject: str
    body: str
    created_at: datetime
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert as it is written; the attributes are those of `NewMessage`.

    Attributes:
        who: The word of the process that means those whom it is for.
    """

    ticket_id: int
    event_seq: int
    who: str
    created_at: datetime
    held_until: datetime | None


def insert_message(connection: Connection, message: NewMessage, addressees: Sequence[Mapping[str, int]]) -> None:
    """Write a message.

    Args:
        addressees: Those whom it is for: column and id; without a column it is for nobody.
    """
    number = insert_one(connection, tables.Message, **asdict(message))
    rows = [{"message_id": number, **dict.fromkeys(_ADDRESSED), **to} for to in addressees]
    insert_many(connection, tables.Addressee, rows)


def insert_alerts(connection: Connection, alert: NewAlert, addressees: Sequence[Mapping[str, int]]) -> None:
    """Write an alert for each of those whom it is for, as in `insert_message`."""
    rows = [{**asdict(alert), **dict.fromkeys(_ALERTED), **to} for to in addressees]
    insert_many(connection, tables.Alert, rows)
