"""The table of procedures: imported, found, changed, proven."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.repositories.procedures import insert_procedures
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.domain.procedures import Procedure
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import procedures
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.procedure_import import import_procedures
from atendimento_tui.services.proof import prove
from tests.full import IN_FULL
from tests.living import ANA, NOW, rows

MAP = """nome = "Tabela da operadora"
[colunas]
codigo = "Código"
termo = "Termo"
tabela = "Tabela"
inicio = "Início"
fim = "Fim"
auditoria = "Auditoria"
"""
HEAD = "Tabela;Código;Termo;Início;Fim;Auditoria"
ECG = "22;40101010;ECG convencional de até 12 derivações;01/01/2020;;N"
SCREW = "19;70123456;Parafuso de titânio;;;"
KNEE = "22;30726034;Artroplastia total de joelho com implantes;;;sim"
OLD = "22;40101045;Teste ergométrico;01/01/2010;31/12/2020;"


def file(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "tabela.csv"
    path.write_bytes("\r\n".join((HEAD, *lines)).encode(encoding))
    (folder / "mapa.toml").write_text(MAP, "utf-8")
    return path


def imported(desk: Desk, path: Path, **options: bool) -> tuple[int, int, int, list[tuple[int, str]]]:
    report = import_procedures(desk, path, path.parent / "mapa.toml", NOW, lambda *_: None, **options)
    assert report.problems_count == len(report.problems)
    return report.new, report.changed, report.same, [(number, each.code) for number, each in report.problems]


def codes(desk: Desk, typed: str) -> list[str]:
    return [each.procedure.code for each in procedures.find_procedures(desk, typed, NOW)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_table_is_imported_once_and_only_what_changed_changes(desk: Desk, tmp_path: Path, encoding: str) -> None:
    path = file(tmp_path, ECG, SCREW, KNEE, encoding=encoding)
    assert imported(desk, path, trial=True) == (3, 0, 0, [])
    assert procedures.is_empty(desk)
    assert imported(desk, path) == (3, 0, 0, [])
    before = rows(desk, "SELECT * FROM procedure_code"), rows(desk, "SELECT * FROM trail_event")
    assert imported(desk, path) == (0, 0, 3, [])
    assert before == (rows(desk, "SELECT * FROM procedure_code"), rows(desk, "SELECT * FROM trail_event"))
    assert imported(desk, file(tmp_path, ECG, SCREW, KNEE.replace("sim", "não"))) == (0, 1, 2, [])
    knee = procedures.history(desk, "30726034")
    assert [(event.kind, event.changes.get("audit")) for event, _ in knee.events] == [
        ("incluido", (None, "sim")),
        ("alterado", ("sim", "nao")),
    ]
    assert not prove(desk).faults


def test_a_wrong_line_is_named_and_the_others_are_imported(desk: Desk, tmp_path: Path) -> None:
    wrong = (
        "22;4010;ECG;;;",
        "22;40101045;;;;",
        "77;40101045;Teste;;;",
        "22;40101045;Teste;31/02/2026;;",
        "22;40101045;Teste;;;talvez",
        "22;40101045",
        ECG,
    )
    assert imported(desk, file(tmp_path, ECG, *wrong, KNEE)) == (
        2,
        0,
        0,
        [
            (3, "procedimento_sem_codigo"),
            (4, "procedimento_sem_termo"),
            (5, "procedimento_sem_tabela"),
            (6, "procedimento_sem_dia"),
            (7, "procedimento_sem_sinal"),
            (8, "linha_incompleta"),
            (9, "procedimento_repetido"),
        ],
    )


def test_a_map_without_a_table_or_with_a_missing_column_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, ECG)
    for before, after, code in (
        ('tabela = "Tabela"\n', "", "mapa_sem_tabela"),
        ('"Termo"', '"Nome"', "colunas_faltando"),
        ("termo =", "palavra =", "mapa_invalido"),
    ):
        (tmp_path / "mapa.toml").write_text(MAP.replace(before, after), "utf-8")
        with pytest.raises(Refused) as refused:
            import_procedures(desk, path, tmp_path / "mapa.toml", NOW, lambda *_: None)
        assert refused.value.code == code
    assert procedures.is_empty(desk)


def test_each_keystroke_narrows_by_code_and_by_words_without_accents(desk: Desk, tmp_path: Path) -> None:
    imported(desk, file(tmp_path, ECG, SCREW, KNEE, OLD))
    assert codes(desk, "4") == []
    assert codes(desk, "40") == codes(desk, "401") == ["40101010", "40101045"], "in force first"
    assert codes(desk, "4010101") == ["40101010"]
    assert codes(desk, "ec") == ["40101010"]
    assert codes(desk, "DERIVACOES ecg") == ["40101010"]
    assert codes(desk, "titanio") == ["70123456"]
    assert codes(desk, "a") == codes(desk, "nada disso") == codes(desk, "%") == codes(desk, '"') == []
    assert [each.is_in_force for each in procedures.find_procedures(desk, "401", NOW)] == [True, False]


def test_a_typed_code_is_told_what_is_known_about_it(desk: Desk, tmp_path: Path) -> None:
    imported(desk, file(tmp_path, ECG, OLD))
    known = procedures.known_code(desk, "4.01.01.01-0", NOW)
    assert known is not None
    assert (known.procedure and known.procedure.term, known.warnings.wrong_digit) == (
        "ECG convencional de até 12 derivações",
        False,
    )
    over = procedures.known_code(desk, "40101045", NOW)
    assert over is not None
    assert over.warnings.no_more
    unknown = procedures.known_code(desk, "40101011", NOW)
    assert unknown is not None
    assert unknown.procedure is None
    assert unknown.warnings.unknown
    assert unknown.warnings.wrong_digit
    assert procedures.known_code(desk, "joelho", NOW) is None


def test_the_examples_never_replace_what_the_operator_has(desk: Desk, tmp_path: Path) -> None:
    imported(desk, file(tmp_path, ECG))
    new, same = procedures.include_examples(desk, NOW)
    assert same == 1
    assert procedures.include_examples(desk, NOW) == (0, new + same)
    assert procedures.history(desk, "40101010").procedure.source == "Tabela da operadora"
    assert procedures.history(desk, "30726034").procedure.source == "exemplo"


def test_a_changed_flag_is_the_operators_own_and_keeps_who_and_when(desk: Desk) -> None:
    procedures.include_examples(desk, NOW)
    ana = desk.acting_as(Actor(ANA, Role.SUPERVISOR))
    later = NOW + timedelta(days=1)
    changed, changes = procedures.change_procedure(ana, "40101010", {"audit": "Sim"}, later)
    assert (changed.audit, changed.source, changes["audit"]) == ("sim", "", ("nao", "sim"))
    assert procedures.change_procedure(ana, "40101010", {"audit": "s"}, later)[1] == {}
    event, who = procedures.history(desk, "40101010").events[-1]
    assert (event.at, who, event.kind) == (later, "Ana Lima", "alterado")
    for code, typed, why in (
        ("99999999", {"audit": "sim"}, "procedimento_desconhecido"),
        ("40101010", {"audit": "talvez"}, "procedimento_sem_sinal"),
        ("40101010", {}, "procedimento_sem_mudanca"),
    ):
        with pytest.raises(Refused) as refused:
            procedures.change_procedure(ana, code, typed, NOW)
        assert refused.value.code == why


def test_a_large_table_is_searched_by_its_index(desk: Desk, statements: list[tuple[str, Any]]) -> None:
    """Words in most terms are read only up to a limit, and procedures come before materials."""
    many = 68_000 if IN_FULL else 3_000
    screw = Procedure("19", "", "Parafuso cortical de titânio para fixação")
    new = [replace(screw, code=f"{70_000_000 + number}", term=f"{screw.term} {number}") for number in range(many)]
    with writing(desk.engine) as connection:
        insert_procedures(connection, [*new, Procedure("22", "30715180", "Fixação de coluna com parafuso")])
    assert codes(desk, "parafuso")[0] == "30715180"
    assert codes(desk, f"titanio {many - 1}") == [f"{70_000_000 + many - 1}"]
    del statements[:]
    assert len(codes(desk, "fixacao titanio")) == procedures.FOUND_AT_MOST
    looked_up = [(text, values) for text, values in statements if "procedure_code" in text]
    with reading(desk.engine) as connection:
        if not desk.file:  # a table of some thousand rows may be scanned as fast
            connection.exec_driver_sql("SET enable_seqscan = off")
        for text, values in looked_up:
            explain = "EXPLAIN QUERY PLAN " if desk.file else "EXPLAIN "
            plan = "\n".join(str(row) for row in connection.exec_driver_sql(explain + text, values))
            index = ("VIRTUAL TABLE INDEX", "USING INTEGER PRIMARY KEY") if desk.file else ("ix_procedure_code_search",)
            assert any(each in plan for each in (*index, "procedure_code_pkey")), plan
