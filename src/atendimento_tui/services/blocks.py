"""The block of a ticket for another system, to be pasted there in the order of its screen."""

from atendimento_tui.contracts.external import CopyBlock
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import beneficiaries
from atendimento_tui.data.queries.external import numbers_of
from atendimento_tui.data.queries.people import requester_name
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain import external as rules
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.beneficiaries import ITEMS
from atendimento_tui.domain.process.record import shown_item
from atendimento_tui.domain.process.values import shown
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import folded
from atendimento_tui.services import acts, external
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.record_updates import asked_changes, lines_of
from atendimento_tui.texts import words


@needs(Permission.NUMBER)
def copy_block(desk: Desk, order: Order, system: str) -> tuple[ActDone, str]:
    """The block for a system. That it was copied is an event of the ticket.

    Raises:
        Refused: The unit has no such system, or it has no block; the role may not see what the block has of the
            beneficiary.
    """
    found = rules.system_named(external.systems(desk), system)
    done = acts.note_number(desk, order, CopyBlock(found.name))
    return done, rules.filled_block(found, _facts(desk, order.ticket, found))


def _facts(desk: Desk, number: int, system: rules.System) -> dict[str, str]:
    with reading(desk.engine) as connection:
        ticket = tickets.load(connection, number)
        if ticket is None:
            raise Refused("fora_de_vista")
        process = desk.process_if_any(ticket.process, connection)
        about = beneficiaries.record(connection, ticket.beneficiary) if ticket.beneficiary is not None else None
        holder = beneficiaries.record(connection, about.holder) if about and about.holder else None
        own = [each.number for each in numbers_of(connection, number) if _is(each.system, system.name)]
        requester = requester_name(connection, ticket.requester)
        changes = asked_changes(connection, process, ticket, complete=True) if process else []
    values = {**about.values, "holder": holder.name if holder else about.name} if about else {}
    answers = {rule.key: shown(rule, ticket.fields.get(rule.key, "")) for rule in process.fields} if process else {}
    return {
        **answers,
        **{f"{rules.OF_BENEFICIARY}{item.word}": shown_item(item.key, values[item.key]) for item in ITEMS if values},
        rules.CHANGES: lines_of(changes),
        rules.NUMBER: ", ".join(own),
        "protocolo": ticket.protocol,
        "servico": process.name if process else "",
        "assunto": ticket.subject,
        "canal": ticket.channel,
        "solicitante": requester,
        "beneficiario": about.name if about else "",
        "etapa": ticket.step_name,
        "criticidade": words.SEVERITY[ticket.severity],
        "unidade": desk.unit.name,
    }


def _is(name: str, other: str) -> bool:
    return folded(name) == folded(other)
