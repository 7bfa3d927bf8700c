"""A migrated desk is the same desk and can be used; one that cannot be migrated completely is not changed."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from atendimento_tui.data import transfer
from atendimento_tui.data.backend import postgresql, sqlite
from atendimento_tui.data.contents import opened_contents
from atendimento_tui.data.engine import DatabaseUnavailable, file_of, make_engine, reading, url_of, writing
from atendimento_tui.data.repositories.messages import NewMessage, NewRow, insert_message
from atendimento_tui.data.tables.columns import APART, DERIVED
from atendimento_tui.demo.create import create_demo
from atendimento_tui.domain.protocol import series_of
from atendimento_tui.outputs import as_json
from atendimento_tui.services import acts, migrate, queue
from atendimento_tui.services.clocks import export_deadlines
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.refusals import refusal_of
from atendimento_tui.services.safekeeping import release_sending
from atendimento_tui.services.settings import change_setting
from atendimento_tui.services.tickets import ticket_view
from tests.databases import Databases, Files, on_files
from tests.demonstrations import demonstration
from tests.full import IN_FULL
from tests.living import NOW, Living, audited, rows

HOSTILE = "a\tb\\c\\N\n\\.\n\\t 'x' \"y\" %s {z} $1 🦷 e\u0301 \u202e ,;\r\n NULL"


@pytest.fixture(scope="module")
def other(request: pytest.FixtureRequest, databases: Databases) -> Databases:
    """Where desks are moved to: databases of the other kind."""
    kinds: list[Databases] = [request.getfixturevalue(name) for name in ("files", "server")]
    return next(kind for kind in kinds if kind is not databases)


@pytest.fixture(scope="module")
def demo(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration. On a server it is that of the file, moved there; in full it is created there by its acts.

    What acts write on a server is the subject of the tests of each service.
    """
    if isinstance(databases, Files):
        yield str(demonstration(tmp_path_factory, NOW))
        return
    database = databases.new()
    if IN_FULL:
        create_demo(database, NOW).close()
    else:
        moved(str(demonstration(tmp_path_factory, NOW)), database)
    yield database
    databases.drop(database)


def moved(source: str, target: str) -> migrate.Moved:
    return migrate.migrate(source, target, lambda *_: None, lambda *_: None)


def refused(source: str, target: str) -> DatabaseUnavailable:
    with pytest.raises(DatabaseUnavailable) as raised:
        moved(source, target)
    return raised.value


def contents(database: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the database, without the contents of attachments: a file keeps those beside it."""
    engine = make_engine(url_of(database))
    with reading(engine) as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in SQLModel.metadata.sorted_tables
            if not {APART, DERIVED} & table.info.keys()
        }
    engine.dispose()
    return found


def attached(database: str) -> dict[str, bytes | None]:
    """The contents of attachments, by their hash."""
    engine = make_engine(url_of(database))
    with opened_contents(engine) as contents:
        found = {key: contents.get(key) for key in contents.sizes()}
    engine.dispose()
    return found


def written_message(desk: Desk) -> int:
    """The id of a row of the outbox that a worker would send."""
    ticket = Living(desk).open()
    message = NewMessage(ticket, 1, "", "solicitante", "email", "Oi", "Oi.", NOW, None)
    with writing(desk.engine) as connection:
        insert_message(connection, message, [NewRow({}, "pendente", "cliente@exemplo.com.br", NOW)])
    [(number,)] = rows(desk, "SELECT id FROM addressee")
    return int(number)


def as_moved(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """What a database holds, without the mark that its sending is held and the event that says so."""
    columns = list(SQLModel.metadata.tables["unit"].columns.keys())
    at = columns.index("restored_at")
    units = [(*row[:at], *row[at + 1 :]) for row in found["unit"]]
    return {**found, "unit": units, "trail_event": [row for row in found["trail_event"] if "movido" not in row]}


def is_empty(database: str) -> bool:
    engine = make_engine(url_of(database))
    if file := file_of(engine.url):
        return not list(file.parent.glob(file.name + "*"))
    with reading(engine) as connection:
        found = inspect(connection).get_table_names()
    engine.dispose()
    return not found


def told_by(desk: Desk, folder: Path) -> tuple[str, str, bytes]:
    """What the command tells of the desk: `fila --json`, `ver --json`, `exportar prazos`.

    In full, of every ticket, else of one of each process and one of each state.
    """
    zone = ZoneInfo(desk.unit.tz)

    def calendar(row: Any) -> Any:
        return desk.calendar(row.term.calendar) if row.term else None

    listed = [as_json.queue_row(row, calendar(row), NOW, zone) for row in queue.listed(desk, "", 10_000, NOW)]
    one = "SELECT min(protocol) FROM ticket GROUP BY"
    some = f"{one} process_id UNION {one} state"
    found = rows(desk, "SELECT protocol FROM ticket" if IN_FULL else some)
    views = [ticket_view(desk, NOW, protocol=protocol) for (protocol,) in found]
    seen = [as_json.ticket(view, calendar(view.row), NOW, zone) for view in views]
    exported = folder / "prazos.csv"
    export_deadlines(desk, exported, NOW, replace=True)
    return json.dumps(listed), json.dumps(sorted(seen, key=lambda ticket: ticket["protocolo"])), exported.read_bytes()


def test_a_migrated_desk_has_the_same_content(demo: str, other: Databases, tmp_path: Path) -> None:
    target = other.new()
    before = contents(demo)
    done = moved(demo, target)
    assert contents(demo) == before
    assert contents(target) == before
    assert attached(target) == attached(demo) != {}
    assert done.rows == sum(map(len, before.values()))
    assert done.tickets == len(before["ticket"]) > 100
    with open_desk(demo, NOW) as old, audited(target) as new:
        assert told_by(new, tmp_path) == told_by(old, tmp_path)
    other.drop(target)


def test_work_continues_on_the_migrated_desk(demo: str, other: Databases) -> None:
    target = other.new()
    moved(demo, target)
    before = contents(target)
    with audited(target) as desk:
        living = Living(desk)
        first = living.opened(requester="Maria", request="depois")
        second = living.opened(request="depois ainda")
        living.pause(first.ticket)
        living.resume(first.ticket)
    after = contents(target)
    last = dict(before["numbering"])[series_of(NOW.date())]
    assert [one.protocol[-6:] for one in (first, second)] == [f"{last + 1:06}", f"{last + 2:06}"]
    for table in ("ticket", "event", "clock", "clock_pause", "requester"):
        old, new = ({row[0] for row in found[table]} for found in (before, after))
        assert new > old
        assert min(new - old) == max(old) + 1
    other.drop(target)


def test_texts_with_special_characters_are_migrated_unchanged(databases: Databases, other: Databases) -> None:
    with databases.copied() as source:
        with audited(source) as desk:
            living = Living(desk)
            ticket = living.open(subject=HOSTILE, requester=HOSTILE)
            for text in (HOSTILE, "\\N", "\\", '"', "'", "\\."):
                acts.comment(desk, living.order(ticket), text)
        target = other.new()
        moved(source, target)
        assert as_moved(contents(target)) == as_moved(contents(source))
        assert "\\N" in [event[8] for event in contents(target)["event"]]
        other.drop(target)


@pytest.mark.parametrize("stage", ["copied", "checked"])
def test_a_failed_migration_leaves_an_empty_target(databases: Databases, other: Databases, stage: str) -> None:
    with databases.copied() as source:
        with audited(source) as desk:
            Living(desk).open()
        before, target = contents(source), other.new()

        def fail(done: int, total: int) -> None:
            raise RuntimeError((done, total))

        actual: dict[str, Callable[[int, int], None]] = {"copied": lambda *_: None, "checked": lambda *_: None}
        with pytest.raises(RuntimeError):
            migrate.migrate(source, target, **{**actual, stage: fail})
        assert is_empty(target)
        assert contents(source) == before
        moved(source, target)  # and it can be done again
        assert as_moved(contents(target)) == as_moved(before)
        other.drop(target)


def test_a_moved_desk_sends_nothing_until_it_is_released(databases: Databases, other: Databases) -> None:
    """The former desk is still there, and may send what waits."""
    with databases.copied() as source:
        with audited(source) as desk:
            change_setting(desk, "smtp_servidor", "127.0.0.1", NOW)
            waiting = written_message(desk)
        moved(source, target := other.new())
        with audited(target) as desk:
            assert not desk.unit.may_send
            assert rows(desk, "SELECT state, next_at FROM addressee WHERE id = ?", waiting) == [("retido", None)]
            release_sending(desk, NOW)
            assert desk.info().unit.may_send
        with audited(source) as desk:
            assert desk.unit.may_send
            assert rows(desk, "SELECT state FROM addressee WHERE id = ?", waiting) == [("pendente",)]
        other.drop(target)


def test_a_row_that_changed_in_the_copy_rolls_the_migration_back(
    databases: Databases, other: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with databases.copied() as source:
        target = other.new()
        batches = transfer._batches  # noqa: SLF001 - a fault between two batches

        def forgetful(connection: Any, table: Any) -> Iterator[list[Any]]:
            """Reads no people where they were written."""
            is_target = str(connection.engine.url.database) in target
            yield from () if is_target and table.name == "person" else batches(connection, table)

        monkeypatch.setattr(transfer, "_batches", forgetful)
        refusal = refused(source, target)
        assert (refusal.code, refusal.values["table"]) == ("copia_diverge", "person")
        assert is_empty(target)


def test_a_changed_number_with_an_equal_hash_is_detected(
    databases: Databases, other: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hash(-1) == hash(-2)
    with databases.copied() as source:
        engine = make_engine(url_of(source))
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO numbering (series, last) VALUES ('x', -1)")
        engine.dispose()
        target = other.new()
        batches = transfer._batches  # noqa: SLF001 - a fault between two batches

        def changed(connection: Any, table: Any) -> Iterator[list[Any]]:
            """Reads -2 where -1 was written."""
            is_target = str(connection.engine.url.database) in target
            for batch in batches(connection, table):
                wrong = is_target and table.name == "numbering"
                yield [tuple(-2 if cell == -1 else cell for cell in row) for row in batch] if wrong else batch

        monkeypatch.setattr(transfer, "_batches", changed)
        refusal = refused(source, target)
        assert (refusal.code, refusal.values["table"]) == ("copia_diverge", "numbering")
        assert is_empty(target)


def test_an_inconsistent_desk_is_not_migrated(databases: Databases, other: Databases) -> None:
    with databases.copied() as source:
        with audited(source) as desk:
            protocol = Living(desk).opened().protocol
        engine = make_engine(url_of(source))
        with writing(engine) as connection:
            connection.exec_driver_sql("UPDATE ticket SET state = 'concluido'")
        engine.dispose()
        target = other.new()
        refusal = refused(source, target)
        assert (refusal.code, refusal.values["protocol"]) == ("historico_diverge", protocol)
        assert is_empty(target)


def test_a_target_that_is_not_empty_is_refused(databases: Databases, other: Databases) -> None:
    with databases.copied() as source, other.copied() as target:
        before = contents(target)
        assert refused(source, target).code == "ja_existe"
        assert contents(target) == before
        assert refused(source, source).code == "ja_existe"


def test_the_source_is_locked_while_it_is_copied(
    databases: Databases, other: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer is refused because the database is busy; a reader is not."""
    monkeypatch.setattr(sqlite, "LOCK_TIMEOUT_S", 0.05)
    monkeypatch.setitem(postgresql._CONNECT, "options", "-c timezone=UTC -c lock_timeout=50")  # noqa: SLF001 - a shorter wait
    with databases.copied() as source, audited(source) as desk:
        living, target = Living(desk), other.new()
        ticket = living.open()
        actual: list[str] = []

        def act_meanwhile(*_: int) -> None:
            if not actual:
                assert ticket_view(desk, NOW, ticket_id=ticket)
                with pytest.raises((DatabaseUnavailable, DBAPIError)) as refusal:
                    living.comment(ticket)
                actual.append((refusal_of(refusal.value) or ("",))[0])

        migrate.migrate(source, target, act_meanwhile, lambda *_: None)
        assert actual == ["banco_ocupado"]
        living.comment(ticket)
        assert len(contents(source)["event"]) == len(contents(target)["event"]) + 1
        other.drop(target)


# Sources of other versions.


@on_files
def test_a_source_of_another_version_is_refused_and_not_changed(
    databases: Databases, other: Databases, tmp_path: Path
) -> None:
    target = other.new()
    assert refused(str(tmp_path / "nowhere.db"), target).code == "banco_inexistente"
    text, foreign = tmp_path / "text.db", tmp_path / "foreign.db"
    text.write_text("Prezados, segue em anexo o banco.\n" * 100, "utf-8")
    with closing(sqlite3.connect(foreign)) as raw:
        raw.execute("CREATE TABLE clients (id INTEGER)")
    assert refused(str(text), target).code == "banco_nao_e_banco"
    assert refused(str(foreign), target).code == "banco_alheio"
    with databases.copied() as source:
        for revision, code in (("9999", "banco_mais_novo"), ("0002", "banco_mais_antigo")):
            with closing(sqlite3.connect(source)) as raw, raw:
                raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
            assert refused(source, target).code == code
    assert is_empty(target)


def test_an_unusable_target_is_reported(databases: Databases, tmp_path: Path) -> None:
    with databases.copied() as source:
        assert refused(source, "postgresql+psycopg://nobody@127.0.0.1:1/desk").code == "banco_sem_conexao"
        assert refused(source, "mysql://host/desk").code == "banco_desconhecido"
        (tmp_path / "file").touch()
        assert refused(source, str(tmp_path / "file" / "desk.db")).code == "banco_nao_abre"
        assert refused(source, "sqlite://").code == "banco_sem_endereco"
