"""The catalogue: the desk's services, their versions, and inclusion of new ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, false, select, true, update
from sqlmodel import col

from atendimento_tui.contracts.processes import Service
from atendimento_tui.data import catalog, tables
from atendimento_tui.data.engine import advisory_lock, insert_one, reading, writing
from atendimento_tui.data.text_files import LONGEST_TOML, read_text
from atendimento_tui.domain.process.check import ProcessError, nearest
from atendimento_tui.domain.process.read import content_hash, read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.stored import FORMAT
from atendimento_tui.domain.refusals import Refused

if TYPE_CHECKING:
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


def include_file(desk: "Desk", path: Path, *, make_groups: bool = False) -> Process:
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
        advisory_lock(connection, "catalogo")
        missing = _missing_groups(connection, file.process)
        if missing and not make_groups:
            raise Refused("grupos_faltando", path=str(path), groups=missing)
        include(connection, [file.text])
    return file.process


def missing_groups(desk: "Desk", process: Process) -> dict[str, str]:
    """The groups of a process that the desk lacks, each with the desk's most similar one, if any."""
    with reading(desk.engine) as connection:
        return _missing_groups(connection, process)


def _missing_groups(connection: Connection, process: Process) -> dict[str, str]:
    known = list(connection.scalars(select(col(tables.Group.name))))
    return {name: nearest(name, known) for name in sorted(set(process.groups()) - set(known))}


def ship(desk: "Desk") -> tuple[str, ...]:
    """Include shipped services that the desk does not have yet.

    A new version is offered, unless the desk offers its own version under that key.

    Returns:
        The groups that were created.
    """
    texts = [text for _, text in catalog.shipped()]
    with reading(desk.engine) as connection:
        known = set(connection.scalars(select(col(tables.Process.content_hash))))
    new = [text for text in texts if content_hash(text) not in known]
    if not new:
        return ()
    with writing(desk.engine) as connection:
        return include(connection, new, shipped=True)


def include(connection: Connection, texts: Iterable[str], *, shipped: bool = False) -> tuple[str, ...]:
    """Insert new versions with their groups, and offer them.

    Args:
        shipped: They come with the program and do not replace the desk's own versions.

    Returns:
        The groups that were created.
    """
    advisory_lock(connection, "catalogo")
    table = tables.Process
    made: list[str] = []
    for text in texts:
        process, version = read_process(text), content_hash(text)
        of_key, is_offered = col(table.key) == process.key, col(table.is_offered) == true()
        own = select(col(table.id)).where(of_key, is_offered, col(table.is_shipped) == false())
        offers = not (shipped and connection.scalar(own))
        if offers:
            connection.execute(update(table).where(of_key).values(is_offered=False))
        same = col(table.content_hash) == version
        if connection.scalar(select(col(table.id)).where(same)) is not None:
            connection.execute(update(table).where(same).values(is_offered=offers))
            continue
        insert_one(
            connection,
            table,
            key=process.key,
            name=process.name,
            content_hash=version,
            content=text,
            format=FORMAT,
            is_offered=offers,
            is_shipped=shipped,
        )
        made += _make_groups(connection, process)
    return tuple(made)


def offered(desk: "Desk") -> list[Service]:
    """The services for which tickets may be opened, by name."""
    with reading(desk.engine) as connection:
        rows = connection.execute(
            select(col(tables.Process.id), col(tables.Process.key))
            .where(col(tables.Process.is_offered) == true())
            .order_by(col(tables.Process.name))
        ).all()
        return [Service(row.id, row.key, desk.process(row.id, connection)) for row in rows]


def _make_groups(connection: Connection, process: Process) -> list[str]:
    """Create the missing groups; at first all people are in them."""
    missing = list(_missing_groups(connection, process))
    people = connection.scalars(select(col(tables.Person.id)).where(col(tables.Person.active) == true())).all()
    for name in missing:
        group = insert_one(connection, tables.Group, name=name)
        for person in people:
            insert_one(connection, tables.Membership, group_id=group, person_id=person)
    return missing
