"""The papers that a ticket's acts asked for."""

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import rows_of


def due_papers(connection: Connection, ticket: int) -> dict[int, str]:
    """Id -> key of each paper that was asked for and not given yet, in the order in which they were asked for."""
    rows = rows_of(connection, tables.Paper, ticket_id=ticket)
    return {row.id: row.key for row in rows if row.given_at is None}
