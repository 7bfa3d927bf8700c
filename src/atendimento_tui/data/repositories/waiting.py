"""Writes the waiting list, and which slots are to be offered to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel.sql.sqltypes import UTCDateTime

from atendimento_tui.data import tables
from atendimento_tui.data.engine import SQLITE, insert_one, plain, update_one
from atendimento_tui.domain.outbox import Delivery
from atendimento_tui.domain.waiting import OFFER_EVENT, ON_THE_LIST

_E, _F = plain(tables.WaitingEntry), plain(tables.FreedSlot)


def insert_entry(connection: Connection, **values: object) -> int:
    """Insert an entry; its id."""
    return insert_one(connection, tables.WaitingEntry, **values)


def update_entry(connection: Connection, entry: int, **values: object) -> None:
    """Update some columns of an entry, whose ticket is locked."""
    update_one(connection, tables.WaitingEntry, entry, values)


def note_freed(connection: Connection, booking: int, at: datetime) -> None:
    """Note that the slot of a booking is to be offered to who waits. Where nobody waits, nothing is noted."""
    insert: Any = (sqlite if connection.dialect.name == SQLITE else postgresql).insert(_F)
    somebody = exists().where(_E.c.state.in_(ON_THE_LIST))
    row = select(literal(booking), literal(at, UTCDateTime())).where(somebody)
    connection.execute(insert.from_select(["booking_id", "since"], row).on_conflict_do_nothing())


def lock_freed(connection: Connection, booking: int) -> bool:
    """Lock the note of a freed slot until the transaction ends; whether it is still there."""
    wanted = select(_F.c.booking_id).where(_F.c.booking_id == booking).with_for_update()
    return connection.execute(wanted).first() is not None


def forget_freed(connection: Connection, booking: int) -> None:
    """Note that the slot was offered, or is of use to nobody."""
    connection.execute(delete(_F).where(_F.c.booking_id == booking))


def withdraw_messages(connection: Connection, ticket: int, at: datetime, words: str) -> None:
    """Give up the messages about offers to a ticket that nobody has delivered yet: they must not be sent any more.

    Args:
        words: Why.
    """
    to, message, happened = plain(tables.Addressee), plain(tables.Message), plain(tables.Event)
    of_offers = (
        select(message.c.id)
        .join(happened, and_(happened.c.ticket_id == message.c.ticket_id, happened.c.seq == message.c.event_seq))
        .where(message.c.ticket_id == ticket, happened.c.kind == OFFER_EVENT)
    )
    waits = (to.c.state == Delivery.BY_HAND, to.c.message_id.in_(of_offers))
    values: dict[str, Any] = {"state": Delivery.GIVEN_UP, "state_at": at, "reply": words}
    connection.execute(update(to).where(*waits).values(values))
