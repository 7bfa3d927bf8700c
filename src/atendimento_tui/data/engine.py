"""The connection to the database: how reads and writes begin, whichever database it is.

What differs between SQLite and PostgreSQL stands in the two modules of that name, which have the same functions.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Insert, Table, Update, bindparam, insert, make_url, update
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import SQLModel

from atendimento_tui.data.unavailable import PATIENCE_S, DatabaseUnavailable

__all__ = ["PATIENCE_S", "DatabaseUnavailable"]

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def url_of(database: str | Path) -> URL:
    """The address of a database given as a file or as an URL.

    Raises:
        DatabaseUnavailable: It is no address, or one of a database that would live in memory only.
    """
    text = str(database)
    try:
        text.encode()  # SQLite opens no other names
        url = make_url(text) if "://" in text else URL.create(SQLITE, database=text)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable("banco_sem_endereco") from error  # not told back: it may hold a password
    if url.get_backend_name() == SQLITE and url.database in (None, "", ":memory:"):
        raise DatabaseUnavailable("banco_sem_endereco")
    return url


def backend(url: URL) -> Any:
    """The module of this kind of database: a driver is imported by those who use it.

    Raises:
        DatabaseUnavailable: It is none of those that this program knows, or its driver is not installed.
    """
    name = url.get_backend_name()
    if name not in (SQLITE, POSTGRESQL):
        raise DatabaseUnavailable("banco_desconhecido", backend=name)
    try:
        return import_module(f"atendimento_tui.data.{name}")
    except ImportError as error:
        raise DatabaseUnavailable("banco_sem_driver", backend=name) from error


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for a database on a server."""
    return Path(str(url.database)) if url.get_backend_name() == SQLITE else None


def name_of(url: URL) -> str:
    """The database as it is told to people: its file, or its address without the password."""
    return str(file_of(url) or url.render_as_string(hide_password=True))


def make_engine(url: URL) -> Engine:
    """An engine on the database. Nothing is opened yet.

    Raises:
        DatabaseUnavailable: As `backend`.
    """
    engine: Engine = backend(url).make_engine(url)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A short read: it sees one state of the database and blocks nobody."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, *, announced: bool = True) -> Iterator[Connection]:
    """A small write: committed at the end, undone whole by an exception. In SQLite alone from its beginning.

    Args:
        announced: Whether others need to hear of it. In SQLite they hear of every commit.
    """
    options = {"writes": True, "announced": announced}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def take_in_hand(connection: Connection, name: str) -> None:
    """From now on and until this transaction ends nobody else has what is named in hand."""
    backend(connection.engine.url).take_in_hand(connection, name)


def keep_still(connection: Connection, tables: Iterable[Table]) -> None:
    """From now on and until this transaction ends nobody else writes into the tables."""
    backend(connection.engine.url).keep_still(connection, tables)


def continue_numbers(connection: Connection, tables: Iterable[Table]) -> None:
    """Rows were written with their ids: the next ones get ids behind them."""
    backend(connection.engine.url).continue_numbers(connection, tables)


def unavailable(error: DBAPIError, url: URL | None = None) -> DatabaseUnavailable:
    """Why the database would not do it, as a code that can be told."""
    kind = url or (URL.create(SQLITE) if _is_sqlite(error) else URL.create(POSTGRESQL))
    name = name_of(url) if url else ""
    return DatabaseUnavailable(backend(kind).why(error), path=name, seconds=round(PATIENCE_S), detail=_detail(error))


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


def _is_sqlite(error: DBAPIError) -> bool:
    return type(error.orig).__module__.startswith("sqlite3")


def _detail(error: DBAPIError) -> str:
    """What the driver says, on one line: a server's word comes with hints below it."""
    return str(error.orig).partition("\n")[0]
