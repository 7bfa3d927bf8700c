"""Gives the connection of a closed desk to a desk that is opened later on the same database.

A new connection is a new process of the server, which reads the catalog and plans each statement anew: that was half of
what a small test costs a server. Only a database whose rows are restored between tests has a connection that is kept,
one, for the next test. All others are opened and closed as they are shipped, as are those of other processes.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

from psycopg.pq import TransactionStatus
from sqlalchemy import make_url
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine.default import DefaultDialect

from tests.servers import Connection

RESET = "RESET ALL; UNLISTEN *; CLOSE ALL; SELECT pg_advisory_unlock_all(); DISCARD SEQUENCES; DISCARD TEMP"
"""What `DISCARD ALL` does, except that it keeps plans and prepared statements."""

_PROCESS = os.getpid()

_connect: Any = PGDialect_psycopg.connect
_close: Any = PGDialect_psycopg.do_close

_one_takes = Lock()


@dataclass(frozen=True)
class Kept:
    """The connection of a database, if any.

    Attributes:
        lent: It before the first desk is opened. Then the list is empty.
        returned: It after a desk was closed.
    """

    lent: list[Connection] = field(default_factory=list)
    returned: list[Connection] = field(default_factory=list)


_kept: dict[object, Kept] = {}
"""By port and name of the database."""

_opened_by: WeakKeyDictionary[Connection, object] = WeakKeyDictionary()
"""The parameters by which each connection was opened."""


def kept_open() -> AbstractContextManager[object]:
    """Keep connections meanwhile."""
    patched = ExitStack()
    patched.enter_context(patch.object(PGDialect_psycopg, "connect", _lend))
    patched.enter_context(patch.object(PGDialect_psycopg, "do_close", _take_back))
    return patched


@contextmanager
def one_kept(database: str, *connection: Connection) -> Iterator[Kept]:
    """Lend the connection of a database, if there is one yet, and keep the first one that is returned."""
    url = make_url(database)
    place = (url.port, url.database)
    _kept[place] = kept = Kept([*connection])
    try:
        yield kept
    finally:
        del _kept[place]


def _lend(dialect: DefaultDialect, *arguments: Any, **parameters: Any) -> Any:
    kept = _kept.get((parameters.get("port"), parameters.get("dbname")))
    if kept is None or os.getpid() != _PROCESS:
        return _connect(dialect, *arguments, **parameters)
    # Variables of the environment are parameters too. The context has the converters of the engine's dialect.
    own = {name: value for name, value in parameters.items() if name != "context"}
    opened_by = (own, {name: value for name, value in os.environ.items() if name.startswith("PG")})
    with _one_takes:
        if kept.lent and _opened_by[kept.lent[0]] == opened_by:
            connection = kept.lent.pop()
            connection.autocommit = False
            return connection
    connection = _connect(dialect, *arguments, **parameters)
    _opened_by[connection] = opened_by
    return connection


def _take_back(dialect: DefaultDialect, connection: Connection) -> None:
    info = connection.info
    is_sound = info.transaction_status == TransactionStatus.IDLE and connection in _opened_by
    if is_sound and os.getpid() == _PROCESS and (kept := _kept.get((info.port, info.dbname))):
        with _one_takes:
            if not kept.lent and not kept.returned:
                connection.isolation_level = connection.read_only = connection.deferrable = None
                connection.autocommit = True
                kept.returned.append(connection)
                return
    _close(dialect, connection)
