"""Settings of this machine, in the user's settings file, that the command and the window share."""

from pathlib import Path

from atendimento_tui.data.text_files import read_toml_file
from atendimento_tui.domain.refusals import Refused

COPIES_SECTION, FOLDER = "copias", "pasta"


def copies_folder(settings: Path) -> Path | None:
    """The folder of backup copies that the settings file names (`[copias] pasta`); None if it names none.

    Raises:
        Refused: The file cannot be read, or the folder is not an absolute path.
    """
    if not settings.exists():
        return None
    section = read_toml_file(settings).get(COPIES_SECTION)
    if section is None:
        return None
    folder = section.get(FOLDER) if isinstance(section, dict) else None
    path = Path(folder).expanduser() if isinstance(folder, str) and "\0" not in folder else None
    if path is None or not path.is_absolute():
        raise Refused("copias_sem_caminho", path=str(settings))
    return path
