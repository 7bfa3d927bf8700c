"""A desk in a PostgreSQL database. Many machines write at the same time; only writes to the same ticket wait.

A write locks the ticket that it changes (`repositories.tickets.take`). Each commit of a write
sends a notification to all listening windows.
"""

import errno
import operator
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import reduce
from threading import Event
from types import MappingProxyType
from typing import Any

import psycopg
from sqlalchemy import (
    ARRAY,
    URL,
    ColumnElement,
    Connection,
    Engine,
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
from atendimento_tui.data.unavailable import LOCK_TIMEOUT_S, DatabaseUnavailable
from atendimento_tui.domain.text import search_forms

RAW_ERROR = psycopg.Error
"""The driver's error, as it is raised where SQLAlchemy does not wrap it."""

COMMIT_LIGHTLY = "SET synchronous_commit = off"
"""Makes commits not wait for the disk."""

SHORT_READS: Mapping[str, Any] = MappingProxyType({"isolation_level": "AUTOCOMMIT"})
"""At READ COMMITTED each statement sees what was committed before it, also in a transaction, so `BEGIN` and `ROLLBACK`
would be two journeys to the server for nothing."""

SEEKS_WHOLE_KEYS = True
"""A condition on the id alone may make the planner read the index of all ids."""

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
"""Prefix of an SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html) -> code of its sentence."""

_SERVER_ANSWERED = re.compile(r"\w:  ")
"""A message of the server has two spaces after its severity, in every language; messages of libpq do not."""

_WRONG_ADDRESS = re.compile("invalid .*(value|option|port number|parameter)|missing .* in connection|no host")
_QUOTED_NUMBER = re.compile(r"\[Errno (-?\d+)\]")

_MESSAGES = [
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
"""Patterns of the server's messages for a refused connection, in English and Portuguese, and their SQLSTATE. The first
match is used."""

_CHANNEL = "atendimento"

_MANY = "*"
"""Payload for a transaction with more acts than are listed: a payload has at most 8,000 bytes."""

_LISTEN_FOR_S = 0.5
"""Maximum duration of one wait for notifications, after which `stopped` is checked."""

_CONNECT: dict[str, Any] = {
    "application_name": "atendimento",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    # A machine that has vanished is detected within seconds, before TCP's own timeout.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    # Compiling (JIT) does not pay for small statements. A wait for a lock is limited.
    "options": f"-c timezone=UTC -c datestyle=ISO -c jit=off -c lock_timeout={round(LOCK_TIMEOUT_S * 1000)}"
    " -c default_transaction_isolation=read\\ committed",
}
"""Settings that override those of the server, the database and the user."""

_SESSION = {"TimeZone": "UTC", "DateStyle": "ISO", "standard_conforming_strings": "on"}
"""Settings that PGTZ, PGDATESTYLE or a connection pool may still have changed."""

_ENCODING = "UTF8"

_MERGED_FROM = 1_000
"""So many rows of counts more than needed are merged. Adding them takes less than a millisecond."""

_ROWS_OF_COUNTS = (
    "SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT part, severity, bucket FROM queue_count) AS needed)"
    " FROM queue_count"
)

_MERGE_COUNTS = """
    WITH merged AS (
        DELETE FROM queue_count WHERE id IN (SELECT id FROM queue_count FOR UPDATE SKIP LOCKED)
        RETURNING part, severity, bucket, n
    )
    INSERT INTO queue_count (part, severity, bucket, n)
    SELECT part, severity, bucket, sum(n) FROM merged GROUP BY part, severity, bucket HAVING sum(n) <> 0
"""


def make_engine(url: URL) -> Engine:
    """An engine on the database. Nothing is opened yet.

    A window keeps two connections, one of them for notifications: a server that accepts 100 serves 50 windows.
    """
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args=_CONNECT,
        hide_parameters=True,  # errors are logged, and values are personal
        pool_size=1,
        max_overflow=4,
        pool_pre_ping=True,  # so that an act does not fail because the server was restarted
    )
    name = url.render_as_string(hide_password=True)
    # Inserted first, because SQLAlchemy's own first queries fail in other encodings.
    event.listen(engine, "connect", lambda raw, _record: _prepare(raw, name), insert=True)
    event.listen(engine, "commit", _announce)
    return engine


def check_place(connection: Connection) -> None:
    """Nothing to check: statements fail if the server is gone."""
    del connection


def turn(connection: Connection) -> AbstractContextManager[None]:
    """Nothing to wait for: many write at the same time."""
    del connection
    return nullcontext()


def check_damage(url: URL) -> None:
    """Nothing to check: a server checks its own files."""
    del url


def keep_write_ahead_log(engine: Engine) -> None:
    """Nothing to set: a server always has one."""
    del engine


def scrub(engine: Engine) -> bool:
    """Nothing to do here: no live row has it. The server reuses the space; docs/privacy.md says what else is left."""
    del engine
    return True


def advisory_lock(connection: Connection, name: str) -> None:
    """Lock a name until the transaction ends, so that the same request is not written twice."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def instant(connection: Connection) -> datetime:
    """The present instant of the server."""
    now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return now.astimezone(UTC)


@contextmanager
def texts_as_stored(connection: Connection) -> Iterator[None]:
    """A server has valid texts only."""
    del connection
    yield


def lock_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Lock the tables against writes of others until the transaction ends. Running writes are waited for."""
    connection.exec_driver_sql(f"LOCK TABLE {', '.join(table.name for table in tables)} IN SHARE MODE")


def reset_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Make new rows get greater ids than existing ones."""
    for table in tables:
        number = table.autoincrement_column
        if number is not None:
            own = func.pg_get_serial_sequence(table.name, number.name)
            last = func.coalesce(func.max(number), 0)
            connection.execute(select(func.setval(own, last + 1, False)))


def has_counts_to_merge(connection: Connection) -> bool:
    """Whether there are so many more rows than needed that adding them takes long."""
    every, needed = connection.execute(text(_ROWS_OF_COUNTS)).one()
    return bool(every - needed > _MERGED_FROM)


def merge_counts(connection: Connection) -> None:
    """Merge the rows that count the same, except those that another transaction is merging."""
    connection.execute(text(_MERGE_COUNTS))


def contains(column: Any, piece: str) -> ColumnElement[bool]:
    """The condition that the column contains the substring."""
    condition: ColumnElement[bool] = column.contains(piece, autoescape=True)
    return condition


def is_one_of(column: Any, name: str) -> ColumnElement[bool]:
    """The condition that the column is one of the values. The list is one parameter, which is faster than many."""
    condition: ColumnElement[bool] = column == any_(bindparam(name, type_=ARRAY(column.type)))
    return condition


def open_tickets_with(connection: Connection, words: Sequence[str], limit: int) -> Sequence[int] | None:
    """The ids of open tickets that have all these words, as `Backend.open_tickets_with`."""
    together = _own_words(words)
    anywhere = (
        intersect(*(union(_own_words([word]), text_containing(word)) for word in words)) if len(words) > 1 else None
    )
    # A materialized CTE without the limit: with a limit, the planner may choose to scan the whole queue.
    # Tickets that have all words in one place come first; if there are enough of them, others are not searched.
    others = text_containing(words[0]) if anywhere is None else select(anywhere.subquery().c[0])
    found = union_all(together, others).cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
    return connection.scalars(select(found.c[0]).limit(limit)).all()


def ids_with(connection: Connection, table: str, pieces: Sequence[str], limit: int) -> Sequence[int] | None:
    """The ids of rows that have all these pieces, as `Backend.ids_with`."""
    rows = TableClause(table, column("id"), column("search"))
    conditions = [or_(*(contains(rows.c.search, form) for form in search_forms(piece))) for piece in pieces]
    # As for tickets: with a limit inside, the planner may choose to scan the table.
    found = select(rows.c.id).where(*conditions).cte("found").prefix_with("MATERIALIZED", dialect="postgresql")
    return connection.scalars(select(found.c[0]).limit(limit)).all()


def text_containing(word: str) -> Select[Any]:
    """The ids of open tickets that have the word in a text of an event."""
    texts = TableClause("ticket_text", column("ticket_id"), column("is_open"), column("text"))
    return select(texts.c.ticket_id).where(texts.c.is_open, contains(texts.c.text, word))


def own_words_with(word: str) -> Select[Any] | None:
    """None, because comparing the words of all tickets is as fast."""
    del word
    return None


def _own_words(words: Sequence[str]) -> Select[Any]:
    ticket = TableClause("ticket", column("id"), column("is_open"), column("search"))
    conditions = [or_(*(contains(ticket.c.search, form) for form in search_forms(word))) for word in words]
    return select(ticket.c.id).where(ticket.c.is_open, *conditions)


def listen(
    engine: Engine, on_change: Callable[[Changes | None], None], stopped: Event, listening: Callable[[], None]
) -> None:
    """Call `on_change` after commits of any connection, as `Backend.listen`.

    Args:
        engine: The database.
        on_change: Called with what changed, from the notifications.
        stopped: Set to stop listening.
        listening: Called when listening begins.
    """
    pooled = engine.raw_connection()
    raw: Any = pooled.driver_connection
    pooled.detach()  # it waits all the time and must not be reused
    try:
        raw.autocommit = True
        raw.execute(f"LISTEN {_CHANNEL}")
        listening()
        while not stopped.is_set():
            if notifications := list(raw.notifies(timeout=_LISTEN_FOR_S, stop_after=1)):
                on_change(reduce(operator.or_, (_changes(each.payload) for each in notifications)))
    finally:
        raw.close()


def why(error: BaseException) -> str:
    """The code of the reason of the error."""
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
    """The SQLSTATE of the server, or the error number of the system (`texts.system`)."""
    return _state(error) or _number(str(_raw(error)))


def _raw(error: BaseException) -> BaseException:
    """The driver's error, unwrapped from SQLAlchemy's."""
    return getattr(error, "orig", None) or error


def _state(error: BaseException) -> str | None:
    """The SQLSTATE. For a refused connection psycopg has only the message, so it is derived from that."""
    raw = _raw(error)
    state: str | None = getattr(raw, "sqlstate", None)
    message = str(raw)
    if state or not isinstance(raw, psycopg.OperationalError):
        return state
    if not _SERVER_ANSWERED.search(message):
        return INVALID_PASSWORD if getattr(raw.pgconn, "needs_password", False) else None
    return next((state for words, state in _MESSAGES if words.search(message)), NOT_LET_IN)


def _number(message: str) -> int | None:
    """The system's error number in a driver's message. libpq gives only the system's text, always in English."""
    if quoted := _QUOTED_NUMBER.search(message):
        return int(quoted[1])
    if "timeout expired" in message:
        return errno.ETIMEDOUT
    return max(
        (n for n in errno.errorcode if os.strerror(n) in message), key=lambda n: len(os.strerror(n)), default=None
    )


def _prepare(raw: "psycopg.Connection[Any]", name: str) -> None:
    """Check the encoding of a new connection, and set what `_SESSION` requires.

    Raises:
        DatabaseUnavailable: The database is not in UTF-8.
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
    """Send the notification with the acts of this transaction; without acts it means another change."""
    if connection.get_execution_options().get("announced"):
        acts = connection.info.get(ACTS, ())
        payload = _MANY if len(acts) > NAMED_AT_MOST else " ".join(f"{ticket}:{request}" for ticket, request in acts)
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (_CHANNEL, payload))


def _changes(payload: str) -> Changes:
    """The changes in a notification; one without acts means another change."""
    if payload == _MANY:
        return ANYTHING
    acts = frozenset((int(ticket), request) for ticket, _, request in (each.partition(":") for each in payload.split()))
    return Changes(acts, other=not acts)
