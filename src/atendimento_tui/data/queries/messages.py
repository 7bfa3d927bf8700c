"""The messages of a ticket with their addressees."""

from sqlalchemy import Connection, func, select
from sqlmodel import col

from atendimento_tui.contracts.messages import MessageView, Recipient
from atendimento_tui.data import tables
from atendimento_tui.data.engine import rows_of

_SHOWN = ("id", "address", "state", "state_at", "next_at", "reply")
"""The columns of an addressee that are shown."""


def messages_of(connection: Connection, ticket: int) -> tuple[MessageView, ...]:
    """The ticket's messages, oldest first."""
    rows = rows_of(connection, tables.Message, ticket_id=ticket)
    addressees = _addressees(connection, ticket) if rows else {}
    return tuple(
        MessageView(
            row.created_at,
            row.recipient,
            tuple(each.name for each in addressees.get(row.id, ()) if each.name),
            row.channel,
            row.subject,
            row.body,
            row.held_until,
            addressees.get(row.id, ()),
            row.id,
            tuple(row.papers.split()),
        )
        for row in rows
    )


def _addressees(connection: Connection, ticket: int) -> dict[int, tuple[Recipient, ...]]:
    """Id of each message of a ticket -> its recipients."""
    to, message = tables.Addressee, tables.Message
    person, group, requester = tables.Person, tables.Group, tables.Requester
    name = func.coalesce(col(person.name), col(group.name), col(requester.name))
    found: dict[int, tuple[Recipient, ...]] = {}
    for row in connection.execute(
        select(col(to.message_id), name.label("name"), *(getattr(to, each) for each in _SHOWN))
        .join(message, col(message.id) == col(to.message_id))
        .outerjoin(person, col(person.id) == col(to.person_id))
        .outerjoin(group, col(group.id) == col(to.group_id))
        .outerjoin(requester, col(requester.id) == col(to.requester_id))
        .where(col(message.ticket_id) == ticket)
        .order_by(col(to.id))
    ):
        recipient = Recipient(name=row.name or "", **{each: getattr(row, each) for each in _SHOWN})
        found[row.message_id] = (*found.get(row.message_id, ()), recipient)
    return found
