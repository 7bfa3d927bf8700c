"""Writes the numbers of tickets in other systems."""

from datetime import datetime

from sqlalchemy import Connection, delete

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one, plain


def insert_number(
    connection: Connection, ticket: int, named: tuple[str, str], keys: tuple[str, str], at: datetime, field: str = ""
) -> None:
    """Insert a number.

    Args:
        named: The system and the number.
        keys: Their forms that are compared.
        field: Key of the field that has it.
    """
    system, number = named
    own = {"system": system, "number": number, "system_key": keys[0], "number_key": keys[1], "field": field}
    insert_one(connection, tables.ExternalNumber, ticket_id=ticket, **own, at=at)


def delete_number(connection: Connection, number: int) -> None:
    """Delete a number by its id."""
    own = plain(tables.ExternalNumber)
    connection.execute(delete(own).where(own.c.id == number))


def delete_of_field(connection: Connection, ticket: int, field: str) -> None:
    """Delete the number that a field of the ticket had."""
    own = plain(tables.ExternalNumber)
    connection.execute(delete(own).where(own.c.ticket_id == ticket, own.c.field == field))
