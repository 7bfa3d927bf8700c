"""Writes the register of protocols."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one, row_of, update_many


def enter(connection: Connection, ticket: int, at: datetime) -> None:
    """Enter the ticket's protocol; one that was entered before stays as it is."""
    if row_of(connection, tables.RegisterEntry, ticket_id=ticket) is None:
        insert_one(connection, tables.RegisterEntry, ticket_id=ticket, entered_at=at)


def give_numbers(connection: Connection, numbers: Mapping[int, int], day: str) -> None:
    """Give the entries their numbers, in the run of a day.

    Args:
        numbers: Id of an entry -> its number.
        day: ISO date.
    """
    update_many(
        connection, tables.RegisterEntry, {entry: {"number": number, "day": day} for entry, number in numbers.items()}
    )


def note_written(connection: Connection, entries: Collection[int], at: datetime) -> None:
    """Note that the entries stand in the workbook."""
    update_many(connection, tables.RegisterEntry, {entry: {"written_at": at} for entry in entries})
