"""A desk's SQLite file on the disk: which file it is, where it lies, and whether it is damaged.

Nothing here opens such a file except SQLite itself. A process that closes any other descriptor of a database loses the
locks that SQLite holds on it, so files are told apart by `os.stat` (device and inode) only.
"""

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

from atendimento_tui.data.unavailable import PATIENCE_S, DatabaseUnavailable

log = logging.getLogger(__name__)

SIDES = ("-wal", "-shm")
"""What stands beside a database while it is open: the log of its last writes, and the index of that log."""

WHOLE_CHECK_PAGES = 2_000
"""A file of up to so many pages (8 MB) is read whole on opening, which takes about 40 ms. Of a longer one only both
ends of every table and index are read."""

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_NETWORK_KINDS = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "orangefs",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    ]
)
"""File systems whose files another machine may change. SQLite's write-ahead log needs memory that all writers share
(sqlite.org/wal.html), so it loses data there."""

_OWN_AS_ROOT = frozenset({"9p", "virtiofs"})
"""Of these, the ones that a virtual machine has its own root directory on."""

_LOCAL_FUSE = frozenset(
    f"fuse.{name}"
    for name in ["bindfs", "cryfs", "encfs", "fuse-overlayfs", "gocryptfs", "mergerfs", "ntfs-3g", "securefs"]
)
"""File systems that a program carries out (FUSE) and that are this machine's own. Others (sshfs, rclone...) are not."""

_MOUNTS = Path("/proc/self/mountinfo")


class OpenFile:
    """The file that the connections of one engine have open. Threads may share it.

    Args:
        path: As it was given; a later change of the working directory does not matter.
    """

    def __init__(self, path: Path) -> None:
        self._told = path
        self._path = Path(os.path.abspath(path))
        self._turn = Lock()
        self._open = 0
        self._known: dict[Path, tuple[int, int]] = {}
        self._sides: tuple[Path, ...] = ()
        self._damage: DatabaseUnavailable | None = None

    def connect(self) -> sqlite3.Connection:
        """A new connection. While a file is open, no other one is opened or made in its place.

        Raises:
            DatabaseUnavailable: As `check`.
        """
        self.check()
        return connect(self._path, "rw" if self._open else "rwc", any_thread=True)

    def opened(self) -> None:
        """Count one more connection, which SQLite has opened by now.

        Raises:
            DatabaseUnavailable: As `check`.
        """
        with self._turn:
            if not self._open:  # SQLite puts them beside the file itself, not beside a link to it
                real = os.path.realpath(self._path)
                self._sides = tuple(Path(real + end) for end in SIDES)
            self._compare()
            self._open += 1

    def closed(self) -> None:
        """Count one connection fewer. With the last one SQLite may take away what stands beside the file."""
        with self._turn:
            self._open -= 1
            if not self._open:
                self._known.clear()

    def check(self) -> None:
        """See that the path names the file that is open, and that no damage was met.

        Raises:
            DatabaseUnavailable: The file is gone, another one stands in its place, or it is damaged.
        """
        if self._damage:
            raise self._damage
        with self._turn:
            if self._open:
                self._compare()

    def failed(self, error: BaseException | None) -> DatabaseUnavailable | None:
        """Look at what SQLite says. Where it tells of damage, nothing is written into the file from now on.

        Returns:
            What to tell instead; None for an error of another kind.
        """
        if isinstance(error, sqlite3.Error) and _is_damage(error):
            self._damage = damaged(self._told, error)
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
                raise DatabaseUnavailable("banco_sem_diario", path=str(self._told))
            elif found:
                raise DatabaseUnavailable("banco_trocado", path=str(self._told))
            else:
                raise DatabaseUnavailable("banco_fora_do_lugar", path=str(self._told))


def connect(path: Path, mode: str, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection of SQLite's own, without its transactions by itself.

    Args:
        mode: `ro`, `rw`, or `rwc`, which makes the file where there is none.
        any_thread: Whether threads hand it to each other.
    """
    address = f"file:{quote(os.path.abspath(path))}?mode={mode}"
    return sqlite3.connect(
        address, uri=True, timeout=PATIENCE_S, isolation_level=None, check_same_thread=not any_thread
    )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def must_be_there(path: Path) -> None:
    """See that there is a file, of which SQLite then tells whether it is a database.

    Raises:
        DatabaseUnavailable: There is none, or something else stands in its place.
    """
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise DatabaseUnavailable("banco_inexistente", path=str(path)) from error
    except OSError as error:
        raise DatabaseUnavailable("banco_nao_abre", path=str(path), detail=error.errno) from error
    refuse_other_kinds(path, mode)


def refuse_other_kinds(path: Path, mode: int) -> None:
    """Refuse what is no ordinary file.

    Raises:
        DatabaseUnavailable: It is a folder, a device, a pipe.
    """
    if stat.S_ISDIR(mode):
        raise DatabaseUnavailable("banco_e_pasta", path=str(path))
    if not stat.S_ISREG(mode):
        raise DatabaseUnavailable("banco_nao_e_arquivo", path=str(path))


# Damage.


def look_over(path: Path, *, whole: bool = False) -> None:
    """Look for damage without changing anything: a small file is read whole, of a large one the ends of each table.

    Args:
        path: The file. One that cannot be opened for another reason is left to whoever opens it to work.
        whole: Read a large one whole as well, which takes five seconds a gigabyte.

    Raises:
        DatabaseUnavailable: `banco_danificado`, or `banco_nao_e_banco` where not even its beginning can be read.
    """
    try:
        # Read only: closing it writes nothing back from the log, as closing the last other connection would.
        with closing(connect(path, "ro")) as raw:
            raw.execute("PRAGMA cell_size_check = ON")
            [pages] = raw.execute("PRAGMA page_count").fetchone()
            if whole or pages <= WHOLE_CHECK_PAGES:
                [said] = raw.execute("PRAGMA quick_check(1)").fetchone()
                if said != "ok":
                    raise damaged(path, said)
            else:
                for query in _ends(raw):
                    raw.execute(query).fetchone()
    except sqlite3.Error as error:
        if _is_damage(error):
            raise damaged(path, error) from error


def _ends(raw: sqlite3.Connection) -> Iterator[str]:
    """Queries that read the first and the last row of every table and of every index, and no more."""
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


def damaged(path: Path, said: sqlite3.Error | str) -> DatabaseUnavailable:
    """What is told of a damaged file: which one, and a copy of it where there is one.

    Args:
        said: What SQLite says of it; goes to the log only.
    """
    log.info("damage in %s: %s", path, said)
    if isinstance(said, sqlite3.Error) and _code(said) == sqlite3.SQLITE_NOTADB:
        return DatabaseUnavailable("banco_nao_e_banco", path=str(path), copy=newest_copy(path))
    return DatabaseUnavailable("banco_danificado", path=str(path), copy=newest_copy(path))


def copy_name(path: Path, revision: str, now: datetime) -> Path:
    """Where the copy stands that is taken before an update of the tables."""
    return path.with_name(f"{path.name}.antes-{revision}-{now:%Y%m%d%H%M%S}")


def newest_copy(path: Path) -> str | None:
    """The newest copy that stands beside the file; None where there is none."""
    form = re.compile(rf"{re.escape(path.name)}\.antes-\w+-(\d{{14}})")
    try:
        copies = [(match[1], name) for name in os.listdir(path.parent) if (match := form.fullmatch(name))]
    except OSError:
        return None
    return str(path.with_name(max(copies)[1])) if copies else None


def set_aside(path: Path, now: datetime) -> Path:
    """Give a damaged file, with what stands beside it, another name. Nothing is deleted or written.

    Returns:
        Its new name.

    Raises:
        DatabaseUnavailable: There is no such file; it is not damaged; it cannot be renamed. Nothing was changed.
    """
    must_be_there(path)
    try:
        look_over(path, whole=True)
    except DatabaseUnavailable:
        pass
    else:
        raise DatabaseUnavailable("banco_inteiro", path=str(path))
    real = Path(os.path.realpath(path))
    aside = real.with_name(f"{real.name}.danificado-{now:%Y%m%d%H%M%S}")
    try:
        # The log before the file: a log that stays alone would be played into the next file of that name.
        for end in (*SIDES, ""):
            source, target = Path(f"{real}{end}"), Path(f"{aside}{end}")
            if source.exists() and not target.exists():
                source.rename(target)
    except OSError as error:
        raise DatabaseUnavailable("banco_nao_sai", path=str(path), detail=error.errno) from error
    return aside


def _is_damage(error: sqlite3.Error) -> bool:
    return _code(error) in _DAMAGE


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


# Where it lies.


def refuse_network(path: Path) -> None:
    """Refuse a file on the file system of a network. On a system that does not tell its mounts, nothing is refused.

    Raises:
        DatabaseUnavailable: It lies on one.
    """
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return
    if kind := network_kind(mounts, os.path.realpath(path)):
        raise DatabaseUnavailable("banco_na_rede", path=str(path), kind=kind)


def network_kind(mounts: str, path: str) -> str | None:
    """The kind of network file system that a path lies on.

    Args:
        mounts: The text of `/proc/self/mountinfo` (proc(5)).
        path: An absolute path without symbolic links; it need not exist.

    Returns:
        None where it lies on this machine.
    """
    kind, where = "", ""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
        is_above = path == point or path.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= len(where):  # of two in one place the later one hides the earlier one
            kind, where = after.split(" ")[0], point
    if where == "/" and kind in _OWN_AS_ROOT:
        return None
    is_fuse = kind == "fuse" or kind.startswith("fuse.")
    return kind if kind in _NETWORK_KINDS or (is_fuse and kind not in _LOCAL_FUSE) else None
