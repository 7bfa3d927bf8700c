"""Answers that were received, what they belong to, and the files that messages carry."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from atendimento_tui.contracts.received import Joined, ReceivedRow, SentFile
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted


def of_mail_ids(connection: Connection, mail_ids: Sequence[str], sender: str = "") -> Joined | None:
    """The ticket that sent a message with one of these Message-IDs, the first one that is known.

    Args:
        sender: The address of who answers, by which a row is chosen if a Message-ID has several.
    """
    for mail_id in mail_ids:
        wanted = _sent().where(plain(tables.Addressee).c.mail_id == mail_id)
        rows = connection.execute(restricted(connection, wanted)).all()
        if rows:
            row = next((each for each in rows if each.address.lower() == sender), rows[0])
            return Joined(row.ticket, row.protocol, row.message, row.id)
    return None


def of_protocol(connection: Connection, protocol: str, sender: str) -> Joined | None:
    """The ticket with this protocol, and the last message that it has for the address of who answers."""
    ticket = plain(tables.Ticket)
    found = connection.execute(
        restricted(connection, select(ticket.c.id, ticket.c.protocol).where(ticket.c.protocol == protocol))
    ).first()
    if found is None:
        return None
    to = plain(tables.Addressee)
    wanted = _sent().where(ticket.c.id == found.id, to.c.address != "").order_by(to.c.id.desc())
    rows = connection.execute(restricted(connection, wanted)).all()
    answered = next((each.message for each in rows if each.address.lower() == sender), None)
    return Joined(found.id, found.protocol, answered)


def received_of(connection: Connection, ticket: int, *, key: str = "", mail_id: str = "") -> list[ReceivedRow]:
    """The answers that a ticket got, the oldest first.

    Args:
        key: Only those to messages with this key.
        mail_id: Only the one with this Message-ID.
    """
    own, message, event = plain(tables.Received), plain(tables.Message), plain(tables.Event)
    columns = (own.c.id, own.c.ticket_id.label("ticket"), own.c.seq, own.c.at, own.c.sender, own.c.subject)
    more = (own.c.mail_id, own.c.message_id.label("message"), own.c.attachment_id.label("attachment"), event.c.text)
    wanted = (
        select(*columns, *more)
        .select_from(own)
        .join(plain(tables.Ticket), plain(tables.Ticket).c.id == own.c.ticket_id)
        .join(event, (event.c.ticket_id == own.c.ticket_id) & (event.c.seq == own.c.seq))
        .outerjoin(message, message.c.id == own.c.message_id)
        .where(own.c.ticket_id == ticket)
        .order_by(own.c.id)
    )
    wanted = wanted.where(message.c.key == key) if key else wanted
    wanted = wanted.where(own.c.mail_id == mail_id) if mail_id else wanted
    return [ReceivedRow(**row._mapping) for row in connection.execute(restricted(connection, wanted))]  # noqa: SLF001


def received_ids(connection: Connection, ticket: int) -> frozenset[int]:
    """The ids of the attachments of a ticket that are received e-mails."""
    own = plain(tables.Received).c
    found = select(own.attachment_id).where(own.ticket_id == ticket, own.attachment_id.is_not(None))
    return frozenset(connection.scalars(found))


def files_of(connection: Connection, message: int) -> list[SentFile]:
    """The files that are sent with a message, in their order."""
    own, attached = plain(tables.MessageFile), plain(tables.Attachment)
    wanted = (
        select(attached.c.name, attached.c.kind, attached.c.hash, attached.c.size)
        .join_from(own, attached, attached.c.id == own.c.attachment_id)
        .where(own.c.message_id == message)
        .order_by(own.c.id)
    )
    return [SentFile(*row) for row in connection.execute(wanted)]


def names_of_files(connection: Connection, ticket: int) -> dict[int, list[str]]:
    """Id of each message of a ticket -> the names of the files that go with it, in their order."""
    own, attached = plain(tables.MessageFile), plain(tables.Attachment)
    wanted = (
        select(own.c.message_id, attached.c.name)
        .join_from(own, attached, attached.c.id == own.c.attachment_id)
        .where(attached.c.ticket_id == ticket)
        .order_by(own.c.id)
    )
    found: dict[int, list[str]] = {}
    for message, name in connection.execute(wanted):
        found.setdefault(message, []).append(name)
    return found


def _sent() -> Select[Any]:
    to, message, ticket = plain(tables.Addressee), plain(tables.Message), plain(tables.Ticket)
    ids = (ticket.c.id.label("ticket"), ticket.c.protocol, message.c.id.label("message"))
    return (
        select(*ids, to.c.id, to.c.address)
        .select_from(to)
        .join(message, message.c.id == to.c.message_id)
        .join(ticket, ticket.c.id == message.c.ticket_id)
    )
