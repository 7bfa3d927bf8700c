"""Restoring a backup copy as a desk.

The copy is never changed: it is copied beside its new place, checked there, and renamed when it is complete. A restored
desk sends no messages until a supervisor releases it, and continues its numbers after those that the lost desk gave.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.data import content_folder, copy_file, desk_file, file_systems, transfer
from atendimento_tui.data.contents import opened_contents
from atendimento_tui.data.engine import (
    Connection,
    DatabaseUnavailable,
    converting_errors,
    file_of,
    make_engine,
    name_of,
    reading,
    url_of,
    writing,
)
from atendimento_tui.data.queries.attachments import sizes_of_named
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.data.queries.processes import stored_processes
from atendimento_tui.data.queries.safekeeping import last_protocol, series
from atendimento_tui.data.queries.staff import versions_in_use
from atendimento_tui.data.repositories import outbox, safekeeping
from atendimento_tui.data.repositories.calendars import load_calendar
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.data.schema import migrate_schema
from atendimento_tui.domain.process.stored import read_stored
from atendimento_tui.domain.protocol import series_of
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.safekeeping import jumps
from atendimento_tui.domain.trail import JUMP, UNIT
from atendimento_tui.services import audit
from atendimento_tui.services.migrate import REPORT_EVERY, Progress, move


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is known of the numbers that the lost desk gave after the copy was made. One of both is needed.

    Attributes:
        last_protocol: The last protocol, without separators.
        skip: How many numbers are skipped in each series.
    """

    last_protocol: str | None = None
    skip: int | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """The result.

    Attributes:
        target: The desk.
        aside: The new path of the file that was there before, if any.
        tickets: The number of its tickets.
        doubtful: The number of tickets that are not what their history says.
        jumps: Series -> its last number before and after the jump.
        lost: The number of contents of attachments that are neither beside the copy nor beside the target.
    """

    target: str
    aside: str | None
    tickets: int
    doubtful: int
    jumps: Mapping[str, tuple[int, int]]
    lost: int = 0


def restore(copy: Path, target: str | Path, now: datetime, numbers: Numbers, checked: Progress) -> Restored:
    """Restore a copy as a desk.

    Args:
        copy: The copy, of this version of the program or an older one.
        target: A file, new or that of a desk, which gets another name; or a server's empty database.
        now: The present instant.
        numbers: What is known of the numbers given after the copy was made.
        checked: Called with the number of tickets checked.

    Raises:
        Refused: The copy cannot be used, or the numbers are not known.
        DatabaseUnavailable: The target is in use, is not empty, or cannot be written. Nothing was changed.
    """
    url = url_of(target)
    file = file_of(url)
    source = _checked_path(copy, file)
    with _staging(file) as (staged, descriptor):
        try:
            shutil.copyfile(source, staged)
            noted = copy_file.noted_digest(source)
            if noted is not None and copy_file.digest_of(staged) != noted:
                raise Refused("copia_trocada", path=str(copy))
            copy_file.set_mark(staged, 0)
        except OSError as error:
            raise DatabaseUnavailable("copia_nao_gravada", path=name_of(url), detail=error.errno) from error
        if copy_file.integrity_problem(staged) is not None:
            raise Refused("copia_danificada", path=str(copy))
        tickets, doubtful, jumped = _made_desk(copy, staged, now, numbers, checked)
        read = partial(content_folder.read, content_folder.folder_of(source, copy_file.identity_of(staged) or ""))
        if file is None:
            moved = move(staged, target, lambda *_: None, lambda *_: None, read)
            return Restored(name_of(url), None, tickets, doubtful, jumped, moved.lost)
        lost = _bring_contents(staged, file, read)
        os.fsync(descriptor)
        aside = desk_file.put_in_place(staged, file, now)
    copy_file.flush_folder(Path(os.path.realpath(file)).parent)
    return Restored(name_of(url), str(aside) if aside else None, tickets, doubtful, jumped, lost)


def _bring_contents(staged: Path, file: Path, read: Callable[[str], bytes | None]) -> int:
    """Store the contents of attachments beside the target, which keeps those that it has; how many are missing.

    Contents never change, so they are stored before the desk gets its name.
    """
    with copy_file.reading_copy(staged) as connection:
        named = sizes_of_named(connection)
    if not named:
        return 0
    lost, engine = 0, make_engine(url_of(file))
    with opened_contents(engine) as contents:
        present = contents.sizes()
        for key in named.keys() - present.keys():
            content = read(key)
            if content is None:
                lost += 1
            else:
                contents.put(content)
    engine.dispose()
    return lost


def _checked_path(copy: Path, target: Path | None) -> Path:
    """The path of the copy with links resolved.

    Raises:
        Refused: There is no file, it is the target, it is in use, or no database.
    """
    source = Path(os.path.realpath(copy))
    if not copy_file.is_regular(source):
        raise Refused("copia_inexistente", path=str(copy))
    if copy_file.same_file(source, target):
        raise Refused("restaurar_sobre_si", path=str(copy))
    if any(Path(f"{source}{end}").exists() for end in desk_file.SIDES):
        raise Refused("copia_em_uso", path=str(copy))
    try:
        copy_file.is_copy(source)
    except sqlite3.Error as error:
        raise Refused("copia_danificada", path=str(copy)) from error
    return source


@contextmanager
def _staging(file: Path | None) -> Iterator[tuple[Path, int]]:
    """A temporary file beside the target, or for a server in the folder of temporary files."""
    if file is None:
        with (
            tempfile.TemporaryDirectory(prefix="atendimento-") as folder,
            copy_file.temporary(Path(folder) / "desk.db") as made,
        ):
            yield made
        return
    real = Path(os.path.realpath(file))
    file_systems.refuse_network(real)
    try:
        real.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with copy_file.temporary(real) as made:
            yield made
    except OSError as error:
        raise DatabaseUnavailable("banco_nao_abre", path=str(file), detail=error.errno) from error


def _made_desk(
    copy: Path, staged: Path, now: datetime, numbers: Numbers, checked: Progress
) -> tuple[int, int, Mapping[str, tuple[int, int]]]:
    """Make a desk of the copied file: of the present version, checked, marked as restored."""
    url = url_of(staged)
    engine = make_engine(url)
    try:
        with converting_errors(url):
            migrate_schema(engine, now, copies=False)
            with reading(engine) as connection:
                held = unit(connection)
                if held is None:
                    raise Refused("copia_alheia", path=str(copy))
                jumped = _jumps(connection, held, now, numbers)
                tickets, doubtful = _compared(connection, checked)
            with writing(engine) as connection:
                safekeeping.end_windows(connection, now)
                safekeeping.forget_unfinished(connection, now)  # that of its own copy
                safekeeping.hold_sending(connection, now)
                outbox.hold_all(connection, now)
                safekeeping.set_series(connection, {name: last for name, (_, last) in jumped.items()})
                record(connection, UNIT, "restaurado", actor=None, at=now)
                if jumped:
                    record(connection, UNIT, JUMP, actor=None, at=now, changes=jumped)
    except DatabaseUnavailable as error:
        if error.code in ("banco_alheio", "banco_vazio"):
            raise Refused("copia_alheia", path=str(copy)) from error
        raise
    finally:
        engine.dispose()
    return tickets, doubtful, jumped


def _jumps(connection: Connection, held: UnitInfo, now: datetime, numbers: Numbers) -> dict[str, tuple[int, int]]:
    today = now.astimezone(held.zone).date()
    known = dict(series(connection))
    try:
        return jumps(
            known,
            today,
            held.ans_registration,
            others=[series_of(today, secret=True), *_series_of_services(connection, today.year, known)],
            last_protocol=numbers.last_protocol,
            skip=numbers.skip,
        )
    except Refused as refused:
        if refused.code != "restaurar_numeros":
            raise
        raise Refused("restaurar_numeros", protocol=last_protocol(connection)) from refused


def _series_of_services(connection: Connection, year: int, known: Mapping[str, int]) -> list[str]:
    """The series of a year whose numbers the services of the desk give.

    Left out is one that is to continue a series of the field alone (`services.numbering.take_number`).
    """
    found: set[str] = set()
    for stored in stored_processes(connection, versions_in_use(connection)).values():
        if stored.content:
            process = read_stored(stored.content, stored.format)
            for key in {key for _, rule in process.effects() for key in rule.number}:
                name = process.series_of(key)
                if f"{name.rpartition('.')[2]} {year}" not in known:
                    found.add(f"{name} {year}")
    return sorted(found)


def _compared(connection: Connection, checked: Progress) -> tuple[int, int]:
    """The number of tickets, and of those that are not what their history says."""
    total, doubtful, done = transfer.count_rows(connection)[transfer.TICKETS], 0, 0
    calendars = cache(partial(load_calendar, connection))
    for done, (_protocol, lines) in enumerate(audit.compared(connection, calendars), start=1):
        doubtful += bool(lines)
        if done % REPORT_EVERY == 0 or done == total:
            checked(done, total)
    return done, doubtful
