"""Backup copies of the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from atendimento_tui.contracts.safekeeping import CopyRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, rows_of
from atendimento_tui.data.visible import is_not_secret
from atendimento_tui.domain.safekeeping import Retention

_COLUMNS = [name for name in CopyRow.__dataclass_fields__ if name != "is_here"]


def copy_rows(connection: Connection) -> list[CopyRow]:
    """All recorded copies, oldest first."""
    return [CopyRow(**{name: getattr(row, name) for name in _COLUMNS}) for row in rows_of(connection, tables.Copy)]


def retention(connection: Connection) -> Retention:
    """How many automatic copies the unit keeps."""
    unit = plain(tables.Unit).c
    return Retention(*connection.execute(select(unit.copies_days, unit.copies_weeks, unit.copies_months)).one())


def last_good_copy(connection: Connection) -> datetime | None:
    """The instant of the newest good copy; None if there is none."""
    copy = plain(tables.Copy).c
    good = (copy.checked_at.is_not(None), copy.problem == "", copy.deleted_at.is_(None))
    at: datetime | None = connection.scalar(select(func.max(copy.at)).where(*good))
    return at


def begun_at(connection: Connection) -> datetime | None:
    """When the desk was created, by the first version of its calendars."""
    at: datetime | None = connection.scalar(select(func.min(plain(tables.Calendar).c.created_at)))
    return at


def series(connection: Connection) -> Sequence[tuple[str, int]]:
    """All series of numbers, each with its last number."""
    numbering: Any = plain(tables.Numbering).c
    found = connection.execute(select(numbering.series, numbering.last).order_by(numbering.series))
    return [(row.series, row.last) for row in found]


def last_protocol(connection: Connection) -> str | None:
    """The protocol that was given last, of a ticket that is not secret; None if there is none."""
    ticket = plain(tables.Ticket).c
    protocol: str | None = connection.scalar(
        select(ticket.protocol).where(is_not_secret()).order_by(ticket.id.desc()).limit(1)
    )
    return protocol
