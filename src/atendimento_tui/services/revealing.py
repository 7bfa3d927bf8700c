"""Complete values of a ticket, for that look only, after somebody said why they are needed."""

from collections.abc import Iterator
from dataclasses import replace

from atendimento_tui.contracts.beneficiaries import Record
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import beneficiaries as queries
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Actor, Permission, require
from atendimento_tui.domain.beneficiaries import ITEMS
from atendimento_tui.domain.process.record import shown_item
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.values import shown
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.beneficiaries import reason_to_see
from atendimento_tui.services.deciding import decided
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.record_updates import asked_changes
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.texts import words
from atendimento_tui.texts.beneficiaries import ITEM_NAMES

SEEN = "revelado"
"""The kind of the event: somebody saw complete values, and why."""


@needs(Permission.REVEAL_BENEFICIARY)
def reveal_ticket(desk: Desk, order: Order, reason: str) -> tuple[ActDone, tuple[tuple[str, str], ...]]:
    """The complete answers of a ticket and the record of its beneficiary. The ticket keeps who saw them, and why.

    Returns:
        The act, and name and value of each item; a change of the record as old and new.

    Raises:
        Refused: The reason is missing or too short; the role may not see them, or not on this ticket.
    """
    why = reason_to_see(reason)

    def decide(work: UnitOfWork) -> Outcome:
        if work.actor is not None:
            require(Actor(work.actor, work.role), Permission.REVEAL_BENEFICIARY)
        return Outcome(Event(SEEN, work.at, order.actor, text=why))

    done = decided(desk, replace(order, seen=None), Permission.COMMENT, decide)
    with reading(desk.engine) as connection:
        ticket = tickets.load(connection, done.ticket)
        if ticket is None:
            raise Refused("fora_de_vista")
        process = desk.process_if_any(ticket.process, connection)
        record = queries.record(connection, ticket.beneficiary) if ticket.beneficiary is not None else None
        changes = asked_changes(connection, process, ticket, complete=True) if process else []
    told = {each.field: f"{each.before or words.NOTHING} → {each.after}" for each in changes if each.is_new}
    return done, (*_of_record(record), *_answers(process, ticket, told))


def _of_record(record: Record | None) -> Iterator[tuple[str, str]]:
    for item in ITEMS:
        if record and item.key != "holder" and (kept := record.values[item.key]):
            yield ITEM_NAMES[item.key], shown_item(item.key, kept)


def _answers(process: Process | None, ticket: Ticket, changes: dict[str, str]) -> Iterator[tuple[str, str]]:
    for rule in process.fields if process else ():
        if kept := ticket.fields.get(rule.key):
            yield rule.label, changes.get(rule.key) or shown(rule, kept)
