"""Atomic output: a file is written under a temporary name, readable by its owner only, and then renamed.

A desk's own files are recognised by device and inode and never opened: a process that closes any descriptor of a SQLite
file loses its locks on it (docs/rules.md, "Files and locks").
"""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import BinaryIO

from atendimento_tui.domain.refusals import Refused

_BESIDE = ("-wal", "-shm", "-journal")
"""Suffixes of SQLite's files beside a database."""

_HEADERS = (b"SQLite format 3\0", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
"""First bytes of a database, its write-ahead log (of either byte order) and its journal."""

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EINVAL}
"""Errors of file systems without hard links."""


@contextlib.contextmanager
def new_file(path: Path, *, replace: bool = False, database: Path | None = None) -> Iterator[BinaryIO]:
    """Write a file completely or not at all. A symbolic link is followed.

    Args:
        path: Its path.
        replace: Whether an existing file is replaced.
        database: The SQLite file that the program has open, if any.

    Raises:
        Refused: The file exists, or is a database.
        OSError: It cannot be written. The error names the path; an existing file is unchanged.
    """
    try:
        target = Path(os.path.realpath(path))
        _check(path, target, replace, database)
        if not target.parent.exists():
            raise Refused("saida_sem_pasta", path=str(path), folder=str(target.parent))
        partial = target.with_name(f".{secrets.token_hex(8)}.parcial")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                flush(file)
            _check(path, target, replace, database)  # it may have been created meanwhile
            _place(path, partial, target, replace)
        finally:
            partial.unlink(missing_ok=True)
        flush_folder(target.parent)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # the error of a full disk names no file
        raise


def numbered_file(folder: Path, stem: str, ending: str, data: bytes, database: Path | None) -> Path:
    """Write a file under a new name in a folder of the user, which is created if missing.

    Args:
        folder: The folder.
        stem: Its name without the ending; `-2` and so on is added if a file has this name.
        ending: As `.txt`.
        data: Its content.
        database: The SQLite file that is open, if any.

    Returns:
        Its path.

    Raises:
        OSError: It cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number in count(1):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
        try:
            with new_file(path, database=database) as file:
                file.write(data)
            return path
        except Refused as refused:
            if refused.code != "saida_existe":
                raise
    raise AssertionError("numbers do not end")


def write_again(path: Path, partial: Path, data: bytes) -> None:
    """Replace the content of a file of the program; after a power cut it is the old or the new one, complete.

    Args:
        path: The file.
        partial: The temporary file, in the same folder; no other writer uses it.
        data: The new content.

    Raises:
        OSError: It cannot be written. The error names the path; the file is unchanged.
    """
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            flush(file)
        os.replace(partial, path)
        flush_folder(path.parent)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def flush(file: BinaryIO) -> None:
    """Flush the file to the disk."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Flush the folder's entries to the disk, if the system allows it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _check(path: Path, target: Path, replace: bool, database: Path | None) -> None:
    """Refuse a target that must not be overwritten."""
    bases = [Path(str(target).removesuffix(ending)) for ending in _BESIDE]
    if any(_is_sqlite(file, database) for file in {target, *bases}):
        raise Refused("saida_no_banco", path=str(path))
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):  # realpath could not resolve it
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise Refused("saida_nao_e_arquivo", path=str(path))
    if not replace:
        raise Refused("saida_existe", path=str(path))


def _is_sqlite(file: Path, database: Path | None) -> bool:
    """Whether it is a database or one of SQLite's files beside it. The open database is not opened again."""
    try:
        found = file.stat()
    except OSError:
        return False  # nothing to overwrite; other errors are raised on writing
    for own in (Path(f"{os.path.realpath(database)}{ending}") for ending in ("", *_BESIDE) if database):
        with contextlib.suppress(OSError):
            if os.path.samestat(own.stat(), found):
                return True
    if not stat.S_ISREG(found.st_mode):
        return False
    with file.open("rb") as opened:
        return opened.read(16).startswith(_HEADERS)


def _place(path: Path, partial: Path, target: Path, replace: bool) -> None:
    """Rename the file atomically; without `replace`, an existing file is never overwritten."""
    if not replace:
        try:
            os.link(partial, target)
            return
        except FileExistsError as error:
            raise Refused("saida_existe", path=str(path)) from error
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
    os.replace(partial, target)
