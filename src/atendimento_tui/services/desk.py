"""The open database of a desk, an argument of every other service."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from atendimento_tui import domain
from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.contracts.desk import DeskInfo, UnitInfo
from atendimento_tui.data.contents import Contents
from atendimento_tui.data.desk_file import must_be_there
from atendimento_tui.data.engine import (
    Connection,
    DatabaseUnavailable,
    Engine,
    check_damage,
    close_connections,
    converting_errors,
    file_of,
    make_engine,
    name_of,
    reading,
    url_of,
)
from atendimento_tui.data.queries.calendars import calendar_names, superseded
from atendimento_tui.data.queries.desk import info_version, unit
from atendimento_tui.data.queries.outbox import outbox_count
from atendimento_tui.data.queries.people import group_named, members
from atendimento_tui.data.queries.processes import secret_groups, stored_processes
from atendimento_tui.data.queries.safekeeping import begun_at, last_good_copy
from atendimento_tui.data.repositories.calendars import calendar_named, load_calendar, load_calendars
from atendimento_tui.data.schema import migrate_schema
from atendimento_tui.data.visible import Secrets, engine_for
from atendimento_tui.domain.access import SYSTEM, Actor
from atendimento_tui.services import catalog

if TYPE_CHECKING:
    from atendimento_tui.domain.process.schema import Process
    from atendimento_tui.domain.tickets import Ticket
    from atendimento_tui.domain.workflow import ProcessContext


@dataclass(frozen=True, slots=True)
class _KnownProcess:
    """A process with its names of calendars and groups."""

    process: "Process"
    calendars: tuple[str, ...]
    groups: tuple[str, ...]


def _known(process: "Process") -> _KnownProcess:
    calendars = ("expediente", "legal", *(clock.calendar for clock in process.clocks.values()))
    return _KnownProcess(process, tuple(dict.fromkeys(calendars)), process.groups())


@dataclass(slots=True)
class _Shared:
    """What all actors of an open database share: its unit, and what was read of it and never changes."""

    engine: Engine
    unit: UnitInfo
    calendars: dict[int, BusinessCalendar] = field(default_factory=dict)
    calendar_names: dict[int, str] = field(default_factory=dict)
    newest_calendar: int = 0
    superseded: dict[int, int] = field(default_factory=dict)
    processes: dict[int, _KnownProcess | None] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    secrets: Secrets = field(default_factory=Secrets)
    contents: Contents = field(init=False)

    def __post_init__(self) -> None:
        self.contents = Contents(self.engine)


class Desk:
    """The open database of a desk, for one actor. Thread-safe.

    Attributes:
        engine: The connections to it.
        actor: Who asks; the desk itself, until `acting_as` names somebody.
        copy: The backup copy taken before a migration on opening, if any.
        made_groups: The groups that were created on opening, for shipped services.
    """

    def __init__(self, engine: Engine, unit: UnitInfo, copy: Path | None = None) -> None:
        self.engine = engine
        self.actor = SYSTEM
        self.copy = copy
        self.made_groups: tuple[str, ...] = ()
        self._shared = _Shared(engine, unit)

    def acting_as(self, actor: Actor) -> "Desk":
        """The same open desk for another actor. Connections and everything that was read are shared."""
        other = copy(self)
        other.actor, other.engine = actor, engine_for(self._shared.engine, actor, self._shared.secrets)
        return other

    @property
    def unit(self) -> UnitInfo:
        """The desk itself."""
        return self._shared.unit

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the desk writes instants."""
        return self.unit.zone

    @property
    def contents(self) -> Contents:
        """The contents of attachments."""
        return self._shared.contents

    def calendar(self, version: int, connection: Connection | None = None) -> BusinessCalendar:
        """The calendar version with this number. Versions never change, so each is read once.

        Args:
            connection: The present transaction's; without one it is read in its own transaction.
        """
        if version not in self._shared.calendars:
            with self._connected(connection) as connected:
                self._shared.calendars[version] = load_calendar(connected, version)
        return self._shared.calendars[version]

    def calendar_name(self, version: int, connection: Connection) -> str:
        """The name of a calendar's version; empty where there is none. All are read together, each once."""
        if version not in self._shared.calendar_names:
            self._shared.calendar_names |= calendar_names(connection)
        return self._shared.calendar_names.get(version, "")

    @property
    def superseded(self) -> Mapping[int, int]:
        """Each known calendar version that is not the newest of its series -> the newest."""
        return self._shared.superseded

    def learn_calendars(self, newest: int, connection: Connection) -> None:
        """Read which versions are the newest, if another process has confirmed one.

        Args:
            newest: The number of the version that was confirmed last (`newest_version`), as the transaction sees it.
        """
        shared = self._shared
        if newest > shared.newest_calendar:
            shared.superseded = superseded(connection)
            shared.unit = unit(connection) or shared.unit
            shared.newest_calendar = newest

    def calendars(self, connection: Connection) -> Callable[[int], BusinessCalendar]:
        """`calendar`, in a transaction."""
        return partial(self.calendar, connection=connection)

    def process(self, version: int, connection: Connection | None = None) -> "Process":
        """The process version with this number.

        Raises:
            LookupError: There is no such version, or it is the service of an imported history.
        """
        process = self.process_if_any(version, connection)
        if process is None:
            raise LookupError(f"no process {version}")
        return process

    def process_if_any(self, version: int, connection: Connection | None = None) -> "Process | None":
        """The process version with this number; None for an imported history. Versions never change."""
        known = self._known_process(version, connection)
        return known.process if known else None

    def read_processes(self, versions: Sequence[int], connection: Connection) -> None:
        """Read those of the versions that are not known yet, in one statement."""
        if unknown := [version for version in versions if version not in self._shared.processes]:
            stored = stored_processes(connection, unknown)
            for version in unknown:
                row = stored.get(version)
                known = (
                    _known(domain.process.stored.read_stored(row.content, row.format)) if row and row.content else None
                )
                self._shared.processes[version] = known
                if known and known.process.secrecy:
                    self.note_secrets()

    def note_secrets(self) -> None:
        """Note that the desk has a secret service: from now on, what is read for people leaves secret tickets out."""
        self._shared.secrets.exist = True

    def context(self, ticket: "Ticket", connection: Connection | None = None) -> "ProcessContext | None":
        """All facts of the desk that the rules need for this ticket; None for an imported history.

        Args:
            connection: The present transaction's; without one, what is not cached is read in its own transactions.
        """
        known = self._known_process(ticket.process, connection)
        if known is None:
            return None
        versions = {name: self._version_if_any(name, connection) for name in known.calendars}
        named = {name: version for name, version in versions.items() if version is not None}
        told = {clock.told_calendar for clock in ticket.live_clocks if clock.told_calendar}
        numbers = {*named.values(), *(clock.calendar for clock in ticket.clocks), *told}
        groups = {name: self._group(name, connection) for name in known.groups}
        return domain.workflow.ProcessContext(
            known.process,
            {number: self.calendar(number, connection) for number in numbers},
            named,
            {name: group for name, group in groups.items() if group is not None},
        )

    def calendar_version(self, name: str) -> int:
        """The newest version of a named calendar; `expediente` and `legal` are the desk's own.

        Raises:
            LookupError: There is no such calendar.
        """
        version = self._version_if_any(name)
        if version is None:
            raise LookupError(f"no calendar {name}")
        return version

    def _version_if_any(self, name: str, connection: Connection | None = None) -> int | None:
        own = {"expediente": self.unit.hours_calendar, "legal": self.unit.legal_calendar}
        if name in own:
            return own[name]
        with self._connected(connection) as connected:
            return calendar_named(connected, name)

    def _group(self, name: str, connection: Connection | None) -> int | None:
        """The id of a named group. Groups are never deleted, so each is read once."""
        if name not in self._shared.groups:
            with self._connected(connection) as connected:
                group = group_named(connected, name)
            if group is None:
                return None
            self._shared.groups[name] = group
        return self._shared.groups[name]

    def _known_process(self, version: int, connection: Connection | None) -> "_KnownProcess | None":
        if version not in self._shared.processes:
            with self._connected(connection) as connected:
                self.read_processes([version], connected)
        return self._shared.processes[version]

    @contextmanager
    def _connected(self, connection: Connection | None) -> Iterator[Connection]:
        """The given connection, or a new one for a short read."""
        if connection is not None:
            yield connection
            return
        with reading(self.engine) as own:
            yield own

    def info(self) -> DeskInfo:
        """What a window needs to show the desk."""
        with reading(self.engine) as connection:
            version = info_version(connection)
            if secret_groups(connection):
                self.note_secrets()
            everybody = members(connection)
            self._shared.unit = unit(connection) or self.unit
            numbers = list(calendar_names(connection))
            unknown = [number for number in numbers if number not in self._shared.calendars]
            self._shared.calendars |= load_calendars(connection, unknown) if unknown else {}
            calendars = {number: self._shared.calendars[number] for number in numbers}
            missing = self._copy_missing_since(connection)
            unsent = outbox_count(connection).failed if self.unit.sends_mail else 0
        hours = calendars[self.unit.hours_calendar]
        return DeskInfo(self.unit, tuple(everybody), hours, calendars, version, missing, unsent)

    def _copy_missing_since(self, connection: Connection) -> datetime | None:
        """The instant of the last good copy, else that since which one is missing; None if none is expected.

        The administrator of a server may make its copies, so none is expected there until one was made.
        """
        if self.unit.is_demo:
            return None
        last = last_good_copy(connection)
        return begun_at(connection) if last is None and self.file else last

    def info_if_changed(self, version: str) -> DeskInfo | None:
        """What a window needs to show the desk, if it differs from the version that it has."""
        with reading(self.engine) as connection:
            is_same = info_version(connection) == version
        return None if is_same else self.info()

    @property
    def name(self) -> str:
        """The database as users see it: a file, or a server's address without the password."""
        return name_of(self.engine.url)

    @property
    def key(self) -> str:
        """The same for all actors and processes, and another one for each desk: a name for files of this desk."""
        place = str(self.file.resolve()) if self.file else str(self.engine.url)
        return hashlib.sha256(place.encode()).hexdigest()[:16]

    @property
    def file(self) -> Path | None:
        """The SQLite file that is open; None for a server."""
        return file_of(self.engine.url)

    def close(self) -> None:
        """Close all connections."""
        self._shared.contents.close()
        close_connections(self.engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_desk(database: str | Path, now: datetime) -> Desk:
    """Open an existing desk; its tables and its catalogue are updated if they are older.

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
        with converting_errors(url):
            check_damage(url)
            copy = migrate_schema(engine, now)
            with reading(engine) as connection:
                held, secret = unit(connection), secret_groups(connection)
            if held is None:
                raise DatabaseUnavailable("banco_vazio", path=name_of(url))
            desk = Desk(engine, held, copy)
            if secret:
                desk.note_secrets()
            desk.made_groups = catalog.ship(engine)
    except BaseException:
        engine.dispose()
        raise
    return desk
