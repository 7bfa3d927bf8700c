"""The migration of records: people of an older desk keep their data and are found as in a new one."""

from atendimento_tui.services import beneficiaries
from atendimento_tui.services.desk import open_desk
from tests.databases import Databases
from tests.living import NOW
from tests.older import make_older


def test_people_of_an_older_desk_are_found_by_name_and_number_and_can_be_changed(databases: Databases) -> None:
    with databases.copied() as source:
        with open_desk(source, NOW) as desk:
            person = beneficiaries.add_beneficiary(
                desk, NOW, name="José D'Ávila Sant'Anna", cpf="529.982.247-25", card="0012345678", phone="11 98765-4321"
            )
        older = databases.new()
        try:
            make_older(source, older, "0031")
            with open_desk(older, NOW) as desk:
                for typed in ("jose davila", "santanna", "529.982", "0012", "98765-4321", "jo"):
                    assert beneficiaries.find_beneficiaries(desk, typed) == [person], typed
                view = beneficiaries.change_record(desk, person.id, {"social_name": "Josi", "uf": "SP"}, NOW)
                assert (view.record.version, view.record.name) == (2, "Josi")
                assert [each.name for each in beneficiaries.find_beneficiaries(desk, "josi")] == ["Josi"]
        finally:
            databases.drop(older)
