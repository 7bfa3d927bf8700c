"""The outbox: its rows, its counts, and the threads of its mail."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, or_, select

from atendimento_tui.contracts.outbox import OutboxCount, OutboxRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, row_of
from atendimento_tui.data.visible import restricted
from atendimento_tui.domain.outbox import FAILURES, OPEN, Delivery

SHOWN = 500
"""Rows of the outbox that are read at most."""


def outbox_rows(
    connection: Connection, states: Collection[str] = OPEN, *, ticket: int | None = None, number: int | None = None
) -> list[OutboxRow]:
    """The rows of the outbox that the connection's actor may know of: the oldest first, of all states the newest.

    Args:
        states: Only rows in these states; empty for all.
        ticket: Only those of this ticket.
        number: Only the row of this number.
    """
    to = plain(tables.Addressee)
    wanted, order = _rows(), to.c.id if states or ticket is not None else to.c.id.desc()
    if states:
        wanted = wanted.where(to.c.state.in_(sorted(states)))
    if ticket is not None:
        wanted = wanted.where(plain(tables.Message).c.ticket_id == ticket)
    if number is not None:
        wanted = wanted.where(to.c.id == number)
    found = connection.execute(restricted(connection, wanted.order_by(order).limit(SHOWN)))
    return [
        OutboxRow(**{**row._mapping, "to": row.to or "", "papers": tuple(row.papers.split())})  # noqa: SLF001 - public
        for row in found
    ]


def outbox_count(connection: Connection) -> OutboxCount:
    """How much of the outbox waits for a worker, and how much for a person, of what the actor may know of."""
    to, message, ticket = plain(tables.Addressee), plain(tables.Message), plain(tables.Ticket)
    is_over = and_(to.c.state == Delivery.FAILED, to.c.next_at.is_(None))
    fails = or_(to.c.state.in_(sorted(FAILURES)), is_over)
    counted = (
        select(func.count().label("all"), func.coalesce(func.sum(case((fails, 1), else_=0)), 0).label("failed"))
        .select_from(to)
        .join(message, message.c.id == to.c.message_id)
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .where(to.c.state.in_(sorted(OPEN)))
    )
    row = connection.execute(restricted(connection, counted)).one()
    return OutboxCount(row.all - row.failed, row.failed)


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether a worker has something to send."""
    to = plain(tables.Addressee).c
    due = (to.state.in_((Delivery.PENDING, Delivery.FAILED)), to.next_at <= now)
    return connection.execute(select(to.id).where(*due).limit(1)).first() is not None


def is_taken(connection: Connection) -> bool:
    """Whether a worker is sending something, or died while it did."""
    to = plain(tables.Addressee).c
    return connection.execute(select(to.id).where(to.state == Delivery.SENDING).limit(1)).first() is not None


def message_of(connection: Connection, ticket: int, message: int) -> int | None:
    """The id of a message, if it is the ticket's."""
    row = row_of(connection, tables.Message, id=message, ticket_id=ticket)
    return int(row.id) if row else None


def beneficiary_email(connection: Connection, beneficiary: int | None) -> str:
    """The main e-mail address of a beneficiary's record; empty if there is none."""
    row = row_of(connection, tables.Beneficiary, id=beneficiary) if beneficiary is not None else None
    return str(row.email) if row else ""


def addressee_of(connection: Connection, number: int) -> tuple[str, Mapping[str, int]]:
    """The process's word for the recipient of a row, and the recipient as column -> id, empty if nobody matched it."""
    row = row_of(connection, tables.Addressee, id=number)
    message = row_of(connection, tables.Message, id=row.message_id) if row else None
    ids = {name: getattr(row, name, None) for name in ("person_id", "group_id", "requester_id")}
    return (message.recipient if message else ""), {name: one for name, one in ids.items() if one is not None}


def address_of(connection: Connection, addressee: Mapping[str, int | None]) -> str:
    """The e-mail address of a person or a group; empty if there is none.

    Args:
        addressee: Column of the addressee -> id.
    """
    for column, table in (("person_id", tables.Person), ("group_id", tables.Group)):
        if (number := addressee.get(column)) is not None:
            row = row_of(connection, table, id=number)
            return str(row.email) if row else ""
    return ""


def thread_of(connection: Connection, ticket: int, address: str) -> Sequence[str]:
    """The Message-IDs of what the ticket sent to this address, oldest first."""
    to, message = plain(tables.Addressee), plain(tables.Message)
    wanted = (
        select(to.c.mail_id)
        .join_from(to, message)
        .where(message.c.ticket_id == ticket, to.c.address == address, to.c.mail_id != "")
        .order_by(to.c.id)
    )
    return list(connection.scalars(wanted))


def _rows() -> Select[Any]:
    to, message, ticket = plain(tables.Addressee), plain(tables.Message), plain(tables.Ticket)
    person, group, requester = plain(tables.Person), plain(tables.Group), plain(tables.Requester)
    file = plain(tables.MessageFile)
    attached = select(func.count()).where(file.c.message_id == message.c.id).scalar_subquery()
    return (
        select(
            to.c.id,
            message.c.ticket_id.label("ticket"),
            ticket.c.protocol,
            func.coalesce(person.c.name, group.c.name, requester.c.name).label("to"),
            to.c.address,
            message.c.channel,
            message.c.subject,
            message.c.body,
            message.c.created_at.label("at"),
            message.c.id.label("message"),
            message.c.papers,
            attached.label("attached"),
            *(to.c.state, to.c.state_at, to.c.next_at, to.c.attempts, to.c.reply, to.c.mail_id),
        )
        .select_from(to)
        .join(message, message.c.id == to.c.message_id)
        .join(ticket, ticket.c.id == message.c.ticket_id)
        .outerjoin(person, person.c.id == to.c.person_id)
        .outerjoin(group, group.c.id == to.c.group_id)
        .outerjoin(requester, requester.c.id == to.c.requester_id)
    )
