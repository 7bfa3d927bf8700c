"""Import of a history: each case completely or not at all; cases imported before are unchanged."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from atendimento_tui.contracts.history import ImportReport
from atendimento_tui.data.engine import Connection, DatabaseUnavailable, advisory_lock, writing
from atendimento_tui.data.logs import Line, LogMap, Progress, read_log, read_map
from atendimento_tui.data.queries.history import imported_events
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.calendars import calendar_named, store_calendar
from atendimento_tui.data.repositories.people import imported_people
from atendimento_tui.data.repositories.processes import imported_service
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.data.sorted_log import CaseOfLog, SortedLog
from atendimento_tui.domain import acts
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.history import LoggedEvent, counts, replayed
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import ClockChange, Value
from atendimento_tui.domain.words import ClockKind
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.numbering import next_protocol
from atendimento_tui.services.setup import NewDesk, create_desk

CASES_AT_ONCE = 100
"""Cases in one transaction: few enough that others may write in between, many enough to be fast."""

LINES_AT_ONCE = 5_000
"""Maximum lines in one transaction, unless a single case has more; they are in memory."""

PEOPLE_KNOWN = 10_000
"""People whose ids are kept in memory."""

IMPORTED_ROLE = "importado"
"""Role of people who are known from a log only. They cannot act."""

_IMPORT_LOCK = "importar"
"""Lock for batches, so that two imports at once write each case and person only once."""


def _silent(_done: int, _total: int) -> None:
    """Ignore progress."""


def import_file(
    database: str | Path, log: Path, map_file: Path, now: datetime, progress: Progress, read: Progress = _silent
) -> ImportReport:
    """Import a log by its map into the database; a missing one is created with the map's calendar.

    Args:
        progress: Called with cases done and the number of cases.
        read: Called with the progress of reading the log, before that.

    Raises:
        Refused: The map or the log cannot be read.
        DatabaseUnavailable: The database cannot be used.
    """
    log_map = read_map(map_file)
    with _sorted(log, log_map, read) as cases:  # before a desk is created
        desk = desk_for_history(database, log_map, now)
        try:
            return _import(desk, cases, log_map, now, progress)
        finally:
            desk.close()


@needs(Permission.IMPORT)
def import_history(
    desk: Desk, log: Path, log_map: LogMap, now: datetime, progress: Progress, read: Progress = _silent
) -> ImportReport:
    """Import the log's cases as tickets with all their events.

    No timer fires and no message is sent. Running an interrupted import again resumes it.

    Raises:
        Refused: The log cannot be read, or the map names a calendar that the desk does not have.
    """
    with _sorted(log, log_map, read) as cases:
        return _import(desk, cases, log_map, now, progress)


@contextmanager
def _sorted(log: Path, log_map: LogMap, read: Progress) -> Iterator[SortedLog]:
    """The log sorted by case, on disk; only some cases at a time are in memory."""
    with SortedLog() as cases:
        for line in read_log(log, log_map, read):
            cases.add(line)
        cases.finish()
        yield cases


def _import(desk: Desk, cases: SortedLog, log_map: LogMap, now: datetime, progress: Progress) -> ImportReport:
    with writing(desk.engine) as connection:
        require_now(connection, desk, Permission.IMPORT)
        advisory_lock(connection, _IMPORT_LOCK)
        process = imported_service(connection, log_map.servico)
        clock = acts.hours(ClockKind.SOLUTION, _calendar(connection, log_map, now), round(log_map.alvo_h * 3600))
    values: dict[str, Value] = {"process": process, "severity": log_map.criticidade}
    writer = _Writer(desk, cases, log_map, values, clock, now)
    done, total = 0, cases.case_count()
    for batch in cases.batches(CASES_AT_ONCE, LINES_AT_ONCE):
        with writing(desk.engine) as connection:
            advisory_lock(connection, _IMPORT_LOCK)
            writer.write(connection, batch)
        done += len(batch)
        progress(done, total)
    left_out, named = cases.left_out()
    return ImportReport(
        cases=writer.cases,
        events=writer.events,
        already_there=writer.already_there,
        grown=writer.grown,
        problems=tuple(cases.problems),
        problems_count=cases.problems_count,
        left_out=named,
        left_out_count=left_out,
    )


def desk_for_history(database: str | Path, log_map: LogMap, now: datetime) -> Desk:
    """The desk to import into; a missing one is created with the map's calendar as its hours.

    Raises:
        Refused: There is no desk yet and the map names a calendar instead of writing one.
    """
    try:
        return open_desk(database, now)
    except DatabaseUnavailable as unavailable:
        if unavailable.code != "banco_inexistente":
            raise
    if isinstance(log_map.calendario, str):
        raise Refused("calendario_desconhecido", name=log_map.calendario)
    new = NewDesk(name=log_map.nome, city="", uf=log_map.calendario.uf or "", hours=log_map.calendario)
    return create_desk(database, new, now)


def _calendar(connection: Connection, log_map: LogMap, now: datetime) -> int:
    if not isinstance(log_map.calendario, str):
        return store_calendar(connection, log_map.calendario, now)
    version = calendar_named(connection, log_map.calendario)
    if version is None:
        raise Refused("calendario_desconhecido", name=log_map.calendario)
    return version


@dataclass(slots=True)
class _Writer:
    """Writes cases and counts them."""

    desk: Desk
    log: SortedLog
    log_map: LogMap
    values: dict[str, Value]
    clock: ClockChange
    now: datetime
    cases: int = 0
    events: int = 0
    already_there: int = 0
    grown: int = 0
    people: dict[str, int] = field(default_factory=dict)

    def write(self, connection: Connection, batch: Sequence[CaseOfLog]) -> None:
        """Write the cases that are not here yet."""
        known = self._known(connection, batch)
        here = [case for case in batch if case.number in known]
        self.already_there += len(here)
        self.grown += sum(case.lines > known[case.number] for case in here)
        read = {case.number: self.log.lines_of(case) for case in batch if case.number not in known}
        new = {number: lines for number, lines in read.items() if counts([line.event for line in lines if line.event])}
        self._load_people(connection, [line.person for lines in new.values() for line in lines if line.person])
        for number, lines in new.items():
            self._write_case(connection, number, lines)

    def _known(self, connection: Connection, batch: Sequence[CaseOfLog]) -> dict[str, int]:
        """The cases of the batch that were imported before, with their number of events."""
        return imported_events(connection, self.log_map.nome, [case.number for case in batch])

    def _write_case(self, connection: Connection, number: str, lines: Sequence[Line]) -> None:
        logged = [self._logged(line) for line in lines]
        subject = next((line.subject for line in lines if line.subject), f"Caso {number}")
        protocol = next_protocol(connection, self.desk, logged[0].at)
        values = self.values | {"origin": number, "subject": subject, "protocol": protocol}
        tickets.create(
            Recording(connection, self.desk.calendars(connection), self.now),
            replayed(logged, values, self.clock),
            origin_system=self.log_map.nome,
            service=self.log_map.servico,
        )
        self.cases += 1
        self.events += len(logged)

    def _logged(self, line: Line) -> LoggedEvent:
        assert line.event
        return replace(line.event, actor=self.people[line.person]) if line.person else line.event

    def _load_people(self, connection: Connection, names: Sequence[str]) -> None:
        """Read or write the people of a batch in a few statements, whatever their number."""
        if len(self.people.keys() | set(names)) > PEOPLE_KNOWN:
            self.people.clear()
        if unknown := [name for name in dict.fromkeys(names) if name not in self.people]:
            self.people |= imported_people(connection, self.log_map.nome, unknown, IMPORTED_ROLE)
