"""Backup copies of a desk: made while others write, checked, kept by rule.

A copy is always one SQLite file, also that of a desk on a server. It is recorded in the desk when it begins and when it
is complete; a desk that cannot be written can be copied all the same.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from atendimento_tui.contracts.safekeeping import ASKED, AUTOMATIC, CopiesView, CopyRow
from atendimento_tui.data import copy_file, transfer
from atendimento_tui.data.copy_file import NewCopy, Pause
from atendimento_tui.data.desk_file import COPIES_FOLDER, COPY_MARK
from atendimento_tui.data.engine import (
    Connection,
    DatabaseUnavailable,
    DBAPIError,
    advisory_lock,
    file_of,
    reading,
    snapshot,
    url_of,
    writing,
)
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.data.queries.safekeeping import copy_rows, retention
from atendimento_tui.data.repositories import safekeeping
from atendimento_tui.data.repositories.calendars import load_calendar
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.data.schema import make_tables
from atendimento_tui.data.text_files import settings_folder
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.safekeeping import is_due, kept
from atendimento_tui.domain.trail import UNIT, instant
from atendimento_tui.services import audit
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.content_copies import copy_contents, prune_contents
from atendimento_tui.services.desk import Desk

log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")

SAMPLE = 200
"""Number of tickets whose history is replayed in a new copy."""

_LOCK = "copias"
"""Name of the lock under which a window claims the copy of the day."""

_FORGET_AFTER = timedelta(days=1)
"""Age at which the row of a copy that was killed is deleted."""

_SECTION = "copias"
"""The part of the user's settings file that is about copies."""

_ENDINGS = ("-wal", "-shm", "-journal")


class Stopped(Exception):
    """A copy that is not continued, because its window is closed. Raised by `pause`."""


def folder_of(file: Path | None, chosen: Path | None) -> Path | None:
    """The folder of automatic copies.

    Args:
        file: The desk's file; None for a server's database.
        chosen: The folder in the settings of this machine, if any.

    Returns:
        None for a server's database without a chosen folder: its administrator makes the copies.
    """
    if chosen:
        return chosen
    return Path(os.path.realpath(file)).parent / COPIES_FOLDER if file else None


def copies_folder(settings: Path) -> Path | None:
    """The folder of backup copies that the settings file names (`[copias] pasta`); None if it names none.

    Raises:
        Refused: The file cannot be read, or the folder is not an absolute path.
    """
    return settings_folder(settings, _SECTION, "pasta", "copias_sem_caminho")


@needs(Permission.COPY)
def copy_desk(
    desk: Desk, now: datetime, target: Path | None = None, folder: Path | None = None, pause: Pause = lambda: None
) -> CopyRow:
    """Make a copy now.

    Args:
        desk: The desk.
        now: The present instant.
        target: A file or a folder; without it, the folder of copies is used.
        folder: The folder in the settings of this machine, if any.
        pause: Called between two steps.

    Raises:
        Refused: The target is the desk itself, or a file that is no copy of it.
        DatabaseUnavailable: The copy cannot be made, or is not whole. An existing copy is unchanged.
    """
    path, replaces = _target(desk, now, target, folder)
    row = _noted(desk, lambda connection: _begin(connection, path, now, ASKED))
    return _make(desk, now, path, row, ASKED, replaces, pause)


@needs(Permission.USE)
def copy_if_due(desk: Desk, now: datetime, folder: Path | None = None, pause: Pause = lambda: None) -> CopyRow | None:
    """Make the automatic copy of the day if it is due, and delete those that the rule does not keep.

    Contents of attachments that no copy of the folder needs any more are deleted too.

    However many windows call it, one makes the copy.

    Args:
        desk: The desk.
        now: The present instant.
        folder: The folder in the settings of this machine, if any.
        pause: Called between two steps; it may raise `Stopped`.

    Returns:
        The copy; None if none was due, or if the desk makes none here.

    Raises:
        DatabaseUnavailable: The copy cannot be made, or is not whole. It is tried again after an hour.
    """
    place = folder_of(desk.file, folder)
    if desk.unit.is_demo or place is None or not _is_due(desk, now):
        return None
    path = Path(os.path.realpath(place)) / copy_file.file_name(_name(desk), now)
    with writing(desk.engine, announced=False) as connection:
        advisory_lock(connection, _LOCK)
        if not _due(copy_rows(connection), desk, now):
            return None
        row = _begin(connection, path, now, AUTOMATIC)
    made = _make(desk, now, path, row, AUTOMATIC, False, pause)
    _delete_old(desk, now)
    try:
        prune_contents(path.parent, desk.unit.identity, pause)
    except OSError as error:
        log.warning("contents not pruned: %s", error.errno)
    return made


@needs(Permission.USE)
def listed(desk: Desk, folder: Path | None = None) -> list[CopyRow]:
    """All copies that are recorded or found in the folder of copies, newest first, without the deleted ones."""
    with reading(desk.engine) as connection:
        rows = [row for row in copy_rows(connection) if row.deleted_at is None]
    known = [_with_presence(row) for row in rows]
    return _newest_first([*known, *_found(_name(desk), folder_of(desk.file, folder), known)])


@needs(Permission.USE)
def overview(desk: Desk, chosen: Path | None = None) -> CopiesView:
    """What the dialog of copies shows.

    Args:
        desk: The desk.
        chosen: The folder in the settings of this machine, if any.
    """
    folder = None if desk.unit.is_demo else folder_of(desk.file, chosen)
    with reading(desk.engine) as connection:
        rules = retention(connection)
    place = str(folder) if folder else None
    return CopiesView(tuple(listed(desk, chosen)), place, rules.days, rules.weeks, rules.months)


def listed_without_desk(database: str | Path, folder: Path | None = None) -> list[CopyRow]:
    """The copies that are found in the folder of copies, newest first, for a desk that cannot be opened."""
    url = url_of(database)
    file = file_of(url)
    name = file.name if file else str(url.database)
    return _newest_first(_found(name, folder_of(file, folder), ()))


@needs(Permission.RESTORE)
def release_sending(desk: Desk, now: datetime) -> None:
    """Let a restored desk send messages again.

    Raises:
        Refused: It may send already.
    """
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.RESTORE)
        held = unit(connection)
        assert held, "an open desk has a unit"
        if held.restored_at is None:
            raise Refused("envio_ja_liberado")
        safekeeping.hold_sending(connection, None)
        changes = {"restaurado_em": (instant(held.restored_at), None)}
        record(connection, UNIT, "envio_liberado", actor=desk.actor.person, at=now, changes=changes)


def may_send(connection: Connection) -> bool:
    """Whether messages may leave the desk, as the database says now. Whatever sends asks in its own transaction."""
    held = unit(connection)
    return held is not None and held.may_send


# Making a copy.


def _target(desk: Desk, now: datetime, target: Path | None, chosen: Path | None) -> tuple[Path, bool]:
    """The path of a new copy, with links resolved, and whether it replaces an earlier copy.

    Raises:
        Refused: It must not be written.
    """
    name = copy_file.file_name(_name(desk), now)
    if target is None:
        folder = folder_of(desk.file, chosen)
        if folder is None:
            raise Refused("copia_sem_pasta")
        _make_folder(folder)
        target = folder / name
    elif target.is_dir():
        target = target / name
    path = Path(os.path.realpath(target))
    if copy_file.same_file(path, desk.file):
        raise Refused("copia_no_proprio_banco", path=str(target))
    if path.name.endswith(_ENDINGS):
        raise Refused("saida_no_banco", path=str(target))
    if not path.parent.is_dir():
        raise Refused("saida_sem_pasta", path=str(target), folder=str(path.parent))
    if not os.path.lexists(path):
        return path, False
    if not copy_file.is_regular(path):
        raise Refused("saida_nao_e_arquivo", path=str(target))
    if not _is_copy_of(desk, path):
        raise Refused("copia_sobre_outro", path=str(target))
    return path, True


def _is_copy_of(desk: Desk, path: Path) -> bool:
    try:
        return copy_file.is_copy(path) and copy_file.identity_of(path) == desk.unit.identity
    except (sqlite3.Error, OSError):
        return False


def _make(desk: Desk, now: datetime, path: Path, row: int | None, kind: str, replaces: bool, pause: Pause) -> CopyRow:
    is_doubtful, lost = False, 0
    try:
        if kind == AUTOMATIC:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with ExitStack() as until_named, copy_file.new_copy(path, replace=replaces, pause=pause) as made:
            _fill(desk, made, pause)
            lost = copy_contents(made.partial, path, desk.unit.identity, desk.contents.get, pause, until_named)
            if (finding := copy_file.integrity_problem(made.partial, pause)) is not None:
                log.error("copy is damaged: %s", finding)
                raise DatabaseUnavailable("copia_com_defeito", path=str(path))
            is_doubtful = _differs(made, pause)
    except (Stopped, KeyboardInterrupt):
        if row is not None:
            _noted(desk, lambda connection: safekeeping.forget_copy(connection, row))
        raise
    except (OSError, sqlite3.Error, DBAPIError, DatabaseUnavailable) as error:
        failure = _failure(error, path)
        _note_failure(desk, row, failure)
        if failure is error:
            raise
        raise failure from error
    problem = "copia_historico_diverge" if is_doubtful else "copia_sem_anexos" if lost else ""
    if is_doubtful:
        log.error("the history of the copied desk differs from its tickets")
    if lost:
        log.error("contents of %s attachments are missing", lost)
    if row is not None:
        _noted(desk, lambda connection: _note_made(connection, row, made, now, problem))
    log.info("copy made: %s, %s bytes", kind, made.size)
    return CopyRow(row, now, str(path), _machine(), kind, made.size, made.digest, now, problem, "", None, True)


def _fill(desk: Desk, made: NewCopy, pause: Pause) -> None:
    """Write the desk's rows into the temporary file."""
    file = desk.file
    if file:
        with reading(desk.engine):  # the path names the open file, before and after
            copy_file.back_up(file, made.partial, pause)
        with reading(desk.engine):
            return
    with snapshot(desk.engine) as old, copy_file.new_file_connection(made.partial) as new:
        make_tables(new)
        digests = transfer.copy_rows(old, new, lambda _done: pause())
        if (table := transfer.first_difference(new, digests)) is not None:
            raise DatabaseUnavailable("copia_diverge", table=table, source=desk.name, path=str(made.partial))
    copy_file.set_mark(made.partial, COPY_MARK)


def _differs(made: NewCopy, pause: Pause) -> bool:
    """Whether a ticket of a sample is not what its history says. The copy is as the desk is then, so it is kept."""
    with copy_file.reading_copy(made.partial) as connection:
        for _protocol, lines in audit.sample(connection, cache(partial(load_calendar, connection)), SAMPLE):
            if lines:
                return True
            pause()
    return False


def _failure(error: Exception, path: Path) -> DatabaseUnavailable:
    if isinstance(error, DatabaseUnavailable):
        return error
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, (OSError, sqlite3.Error)):
        return copy_file.failed(cause, path)
    return DatabaseUnavailable("copia_nao_gravada", path=str(path), detail=None)


# The record of copies.


def _noted(desk: Desk, write: Callable[[Connection], ResultT]) -> ResultT | None:
    """Write to the record; None if the desk cannot be written, which is copied all the same."""
    try:
        with writing(desk.engine) as connection:
            return write(connection)
    except (DatabaseUnavailable, DBAPIError) as error:
        log.warning("copy not recorded: %s", type(error).__name__)
        return None


def _begin(connection: Connection, path: Path, now: datetime, kind: str) -> int:
    return safekeeping.insert_copy(connection, at=now, path=str(path), machine=_machine(), kind=kind)


def _note_made(connection: Connection, row: int, made: NewCopy, now: datetime, problem: str) -> None:
    safekeeping.note_checked(connection, row, size=made.size, digest=made.digest, checked_at=now)
    if problem:
        safekeeping.note_failed(connection, row, problem, "")


def _note_failure(desk: Desk, row: int | None, failure: DatabaseUnavailable) -> None:
    detail = failure.values.get("detail")
    log.warning("copy failed: %s %s", failure.code, detail)
    if row is not None:
        text = "" if detail is None else str(detail)
        _noted(desk, lambda connection: safekeeping.note_failed(connection, row, failure.code, text))


def _is_due(desk: Desk, now: datetime) -> bool:
    with reading(desk.engine) as connection:
        return _due(copy_rows(connection), desk, now)


def _due(rows: Sequence[CopyRow], desk: Desk, now: datetime) -> bool:
    automatic = [row for row in rows if row.kind == AUTOMATIC]
    complete = [row.at for row in automatic if row.checked_at]
    return is_due(complete, [row.at for row in automatic if not row.checked_at], now, desk.zone)


def _delete_old(desk: Desk, now: datetime) -> None:
    """Delete the automatic copies of this machine that the rule does not keep, and rows of copies that were killed.

    A file is deleted only if it is the one that was made: with the recorded digest.
    """
    with reading(desk.engine) as connection:
        rules, rows = retention(connection), copy_rows(connection)
    if any(not row.checked_at and not row.problem and row.at < now - _FORGET_AFTER for row in rows):
        _noted(desk, lambda connection: safekeeping.forget_unfinished(connection, now - _FORGET_AFTER))
    mine = [row for row in rows if row.kind == AUTOMATIC and row.machine == _machine() and row.checked_at]
    here = [row for row in mine if row.deleted_at is None and copy_file.is_regular(Path(row.path))]
    good = kept((row.at for row in here if not row.problem), rules, desk.zone)
    doubtful = kept((row.at for row in here if row.problem), rules, desk.zone)
    for row in here:
        if row.at in good | doubtful:
            continue
        try:
            if copy_file.digest_of(Path(row.path)) != row.digest:
                continue
            copy_file.delete(Path(row.path))
        except OSError as error:
            log.warning("old copy not deleted: %s", error.errno)
            continue
        assert row.id is not None
        _noted(desk, partial(safekeeping.note_deleted, copy=row.id, at=now))


def _with_presence(row: CopyRow) -> CopyRow:
    return replace(row, is_here=copy_file.is_regular(Path(row.path)) if row.machine == _machine() else None)


def _found(name: str, folder: Path | None, known: Sequence[CopyRow]) -> list[CopyRow]:
    """The copies in the folder that are not recorded, as those that were made after the desk's own copy."""
    if folder is None:
        return []
    paths = {row.path for row in known if row.is_here}
    return [
        CopyRow(None, at, str(path), "", "", path.stat().st_size, "", None, "", "", None, True)
        for at, path in copy_file.copies_in(Path(os.path.realpath(folder)), name)
        if str(path) not in paths and copy_file.is_regular(path)
    ]


def _newest_first(rows: Sequence[CopyRow]) -> list[CopyRow]:
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _make_folder(folder: Path) -> None:
    """Create the folder of copies.

    Raises:
        DatabaseUnavailable: It cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise copy_file.failed(error, folder) from error


def _name(desk: Desk) -> str:
    """The name of the desk in those of its copies."""
    return desk.file.name if desk.file else str(desk.engine.url.database)


def _machine() -> str:
    return os.uname().nodename
