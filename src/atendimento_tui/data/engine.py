"""Connections to the database: reads, writes and frequent statements, for both kinds of database.

`backend.protocol` describes what differs between SQLite and PostgreSQL; `backend` has a module for each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    Engine,
    Row,
    Select,
    Table,
    bindparam,
    event,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

from atendimento_tui.data.backend.protocol import ACTS, Backend
from atendimento_tui.data.compiled import KEPT, Compiled, compiled
from atendimento_tui.data.unavailable import LOCK_TIMEOUT_S, DatabaseUnavailable
from atendimento_tui.domain.text import without_password

__all__ = ["LOCK_TIMEOUT_S", "Connection", "DBAPIError", "DatabaseUnavailable", "Engine"]
"""Callers of this package name a connection and an engine without importing SQLAlchemy."""

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def url_of(database: str | Path) -> URL:
    """The URL of a database given as a file or a URL.

    Raises:
        DatabaseUnavailable: It is not an address, or that of an in-memory database.
    """
    text = str(database)
    try:
        text.encode()  # SQLite cannot open other names
        url = make_url(text) if "://" in text else URL.create(SQLITE, database=text)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable("banco_sem_endereco") from error  # not shown: it may contain a password
    if url.get_backend_name() == SQLITE and url.database in (None, "", ":memory:"):
        raise DatabaseUnavailable("banco_sem_endereco")
    return url


def backend(url: URL) -> Backend:
    """The backend of a database. Its driver is imported here, only if needed.

    Raises:
        DatabaseUnavailable: The kind is not supported, or its driver is not installed.
    """
    name = url.get_backend_name()
    try:
        if name == SQLITE:
            from atendimento_tui.data.backend import sqlite  # late: its driver is slow, and may not be installed

            return sqlite
        if name == POSTGRESQL:
            from atendimento_tui.data.backend import postgresql  # late: its driver is slow, and may not be installed

            return postgresql
    except ImportError as error:
        raise DatabaseUnavailable("banco_sem_driver", backend=name) from error
    raise DatabaseUnavailable("banco_desconhecido", backend=name)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for a database on a server."""
    return Path(str(url.database)) if url.get_backend_name() == SQLITE else None


def name_of(url: URL) -> str:
    """The database as users see it: its file, or its address without the password."""
    return str(file_of(url) or without_password(url.render_as_string(hide_password=True)))


def make_engine(url: URL) -> Engine:
    """An engine for the database. Nothing is opened yet.

    Raises:
        DatabaseUnavailable: As `backend`, or the file is on a network file system.
    """
    kind = backend(url)
    try:
        return kind.make_engine(url)
    except ArgumentError as error:
        raise DatabaseUnavailable("banco_sem_endereco") from error


def close_connections(engine: Engine) -> None:
    """Close all connections: idle ones now, those in use when they are returned."""
    event.listen(engine.pool, "checkin", _close)
    engine.dispose()


def _close(_raw: object, record: ConnectionPoolEntry) -> None:
    if record.dbapi_connection is not None:
        record.invalidate()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A short read: it blocks nothing. In SQLite it sees one state of the file.

    On a server each of its statements sees what was committed before it. Results in batches (`yield_per`) are
    read in a `snapshot`.

    Raises:
        DatabaseUnavailable: As `check_place`.
    """
    options = backend(engine.url).SHORT_READS
    with engine.connect() as connection:
        if options:
            connection.execution_options(**options)
        check_place(connection)
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A long read: all its statements see one state of the database, of a server too. It blocks nothing.

    Raises:
        DatabaseUnavailable: As `check_place`.
    """
    with engine.connect() as connection:
        if engine.url.get_backend_name() != SQLITE:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        check_place(connection)
        yield connection


@contextmanager
def reading_exactly(engine: Engine) -> Iterator[Connection]:
    """As `snapshot`; texts are read as they are stored, also damaged ones."""
    with snapshot(engine) as connection, backend(engine.url).texts_as_stored(connection):
        yield connection


@contextmanager
def writing(engine: Engine, *, announced: bool = True) -> Iterator[Connection]:
    """A short write: committed at the end, rolled back by an exception. In SQLite it has the lock from its beginning.

    A file is checked once it is locked and again after the commit, so that a write counts only in the file that the
    path names.

    Args:
        announced: Whether other windows are notified. In SQLite they notice every commit.

    Raises:
        DatabaseUnavailable: As `check_place`.
    """
    options = {"writes": True, "announced": announced}
    with engine.connect().execution_options(**options) as connection:
        connection.info[ACTS] = []
        with _backend_of(connection).turn(connection), connection.begin():
            check_place(connection)
            yield connection
        check_place(connection)


@contextmanager
def undone_if_refused(connection: Connection) -> Iterator[None]:
    """A part of a write that is undone by itself if it raises; the rest of the transaction stays."""
    with connection.begin_nested():
        yield


def note_act(connection: Connection, ticket: int, request: str | None) -> None:
    """Record that this transaction writes an act, for the notification of its commit."""
    connection.info.setdefault(ACTS, []).append((ticket, request or ""))


@contextmanager
def committing_lightly(engine: Engine) -> Iterator[None]:
    """Commits do not wait for the disk meanwhile, for work that is repeated if it is interrupted."""

    def prepare(raw: Any, _record: object) -> None:
        raw.cursor().execute(backend(engine.url).COMMIT_LIGHTLY)
        raw.commit()

    engine.dispose()
    event.listen(engine, "connect", prepare)
    try:
        yield
    finally:
        event.remove(engine, "connect", prepare)
        engine.dispose()


def _backend_of(connection: Connection) -> Backend:
    return backend(connection.engine.url)


# Functions that depend on the kind of database; `backend.protocol.Backend` describes them.


def check_place(connection: Connection) -> None:
    """As `Backend.check_place`."""
    _backend_of(connection).check_place(connection)


def check_damage(url: URL) -> None:
    """As `Backend.check_damage`."""
    backend(url).check_damage(url)


def keep_write_ahead_log(engine: Engine) -> None:
    """As `Backend.keep_write_ahead_log`."""
    backend(engine.url).keep_write_ahead_log(engine)


def scrub(engine: Engine) -> bool:
    """As `Backend.scrub`."""
    with converting_errors(engine.url):
        return backend(engine.url).scrub(engine)


def advisory_lock(connection: Connection, name: str) -> None:
    """As `Backend.advisory_lock`."""
    _backend_of(connection).advisory_lock(connection, name)


def instant(connection: Connection) -> datetime:
    """As `Backend.instant`."""
    return _backend_of(connection).instant(connection)


def lock_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """As `Backend.lock_tables`."""
    _backend_of(connection).lock_tables(connection, tables)


def reset_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """As `Backend.reset_sequences`."""
    _backend_of(connection).reset_sequences(connection, tables)


def has_counts_to_merge(connection: Connection) -> bool:
    """As `Backend.has_counts_to_merge`."""
    return _backend_of(connection).has_counts_to_merge(connection)


def merge_counts(connection: Connection) -> None:
    """As `Backend.merge_counts`."""
    _backend_of(connection).merge_counts(connection)


def contains(connection: Connection, column: Any, piece: str) -> ColumnElement[bool]:
    """As `Backend.contains`."""
    return _backend_of(connection).contains(column, piece)


def is_one_of(connection: Connection, column: Any, name: str) -> ColumnElement[bool]:
    """As `Backend.is_one_of`."""
    return _backend_of(connection).is_one_of(column, name)


def open_tickets_with(connection: Connection, words: Sequence[str], limit: int) -> Sequence[int] | None:
    """As `Backend.open_tickets_with`."""
    return _backend_of(connection).open_tickets_with(connection, words, limit)


def ids_with(connection: Connection, table: str, pieces: Sequence[str], limit: int) -> Sequence[int] | None:
    """As `Backend.ids_with`."""
    return _backend_of(connection).ids_with(connection, table, pieces, limit)


def text_containing(connection: Connection, word: str) -> Any:
    """As `Backend.text_containing`."""
    return _backend_of(connection).text_containing(word)


def own_words_with(connection: Connection, word: str) -> Any:
    """As `Backend.own_words_with`."""
    return _backend_of(connection).own_words_with(word)


def unavailable(error: BaseException, url: URL | None = None) -> DatabaseUnavailable:
    """An error of the database as `DatabaseUnavailable`.

    Args:
        error: The exception of SQLAlchemy or a driver.
        url: The database, if known.
    """
    kind = backend(url or (URL.create(SQLITE) if _is_sqlite(error) else URL.create(POSTGRESQL)))
    name = name_of(url) if url else ""
    return DatabaseUnavailable(kind.why(error), path=name, seconds=round(LOCK_TIMEOUT_S), detail=kind.detail(error))


@contextmanager
def converting_errors(url: URL) -> Iterator[None]:
    """Convert exceptions of the driver to `DatabaseUnavailable`.

    Raises:
        DatabaseUnavailable: As `unavailable`.
    """
    try:
        yield
    except DBAPIError as error:
        raise unavailable(error, url) from error


# Statements are built once, of plain tables: building one through the ORM takes longer than executing it.


def plain(table: type[SQLModel]) -> Table:
    """The table of a class."""
    return table.metadata.tables[str(table.__tablename__)]


def rows_of(
    connection: Connection, table: type[SQLModel], *, order_by: str = "id", **values: object
) -> Sequence[Row[Any]]:
    """The rows with these values, in the order of a column; None matches NULL."""
    return _found(connection, table, values, order_by=order_by).all()


def row_of(connection: Connection, table: type[SQLModel], **values: object) -> Row[Any] | None:
    """The first row with these values, if any; None matches NULL."""
    return _found(connection, table, values).first()


def _found(
    connection: Connection,
    table: type[SQLModel],
    values: Mapping[str, object],
    order_by: str = "id",
) -> CursorResult[Any]:
    given = {name: value for name, value in values.items() if value is not None}
    empty = tuple(name for name in values if name not in given)
    return connection.execute(_select_from(table, tuple(given), empty, order_by), given)


def insert_one(connection: Connection, table: type[SQLModel], **values: object) -> int:
    """Insert one row.

    Returns:
        Its id.
    """
    statement = _insert_into(connection.dialect, table, tuple(values), many=False)
    result = connection.exec_driver_sql(statement.text, statement.parameters(values))
    return int(result.scalar_one() if result.returns_rows else result.lastrowid)


def insert_many(connection: Connection, table: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows with the same columns in this order; none is allowed."""
    if rows:
        statement = _insert_into(connection.dialect, table, tuple(rows[0]), many=True)
        connection.exec_driver_sql(statement.text, [statement.parameters(row) for row in rows])


def update_one(connection: Connection, table: type[SQLModel], key: int, values: Mapping[str, object]) -> None:
    """Update some columns of one row."""
    update_many(connection, table, {key: values})


def update_many(connection: Connection, table: type[SQLModel], values: Mapping[int, Mapping[str, object]]) -> None:
    """Update the same columns of several rows by id; none is allowed."""
    if values:
        statement = _update_of(connection.dialect, table, tuple(next(iter(values.values()))))
        rows = [statement.parameters({**row, "this_row": key}) for key, row in values.items()]
        connection.exec_driver_sql(statement.text, rows if len(rows) > 1 else rows[0])


@cache
def _select_from(table: type[SQLModel], given: tuple[str, ...], empty: tuple[str, ...], order_by: str) -> Select[Any]:
    of = plain(table).c
    wanted = (*(of[name] == bindparam(name) for name in given), *(of[name].is_(None) for name in empty))
    return select(plain(table)).where(*wanted).order_by(of[order_by])


@lru_cache(KEPT)
def _insert_into(dialect: Dialect, table: type[SQLModel], columns: tuple[str, ...], *, many: bool) -> Compiled:
    statement = insert(plain(table))
    if not many and dialect.name != SQLITE:  # whose driver knows the id of the row that it inserted last
        statement = statement.returning(*plain(table).primary_key)
    found = compiled(statement, dialect, column_keys=list(columns), for_executemany=many)
    assert found, "an insert has no list as a value"
    return found


@lru_cache(KEPT)
def _update_of(dialect: Dialect, table: type[SQLModel], columns: tuple[str, ...]) -> Compiled:
    """The UPDATE statement for these columns of one row."""
    statement = update(plain(table)).where(plain(table).c.id == bindparam("this_row"))
    found = compiled(statement, dialect, column_keys=[*columns, "this_row"])
    assert found, "an update has no list as a value"
    return found


def _is_sqlite(error: BaseException) -> bool:
    return type(getattr(error, "orig", None) or error).__module__.startswith("sqlite3")
