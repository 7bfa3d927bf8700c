"""Tasks: work on a ticket that is not a step of its process."""

from atendimento_tui.data.repositories.tasks import insert_task
from atendimento_tui.domain.workflow.effects import AddTask
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork


def add_task(work: UnitOfWork, effect: AddTask) -> Fulfilled:
    """Add a task to the ticket."""
    insert_task(work.connection, work.ticket_id, effect.text, effect.due_at, work.event.at)
    return Fulfilled()
