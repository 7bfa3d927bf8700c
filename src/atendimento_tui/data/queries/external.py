"""The numbers of tickets in other systems."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, select

from atendimento_tui.contracts.external import ExternalNumber
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, rows_of
from atendimento_tui.data.visible import restricted

MOST_REPEATS = 5
"""Other tickets with a number that are named."""


def numbers_of(connection: Connection, ticket: int) -> tuple[ExternalNumber, ...]:
    """The numbers of a ticket, with the other tickets that have the same one and that the actor may know of."""
    own, other, its_ticket = plain(tables.ExternalNumber), plain(tables.ExternalNumber).alias(), plain(tables.Ticket)
    rows = rows_of(connection, tables.ExternalNumber, ticket_id=ticket, order_by="id")
    if not rows:
        return ()
    is_same = (other.c.number_key == own.c.number_key) & (other.c.system_key == own.c.system_key)
    repeated: Any = (
        select(own.c.id, its_ticket.c.protocol)
        .join_from(own, other, is_same & (other.c.ticket_id != own.c.ticket_id))
        .join(its_ticket, its_ticket.c.id == other.c.ticket_id)
        .where(own.c.ticket_id == ticket)
        .order_by(its_ticket.c.id.desc())
    )
    also: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(restricted(connection, repeated)):
        if row.protocol not in also[row.id] and len(also[row.id]) < MOST_REPEATS:
            also[row.id].append(row.protocol)
    return tuple(ExternalNumber(row.id, row.system, row.number, row.field, tuple(also[row.id])) for row in rows)


def number_of(connection: Connection, ticket: int, number: int) -> ExternalNumber | None:
    """A number of the ticket by its id."""
    found = rows_of(connection, tables.ExternalNumber, ticket_id=ticket, order_by="id")
    return next((ExternalNumber(row.id, row.system, row.number, row.field) for row in found if row.id == number), None)
