"""An open database of one desk: what every other service is given."""

from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.data import models, queries
from atendimento_tui.data.calendars import calendar_named, load_calendar
from atendimento_tui.data.desk_file import must_be_there
from atendimento_tui.data.engine import (
    DatabaseUnavailable,
    file_of,
    let_go,
    look_over,
    make_engine,
    name_of,
    reading,
    row_of,
    unavailable,
    url_of,
)
from atendimento_tui.data.schema import bring_up
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.stored import read_stored
from atendimento_tui.domain.workflow import ProcessContext
from atendimento_tui.results import DeskFace, UnitInfo
from atendimento_tui.services import processes


class Desk:
    """One desk's database, open. May be shared by the threads of a program.

    Attributes:
        engine: The connections to it.
        unit: The desk itself.
        copy: The copy taken when the tables were brought up on opening, if they were.
        made_groups: The groups that were made on opening, for services that came with the program.
    """

    def __init__(self, engine: Engine, unit: UnitInfo, copy: Path | None = None) -> None:
        self.engine = engine
        self.unit = unit
        self.copy = copy
        self.made_groups: tuple[str, ...] = ()
        self._calendars: dict[int, BusinessCalendar] = {}
        self._contexts: dict[int, ProcessContext | None] = {}
        self._numbers: dict[tuple[type[SQLModel], str], int] = {}

    def calendar(self, version: int) -> BusinessCalendar:
        """The calendar of a version's number. Versions never change, so each is read once."""
        if version not in self._calendars:
            with reading(self.engine) as connection:
                self._calendars[version] = load_calendar(connection, version)
        return self._calendars[version]

    def process(self, version: int) -> Process:
        """The process of a version's number.

        Raises:
            LookupError: There is no such version, or it is the service of an imported history.
        """
        context = self.context(version)
        if context is None:
            raise LookupError(f"no process {version}")
        return context.process

    def context(self, version: int) -> ProcessContext | None:
        """Where tickets of this version of a process run; None for an imported history. Versions never change."""
        if version not in self._contexts:
            with reading(self.engine) as connection:
                row = row_of(connection, models.Process, id=version)
            process = read_stored(row.content, row.format) if row and row.content else None
            self._contexts[version] = (
                ProcessContext(process, self.calendar, self.calendar_version, self.group) if process else None
            )
        return self._contexts[version]

    def calendar_version(self, name: str) -> int:
        """The newest version of a calendar's name; `expediente` and `legal` are the desk's own.

        Raises:
            LookupError: There is no such calendar.
        """
        own = {"expediente": self.unit.hours_calendar, "legal": self.unit.legal_calendar}
        if name in own:
            return own[name]
        with reading(self.engine) as connection:
            version = calendar_named(connection, name)
        if version is None:
            raise LookupError(f"no calendar {name}")
        return version

    def group(self, name: str) -> int | None:
        """The id of a group's name. Groups stay, so each that is there is read once."""
        return self._number(models.Group, name)

    def bare_service(self, name: str) -> int | None:
        """The id of the service of that name that has no process. They stay, so each that is there is read once."""
        return self._number(models.Process, name, content_hash=None)

    def _number(self, table: type[SQLModel], name: str, **values: Any) -> int | None:
        if (table, name) not in self._numbers:
            with reading(self.engine) as connection:
                known = row_of(connection, table, name=name, **values)
            if known is None:
                return None
            self._numbers[table, name] = known.id
        return self._numbers[table, name]

    def face(self) -> DeskFace:
        """What a window needs to show the desk."""
        with reading(self.engine) as connection:
            version = queries.face_version(connection)
            members = queries.members(connection)
            numbers = connection.scalars(select(col(models.Calendar.id))).all()
            self.unit = _unit(connection) or self.unit
        calendars = {int(number): self.calendar(int(number)) for number in numbers if number}
        return DeskFace(self.unit, tuple(members), calendars[self.unit.hours_calendar], calendars, version)

    def face_if_other(self, version: str) -> DeskFace | None:
        """What a window needs to show the desk, where that is something else than the version that it knows."""
        with reading(self.engine) as connection:
            is_same = queries.face_version(connection) == version
        return None if is_same else self.face()

    @property
    def name(self) -> str:
        """Its database as people are told it: a file, or a server's address without the password."""
        return name_of(self.engine.url)

    @property
    def file(self) -> Path | None:
        """The SQLite file that is open; none where the desk is on a server."""
        return file_of(self.engine.url)

    def close(self) -> None:
        """Let go of every connection."""
        let_go(self.engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _unit(connection: Connection) -> UnitInfo | None:
    row = connection.execute(select(models.Unit)).one_or_none()
    return UnitInfo(**{name: getattr(row, name) for name in UnitInfo.__dataclass_fields__}) if row else None


def open_desk(database: str | Path, now: datetime) -> Desk:
    """Open a desk that exists, bringing its tables and its catalogue up to today's where they are older.

    Raises:
        DatabaseUnavailable: There is no such file, it is no desk of ours, it is newer than this program, it cannot be
            read or written. Nothing was changed.
    """
    url = url_of(database)
    file = file_of(url)
    if file:
        must_be_there(file)
    engine = make_engine(url)
    try:
        look_over(url)
        copy = bring_up(engine, now)
        with reading(engine) as connection:
            unit = _unit(connection)
        if unit is None:
            raise DatabaseUnavailable("banco_vazio", path=name_of(url))
        desk = Desk(engine, unit, copy)
        desk.made_groups = processes.ship(desk)
    except BaseException as error:
        engine.dispose()
        if isinstance(error, DBAPIError):
            raise unavailable(error, url) from error
        raise
    return desk
