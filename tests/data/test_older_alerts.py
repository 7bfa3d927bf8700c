"""The migration of alerts: those of an older desk are shown, unless their ticket has ended."""

from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.services import alerts, received
from atendimento_tui.services.desk import open_desk
from tests.databases import Databases
from tests.living import ANA, BRUNO, NOW, Living
from tests.older import make_older


def test_alerts_of_an_older_desk_are_shown_for_tickets_that_go_on(databases: Databases) -> None:
    with databases.copied() as source:
        with open_desk(source, NOW) as desk:
            living = Living(desk)
            ended, goes_on = living.open(), living.open()
            for ticket in (ended, goes_on):
                living.claim(ticket)
                received.receive_pasted(desk, living.order(ticket, BRUNO), None, "Zilá, por telefone", "Pode ser.")
            living.solve(ended)
        older = databases.new()
        try:
            make_older(source, older, "0046")
            with open_desk(older, NOW) as desk:
                shown = alerts.mine(desk.acting_as(Actor(ANA, Role.SUPERVISOR)), NOW)
                assert [each.ticket for each in shown] == [goes_on]
        finally:
            databases.drop(older)
