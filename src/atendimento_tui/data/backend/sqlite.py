"""A desk in a SQLite file. There is one writer at a time; readers do not wait.

A write locks the file when it begins (`BEGIN IMMEDIATE`). A transaction that reads first and writes later would fail at
once, whatever its timeout, if another one wrote in between.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    JSON,
    URL,
    ColumnElement,
    Connection,
    Engine,
    Table,
    TextClause,
    bindparam,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from atendimento_tui.contracts.changes import Changes
from atendimento_tui.data import desk_file
from atendimento_tui.data.desk_file import OpenFile
from atendimento_tui.data.file_systems import refuse_network
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.data.unavailable import LOCK_TIMEOUT_S, DatabaseUnavailable
from atendimento_tui.domain.text import search_forms

RAW_ERROR = sqlite3.Error
"""The driver's error, as it is raised where SQLAlchemy does not wrap it."""

COMMIT_LIGHTLY = "PRAGMA synchronous = NORMAL"
"""Makes commits not wait for the disk. In WAL mode this cannot damage the file, and what was written is synced when the
connections are closed."""

SHORT_READS: Mapping[str, Any] = MappingProxyType({})
"""A read is a transaction, so that all its statements see one state of the file."""

SEEKS_WHOLE_KEYS = False
"""The id is not: all rows with the same other columns are read."""

_LOCK_TRY_MS = 20
"""SQLite's own timeout in one attempt to lock. It is short, because SQLite waits longer after each failure, which would
starve the process that has waited longest."""

_LOCK_PROBE_S = (0.0005, 0.003)
"""Bounds of the random delay between two attempts. Jitter keeps processes fair that wait without the queue."""

_IN_OWN_WORDS = "SELECT rowid AS id FROM ticket_search WHERE ticket_search MATCH :own{word}"
_IN_TEXTS = "SELECT rowid >> 32 AS id FROM ticket_search_texts WHERE ticket_search_texts MATCH :text{word}"
"""The row id of a text in the index is its ticket's id and, in the lower 32 bits, the id of its own row."""

_FILE = "file"
"""Key in a connection's `info` for its `OpenFile`."""

_GIVE_UP_AT = "give up at"
"""Key in a connection's `info` for the time of `time.monotonic` until which a write waits for others."""

_ANYWHERE = f"{_IN_OWN_WORDS} UNION ALL {_IN_TEXTS}"
_EVERYWHERE = "SELECT DISTINCT id FROM ({first}) WHERE {others}"

_LISTEN_EVERY_S = 0.15
"""Interval at which the file is checked for changes; one check takes a few microseconds."""

_CHECK_EVERY = 7
"""Every so many of these checks, about once a second, it is looked whether the path still names the file. Each read and
each write looks too (`check_place`)."""


def make_engine(url: URL) -> Engine:
    """An engine on the file. Nothing is opened yet.

    Raises:
        DatabaseUnavailable: The file is on a network file system, where SQLite loses data.
    """
    path = Path(str(url.database))
    refuse_network(path)
    file = OpenFile(path)
    engine = create_engine(url, creator=file.connect, hide_parameters=True)  # errors are logged, values are personal
    event.listen(engine, "connect", lambda raw, record: _prepare(raw, record, file))
    event.listen(engine, "close", lambda _raw, _record: file.closed())
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", lambda context: file.failed(context.original_exception))
    return engine


def check_place(connection: Connection) -> None:
    """Check that the path still names the file that this connection has open, and that no damage was found.

    Raises:
        DatabaseUnavailable: The file is gone, replaced by another one, or damaged.
    """
    connection.info[_FILE].check()


@contextmanager
def turn(connection: Connection) -> Iterator[None]:
    """Wait in the queue of those who write to the file. SQLite's lock is taken when the transaction begins."""
    connection.info[_GIVE_UP_AT] = give_up_at = time.monotonic() + LOCK_TIMEOUT_S
    with connection.info[_FILE].queue.turn(give_up_at):
        yield


def check_damage(url: URL) -> None:
    """Check the file for damage before anything is written (`desk_file.check_damage`), and that it is no copy.

    Raises:
        DatabaseUnavailable: The file is damaged, not a database, or a backup copy.
    """
    desk_file.check_damage(Path(str(url.database)))
    desk_file.refuse_copy(Path(str(url.database)))


def scrub(engine: Engine) -> bool:
    """Merge the search indexes, write the file again without free pages, and empty the write-ahead log."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        indexes = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"
        names = [name for (name,) in cursor.execute(indexes).fetchall()]
        for name in names:
            cursor.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608 - a table of ours
        raw.commit()
        cursor.execute("VACUUM")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    finally:
        raw.close()


def advisory_lock(connection: Connection, name: str) -> None:
    """Nothing to lock: there is only one writer at a time."""
    del connection, name


def instant(connection: Connection) -> datetime:
    """The clock of the machine: the file is used on one machine only."""
    del connection
    return datetime.now(UTC)


@contextmanager
def texts_as_stored(connection: Connection) -> Iterator[None]:
    """Meanwhile the connection reads texts that are not valid UTF-8 too, with surrogates in them."""
    raw: Any = connection.connection.driver_connection
    raw.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = str


def lock_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Nothing to lock: there is only one writer at a time."""
    del connection, tables


def reset_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Nothing to do: SQLite itself gives new rows greater ids than existing ones."""
    del connection, tables


def has_counts_to_merge(connection: Connection) -> bool:
    """False: triggers add to the rows."""
    del connection
    return False


def merge_counts(connection: Connection) -> None:
    """Nothing to merge: triggers add to the rows."""
    del connection


def contains(column: Any, piece: str) -> ColumnElement[bool]:
    """The condition that the column contains the substring. `GLOB` is case-sensitive, and twice as fast as `LIKE`."""
    literal = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in piece)
    condition: ColumnElement[bool] = column.op("GLOB", is_comparison=True)(f"*{literal}*")
    return condition


def is_one_of(column: Any, name: str) -> ColumnElement[bool]:
    """The condition that the column is one of the values. The list is one parameter, which is faster than many."""
    values = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
    condition: ColumnElement[bool] = column.in_(select(values.c.value))
    return condition


def open_tickets_with(connection: Connection, words: Sequence[str], limit: int) -> Sequence[int] | None:
    """The ids of open tickets that have all these words; None if this SQLite has no trigram index."""
    values: dict[str, object] = {"limit": limit}
    for number, word in enumerate(words):
        values |= {f"own{number}": _own_phrase(word), f"text{number}": _phrase(word)}
    if len(words) > 1:
        values["own_together"] = " AND ".join(f"({_own_phrase(word)})" for word in words)
        values["text_together"] = " ".join(map(_phrase, words))
    try:
        return [row[0] for row in quick_rows(connection, _lookup(len(words)), values)]
    except OperationalError as error:
        if "no such" in str(error.orig):  # the table is missing, or SQLite lacks FTS5
            return None
        raise


@cache
def _lookup(words: int) -> TextClause:
    """The statement that looks up so many words."""
    first, *others = (_ANYWHERE.format(word=number) for number in range(words))
    if not others:
        return text(f"{first} LIMIT :limit")
    # Tickets that have all words in one place come first; if there are enough of them, others are not searched.
    # `+` prevents the use of an index on id, so that the subquery is evaluated once, not for each ticket.
    apart = _EVERYWHERE.format(first=first, others=" AND ".join(f"+id IN ({other})" for other in others))
    return text(f"{_ANYWHERE.format(word='_together')} UNION ALL {apart} LIMIT :limit")


def ids_with(connection: Connection, table: str, pieces: Sequence[str], limit: int) -> Sequence[int] | None:
    """The ids of rows that have all these pieces, as `Backend.ids_with`."""
    values: dict[str, object] = {"pieces": " AND ".join(f"({_own_phrase(piece)})" for piece in pieces), "limit": limit}
    try:
        return [row[0] for row in quick_rows(connection, _rows_with(table), values)]
    except OperationalError as error:
        if "no such" in str(error.orig):  # the index is missing, or SQLite lacks FTS5
            return None
        raise


@cache
def _rows_with(table: str) -> TextClause:
    index = f"{table}_search"
    return text(f"SELECT rowid AS id FROM {index} WHERE {index} MATCH :pieces LIMIT :limit")  # noqa: S608 - our own name


def text_containing(word: str) -> TextClause:
    """The ids of open tickets that have the word in a text of an event, by the trigram index."""
    return text(_IN_TEXTS.format(word="")).bindparams(bindparam("text", _phrase(word), unique=True))


def own_words_with(word: str) -> TextClause | None:
    """The ids of open tickets that have the word in their own words, by the trigram index."""
    return text(_IN_OWN_WORDS.format(word="")).bindparams(bindparam("own", _own_phrase(word), unique=True))


def _own_phrase(word: str) -> str:
    """What finds a word in the index of own words, which tells capitals from small letters."""
    return " OR ".join(map(_phrase, search_forms(word)))


def _phrase(word: str) -> str:
    return '"{}"'.format(word.replace('"', '""'))


def listen(
    engine: Engine, on_change: Callable[[Changes | None], None], stopped: Event, listening: Callable[[], None]
) -> None:
    """Call `on_change` after commits, as `Backend.listen`. `data_version` changes when another connection commits.

    Args:
        engine: The file.
        on_change: Called with None, because SQLite does not report what changed.
        stopped: Set to stop listening.
        listening: Called when listening begins.

    Raises:
        DatabaseUnavailable: As `check_place`.
    """
    raw = engine.raw_connection()
    file = raw.info[_FILE]
    try:
        file.check()
        cursor = raw.cursor()
        last = cursor.execute("PRAGMA data_version").fetchone()[0]
        listening()
        for turn in count(1):
            if stopped.wait(_LISTEN_EVERY_S):
                return
            if turn % _CHECK_EVERY == 0:
                file.check()
            version = cursor.execute("PRAGMA data_version").fetchone()[0]
            if version != last:
                on_change(None)
            last = version
    finally:
        raw.invalidate()  # closes it: the pool may be closed at this moment, and would then keep it open


def why(error: BaseException) -> str:
    """The code of the reason why the file could not be opened, read or written."""
    known = {
        sqlite3.SQLITE_NOTADB: "banco_nao_e_banco",
        sqlite3.SQLITE_CORRUPT: "banco_danificado",
        sqlite3.SQLITE_READONLY: "banco_so_leitura",
        sqlite3.SQLITE_CANTOPEN: "banco_nao_abre",
        sqlite3.SQLITE_PERM: "banco_nao_abre",
        sqlite3.SQLITE_FULL: "disco_cheio",
        sqlite3.SQLITE_IOERR: "disco_falhou",
        sqlite3.SQLITE_BUSY: "banco_ocupado",
    }
    damaged = not isinstance(_raw(error), sqlite3.OperationalError)
    return known.get(_code(error), "banco_danificado" if damaged else "banco_falhou")


def detail(error: BaseException) -> str | None:
    """SQLite's name of the error (`texts.system`)."""
    name: str | None = getattr(_raw(error), "sqlite_errorname", None)
    return name


def keep_write_ahead_log(engine: Engine) -> None:
    """Set WAL mode, in which readers and a writer do not block each other. The mode is stored in the file."""
    raw = engine.raw_connection()
    statement = "PRAGMA journal_mode = WAL"
    try:
        raw.cursor().execute(statement)
    except sqlite3.Error as error:  # a full disk; raised like an error of any other statement
        raise DBAPIError.instance(statement, None, error, sqlite3.Error) from error
    finally:
        raw.close()


def _prepare(raw: sqlite3.Connection, record: Any, file: OpenFile) -> None:
    try:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cell_size_check = ON"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("PRAGMA journal_mode").fetchone()  # reads the file, so that SQLite opens all its files
        file.opened()
    except BaseException:
        raw.close()
        raise
    record.info[_FILE] = file


def _begin(connection: Connection) -> None:
    raw: Any = connection.connection.driver_connection
    if not connection.get_execution_options().get("writes"):
        raw.execute("BEGIN")  # it reads nothing yet, so that it cannot fail
        return
    raw.execute(f"PRAGMA busy_timeout = {_LOCK_TRY_MS}")
    try:
        _take_lock(connection)
    finally:
        raw.execute(f"PRAGMA busy_timeout = {round(LOCK_TIMEOUT_S * 1000)}")


def _take_lock(connection: Connection) -> None:
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            connection.info[_FILE].queue.make()
            if time.monotonic() >= connection.info[_GIVE_UP_AT]:
                raise DatabaseUnavailable("banco_ocupado", seconds=round(LOCK_TIMEOUT_S)) from error
        time.sleep(random.uniform(*_LOCK_PROBE_S))


def _raw(error: BaseException) -> BaseException:
    """The driver's error, unwrapped from SQLAlchemy's."""
    return getattr(error, "orig", None) or error


def _code(error: BaseException) -> int:
    return getattr(_raw(error), "sqlite_errorcode", 0) & 0xFF
