"""The contents of attachments beside backup copies: a folder of files, each named by its SHA-256.

Copies of a desk share the folder, so that a copy takes only what the last one lacks. A file is complete or absent, and
never changes, so that any program may copy the folder at any time.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from atendimento_tui.data import copy_file
from atendimento_tui.data.contents import hash_of

_LOCK = ".trava"
"""The file in the folder that is locked by those who rely on it."""

_KEY = re.compile("[0-9a-f]{64}")


def folder_of(copy: Path, identity: str) -> Path:
    """The folder of the contents of a copy.

    Args:
        copy: The copy.
        identity: That of its desk (`copy_file.identity_of`).
    """
    return copy.parent / f"anexos-{identity}"


def path_of(folder: Path, key: str) -> Path:
    """The path of a content."""
    assert _KEY.fullmatch(key), "a hash names no other file"
    return folder / key[:2] / key


def add_missing(
    folder: Path, sizes: Iterable[tuple[str, int]], read: Callable[[str], bytes | None], pause: copy_file.Pause
) -> int:
    """Write the contents that the folder lacks.

    Args:
        sizes: Hash and size of all contents.
        read: Returns a content; None if there is none.
        pause: Called after each.

    Returns:
        How many cannot be read.

    Raises:
        OSError: One cannot be written.
    """
    lost, touched = 0, set[Path]()
    for key, size in sizes:
        target = path_of(folder, key)
        if _size(target) == size:
            continue
        content = read(key)
        if content is None:
            lost += 1
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with copy_file.temporary(target) as (partial, descriptor):
            view = memoryview(content)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
            os.replace(partial, target)
        touched.add(target.parent)
        pause()
    for each in (*touched, folder, folder.parent) if touched else ():
        copy_file.flush_folder(each)
    return lost


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep `alone` out of the folder while a copy that has no name yet relies on it. It is created if missing.

    Raises:
        OSError: It cannot be created.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with suppress(OSError):  # some network file systems have no such locks; there nobody is alone
            fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether no copy is being made that relies on the folder; it stays so meanwhile.

    Raises:
        OSError: The folder cannot be written.
    """
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_alone = True
        except OSError:
            is_alone = False
        yield is_alone
    finally:
        os.close(descriptor)


def present(folder: Path) -> set[str]:
    """The hashes of the contents that the folder has.

    Raises:
        OSError: It cannot be read.
    """
    return {path.name for path in folder.glob("[0-9a-f][0-9a-f]/*") if _KEY.fullmatch(path.name)}


def delete(folder: Path, keys: Iterable[str], pause: copy_file.Pause) -> None:
    """Delete contents. A kill leaves the others of them, which the next time deletes.

    Args:
        pause: Called after each.

    Raises:
        OSError: One cannot be deleted.
    """
    for key in keys:
        path_of(folder, key).unlink(missing_ok=True)
        pause()


def read(folder: Path, key: str) -> bytes | None:
    """The content with this hash; None if it is missing, or is another one."""
    if not _KEY.fullmatch(key):
        return None
    with suppress(OSError):
        content = path_of(folder, key).read_bytes()
        if hash_of(content) == key:
            return content
    return None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
