"""Attachments: stored once by their hash, proven, copied, restored and moved; no name without its content."""

import hashlib
import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from atendimento_tui.contracts.attachments import Attached, AttachmentRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data import content_folder, copy_file, desk_file
from atendimento_tui.data.contents import Contents, contents_file
from atendimento_tui.data.engine import DatabaseUnavailable, writing
from atendimento_tui.data.repositories.attachments import still_unnamed
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import acts, attachments, content_copies, migrate, proof, restore, safekeeping, setup
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.restore import Numbers
from atendimento_tui.services.tickets import ticket_view
from tests.databases import Databases, Files, on_files
from tests.full import IN_FULL
from tests.living import ANA, BRUNO, NOW, Living, audited, rows
from tests.servers import connected
from tests.services.crowd import attach_until_killed
from tests.warm import forking

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40
WRITERS, FILES, SIZE = (8, 1_000, 1 << 20) if IN_FULL else (3, 12, 1 << 10)


def attach(living: Living, ticket: int, name: str = "rg.pdf", content: bytes = PDF, actor: int = ANA) -> AttachmentRow:
    attachments.attach(living.desk, living.order(ticket, actor), name, content)
    return attachments.attachments_of(living.desk, ticket_id=ticket)[-1]


def faults(desk: Desk, *, hashes: bool = True) -> list[str]:
    done = proof.prove(desk, contents=(lambda *_: None) if hashes else None)
    return [fault.code for fault in done.faults]


def contents_rows(desk: Desk, query: str) -> list[tuple[object, ...]]:
    """Reads or changes the stored contents by SQL."""
    if desk.file:
        with closing(sqlite3.connect(contents_file(desk.file))) as raw, raw:
            return raw.execute(query).fetchall()
    with connected(desk.engine.url.render_as_string()) as server:
        found = server.execute(query.encode())
        return found.fetchall() if found.description else []


@pytest.fixture(scope="module")
def other(request: pytest.FixtureRequest, databases: Databases) -> Databases:
    """Databases of the other kind."""
    kinds: list[Databases] = [request.getfixturevalue(name) for name in ("files", "server")]
    return next(kind for kind in kinds if kind is not databases)


def test_what_was_attached_is_read_again_with_who_and_when(desk: Desk, living: Living) -> None:
    ticket = living.open()
    row = attach(living, ticket, "../Comprovante de endereço.pdf")
    assert (row.number, row.name, row.kind, row.size) == (1, "Comprovante de endereço.pdf", "application/pdf", len(PDF))
    assert (row.hash, row.at, row.by) == (hashlib.sha256(PDF).hexdigest(), NOW, "Ana Lima")
    assert attachments.read(desk, row.id) == (row, PDF)
    line = ticket_view(desk, NOW, ticket_id=ticket).history[-1]
    assert (line.kind, line.text, line.actor) == ("anexado", "Comprovante de endereço.pdf", "Ana Lima")
    assert faults(desk) == []


def test_the_same_content_is_stored_once_and_the_same_request_is_one_act(desk: Desk, living: Living) -> None:
    first, second = living.open(), living.open()
    order = living.order(first)
    for _ in range(2):
        attachments.attach(desk, order, "a.pdf", PDF)
    attach(living, second, "outro nome.pdf", actor=BRUNO)
    assert contents_rows(desk, "SELECT count(*) FROM attached_content") == [(1,)]
    assert rows(desk, "SELECT ticket_id, name FROM attachment ORDER BY id") == [
        (first, "a.pdf"),
        (second, "outro nome.pdf"),
    ]
    if desk.file:
        assert rows(desk, "SELECT count(*) FROM attached_content") == [(0,)]  # the desk's own file stays small


def test_an_ended_ticket_takes_attachments_and_others_do_not_conflict(desk: Desk, living: Living) -> None:
    ticket = living.open()
    seen = living.comment(ticket).version
    attach(living, ticket, actor=BRUNO)
    living.solve(ticket)
    attachments.attach(desk, living.order(ticket, seen=seen), "depois.pdf", PDF)
    assert [row.number for row in attachments.attachments_of(desk, ticket_id=ticket)] == [1, 2]


def test_what_is_refused_stores_nothing(desk: Desk, living: Living) -> None:
    ticket = living.open()
    large = b"x" * (desk.unit.attachment_mib * 1024 * 1024 + 1)
    for number, content, code in (
        (ticket, b"", "anexo_vazio"),
        (ticket, large, "anexo_grande"),
        (99, PDF, "fora_de_vista"),
    ):
        with pytest.raises(Refused) as refused:
            attachments.attach(desk, living.order(number), "a.pdf", content)
        assert refused.value.code == code
    assert desk.contents.sizes() == {}
    assert desk.file is None or not contents_file(desk.file).exists()


@on_files
def test_files_that_cannot_be_attached_are_refused_with_the_reason(desk: Desk, living: Living, tmp_path: Path) -> None:
    ticket = living.open()
    attach(living, ticket)
    assert desk.file
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.db").symlink_to(desk.file)
    for path, code in (
        (tmp_path, "anexo_nao_e_arquivo"),
        (tmp_path / "pipe", "anexo_nao_e_arquivo"),
        (tmp_path / "missing.pdf", "arquivo_ilegivel"),
        (tmp_path / "with\0nul", "arquivo_ilegivel"),
        (desk.file, "anexo_no_banco"),
        (tmp_path / "link.db", "anexo_no_banco"),
        (contents_file(desk.file), "anexo_no_banco"),
    ):
        with pytest.raises(Refused) as refused:
            attachments.attach_file(desk, living.order(ticket), path)
        assert refused.value.code == code, path


def test_files_of_the_inbox_are_listed_newest_first_without_hidden_ones(desk: Desk, tmp_path: Path) -> None:
    inbox, settings = tmp_path / "entrada", tmp_path / "config.toml"
    assert attachments.inbox(desk, settings) == (None, [])
    (inbox / "pasta").mkdir(parents=True)
    for name, at in (("velho.pdf", 1), ("novo.pdf", 2), (".oculto", 3)):
        (inbox / name).write_bytes(PDF)
        os.utime(inbox / name, (at, at))
    settings.write_text(f'[anexos]\nentrada = "{inbox}"\n')
    assert attachments.inbox(desk, settings) == (inbox, [("novo.pdf", len(PDF)), ("velho.pdf", len(PDF))])
    settings.write_text('[anexos]\nentrada = "relativa"\n')
    with pytest.raises(Refused) as refused:
        attachments.inbox(desk, settings)
    assert refused.value.code == "entrada_sem_caminho"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("DELETE FROM attached_content", ["anexo_falta"]),
        ("UPDATE attached_content SET content = substr(content, 2)", ["anexo_mudou"]),
    ],
)
def test_proof_finds_contents_that_are_missing_or_changed(
    desk: Desk, living: Living, change: str, expected: list[str]
) -> None:
    row = attach(living, living.open())
    contents_rows(desk, change)
    assert faults(desk, hashes=False) == expected
    with pytest.raises(Refused) as refused:
        attachments.read(desk, row.id)
    assert refused.value.code == "anexo_sem_conteudo"


@on_files
def test_a_changed_content_of_the_same_size_is_found_by_its_hash_only(desk: Desk, living: Living) -> None:
    attach(living, living.open())
    contents_rows(desk, "UPDATE attached_content SET content = zeroblob(length(content))")
    assert faults(desk, hashes=False) == []
    assert faults(desk) == ["anexo_mudou"]


@on_files
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE attachment SET name = 'outro.pdf'", ["anexo_difere"]),
        ("UPDATE attachment SET hash = replace(hash, 'a', 'b')", ["anexo_difere", "anexo_falta"]),
        ("DELETE FROM attachment", ["anexo_sem_linha"]),
    ],
)
def test_proof_compares_attachments_with_the_events(
    desk: Desk, living: Living, change: str, expected: list[str]
) -> None:
    attach(living, living.open())
    assert desk.file
    with closing(sqlite3.connect(desk.file)) as raw, raw:
        raw.execute(change)
    assert faults(desk) == expected


def test_copies_take_only_what_the_last_one_lacks_and_are_restored_in_either_database(
    desk: Desk, living: Living, other: Databases, tmp_path: Path
) -> None:
    ticket, folder = living.open(), tmp_path / "copias"
    row = attach(living, ticket)
    first = safekeeping.copy_desk(desk, NOW, folder=folder)
    kept = content_folder.path_of(content_folder.folder_of(Path(first.path), desk.unit.identity), row.hash)
    written = kept.stat()
    second_row = attach(living, ticket, "b.pdf", PDF + b"2")
    second = safekeeping.copy_desk(desk, NOW + timedelta(days=1), folder=folder)
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert oct(kept.stat().st_mode & 0o777) == "0o600"
    target = other.new() if not isinstance(other, Files) else str(tmp_path / "again.db")
    try:
        done = restore.restore(Path(second.path), target, NOW, Numbers(skip=0), lambda *_: None)
        assert done.lost == 0
        with audited(target) as again:
            assert attachments.read(again, second_row.id)[1] == PDF + b"2"
            assert faults(again) == []
    finally:
        if not isinstance(other, Files):
            other.drop(target)


# Contents that no copy needs any more.


@pytest.fixture
def two(desk: Desk, living: Living, tmp_path: Path) -> tuple[Path, str, str]:
    """The older of two copies, a content that only it needs, and one that both need."""
    ticket, folder = living.open(), tmp_path / "copias"
    gone, stays = attach(living, ticket, content=PDF + b"gone"), attach(living, ticket, content=PDF + b"stays")
    older = safekeeping.copy_if_due(desk, NOW, folder)
    assert older
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM attachment WHERE hash = '{gone.hash}'")  # noqa: S608
    assert safekeeping.copy_if_due(desk, NOW + timedelta(days=1), folder)
    return Path(older.path), gone.hash, stays.hash


def kept(desk: Desk, copy: Path) -> set[str]:
    return content_folder.present(content_folder.folder_of(copy, desk.unit.identity))


def test_a_content_beside_copies_stays_until_no_copy_needs_it(desk: Desk, two: tuple[Path, str, str]) -> None:
    older, gone, stays = two
    assert kept(desk, older) == {gone, stays}
    copy_file.delete(older)
    assert safekeeping.copy_if_due(desk, NOW + timedelta(days=2), older.parent)
    assert kept(desk, older) == {stays}


def test_nothing_is_pruned_while_a_copy_is_made_or_if_one_cannot_be_read(
    desk: Desk, two: tuple[Path, str, str]
) -> None:
    older, gone, stays = two
    identity, content = desk.unit.identity, older.read_bytes()
    older.write_bytes(b"no database")
    assert content_copies.prune_contents(older.parent, identity, lambda: None) == 0
    older.write_bytes(content)
    renamed = older.rename(older.with_name("guardada por alguém.db"))
    assert content_copies.prune_contents(older.parent, identity, lambda: None) == 0
    renamed.unlink()
    with content_folder.in_use(content_folder.folder_of(older, identity)):
        assert content_copies.prune_contents(older.parent, identity, lambda: None) == 0
    assert kept(desk, older) == {gone, stays}
    assert content_copies.prune_contents(older.parent, identity, lambda: None) == 1
    assert kept(desk, older) == {stays}


def test_a_copy_keeps_others_from_pruning_until_it_has_its_name(
    desk: Desk, two: tuple[Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it needs may be there already, for the sake of a copy that is deleted meanwhile."""
    older, _, stays = two
    pruned: list[int] = []
    place = copy_file.place

    def place_after_others_pruned(partial: Path, target: Path, *, replace: bool) -> None:
        for path in older.parent.glob("*.copia-*"):
            if path != partial:
                path.unlink()
        pruned.append(content_copies.prune_contents(older.parent, desk.unit.identity, lambda: None))
        place(partial, target, replace=replace)

    monkeypatch.setattr(copy_file, "place", place_after_others_pruned)
    safekeeping.copy_desk(desk, NOW + timedelta(days=2), folder=older.parent)
    assert pruned == [0]
    assert stays in kept(desk, older)
    assert content_copies.prune_contents(older.parent, desk.unit.identity, lambda: None) == 1
    assert kept(desk, older) == {stays}


@pytest.mark.parametrize("steps", range(4))
def test_a_prune_that_is_stopped_deletes_nothing_that_is_needed(
    desk: Desk, two: tuple[Path, str, str], steps: int
) -> None:
    older, _, stays = two
    copy_file.delete(older)
    left = iter(range(steps))

    def pause() -> None:
        if next(left, None) is None:
            raise safekeeping.Stopped

    with suppress(safekeeping.Stopped):
        content_copies.prune_contents(older.parent, desk.unit.identity, pause)
    assert stays in kept(desk, older)
    content_copies.prune_contents(older.parent, desk.unit.identity, lambda: None)
    assert kept(desk, older) == {stays}


@on_files
def test_a_copy_without_its_contents_is_restored_and_says_how_many_are_missing(
    desk: Desk, living: Living, tmp_path: Path
) -> None:
    attach(living, living.open())
    copy = Path(safekeeping.copy_desk(desk, NOW, folder=tmp_path / "copias").path)
    alone = tmp_path / "alone.copy"
    alone.write_bytes(copy.read_bytes())
    assert restore.restore(alone, tmp_path / "again.db", NOW, Numbers(skip=0), lambda *_: None).lost == 1
    with audited(tmp_path / "again.db") as again:
        assert faults(again) == ["anexo_falta"]
    assert restore.restore(copy, tmp_path / "again.db", NOW, Numbers(skip=0), lambda *_: None).lost == 0
    with audited(tmp_path / "again.db") as again:
        assert faults(again) == []


@pytest.mark.parametrize(
    "change",
    ["DELETE FROM attached_content", "UPDATE attached_content SET content = substr(content, 2)"],
)
def test_contents_that_are_missing_or_damaged_are_recovered_from_the_copies(
    desk: Desk, living: Living, tmp_path: Path, change: str
) -> None:
    row = attach(living, living.open())
    safekeeping.copy_desk(desk, NOW, folder=tmp_path / "copias")
    contents_rows(desk, change)
    assert content_copies.recover_contents(desk, tmp_path / "outra") == (0, 1)
    assert content_copies.recover_contents(desk, tmp_path / "copias") == (1, 0)
    assert attachments.read(desk, row.id)[1] == PDF
    assert faults(desk) == []
    assert content_copies.recover_contents(desk, tmp_path / "copias") == (0, 0)


def test_a_copy_of_a_desk_that_lacks_a_content_says_so(desk: Desk, living: Living, tmp_path: Path) -> None:
    attach(living, living.open())
    contents_rows(desk, "DELETE FROM attached_content")
    assert safekeeping.copy_desk(desk, NOW, folder=tmp_path / "copias").problem == "copia_sem_anexos"


def test_a_desk_is_moved_with_its_contents(desk: Desk, living: Living, other: Databases) -> None:
    row = attach(living, living.open())
    source, target = desk.engine.url.render_as_string(hide_password=False), other.new()
    source = str(desk.file or source)
    try:
        assert migrate.migrate(source, target, lambda *_: None, lambda *_: None).lost == 0
        with audited(target) as moved:
            assert attachments.read(moved, row.id)[1] == PDF
            assert faults(moved) == []
    finally:
        other.drop(target)


@on_files
def test_a_move_that_fails_leaves_no_contents(
    desk: Desk, living: Living, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(living, living.open())

    def broken(*_: object) -> None:
        raise DatabaseUnavailable("disco_cheio", path="x")

    monkeypatch.setattr(migrate, "check_place", broken)
    with pytest.raises(DatabaseUnavailable):
        migrate.migrate(str(desk.file), tmp_path / "new.db", lambda *_: None, lambda *_: None)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def alone(files: Databases) -> Iterator[tuple[Path, Living]]:
    """A desk in a file, with an attachment, closed."""
    database = files.copy()
    with open_desk(database, NOW) as desk:
        living = Living(desk)
        attach(living, living.open())
    yield Path(database), living
    files.drop(database)


def test_damaged_contents_are_found_and_set_aside_alone(alone: tuple[Path, Living]) -> None:
    path, _ = alone
    contents = contents_file(path)
    contents.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    with open_desk(path, NOW) as desk:
        row = attachments.attachments_of(desk, ticket_id=1)[0]
        with pytest.raises(DatabaseUnavailable):
            attachments.read(desk, row.id)
    aside = Path(setup.set_aside(path, NOW).path)
    assert aside.name == f"{path.name}.danificado-20260302120000.anexos"
    assert not contents.exists()
    assert path.exists()
    with open_desk(path, NOW) as desk:
        attach(Living(desk, requests=iter(range(100, 200))), 1, "de novo.pdf")
        assert faults(desk) == []


def test_a_damaged_desk_is_set_aside_with_its_contents(alone: tuple[Path, Living]) -> None:
    path, _ = alone
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    aside = Path(setup.set_aside(path, NOW).path)
    assert Path(f"{aside}{desk_file.CONTENTS_END}").exists()
    assert not contents_file(path).exists()


def test_a_name_that_no_hash_has_is_no_file_of_the_folder(tmp_path: Path) -> None:
    assert content_folder.read(tmp_path, "../../etc/passwd") is None


# Writers that are killed, and many at once.


@pytest.mark.parametrize("enough", [1, 3] if IN_FULL else [2])
def test_a_killed_writer_leaves_no_name_without_its_content(desk: Desk, living: Living, enough: int) -> None:
    ticket = living.open()
    database = str(desk.file or desk.engine.url.render_as_string(hide_password=False))
    context = forking()
    told, tell = context.Pipe(duplex=False)
    process = context.Process(target=attach_until_killed, args=(database, ticket, enough * 100_000, tell))
    process.start()
    tell.close()  # then the end of the process is the end of the pipe
    for _ in range(enough):
        told.recv()
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    told.close()
    assert process.exitcode == -signal.SIGKILL
    assert len(attachments.attachments_of(desk, ticket_id=ticket)) >= enough
    assert faults(desk) == []


def test_a_crash_between_the_content_and_its_name_leaves_a_content_that_is_used_later(
    desk: Desk, living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = living.open()

    class Crash(BaseException):
        pass

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(acts, "attach", crash)
        with pytest.raises(Crash):
            attach(living, ticket)
    assert attachments.attachments_of(desk, ticket_id=ticket) == []
    assert faults(desk) == []
    assert attachments.read(desk, attach(living, ticket).id)[1] == PDF


def test_a_content_that_was_deleted_while_it_is_attached_again_is_there(
    desk: Desk, living: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an anonymisation may: between storing the content and naming it."""
    ticket, real = living.open(), acts.attach

    def attach_late(desk: Desk, order: Order, file: Attached) -> ActDone:
        desk.contents.delete([file.hash])
        return real(desk, order, file)

    with monkeypatch.context() as patched:
        patched.setattr(acts, "attach", attach_late)
        row = attach(living, ticket)
    assert attachments.read(desk, row.id)[1] == PDF
    with writing(desk.engine) as connection:
        assert still_unnamed(connection, [row.hash, "0" * 64]) == ["0" * 64]


def test_many_writers_and_a_copy_meanwhile_lose_nothing(desk: Desk, living: Living, tmp_path: Path) -> None:
    tickets = [living.open() for _ in range(WRITERS)]
    problems: list[BaseException] = []
    each = FILES // WRITERS

    def write(writer: int) -> None:
        own = Living(desk, requests=iter(range((writer + 1) * 10_000, (writer + 2) * 10_000)))
        try:
            for number in range(each):
                content = f"{writer} {number} ".encode() + os.urandom(SIZE)
                attachments.attach(desk, own.order(tickets[writer]), f"{number}.bin", content)
        except BaseException as problem:  # noqa: BLE001 - told by the test
            problems.append(problem)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    copy = safekeeping.copy_desk(desk, NOW, folder=tmp_path / "copias")
    for thread in threads:
        thread.join()
    assert problems == []
    assert [len(attachments.attachments_of(desk, ticket_id=ticket)) for ticket in tickets] == [each] * WRITERS
    assert faults(desk) == []
    assert copy.problem == ""
    with copy_file.reading_copy(Path(copy.path)) as connection:
        named = {row.hash: row.size for row in connection.exec_driver_sql("SELECT hash, size FROM attachment")}
    folder = content_folder.folder_of(Path(copy.path), desk.unit.identity)
    assert {key: len(content_folder.read(folder, key) or b"") for key in named} == named


@on_files
def test_processes_that_make_the_file_of_contents_at_once_make_one(desk: Desk) -> None:
    many = [Contents(desk.engine) for _ in range(6)]
    together = threading.Barrier(len(many))

    def put(number: int) -> None:
        together.wait()
        many[number].put(str(number).encode())

    threads = [threading.Thread(target=put, args=(number,)) for number in range(len(many))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(many[0].sizes().values()) == [1] * 6
    for each in many:
        each.close()
