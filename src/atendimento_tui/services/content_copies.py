"""The contents of attachments beside backup copies: taken with a copy, and recovered from there."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from atendimento_tui.data import content_folder, copy_file
from atendimento_tui.data.engine import DBAPIError, reading
from atendimento_tui.data.queries.attachments import has_attachments, sizes_of_named
from atendimento_tui.domain.access import Permission
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk

log = logging.getLogger(__name__)


def copy_contents(
    made: Path,
    target: Path,
    identity: str,
    read: Callable[[str], bytes | None],
    pause: copy_file.Pause,
    until_named: ExitStack,
) -> int:
    """Write the contents of attachments that the folder of a copy lacks.

    They are written before the copy gets its name, so that no copy names a content that is not there.

    Args:
        made: The temporary file of the copy.
        target: Its later path.
        identity: That of the desk.
        read: Returns a content of the desk; None if it is missing.
        pause: Called after each.
        until_named: Is closed once the copy has its name; until then nothing is pruned.

    Returns:
        How many the desk itself lacks.
    """
    with copy_file.reading_copy(made) as connection:
        sizes = sizes_of_named(connection)
    folder = content_folder.folder_of(target, identity)
    if sizes:
        until_named.enter_context(content_folder.in_use(folder))
    return content_folder.add_missing(folder, sizes.items(), read, pause)


def prune_contents(copies: Path, identity: str, pause: copy_file.Pause) -> int:
    """Delete the contents of attachments that no copy in the folder needs any more.

    Nothing is deleted while a copy is being made, or if a copy cannot be read. A kill leaves a content too many, never
    one too few.

    Args:
        copies: The folder of copies.
        identity: That of the desk.
        pause: Called between two steps.

    Returns:
        How many were deleted.

    Raises:
        OSError: The folder cannot be read or written.
    """
    folder = content_folder.folder_of(copies / "copy", identity)
    if not folder.is_dir():
        return 0
    with content_folder.alone(folder) as is_alone:
        if not is_alone:
            return 0
        extra = content_folder.present(folder)
        for copy in sorted(copies.iterdir(), reverse=True):  # the newest one usually needs all of them
            if not extra:
                return 0
            needed = _needed_by(copy, identity)
            if needed is None:
                log.warning("a copy cannot be read: no content is pruned")
                return 0
            extra -= needed
            pause()
        content_folder.delete(folder, sorted(extra), pause)
    return len(extra)


def _needed_by(copy: Path, identity: str) -> set[str] | None:
    """The hashes of the contents that a file of the folder needs; None if it is a copy that cannot be read."""
    if copy.name.endswith((copy_file.PARTIAL_END, copy_file.DIGEST_END)) or not copy_file.is_regular(copy):
        return set()
    try:
        if not copy_file.is_copy(copy) or copy_file.identity_of(copy) != identity:
            return set()
        with copy_file.reading_copy(copy) as connection:
            return {*sizes_of_named(connection)} if has_attachments(connection) else set()
    except (sqlite3.Error, DBAPIError):
        return None if copy_file.is_named_as_copy(copy) else set()


@needs(Permission.RESTORE)
def recover_contents(desk: Desk, folder: Path) -> tuple[int, int]:
    """Store the contents of attachments that are missing or damaged, from the folder of copies.

    Args:
        folder: The folder of copies, or that of contents in it.

    Returns:
        How many were recovered, and how many are still missing.
    """
    own = content_folder.folder_of(folder / "copy", desk.unit.identity)
    source = own if own.is_dir() else folder
    with reading(desk.engine) as connection:
        require_now(connection, desk, Permission.RESTORE)
        keys = sorted(sizes_of_named(connection))
    found = lost = 0
    for key in [key for key in keys if desk.contents.get(key) is None]:
        content = content_folder.read(source, key)
        if content is None:
            lost += 1
            continue
        desk.contents.delete([key])  # a damaged one
        desk.contents.put(content)
        found += 1
    return found, lost
