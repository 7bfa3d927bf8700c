"""The files of backup copies: written beside their place under a temporary name, checked, flushed, renamed.

A copy is one SQLite file without files beside it, whatever the desk's database is. It is marked as a copy, so that it
is not opened as a desk by mistake. Its digest stands in a small file beside it, as `sha256sum -c` reads it.

The desk's own file is read by SQLite only (see `desk_file`). The program opens only files that it has just written or
that are marked as copies.
"""

import errno
import fcntl
import hashlib
import os
import re
import secrets
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, create_engine, event

from atendimento_tui.data.desk_file import COPY_MARK, SIDES, connect
from atendimento_tui.data.unavailable import DatabaseUnavailable

PAGES_AT_ONCE = 256
"""Pages that are copied in one step, a megabyte; between two steps the caller may pause."""

DIGEST_END = ".sha256"
"""Suffix of the file with the digest."""

PARTIAL_END = ".parcial"
"""Suffix of a file that is being written."""

_BESIDE = (*SIDES, "-journal")
_READ_AT_ONCE = 1 << 20
_STEPS_AT_ONCE = 100_000
"""Steps of SQLite's virtual machine between two pauses."""

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EINVAL}
_STAMP = "%Y%m%dT%H%M%SZ"
_INSTANT = "[0-9]{8}T[0-9]{6}Z"
_NAMED = re.compile(rf"(.*\.copia-){_INSTANT}")

Pause = Callable[[], None]
"""Called between two steps of a copy: it may sleep, or raise to stop."""


def file_name(desk: str, at: datetime) -> str:
    """The name of a copy in the folder of copies: that of the desk and the instant in UTC, so that names sort by it."""
    return f"{desk}.copia-{at.astimezone(UTC):{_STAMP}}"


def instant_of(desk: str, name: str) -> datetime | None:
    """The instant in the name of a copy of the desk; None for other names."""
    begin = f"{desk}.copia-"
    if not name.startswith(begin):
        return None
    try:
        return datetime.strptime(name.removeprefix(begin), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def copies_in(folder: Path, desk: str) -> list[tuple[datetime, Path]]:
    """The copies of the desk in the folder by their names, oldest first; none if the folder cannot be read."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return sorted((at, folder / name) for name in names if (at := instant_of(desk, name)))


def is_named_as_copy(file: Path) -> bool:
    """Whether the name of a file is that of a copy of some desk."""
    return _NAMED.fullmatch(file.name) is not None


@dataclass(slots=True)
class NewCopy:
    """A copy that is being written.

    Attributes:
        partial: Its temporary file.
        size: Its bytes, once it is in its place.
        digest: Its SHA-256, once it is in its place.
    """

    partial: Path
    size: int = 0
    digest: str = ""


@contextmanager
def new_copy(target: Path, *, replace: bool = False, pause: Pause = lambda: None) -> Iterator[NewCopy]:
    """Write a copy completely or not at all: its temporary file is renamed at the end.

    What a killed process left of a copy to the same folder and name is deleted first.

    Args:
        target: Its path, with symbolic links resolved.
        replace: Whether an existing file is replaced.

    Raises:
        OSError: It cannot be written, or exists.
    """
    with temporary(target) as (partial, descriptor):
        made = NewCopy(partial)
        yield made
        os.fsync(descriptor)
        made.size, made.digest = os.fstat(descriptor).st_size, digest_of(partial, pause)
        place(partial, target, replace=replace)
        _write_digest(target, made.digest)
        flush_folder(target.parent)


@contextmanager
def temporary(target: Path) -> Iterator[tuple[Path, int]]:
    """A new, empty file beside its later place, and its open descriptor. What killed processes left of it is deleted.

    The file is deleted at the end; a second name that it has got by then remains. SQLite must not have it open then.

    Raises:
        OSError: It cannot be created.
    """
    clean(target)
    partial, descriptor = _locked(target)
    try:
        yield partial, descriptor
    finally:
        for end in ("", *_BESIDE):
            with suppress(OSError):
                Path(f"{partial}{end}").unlink(missing_ok=True)
        os.close(descriptor)


def _locked(target: Path) -> tuple[Path, int]:
    """Create the new file and lock it. One that another process has cleaned away before it was locked is made again.

    The lock tells other processes that this one is alive. SQLite does not know of it, and gets its own descriptor.
    """
    while True:
        partial = target.with_name(f".{target.name}.{secrets.token_hex(8)}{PARTIAL_END}")
        descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with suppress(OSError):  # some network file systems have no such locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if partial.exists():
            return partial, descriptor
        os.close(descriptor)


def clean(target: Path) -> None:
    """Delete what killed processes left of copies with this name, whatever instant is in it."""
    name, instants = re.escape(target.name), ""
    if found := _NAMED.fullmatch(target.name):
        name, instants = re.escape(found[1]), _INSTANT
    form = re.compile(rf"\.{name}{instants}\.[0-9a-f]{{16}}\.parcial")
    try:
        rests = [target.with_name(entry) for entry in os.listdir(target.parent) if form.fullmatch(entry)]
    except OSError:
        return
    for rest in rests:
        with suppress(OSError):
            descriptor = os.open(rest, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails if its process is alive
                for end in (*_BESIDE, ""):
                    Path(f"{rest}{end}").unlink(missing_ok=True)
            finally:
                os.close(descriptor)


def back_up(source: Path, partial: Path, pause: Pause = lambda: None) -> None:
    """Copy a desk's file by SQLite's backup function, while others write.

    One read transaction is kept open for all steps. So the copy is of one state, writers never wait for it, and it is
    not begun again at each write of another process, as a backup without a transaction is.

    Raises:
        sqlite3.Error: The file cannot be read, or the copy cannot be written.
    """
    with closing(connect(source, "ro")) as old, closing(_connect(partial)) as new:
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        old.backup(new, pages=PAGES_AT_ONCE, progress=lambda *_: pause())
    set_mark(partial, COPY_MARK)


def set_mark(file: Path, mark: int) -> None:
    """Set the `application_id` of a file that nobody has open, and that it has no write-ahead log.

    The three fields of its header are written directly (sqlite.org/fileformat.html, 1.3): SQLite itself would need
    locks, which some network file systems lack.

    Raises:
        OSError: It cannot be written.
    """
    with file.open("r+b") as opened:
        opened.seek(18)
        opened.write(b"\x01\x01")
        opened.seek(68)
        opened.write(mark.to_bytes(4, "big"))


@contextmanager
def new_file_connection(partial: Path) -> Iterator[Connection]:
    """A connection to a new, empty file, in one transaction. Nothing is flushed to disk yet."""
    engine = create_engine(URL.create("sqlite", database=str(partial)), creator=lambda: _connect(partial))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def reading_copy(file: Path) -> Iterator[Connection]:
    """A connection that only reads a file that nobody writes."""
    engine = create_engine(URL.create("sqlite", database=str(file)), creator=lambda: _connect(file, "ro&immutable=1"))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def integrity_problem(file: Path, pause: Pause = lambda: None) -> str | None:
    """What SQLite's complete check finds first in a file that nobody writes; None if it is whole."""
    try:
        with closing(_connect(file, "ro&immutable=1")) as raw:
            raw.set_progress_handler(pause, _STEPS_AT_ONCE)  # an exception in it ends the check
            [finding] = raw.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            pause()
        return str(error)
    return None if finding == "ok" else str(finding)


def is_copy(file: Path) -> bool:
    """Whether the file is marked as a copy. It is not opened if SQLite has it open somewhere: it has files beside it.

    Raises:
        sqlite3.Error: It is no database, or cannot be read.
    """
    if any(Path(f"{file}{end}").exists() for end in _BESIDE):
        return False
    with closing(_connect(file, "ro&immutable=1")) as raw:
        [mark] = raw.execute("PRAGMA application_id").fetchone()
    return bool(mark == COPY_MARK)


def identity_of(file: Path) -> str | None:
    """The identity of the desk that a copy is of; None if it has none.

    Raises:
        sqlite3.Error: It is no database, or cannot be read.
    """
    with closing(_connect(file, "ro&immutable=1")) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if "unit" not in tables or "identity" not in {row[1] for row in raw.execute("PRAGMA table_info(unit)")}:
            return None
        found = raw.execute("SELECT identity FROM unit").fetchone()
    return str(found[0]) if found and found[0] else None


def digest_of(file: Path, pause: Pause = lambda: None) -> str:
    """The SHA-256 of a copy, in hexadecimal digits.

    Raises:
        OSError: It cannot be read.
    """
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while some := opened.read(_READ_AT_ONCE):
            digest.update(some)
            pause()
    return digest.hexdigest()


def noted_digest(copy: Path) -> str | None:
    """The digest in the file beside a copy; None if there is none."""
    try:
        text = Path(f"{copy}{DIGEST_END}").read_text("ascii", "replace")
    except OSError:
        return None
    found = re.match(r"[0-9a-f]{64}\b", text)
    return found[0] if found else None


def delete(copy: Path) -> None:
    """Delete a copy and the file with its digest.

    Raises:
        OSError: It cannot be deleted.
    """
    copy.unlink()
    Path(f"{copy}{DIGEST_END}").unlink(missing_ok=True)
    flush_folder(copy.parent)


def same_file(one: Path, desk: Path | None) -> bool:
    """Whether a path names the desk's file or one of SQLite's files beside it, also by a link. Nothing is opened."""
    try:
        found = one.stat()
    except OSError:
        return False
    real = os.path.realpath(desk) if desk else ""
    for own in (Path(f"{real}{end}") for end in ("", *_BESIDE) if desk):
        with suppress(OSError):
            if os.path.samestat(own.stat(), found):
                return True
    return False


def is_regular(path: Path) -> bool:
    """Whether the path names a regular file, by itself or by a link."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def failed(error: OSError | sqlite3.Error, path: Path) -> DatabaseUnavailable:
    """The error for a copy that could not be written."""
    detail = error.errno if isinstance(error, OSError) else getattr(error, "sqlite_errorname", None)
    return DatabaseUnavailable("copia_nao_gravada", path=str(path), detail=detail)


def flush_folder(folder: Path) -> None:
    """Flush the folder's entries to the disk, if the system allows it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _connect(file: Path, mode: str = "rw&nolock=1") -> sqlite3.Connection:
    """A connection to a file that no other process uses. A crash may damage it: it is flushed before it is renamed."""
    raw = sqlite3.connect(
        f"file:{quote(os.path.abspath(file))}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    if mode.startswith("rw"):
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("PRAGMA journal_mode = OFF").fetchone()
    return raw


def place(partial: Path, target: Path, *, replace: bool) -> None:
    """Rename the file atomically; without `replace`, an existing file is never overwritten."""
    if not replace:
        try:
            os.link(partial, target)
            return
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    os.replace(partial, target)


def _write_digest(copy: Path, digest: str) -> None:
    """Write the file with the digest. A copy without one is complete too, so a failure does not matter."""
    with suppress(OSError):
        partial = copy.with_name(f".{copy.name}.{secrets.token_hex(8)}{PARTIAL_END}")
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(f"{digest}  {copy.name}\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, f"{copy}{DIGEST_END}")
        finally:
            partial.unlink(missing_ok=True)
