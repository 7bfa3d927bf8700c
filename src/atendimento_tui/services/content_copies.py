"""The contents of attachments beside backup copies: taken with a copy, and recovered from there."""

from collections.abc import Callable
from pathlib import Path

from atendimento_tui.data import content_folder, copy_file
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.attachments import sizes_of_named
from atendimento_tui.domain.access import Permission
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk


def copy_contents(
    made: Path, target: Path, identity: str, read: Callable[[str], bytes | None], pause: copy_file.Pause
) -> int:
    """Write the contents of attachments that the folder of a copy lacks.

    They are written before the copy gets its name, so that no copy names a content that is not there.

    Args:
        made: The temporary file of the copy.
        target: Its later path.
        identity: That of the desk.
        read: Returns a content of the desk; None if it is missing.
        pause: Called after each.

    Returns:
        How many the desk itself lacks.
    """
    with copy_file.reading_copy(made) as connection:
        sizes = sizes_of_named(connection)
    return content_folder.add_missing(content_folder.folder_of(target, identity), sizes.items(), read, pause)


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
