"""The numbers of tickets in other systems (ERP, CRM), and the systems of the unit."""

from datetime import datetime
from pathlib import Path

from atendimento_tui.contracts.external import AddNumber, Change, CopyBlock, RemoveNumber
from atendimento_tui.data.engine import Connection, advisory_lock, reading, writing
from atendimento_tui.data.queries.desk import unit_columns
from atendimento_tui.data.queries.external import number_of, numbers_of
from atendimento_tui.data.repositories import trail
from atendimento_tui.data.repositories.desk import update_unit
from atendimento_tui.data.repositories.external import delete_number, delete_of_field, insert_number
from atendimento_tui.data.text_files import read_text
from atendimento_tui.domain import external as rules
from atendimento_tui.domain.access import Actor, Permission, require
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import FIELD, Event
from atendimento_tui.domain.trail import UNIT, beneficiary_stream
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.texts import external as texts

LONGEST_FILE = 512 * 1024

_COLUMN = "external_systems"


@needs(Permission.USE)
def systems_text(desk: Desk) -> str:
    """The systems of the unit as TOML, to be changed and given back (`change_systems`)."""
    with reading(desk.engine) as connection:
        return _text(connection)


@needs(Permission.USE)
def systems(desk: Desk) -> tuple[rules.System, ...]:
    """The systems of the unit."""
    return rules.read_systems(systems_text(desk))


@needs(Permission.UNIT)
def change_systems(desk: Desk, path: Path, now: datetime) -> tuple[rules.System, ...]:
    """Take the systems of the unit from a TOML file. The same ones again change nothing.

    Numbers of a system that is not named any more stay with their tickets.

    Raises:
        Refused: The file cannot be read, or is wrong (`domain.external.read_systems`).
    """
    content = read_text(path, LONGEST_FILE).content
    found = rules.read_systems(content, str(path))
    with writing(desk.engine) as connection:
        advisory_lock(connection, "unidade")
        require_now(connection, desk, Permission.UNIT)
        before = _text(connection)
        if content != before:
            update_unit(connection, {_COLUMN: content})
            changes = {_COLUMN: (_names(before), _names(content))}
            trail.record(connection, UNIT, "sistemas", actor=desk.actor.person, at=now, changes=changes)
    return found


def _text(connection: Connection) -> str:
    return str(unit_columns(connection)[_COLUMN]) or texts.DEFAULT_SYSTEMS


def _names(text: str) -> str:
    return ", ".join(each.name for each in rules.read_systems(text))


def decided(work: UnitOfWork, change: Change) -> Outcome:
    """Add or remove a number, or record that a block was copied, in the transaction of the act.

    Raises:
        Refused: The unit has no such system; the number is wrong, is there already, or is gone; the role may not see
            what the block has of the beneficiary.
    """
    match change:
        case AddNumber(system, number):
            return _add(work, rules.system_named(rules.read_systems(_text(work.connection)), system).name, number)
        case RemoveNumber(number):
            return _remove(work, number)
        case CopyBlock(system):
            return _copied(work, rules.system_named(rules.read_systems(_text(work.connection)), system))


def _add(work: UnitOfWork, system: str, typed: str) -> Outcome:
    number = rules.checked_number(typed)
    keys = rules.system_key(system), rules.number_key(number)
    for own in numbers_of(work.connection, work.ticket_id):
        if (rules.system_key(own.system), rules.number_key(own.number)) == keys:
            raise Refused("numero_externo_ja", system=own.system, number=own.number)
    insert_number(work.connection, work.ticket_id, (system, number), keys, work.at)
    return Outcome(Event(rules.ADDED, work.at, work.actor, text=rules.event_text(system, number)))


def _remove(work: UnitOfWork, number: int) -> Outcome:
    own = number_of(work.connection, work.ticket_id, number)
    if own is None or own.field:
        raise Refused("numero_externo_sumiu")
    delete_number(work.connection, own.id)
    return Outcome(Event(rules.REMOVED, work.at, work.actor, text=rules.event_text(own.system, own.number)))


def _copied(work: UnitOfWork, system: rules.System) -> Outcome:
    """What is masked elsewhere is complete in a block, so the beneficiary's stream has who saw it, and why."""
    if not system.block:
        raise Refused("sistema_sem_bloco", name=system.name)
    person = work.before.beneficiary
    if person is not None and rules.hidden_words(system.block):
        require(Actor(work.actor, work.role), Permission.REVEAL_BENEFICIARY)
        why = texts.WHY_SEEN.format(system=system.name, protocol=work.before.protocol)
        changes = {"motivo": (None, why)}
        stream = beneficiary_stream(person)
        trail.record(work.connection, stream, "revelado", actor=work.actor, at=work.at, changes=changes)
    return Outcome(Event(rules.COPIED, work.at, work.actor, text=system.name))


def bind(work: UnitOfWork) -> None:
    """Keep the numbers of the fields that the process binds to a system (`sistema`) as the event has left them."""
    for rule in work.context.process.fields if work.context else ():
        if rule.system is None or f"{FIELD}{rule.key}" not in work.event.changes:
            continue
        delete_of_field(work.connection, work.ticket_id, rule.key)
        number = work.ticket.fields.get(rule.key, "")
        if key := rules.number_key(number):
            keys = rules.system_key(rule.system), key
            insert_number(work.connection, work.ticket_id, (rule.system, number), keys, work.event.at, rule.key)
