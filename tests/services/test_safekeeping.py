"""Backup copies: complete and checked or not there; made once a day; no file of others is overwritten or deleted."""

import errno
import os
import resource
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from atendimento_tui.contracts.safekeeping import ASKED, AUTOMATIC, BEFORE_MIGRATION
from atendimento_tui.data import copy_file, desk_file
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.domain.refusals import UserFacingError
from atendimento_tui.services import audit, restore, safekeeping
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.restore import Numbers
from atendimento_tui.texts.refusals import sentence
from tests.databases import on_files
from tests.living import NOW, Living, audited, copy_of, rows
from tests.older import make_older

DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of copies of this machine."""
    return tmp_path / "copies"


@pytest.fixture
def file(new_desk_file: Path, tmp_path: Path) -> Path:
    """A desk's file, closed."""
    return copy_of(new_desk_file, tmp_path)


def refused(work: Callable[[], object]) -> UserFacingError:
    with pytest.raises(UserFacingError) as raised:
        work()
    assert "{" not in sentence(raised.value.code, raised.value.values)
    return raised.value


def restored(copy: str | Path, target: Path) -> Path:
    restore.restore(Path(copy), target, NOW, Numbers(skip=0), lambda *_: None)
    return target


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def recorded(desk: Desk) -> list[tuple[Any, ...]]:
    return rows(desk, "SELECT kind, problem, checked_at IS NOT NULL, deleted_at IS NULL FROM copy ORDER BY id")


# A copy.


def test_a_copy_has_everything_that_was_written_and_is_a_single_private_file(
    desk: Desk, living: Living, folder: Path, tmp_path: Path
) -> None:
    ticket = living.open(subject="Não se perca", requester="Maria")
    living.comment(ticket, "dito antes")
    copy = safekeeping.copy_desk(desk, NOW, folder=folder)
    living.comment(ticket, "dito depois")
    assert names(folder) == [Path(copy.path).name, Path(copy.path).name + ".sha256"]
    assert Path(copy.path).name.endswith(".copia-20260302T120000Z")
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert copy.is_good
    assert (copy.size, copy.digest) == (Path(copy.path).stat().st_size, copy_file.digest_of(Path(copy.path)))
    assert copy.digest == copy_file.noted_digest(Path(copy.path))
    with audited(restored(copy.path, tmp_path / "again.db")) as again:
        texts = rows(again, "SELECT text FROM event WHERE kind = 'comentado'")
        assert texts == [("dito antes",)]
        assert again.unit.identity == desk.unit.identity != ""


def test_a_copy_is_recorded_and_listed_with_its_check(desk: Desk, folder: Path) -> None:
    first = safekeeping.copy_desk(desk, NOW, folder=folder)
    second = safekeeping.copy_desk(desk, NOW + DAY, folder=folder)
    listed = safekeeping.listed(desk, folder)
    assert [(row.at, row.path, row.kind, row.is_good, row.is_here) for row in listed] == [
        (NOW + DAY, second.path, ASKED, True, True),
        (NOW, first.path, ASKED, True, True),
    ]
    assert [(row.size, row.digest, row.checked_at) for row in listed] == [
        (second.size, second.digest, NOW + DAY),
        (first.size, first.digest, NOW),
    ]
    Path(first.path).unlink()
    assert [row.is_here for row in safekeeping.listed(desk, folder)] == [True, False]
    assert desk.info().copy_missing_since == NOW + DAY


@on_files
def test_a_copy_of_another_machine_is_listed_without_saying_that_it_is_gone(desk: Desk, folder: Path) -> None:
    safekeeping.copy_desk(desk, NOW, folder=folder)
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE copy SET machine = 'outra'")
    recorded, found = safekeeping.listed(desk, folder)
    assert {recorded.is_here, found.is_here} == {None, True}


def test_the_copies_of_a_desk_that_cannot_be_opened_are_found_in_their_folder(file: Path) -> None:
    with open_desk(file, NOW) as desk:
        copies = [safekeeping.copy_desk(desk, NOW + DAY * n) for n in range(2)]
    (file.parent / "copias" / "desk.db.copia-outra").touch()
    file.write_bytes(b"x" * 4096)
    assert [row.path for row in safekeeping.listed_without_desk(file)] == [copies[1].path, copies[0].path]


def test_a_damaged_desk_names_its_newest_copy(file: Path) -> None:
    with open_desk(file, NOW) as desk:
        copy = safekeeping.copy_desk(desk, NOW)
    os.truncate(file, file.stat().st_size // 2)
    refusal = refused(lambda: open_desk(file, NOW))
    assert (refusal.code, refusal.values["copy"]) == ("banco_danificado", copy.path)
    assert f"atendimento restaurar {copy.path}" in sentence(refusal.code, refusal.values)


def test_a_copy_is_not_opened_as_a_desk(desk: Desk, folder: Path) -> None:
    copy = safekeeping.copy_desk(desk, NOW, folder=folder)
    before = Path(copy.path).read_bytes()
    assert refused(lambda: open_desk(copy.path, NOW)).code == "banco_e_copia"
    assert Path(copy.path).read_bytes() == before
    assert len(names(folder)) == 2


@on_files
def test_an_open_desk_is_copied_while_another_process_holds_the_write_lock(
    desk: Desk, living: Living, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the record waits, and is given up: the copy is made all the same."""
    monkeypatch.setattr("atendimento_tui.data.backend.sqlite.LOCK_TIMEOUT_S", 0.05)
    living.open()
    with closing(sqlite3.connect(str(desk.file), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        copy = safekeeping.copy_desk(desk, NOW, folder=folder)
        other.execute("ROLLBACK")
    assert Path(copy.path).exists()
    assert recorded(desk) == []


@on_files
def test_a_copy_is_not_begun_again_when_others_write_between_its_steps(
    desk: Desk, living: Living, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(copy_file, "PAGES_AT_ONCE", 8)
    ticket, steps = living.open(), 0

    def write() -> None:
        nonlocal steps
        steps += 1
        if steps < 10:
            living.comment(ticket, f"durante {steps}")

    copy = safekeeping.copy_desk(desk, NOW, folder=folder, pause=write)
    assert steps < 200
    with audited(restored(copy.path, tmp_path / "again.db")) as again:
        assert rows(again, "SELECT count(*) FROM event WHERE kind = 'comentado'") == [(0,)]


# What is not overwritten.


@on_files
@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
@pytest.mark.parametrize("link", [None, os.link, os.symlink])
def test_the_desk_itself_is_no_target_by_any_name(
    desk: Desk, living: Living, tmp_path: Path, end: str, link: Callable[[str, Path], None] | None
) -> None:
    living.open()
    own = f"{desk.file}{end}"
    target = tmp_path / "outro"
    if link:
        link(own, target)
    refusal = refused(lambda: safekeeping.copy_desk(desk, NOW, target if link else Path(own)))
    assert refusal.code == "copia_no_proprio_banco"
    living.open()


@on_files
def test_the_program_never_opens_the_desk_by_itself_to_copy_it(
    desk: Desk, living: Living, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    living.open()
    opened: list[str] = []
    real = os.open

    def watched(path: Any, *args: Any, **options: Any) -> int:
        opened.append(str(path))
        return real(path, *args, **options)

    real_io = open

    def watched_io(path: Any, *args: Any, **options: Any) -> Any:
        opened.append(str(path))
        return real_io(path, *args, **options)

    monkeypatch.setattr(os, "open", watched)
    monkeypatch.setattr("io.open", watched_io)
    safekeeping.copy_if_due(desk, NOW, folder)
    safekeeping.copy_desk(desk, NOW + DAY, folder=folder)
    refused(lambda: safekeeping.copy_desk(desk, NOW, desk.file))
    safekeeping.listed(desk, folder)
    monkeypatch.undo()
    assert opened
    assert not [path for path in opened if path in {f"{desk.file}{end}" for end in ("", "-wal", "-shm")}]


def test_only_a_copy_of_this_desk_is_replaced(desk: Desk, living: Living, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "pendrive" / "copia.db"
    refusal = refused(lambda: safekeeping.copy_desk(desk, NOW, target))
    assert (refusal.code, refusal.values["folder"]) == ("saida_sem_pasta", str(target.parent))
    target.parent.mkdir()
    first = safekeeping.copy_desk(desk, NOW, target)
    living.open()
    second = safekeeping.copy_desk(desk, NOW + DAY, target)
    assert first.path == second.path == str(target)
    assert first.digest != second.digest == copy_file.noted_digest(target)
    (tmp_path / "text").write_text("Prezados,", "utf-8")
    with open_desk(file, NOW) as other, writing(other.engine) as connection:
        connection.exec_driver_sql("UPDATE unit SET identity = 'outra'")
    with open_desk(file, NOW) as other:
        safekeeping.copy_desk(other, NOW, tmp_path / "outra.db")
    moved = restored(target, tmp_path / "restaurado.db")
    (tmp_path / "nada").symlink_to("nada")
    os.mkfifo(tmp_path / "fila")
    actual = {
        name: refused(partial(safekeeping.copy_desk, desk, NOW, tmp_path / name)).code
        for name in ("text", "outra.db", file.name, moved.name, "nada", "fila", "x.db-wal")
    }
    assert actual == {
        "text": "copia_sobre_outro",
        "outra.db": "copia_sobre_outro",
        file.name: "copia_sobre_outro",
        moved.name: "copia_sobre_outro",
        "nada": "saida_nao_e_arquivo",
        "fila": "saida_nao_e_arquivo",
        "x.db-wal": "saida_no_banco",
    }
    assert (tmp_path / "text").read_text("utf-8") == "Prezados,"


@on_files
def test_a_link_to_a_copy_is_followed_and_a_folder_gets_a_file_of_the_usual_name(
    desk: Desk, tmp_path: Path, folder: Path
) -> None:
    folder.mkdir()
    copy = safekeeping.copy_desk(desk, NOW, folder)
    assert Path(copy.path).parent == folder
    link = tmp_path / "ultima"
    link.symlink_to(copy.path)
    again = safekeeping.copy_desk(desk, NOW + DAY, link)
    assert again.path == copy.path
    assert link.is_symlink()


# Copies by rule.


def test_a_copy_is_made_once_a_day_and_old_ones_are_deleted_by_rule(desk: Desk, folder: Path) -> None:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE unit SET copies_days = 2, copies_weeks = 1, copies_months = 1")
    kept_forever = safekeeping.copy_desk(desk, NOW - DAY, folder=folder)
    for day in range(4):
        made = safekeeping.copy_if_due(desk, NOW + DAY * day, folder)
        assert made
        assert made.kind == AUTOMATIC
        assert safekeeping.copy_if_due(desk, NOW + DAY * day + timedelta(hours=3), folder) is None
    stamps = [row.at for row in safekeeping.listed(desk, folder)]
    assert stamps == [NOW + DAY * 3, NOW + DAY * 2, kept_forever.at]
    assert len(names(folder)) == 6
    assert [kind for kind, _, _, is_there in recorded(desk) if not is_there] == [AUTOMATIC] * 2


@on_files
def test_a_file_that_was_not_made_by_rule_is_never_deleted(desk: Desk, folder: Path) -> None:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE unit SET copies_days = 1, copies_weeks = 0, copies_months = 0")
    first = safekeeping.copy_if_due(desk, NOW, folder)
    assert first
    Path(first.path).write_text("de outra pessoa", "utf-8")
    stranger = folder / Path(first.path).name.replace("20260302", "20200101")
    stranger.write_text("de outra pessoa", "utf-8")
    assert safekeeping.copy_if_due(desk, NOW + DAY, folder)
    assert Path(first.path).read_text("utf-8") == stranger.read_text("utf-8") == "de outra pessoa"
    assert recorded(desk) == [(AUTOMATIC, "", 1, 1), (AUTOMATIC, "", 1, 1)]


@on_files
def test_a_missing_folder_deletes_nothing_and_is_made_again(desk: Desk, folder: Path) -> None:
    assert safekeeping.copy_if_due(desk, NOW, folder)
    folder.rename(folder.with_name("gone"))
    assert safekeeping.copy_if_due(desk, NOW + DAY, folder)
    assert [is_there for *_, is_there in recorded(desk)] == [1, 1]
    assert len(names(folder)) == 2


@on_files
def test_a_failed_copy_is_recorded_and_tried_again_after_an_hour(desk: Desk, folder: Path) -> None:
    folder.write_text("a file where the folder should be", "utf-8")
    refusal = refused(lambda: safekeeping.copy_if_due(desk, NOW, folder))
    assert refusal.code == "copia_nao_gravada"
    assert [row.problem for row in safekeeping.listed(desk, None)] == ["copia_nao_gravada"]
    assert safekeeping.copy_if_due(desk, NOW + timedelta(minutes=59), folder) is None
    folder.unlink()
    assert safekeeping.copy_if_due(desk, NOW + timedelta(minutes=60), folder)
    assert [row.is_good for row in safekeeping.listed(desk, folder)] == [True, False]
    assert desk.info().copy_missing_since == NOW + timedelta(minutes=60)


def test_a_copy_that_is_stopped_leaves_nothing_and_can_be_made_at_once(desk: Desk, folder: Path) -> None:
    def stop() -> None:
        raise safekeeping.Stopped

    with pytest.raises(safekeeping.Stopped):
        safekeeping.copy_if_due(desk, NOW, folder, stop)
    assert not names(folder)
    assert not recorded(desk)
    assert safekeeping.copy_if_due(desk, NOW, folder)


@on_files
def test_the_row_of_a_killed_copy_is_deleted_a_day_later(desk: Desk, folder: Path) -> None:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO copy (at, path, machine, kind, digest, problem, detail)"
            " VALUES ('2026-03-02 12:00:00.000000', '/x', 'm', 'automatica', '', '', '')"
        )
    assert safekeeping.copy_if_due(desk, NOW + timedelta(minutes=30), folder) is None, "it may be alive"
    assert safekeeping.copy_if_due(desk, NOW + timedelta(hours=2), folder)
    assert len(recorded(desk)) == 2
    assert safekeeping.copy_if_due(desk, NOW + DAY + timedelta(hours=2), folder)
    assert [problem for _, problem, is_checked, _ in recorded(desk) if not is_checked] == []


def test_only_one_of_two_windows_makes_the_copy_of_the_day(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile() -> None:
        monkeypatch.undo()
        assert safekeeping.copy_if_due(desk, NOW, folder) is None

    assert safekeeping.copy_if_due(desk, NOW, folder, meanwhile)
    assert len(recorded(desk)) == 1


def test_a_demonstration_makes_no_copies_by_itself_but_can_be_copied(desk: Desk, folder: Path) -> None:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE unit SET is_demo = true")
    desk.info()
    assert safekeeping.copy_if_due(desk, NOW, folder) is None
    assert safekeeping.copy_desk(desk, NOW, folder=folder).is_good
    assert desk.info().copy_missing_since is None


def test_a_desk_on_a_server_is_copied_only_where_a_folder_is_set(desk: Desk, folder: Path) -> None:
    made = safekeeping.copy_if_due(desk, NOW)
    if file := desk.file:
        assert made
        assert Path(made.path).parent == file.parent / "copias"
        return
    assert made is None
    assert refused(lambda: safekeeping.copy_desk(desk, NOW)).code == "copia_sem_pasta"
    assert desk.info().copy_missing_since is None
    assert safekeeping.copy_if_due(desk, NOW, folder)
    assert desk.info().copy_missing_since == NOW


def test_a_new_desk_misses_its_first_copy_from_its_beginning_on(file: Path) -> None:
    with open_desk(file, NOW) as desk:
        assert desk.info().copy_missing_since == NOW


# Faults.


def test_a_copy_that_is_not_whole_is_not_offered(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = safekeeping.copy_if_due(desk, NOW, folder)
    assert made
    real = copy_file.set_mark

    def damaged(file: Path, mark: int) -> None:
        real(file, mark)
        with file.open("r+b") as pages:
            pages.seek(4096 * 2)
            pages.write(b"\xa5" * 4096)

    monkeypatch.setattr(copy_file, "set_mark", damaged)
    assert refused(lambda: safekeeping.copy_if_due(desk, NOW + DAY, folder)).code == "copia_com_defeito"
    assert len(names(folder)) == 2
    assert recorded(desk)[-1] == (AUTOMATIC, "copia_com_defeito", 0, 1)


def test_a_desk_whose_history_differs_is_copied_and_that_is_told(desk: Desk, folder: Path) -> None:
    with open_desk(desk.engine.url.render_as_string(hide_password=False), NOW) as other:
        Living(other).open()
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE ticket SET subject = subject || '!'")
    copy = safekeeping.copy_if_due(desk, NOW, folder)
    assert copy
    assert (copy.problem, copy.is_good) == ("copia_historico_diverge", False)
    assert Path(copy.path).exists()
    assert desk.info().copy_missing_since != NOW or desk.file
    assert safekeeping.copy_if_due(desk, NOW + timedelta(hours=2), folder) is None
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE ticket SET subject = replace(subject, '!', '')")


def test_a_full_disk_is_told_and_leaves_no_file(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    real = os.fsync

    def full(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    refusal = refused(lambda: safekeeping.copy_desk(desk, NOW, folder=folder))
    assert (refusal.code, refusal.values["detail"]) == ("copia_nao_gravada", errno.ENOSPC)
    assert "o disco está cheio" in sentence(refusal.code, refusal.values)
    assert names(folder) == []


def test_a_disk_that_fills_up_while_sqlite_writes_is_told(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copy_file._connect  # noqa: SLF001 - the place where a copy gets its disk

    def small(file: Path, mode: str = "rw&nolock=1") -> sqlite3.Connection:
        raw = real(file, mode)
        raw.execute("PRAGMA max_page_count = 20")
        return raw

    monkeypatch.setattr(copy_file, "_connect", small)
    refusal = refused(lambda: safekeeping.copy_desk(desk, NOW, folder=folder))
    assert (refusal.code, refusal.values["detail"]) == ("copia_nao_gravada", "SQLITE_FULL")
    assert names(folder) == []


@on_files
def test_a_file_that_may_not_grow_is_told_as_the_system_says_it(desk: Desk, folder: Path) -> None:
    """A real error of writing, in the middle of the copy."""
    file = desk.file
    assert file
    desk.engine.dispose()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size // 2, before[1]))
    try:
        refusal = refused(lambda: safekeeping.copy_desk(desk, NOW, folder=folder))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refusal.code == "copia_nao_gravada"
    assert names(folder) == []
    assert safekeeping.copy_desk(desk, NOW, folder=folder).is_good


@on_files
def test_a_folder_that_cannot_be_written_is_told(desk: Desk) -> None:
    assert refused(lambda: safekeeping.copy_desk(desk, NOW, Path("/proc/self"))).code == "copia_nao_gravada"
    assert refused(lambda: safekeeping.copy_if_due(desk, NOW, Path("/proc/self/copies"))).code == "copia_nao_gravada"
    assert [row.problem for row in safekeeping.listed(desk)] == ["copia_nao_gravada"] * 2


@on_files
def test_a_folder_that_vanishes_meanwhile_is_told(desk: Desk, folder: Path) -> None:
    def vanish() -> None:
        if folder.exists():
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()

    refusal = refused(lambda: safekeeping.copy_desk(desk, NOW, folder=folder, pause=vanish))
    assert refusal.code == "copia_nao_gravada"


@on_files
def test_a_desk_that_is_moved_meanwhile_is_not_taken_for_a_good_copy(desk: Desk, folder: Path) -> None:
    file = desk.file
    assert file
    elsewhere = file.with_name("elsewhere.db")

    def move() -> None:
        if file.exists():
            file.rename(elsewhere)

    try:
        refusal = refused(lambda: safekeeping.copy_desk(desk, NOW, folder=folder, pause=move))
    finally:
        elsewhere.rename(file)
    assert refusal.code == "banco_fora_do_lugar"
    assert names(folder) == []


# Copies before a migration.


def test_a_copy_before_a_migration_is_recorded_and_can_be_restored(new_desk_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    make_older(new_desk_file, file, "0021")
    with audited(file) as desk:
        [row] = safekeeping.listed(desk)
        assert desk.copy
        assert (row.kind, row.path, row.is_good) == (BEFORE_MIGRATION, str(desk.copy), True)
        assert row.digest == copy_file.digest_of(desk.copy) == copy_file.noted_digest(desk.copy)
        assert len(desk.unit.identity) == 32
        assert desk.unit.may_send
        copy = desk.copy
    assert desk_file.newest_copy(file) == str(copy)
    with audited(restored(copy, tmp_path / "again.db")) as again:
        assert not again.unit.may_send


@pytest.fixture(autouse=True)
def _no_rest(tmp_path: Path) -> Iterator[None]:
    """No test leaves a temporary file."""
    yield
    assert list(tmp_path.rglob("*.parcial*")) == []


@on_files
def test_the_sample_contains_the_newest_and_the_oldest_tickets(desk: Desk, living: Living) -> None:
    protocols = [living.opened().protocol for _ in range(12)]
    with reading(desk.engine) as connection:
        sampled = [name for name, lines in audit.sample(connection, desk.calendars(connection), 6) if not lines]
    assert len(sampled) == 6
    assert {protocols[0], protocols[-1]} <= set(sampled)
