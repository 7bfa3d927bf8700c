"""The tasks of a ticket."""

from sqlalchemy import Connection

from atendimento_tui.contracts.tickets import TaskView
from atendimento_tui.data import tables
from atendimento_tui.data.engine import row_of, rows_of


def tasks_of(connection: Connection, ticket: int) -> tuple[TaskView, ...]:
    """The ticket's tasks, oldest first."""
    rows = rows_of(connection, tables.Task, ticket_id=ticket)
    return tuple(TaskView(row.id, row.text, row.due_at, row.done_at) for row in rows)


def task_of(connection: Connection, ticket: int, task: int) -> TaskView | None:
    """One task of the ticket; None if it has no such task."""
    row = row_of(connection, tables.Task, id=task, ticket_id=ticket)
    return TaskView(row.id, row.text, row.due_at, row.done_at) if row else None
