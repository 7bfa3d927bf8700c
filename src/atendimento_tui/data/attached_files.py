"""Reads files of users that are attached to tickets, and lists those of a folder."""

import os
import stat
from pathlib import Path

from atendimento_tui.data.contents import contents_file
from atendimento_tui.data.copy_file import same_file
from atendimento_tui.domain.refusals import Refused

MOST_LISTED = 500


def read_file(path: Path, at_most: int, desk: Path | None) -> bytes:
    """The content of a file.

    Args:
        path: The file.
        at_most: Maximum size in bytes; of a larger file one byte more is returned.
        desk: The SQLite file that is open, if any. It is not opened again: that would lose its locks.

    Raises:
        Refused: It cannot be read, is not a regular file, or is the desk's own.
    """
    try:
        if desk and (same_file(path, desk) or same_file(path, contents_file(desk))):
            raise Refused("anexo_no_banco", path=str(path))
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe would be waited for
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Refused("anexo_nao_e_arquivo", path=str(path))
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                return file.read(at_most + 1)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        raise Refused("arquivo_ilegivel", path=str(path), detail=getattr(error, "errno", None)) from error


def files_in(folder: Path) -> list[tuple[str, int]]:
    """Name and size of the files in a folder, newest first; at most 500. Hidden ones and folders are left out.

    Raises:
        Refused: The folder cannot be read.
    """
    found: list[tuple[float, str, int]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and entry.is_file():
                    status = entry.stat()
                    found.append((-status.st_mtime, entry.name, status.st_size))
    except (OSError, ValueError) as error:
        raise Refused("arquivo_ilegivel", path=str(folder), detail=getattr(error, "errno", None)) from error
    return [(name, size) for _, name, size in sorted(found)[:MOST_LISTED]]
