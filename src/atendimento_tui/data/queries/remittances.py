"""Remittances and their items. Of those of tickets that the connection's actor may not know of nothing is read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from atendimento_tui.contracts.remittances import ItemRow, RemittanceRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import is_one_of, plain
from atendimento_tui.data.visible import of_visible, restricted
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


def items_of(connection: Connection, remittances: Sequence[int]) -> tuple[ItemRow, ...]:
    """The items of these remittances that the actor may know of, in the order in which they came."""
    rows = _items().where(is_one_of(connection, plain(tables.RemittanceItem).c.remittance_id, "batches"))
    found = connection.execute(restricted(connection, rows), {"batches": [*remittances]})
    return tuple(_item(row) for row in found)


def remittances(connection: Connection, *, every: bool = False) -> tuple[RemittanceRow, ...]:
    """The remittances with pending items that the actor may know of, the open ones first, then the newest.

    Args:
        every: Also those in which nothing is pending, the newest `MOST_CLOSED` of them.
    """
    has_pending = _counted(connection, pending=True) > 0
    found = _read(connection, has_pending)
    if every:
        found += _read(connection, _counted(connection) > 0, ~has_pending, limit=MOST_CLOSED)
    return tuple(sorted(found, key=lambda each: (each.closed_at is not None, -each.id)))


def remittance(connection: Connection, number: int) -> RemittanceRow | None:
    """The remittance with this id; None if the actor may know of none of its items."""
    own = plain(tables.Remittance).c
    return next(iter(_read(connection, own.id == number, _counted(connection) > 0)), None)


def numbered(connection: Connection, year: int, number: int) -> list[RemittanceRow]:
    """The remittances of all departments with this number in the year, with items that the actor may know of."""
    own = plain(tables.Remittance).c
    return _read(connection, own.year == year, own.number == number, _counted(connection) > 0)


def _counted(connection: Connection, *, pending: bool = False) -> Any:
    """How many items of a remittance the actor may know of."""
    own, item = plain(tables.Remittance).c, plain(tables.RemittanceItem).c
    counted = select(func.count()).where(item.remittance_id == own.id, *of_visible(connection, item.ticket_id))
    return (counted.where(item.state.in_(PENDING)) if pending else counted).correlate(own.id.table).scalar_subquery()


def _read(connection: Connection, *conditions: Any, limit: int | None = None) -> list[RemittanceRow]:
    own, group, person = plain(tables.Remittance), plain(tables.Group), plain(tables.Person)
    rows = select(
        own,
        group.c.name.label("group_name"),
        person.c.name.label("closer"),
        _counted(connection).label("items"),
        _counted(connection, pending=True).label("pending"),
    )
    rows = rows.join_from(own, group, group.c.id == own.c.group_id).outerjoin(person, person.c.id == own.c.closed_by)
    rows = rows.where(*conditions).order_by(own.c.id.desc()).limit(limit)
    return [
        RemittanceRow(
            row.id,
            row.group_id,
            row.group_name,
            row.year,
            row.number,
            row.opened_at,
            row.closed_at,
            row.closer or "",
            row.items,
            row.pending,
        )
        for row in connection.execute(rows)
    ]


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
