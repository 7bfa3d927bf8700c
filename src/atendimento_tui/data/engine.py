"""The connection to the database: how reads and writes begin.

A write takes the lock when it begins (`BEGIN IMMEDIATE`): a transaction that reads first and writes later would be
refused at once by SQLite when somebody else wrote in between, whatever its timeout.
"""

import random
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Insert,
    Update,
    bindparam,
    create_engine,
    event,
    insert,
    make_url,
    update,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlmodel import SQLModel

PATIENCE_S = 10.0
"""How long a write waits for the lock before it is refused."""

_LOCK_TRY_MS = 20
"""How long SQLite itself waits in one try for a write: its own waits grow, and starve whoever waits longest."""

_LOCK_PROBE_S = (0.0005, 0.003)
"""Bounds of the random wait between two tries: jitter is what keeps fifty waiting processes fair."""


class DatabaseUnavailable(Exception):
    """The database cannot be used; nothing was changed.

    Attributes:
        code: Why; its sentence stands in `texts.refusals`.
        values: What the sentence needs.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def url_of(database: str | Path) -> URL:
    """The address of a database given as a file or as an URL.

    Raises:
        DatabaseUnavailable: It is no address, or one of a database that would live in memory only.
    """
    text = str(database)
    try:
        text.encode()  # SQLite opens no other names
        url = make_url(text) if "://" in text else URL.create("sqlite", database=text)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable("banco_sem_endereco") from error  # not told back: it may hold a password
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise DatabaseUnavailable("banco_sem_endereco")
    return url


def make_engine(url: URL) -> Engine:
    """An engine on the database. Nothing is opened yet."""
    if url.get_backend_name() != "sqlite":
        raise DatabaseUnavailable("banco_desconhecido", backend=url.get_backend_name())
    engine = create_engine(url, connect_args={"isolation_level": None, "timeout": PATIENCE_S})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A short read: it sees one state of the database and blocks nobody."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A small write: alone from its beginning, committed at the end, undone whole by an exception."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def insert_one(connection: Connection, table: type[SQLModel], **values: object) -> int:
    """Write one row.

    Returns:
        Its id.
    """
    key = connection.execute(_insert_into(table), values).inserted_primary_key
    assert key, "a table that is inserted into has a key"
    return int(key[0])


def update_one(connection: Connection, table: type[SQLModel], key: int, values: Mapping[str, object]) -> None:
    """Write some columns of one row."""
    connection.execute(_update_of(table), {**values, "this_row": key})


@cache
def _update_of(table: type[SQLModel]) -> Update:
    """As `_insert_into`; which columns it writes, the values say."""
    plain = table.metadata.tables[str(table.__tablename__)]
    return update(plain).where(plain.c.id == bindparam("this_row"))


@cache
def _insert_into(table: type[SQLModel]) -> Insert:
    """The statement, made once and of the plain table: building it anew, through the ORM, took longer than writing."""
    return insert(table.metadata.tables[str(table.__tablename__)])


def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
    for pragma in ("foreign_keys = ON", "synchronous = FULL"):
        raw.execute(f"PRAGMA {pragma}")


def keep_write_ahead_log(engine: Engine) -> None:
    """Let readers and a writer not wait for each other. It stays so in the file: do it to files of ours only."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN")
        return
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA busy_timeout = {_LOCK_TRY_MS}")
    try:
        _take_lock(connection)
    finally:
        raw.execute(f"PRAGMA busy_timeout = {round(PATIENCE_S * 1000)}")


def _take_lock(connection: Connection) -> None:
    give_up_at = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if not _is_locked(error):
                raise
            if time.monotonic() >= give_up_at:
                raise DatabaseUnavailable("banco_ocupado", seconds=round(PATIENCE_S)) from error
        time.sleep(random.uniform(*_LOCK_PROBE_S))


def _is_locked(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
