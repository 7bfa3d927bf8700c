"""A desk's file: a write counts only in the file that the path names; damage is detected before a write."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from atendimento_tui.data import desk_file, file_systems
from atendimento_tui.data.engine import DatabaseUnavailable, reading, url_of, writing
from atendimento_tui.services import history, migrate, setup
from atendimento_tui.services.clocks import export_deadlines
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.setup import create_desk, delete_desk, set_aside
from atendimento_tui.services.sweep import sweep
from atendimento_tui.texts.refusals import sentence
from tests.data.test_feed import Listener
from tests.living import NOW, Living, answers, audited, copy_of, rows, whole

FOLDER = Path(__file__).parent
LATER = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def file(new_desk_file: Path, tmp_path: Path) -> Path:
    """A desk's file, closed."""
    return copy_of(new_desk_file, tmp_path)


def refused(work: Callable[[], object]) -> str:
    """The code of the refusal."""
    with pytest.raises(DatabaseUnavailable) as raised:
        work()
    assert str(raised.value.values.get("path", "")) in sentence(raised.value.code, raised.value.values)
    return raised.value.code


def removed(file: Path) -> None:
    file.unlink()


def moved(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def replaced(file: Path) -> None:
    copy = file.with_name("copy.db")
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    copy.replace(file)


def without_log(file: Path) -> None:
    Path(f"{file}-wal").unlink()


DISPLACED = pytest.mark.parametrize(
    ("displace", "code"),
    [
        (removed, "banco_fora_do_lugar"),
        (moved, "banco_fora_do_lugar"),
        (replaced, "banco_trocado"),
        (without_log, "banco_sem_diario"),
    ],
)


@DISPLACED
def test_a_write_is_refused_if_the_path_names_no_longer_the_file(
    file: Path, displace: Callable[[Path], None], code: str
) -> None:
    with open_desk(file, NOW) as desk:
        living = Living(desk)
        ticket = living.open()
        displace(file)
        assert refused(lambda: living.comment(ticket, "Não se perca.")) == code
        assert refused(living.open) == code
        assert refused(lambda: sweep(desk, LATER)) == code
        assert refused(lambda: export_deadlines(desk, file.with_name("prazos.csv"), NOW)) == code
    assert not file.with_name("prazos.csv").exists()
    assert displace is replaced or displace is without_log or not file.exists(), "no empty file in its place"


def test_a_file_that_is_back_can_be_written_again(file: Path) -> None:
    with audited(file) as desk:
        living = Living(desk)
        ticket = living.open()
        moved(file)
        refused(lambda: living.comment(ticket, "Uma vez."))
        file.with_name("elsewhere.db").rename(file)
        living.comment(ticket, "Uma vez.")
        assert rows(desk, "SELECT text FROM event WHERE kind = 'comentado'") == [("Uma vez.",)]


def test_a_write_fails_if_the_file_is_moved_during_it(file: Path) -> None:
    with open_desk(file, NOW) as desk:

        def write() -> None:
            with writing(desk.engine) as connection:
                connection.exec_driver_sql("UPDATE unit SET city = 'Santos'")
                moved(file)

        assert refused(write) == "banco_fora_do_lugar"
        file.with_name("elsewhere.db").rename(file)


def test_a_later_connection_opens_no_other_file(file: Path) -> None:
    with open_desk(file, NOW) as desk, reading(desk.engine):
        moved(file)
        shutil.copyfile(file.with_name("elsewhere.db"), file)
        assert refused(lambda: Living(desk).open()) == "banco_trocado"


def test_a_link_is_followed(file: Path) -> None:
    link = file.with_name("link.db")
    link.symlink_to(file)
    with open_desk(link, NOW) as desk:
        Living(desk).open()
        link.unlink()
        assert refused(lambda: Living(desk).open()) == "banco_fora_do_lugar"
        link.symlink_to(file)
        Path(f"{file}-wal").unlink()
        assert refused(lambda: Living(desk).open()) == "banco_sem_diario"


def test_another_working_directory_does_not_change_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    with audited(file.name) as desk:
        monkeypatch.chdir("/")
        Living(desk).open()
        monkeypatch.chdir(file.parent)


def test_a_closed_desk_may_be_opened_again_at_its_path(file: Path) -> None:
    with audited(file) as desk:
        Living(desk).open()
        desk.engine.dispose()  # SQLite takes the log away
        assert not Path(f"{file}-wal").exists()
        Living(desk, requests=iter(range(100, 200))).open()


def test_the_program_does_not_open_the_file_by_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing it would drop the locks that SQLite holds on it."""
    opened = os.open

    def watched(path: str | bytes, *args: int, **options: int) -> int:
        assert not str(path).startswith(str(file))
        return opened(path, *args, **options)

    with audited(file) as desk:
        monkeypatch.setattr(os, "open", watched)
        monkeypatch.setattr("io.open", lambda *_args, **_options: pytest.fail("opened"))
        Living(desk).open()
        monkeypatch.undo()


def test_a_window_is_notified_that_the_file_is_lost_and_that_it_is_back(file: Path) -> None:
    with audited(file) as desk:
        with Listener(desk) as listener:
            moved(file)
            assert listener.next() == "lost"
            file.with_name("elsewhere.db").rename(file)
            assert [listener.next(), listener.next()] == ["listens", "heard"]
        assert listener.rest() == []


def test_an_import_stops_if_the_file_is_lost(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "CASES_AT_ONCE", 3)

    def pulled(done: int, _total: int) -> None:
        if done == 6:
            moved(file)

    def work() -> None:
        history.import_file(file, FOLDER / "log.csv", FOLDER / "log.toml", NOW, pulled)

    assert refused(work) == "banco_fora_do_lugar"
    file.with_name("elsewhere.db").rename(file)  # what was committed before stands in the log beside its old place
    with audited(file) as desk:
        assert rows(desk, "SELECT count(*) FROM ticket") == [(5,)]  # six cases, one of them only ignored events


def test_a_desk_that_is_replaced_during_a_migration_is_not_migrated(file: Path, tmp_path: Path) -> None:
    with open_desk(file, NOW) as desk:
        Living(desk).open()
    target = tmp_path / "target.db"

    def checked(_done: int, _total: int) -> None:
        moved(file)

    assert refused(lambda: migrate.migrate(file, target, lambda *_: None, checked)) == "banco_fora_do_lugar"
    assert not target.exists()


def test_another_file_at_the_path_of_a_new_desk_is_not_deleted(tmp_path: Path) -> None:
    target = tmp_path / "desk.db"

    def make() -> None:
        with setup.new_database(target):
            target.unlink()
            target.write_text("de outra pessoa", "utf-8")

    assert refused(make) == "banco_trocado"
    assert target.read_text("utf-8") == "de outra pessoa"
    desk = create_desk(tmp_path / "second.db", answers(), NOW)
    (tmp_path / "second.db").unlink()
    (tmp_path / "second.db").write_text("de outra pessoa", "utf-8")
    delete_desk(desk)
    assert (tmp_path / "second.db").read_text("utf-8") == "de outra pessoa"


# Damage.


def damage(file: Path, first: int, last: int | None = None) -> None:
    """Overwrite pages, numbered from 1."""
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [size] = raw.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as pages:
        pages.seek((first - 1) * size)
        pages.write(b"\xa5" * size * ((last or first) - first + 1))


def page_of(file: Path, name: str) -> int:
    with closing(sqlite3.connect(file)) as raw:
        [number] = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    return int(number)


def test_a_small_file_with_a_damaged_page_is_not_opened_and_not_changed(file: Path) -> None:
    with open_desk(file, NOW) as desk:
        Living(desk).open()
    damage(file, page_of(file, "event"))
    before = file.read_bytes()
    with pytest.raises(DatabaseUnavailable) as raised:
        open_desk(file, NOW)
    assert (raised.value.code, raised.value.values) == ("banco_danificado", {"path": str(file), "copy": None})
    assert "cópia mais nova" not in sentence("banco_danificado", raised.value.values)
    assert file.read_bytes() == before


def test_a_file_that_was_cut_off_is_damaged(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)
    assert refused(lambda: open_desk(file, NOW)) == "banco_danificado"


@pytest.mark.parametrize("name", ["event", "ticket", "ix_event_ticket_id"])
def test_of_a_large_file_the_ends_of_tables_and_indexes_are_read(
    file: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(file, NOW) as desk:
        living = Living(desk)
        for _ in range(3):
            living.comment(living.open(), "Bom dia.")
        indexes = {row[0] for row in rows(desk, "SELECT name FROM sqlite_schema WHERE type = 'index'")}
    monkeypatch.setattr(desk_file, "WHOLE_CHECK_PAGES", 1)
    desk_file.check_damage(file)
    at = name if name in ("event", "ticket") else min(index for index in indexes if "event" in index)
    damage(file, page_of(file, at))
    assert refused(lambda: desk_file.check_damage(file)) == "banco_danificado"


def test_damage_found_during_work_stops_all_writes(file: Path) -> None:
    with open_desk(file, NOW) as desk:
        living = Living(desk)
        ticket = living.open()
        desk.engine.dispose()
        damage(file, page_of(file, "event"))
        assert refused(lambda: living.comment(ticket, "Bom dia.")) == "banco_danificado"
        before = file.read_bytes()
        assert refused(lambda: living.desk.info()) == "banco_danificado"
        assert refused(living.open) == "banco_danificado"
        assert file.read_bytes() == before


def test_the_newest_copy_is_reported_if_there_is_one(file: Path) -> None:
    newest = desk_file.copy_name(file, "0005", NOW)
    for copy in (desk_file.copy_name(file, "0006", datetime(2026, 1, 1, tzinfo=UTC)), newest):
        shutil.copyfile(file, copy)
    file.with_name(f"{file.name}.antes-x").touch()
    damage(file, 2, 9)
    with pytest.raises(DatabaseUnavailable) as raised:
        open_desk(file, NOW)
    assert raised.value.values["copy"] == str(newest)
    assert f"A cópia mais nova ao lado dele: {newest}." in sentence(raised.value.code, raised.value.values)


def test_a_damaged_file_is_renamed_with_its_wal_and_shm(file: Path) -> None:
    for end in desk_file.SIDES:
        Path(f"{file}{end}").write_bytes(end.encode())
    with file.open("r+b") as pages:
        pages.write(b"\0" * 100)
    before = file.read_bytes()
    aside = set_aside(file, NOW)
    assert not file.exists()
    assert Path(aside.path).read_bytes() == before
    assert aside.path.endswith(".danificado-20260302120000")
    for end in desk_file.SIDES:
        assert not Path(f"{file}{end}").exists()
        assert Path(f"{aside.path}{end}").exists()
    assert aside.copy is None


def test_only_a_damaged_file_is_renamed(file: Path, tmp_path: Path) -> None:
    assert refused(lambda: set_aside(file, NOW)) == "banco_inteiro"
    assert whole(file)
    assert refused(lambda: set_aside(tmp_path / "nowhere.db", NOW)) == "banco_inexistente"
    assert refused(lambda: set_aside("postgresql://host/desk", NOW)) == "banco_sem_arquivo"


# Networks.

MOUNTS = r"""
21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
22 21 0:21 / /home rw - btrfs /dev/sdb rw,subvol=/home
23 22 0:40 / /home/ana/filial rw shared:9 - nfs4 servidor:/dados rw,vers=4.2
24 22 0:41 / /home/ana/Nossa\040Pasta rw - cifs //servidor/pasta rw
25 22 0:42 / /home/ana/ssh rw - fuse.sshfs ana@servidor: rw
26 21 0:43 / /mnt/usb rw - fuseblk /dev/sdc1 rw
27 21 0:44 / /mnt/cofre rw - fuse.gocryptfs /cofre rw
28 21 0:45 / /mnt/auto rw - autofs systemd-1 rw
29 28 0:46 / /mnt/auto rw - nfs servidor:/auto rw
30 23 0:47 / /home/ana/filial/local rw - ext4 /dev/sdd1 rw
31 21 0:48 / /mnt/c rw - 9p C:\ rw
this line says nothing
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/desk.db", None),
        ("/home/ana/desk.db", None),
        ("/home/ana/filial/desk.db", "nfs4"),
        ("/home/ana/filial", "nfs4"),
        ("/home/ana/filial2/desk.db", None),
        ("/home/ana/filial/local/desk.db", None),
        ("/home/ana/Nossa Pasta/desk.db", "cifs"),
        ("/home/ana/ssh/a/b/desk.db", "fuse.sshfs"),
        ("/mnt/usb/desk.db", None),
        ("/mnt/cofre/desk.db", None),
        ("/mnt/auto/desk.db", "nfs"),
        ("/mnt/c/desk.db", "9p"),
    ],
)
def test_a_network_file_system_is_recognised_by_the_table_of_mounts(path: str, kind: str | None) -> None:
    assert file_systems.network_kind(MOUNTS, path) == kind


def test_the_root_of_a_virtual_machine_is_not_a_network() -> None:
    mounts = "21 1 0:5 / / rw - 9p root rw"
    assert file_systems.network_kind(mounts, "/var/desk.db") is None
    assert file_systems.network_kind(mounts.replace("9p", "nfs"), "/var/desk.db") == "nfs"


def test_a_file_on_a_network_is_neither_created_nor_opened(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"21 1 0:5 / / rw - ext4 sda rw\n22 21 0:6 / {tmp_path} rw - nfs4 server:/ rw\n", "utf-8")
    monkeypatch.setattr(file_systems, "_MOUNTS", mounts)
    before = sorted(tmp_path.iterdir())
    assert refused(lambda: open_desk(file, NOW)) == "banco_na_rede"
    assert refused(lambda: create_desk(tmp_path / "new.db", answers(), NOW)) == "banco_na_rede"
    assert refused(lambda: migrate.migrate(file, tmp_path / "new.db", lambda *_: None, lambda *_: None)) == (
        "banco_na_rede"
    )
    assert sorted(tmp_path.iterdir()) == before
    monkeypatch.setattr(file_systems, "_MOUNTS", tmp_path / "no such table")
    open_desk(file, NOW).close()


def test_a_url_of_a_file_is_checked_like_a_path(file: Path) -> None:
    desk: Desk
    with open_desk(f"sqlite:///{file}", NOW) as desk:
        removed(file)
        assert refused(lambda: Living(desk).open()) == "banco_fora_do_lugar"
    assert url_of(f"sqlite:///{file}").database == str(file)
