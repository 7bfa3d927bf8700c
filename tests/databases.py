"""Databases of tests: SQLite files, or databases of a PostgreSQL server. New desks are copies of one."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest

from tests.connections import RESET, one_kept
from tests.full import IN_FULL
from tests.living import create_test_desk
from tests.servers import Connection, Server, connected, name_in, running

on_files = pytest.mark.parametrize("databases", ["files"], indirect=True)
"""Mark of a test for SQLite only."""

on_server = pytest.mark.parametrize("databases", ["server"], indirect=True)
"""Mark of a test for PostgreSQL only."""


def mostly_on_files(name: str, values: Sequence[Any], *on_server: Any) -> pytest.MarkDecorator:
    """Mark of a test of all values on SQLite, and of some of them on PostgreSQL; of all if tests are run in full.

    For rules whose statements the other values send to PostgreSQL too.
    """
    both = [("files", value) for value in values]
    both += [("server", value) for value in (values if IN_FULL else on_server)]
    return pytest.mark.parametrize(("databases", name), both, indirect=["databases"], ids=_word)


def _word(value: Any) -> str:
    kinds = {"files": "sqlite", "server": "postgresql"}
    return value.stem if isinstance(value, Path) else kinds.get(str(value), str(value))


class Databases(Protocol):
    """Databases of one kind."""

    def new(self) -> str:
        """The address of a database without a desk, as `--banco` takes it."""

    def copy(self, database: str = "") -> str:
        """Copy a database that is not open; by default that of a new desk."""

    def drop(self, database: str) -> None:
        """Delete a database."""

    @contextmanager
    def copied(self, database: str = "") -> Iterator[str]:
        """A copy of a database, by default of a new desk, deleted afterwards."""
        database = self.copy(database)
        try:
            yield database
        finally:
            self.drop(database)


class Files(Databases):
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._new_desk = ""

    def new(self) -> str:
        return str(self._folder / f"desk-{next(self._numbers)}.db")

    def copy(self, database: str = "") -> str:
        if not self._new_desk:
            self._new_desk = self.new()
            create_test_desk(self._new_desk)
        return str(shutil.copyfile(database or self._new_desk, self.new()))

    def drop(self, database: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(database + end).unlink(missing_ok=True)


NEW_DESK = "new_desk"
"""The database of a new desk on a server, to be copied."""


class OnServer(Databases):
    """Databases of a PostgreSQL server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._restore_sql = ""
        self._free: list[tuple[str, list[Connection]]] = []
        """Databases that are not used, with the connection that is kept, if any."""

    def close(self) -> None:
        """Close its connections."""
        for _, kept in self._free:
            for connection in kept:
                connection.close()

    def new(self) -> str:
        return self.server.make()

    def copy(self, database: str = "") -> str:
        if not self._restore_sql:
            with suppress(psycopg.errors.DuplicateDatabase):
                make_new_desk(self.server)
            self._restore_sql = _restoring(self.server.url(NEW_DESK))
        return self.server.make(name_in(database) if database else NEW_DESK)

    def drop(self, database: str) -> None:
        self.server.drop(database)

    @contextmanager
    def copied(self, database: str = "") -> Iterator[str]:
        """For a new desk a used database whose rows are restored, which is ten times faster than copying one."""
        if database:
            with super().copied(database) as copy:
                yield copy
            return
        database, connections = self._free.pop() if self._free else (self.copy(), [])
        with one_kept(database, *connections) as kept:
            try:
                yield database
            finally:
                self._free.append((database, self._restored(database, kept.lent + kept.returned)))

    def _restored(self, database: str, kept: list[Connection]) -> list[Connection]:
        for connection in kept:
            try:
                connection.execute(self._restore_sql.encode(), prepare=False)
            except psycopg.OperationalError:  # the test ended all connections
                connection.close()
            else:
                return [connection]
        with connected(database) as connection:
            connection.execute(self._restore_sql.encode())
        return []


def save_server_with_desk(file: Path) -> None:
    """Save the data of a server with the database of a new desk."""
    with running() as server:
        make_new_desk(server)
        server.save(file)


def make_new_desk(server: Server) -> None:
    """Create the database of a new desk, and save its rows in a second schema."""
    create_test_desk(database := server.make(name=NEW_DESK))
    with connected(database) as own:
        own.execute("CREATE SCHEMA kept")
        for (table,) in own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            own.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}".encode())


def _restoring(new_desk: str) -> str:
    """The statements that restore the rows, also while connections are open."""
    back = [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        "SET session_replication_role = replica",  # ignores foreign keys
    ]
    with connected(new_desk) as server:
        tables = "SELECT relname, pg_relation_size(oid) > 0 FROM pg_class WHERE relnamespace = 'kept'::regnamespace"
        for table, has_rows in server.execute(tables):
            back.append(f"DELETE FROM public.{table}")  # noqa: S608
            if has_rows:
                back.append(f"INSERT INTO public.{table} TABLE kept.{table}")
        series = "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"
        values = [f"setval('public.{name}', {last}, {is_called})" for name, last, is_called in server.execute(series)]
        back += [f"SELECT {', '.join(values)}", RESET]
    return ";".join(back)
