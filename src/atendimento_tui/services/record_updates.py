"""Changes of a beneficiary's record that a ticket asks for: old beside new, and writing what was confirmed."""

from collections.abc import Iterable

from atendimento_tui.contracts.beneficiaries import ItemChange, Record
from atendimento_tui.data.engine import Connection, advisory_lock
from atendimento_tui.data.queries import beneficiaries as queries
from atendimento_tui.data.queries.people import person_name
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.domain.access import Actor, Permission, require
from atendimento_tui.domain.beneficiaries import BY_WORD
from atendimento_tui.domain.process.record import check_born, confirmed_values, items_asked
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.values import masked, shown
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.trail import beneficiary_stream
from atendimento_tui.domain.workflow.effects import UpdateRecord
from atendimento_tui.services.beneficiaries import LOCK, PROTOCOL, change, record_of
from atendimento_tui.services.staff import day_of
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork
from atendimento_tui.texts import words
from atendimento_tui.texts.beneficiaries import ITEM_NAMES


def asked_changes(
    connection: Connection, process: Process, ticket: Ticket, *, complete: bool = False
) -> list[ItemChange]:
    """The changes of the record that a ticket asks for, in the order of the process.

    Args:
        complete: Whether values are complete; only for somebody who said why they need them.
    """
    asked = [(rule, by) for rule, by in items_asked(process) if ticket.fields.get(rule.key)]
    record = queries.record(connection, ticket.beneficiary) if asked and ticket.beneficiary is not None else None
    show = shown if complete else masked
    return [
        ItemChange(
            rule.key,
            rule.label,
            show(rule, record.values[BY_WORD[rule.updates].key]) if record else "",
            show(rule, ticket.fields[rule.key]),
            ticket.fields.get(by.key, "") if by else "",
            is_known=record is not None,
        )
        for rule, by in asked
    ]


def lines_of(changes: Iterable[ItemChange]) -> str:
    """The changes that were not refused, one a line: the name of the item, old and new."""
    return "\n".join(
        f"{each.label}: {each.before or words.NOTHING} → {each.after}" for each in changes if each.verdict != "nao"
    )


def update_record(work: UnitOfWork, _effect: UpdateRecord) -> Fulfilled:
    """Write the confirmed changes into the record of the ticket's beneficiary. The event names the protocol.

    Raises:
        Refused: The ticket is about no beneficiary; nothing was confirmed; somebody changed one of the items after it
            was confirmed; a value cannot be one of the record; the actor's role may not change records.
    """
    ticket = work.ticket
    if work.actor is not None:
        require(Actor(work.actor, work.role), Permission.CHANGE_BENEFICIARY)
    if ticket.beneficiary is None:
        raise Refused("sem_beneficiario")
    values = confirmed_values(work.in_process.process, ticket.fields)
    if not values:
        raise Refused("nada_confirmado")
    if "born_on" in values:
        check_born(values["born_on"], day_of(work.desk.zone, work.event.at))
    advisory_lock(work.connection, LOCK)
    record = record_of(work.connection, ticket.beneficiary)
    _must_be_as_confirmed(work, record, values)
    after = {**record.values, **values}
    if after != record.values:
        change(work.connection, work.desk, record, after, work.event.at, actor=work.actor, protocol=ticket.protocol)
    return Fulfilled()


def _must_be_as_confirmed(work: UnitOfWork, record: Record, values: dict[str, str]) -> None:
    """Refuse to overwrite what somebody changed since the ticket came to its step, in which old and new were seen."""
    since = work.before.step_since
    for event in reversed(events_of(work.connection, beneficiary_stream(record.id))):
        if since is None or event.at <= since:
            return
        of_this = event.changes.get(PROTOCOL, (None, None))[1] == work.before.protocol
        if not of_this and (items := [key for key in values if key in event.changes]):
            actor = person_name(work.connection, event.actor)
            at = event.at.astimezone(work.desk.zone)
            raise Refused("cadastro_mudou_depois", item=ITEM_NAMES[items[0]], actor=actor, at=at)
