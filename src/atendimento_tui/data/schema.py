"""Bringing a database to today's tables: it happens by itself on opening, with a copy taken before."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from atendimento_tui.data import tables
from atendimento_tui.data.desk_file import copy_name
from atendimento_tui.data.engine import (
    DatabaseUnavailable,
    advisory_lock,
    file_of,
    keep_write_ahead_log,
    name_of,
    reading,
    writing,
)
from atendimento_tui.data.repositories.tickets import reckon_terms

HEAD = "0015"
"""The newest migration. A database that has it needs nothing, and Alembic is not even imported."""

_MIGRATIONS = Path(__file__).parent / "migrations"

_OURS = {"alembic_version", "ticket", "event"}
"""Tables by which a database of ours is known, of whatever version."""


def revision_of(engine: Engine) -> str | None:
    """The migration that the database stands at; None for an empty one.

    Raises:
        DatabaseUnavailable: The database holds tables that are not ours.
    """
    with reading(engine) as connection:
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if not _OURS.issubset(tables):
            raise DatabaseUnavailable("banco_alheio")
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision is None:
            raise DatabaseUnavailable("banco_alheio")
        return str(revision)


def bring_up(engine: Engine, now: datetime) -> Path | None:
    """Run the migrations that a desk's database lacks.

    Returns:
        The copy taken before, where anything was to be done. A server's database has none: its migration is one
        transaction, and its backups are its administrator's.

    Raises:
        DatabaseUnavailable: The database is empty, or not ours, or was made by a newer version of this program, or no
            copy could be taken. Nothing was changed.
    """
    file = file_of(engine.url)
    revision = revision_of(engine)
    if revision is None and file:
        raise DatabaseUnavailable("banco_vazio", path=str(file))
    if revision is None:
        raise DatabaseUnavailable("banco_inexistente", path=name_of(engine.url))
    copy = None
    if revision != HEAD:
        if revision not in known_revisions():
            raise DatabaseUnavailable("banco_mais_novo", revision=revision)
        copy = _copy(file, revision, now) if file else None
        with writing(engine) as connection:
            advisory_lock(connection, "tabelas")
            _upgrade(connection)
            reckon_terms(connection)
    keep_write_ahead_log(engine)
    return copy


def make_tables(connection: Connection) -> None:
    """Today's tables, in an empty database.

    Raises:
        DatabaseUnavailable: There are tables already.
    """
    advisory_lock(connection, "tabelas")
    if inspect(connection).get_table_names():
        raise DatabaseUnavailable("ja_existe", path=name_of(connection.engine.url))
    _upgrade(connection)


def drop_tables(engine: Engine) -> None:
    """Undo `make_tables`: for a desk that could not be furnished."""
    with writing(engine) as connection:
        tables.Unit.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def known_revisions() -> set[str]:
    """The migrations of this version of the program."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _copy(source: Path, revision: str, now: datetime) -> Path:
    """A copy beside the file, by SQLite's own backup, so that it is whole even while others write."""
    target = copy_name(source, revision, now)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))  # nobody else reads it, as the file itself
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
            original.backup(copy)
    except (OSError, sqlite3.Error) as error:
        detail = error.errno if isinstance(error, OSError) else error.sqlite_errorname
        raise DatabaseUnavailable("copia_falhou", path=str(target), detail=detail) from error
    return target
