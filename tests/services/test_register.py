"""The register: the day's protocols are appended to the operator's workbook, in sequence, each once."""

import os
import signal
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import file_of
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.register import Layout, numbered, read_layout, run_of
from atendimento_tui.domain.words import Severity
from atendimento_tui.outputs import register_file
from atendimento_tui.services import intake, processes
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.register import write_if_due, write_register
from tests.databases import on_files
from tests.living import ANA, NOW, rows
from tests.services.crowd import write_register_and_die
from tests.warm import forking

SERVICE = """
chave = "entrega"
nome = "Entrega de documentos"
area = "operadora"

[[campos]]
chave = "erp"
rotulo = "Número no ERP"

[ao_abrir]
registra = true

[[etapas]]
chave = "fila"
nome = "Fila"
grupo = "Recepção"

[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
faz = { ir = "fim", registra = true }

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""

LOST = ("xl/vbaProject.bin", "xl/charts/chart1.xml", "xl/media/image1.png", "xl/pivotTables/pivotTable1.xml")

COLUMNS = {"A": "numero", "B": "data", "C": "protocolo", "D": "solicitante", "E": "campo.erp", "G": "servico"}


def workbook(path: Path, *rows_before: Sequence[object]) -> Layout:
    """A workbook of the operator, with a title, a heading and styled rows."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Protocolos"
    sheet.append(["Protocolos do balcão"])
    sheet.append(["Nº", "Data", "Protocolo", "Solicitante", "ERP", "Obs.", "Serviço"])
    for row in rows_before:
        sheet.append(list(row))
    for cell in sheet[sheet.max_row]:
        cell.font = Font(name="Arial", size=9, italic=True)
    sheet["H1"] = "=COUNTA(C3:C999)"
    book.create_sheet("Ramais").append(["Cadastro", 204])
    book.save(path)
    return Layout(path, "Protocolos", COLUMNS)


MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001 - as a spreadsheet stores a day

BEFORE = ([41, date(2026, 2, 27), "123456.20260227.000009", "Rui", "9", None, "Entrega de documentos"],)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return workbook(tmp_path / "Registro do balcão.xlsx", *BEFORE)


@pytest.fixture
def offered(desk: Desk, tmp_path: Path) -> Desk:
    path = tmp_path / "entrega.toml"
    path.write_text(SERVICE, "utf-8")
    processes.include_file(desk, path, make_groups=True)
    return desk


def cells(layout: Layout) -> list[list[object]]:
    """The rows of the register below its heading."""
    sheet: Any = load_workbook(layout.file)[layout.sheet]
    return [[cell.value for cell in row[:7]] for row in sheet.iter_rows(min_row=3)]


def entered(desk: Desk, name: str, now: datetime = NOW, erp: str = "") -> str:
    """A finished intake; returns its protocol."""
    [service] = [each for each in processes.offered(desk) if each.key == "entrega"]
    begun = intake.begin(desk, service.version, ANA, f"begin-{name}", now)
    details = intake.Intake(Severity.MEDIUM, name, "", "balcão", None, {"erp": erp})
    return intake.finish(desk, Order(begun.ticket, ANA, f"finish-{name}", now), details).protocol


def grouped(protocol: str) -> str:
    return f"{protocol[:6]}.{protocol[6:14]}.{protocol[14:]}"


def test_the_protocols_of_the_day_are_appended_in_sequence_and_each_once(offered: Desk, layout: Layout) -> None:
    first, second = entered(offered, "Maria Conceição", erp="0077"), entered(offered, "=cmd|' /C calc'!A0")
    run = write_register(offered, layout, NOW)
    assert [row.protocol for row in run.written] == [first, second]
    assert cells(layout)[1:] == [
        [42, MONDAY, grouped(first), "Maria Conceição", "0077", None, "Entrega de documentos"],
        [43, MONDAY, grouped(second), "=cmd|' /C calc'!A0", None, None, "Entrega de documentos"],
    ]
    assert write_register(offered, layout, NOW).written == ()
    assert len(cells(layout)) == 3


def test_texts_are_no_formulas_and_the_style_of_the_last_row_is_kept(offered: Desk, layout: Layout) -> None:
    entered(offered, "=SOMA(A1)")
    write_register(offered, layout, NOW)
    book: Any = load_workbook(layout.file)
    sheet = book["Protocolos"]
    assert [(sheet[f"{letter}4"].data_type, sheet[f"{letter}4"].font.italic) for letter in "CD"] == [("s", True)] * 2
    assert sheet["C4"].value.startswith("123456.")
    assert sheet["B4"].is_date
    assert (sheet["H1"].value, book["Ramais"]["B1"].value) == ("=COUNTA(C3:C999)", 204)


def test_what_comes_after_the_run_of_the_day_is_written_on_the_next(offered: Desk, layout: Layout) -> None:
    entered(offered, "Ana")
    write_register(offered, layout, NOW)
    late = entered(offered, "Bia", NOW + timedelta(hours=1))
    again = write_register(offered, layout, NOW + timedelta(hours=2))
    assert (again.written, again.later) == ((), 1)
    tomorrow = write_register(offered, layout, NOW + timedelta(days=1))
    assert [(row.number, row.protocol) for row in tomorrow.written] == [(43, late)]
    assert [row[0] for row in cells(layout)] == [41, 42, 43]


def days_later(days: float) -> datetime:
    return NOW + timedelta(days=days)


def test_by_itself_a_run_takes_the_days_before_and_runs_once_a_day(offered: Desk, layout: Layout) -> None:
    first = entered(offered, "Ana")
    assert write_if_due(offered, layout, days_later(0.1)) is None  # the day is not over
    second = entered(offered, "Bia", days_later(1))
    run = write_if_due(offered, layout, days_later(1))
    assert run
    assert [(row.number, row.protocol) for row in run.written] == [(42, first)]
    assert write_if_due(offered, layout, days_later(1.2)) is None
    asked = write_register(offered, layout, days_later(1.2))  # the run of this day is another one
    assert [(row.number, row.protocol) for row in asked.written] == [(43, second)]
    late = entered(offered, "Caio", days_later(1.3))
    assert write_if_due(offered, layout, days_later(2)) is None  # once a day: it was asked for
    assert write_if_due(offered, layout, days_later(3))
    assert [row[2] for row in cells(layout)][1:] == [grouped(each) for each in (first, second, late)]
    by = rows(offered, "SELECT actor_id FROM trail_event WHERE area = 'registro' ORDER BY seq")
    assert by == [(None,), (offered.actor.person,), (None,)]


def test_at_an_hour_it_takes_the_day_itself(offered: Desk, layout: Layout) -> None:
    at_six = replace(layout, hour=time(18))
    first = entered(offered, "Ana")
    at = datetime(2026, 3, 2, 18, tzinfo=offered.zone)
    assert write_if_due(offered, at_six, at - timedelta(minutes=1)) is None
    entered(offered, "Bia", at)
    run = write_if_due(offered, at_six, at)
    assert run
    assert [row.protocol for row in run.written] == [first]


def test_after_a_failure_nothing_is_lost_and_the_next_look_writes(offered: Desk, layout: Layout) -> None:
    protocol = entered(offered, "Ana")
    mark = layout.file.with_name(f"~${layout.file.name}")
    mark.touch()
    with pytest.raises(Refused) as refused:
        write_if_due(offered, layout, days_later(1))
    assert refused.value.code == "registro_aberto"
    mark.unlink()
    with register_file.opened(layout):
        assert write_if_due(offered, layout, days_later(1)) is None  # another run writes
    run = write_if_due(offered, layout, days_later(1))
    assert run
    assert [row.protocol for row in run.written] == [protocol]


def test_a_held_desk_and_the_demonstration_write_nothing_by_themselves(offered: Desk, layout: Layout) -> None:
    entered(offered, "Ana")
    before = layout.file.read_bytes()
    for change in ("is_demo = true", f"is_demo = false, restored_at = '{NOW:%Y-%m-%d %H:%M:%S.%f}'"):
        with offered.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE unit SET {change}")  # noqa: S608
        assert write_if_due(offered, layout, days_later(1)) is None
    assert layout.file.read_bytes() == before


@pytest.mark.parametrize("hour", [time(0), time(8, 30), time(18), time(23, 59)])
@given(minutes=st.integers(0, 100_000))
def test_the_last_run_is_in_the_past_and_less_than_a_day_ago(hour: time, minutes: int) -> None:
    local = datetime(2026, 3, 1, tzinfo=ZoneInfo("America/Sao_Paulo")) + timedelta(minutes=minutes)
    until, day = run_of(local, hour)
    assert timedelta(0) <= local - until < timedelta(days=1)
    assert until.time() == hour
    assert day == (until - timedelta(microseconds=1)).date() or (hour and day == until.date())


def test_a_trial_changes_neither_the_workbook_nor_the_desk(offered: Desk, layout: Layout) -> None:
    protocol, before = entered(offered, "Ana"), layout.file.read_bytes()
    run = write_register(offered, layout, NOW, trial=True)
    assert [(row.number, row.protocol) for row in run.written] == [(42, protocol)]
    assert layout.file.read_bytes() == before
    assert rows(offered, "SELECT count(*) FROM register_entry WHERE number IS NOT NULL") == [(0,)]


def test_the_workbook_before_the_day_is_kept_beside_it(offered: Desk, layout: Layout) -> None:
    before = layout.file.read_bytes()
    entered(offered, "Ana")
    run = write_register(offered, layout, NOW)
    assert run.backup
    assert Path(run.backup).read_bytes() == before
    assert Path(run.backup).name == "Registro do balcão 2026-03-02.xlsx"


def test_a_protocol_that_stands_in_the_workbook_already_is_not_written_again(offered: Desk, layout: Layout) -> None:
    protocol = entered(offered, "Ana")
    by_hand = workbook(layout.file, *BEFORE, [42, date(2026, 3, 2), protocol, "Ana", "", None, "Entrega"])
    run = write_register(offered, by_hand, NOW)
    assert (run.written, run.found) == ((), (protocol,))
    assert len(cells(by_hand)) == 2


@on_files
@pytest.mark.parametrize("where", ["before the workbook", "after the workbook"])
def test_after_a_kill_the_next_run_writes_the_same_cells(offered: Desk, layout: Layout, where: str) -> None:
    protocols = [entered(offered, name) for name in ("Ana", "Bia")]
    process = forking().Process(
        target=write_register_and_die, args=(str(file_of(offered.engine.url)), layout, NOW, where)
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    written = 1 if where == "before the workbook" else 3
    assert len(cells(layout)) == written
    later = entered(offered, "Caio", NOW + timedelta(hours=1))
    write_register(offered, layout, NOW + timedelta(hours=2))
    assert [row[0] for row in cells(layout)] == [41, 42, 43]
    assert [row[2] for row in cells(layout)][1:] == [grouped(each) for each in protocols]
    write_register(offered, layout, NOW + timedelta(days=1))
    assert cells(layout)[-1][:3] == [44, MONDAY, grouped(later)]


def refusal(desk: Desk, layout: Layout) -> str:
    before = layout.file.read_bytes() if layout.file.is_file() else b""
    with pytest.raises(Refused) as refused:
        write_register(desk, layout, NOW)
    assert (layout.file.read_bytes() if layout.file.is_file() else b"") == before
    assert rows(desk, "SELECT count(*) FROM register_entry WHERE written_at IS NOT NULL") == [(0,)]
    return refused.value.code


@on_files
def test_a_workbook_that_cannot_be_used_is_refused_and_unchanged(offered: Desk, layout: Layout) -> None:
    entered(offered, "Ana")
    for mark in ("~$Registro do balcão.xlsx", ".~lock.Registro do balcão.xlsx#"):
        layout.file.with_name(mark).touch()
        assert refusal(offered, layout) == "registro_aberto"
        layout.file.with_name(mark).unlink()
    assert refusal(offered, Layout(layout.file, "Outra", COLUMNS)) == "registro_sem_planilha"
    assert refusal(offered, Layout(layout.file.with_name("falta.xlsx"), "", COLUMNS)) == "registro_inexistente"
    with register_file.opened(layout):
        assert refusal(offered, layout) == "registro_em_uso"
    layout.file.write_text("Nº;Protocolo")
    assert refusal(offered, layout) == "registro_nao_planilha"


@on_files
@pytest.mark.parametrize("part", LOST)
def test_a_workbook_with_what_would_be_lost_is_refused_by_its_name(offered: Desk, layout: Layout, part: str) -> None:
    entered(offered, "Ana")
    with zipfile.ZipFile(layout.file, "a") as archive:
        archive.writestr(part, b"x")
    before = layout.file.read_bytes()
    with pytest.raises(Refused) as refused:
        write_register(offered, layout, NOW)
    assert (refused.value.code, refused.value.values["parts"]) == ("registro_perderia", part)
    assert layout.file.read_bytes() == before


@on_files
def test_a_workbook_that_was_changed_meanwhile_keeps_the_change(offered: Desk, layout: Layout) -> None:
    entered(offered, "Ana")
    with register_file.opened(layout) as book:
        workbook(layout.file, *BEFORE, [42, date(2026, 3, 1), "1", "Rui", "9", None, "x"])
        os.utime(layout.file, ns=(1, 1))
        with pytest.raises(Refused) as refused:
            book.append((), date(2026, 3, 2))
    assert refused.value.code == "registro_mudou"
    assert len(cells(layout)) == 2


@on_files
def test_a_table_and_a_filter_end_at_the_new_last_row(offered: Desk, layout: Layout) -> None:
    book: Any = load_workbook(layout.file)
    book["Protocolos"].add_table(Table(displayName="Registro", ref="A2:G3"))
    book.save(layout.file)
    entered(offered, "Ana")
    write_register(offered, layout, NOW)
    assert load_workbook(layout.file)["Protocolos"].tables["Registro"].ref == "A2:G4"


def test_numbers_ascend_with_the_protocols_and_have_no_gap() -> None:
    assert numbered([(7, "20260302000003"), (9, "20260302000001")], 41) == {9: 42, 7: 43}
    assert numbered([], 41) == {}


def test_a_secret_service_does_not_enter_the_register() -> None:
    with pytest.raises(ProcessError) as error:
        read_process('sigilo = "Recepção"\n' + SERVICE)
    assert error.value.code == "processo_sigilo_registro"


@pytest.mark.parametrize(
    ("section", "code"),
    [
        (None, "registro_sem_ajuste"),
        ({"arquivo": "x.xlsx"}, "registro_sem_arquivo"),
        ({"arquivo": "/x.ods"}, "registro_nao_xlsx"),
        ({"arquivo": "/x.xlsx"}, "registro_sem_colunas"),
        ({"arquivo": "/x.xlsx", "colunas": {"1": "numero"}}, "registro_coluna"),
        ({"arquivo": "/x.xlsx", "colunas": {"A": "cpf"}}, "registro_fato"),
        ({"arquivo": "/x.xlsx", "colunas": {"A": "numero"}}, "registro_falta_coluna"),
        ({"arquivo": "/x.xlsx", "planilha": 1, "colunas": {"A": "numero"}}, "registro_planilha"),
        ({"arquivo": "/x.xlsx", "hora": "8h", "colunas": {"A": "numero", "B": "protocolo"}}, "registro_hora"),
        ({"arquivo": "/x.xlsx", "hora": 18, "colunas": {"A": "numero", "B": "protocolo"}}, "registro_hora"),
    ],
)
def test_a_wrong_setting_is_refused(section: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_layout(section, "config.toml")
    assert refused.value.code == code
