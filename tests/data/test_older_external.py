"""The migration of numbers in other systems: an older desk has the usual systems, and its tickets take numbers."""

from atendimento_tui.contracts.external import AddNumber
from atendimento_tui.services import acts, external
from atendimento_tui.services.desk import open_desk
from atendimento_tui.services.tickets import ticket_view
from tests.databases import Databases
from tests.living import NOW, Living
from tests.older import make_older


def test_tickets_of_an_older_desk_take_numbers(databases: Databases) -> None:
    with databases.copied() as source:
        with open_desk(source, NOW) as desk:
            ticket = Living(desk).open()
        older = databases.new()
        try:
            make_older(source, older, "0038")
            with open_desk(older, NOW) as desk:
                assert [each.name for each in external.systems(desk)] == ["ERP Solus", "CRM"]
                acts.note_number(desk, Living(desk).order(ticket, request="new"), AddNumber("CRM", "7"))
                assert ticket_view(desk, NOW, ticket_id=ticket).external[0].number == "7"
        finally:
            databases.drop(older)
