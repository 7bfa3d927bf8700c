"""A desk's SQLite file: its identity, and detection of damage.

Only SQLite opens such a file. A process that closes any other descriptor of a database loses the locks that SQLite
holds on it, so files are compared by `os.stat` (device and inode) only.
"""

import errno
import logging
import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from atendimento_tui.data.unavailable import LOCK_TIMEOUT_S, DatabaseUnavailable
from atendimento_tui.data.write_queue import WriteQueue

log = logging.getLogger(__name__)

SIDES = ("-wal", "-shm")
"""Suffixes of SQLite's files beside an open database: the write-ahead log, and its index."""

COPY_MARK = 0x41544350
"""SQLite's `application_id` of a backup copy (sqlite.org/fileformat.html, 1.3.12)."""

CONTENTS_END = ".anexos"
"""Suffix of the second file, with the contents of attachments (`data.contents`)."""

COPIES_FOLDER = "copias"
"""Name of the folder of backup copies, beside the desk's file."""

WHOLE_CHECK_PAGES = 2_000
"""A file of up to so many pages (8 MB) is checked completely on opening, which takes about 40 ms. Of a larger one only
both ends of every table and index are read."""

_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_EXCLUSIVE_MS = 500
"""Time that a file that is replaced is waited for: the sweep of `varrer` may be writing."""

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class OpenFile:
    """The file that the connections of one engine have open. Thread-safe.

    Args:
        path: As given; a later change of the working directory does not matter.

    Attributes:
        queue: The queue of those who write to it.
    """

    def __init__(self, path: Path) -> None:
        self._given_path = path
        self._path = Path(os.path.abspath(path))
        self.queue = WriteQueue(self._path)
        self._lock = Lock()
        self._open = 0
        self._known: dict[Path, tuple[int, int]] = {}
        self._sides: tuple[Path, ...] = ()
        self._damage: DatabaseUnavailable | None = None

    def connect(self) -> sqlite3.Connection:
        """Open a connection. While a file is open, no other file is opened or created in its place.

        Raises:
            DatabaseUnavailable: As `check`.
        """
        self.check()
        return connect(self._path, "rw" if self._open else "rwc", any_thread=True)

    def opened(self) -> None:
        """Count a new connection of SQLite.

        Raises:
            DatabaseUnavailable: As `check`.
        """
        with self._lock:
            if not self._open:  # they are beside the file itself, not beside a link to it
                real = os.path.realpath(self._path)
                self._sides = tuple(Path(real + end) for end in SIDES)
            self._compare()
            self._open += 1

    def closed(self) -> None:
        """Count a closed connection. With the last one SQLite may delete its files beside the database."""
        with self._lock:
            self._open -= 1
            if not self._open:
                self._known.clear()

    def check(self) -> None:
        """Check that the path names the open file, and that no damage was found.

        Raises:
            DatabaseUnavailable: The file is gone, replaced by another one, or damaged.
        """
        if self._damage:
            raise self._damage
        with self._lock:
            if self._open:
                self._compare()

    def failed(self, error: BaseException | None) -> DatabaseUnavailable | None:
        """Handle an error of SQLite. After an error about damage all further writes are refused.

        Returns:
            The error to raise instead; None for other errors.
        """
        if isinstance(error, sqlite3.Error) and _is_damage(error):
            self._damage = damaged(self._given_path, error)
        return self._damage

    def _compare(self) -> None:
        for place in (self._path, *self._sides):
            found = _identity(place)
            known = self._known.get(place)
            if known is None and found:
                self._known[place] = found
            elif found == known:
                continue
            elif place != self._path:
                raise DatabaseUnavailable("banco_sem_diario", path=str(self._given_path))
            elif found:
                raise DatabaseUnavailable("banco_trocado", path=str(self._given_path))
            else:
                raise DatabaseUnavailable("banco_fora_do_lugar", path=str(self._given_path))


def connect(path: Path, mode: str, *, any_thread: bool = False) -> sqlite3.Connection:
    """Open a connection without automatic transactions.

    Args:
        mode: `ro`, `rw`, or `rwc`, which creates a missing file.
        any_thread: Whether several threads use it.
    """
    address = f"file:{quote(os.path.abspath(path))}?mode={mode}"
    return sqlite3.connect(
        address, uri=True, timeout=LOCK_TIMEOUT_S, isolation_level=None, check_same_thread=not any_thread
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def must_be_there(path: Path) -> None:
    """Check that the file exists. SQLite finds out whether it is a database.

    Raises:
        DatabaseUnavailable: It does not exist, or is not a file.
    """
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a name with a NUL
        raise DatabaseUnavailable("banco_inexistente", path=str(path)) from error
    except OSError as error:
        raise DatabaseUnavailable("banco_nao_abre", path=str(path), detail=error.errno) from error
    refuse_other_kinds(path, mode)


def refuse_other_kinds(path: Path, mode: int) -> None:
    """Refuse anything but a regular file.

    Raises:
        DatabaseUnavailable: It is a folder, a device or a pipe.
    """
    if stat.S_ISDIR(mode):
        raise DatabaseUnavailable("banco_e_pasta", path=str(path))
    if not stat.S_ISREG(mode):
        raise DatabaseUnavailable("banco_nao_e_arquivo", path=str(path))


# Damage.


def check_damage(path: Path, *, whole: bool = False) -> None:
    """Look for damage, read-only: a small file is checked completely, of a large one the ends of each table.

    Args:
        path: The file. Other errors of opening are ignored here; they occur again when it is opened for use.
        whole: Check a large file completely too, which takes five seconds a gigabyte.

    Raises:
        DatabaseUnavailable: `banco_danificado`, or `banco_nao_e_banco` if even its header is invalid.
    """
    try:
        # Read-only: closing it writes nothing back from the log, as closing the last writing connection would.
        with closing(connect(path, "ro")) as raw:
            raw.execute("PRAGMA cell_size_check = ON")
            [pages] = raw.execute("PRAGMA page_count").fetchone()
            if whole or pages <= WHOLE_CHECK_PAGES:
                [finding] = raw.execute("PRAGMA quick_check(1)").fetchone()
                if finding != "ok":
                    raise damaged(path, finding)
            else:
                for query in _ends(raw):
                    raw.execute(query).fetchone()
    except sqlite3.Error as error:
        if _is_damage(error):
            raise damaged(path, error) from error


def refuse_copy(path: Path) -> None:
    """Refuse a backup copy, which is restored before it is used: it would give numbers twice.

    Args:
        path: The file. Errors of opening are ignored here; they occur again when it is opened for use.

    Raises:
        DatabaseUnavailable: It is marked as a copy.
    """
    try:
        with closing(connect(path, "ro")) as raw:
            [mark] = raw.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error:
        return
    if mark == COPY_MARK:
        raise DatabaseUnavailable("banco_e_copia", path=str(path))


def _ends(raw: sqlite3.Connection) -> Iterator[str]:
    """Queries that read the first and the last row of every table and index."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND sql NOT LIKE '%WITHOUT ROWID%'"
    for (table,) in raw.execute(tables).fetchall():
        yield f'SELECT * FROM "{table}" ORDER BY rowid LIMIT 1'  # noqa: S608 - names of the file's own tables
        yield f'SELECT * FROM "{table}" ORDER BY rowid DESC LIMIT 1'  # noqa: S608
        indexed = (
            "SELECT DISTINCT i.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS i "
            "WHERE l.partial = 0 AND i.seqno = 0 AND i.name IS NOT NULL"
        )
        for (column,) in raw.execute(indexed, (table,)).fetchall():
            yield f'SELECT min("{column}") FROM "{table}"'  # noqa: S608
            yield f'SELECT max("{column}") FROM "{table}"'  # noqa: S608


def damaged(path: Path, finding: sqlite3.Error | str) -> DatabaseUnavailable:
    """The error for a damaged file, with its newest copy if there is one.

    Args:
        finding: SQLite's error or message, for the log only.
    """
    log.warning("cause damage: %s", finding)  # tables, indexes and rows by number, no values
    if isinstance(finding, sqlite3.Error) and _code(finding) == sqlite3.SQLITE_NOTADB:
        return DatabaseUnavailable("banco_nao_e_banco", path=str(path), copy=newest_copy(path))
    return DatabaseUnavailable("banco_danificado", path=str(path), copy=newest_copy(path))


def copy_name(path: Path, revision: str, now: datetime) -> Path:
    """Path of the backup copy that is taken before a migration."""
    return path.with_name(f"{path.name}.antes-{revision}-{now:%Y%m%d%H%M%S}")


def newest_copy(path: Path) -> str | None:
    """The newest backup copy beside the file or in its folder of copies, if any. Both names have an instant in UTC."""
    name = re.escape(path.name)
    forms = {
        path.parent: re.compile(rf"{name}\.antes-\w+-(\d{{14}})"),
        path.parent / COPIES_FOLDER: re.compile(rf"{name}\.copia-(\d{{8}}T\d{{6}})Z"),
    }
    copies = []
    for folder, form in forms.items():
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        copies += [(found[1].replace("T", ""), folder / each) for each in names if (found := form.fullmatch(each))]
    return str(max(copies)[1]) if copies else None


def set_aside(path: Path, now: datetime) -> Path:
    """Rename a damaged file with its `-wal` and `-shm`, and with the file of contents. Nothing is deleted or written.

    If only the file of contents is damaged, only that one is renamed.

    Returns:
        Its new path.

    Raises:
        DatabaseUnavailable: The file does not exist, is not damaged, or cannot be renamed. Nothing was changed.
    """
    must_be_there(path)
    real = Path(os.path.realpath(path))
    contents = Path(f"{real}{CONTENTS_END}")
    both = is_damaged(path)
    if not both and not (contents.exists() and is_damaged(contents)):
        raise DatabaseUnavailable("banco_inteiro", path=str(path))
    aside = real.with_name(f"{real.name}.danificado-{now:%Y%m%d%H%M%S}")
    aside_contents = Path(f"{aside}{CONTENTS_END}")
    try:
        _rename_all(contents, aside_contents)
        if both:
            _rename_all(real, aside)
    except OSError as error:
        raise DatabaseUnavailable("banco_nao_sai", path=str(path), detail=error.errno) from error
    return aside if both else aside_contents


def is_damaged(path: Path) -> bool:
    """Whether the complete check finds damage."""
    try:
        check_damage(path, whole=True)
    except DatabaseUnavailable:
        return True
    return False


def put_in_place(new: Path, path: Path, now: datetime) -> Path | None:
    """Rename a complete new file to the desk's path. An existing file gets another name; nothing is deleted.

    The existing file is locked meanwhile, so that no other process has it open. Its write-ahead log is written into it
    first: a remaining log would be replayed into the new file.

    Args:
        new: A file in the same folder, without files beside it.
        path: The path of the desk.
        now: The present instant, for the new name of the existing file.

    Returns:
        The new path of the existing file, if there was one.

    Raises:
        DatabaseUnavailable: Another process has the existing file open, or it cannot be renamed. Nothing was changed.
    """
    real = Path(os.path.realpath(path))
    try:
        aside = real.with_name(f"{real.name}.antes-de-restaurar-{now:%Y%m%d%H%M%S}")
        if not os.path.lexists(real):
            _rename_all(real, aside)  # the log of a file that was deleted
            os.link(new, real)
            return None
        refuse_other_kinds(path, os.stat(real).st_mode)
        if os.path.lexists(aside):
            raise DatabaseUnavailable("banco_nao_sai", path=str(path), detail=errno.EEXIST)
        try:
            check_damage(real, whole=True)
        except DatabaseUnavailable:  # as it is: opened for writing, SQLite might delete the log
            _rename_all(real, aside)
            os.link(new, real)
            return aside
        try:
            with closing(connect(real, "rw")) as raw:
                raw.execute(f"PRAGMA busy_timeout = {_EXCLUSIVE_MS}")
                raw.execute("PRAGMA locking_mode = EXCLUSIVE")
                raw.execute("PRAGMA journal_mode = DELETE").fetchone()
                raw.execute("BEGIN EXCLUSIVE")
                Path(f"{real}-shm").unlink(missing_ok=True)  # only an index of the log, which is empty now
                os.link(real, aside)
                os.replace(new, real)
                raw.execute("ROLLBACK")
        except sqlite3.Error as error:
            if _code(error) in _IN_USE:
                raise DatabaseUnavailable("restaurar_aberto", path=str(path)) from error
            raise DatabaseUnavailable("banco_nao_abre", path=str(path), detail=error.sqlite_errorname) from error
    except OSError as error:
        raise DatabaseUnavailable("banco_nao_sai", path=str(path), detail=error.errno) from error
    return aside


def _rename_all(real: Path, aside: Path) -> None:
    """Rename a file with its `-wal` and `-shm`. The log comes first: a remaining one would be replayed into the next
    file of that name.
    """
    for end in (*SIDES, ""):
        source, target = Path(f"{real}{end}"), Path(f"{aside}{end}")
        if source.exists() and not target.exists():
            source.rename(target)


def _is_damage(error: sqlite3.Error) -> bool:
    return _code(error) in _DAMAGE


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
