"""Remittances and their items. Of those of tickets that the connection's actor may not know of nothing is read."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Select, select

from atendimento_tui.contracts.remittances import ItemRow, RemittanceRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted
from atendimento_tui.domain.remittances import PENDING

MOST_CLOSED = 200
"""Closed remittances that are listed; open ones and those with pending items always are."""


def open_batch(connection: Connection, group: int) -> int | None:
    """The id of the open batch of a group."""
    own = plain(tables.Remittance).c
    return connection.scalar(select(own.id).where(own.group_id == group, own.closed_at.is_(None)))


def items_of_ticket(connection: Connection, ticket: int) -> tuple[ItemRow, ...]:
    """The items of a ticket, oldest first."""
    rows = _items().where(plain(tables.RemittanceItem).c.ticket_id == ticket)
    return tuple(_item(row) for row in connection.execute(rows))


def items_of(connection: Connection, remittance: int | None = None, *, pending: bool = False) -> tuple[ItemRow, ...]:
    """Items that the actor may know of, in the order in which they came.

    Args:
        remittance: Only of this one.
        pending: Only those that no department has decided on.
    """
    own, rows = plain(tables.RemittanceItem).c, _items()
    if remittance is not None:
        rows = rows.where(own.remittance_id == remittance)
    if pending:
        rows = rows.where(own.state.in_(PENDING))
    return tuple(_item(row) for row in connection.execute(restricted(connection, rows)))


def remittances(connection: Connection, *, every: bool = False) -> tuple[RemittanceRow, ...]:
    """The remittances with items that the actor may know of, the open ones first, then the newest.

    Args:
        every: Also those in which nothing is pending, up to `MOST_CLOSED`.
    """
    own, group, person = plain(tables.Remittance), plain(tables.Group), plain(tables.Person)
    counted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for item in items_of(connection):
        counted[item.remittance][0] += 1
        counted[item.remittance][1] += item.state in PENDING
    rows = select(own, group.c.name.label("group_name"), person.c.name.label("closer"))
    rows = rows.join_from(own, group, group.c.id == own.c.group_id).outerjoin(person, person.c.id == own.c.closed_by)
    found = [
        RemittanceRow(
            row.id,
            row.group_id,
            row.group_name,
            row.year,
            row.number,
            row.opened_at,
            row.closed_at,
            row.closer or "",
            *counted[row.id],
        )
        for row in connection.execute(rows.order_by(own.c.closed_at.is_not(None), own.c.id.desc()))
        if row.id in counted
    ]
    needed = [each for each in found if each.pending]
    return tuple(found[:MOST_CLOSED] if every else needed)


def _items() -> Select[Any]:
    own, batch, ticket = plain(tables.RemittanceItem), plain(tables.Remittance), plain(tables.Ticket)
    group, person, about = plain(tables.Group), plain(tables.Person), plain(tables.Beneficiary)
    named = (
        batch.c.group_id,
        batch.c.year,
        batch.c.number,
        ticket.c.protocol,
        group.c.name.label("group_name"),
        person.c.name.label("by_name"),
        about.c.name.label("about_name"),
        about.c.social_name,
    )
    joined = (
        own.join(batch, batch.c.id == own.c.remittance_id)
        .join(ticket, ticket.c.id == own.c.ticket_id)
        .join(group, group.c.id == batch.c.group_id)
        .outerjoin(person, person.c.id == own.c.actor_id)
        .outerjoin(about, about.c.id == ticket.c.beneficiary_id)
    )
    return select(own, *named).select_from(joined).order_by(own.c.id)


def _item(row: Any) -> ItemRow:
    return ItemRow(
        row.id,
        row.remittance_id,
        row.group_id,
        row.group_name,
        row.year,
        row.number,
        row.ticket_id,
        row.protocol,
        row.document,
        row.name,
        row.social_name or row.about_name or "",
        row.state,
        row.reason,
        row.said_by,
        row.at,
        row.by_name or "",
    )
