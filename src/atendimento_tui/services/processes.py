"""The catalogue: which services the desk has, in which version, and bringing new ones in."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, true, update
from sqlmodel import col

from atendimento_tui.data import catalog, models
from atendimento_tui.data.engine import insert_one, reading, writing
from atendimento_tui.domain.process import OUTSIDE, Process, ProcessError, content_hash, read_process, words_used
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.results import Service

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


def validate_file(path: Path) -> Process:
    """The process in a file.

    Raises:
        Refused: The file cannot be read or is no process: file, place, what is wrong and the nearest right word.
    """
    try:
        process = read_process(_text(path))
    except ProcessError as error:
        raise Refused(error.code, path=str(path), place=error.place, **error.values) from error
    if not_yet := sorted(words_used(process) & OUTSIDE):
        words = ", ".join(word.partition(".")[2] for word in not_yet)
        raise Refused("servico_ainda_nao", path=str(path), word=words)
    return process


def include_file(desk: "Desk", path: Path) -> Process:
    """Offer the service that a file describes from now on; running tickets keep the version they have.

    Raises:
        Refused: As `validate_file`.
    """
    process = validate_file(path)
    with writing(desk.engine) as connection:
        include(connection, [_text(path)])
    return process


def ship(desk: "Desk") -> None:
    """Offer what comes with the program, where the desk does not have it yet. A version of the desk's own stays."""
    texts = [text for _, text in catalog.shipped()]
    with reading(desk.engine) as connection:
        known = set(connection.scalars(select(col(models.Process.content_hash))))
    new = [text for text in texts if content_hash(text) not in known]
    if new:
        with writing(desk.engine) as connection:
            include(connection, new)


def include(connection: Connection, texts: Iterable[str]) -> None:
    """Write the versions that are not there yet, with the groups that they name; the newest of each key is offered."""
    for text in texts:
        process, version = read_process(text), content_hash(text)
        connection.execute(
            update(models.Process).where(col(models.Process.key) == process.key).values(is_offered=False)
        )
        same = col(models.Process.content_hash) == version
        known = connection.scalar(select(col(models.Process.id)).where(same))
        if known is not None:
            connection.execute(update(models.Process).where(same).values(is_offered=True))
            continue
        insert_one(
            connection,
            models.Process,
            key=process.key,
            name=process.name,
            content_hash=version,
            content=text,
            is_offered=True,
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
    """A group that a step names exists; who works in it is the supervisor's business, at first everybody."""
    named = {step.group for step in process.steps if step.group}
    known = set(connection.scalars(select(col(models.Group.name))))
    people = connection.scalars(select(col(models.Person.id)).where(col(models.Person.active) == true())).all()
    for name in sorted(named - known):
        group = insert_one(connection, models.Group, name=name)
        for person in people:
            insert_one(connection, models.Membership, group_id=group, person_id=person)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("arquivo_ilegivel", path=str(path), detail=getattr(error, "strerror", None)) from error
