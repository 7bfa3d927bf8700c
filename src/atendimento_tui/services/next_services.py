"""The services that continue an ended ticket, as a re-analysis continues a denial."""

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.intake import NextService
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.beneficiaries import beneficiary
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.process.schema import FieldRule, Process
from atendimento_tui.services import processes
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.visible import visible_ticket
from atendimento_tui.texts import formats


@needs(Permission.OPEN)
def next_services(desk: Desk, ticket_id: int) -> tuple[BeneficiaryRow | None, list[NextService]]:
    """The beneficiary of a ticket, and the services that continue it, those first that need the link.

    These are the services of its area that have a field with `liga`. A secret ticket is linked to none.

    Raises:
        Refused: There is no such ticket.
    """
    offered = processes.offered(desk)
    with reading(desk.engine) as connection:
        found = visible_ticket(connection, ticket_id)
        ticket = tickets.load(connection, ticket_id)
        assert ticket, "no ticket is ever deleted"
        former, about = desk.process_if_any(ticket.process, connection), beneficiary(connection, ticket.beneficiary)
    if former is None or found[0].is_secret:
        return about, []
    linking = [
        (each, rule) for each in offered if (rule := _linking(each.process, former, has_person=about is not None))
    ]
    return about, [
        NextService(each.version, each.process.name, rule.links, {rule.key: formats.protocol_groups(ticket.protocol)})
        for each, rule in sorted(linking, key=lambda pair: not pair[1].required)
    ]


def _linking(process: Process, former: Process, *, has_person: bool) -> FieldRule | None:
    """The field that takes the protocol of the former ticket; None if the service does not continue such a ticket."""
    if process.area != former.area or process.secrecy or (process.requester == "beneficiario" and not has_person):
        return None
    return next((rule for rule in process.fields if rule.links and not rule.later), None)
