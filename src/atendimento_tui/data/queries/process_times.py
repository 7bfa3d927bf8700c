"""Tickets whose process time is asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from atendimento_tui.contracts.process_times import Attended
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted


def attended_since(connection: Connection, since: datetime) -> list[Attended]:
    """The tickets that were opened here since an instant and that the actor may know of, oldest first."""
    ticket, service = plain(tables.Ticket), plain(tables.Process)
    found: Any = select(ticket.c.id, service.c.id.label("version"), service.c.key, ticket.c.channel)
    found = found.join_from(ticket, service, service.c.id == ticket.c.process_id)
    # Only opening gives a ticket a step.
    found = found.where(ticket.c.opened_at >= since, ticket.c.step != "", ticket.c.origin.is_(None))
    rows = connection.execute(restricted(connection, found).order_by(ticket.c.id))
    return [Attended(row.id, row.version, row.key, row.channel) for row in rows]
