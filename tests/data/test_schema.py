"""The tables: created by migrations, migrated after a backup copy, and never changed in another database."""

import errno
import hashlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Index, MetaData, event
from sqlmodel import SQLModel

from atendimento_tui.data import copy_file, schema
from atendimento_tui.data.backend import sqlite
from atendimento_tui.data.engine import DatabaseUnavailable, make_engine, reading, url_of, writing
from atendimento_tui.domain.acts import hours
from atendimento_tui.domain.words import ClockKind
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.refusals import refusal_of
from atendimento_tui.services.setup import create_desk, new_database
from tests.databases import Databases, OnServer, on_files
from tests.living import NOW, Living, answers, audited, copy_of, rows, whole
from tests.migrated import migrated_once
from tests.servers import connected

TODAY = schema.head()

TOMORROW = """
import sqlalchemy as sa
from alembic import op

revision = "tomorrow"
down_revision = "HEAD"


def upgrade():
    op.add_column("unit", sa.Column("motto", sa.String(), nullable=True))
    op.execute("UPDATE unit SET motto = name")
"""


@pytest.fixture
def file(new_desk_file: Path, tmp_path: Path) -> Path:
    """A desk's file, closed."""
    return copy_of(new_desk_file, tmp_path)


def refused(database: Path | str) -> DatabaseUnavailable:
    with pytest.raises(DatabaseUnavailable) as raised:
        open_desk(database, NOW).close()
    return raised.value


def contents(folder: Path) -> dict[str, str]:
    """What the folder holds, byte by byte."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def test_the_migrations_create_the_tables_of_the_models(desk: Desk) -> None:
    with reading(desk.engine) as connection:
        options = {"compare_server_default": True, "include_name": _is_modelled}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, modelled_for(connection.dialect.name)) == []


def _is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """The internal tables of SQLite's search indexes are ignored."""
    own = ("ticket_search", "beneficiary_search", "procedure_code_search")
    return kind != "table" or not str(name).startswith(own)


def modelled_for(dialect: str) -> MetaData:
    """The models, without the indexes that are another database's, which Alembic does not know to be so."""
    metadata = MetaData()
    for table in SQLModel.metadata.sorted_tables:
        copy = table.to_metadata(metadata)
        copy.indexes.clear()
        for index in table.indexes:
            if not index._ddl_if or index._ddl_if.dialect == dialect:  # noqa: SLF001 - SQLAlchemy has no public name for it
                Index(index.name, *(copy.c[column.name] for column in index.columns), unique=index.unique)
    return metadata


def test_files_of_tests_have_the_tables_that_the_migrations_create(tmp_path: Path) -> None:
    def content(path: Path) -> dict[str, object]:
        with closing(sqlite3.connect(path)) as raw:
            master = raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
            tables = [name for kind, name, *_ in master if kind == "table"]
            return {"master": master} | {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608

    made = [tmp_path / "migrated.db", tmp_path / "copied.db"]
    with migrated_once():  # which migrates the first file
        for path in made:
            with new_database(path):
                pass
    assert content(made[0]) == content(made[1])


def test_servers_of_tests_have_the_tables_that_the_migrations_create(server: OnServer) -> None:
    own = "pronamespace = 'public'::regnamespace"
    described = (
        "SELECT table_name, ordinal_position, column_name, data_type, column_default, is_nullable"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        f"SELECT pg_get_functiondef(oid) FROM pg_proc WHERE {own} AND prokind = 'f' AND probin IS NULL",  # noqa: S608
        "SELECT sequencename, last_value FROM pg_sequences",
        "SELECT extname FROM pg_extension",
    )

    def content(database: str) -> list[list[str]]:
        with connected(database) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            queries = [*described, *(f"TABLE {name}" for (name,) in sorted(tables))]
            return [sorted(map(str, connection.execute(query.encode()).fetchall())) for query in queries]

    made = [server.new(), server.new()]
    with migrated_once():  # which migrates the first database
        for database in made:
            with new_database(database):
                pass
    [migrated, copied] = map(content, made)
    assert migrated == copied
    assert len(migrated[0]) > 100
    for database in made:
        server.drop(database)


@on_files
def test_the_indexes_of_the_open_tickets_are_as_partial_as_in_the_models(desk: Desk) -> None:
    """What `compare_metadata` ignores."""
    fresh = make_engine(url_of(Path(str(desk.engine.url.database)).with_name("fresh.db")))
    with writing(fresh) as connection:
        SQLModel.metadata.create_all(connection)
    query = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
    with reading(fresh) as connection:
        modelled = [tuple(row) for row in connection.exec_driver_sql(query)]
    fresh.dispose()
    assert rows(desk, query) == modelled
    assert sum("WHERE is_open = 1" in sql for _, sql in modelled) == 4


def test_the_newest_migration_is_the_head_of_alembic() -> None:
    assert ScriptDirectory(str(schema._MIGRATIONS)).get_heads() == [schema.head()]  # noqa: SLF001 - the folder of the migrations


def test_a_current_desk_is_opened_without_alembic_and_without_a_copy(file: Path) -> None:
    before = contents(file.parent)
    desk = open_desk(file, NOW)
    assert desk.copy is None
    desk.close()
    assert contents(file.parent) == before


@on_files
@pytest.mark.usefixtures("synced")
def test_connections_have_the_documented_settings(desk: Desk) -> None:
    actual = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000}
    with writing(desk.engine) as connection:
        for pragma, value in actual.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


# A database that is no desk, or of a newer version, is refused and not changed.


def test_a_database_that_is_no_desk_is_refused_and_not_changed(file: Path, tmp_path: Path) -> None:
    others = tmp_path / "others"
    others.mkdir()
    (others / "text.db").write_text("Prezados, segue em anexo o banco.\n" * 100, "utf-8")
    (others / "empty.db").touch()
    alter(others / "foreign.db", "CREATE TABLE clients (id INTEGER)")
    alter(
        others / "alembics.db",
        "CREATE TABLE alembic_version (version_num)",
        "INSERT INTO alembic_version VALUES ('1a2b')",
    )
    alter(Path(shutil.copy(file, others / "newer.db")), "UPDATE alembic_version SET version_num = '9999'")
    alter(Path(shutil.copy(file, others / "unversioned.db")), "DELETE FROM alembic_version")
    alter(Path(shutil.copy(file, others / "unitless.db")), "DELETE FROM unit")
    before = contents(others)
    actual = {path.name: refused(path).code for path in sorted(others.iterdir())}
    assert actual == {
        "alembics.db": "banco_alheio",
        "empty.db": "banco_vazio",
        "foreign.db": "banco_alheio",
        "newer.db": "banco_mais_novo",
        "text.db": "banco_nao_e_banco",
        "unitless.db": "banco_vazio",
        "unversioned.db": "banco_alheio",
    }
    assert contents(others) == before


def test_a_newer_version_is_reported(file: Path) -> None:
    alter(file, "UPDATE alembic_version SET version_num = '9999'")
    assert refused(file).values == {"revision": "9999"}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nowhere/desk.db", "banco_inexistente"),
        (".", "banco_e_pasta"),
        ("mysql://user:secret@host/desk", "banco_desconhecido"),
        ("://", "banco_sem_endereco"),
        ("sqlite://", "banco_sem_endereco"),
        ("sqlite:///:memory:", "banco_sem_endereco"),
        (":memory:", "banco_sem_endereco"),
        ("postgresql://host:port/desk", "banco_sem_endereco"),
        ("\udcff.db", "banco_sem_endereco"),
    ],
)
def test_an_invalid_address_is_refused(
    address: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refusal = refused(address)
    assert refusal.code == code
    assert "secret" not in str(refusal.values)
    if code != "banco_inexistente":
        with pytest.raises(DatabaseUnavailable) as told_again:
            create_desk(address, answers(), NOW)
        assert told_again.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_file_may_be_given_as_a_url(file: Path) -> None:
    with audited(file) as desk:
        assert desk.unit.name == "Unidade Centro"
    desk = open_desk(f"sqlite:///{file}", NOW)
    assert desk.unit.name == "Unidade Centro"
    desk.close()


def test_a_damaged_page_is_reported_as_damage(file: Path) -> None:
    alter(file, "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE")
    size = file.stat().st_size
    with file.open("r+b") as raw:
        raw.seek(4096)
        raw.write(b"\xa5" * (size - 4096))
    refusal = refused(file)
    assert (refusal.code, refusal.values["path"]) == ("banco_danificado", str(file))


# A desk that cannot be written. (Root may write everywhere, so SQLite is made to refuse.)


@pytest.fixture
def unwritable(file: Path) -> Iterator[Desk]:
    with audited(file) as desk:
        desk.engine.dispose()
        event.listen(desk.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only = ON"))
        yield desk


def test_a_read_only_file_is_read_and_reported_when_written(unwritable: Desk) -> None:
    assert unwritable.info().unit.name == "Unidade Centro"
    with pytest.raises(Exception, match="readonly") as raised:
        Living(unwritable).open()
    refusal = refusal_of(raised.value)
    assert refusal
    assert refusal[0] == "banco_so_leitura"


@on_files
def test_a_full_disk_is_reported_and_loses_nothing(desk: Desk) -> None:
    Living(desk).open()
    before = rows(desk, "SELECT * FROM ticket"), rows(desk, "SELECT * FROM event")
    desk.engine.dispose()

    def no_room(raw: sqlite3.Connection, _: Any) -> None:
        raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0]}")

    event.listen(desk.engine, "connect", no_room)
    living = Living(desk)
    living.requests = iter(range(100, 200))
    with pytest.raises(Exception, match="full") as raised:
        living.comment(1, "x" * 60_000)  # a text of a person has 64 KiB at most
    refusal = refusal_of(raised.value)
    assert refusal
    assert refusal[0] == "disco_cheio"
    assert (rows(desk, "SELECT * FROM ticket"), rows(desk, "SELECT * FROM event")) == before


def test_a_fault_of_the_program_is_not_a_refusal() -> None:
    assert refusal_of(ValueError("x")) is None
    assert refusal_of(OSError("x")) is None


def test_a_file_that_cannot_be_written_is_reported_by_name(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory") as raised:
        (tmp_path / "nowhere" / "file.csv").open("w")
    assert refusal_of(raised.value) == (
        "arquivo_nao_grava",
        {"path": str(tmp_path / "nowhere" / "file.csv"), "detail": errno.ENOENT},
    )


# Concurrent access to the file.


@on_files
def test_a_write_waits_for_the_lock_and_is_refused_after_its_timeout(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCK_TIMEOUT_S", 0.1)
    living = Living(desk)
    ticket = living.open()
    with closing(sqlite3.connect(str(desk.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailable) as raised:
            living.comment(ticket)
        assert raised.value.code == "banco_ocupado"
        assert len(rows(desk, "SELECT 1 FROM event")) == 1
        other.execute("ROLLBACK")
    assert living.comment(ticket).version == 2


def test_readers_do_not_wait_for_a_writer(desk: Desk) -> None:
    Living(desk).open()
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE unit SET name = 'Outra'")
        assert open_and_name(desk) == "Unidade Centro"
    assert open_and_name(desk) == "Outra"


def open_and_name(desk: Desk) -> str:
    with open_desk(desk.engine.url.render_as_string(hide_password=False), NOW) as other:
        return other.unit.name


def test_a_failed_write_is_rolled_back_completely(desk: Desk) -> None:
    def half() -> None:
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("UPDATE unit SET name = 'Outra'")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        half()
    assert open_and_name(desk) == "Unidade Centro"


# Migration of an older desk.


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newer version of the program, with one more migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))  # noqa: SLF001 - the folder of the migrations
    (folder / "versions" / "tomorrow.py").write_text(TOMORROW.replace("HEAD", TODAY), "utf-8")
    monkeypatch.setattr(schema, "_MIGRATIONS", folder)
    monkeypatch.setattr(schema, "head", lambda: "tomorrow")
    return folder


@pytest.mark.usefixtures("tomorrow")
def test_an_older_desk_is_migrated_after_a_backup_copy(file: Path) -> None:
    before = dump(file)
    with audited(file) as desk:
        copy = desk.copy
        assert copy
        assert copy.name == f"desk.db.antes-{TODAY}-20260302120000"
        assert rows(desk, "SELECT version_num FROM alembic_version") == [("tomorrow",)]
        assert rows(desk, "SELECT motto FROM unit") == [("Unidade Centro",)]
    assert whole(copy)
    assert dump(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = open_desk(file, NOW)
    assert again.copy is None
    again.close()


def test_a_failed_migration_changes_nothing(file: Path, tomorrow: Path) -> None:
    broken = tomorrow / "versions" / "tomorrow.py"
    broken.write_text(broken.read_text("utf-8") + '    raise RuntimeError("half way")\n', "utf-8")
    before = dump(file)
    with pytest.raises(RuntimeError, match="half way"):
        open_desk(file, NOW)
    assert dump(file) == before


def test_stored_terms_are_computed_again_after_a_migration(file: Path, request: pytest.FixtureRequest) -> None:
    with audited(file) as desk:
        living = Living(desk)
        ticket, other = living.open(clocks=(hours(ClockKind.SOLUTION, 1, 3600),)), living.open()
        living.wait(hours=2)
        living.pause(ticket)
        living.wait(hours=3)
        living.resume(ticket)
        living.pause(other)
        actual = rows(desk, "SELECT zero_at FROM ticket ORDER BY id")
        assert actual == [("2026-03-02 16:00:00.000000",), (None,)]
    alter(file, "UPDATE ticket SET zero_at = NULL, warn_at = due_at")
    request.getfixturevalue("tomorrow")
    with audited(file) as brought_up:
        assert rows(brought_up, "SELECT zero_at FROM ticket ORDER BY id") == actual


def test_a_desk_that_existed_before_copies_gets_an_identity_and_the_usual_retention(databases: Databases) -> None:
    database = databases.new()
    engine = make_engine(url_of(database))
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))  # noqa: SLF001 - the folder of the migrations
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0021")
        connection.exec_driver_sql(
            "INSERT INTO unit (name, city, uf, tz, ans_registration, hours_calendar, legal_calendar, is_demo)"
            " VALUES ('Centro', 'Santos', 'SP', 'America/Sao_Paulo', '', 1, 1, false)"
        )
        command.upgrade(config, "0022")
        query = "SELECT identity, restored_at, copies_days, copies_weeks, copies_months FROM unit"
        identity, *others = connection.exec_driver_sql(query).one()
        assert len(identity) == 32
        assert others == [None, 7, 4, 12]
        command.upgrade(config, "head")
    engine.dispose()
    databases.drop(database)


@pytest.mark.usefixtures("tomorrow")
def test_without_a_copy_nothing_is_migrated(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(file)

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(copy_file, "temporary", no_room)
    refusal = refused(file)
    assert (refusal.code, refusal.values["detail"]) == ("copia_falhou", errno.ENOSPC)
    assert dump(file) == before


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())
