"""Names are sorted as in a Brazilian directory: accents and case do not matter, on both databases."""

from atendimento_tui.services import staff
from atendimento_tui.services.beneficiaries import add_beneficiary, find_beneficiaries
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.presence import Visit, others
from atendimento_tui.services.tickets import receivers
from tests.living import ANA, NOW, Living

ADDED = ("Íris Sá", "João Sá", "élcio Sá", "Zoé Sá")
SORTED = ["Ana Lima", "Bruno Castro", "Célia Prado", "élcio Sá", "Íris Sá", "João Sá", "Zoé Sá"]


def test_people_are_sorted_by_name(desk: Desk) -> None:
    for name in ADDED:
        staff.add_person(desk, {"name": name, "role": "atendente"}, NOW)
    assert [member.name for member in desk.info().members] == SORTED
    assert [each.name for each in receivers(desk, NOW) if each.owner] == SORTED
    assert [row.name for row in staff.staff(desk, NOW).people] == SORTED


def test_who_else_has_a_ticket_open_is_sorted_by_name(desk: Desk, living: Living) -> None:
    ticket = living.open()
    for name in ADDED:
        Visit(ticket).note(desk, staff.add_person(desk, {"name": name, "role": "atendente"}, NOW).id, NOW)
    assert list(others(desk, ticket, ANA, NOW)) == SORTED[3:]


def test_beneficiaries_are_sorted_by_name(desk: Desk) -> None:
    for name in ADDED:
        add_beneficiary(desk, NOW, name=name, born_on="1980-03-12")
    assert [found.name for found in find_beneficiaries(desk, "sá")] == SORTED[3:]
