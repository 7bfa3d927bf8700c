"""The register by command: written when somebody asks, and once a day by the sweep."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from atendimento_tui.services import processes
from tests.command.conftest import Call
from tests.living import audited
from tests.services.test_register import BEFORE, COLUMNS, SERVICE, entered, workbook


@pytest.fixture
def book(own_folders: Path, banco: Path) -> Path:
    """The workbook of the settings, which lacks a protocol."""
    file = workbook(own_folders / "Registro.xlsx", *BEFORE).file
    settings = own_folders / "home" / "xdg_config_home" / "atendimento" / "config.toml"
    settings.parent.mkdir(parents=True)
    columns = ", ".join(f'{letter} = "{fact}"' for letter, fact in COLUMNS.items())
    settings.write_text(f'[registro]\narquivo = "{file}"\ncolunas = {{ {columns} }}', "utf-8")
    path = own_folders / "entrega.toml"
    path.write_text(SERVICE, "utf-8")
    with audited(banco) as desk:
        processes.include_file(desk, path, make_groups=True)
        entered(desk, "Ana")
    return file


def last_number(book: Path) -> object:
    sheet = load_workbook(book)["Protocolos"]
    return sheet.cell(sheet.max_row, 1).value


def test_the_sweep_writes_the_register_of_the_day_once(call: Call, banco: Path, book: Path) -> None:
    mark = book.with_name(f"~${book.name}")
    mark.touch()
    result = call("--banco", banco, "varrer")
    assert (result.code, last_number(book)) == (0, 41)
    assert "está aberta em outro programa" in result.err
    assert "Cópia de segurança do dia feita" in result.err, "the rest of the sweep goes on"
    mark.unlink()
    result = call("--banco", banco, "varrer")
    assert (result.code, last_number(book)) == (0, 42)
    assert "1 protocolo escrito no registro" in result.err
    assert "É o nº 42, protocolo 123456.2026" in result.err
    before = book.read_bytes()
    assert "registro" not in call("--banco", banco, "varrer").err
    assert book.read_bytes() == before


def test_a_sweep_of_another_instant_writes_no_register(call: Call, banco: Path, book: Path) -> None:
    assert call("--banco", banco, "varrer", "--agora", "2026-03-04T15:00:00-03:00").code == 0
    assert last_number(book) == 41
