"""`atendimento diagnostico`: what a bug report needs, without personal data, also if the database cannot be opened."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from atendimento_tui.data import schema
from atendimento_tui.outputs import diagnosis as output
from atendimento_tui.services import diagnosis
from tests.command.conftest import Call
from tests.databases import Databases
from tests.living import NOW

NAMES_OF_DATA = "SELECT name FROM person UNION SELECT name FROM requester UNION SELECT subject FROM ticket"


def diagnosed(call: Call, database: str | Path) -> dict[str, Any]:
    result = call("--banco", database, "diagnostico", "--json")
    assert result.code == 0
    read: dict[str, Any] = json.loads(result.out)
    return read


def test_every_part_is_read_on_both_databases(databases: Databases) -> None:
    with databases.copied() as database:
        parts = {part.name: part for part in diagnosis.database_parts(database, NOW)}
    assert {name: part.problem for name, part in parts.items() if part.problem} == {}
    assert parts["esquema"].values == {"banco": schema.head(), "programa": schema.head()}
    assert parts["banco"].values["tipo"] == ("postgresql" if "://" in database else "sqlite")
    assert isinstance(parts["tabelas"].values["ticket_bytes"], int)
    assert parts["tabelas"].values["unit"] == 100
    assert parts["travas"].values == (
        {"concedidas": 0, "em_espera": 0} if "://" in database else {"livre_para_gravar": True}
    )


def test_a_diagnosis_has_no_personal_data(call: Call, banco: Path) -> None:
    with closing(sqlite3.connect(banco)) as raw:
        words = {row[0] for row in raw.execute(NAMES_OF_DATA) if row[0]}
        words |= {row[0] for row in raw.execute("SELECT protocol FROM ticket")}
        words |= {row[0] for row in raw.execute("SELECT name FROM unit")}
    words |= {str(banco), banco.name, str(banco.parent), os.uname().nodename}
    assert len(words) > 8
    for call_args in ((), ("--json",)):
        out = call("--banco", banco, "diagnostico", *call_args).out
        assert "Python".lower() in out.lower()
        assert [word for word in words if word in out] == []


def test_it_says_the_migration_the_journal_and_the_permissions(call: Call, banco: Path) -> None:
    banco.chmod(0o644)
    read = diagnosed(call, banco)
    assert read["banco"]["diario"] == "wal"
    assert read["arquivo"]["permissoes"] == "0644"
    assert read["arquivo"]["so_o_dono_abre"] is False
    text = call("--banco", banco, "diagnostico").out
    assert "Outras contas deste computador podem abrir o arquivo do banco" in text
    banco.chmod(0o600)
    assert "Outras contas" not in call("--banco", banco, "diagnostico").out


def test_rows_are_told_so_roughly_that_a_secret_ticket_does_not_show(call: Call, banco: Path) -> None:
    before = diagnosed(call, banco)["tabelas"]["ticket"]
    with closing(sqlite3.connect(banco)) as raw, raw:
        assert raw.execute("SELECT count(*) FROM ticket").fetchone()[0] == 6
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM ticket")
    assert diagnosed(call, banco)["tabelas"]["ticket"] == before == 100


def test_a_lock_of_another_process_is_told(call: Call, banco: Path) -> None:
    with closing(sqlite3.connect(banco, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert diagnosed(call, banco)["travas"] == {"livre_para_gravar": False}
        other.execute("ROLLBACK")
    assert diagnosed(call, banco)["travas"] == {"livre_para_gravar": True}


@pytest.mark.parametrize(
    ("content", "problem"), [(b"no database at all" * 100, "banco_nao_e_banco"), (None, "banco_inexistente")]
)
def test_a_database_that_cannot_be_opened_is_part_of_the_diagnosis(
    call: Call, tmp_path: Path, content: bytes | None, problem: str
) -> None:
    database = tmp_path / "mesa.db"
    if content is not None:
        database.write_bytes(content)
    read = diagnosed(call, database)
    assert read["banco"] == {"erro": problem}
    assert read["programa"]["python"]
    assert read["disco"]["livre_bytes"] > 0
    assert database.exists() == (content is not None)
    assert content is None or database.read_bytes() == content
    assert f"não foi possível ler: {problem}" in call("--banco", database, "diagnostico").out


def test_a_server_that_does_not_answer_is_part_of_the_diagnosis(call: Call) -> None:
    address = "postgresql+psycopg://ana:segredo@127.0.0.1:1/mesa"
    result = call("--banco", address, "diagnostico")
    assert result.code == 0
    assert "não foi possível ler: banco_sem_conexao" in result.out
    assert not any(word in result.out + result.err for word in ("ana:", "segredo", "127.0.0.1"))


def test_one_part_that_fails_leaves_the_others(call: Call, banco: Path) -> None:
    with closing(sqlite3.connect(banco)) as raw, raw:
        raw.execute("DROP TABLE copy")
    read = diagnosed(call, banco)
    assert "erro" in read["copias"]
    assert read["banco"]["tipo"] == "sqlite"
    assert read["esquema"]["banco"] == schema.head()


def test_it_is_saved_and_replaces_nothing(call: Call, banco: Path, tmp_path: Path) -> None:
    file = tmp_path / "relato.txt"
    result = call("--banco", banco, "diagnostico", "--salvar", file)
    assert (result.code, result.out) == (0, "")
    assert "Migração" in file.read_text("utf-8")
    assert call("--banco", banco, "diagnostico", "--salvar", file).code == 1
    data = tmp_path / "relato.json"
    assert call("--banco", banco, "diagnostico", "--json", "--salvar", data).code == 0
    assert json.loads(data.read_text("utf-8"))["programa"]


def test_faults_and_refusals_of_the_log_are_counted_by_kind(call: Call, banco: Path) -> None:
    for _ in range(3):
        assert call("--banco", banco, "ver", "999").code == 1
    shown = diagnosed(call, banco)["registro"]
    assert [value.split(" ")[0] for key, value in shown.items() if key.startswith("refused ")] == ["3"]


def test_every_part_has_a_title() -> None:
    parts = diagnosis.database_parts("/nowhere/at/all.db", NOW)
    assert [*output.as_lines(parts)][-1].strip() == "não foi possível ler: banco_inexistente"
