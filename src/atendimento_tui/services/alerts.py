"""Alerts are shown to whom they are for until somebody of them acknowledges them, which is an act on the ticket."""

from dataclasses import replace
from datetime import datetime

from atendimento_tui.contracts.alerts import AlertRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.alerts import unseen_of
from atendimento_tui.data.repositories.alerts import mark_seen
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.deciding import decided
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.unit_of_work import UnitOfWork


@needs(Permission.USE)
def mine(desk: Desk, now: datetime) -> tuple[AlertRow, ...]:
    """The alerts that the acting person has not acknowledged, the newest first; none for the desk itself."""
    if desk.actor.person is None:
        return ()
    with reading(desk.engine) as connection:
        return tuple(unseen_of(connection, desk.actor.person, now))


@needs(Permission.COMMENT)
def acknowledge(desk: Desk, order: Order) -> ActDone:
    """Acknowledge the alerts of a ticket that are for the person, or for one of the person's groups.

    Raises:
        Refused: There is none.
    """

    def decide(work: UnitOfWork) -> Outcome:
        person = order.actor
        found = unseen_of(work.connection, person, work.at, ticket=work.ticket_id) if person is not None else []
        if not found:
            raise Refused("alerta_nenhum", protocol=work.before.protocol)
        mark_seen(work.connection, (each.id for each in found), work.at)
        return Outcome(Event("ciente", work.at, person))

    return decided(desk, replace(order, seen=None), Permission.COMMENT, decide)
