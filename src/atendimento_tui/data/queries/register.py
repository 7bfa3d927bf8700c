"""The register of protocols."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from atendimento_tui.contracts.register import Entry
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain


def unwritten(connection: Connection, until: datetime | None = None) -> list[Entry]:
    """The entries that are not known to stand in the workbook, ascending by protocol.

    Args:
        until: Without those that were entered from this instant on and have no number.
    """
    entry = plain(tables.RegisterEntry).c
    wanted = _select().where(entry.written_at.is_(None))
    if until is not None:
        wanted = wanted.where(or_(entry.number.is_not(None), entry.entered_at < until))
    return _entries(connection, wanted)


def has_run_on(connection: Connection, day: str) -> bool:
    """Whether the run of this day gave numbers."""
    entry = plain(tables.RegisterEntry).c
    return connection.scalar(select(entry.id).where(entry.day == day).limit(1)) is not None


def last_number(connection: Connection) -> int:
    """The last number that was given; 0 if none was."""
    return connection.scalar(select(func.max(plain(tables.RegisterEntry).c.number))) or 0


def _select() -> Select[Any]:
    entry, ticket = plain(tables.RegisterEntry).c, plain(tables.Ticket).c
    columns = (entry.id, entry.ticket_id.label("ticket"), ticket.protocol, entry.day, entry.number)
    joined = plain(tables.RegisterEntry).join(plain(tables.Ticket), ticket.id == entry.ticket_id)
    return select(*columns).select_from(joined).order_by(ticket.protocol)


def _entries(connection: Connection, wanted: Select[Any]) -> list[Entry]:
    return [Entry(*row) for row in connection.execute(wanted)]
