"""The catalogue: which services the desk has, in which version, and bringing new ones in."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, false, select, true, update
from sqlmodel import col

from atendimento_tui.data import catalog, models
from atendimento_tui.data.engine import insert_one, reading, take_in_hand, writing
from atendimento_tui.data.text_files import LONGEST_TOML, read_text
from atendimento_tui.domain.process import Process, ProcessError, content_hash, read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.stored_process import FORMAT
from atendimento_tui.results import Service

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


def validate_file(path: Path) -> Process:
    """The process in a file.

    Raises:
        Refused: The file cannot be read or is no process: file, place, what is wrong and the nearest right word.
    """
    try:
        return read_process(_text(path))
    except ProcessError as error:
        raise Refused(error.code, path=str(path), place=error.place, **error.values) from error


def include_file(desk: "Desk", path: Path) -> Process:
    """Offer the service that a file describes from now on; running tickets keep the version they have.

    Raises:
        Refused: As `validate_file`; or a calendar that it names is none of the desk's.
    """
    process = validate_file(path)
    for kind, rule in process.clocks.items():
        try:
            desk.calendar_version(rule.calendar)
        except LookupError as error:
            place = f"prazos.{kind}.calendario"
            raise Refused("servico_sem_calendario", path=str(path), place=place, word=rule.calendar) from error
    with writing(desk.engine) as connection:
        include(connection, [_text(path)])
    return process


def ship(desk: "Desk") -> None:
    """Bring in what comes with the program and the desk does not have yet.

    It is offered, unless what the desk offers under its key is a version of the desk's own.
    """
    texts = [text for _, text in catalog.shipped()]
    with reading(desk.engine) as connection:
        known = set(connection.scalars(select(col(models.Process.content_hash))))
    new = [text for text in texts if content_hash(text) not in known]
    if new:
        with writing(desk.engine) as connection:
            include(connection, new, shipped=True)


def include(connection: Connection, texts: Iterable[str], *, shipped: bool = False) -> None:
    """Write the versions that are not there yet, with the groups that they name, and offer them.

    Args:
        shipped: They come with the program: they do not take the place of a version of the desk's own.
    """
    take_in_hand(connection, "catalogo")
    table = models.Process
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
        _make_groups(connection, process)


def offered(desk: "Desk") -> list[Service]:
    """The services that tickets may be opened by, by name."""
    with reading(desk.engine) as connection:
        rows = connection.execute(
            select(col(models.Process.id), col(models.Process.key))
            .where(col(models.Process.is_offered) == true())
            .order_by(col(models.Process.name))
        ).all()
    return [Service(row.id, row.key, desk.process(row.id)) for row in rows]


def _make_groups(connection: Connection, process: Process) -> None:
    """A group that the process names exists; who works in it is the supervisor's business, at first everybody."""
    known = set(connection.scalars(select(col(models.Group.name))))
    people = connection.scalars(select(col(models.Person.id)).where(col(models.Person.active) == true())).all()
    for name in sorted(set(process.groups()) - known):
        group = insert_one(connection, models.Group, name=name)
        for person in people:
            insert_one(connection, models.Membership, group_id=group, person_id=person)


def _text(path: Path) -> str:
    return read_text(path, LONGEST_TOML).content
