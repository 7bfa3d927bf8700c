"""The services of a desk: which it offers, and the inclusion of files."""

from dataclasses import dataclass
from pathlib import Path

from atendimento_tui.contracts.processes import Service
from atendimento_tui.data.engine import reading, writing
from atendimento_tui.data.queries.processes import offered_processes
from atendimento_tui.data.repositories.processes import lock_catalogue
from atendimento_tui.data.text_files import LONGEST_TOML, read_text
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.process.errors import ProcessError
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services import catalog
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk


@dataclass(frozen=True, slots=True)
class ProcessFile:
    """A file that describes a service.

    Attributes:
        process: The parsed process.
        text: The text, as it is stored.
        encoding: Its encoding, one of those of `data.text_files`.
    """

    process: Process
    text: str
    encoding: str


def read_file(path: Path) -> ProcessFile:
    """The validated service in a file.

    Raises:
        Refused: The file cannot be read or is not a valid process; with file, place, error and the most similar word.
    """
    read = read_text(path, LONGEST_TOML)
    try:
        return ProcessFile(read_process(read.content), read.content, read.encoding)
    except ProcessError as error:
        raise Refused(error.code, path=str(path), place=error.place, **error.values) from error


def validate_file(path: Path) -> Process:
    """The process in a file.

    Raises:
        Refused: As `read_file`.
    """
    return read_file(path).process


@needs(Permission.CATALOG)
def include_file(desk: Desk, path: Path, *, make_groups: bool = False) -> Process:
    """Include the service of a file in the catalogue; running tickets keep their version.

    Args:
        make_groups: Whether missing groups are created.

    Raises:
        Refused: As `read_file`; or the desk has no such calendar, or no such group and `make_groups` is false.
    """
    file = read_file(path)
    for kind, rule in file.process.clocks.items():
        try:
            desk.calendar_version(rule.calendar)
        except LookupError as error:
            place = f"prazos.{kind}.calendario"
            raise Refused("servico_sem_calendario", path=str(path), place=place, word=rule.calendar) from error
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.CATALOG)
        lock_catalogue(connection)
        missing = catalog.missing_groups(connection, file.process)
        if missing and not make_groups:
            raise Refused("grupos_faltando", path=str(path), groups=missing)
        catalog.include(connection, [file.text])
    if file.process.secrecy:
        desk.note_secrets()
    return file.process


@needs(Permission.CATALOG)
def missing_groups(desk: Desk, process: Process) -> dict[str, str]:
    """The groups of a process that the desk lacks, each with the desk's most similar one, if any."""
    with reading(desk.engine) as connection:
        return catalog.missing_groups(connection, process)


@needs(Permission.USE)
def offered(desk: Desk) -> list[Service]:
    """The services for which tickets may be opened, by name."""
    with reading(desk.engine) as connection:
        versions = offered_processes(connection)
        desk.read_processes([version for version, _ in versions], connection)
        return [Service(version, key, desk.process(version, connection)) for version, key in versions]
