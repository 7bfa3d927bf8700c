"""The imported bank bills of beneficiaries: which there are, and which one is meant."""

import re

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries import bills
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.bills import Bill
from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.domain.process.values import masked_as, read_value
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.visible import visible_ticket

_MONTH = re.compile(r"[0-9]{1,2}[/.-]?[0-9]{4}|[0-9]{4}-[0-9]{2}")
_A_MONTH = FieldRule.model_validate({"chave": "competencia", "rotulo": "Competência", "tipo": "competencia"})


@needs(Permission.READ)
def bills_of_ticket(desk: Desk, ticket_id: int) -> tuple[BillRow, ...]:
    """The bills of the ticket's beneficiary, the newest month first.

    Raises:
        Refused: There is no such ticket; it has no beneficiary, or the beneficiary no bills.
    """
    with reading(desk.engine) as connection:
        visible_ticket(connection, ticket_id)
        ticket = tickets.load(connection, ticket_id)
        assert ticket, "no ticket is ever deleted"
        return _bills(connection, ticket)


def chosen_bill(connection: Connection, ticket: Ticket, rule: FieldRule, typed: str) -> str:
    """The bar code of the bill of the ticket's beneficiary that is meant.

    Args:
        typed: Its month, its line or its bar code.

    Raises:
        Refused: The beneficiary has no such bill, or it is paid; several are of that month.
    """
    found = _bills(connection, ticket)
    if _MONTH.fullmatch(typed.strip()):
        month = read_value(_A_MONTH, typed)
        meant = [each for each in found if each.competence == month]
        if not meant:
            known = ", ".join(dict.fromkeys(month_of(each) for each in found))
            raise Refused("boleto_sem_competencia", month=masked_as("competencia", month), known=known)
        meant = [each for each in meant if not each.paid_on] or meant
        if len(meant) > 1:
            raise Refused("boleto_varios", count=len(meant), month=month_of(meant[0]))
    else:
        code = read_value(rule, typed)
        meant = [each for each in found if each.code == code]
        if not meant:
            raise Refused("boleto_de_fora")
    [bill] = meant
    if bill.paid_on:
        raise Refused("boleto_pago", month=month_of(bill), paid=bill.paid_on)
    return bill.code


def known_bill(connection: Connection, code: str) -> BillRow | Bill:
    """What is known of a bill: as it was imported, or its digits."""
    found = bills.bills_with(connection, [code]).get(code)
    return found[1] if found else Bill(code)


def month_of(bill: BillRow) -> str:
    """The month of a bill as people read it."""
    return masked_as("competencia", bill.competence)


def _bills(connection: Connection, ticket: Ticket) -> tuple[BillRow, ...]:
    if ticket.beneficiary is None:
        raise Refused("boleto_sem_beneficiario", protocol=ticket.protocol)
    found = bills.bills_of(connection, ticket.beneficiary)
    if not found:
        raise Refused("boleto_nenhum")
    return found
