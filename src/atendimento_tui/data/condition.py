"""The technical condition of a database, without anything that people wrote. Nothing is migrated or written."""

import os
import sqlite3
import stat
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text
from sqlmodel import SQLModel

from atendimento_tui.contracts.diagnosis import Value
from atendimento_tui.data import tables
from atendimento_tui.data.desk_file import SIDES
from atendimento_tui.data.engine import SQLITE, file_of, plain, reading
from atendimento_tui.data.schema import head, revision_of

_LOCK_TRY_MS = 200
"""Milliseconds that the lock of a SQLite file is tried."""

_AT_LEAST = 100
"""Least number of rows that is told: exact counts would tell of secret tickets."""

Facts = Mapping[str, Value]


def file_facts(engine: Engine) -> Facts:
    """Sizes and permissions of a SQLite file; empty for a server."""
    file = file_of(engine.url)
    if file is None:
        return {}
    found = file.stat()
    sides = [Path(os.path.realpath(file) + end) for end in SIDES]
    return {
        "bytes": found.st_size,
        "bytes_wal": sides[0].stat().st_size if sides[0].exists() else 0,
        "permissoes": f"{stat.S_IMODE(found.st_mode):04o}",
        "e_do_usuario": found.st_uid == os.getuid(),
        "so_o_dono_abre": not found.st_mode & (stat.S_IRWXG | stat.S_IRWXO),
    }


def database_facts(engine: Engine) -> Facts:
    """Kind and version of the database and of its driver, and its settings."""
    is_file = engine.url.get_backend_name() == SQLITE
    facts: dict[str, Value] = {"tipo": engine.url.get_backend_name(), "driver": _driver(engine)}
    if is_file:
        facts["versao"] = sqlite3.sqlite_version
    with reading(engine) as connection:
        for name, statement in (_FILE_SETTINGS if is_file else _SERVER_SETTINGS).items():
            facts[name] = connection.scalar(text(statement))
    return facts


def schema_facts(engine: Engine) -> Facts:
    """The migration of the database, and the newest one of this program."""
    return {"banco": revision_of(engine), "programa": head()}


def table_facts(engine: Engine) -> Facts:
    """Of each table the number of rows, rounded up to one digit, and its bytes with its indexes if they are known."""
    facts: dict[str, Value] = {}
    with reading(engine) as connection:
        sizes = _bytes_by_table(connection)
        for name, table in sorted(SQLModel.metadata.tables.items()):
            facts[name] = _rounded(connection.scalar(select(func.count()).select_from(table)) or 0)
            facts[f"{name}_bytes"] = sizes.get(name)
    return facts


def lock_facts(engine: Engine) -> Facts:
    """Whether a write would wait: locks on a server, or an attempt to lock a SQLite file."""
    if engine.url.get_backend_name() != SQLITE:
        with reading(engine) as connection:
            return {name: connection.scalar(text(statement)) for name, statement in _SERVER_LOCKS.items()}
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_LOCK_TRY_MS}")
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return {"livre_para_gravar": False}
        cursor.execute("ROLLBACK")
        return {"livre_para_gravar": True}
    finally:
        raw.invalidate()  # its timeout is not that of the others


def use_facts(engine: Engine, alive_since: datetime) -> Facts:
    """Windows with an open ticket that were seen since an instant, and the timers of the sweep."""
    seen, timer = plain(tables.Presence).c.seen_at, plain(tables.Timer).c
    with reading(engine) as connection:
        return {
            "janelas_com_atendimento": connection.scalar(select(func.count()).where(seen >= alive_since)),
            "ultimo_temporizador": connection.scalar(select(func.max(timer.fired_at))),
            "proximo_temporizador": connection.scalar(select(func.min(timer.due_at)).where(timer.fired_at.is_(None))),
        }


def copy_facts(engine: Engine) -> Facts:
    """The newest backup copy, its check, and the newest good one."""
    copy = plain(tables.Copy).c
    good = (copy.checked_at.is_not(None), copy.problem == "", copy.deleted_at.is_(None))
    with reading(engine) as connection:
        last = connection.execute(select(copy.at, copy.checked_at, copy.problem).order_by(copy.at.desc())).first()
        return {
            "ultima": last.at if last else None,
            "conferida": last.checked_at if last else None,
            "problema": last.problem if last else None,
            "ultima_boa": connection.scalar(select(func.max(copy.at)).where(*good)),
        }


PARTS: Mapping[str, Callable[[Engine], Facts]] = {
    "arquivo": file_facts,
    "banco": database_facts,
    "esquema": schema_facts,
    "travas": lock_facts,
    "copias": copy_facts,
    "tabelas": table_facts,
}
"""The parts that need nothing but the database."""

_FILE_SETTINGS = {
    "diario": "PRAGMA journal_mode",
    "paginas": "PRAGMA page_count",
    "bytes_por_pagina": "PRAGMA page_size",
    "paginas_livres": "PRAGMA freelist_count",
}
_SERVER_SETTINGS = {
    "versao": "SHOW server_version",
    "bytes": "SELECT pg_database_size(current_database())",
    "conexoes": "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
    "conexoes_do_programa": "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND application_name = 'atendimento'",
}
_SERVER_LOCKS = {
    "concedidas": "SELECT count(*) FROM pg_locks WHERE granted AND pid <> pg_backend_pid()"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    "em_espera": "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'",
}
_FILE_BYTES = (
    "SELECT m.tbl_name, sum(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name"
    " WHERE s.aggregate = TRUE GROUP BY m.tbl_name"
)
_SERVER_BYTES = "SELECT relname, pg_total_relation_size(relid) FROM pg_stat_user_tables"


def _driver(engine: Engine) -> str:
    return f"{engine.dialect.driver} {getattr(engine.dialect.dbapi, '__version__', '')}".strip()


def _bytes_by_table(connection: Connection) -> Mapping[str, int]:
    """Bytes of each table; empty if this SQLite was built without `dbstat`."""
    if connection.engine.url.get_backend_name() != SQLITE:
        return {row[0]: int(row[1]) for row in connection.execute(text(_SERVER_BYTES))}
    built_with = connection.scalars(text("SELECT name FROM pragma_module_list")).all()
    return {row[0]: int(row[1]) for row in connection.execute(text(_FILE_BYTES))} if "dbstat" in built_with else {}


def _rounded(count: int) -> int:
    """The number rounded up to its first digit, and at least `_AT_LEAST`."""
    step: int = 10 ** (len(str(count)) - 1)
    return max(_AT_LEAST, -(-count // step) * step)
