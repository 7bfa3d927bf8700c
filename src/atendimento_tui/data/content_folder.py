"""The contents of attachments beside backup copies: a folder of files, each named by its SHA-256.

Copies of a desk share the folder, so that a copy takes only what the last one lacks. A file is complete or absent, and
never changes, so that any program may copy the folder at any time.
"""

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from atendimento_tui.data import copy_file
from atendimento_tui.data.contents import hash_of

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
