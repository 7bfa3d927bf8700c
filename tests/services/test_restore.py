"""A restored desk is the desk of the copy: it gives no number twice, sends nothing, and what was there is kept."""

import gzip
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from atendimento_tui.contracts.safekeeping import AUTOMATIC
from atendimento_tui.data import copy_file
from atendimento_tui.data.engine import DatabaseUnavailable, reading, writing
from atendimento_tui.domain.access import Actor
from atendimento_tui.domain.protocol import series_of
from atendimento_tui.domain.refusals import Refused, UserFacingError
from atendimento_tui.domain.safekeeping import SKIPPED_OTHERS
from atendimento_tui.services import processes, proof, restore, safekeeping
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.intake import begin
from atendimento_tui.services.restore import Numbers, Restored
from atendimento_tui.texts.refusals import sentence
from tests.databases import Databases, Files, on_files
from tests.living import ANA, NOW, Living, audited, copy_of, rows
from tests.secret import open_secret

LATER = NOW + timedelta(hours=3)
TODAY = series_of(NOW.date())
NOT_BEGUN = {
    series_of(NOW.date(), secret=True): (0, SKIPPED_OTHERS),
    "solicitacao_procedimento.guia 2026": (0, SKIPPED_OTHERS),
}
"""Series of which the copy has no number, and the lost desk may have given some."""


@pytest.fixture
def file(new_desk_file: Path, tmp_path: Path) -> Path:
    """A desk's file, closed."""
    return copy_of(new_desk_file, tmp_path)


@pytest.fixture
def copy(desk: Desk, living: Living, tmp_path: Path) -> Path:
    """A copy of a desk with three tickets."""
    for number in range(3):
        living.comment(living.open(subject=f"Assunto {number}", requester="Maria"), "Liguei.")
    return Path(safekeeping.copy_desk(desk, NOW, folder=tmp_path / "copies").path)


@pytest.fixture
def other(request: pytest.FixtureRequest, databases: Databases) -> Databases:
    """Where copies are restored: databases of the other kind."""
    kinds: list[Databases] = [request.getfixturevalue(name) for name in ("files", "server")]
    return next(kind for kind in kinds if kind is not databases)


def restored(copy: Path, target: str | Path, numbers: Numbers | None = None) -> Restored:
    return restore.restore(copy, target, LATER, numbers or Numbers(skip=0), lambda *_: None)


def refused(work: Callable[[], object]) -> UserFacingError:
    with pytest.raises(UserFacingError) as raised:
        work()
    assert "{" not in sentence(raised.value.code, raised.value.values)
    return raised.value


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def begun(desk: Desk, request: str) -> str:
    """The protocol of a new intake."""
    [service] = [each.version for each in processes.offered(desk) if each.key == "duvida"]
    return begin(desk, service, ANA, request, LATER).protocol


# Restoring.


def test_a_copy_is_restored_into_a_database_of_either_kind(
    copy: Path, databases: Databases, other: Databases, desk: Desk
) -> None:
    before = rows(desk, "SELECT id, protocol, subject FROM ticket ORDER BY id")
    untouched = copy.read_bytes()
    for kind in (databases, other):
        target = kind.new()
        done = restored(copy, target)
        assert (done.tickets, done.doubtful, done.aside) == (3, 0, None)
        with audited(target) as again:
            assert rows(again, "SELECT id, protocol, subject FROM ticket ORDER BY id") == before
            assert not again.unit.may_send
            assert again.unit.restored_at == LATER
            assert [row.kind for row in safekeeping.listed(again)] == [], "its own copy was not complete when it began"
            assert rows(again, "SELECT count(*) FROM presence") == [(0,)]
            Living(again, requests=iter(range(100, 200))).comment(1, "continua")
        kind.drop(target)
    assert copy.read_bytes() == untouched


def test_no_number_is_given_twice(copy: Path, desk: Desk, tmp_path: Path) -> None:
    given = [begun(desk, f"lost-{number}") for number in range(4)]
    target = tmp_path / "again.db"
    done = restored(copy, target, Numbers(last_protocol=given[-1]))
    assert done.jumps == {TODAY: (3, 7), **NOT_BEGUN}
    with audited(target) as again:
        assert int(begun(again, "new")[-6:]) == 8
        event = rows(again, "SELECT area, key, seq, kind, changes FROM trail_event ORDER BY seq")
        assert [line[:4] for line in event] == [("unidade", "", 1, "restaurado"), ("unidade", "", 2, "salto")]
        assert TODAY in event[1][4]
    assert restored(copy, tmp_path / "third.db", Numbers(skip=50)).jumps == {
        TODAY: (3, 53),
        **dict.fromkeys(NOT_BEGUN, (0, 50)),
    }
    assert restored(copy, tmp_path / "fourth.db", Numbers(skip=0)).jumps == {}


def test_series_of_processes_skip_a_block_if_only_the_last_protocol_is_known(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    assert copy
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("INSERT INTO numbering (series, last) VALUES ('remessa.numero 2026', 5)")
    newer = Path(safekeeping.copy_desk(desk, LATER, folder=tmp_path / "copies").path)
    target = tmp_path / "again.db"
    assert restored(newer, target, Numbers(last_protocol="20260302000009")).jumps == {
        TODAY: (3, 9),
        "remessa.numero 2026": (5, 5 + SKIPPED_OTHERS),
        **NOT_BEGUN,
    }
    with open_desk(target, NOW) as again:
        last = dict(rows(again, "SELECT series, last FROM numbering"))
        assert last == {
            TODAY: 9,
            "remessa.numero 2026": 5 + SKIPPED_OTHERS,
            **dict.fromkeys(NOT_BEGUN, SKIPPED_OTHERS),
        }


def test_secret_tickets_that_were_opened_after_the_copy_keep_their_numbers(
    desk: Desk, copy: Path, living: Living, tmp_path: Path
) -> None:
    """Also if the copy has no secret ticket, and not even the service: nobody may be asked for the last one."""
    lost = open_secret(living)
    target = tmp_path / "again.db"
    restored(copy, target, Numbers(last_protocol=begun(desk, "lost")))
    with audited(target) as again:
        new = open_secret(Living(again, requests=iter(range(500, 600))))
        assert int(new.protocol) > int(lost.protocol)
        assert proof.prove(again).faults == ()


def test_a_service_that_has_given_no_number_begins_after_those_that_were_lost(
    desk: Desk, copy: Path, tmp_path: Path
) -> None:
    """A series of the field alone, of an older version, is continued instead."""
    last = Numbers(last_protocol="20260302000009")
    assert restored(copy, tmp_path / "again.db", last).jumps["solicitacao_procedimento.guia 2026"] == (
        0,
        SKIPPED_OTHERS,
    )
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("INSERT INTO numbering (series, last) VALUES ('guia 2026', 4000)")
    newer = Path(safekeeping.copy_desk(desk, LATER, folder=tmp_path / "copies").path)
    jumped = restored(newer, tmp_path / "third.db", last).jumps
    assert jumped["guia 2026"] == (4000, 4000 + SKIPPED_OTHERS)
    assert "solicitacao_procedimento.guia 2026" not in jumped


@on_files
def test_without_the_last_protocol_or_a_block_nothing_is_restored(copy: Path, tmp_path: Path) -> None:
    before = content(tmp_path)
    refusal = refused(lambda: restored(copy, tmp_path / "again.db", Numbers()))
    assert (refusal.code, refusal.values["protocol"]) == ("restaurar_numeros", "12345620260302000003")
    assert "123456.20260302.000003" in sentence(refusal.code, refusal.values)
    for numbers in (Numbers(last_protocol="20270101000001"), Numbers(skip=-1), Numbers(last_protocol="x")):
        refused(partial(restored, copy, tmp_path / "again.db", numbers))
    assert content(tmp_path) == before


@on_files
def test_a_copy_without_tickets_has_no_last_protocol(desk: Desk, tmp_path: Path) -> None:
    copy = safekeeping.copy_desk(desk, NOW, folder=tmp_path / "copies")
    refusal = refused(lambda: restored(Path(copy.path), tmp_path / "again.db", Numbers()))
    assert "None" not in sentence(refusal.code, refusal.values)


@on_files
def test_a_restored_desk_sends_nothing_until_a_supervisor_releases_it(copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "again.db"
    restored(copy, target)
    with audited(target) as desk:

        def sends() -> bool:
            with reading(desk.engine) as connection:
                return safekeeping.may_send(connection)

        assert not sends()
        attendant = desk.acting_as(Actor(2, "atendente"))
        assert refused(lambda: safekeeping.release_sending(attendant, LATER)).code == "papel_nao_pode"
        assert not sends()
        safekeeping.release_sending(desk.acting_as(Actor(ANA, "supervisor")), LATER)
        assert sends()
        assert desk.info().unit.may_send
        assert refused(lambda: safekeeping.release_sending(desk, LATER)).code == "envio_ja_liberado"
        assert rows(desk, "SELECT kind, actor_id FROM trail_event ORDER BY seq")[-1] == ("envio_liberado", ANA)


def test_a_demonstration_may_not_send_either(desk: Desk) -> None:
    assert desk.unit.may_send
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE unit SET is_demo = true")
        assert not safekeeping.may_send(connection)


def test_sessions_of_the_copied_desk_are_revoked(desk: Desk, living: Living, tmp_path: Path) -> None:
    """They may have been revoked after the copy was made."""
    living.open()
    with writing(desk.engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO access_session (token_hash, person_id, kind, created_at, seen_at, expires_at)"
            " VALUES ('x', 1, 'janela', '2026-03-01', '2026-03-01', '2027-03-01')"
        )
    copy = safekeeping.copy_desk(desk, NOW, folder=tmp_path / "copies")
    restored(Path(copy.path), tmp_path / "again.db")
    with open_desk(tmp_path / "again.db", NOW) as again:
        assert rows(again, "SELECT count(*) FROM access_session WHERE revoked_at IS NULL") == [(0,)]


@on_files
def test_a_window_notices_the_release(copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "again.db"
    restored(copy, target)
    with open_desk(target, NOW) as desk:
        version = desk.info().version
        assert desk.info_if_changed(version) is None
        safekeeping.release_sending(desk, LATER)
        changed = desk.info_if_changed(version)
        assert changed
        assert changed.unit.may_send


# Over an existing desk.
def test_the_proof_accepts_the_jump_of_the_numbers(copy: Path, desk: Desk, tmp_path: Path) -> None:
    begun(desk, "lost")
    target = tmp_path / "again.db"
    restored(copy, target, Numbers(skip=40))
    with audited(target) as again:
        assert begun(again, "new").endswith("000044")
        assert proof.prove(again).faults == ()


@on_files
def test_the_desk_that_is_replaced_is_set_aside_whole(copy: Path, file: Path) -> None:
    with audited(file) as desk:
        Living(desk).open(subject="Só no que foi posto de lado")
    done = restored(copy, file)
    assert done.aside == f"{file}.antes-de-restaurar-20260302150000"
    assert sorted(path.name for path in file.parent.glob("desk.db*")) == ["desk.db", Path(done.aside).name]
    with audited(file) as desk:
        assert rows(desk, "SELECT count(*) FROM ticket") == [(3,)]
    with audited(done.aside) as old:
        assert rows(old, "SELECT subject FROM ticket") == [("Só no que foi posto de lado",)]


@on_files
def test_what_a_killed_process_left_in_the_log_is_set_aside_too(copy: Path, file: Path, tmp_path: Path) -> None:
    with open_desk(file, NOW) as desk:
        Living(desk).open(subject="Só no diário")
        for end in ("", "-wal"):
            (tmp_path / f"killed.db{end}").write_bytes(Path(f"{file}{end}").read_bytes())
    killed = tmp_path / "killed.db"
    assert (tmp_path / "killed.db-wal").stat().st_size > 0
    done = restored(copy, killed)
    assert not (tmp_path / "killed.db-wal").exists()
    assert done.aside
    with audited(done.aside) as old:
        assert rows(old, "SELECT subject FROM ticket") == [("Só no diário",)]
    with audited(killed) as desk:
        assert rows(desk, "SELECT count(*) FROM ticket") == [(3,)]


@on_files
def test_the_log_of_a_desk_that_was_deleted_is_set_aside_and_not_replayed(copy: Path, file: Path) -> None:
    file.unlink()
    Path(f"{file}-wal").write_bytes(b"log")
    assert restored(copy, file).aside is None
    assert Path(f"{file}.antes-de-restaurar-20260302150000-wal").read_bytes() == b"log"
    with audited(file) as desk:
        assert rows(desk, "SELECT count(*) FROM ticket") == [(3,)]


@on_files
def test_a_desk_that_is_open_elsewhere_is_not_replaced(copy: Path, file: Path) -> None:
    with closing(sqlite3.connect(file)) as window:  # a connection that is idle, as that of a window
        window.execute("SELECT count(*) FROM ticket").fetchone()
        assert refused(lambda: restored(copy, file)).code == "restaurar_aberto"
        assert window.execute("SELECT count(*) FROM ticket").fetchone() == (0,)
        window.execute("UPDATE unit SET city = 'Santos'")
        window.commit()
    with audited(file) as desk:
        assert desk.unit.city == "Santos"
    assert [path.name for path in file.parent.iterdir() if "antes" in path.name or "parcial" in path.name] == []


@on_files
def test_a_damaged_desk_is_replaced_and_kept_as_it_is(copy: Path, file: Path) -> None:
    with open_desk(file, NOW) as desk:
        Living(desk).open()
    for damage in (b"\0" * 100, b"SQLite format 3\0" + b"\xa5" * 8000):
        with file.open("r+b") as pages:
            pages.write(damage)
        Path(f"{file}-wal").write_bytes(b"log")
        before = file.read_bytes()
        done = restored(copy, file)
        assert done.aside
        assert Path(done.aside).read_bytes() == before
        assert Path(f"{done.aside}-wal").read_bytes() == b"log"
        with audited(file) as desk:
            assert rows(desk, "SELECT count(*) FROM ticket") == [(3,)]
        for path in file.parent.glob("desk.db.antes*"):
            path.unlink()


@on_files
def test_a_link_to_the_desk_is_followed(copy: Path, file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(file)
    restored(copy, link)
    assert link.is_symlink()
    with audited(link) as desk:
        assert rows(desk, "SELECT count(*) FROM ticket") == [(3,)]


@on_files
def test_a_server_database_that_is_not_empty_is_not_replaced(copy: Path, server: Databases) -> None:
    with server.copied() as target:
        assert refused(lambda: restored(copy, target)).code == "ja_existe"


# What cannot be restored.


@pytest.fixture
def unusable(copy: Path, file: Path, tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Files that are no copies, by the code of the refusal."""
    folder = tmp_path / "unusable"
    folder.mkdir()
    data = copy.read_bytes()
    middle = len(data) // 2
    files = {
        "cut off": data[:middle],
        "one byte changed": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        "compressed": gzip.compress(data),
        "text": b"Prezados, segue em anexo o banco.\n" * 200,
        "empty": b"",
    }
    for name, content_ in files.items():
        (folder / name).write_bytes(content_)
    (folder / "one byte changed.sha256").write_text(f"{copy_file.digest_of(copy)}  x\n", "utf-8")
    with closing(sqlite3.connect(folder / "foreign")) as raw:
        raw.execute("CREATE TABLE clients (id INTEGER)")
    with closing(sqlite3.connect(folder / "newer")) as raw:
        raw.executescript(
            "CREATE TABLE ticket (id); CREATE TABLE event (id); CREATE TABLE alembic_version (version_num)"
        )
        raw.execute("INSERT INTO alembic_version VALUES ('9999')")
        raw.commit()
    (folder / "folder").mkdir()
    with open_desk(copy_of(file, folder), NOW) as desk:
        Living(desk).open()
        yield {path.name: path for path in folder.iterdir() if not path.name.endswith((".sha256", "-wal", "-shm"))}


@on_files
def test_a_damaged_or_foreign_file_is_refused_and_changes_nothing(
    unusable: dict[str, Path], file: Path, tmp_path: Path
) -> None:
    before = file.read_bytes()
    actual = {name: refused(partial(restored, path, file)).code for name, path in unusable.items()}
    assert actual == {
        "cut off": "copia_danificada",
        "one byte changed": "copia_trocada",
        "compressed": "copia_danificada",
        "text": "copia_danificada",
        "empty": "copia_danificada",
        "foreign": "copia_alheia",
        "newer": "banco_mais_novo",
        "folder": "copia_inexistente",
        "desk.db": "copia_em_uso",
    }
    assert file.read_bytes() == before
    assert not list(tmp_path.rglob("*.parcial*"))
    assert not list(tmp_path.glob("desk.db.antes*"))


@on_files
@pytest.mark.parametrize("link", [None, os.link, os.symlink])
def test_a_copy_is_not_restored_over_itself(
    copy: Path, tmp_path: Path, link: Callable[[Any, Any], None] | None
) -> None:
    target = tmp_path / "link.db" if link else copy
    if link:
        link(copy, target)
    before = copy.read_bytes()
    assert refused(lambda: restored(copy, target)).code == "restaurar_sobre_si"
    assert copy.read_bytes() == before


@on_files
def test_a_target_that_cannot_be_written_is_told(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    assert refused(lambda: restored(copy, tmp_path / "file" / "desk.db")).code == "banco_nao_abre"
    assert refused(lambda: restored(copy, tmp_path / "folder")).code == "banco_e_pasta"
    assert refused(lambda: restored(copy, "mysql://host/desk")).code == "banco_desconhecido"
    assert refused(lambda: restored(copy, "postgresql+psycopg://nobody@127.0.0.1:1/desk")).code == "banco_sem_conexao"
    assert refused(lambda: restored(tmp_path / "nowhere", tmp_path / "again.db")).code == "copia_inexistente"


@on_files
def test_a_full_disk_leaves_the_desk_as_it_was(
    databases: Files, copy: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert databases
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("shutil.copyfile", full)
    refusal = refused(lambda: restored(copy, file))
    assert isinstance(refusal, DatabaseUnavailable)
    assert not isinstance(refusal, Refused)
    assert file.read_bytes() == before


def test_a_desk_whose_history_differs_is_restored_and_that_is_told(desk: Desk, living: Living, tmp_path: Path) -> None:
    living.open()
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE ticket SET subject = subject || '!'")
    copy = safekeeping.copy_if_due(desk, NOW, tmp_path / "copies")
    assert copy
    assert copy.kind == AUTOMATIC
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE ticket SET subject = replace(subject, '!', '')")
    assert restored(Path(copy.path), tmp_path / "again.db").doubtful == 1
