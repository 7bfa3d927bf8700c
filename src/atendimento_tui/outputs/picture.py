"""Screenshots as files."""

from datetime import datetime
from itertools import count
from pathlib import Path

from atendimento_tui.domain.refusals import Refused
from atendimento_tui.outputs.in_place import new_file


def save_picture(folder: Path, svg: str, at: datetime, database: Path | None) -> Path:
    """Write a screenshot under a new name with its date and time.

    Args:
        folder: The folder; created if missing.
        svg: The picture.
        at: The local instant.
        database: The SQLite file that is open, if any.

    Returns:
        Its path.

    Raises:
        OSError: It cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number in count(1):
        further = f"-{number}" if number > 1 else ""
        path = folder / f"tela-{at:%Y%m%d-%H%M%S}{further}.svg"
        try:
            with new_file(path, database=database) as file:
                file.write(svg.encode("utf-8", "replace"))
            return path
        except Refused as refused:
            if refused.code != "saida_existe":
                raise
    raise AssertionError("numbers do not end")
