"""Moving a desk into another database: every row unchanged and verified, or nothing. Then its sending is held.

The source is locked against writes meanwhile and never changed: users who act there wait, or are told that it is busy.
The target is written in one transaction, which is committed only after its rows and its history are verified.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from atendimento_tui.data import transfer
from atendimento_tui.data.contents import content_of, contents_file, insert_content, opened_contents
from atendimento_tui.data.desk_file import SIDES, must_be_there
from atendimento_tui.data.engine import (
    Connection,
    DatabaseUnavailable,
    Engine,
    check_damage,
    check_place,
    converting_errors,
    file_of,
    instant,
    make_engine,
    name_of,
    url_of,
    writing,
)
from atendimento_tui.data.queries.attachments import sizes_of_named
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.data.repositories import outbox, safekeeping
from atendimento_tui.data.repositories.calendars import load_calendar
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.data.schema import head, known_revisions, revision_of
from atendimento_tui.domain.trail import UNIT
from atendimento_tui.services.audit import compared
from atendimento_tui.services.setup import new_database

REPORT_EVERY = 1_000
"""Tickets that are checked between two reports of how many are."""

Reader = Callable[[str], bytes | None]
Progress = Callable[[int, int], None]
"""Callback for progress: done, total."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The result of a move.

    Attributes:
        lost: The number of contents of attachments that the source itself lacks.
    """

    source: str
    target: str
    tickets: int
    rows: int
    lost: int = 0


def migrate(source: str | Path, target: str | Path, copied: Progress, checked: Progress) -> Moved:
    """Move the desk of one database into another, empty one, of either kind.

    Args:
        source: The desk, of the current version. An older one must be opened first, which updates it.
        target: The new database.
        copied: Called with the number of rows written.
        checked: Called with the number of tickets verified.

    Raises:
        DatabaseUnavailable: There is no desk in the source, or it is not of today's version; the target holds
            something; one of them cannot be used; what arrived is not what was sent. Nothing was changed.
    """
    return move(source, target, copied, checked, None)


def move(source: str | Path, target: str | Path, copied: Progress, checked: Progress, contents: Reader | None) -> Moved:
    """As `migrate`, with contents from elsewhere.

    Args:
        contents: Returns the content of an attachment; None takes those of the source.
    """
    origin, place = name_of(url_of(source)), name_of(url_of(target))
    with _locked(source) as old, new_database(target) as new, _without_rest(new):
        counts = transfer.count_rows(old)
        rows, tickets = sum(counts.values()), counts[transfer.TICKETS]
        digests = transfer.copy_rows(old, new, lambda done: copied(done, rows))
        if (table := transfer.first_difference(new, digests)) is not None:
            raise DatabaseUnavailable("copia_diverge", table=table, source=origin, path=place)
        calendars = cache(partial(load_calendar, new))
        for done, (protocol, differences) in enumerate(compared(new, calendars), start=1):
            if differences:
                raise DatabaseUnavailable("historico_diverge", protocol=protocol, source=origin, path=place)
            if done % REPORT_EVERY == 0 or done == tickets:
                checked(done, tickets)
        lost = _move_contents(old, new, contents)
        _hold_sending(new)
        check_place(old)  # before the commit, so that the moved rows are those of the file that the path names
    return Moved(origin, place, tickets, rows, lost)


def _move_contents(old: Connection, new: Connection, read: Reader | None) -> int:
    """Copy the contents of attachments; how many are missing. Each is read by its hash, which proves it."""
    keys = sorted(sizes_of_named(new))
    if not keys:
        return 0
    lost = 0
    with opened_contents(old.engine) as source, opened_contents(new.engine) as target:
        read = read or (source.get if source.file else partial(content_of, old))
        for key in keys:
            content = read(key)
            if content is None:
                lost += 1
            elif target.file:
                target.put(content)
            else:  # the table is not committed yet
                insert_content(new, key, content)
    return lost


@contextmanager
def _without_rest(target: Connection) -> Iterator[None]:
    """Delete the file of contents that a move has made, if the move fails."""
    file = file_of(target.engine.url)
    made = contents_file(file) if file else None
    was_there = made is None or made.exists()
    try:
        yield
    except BaseException:
        if made and not was_there:
            for end in ("", *SIDES):
                Path(f"{made}{end}").unlink(missing_ok=True)
        raise


def _hold_sending(connection: Connection) -> None:
    """Let the moved desk send nothing until it is released: the old one is still there and may send the same.

    A desk that is held already stays as it is, and a demonstration never sends.
    """
    held = unit(connection)
    if held is None or not held.may_send:
        return
    now = instant(connection)
    safekeeping.hold_sending(connection, now)
    outbox.hold_all(connection, now)
    record(connection, UNIT, "movido", actor=None, at=now)


@contextmanager
def _locked(database: str | Path) -> Iterator[Connection]:
    """A connection to a desk of the current version, locked against writes."""
    url = url_of(database)
    file = file_of(url)
    if file:
        must_be_there(file)
    engine = make_engine(url)
    try:
        with converting_errors(url):  # errors of the target were translated before they come here
            check_damage(url)
            with _of_today(engine) as connection:
                yield connection
    finally:
        engine.dispose()


@contextmanager
def _of_today(engine: Engine) -> Iterator[Connection]:
    name = name_of(engine.url)
    revision = revision_of(engine)
    if revision is None and file_of(engine.url):
        raise DatabaseUnavailable("banco_vazio", path=name)
    if revision is None:
        raise DatabaseUnavailable("banco_inexistente", path=name)
    if revision not in known_revisions():
        raise DatabaseUnavailable("banco_mais_novo", revision=revision)
    if revision != head():
        raise DatabaseUnavailable("banco_mais_antigo", path=name)
    with writing(engine) as connection:
        transfer.lock_all(connection)
        yield connection
