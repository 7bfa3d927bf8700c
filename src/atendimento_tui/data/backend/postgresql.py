"""A desk in a PostgreSQL database: many machines write at once, each waiting only for who holds the same ticket.

Reads see one state of the database; a write locks the rows that it decides upon (`store.load(..., to_change=True)`).
Every commit of a write is told to all who listen.
"""

import errno
import operator
import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from threading import Event
from typing import Any

import psycopg
from sqlalchemy import (
    ARRAY,
    URL,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    Table,
    TableClause,
    any_,
    bindparam,
    column,
    create_engine,
    event,
    func,
    intersect,
    or_,
    select,
    text,
    union,
    union_all,
)

from atendimento_tui.contracts.changes import ANYTHING, NAMED_AT_MOST, Changes
from atendimento_tui.data.backend.protocol import ACTS
from atendimento_tui.data.unavailable import PATIENCE_S, DatabaseUnavailable
from atendimento_tui.domain.text import ways_to_find

RAW_ERROR = psycopg.Error
"""What the driver raises past SQLAlchemy."""

COMMIT_LIGHTLY = "SET synchronous_commit = off"
"""Lets commits not wait for the disk."""

INVALID_PASSWORD, NOT_LET_IN, NO_SUCH_DATABASE = "28P01", "28000", "3D000"

_REASONS = {
    "25006": "banco_sem_permissao",
    "28P01": "banco_senha",
    "28": "banco_recusou",
    "3D000": "banco_sem_base",
    "40001": "banco_ocupado",
    "40P01": "banco_ocupado",
    "42501": "banco_sem_permissao",
    "53100": "disco_cheio",
    "53300": "banco_sem_conexao",
    "55P03": "banco_ocupado",
    "57P": "banco_sem_conexao",
}
"""How an SQLSTATE begins (postgresql.org/docs/current/errcodes-appendix.html) and the code of its sentence."""

_SERVER_ANSWERED = re.compile(r"\w:  ")
"""Two blanks stand behind the severity of what a server says, in every language; libpq itself writes none."""

_WRONG_ADDRESS = re.compile("invalid .*(value|option|port number|parameter)|missing .* in connection|no host")
_QUOTED_NUMBER = re.compile(r"\[Errno (-?\d+)\]")

_SAID = [
    (re.compile(words), state)
    for words, state in (
        ('database "[^"]*" (does not exist|não existe)', NO_SUCH_DATABASE),
        ('banco de dados "[^"]*" não existe', NO_SUCH_DATABASE),
        ('role "[^"]*" (does not exist|não existe)|password|senha|autenticação|[Aa]uthentication', INVALID_PASSWORD),
        ("pg_hba", NOT_LET_IN),
        ("too many (clients|connections)|connection slots|muitas conexões|muitos clientes", "53300"),
        ("database system|sistema de banco de dados", "57P03"),
        ("permission denied|permissão negada", "42501"),
    )
]
"""What a server says, in English or Portuguese, of whom it does not let in; the first one that is found."""

_CHANNEL = "atendimento"

_MANY = "*"
"""What is told of a transaction with more acts than are named one by one: a payload has 8,000 bytes at most."""

_LISTEN_FOR_S = 0.5
"""How long one wait for news lasts at most: so soon it is seen that the program ends."""

_CONNECT: dict[str, Any] = {
    "application_name": "atendimento",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    # A machine that went away without a word is found out within seconds, and not when TCP gives up.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    # Small statements gain nothing by being compiled; whoever waits too long for a row is told.
    "options": f"-c timezone=UTC -c datestyle=ISO -c jit=off -c lock_timeout={round(PATIENCE_S * 1000)}"
    " -c default_transaction_isolation=read\\ committed",
}
"""What an administrator may have set otherwise for the server, the database or the user."""

_SESSION = {"TimeZone": "UTC", "DateStyle": "ISO", "standard_conforming_strings": "on"}
"""What PGTZ, PGDATESTYLE or a pool of connections may have set otherwise all the same."""

_ENCODING = "UTF8"


def make_engine(url: URL) -> Engine:
    """An engine on the database. Nothing is opened yet.

    A window keeps one connection besides the one that listens: a server that takes a hundred serves fifty windows.
    """
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args=_CONNECT,
        hide_parameters=True,  # errors are logged, and values are personal
        pool_size=1,
        max_overflow=4,
        pool_pre_ping=True,  # a server that was started anew is not noticed by whoever acts next
    )
    name = url.render_as_string(hide_password=True)
    # Before anything else: SQLAlchemy's own first questions cannot be answered in other encodings.
    event.listen(engine, "connect", lambda raw, _record: _prepare(raw, name), insert=True)
    event.listen(engine, "commit", _announce)
    return engine


def check_place(connection: Connection) -> None:
    """See that what was opened is still there: a server that is not answers no statement."""
    del connection


def look_over(url: URL) -> None:
    """Look for damage before anything is written: a server looks after its own files."""
    del url


def keep_write_ahead_log(engine: Engine) -> None:
    """A server always keeps one."""
    del engine


def advisory_lock(connection: Connection, name: str) -> None:
    """Nobody else does what is named until the transaction ends: the same request sent twice waits for itself."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def lock_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Nobody else writes into the tables until the transaction ends; it waits for those who are writing."""
    connection.exec_driver_sql(f"LOCK TABLE {', '.join(table.name for table in tables)} IN SHARE MODE")


def reset_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """New rows get ids behind those that were written with theirs."""
    for table in tables:
        number = table.autoincrement_column
        if number is not None:
            own = func.pg_get_serial_sequence(table.name, number.name)
            last = func.coalesce(func.max(number), 0)
            connection.execute(select(func.setval(own, last + 1, False)))


def contains(column: Any, piece: str) -> ColumnElement[bool]:
    """That the column has the piece in it."""
    condition: ColumnElement[bool] = column.contains(piece, autoescape=True)
    return condition


def is_one_of(column: Any, name: str) -> ColumnElement[bool]:
    """That the column is one of the numbers. They are sent as one value, since thousands of them take their time."""
    condition: ColumnElement[bool] = column == any_(bindparam(name, type_=ARRAY(Integer)))
    return condition


def open_tickets_with(connection: Connection, words: Sequence[str], limit: int) -> Sequence[int] | None:
    """The ids of open tickets that have all these words."""
    together = _heads(words)
    anywhere = intersect(*(union(_heads([word]), text_containing(word)) for word in words)) if len(words) > 1 else None
    # Apart, and without the limit: for a few of what it believes to be many the server would read the whole queue.
    # First the tickets that have all words in one place: where there are many of them, the others are not looked for.
    said = text_containing(words[0]) if anywhere is None else select(anywhere.subquery().c[0])
    found = union_all(together, said).cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
    return connection.scalars(select(found.c[0]).limit(limit)).all()


def text_containing(word: str) -> Select[Any]:
    """The ids of open tickets about which the word was said."""
    said = TableClause("ticket_text", column("ticket_id"), column("is_open"), column("text"))
    return select(said.c.ticket_id).where(said.c.is_open, contains(said.c.text, word))


def own_words_like(word: str) -> Select[Any] | None:
    """None: reading the words of all tickets is as fast."""
    del word
    return None


def _heads(words: Sequence[str]) -> Select[Any]:
    ticket = TableClause("ticket", column("id"), column("is_open"), column("search"))
    conditions = [or_(*(contains(ticket.c.search, way) for way in ways_to_find(word))) for word in words]
    return select(ticket.c.id).where(ticket.c.is_open, *conditions)


def listen(
    engine: Engine, heard: Callable[[Changes | None], None], stopped: Event, listening: Callable[[], None]
) -> None:
    """Call `heard` after commits of anybody; many that come together are heard once.

    Args:
        engine: The database.
        heard: Told what changed, as the notifications say.
        stopped: Set when nobody listens any more.
        listening: Called when it begins to listen.
    """
    pooled = engine.raw_connection()
    raw: Any = pooled.driver_connection
    pooled.detach()  # it waits for news all the time, and is nobody else's
    try:
        raw.autocommit = True
        raw.execute(f"LISTEN {_CHANNEL}")
        listening()
        while not stopped.is_set():
            if told := list(raw.notifies(timeout=_LISTEN_FOR_S, stop_after=1)):
                heard(reduce(operator.or_, (_changes(each.payload) for each in told)))
    finally:
        raw.close()


def why(error: BaseException) -> str:
    """The code of why the server would not do it."""
    if getattr(error, "connection_invalidated", False):
        return "banco_sem_conexao"
    if state := _state(error):
        return next((code for begin, code in _REASONS.items() if state.startswith(begin)), "banco_falhou")
    raw = _raw(error)
    if isinstance(raw, psycopg.Error) and _WRONG_ADDRESS.search(str(raw)):
        return "banco_sem_endereco"
    return (
        "banco_sem_conexao" if isinstance(raw, (psycopg.OperationalError, psycopg.InterfaceError)) else "banco_falhou"
    )


def detail(error: BaseException) -> int | str | None:
    """What the server says of it, as its SQLSTATE, or what the system says, as its number (`texts.system`)."""
    return _state(error) or _number(str(_raw(error)))


def _raw(error: BaseException) -> BaseException:
    """What the driver raised, with or without SQLAlchemy around it."""
    return getattr(error, "orig", None) or error


def _state(error: BaseException) -> str | None:
    """The SQLSTATE. Of a connection that was not let in psycopg hands on the words only, so it is found by them."""
    raw = _raw(error)
    state: str | None = getattr(raw, "sqlstate", None)
    said = str(raw)
    if state or not isinstance(raw, psycopg.OperationalError):
        return state
    if not _SERVER_ANSWERED.search(said):
        return INVALID_PASSWORD if getattr(raw.pgconn, "needs_password", False) else None
    return next((state for words, state in _SAID if words.search(said)), NOT_LET_IN)


def _number(said: str) -> int | None:
    """The number of the system's error that a driver quotes: libpq gives its words only, always in English."""
    if quoted := _QUOTED_NUMBER.search(said):
        return int(quoted[1])
    if "timeout expired" in said:
        return errno.ETIMEDOUT
    return max((n for n in errno.errorcode if os.strerror(n) in said), key=lambda n: len(os.strerror(n)), default=None)


def _prepare(raw: "psycopg.Connection[Any]", name: str) -> None:
    """See that the database takes every letter, and that instants come as they are read.

    Raises:
        DatabaseUnavailable: It is kept in another encoding than UTF-8.
    """
    status = raw.info.parameter_status
    if (encoding := status("server_encoding")) != _ENCODING:
        raw.close()
        raise DatabaseUnavailable("banco_sem_utf8", path=name, encoding=encoding)
    others = [(key, value) for key, value in _SESSION.items() if (status(key) or "").partition(",")[0] != value]
    for key, value in others:
        raw.execute(f"SET {key} TO '{value}'".encode())
    if others:
        raw.commit()


def _announce(connection: Connection) -> None:
    """Tell which acts this transaction wrote, or that it wrote something else."""
    if connection.get_execution_options().get("announced"):
        acts = connection.info.get(ACTS, ())
        payload = _MANY if len(acts) > NAMED_AT_MOST else " ".join(f"{ticket}:{request}" for ticket, request in acts)
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (_CHANNEL, payload))


def _changes(payload: str) -> Changes:
    """What a notification tells; one without acts tells of something else."""
    if payload == _MANY:
        return ANYTHING
    acts = frozenset((int(ticket), request) for ticket, _, request in (each.partition(":") for each in payload.split()))
    return Changes(acts, besides=not acts)
