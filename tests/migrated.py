"""Creates the tables of new databases by the statements that the migrations led to, after the first one of a test run.

All migrations take a tenth of a second of a core, the statements a third of that or less: of a file they are those of
its tables, of a server those that the migrations sent. Migrations of existing desks and processes that tests start are
not changed. `tests/data/test_schema.py` compares both ways.
"""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, event, inspect

from atendimento_tui.data import schema

_PARTS_OF_FTS5 = ("data", "idx", "content", "docsize", "config")
"""Tables that SQLite makes for a table of the full-text search; https://www.sqlite.org/fts5.html, section 9."""

_migrate: Callable[[Connection], None] = schema._upgrade

_Statement = tuple[str, Any]
"""A statement and its parameters, as the driver takes them."""


def migrated_once(sent: Path | None = None) -> AbstractContextManager[object]:
    """Let databases that are created meanwhile get their tables so.

    Args:
        sent: A file that all workers share. Who migrates a database of a server first writes its statements there.
    """
    known: dict[object, list[_Statement]] = {}

    def make(connection: Connection) -> None:
        key = (schema._MIGRATIONS, schema.head(), connection.dialect.name)
        if sent and key not in known and sent.exists():
            known.update(pickle.loads(sent.read_bytes()))
        if inspect(connection).get_table_names():
            _migrate(connection)
        elif key in known:
            for statement, parameters in known[key]:
                connection.exec_driver_sql(statement, parameters)
        elif connection.dialect.name == "sqlite":
            _migrate(connection)
            known[key] = [(statement, None) for statement in _statements(connection)]
        else:
            known[key] = _sent_by_migrating(connection)
            if sent:
                unfinished = sent.with_suffix(f".{os.getpid()}")
                unfinished.write_bytes(pickle.dumps({key: known[key]}))
                unfinished.replace(sent)

    return patch.object(schema, "_upgrade", make)


def _sent_by_migrating(connection: Connection) -> list[_Statement]:
    """Migrate an empty database. What its migrations read is left out: it is the same each time."""
    sent: list[_Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if not statement.startswith("SELECT"):
            sent.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    _migrate(connection)
    event.remove(connection, "before_cursor_execute", note)
    return sent


def _tables(connection: Connection) -> list[tuple[str, str]]:
    """Name and statement of each table, in the order of their creation, without those that SQLite makes itself."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    found = [(row.name, row.sql) for row in connection.exec_driver_sql(query)]
    virtual = [name for name, sql in found if sql.startswith("CREATE VIRTUAL")]
    of_virtual = {f"{name}_{part}" for name in virtual for part in _PARTS_OF_FTS5}
    return [(name, sql) for name, sql in found if name not in of_virtual]


def _statements(connection: Connection) -> Iterator[str]:
    tables = _tables(connection)
    yield from (sql for _, sql in tables)
    for name, sql in tables:
        if not sql.startswith("CREATE VIRTUAL"):
            columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")]
            values = ", ".join(f"quote({column})" for column in columns)
            for row in connection.exec_driver_sql(f"SELECT {values} FROM {name}"):  # noqa: S608
                yield f"INSERT INTO {name} VALUES ({', '.join(row)})"  # noqa: S608
    others = "SELECT sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL ORDER BY rowid"
    yield from (row.sql for row in connection.exec_driver_sql(others))
