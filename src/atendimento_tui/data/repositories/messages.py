"""Messages and alerts with their addressees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one

_ALERTED = ("person_id", "group_id")
_ADDRESSED = (*_ALERTED, "requester_id")
"""Columns of an addressee; each row has a value in one of them, or in none."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to insert.

    Attributes:
        ticket_id: Its ticket.
        event_seq: Number of the event that wrote it.
        key: Its key in the process.
        recipient: The process's word for the addressees.
        held_until: It is not sent before this instant.
        papers: The keys of the papers that go with it, separated by spaces.
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
    papers: str = ""


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert to insert; other attributes are as in `NewMessage`.

    Attributes:
        who: The process's word for the addressees.
    """

    ticket_id: int
    event_seq: int
    who: str
    created_at: datetime
    held_until: datetime | None


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row of the outbox: a message to one recipient.

    Attributes:
        addressee: Column -> id; empty if nobody matched the process's word.
        next_at: When a worker may take it; None if none may.
    """

    addressee: Mapping[str, int]
    state: str
    address: str
    next_at: datetime | None


def insert_message(connection: Connection, message: NewMessage, rows: Sequence[NewRow]) -> int:
    """Insert a message with its recipients.

    Returns:
        Its id.
    """
    number = insert_one(connection, tables.Message, **_columns(message))
    written = [
        {
            "message_id": number,
            **dict.fromkeys(_ADDRESSED),
            **row.addressee,
            "state": row.state,
            "address": row.address,
            "next_at": row.next_at,
            "state_at": message.created_at,
        }
        for row in rows
    ]
    insert_many(connection, tables.Addressee, written)
    return number


def insert_alerts(connection: Connection, alert: NewAlert, addressees: Sequence[Mapping[str, int]]) -> None:
    """Insert an alert for each addressee, as in `insert_message`."""
    rows = [{**_columns(alert), **dict.fromkeys(_ALERTED), **to} for to in addressees]
    insert_many(connection, tables.Alert, rows)


def _columns(new: NewMessage | NewAlert) -> dict[str, object]:
    """Attribute -> value. `dataclasses.asdict` would copy each value, which takes longer than inserting it."""
    return {each.name: getattr(new, each.name) for each in fields(new)}
