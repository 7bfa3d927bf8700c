"""The versions of calendars."""

from sqlalchemy import Connection, select
from sqlmodel import col

from atendimento_tui.data import tables


def calendar_names(connection: Connection) -> dict[int, str]:
    """Id of every calendar version -> the calendar's name."""
    every = select(col(tables.Calendar.id), col(tables.Calendar.name))
    return {row.id: row.name for row in connection.execute(every)}
