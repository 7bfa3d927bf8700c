"""The tasks of tickets."""

from datetime import datetime

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one, update_one


def insert_task(connection: Connection, ticket: int, text: str, due_at: datetime | None, created_at: datetime) -> None:
    """Insert a task of the ticket."""
    insert_one(connection, tables.Task, ticket_id=ticket, text=text, due_at=due_at, created_at=created_at)


def finish_task(connection: Connection, task: int, done_at: datetime, done_by: int | None) -> None:
    """Mark the task as done."""
    update_one(connection, tables.Task, task, {"done_at": done_at, "done_by": done_by})
