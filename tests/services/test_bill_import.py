"""Bank bills are imported as they are; a line that contradicts itself is named and left out."""

from datetime import date
from pathlib import Path

import pytest

from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.bills import bills_of
from atendimento_tui.data.queries.trail import events_of
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.trail import bills_stream
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.bill_import import import_bills
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.privacy import anonymise
from atendimento_tui.services.proof import prove
from tests.living import ANA, NOW, Living, rows
from tests.some_bills import bill, files, row

CPF, OTHER = "529.982.247-25", "111.444.777-35"
MARCH, APRIL = bill(date(2026, 3, 10), 12345), bill(date(2026, 4, 10), 12345)


@pytest.fixture
def person(desk: Desk) -> int:
    return add_beneficiary(desk, NOW, name="Maria D'Ávila", cpf=CPF).id


def imported(desk: Desk, folder: Path, *lines: str, trial: bool = False) -> tuple[int, int, int, list[tuple[int, str]]]:
    report = import_bills(desk, *files(folder, *lines), NOW, lambda *_: None, trial=trial)
    assert report.problems_count == len(report.problems)
    return report.new, report.changed, report.same, [(number, each.code) for number, each in report.problems]


def stored(desk: Desk, person: int) -> tuple[BillRow, ...]:
    with reading(desk.engine) as connection:
        return bills_of(connection, person)


def test_bills_are_imported_once_and_a_payment_changes_them(desk: Desk, person: int, tmp_path: Path) -> None:
    lines = (row(CPF, "03/2026", MARCH, "123,45", "10/03/2026"), row(CPF, "2026-04", APRIL, "R$ 123,45", "2026-04-10"))
    assert imported(desk, tmp_path, *lines, trial=True) == (2, 0, 0, [])
    assert stored(desk, person) == ()
    assert imported(desk, tmp_path, *lines) == (2, 0, 0, [])
    assert imported(desk, tmp_path, *lines) == (0, 0, 2, [])
    april, march = stored(desk, person)
    assert march == BillRow(person, "2026-03", MARCH.code, 12345, date(2026, 3, 10))
    assert (april.competence, april.due_on) == ("2026-04", date(2026, 4, 10))
    paid = row(CPF, "03/2026", MARCH, "123,45", "10/03/2026", "09/03/2026")
    assert imported(desk, tmp_path, paid) == (0, 1, 0, [])
    assert stored(desk, person)[1].paid_on == date(2026, 3, 9)
    with reading(desk.engine) as connection:
        first, second = events_of(connection, bills_stream(person))
    assert len(first.changes) == 2
    assert second.changes == {
        "boleto 1": (f"2026-03 {MARCH.code} 12345 2026-03-10 -", f"2026-03 {MARCH.code} 12345 2026-03-10 2026-03-09")
    }
    assert not prove(desk).faults


def test_a_line_that_contradicts_itself_is_named_and_the_others_are_imported(
    desk: Desk, person: int, tmp_path: Path
) -> None:
    wrong = APRIL.line[:9] + str((int(APRIL.line[9]) + 1) % 10) + APRIL.line[10:]
    assert imported(
        desk,
        tmp_path,
        row(CPF, "03/2026", MARCH, "123,46", "10/03/2026"),
        row(CPF, "03/2026", MARCH, "123,45", "11/03/2026"),
        f"{CPF};04/2026;{wrong};123,45;10/04/2026;",
        row(OTHER, "03/2026", MARCH, "123,45", "10/03/2026"),
        row("", "03/2026", MARCH, "123,45", "10/03/2026"),
        row(CPF, "13/2026", MARCH, "123,45", "10/03/2026"),
        row(CPF, "03/2026", MARCH, "123,45", ""),
        "só um campo",
        row(CPF, "03/2026", MARCH, "123,45", "10/03/2026"),
        row(CPF, "03/2026", MARCH, "123,45", "10/03/2026"),
    ) == (
        1,
        0,
        0,
        [
            (2, "boleto_valor"),
            (3, "boleto_vencimento"),
            (4, "campo_invalido_boleto"),
            (5, "boleto_pessoa_desconhecida"),
            (6, "boleto_sem_pessoa"),
            (7, "campo_invalido_competencia"),
            (8, "campo_vazio"),
            (9, "linha_incompleta"),
            (11, "boleto_repetido"),
        ],
    )
    assert [each.code for each in stored(desk, person)] == [MARCH.code]


def test_a_bill_stays_with_its_beneficiary(desk: Desk, person: int, tmp_path: Path) -> None:
    other = add_beneficiary(desk, NOW, name="Rui Reis", cpf=OTHER).id
    imported(desk, tmp_path, row(CPF, "03/2026", MARCH, "123,45", "10/03/2026"))
    _, _, _, problems = imported(desk, tmp_path, row(OTHER, "03/2026", MARCH, "123,45", "10/03/2026"))
    assert problems == [(2, "boleto_de_outro")]
    assert (len(stored(desk, person)), stored(desk, other)) == (1, ())


def test_a_date_of_either_cycle_is_right(desk: Desk, person: int, tmp_path: Path) -> None:
    old = bill(date(2007, 12, 31), 100)
    assert imported(desk, tmp_path, row(CPF, "12/2007", old, "1,00", "31/12/2007"))[0] == 1
    assert stored(desk, person)[0].due_on == date(2007, 12, 31)
    assert imported(desk, tmp_path, row(CPF, "12/2007", old, "1,00", "21/08/2032"))[1] == 1
    assert stored(desk, person)[0].due_on == date(2032, 8, 21)


def test_of_an_anonymised_person_no_bill_is_left_and_the_chain_holds(
    living: Living, person: int, tmp_path: Path
) -> None:
    desk = living.desk
    imported(desk, tmp_path, row(CPF, "03/2026", MARCH, "123,45", "10/03/2026"))
    assert rows(desk, "SELECT 1 FROM trail_value WHERE text LIKE ?", f"%{MARCH.code}%")
    anonymise(desk, person, "pedido da própria pessoa", NOW)
    assert stored(desk, person) == ()
    assert not rows(desk, "SELECT 1 FROM trail_value WHERE text LIKE ?", f"%{MARCH.code}%")
    assert not prove(desk).faults
    again = imported(desk, tmp_path, row(CPF, "03/2026", MARCH, "123,45", "10/03/2026"))
    assert again[3] == [(2, "boleto_pessoa_desconhecida")]


def test_a_map_must_say_whose_bills_they_are(desk: Desk, tmp_path: Path) -> None:
    listed, map_file = files(tmp_path)
    map_file.write_text(map_file.read_text("utf-8").replace('cpf = "CPF"', ""), "utf-8")
    with pytest.raises(Refused) as refused:
        import_bills(desk, listed, map_file, NOW, lambda *_: None)
    assert refused.value.code == "mapa_sem_pessoa"
    with pytest.raises(Refused) as refused:
        import_bills(desk.acting_as(Actor(ANA, Role.ATTENDANT)), listed, map_file, NOW, lambda *_: None)
    assert refused.value.code == "papel_nao_pode"
