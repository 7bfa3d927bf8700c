"""Tasks: work on a ticket that is not a step of its process."""

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_one
from atendimento_tui.domain.workflow import AddTask
from atendimento_tui.services.current_act import CurrentAct, Fulfilled
from atendimento_tui.services.desk import Desk


def add_task(connection: Connection, _desk: Desk, act: CurrentAct, effect: AddTask) -> Fulfilled:
    """Add a task to the ticket."""
    insert_one(
        connection,
        tables.Task,
        ticket_id=act.ticket_id,
        text=effect.text,
        due_at=effect.due_at,
        created_at=act.event.at,
    )
    return Fulfilled()
