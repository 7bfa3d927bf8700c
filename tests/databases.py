"""Where the tests' desks live: in SQLite files, or in databases of a PostgreSQL server. A founded desk is copied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from tests.living import found_desk
from tests.servers import Server, connected, name_in

on_files = pytest.mark.parametrize("databases", ["files"], indirect=True)
"""A test of what is SQLite's own."""

on_server = pytest.mark.parametrize("databases", ["server"], indirect=True)
"""A test of what is PostgreSQL's own."""


class Databases(Protocol):
    """Databases of one kind."""

    def new(self) -> str:
        """A place where no desk is yet, as `--banco` takes it."""

    def copy(self, database: str = "") -> str:
        """A copy of a database that nobody has open; of a founded desk, if none is named."""

    def drop(self, database: str) -> None:
        """Take a database away."""

    @contextmanager
    def copied(self) -> Iterator[str]:
        """A founded desk, for as long as it is wanted."""
        database = self.copy()
        try:
            yield database
        finally:
            self.drop(database)


class Files(Databases):
    """SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._founded = ""

    def new(self) -> str:
        return str(self._folder / f"desk-{next(self._numbers)}.db")

    def copy(self, database: str = "") -> str:
        if not self._founded:
            self._founded = self.new()
            found_desk(self._founded)
        return str(shutil.copyfile(database or self._founded, self.new()))

    def drop(self, database: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(database + end).unlink(missing_ok=True)


class OnServer(Databases):
    """Databases of a PostgreSQL server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._founded = ""
        self._as_founded = ""
        self._free: list[str] = []

    def new(self) -> str:
        return self.server.make()

    def copy(self, database: str = "") -> str:
        if not self._founded:
            self._founded = self.new()
            found_desk(self._founded)
            self._as_founded = _kept(self._founded)
        return self.server.make(name_in(database or self._founded))

    def drop(self, database: str) -> None:
        self.server.drop(database)

    @contextmanager
    def copied(self) -> Iterator[str]:
        """One that was used before has its rows put back: to copy a whole database takes ten times as long."""
        database = self._free.pop() if self._free else self.copy()
        try:
            yield database
        finally:
            with connected(database) as server:
                server.execute(self._as_founded.encode())
            self._free.append(database)


def _kept(founded: str) -> str:
    """Keep a database's rows in a schema beside them.

    Returns:
        The statements that put them back, whatever was done to them, and whoever still uses them.
    """
    back = [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        "SET session_replication_role = replica",  # in whatever order they refer to each other
    ]
    with connected(founded) as server:
        server.execute("CREATE SCHEMA kept")
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            server.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}".encode())
            back += [f"DELETE FROM public.{table}", f"INSERT INTO public.{table} TABLE kept.{table}"]  # noqa: S608
        series = "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"
        for name, last, is_called in server.execute(series).fetchall():
            back.append(f"SELECT setval('public.{name}', {last}, {is_called})")
    return ";".join(back)
