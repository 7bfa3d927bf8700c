"""Imported histories."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, func, select
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.domain.history import LOGGED


def imported_events(connection: Connection, system: str, cases: Collection[str]) -> dict[str, int]:
    """Case -> number of its imported events, for those of the cases that were imported from the system before."""
    ticket, event = tables.Ticket, tables.Event
    came: Any = (
        select(col(ticket.origin), func.count().label("events"))
        .join(event, col(event.ticket_id) == col(ticket.id))
        .where(
            col(ticket.origin_system) == system,
            col(ticket.origin).in_(cases),
            col(event.kind) == LOGGED,
        )
        .group_by(col(ticket.origin))
    )
    return {row.origin: row.events for row in connection.execute(came)}
