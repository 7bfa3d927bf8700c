"""`importar boletos`: a dry run first, wrong lines by their number, the same file again changes nothing."""

from datetime import date
from pathlib import Path

from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.desk import open_desk
from tests.command.conftest import Call
from tests.living import NOW
from tests.some_bills import bill, files, row

CPF = "529.982.247-25"
MARCH = bill(date(2026, 3, 10), 12345)


def test_bills_are_imported_after_a_dry_run_and_wrong_lines_are_named(call: Call, banco: Path, tmp_path: Path) -> None:
    with open_desk(banco, NOW) as desk:
        add_beneficiary(desk, NOW, name="Maria D'Ávila", cpf=CPF)
    right, wrong = (row(CPF, "03/2026", MARCH, value, "10/03/2026") for value in ("123,45", "123,46"))
    listed, map_file = files(tmp_path, wrong, right)
    importing = ("--banco", banco, "--como", "Ana Lima", "importar", "boletos", listed, "--mapa", map_file)
    trial = call(*importing, "--simular")
    assert (trial.code, trial.out) == (1, "")
    assert "linha 2: O valor é R$ 123,46, e a linha digitável diz R$ 123,45." in trial.err
    assert "Seriam novos: 1. Mudariam: 0. Ficariam como estão: 0. Nada foi gravado." in trial.err
    assert "Boletos novos: 1. Mudados: 0. Como estavam: 0." in call(*importing).err
    files(tmp_path, right)
    again = call(*importing)
    assert (again.code, again.err) == (0, "Boletos novos: 0. Mudados: 0. Como estavam: 1.\n")
