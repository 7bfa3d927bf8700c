"""Moving a whole desk into another database: every row as it is, checked, or nothing at all.

The source is held still meanwhile and never changed: whoever acts there waits, or is told that it is busy. The target
is one transaction, which is committed only after its rows and its history were found right.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from atendimento_tui.data import tables
from atendimento_tui.data.calendars import load_calendar
from atendimento_tui.data.desk_file import must_be_there
from atendimento_tui.data.engine import (
    DatabaseUnavailable,
    check_place,
    file_of,
    lock_tables,
    look_over,
    make_engine,
    name_of,
    reset_sequences,
    unavailable,
    url_of,
    writing,
)
from atendimento_tui.data.schema import HEAD, known_revisions, revision_of
from atendimento_tui.services.audit import compared
from atendimento_tui.services.setup import new_database

AT_ONCE = 1_000
"""Rows that are read and written together."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, from where to where."""

    source: str
    target: str
    tickets: int
    rows: int


def migrate(source: str | Path, target: str | Path, copied: Progress, checked: Progress) -> Moved:
    """Move the desk of one database into another one, of either kind, that holds nothing yet.

    Args:
        source: The desk as it is, of today's version: one that is older is brought up by opening it, and not here,
            where it is not to be changed.
        target: Where it shall be.
        copied: Told how many rows are written.
        checked: Told how many tickets were found right.

    Raises:
        DatabaseUnavailable: There is no desk in the source, or it is not of today's version; the target holds
            something; one of them cannot be used; what arrived is not what was sent. Nothing was changed.
    """
    origin, place = name_of(url_of(source)), name_of(url_of(target))
    with _locked(source) as old, new_database(target) as new:
        ordered = tables.Unit.metadata.sorted_tables
        with _telling(old):
            counts = {table.name: old.scalar(select(func.count()).select_from(table)) or 0 for table in ordered}
        sums = _copy(old, new, ordered, lambda done: copied(done, sum(counts.values())))
        for table in ordered:
            if _sum(_batches(new, table)) != sums[table.name]:
                raise DatabaseUnavailable("copia_diverge", table=table.name, source=origin, path=place)
        tickets = counts[str(tables.Ticket.__tablename__)]
        calendars = cache(partial(load_calendar, new))
        for done, (protocol, differences) in enumerate(compared(new, calendars), start=1):
            if differences:
                raise DatabaseUnavailable("historico_diverge", protocol=protocol, source=origin, path=place)
            if done % AT_ONCE == 0 or done == tickets:
                checked(done, tickets)
        check_place(old)  # before the target is kept: what was moved is what the source's name stands for
    return Moved(origin, place, tickets, sum(counts.values()))


def _copy(old: Connection, new: Connection, ordered: list[Table], copied: Callable[[int], None]) -> dict[str, int]:
    """Write every row, those first that others point at.

    Returns:
        Of each table the sum of what was read.
    """
    done, sums = 0, {}
    for table in ordered:
        sums[table.name] = 0
        for batch in _batches(old, table):
            new.execute(insert(table), [dict(row._mapping) for row in batch])
            sums[table.name] += _sum([batch])
            done += len(batch)
            copied(done)
    reset_sequences(new, ordered)
    return sums


def _batches(connection: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    """All rows of a table, some at a time."""
    some = {"yield_per": AT_ONCE}
    with _telling(connection), connection.execute(select(table), execution_options=some) as found:
        yield from map(list, found.partitions())


def _sum(batches: Iterable[list[Row[Any]]]) -> int:
    """The same for the same rows, in whatever order: two databases need not sort words alike."""
    return sum(hash((*row,)) for batch in batches for row in batch)


@contextmanager
def _locked(database: str | Path) -> Iterator[Connection]:
    """A desk of today's version in which nobody writes meanwhile."""
    url = url_of(database)
    file = file_of(url)
    if file:
        must_be_there(file)
    engine = make_engine(url)
    try:
        look_over(url)
        with _of_today(engine) as connection:
            yield connection
    except DBAPIError as error:  # those of the target are told apart by then
        raise unavailable(error, url) from error
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
    if revision != HEAD:
        raise DatabaseUnavailable("banco_mais_antigo", path=name)
    with writing(engine) as connection:
        lock_tables(connection, tables.Unit.metadata.sorted_tables)
        yield connection


@contextmanager
def _telling(connection: Connection) -> Iterator[None]:
    """What goes wrong is told as of this database, and not of the other one that is open too."""
    try:
        yield
    except DBAPIError as error:
        raise unavailable(error, connection.engine.url) from error
