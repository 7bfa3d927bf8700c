"""Screenshots as files."""

from datetime import datetime
from pathlib import Path

from atendimento_tui.outputs.in_place import numbered_file


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
    return numbered_file(folder, f"tela-{at:%Y%m%d-%H%M%S}", ".svg", svg.encode("utf-8", "replace"), database)
