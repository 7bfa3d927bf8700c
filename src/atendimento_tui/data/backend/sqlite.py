"""A desk in a SQLite file: one writer at a time, readers never wait.

A write takes the lock when it begins (`BEGIN IMMEDIATE`): a transaction that reads first and writes later would be
refused at once by SQLite when somebody else wrote in between, whatever its timeout.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Event
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
from atendimento_tui.data.desk_file import OpenFile, refuse_network
from atendimento_tui.data.unavailable import PATIENCE_S, DatabaseUnavailable

RAW_ERROR = sqlite3.Error
"""What the driver raises past SQLAlchemy."""

COMMIT_LIGHTLY = "PRAGMA synchronous = NORMAL"
"""Lets commits not wait for the disk. It cannot damage the file in WAL mode, and what was written is synced when the
connections are let go."""

_LOCK_TRY_MS = 20
"""How long SQLite itself waits in one try for a write: its own waits grow, and starve whoever waits longest."""

_LOCK_PROBE_S = (0.0005, 0.003)
"""Bounds of the random wait between two tries: jitter is what keeps fifty waiting processes fair."""

_HEADS = "SELECT rowid AS id FROM ticket_search WHERE ticket_search MATCH {word}"
_SAID = "SELECT rowid >> 32 AS id FROM ticket_search_texts WHERE ticket_search_texts MATCH {word}"
"""The number of a text in the index is its ticket's id and, in the lower 32 bits, the id of its own row."""

_FILE = "file"
"""Where a connection keeps the `OpenFile` that it belongs to."""

_ANYWHERE = f"{_HEADS} UNION ALL {_SAID}"
_EVERYWHERE = "SELECT DISTINCT id FROM ({first}) WHERE {others}"

_LISTEN_EVERY_S = 0.15
"""How often the file is asked whether it changed; one question costs a few microseconds."""


def make_engine(url: URL) -> Engine:
    """An engine on the file. Nothing is opened yet.

    Raises:
        DatabaseUnavailable: The file lies on a network, where SQLite loses data.
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
    """See that the path still names the file that this connection has open, and that no damage was met.

    Raises:
        DatabaseUnavailable: The file is gone, another one stands in its place, or it is damaged.
    """
    connection.info[_FILE].check()


def look_over(url: URL) -> None:
    """Look for damage before anything is written into the file (`desk_file.look_over`).

    Raises:
        DatabaseUnavailable: The file is damaged, or no database.
    """
    desk_file.look_over(Path(str(url.database)))


def advisory_lock(connection: Connection, name: str) -> None:
    """Nobody else does what is named until the transaction ends: whoever writes is alone as it is."""
    del connection, name


def lock_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Nobody else writes into the tables until the transaction ends: whoever writes is alone as it is."""
    del connection, tables


def reset_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """New rows get ids behind those that were written with theirs: SQLite looks for the highest one itself."""
    del connection, tables


def contains(column: Any, piece: str) -> ColumnElement[bool]:
    """That the column has the piece in it. `GLOB` compares letters as they are, which takes half as long as `LIKE`."""
    literal = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in piece)
    condition: ColumnElement[bool] = column.op("GLOB", is_comparison=True)(f"*{literal}*")
    return condition


def is_one_of(column: Any, name: str) -> ColumnElement[bool]:
    """That the column is one of the numbers. They are sent as one value, since thousands of them take their time."""
    values = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
    condition: ColumnElement[bool] = column.in_(select(values.c.value))
    return condition


def open_tickets_with(connection: Connection, words: Sequence[str], limit: int) -> Sequence[int] | None:
    """The ids of open tickets that have all these words; None where this SQLite has no index of words."""
    phrases = {f"w{number}": _phrase(word) for number, word in enumerate(words)}
    # First the tickets that have all words in one place: where there are many of them, the others are not looked for.
    query = _ANYWHERE.format(word=":together")
    if len(words) > 1:
        # `+` makes the other words' tickets a set, once: without it the index is asked for each ticket anew.
        first, *others = (_ANYWHERE.format(word=f":{name}") for name in phrases)
        apart = _EVERYWHERE.format(first=first, others=" AND ".join(f"+id IN ({other})" for other in others))
        query = f"{query} UNION ALL {apart}"
    query = f"{query} LIMIT :limit"
    try:
        found = connection.execute(text(query), {**phrases, "together": " ".join(phrases.values()), "limit": limit})
    except OperationalError as error:
        if "no such" in str(error.orig):  # no table of it, or a SQLite that cannot read one
            return None
        raise
    return found.scalars().all()


def text_containing(word: str) -> TextClause:
    """The ids of open tickets about which the word was said, by the index of words."""
    return _looked_up(_SAID, word)


def own_words_like(word: str) -> TextClause | None:
    """The ids of open tickets whose own words contain the word in any case, by the index of words."""
    return _looked_up(_HEADS, word)


def _looked_up(query: str, word: str) -> TextClause:
    return text(query.format(word=":word")).bindparams(bindparam("word", _phrase(word), unique=True))


def _phrase(word: str) -> str:
    return '"{}"'.format(word.replace('"', '""'))


def listen(
    engine: Engine, heard: Callable[[Changes | None], None], stopped: Event, listening: Callable[[], None]
) -> None:
    """Call `heard` after commits of anybody. `data_version` changes for a connection when another one has committed.

    Args:
        engine: The file.
        heard: Told None: a file does not tell what changed.
        stopped: Set when nobody listens any more.
        listening: Called when it begins to listen.

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
        while not stopped.wait(_LISTEN_EVERY_S):
            file.check()
            version = cursor.execute("PRAGMA data_version").fetchone()[0]
            if version != last:
                heard(None)
            last = version
    finally:
        raw.close()


def why(error: BaseException) -> str:
    """The code of why the file would not be opened, read or written."""
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
    """What SQLite says of it, as its code (`texts.system`)."""
    name: str | None = getattr(_raw(error), "sqlite_errorname", None)
    return name


def keep_write_ahead_log(engine: Engine) -> None:
    """Let readers and a writer not wait for each other. It stays so in the file: do it to files of ours only."""
    raw = engine.raw_connection()
    statement = "PRAGMA journal_mode = WAL"
    try:
        raw.cursor().execute(statement)
    except sqlite3.Error as error:  # a full disk; told as any other statement's
        raise DBAPIError.instance(statement, None, error, sqlite3.Error) from error
    finally:
        raw.close()


def _prepare(raw: sqlite3.Connection, record: Any, file: OpenFile) -> None:
    try:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "cell_size_check = ON"):
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("PRAGMA journal_mode").fetchone()  # reads the file, so that SQLite has all it needs of it open
        file.opened()
    except BaseException:
        raw.close()
        raise
    record.info[_FILE] = file


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
            if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            if time.monotonic() >= give_up_at:
                raise DatabaseUnavailable("banco_ocupado", seconds=round(PATIENCE_S)) from error
        time.sleep(random.uniform(*_LOCK_PROBE_S))


def _raw(error: BaseException) -> BaseException:
    """What the driver raised, with or without SQLAlchemy around it."""
    return getattr(error, "orig", None) or error


def _code(error: BaseException) -> int:
    return getattr(_raw(error), "sqlite_errorcode", 0) & 0xFF
