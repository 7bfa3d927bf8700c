"""Migrates a database to the current schema. This is done on opening, after a backup copy."""

import logging
import os
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from atendimento_tui.contracts.safekeeping import BEFORE_MIGRATION
from atendimento_tui.data import copy_file, tables
from atendimento_tui.data.copy_file import NewCopy
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
from atendimento_tui.data.repositories.safekeeping import insert_copy, note_checked
from atendimento_tui.data.repositories.tickets import compute_terms

log = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"

_REQUIRED_TABLES = {"alembic_version", "ticket", "event"}
"""Tables that a desk of any version has. They distinguish it from another database."""


def head() -> str:
    """The newest migration, by the names of the files (`m0001_first_tables.py`).

    For a database that has it, Alembic is not imported, which saves time.
    """
    return max(path.name[1:5] for path in (_MIGRATIONS / "versions").glob("m[0-9]*.py"))


def revision_of(engine: Engine) -> str | None:
    """The newest migration that was applied to the database; None for an empty database.

    Raises:
        DatabaseUnavailable: The database has tables, but is not a desk.
    """
    with reading(engine) as connection:
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if not _REQUIRED_TABLES.issubset(tables):
            raise DatabaseUnavailable("banco_alheio")
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if revision is None:
            raise DatabaseUnavailable("banco_alheio")
        return str(revision)


def migrate_schema(engine: Engine, now: datetime, *, copies: bool = True) -> Path | None:
    """Apply the missing migrations to a desk's database.

    Args:
        engine: The database.
        now: The present instant.
        copies: Whether a file is copied before; not if it is itself a new file.

    Returns:
        The backup copy, if something was migrated. There is none for a database on a server: its migration is one
        transaction, and its administrator makes backups.

    Raises:
        DatabaseUnavailable: The database is empty, is not a desk, was created by a newer version of this program, or
            cannot be copied. Nothing was changed.
    """
    file = file_of(engine.url)
    revision = revision_of(engine)
    if revision is None and file:
        raise DatabaseUnavailable("banco_vazio", path=str(file))
    if revision is None:
        raise DatabaseUnavailable("banco_inexistente", path=name_of(engine.url))
    copy = None
    if revision != head():
        if revision not in known_revisions():
            raise DatabaseUnavailable("banco_mais_novo", revision=revision)
        copy = _copy(file, revision, now) if file and copies else None
        with writing(engine) as connection:
            advisory_lock(connection, "tabelas")
            _upgrade(connection)
            compute_terms(connection)
            _compute_documents(connection)
            if copy:
                _note_copy(connection, *copy, now)
        log.info("migrated from %s to %s", revision, head())
    keep_write_ahead_log(engine)
    return copy[0] if copy else None


def make_tables(connection: Connection) -> None:
    """Create the current tables in an empty database.

    Raises:
        DatabaseUnavailable: The database has tables already.
    """
    advisory_lock(connection, "tabelas")
    if inspect(connection).get_table_names():
        raise DatabaseUnavailable("ja_existe", path=name_of(connection.engine.url))
    _upgrade(connection)


def drop_tables(engine: Engine) -> None:
    """Undo `make_tables`, for a desk that could not be filled with data."""
    with writing(engine) as connection:
        tables.Unit.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def known_revisions() -> set[str]:
    """The revisions of all migrations of this version of the program."""
    from alembic.script import ScriptDirectory  # late: slow, and only a new or old desk needs it

    return {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}


def _compute_documents(connection: Connection) -> None:
    from atendimento_tui.data.repositories import documents  # late: the rules of processes, which only this needs

    documents.compute_documents(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command  # late: slow, and only a new or old desk needs it
    from alembic.config import Config  # late: slow, and only a new or old desk needs it

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _copy(source: Path, revision: str, now: datetime) -> tuple[Path, NewCopy]:
    """Copy the file before it is migrated.

    Returns:
        The path of the copy, in the same folder, and what is recorded of it.
    """
    target = copy_name(source, revision, now)
    try:
        with copy_file.new_copy(Path(os.path.realpath(target))) as copy:
            copy_file.back_up(source, copy.partial)
            if (finding := copy_file.integrity_problem(copy.partial)) is not None:
                raise DatabaseUnavailable("copia_com_defeito", path=str(target), finding=finding)
    except (OSError, sqlite3.Error) as error:
        detail = error.errno if isinstance(error, OSError) else error.sqlite_errorname
        raise DatabaseUnavailable("copia_falhou", path=str(target), detail=detail) from error
    return target, copy


def _note_copy(connection: Connection, path: Path, copy: NewCopy, now: datetime) -> None:
    """Record the copy, which does not know of itself."""
    machine, place = os.uname().nodename, os.path.abspath(path)
    row = insert_copy(connection, at=now, path=place, machine=machine, kind=BEFORE_MIGRATION)
    note_checked(connection, row, size=copy.size, digest=copy.digest, checked_at=now)
