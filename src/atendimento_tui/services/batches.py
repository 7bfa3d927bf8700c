"""The batch of a department, as acts on tickets fill it, and as the verdicts on documents empty it."""

from atendimento_tui.data.engine import advisory_lock
from atendimento_tui.data.queries.remittances import items_of_ticket, open_batch
from atendimento_tui.data.repositories.remittances import decide_item, insert_batch, insert_items
from atendimento_tui.domain.documents import RECEIVED
from atendimento_tui.domain.process.schema import DOCUMENT
from atendimento_tui.domain.remittances import PENDING, verdict_of
from atendimento_tui.domain.tickets import FIELD
from atendimento_tui.domain.workflow.documents import state_of, states_of
from atendimento_tui.domain.workflow.effects import Remit
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork


def remit(work: UnitOfWork, effect: Remit) -> Fulfilled:
    """Put the ticket's documents that are here, and that no department has, into the open batch of the group.

    A document that was accepted before does not travel again.
    """
    group = work.in_process.groups[effect.group]
    underway = {each.document for each in items_of_ticket(work.connection, work.ticket_id) if each.state in PENDING}
    documents = [
        (rule.key, rule.name)
        for rule, state, is_needed in states_of(work.in_process.process, work.ticket)
        if is_needed and state.state == RECEIVED and rule.key not in underway
    ]
    if not documents:
        return Fulfilled()
    advisory_lock(work.connection, f"remessa {group}")
    year = work.event.at.astimezone(work.in_process.hours.tz).year
    batch = open_batch(work.connection, group) or insert_batch(work.connection, group, year, work.event.at)
    insert_items(work.connection, batch, work.ticket_id, documents, work.event.at, work.actor)
    return Fulfilled()


def follow_documents(work: UnitOfWork) -> None:
    """Let the pending items of the ticket follow their documents, which the event has changed."""
    prefix = f"{FIELD}{DOCUMENT}"
    changed = {name.removeprefix(prefix) for name in work.event.changes if name.startswith(prefix)}
    if not changed or work.context is None or not any(each.remit for _, each in work.context.process.effects()):
        return
    for item in items_of_ticket(work.connection, work.ticket_id):
        if item.document in changed and (verdict := verdict_of(item.state, state_of(work.ticket, item.document))):
            decide_item(work.connection, item.id, verdict, work.event.at, work.actor)
