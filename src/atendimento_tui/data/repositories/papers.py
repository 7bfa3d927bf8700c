"""The papers that acts ask for."""

from datetime import datetime

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one, update_many


def insert_paper(connection: Connection, ticket: int, event_seq: int, key: str, asked_at: datetime) -> None:
    """Insert a paper that an event of the ticket asks for."""
    insert_one(connection, tables.Paper, ticket_id=ticket, event_seq=event_seq, key=key, asked_at=asked_at)


def mark_given(connection: Connection, papers: list[int], given_at: datetime) -> None:
    """Note that these papers were given."""
    if papers:
        update_many(connection, tables.Paper, {paper: {"given_at": given_at} for paper in papers})
