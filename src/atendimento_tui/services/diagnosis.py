"""What a user sends with a bug report: the condition of this installation and of a database, also of a broken one.

It has no personal data, and no names of files, machines or people: a path and the name of a machine often have some.
Each part that cannot be read says itself why.
"""

import locale
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from atendimento_tui import __version__, faults, paths
from atendimento_tui.contracts.diagnosis import Part, Value
from atendimento_tui.data import condition
from atendimento_tui.data.desk_file import must_be_there
from atendimento_tui.data.engine import converting_errors, file_of, make_engine, reading, url_of
from atendimento_tui.data.queries.desk import unit
from atendimento_tui.domain.refusals import UserFacingError
from atendimento_tui.services import smtp
from atendimento_tui.services.presence import GONE_AFTER

_LIBRARIES = ("textual", "rich", "sqlalchemy", "sqlmodel", "alembic", "pydantic", "psycopg", "holidays")

_MAIL_TIMEOUT_S = 10
"""Seconds that one step of the mail server may take."""

_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "NO_COLOR")
"""Variables that are told; others are told as set or not, because they name machines and files."""

_IS_SET = {"ssh": "SSH_CONNECTION", "tmux": "TMUX", "screen": "STY"}


def diagnose(database: str, now: datetime) -> tuple[Part, ...]:
    """All parts. One that cannot be read says why, and the others are there."""
    return (
        part_of("programa", _program),
        part_of("terminal", _terminal),
        part_of("disco", _disk),
        *database_parts(database, now),
        part_of("email", partial(_mail, database)),
        part_of("registro", _log),
    )


def database_parts(database: str, now: datetime) -> tuple[Part, ...]:
    """The parts about the database. It is neither created, nor migrated, nor written."""
    try:
        url = url_of(database)
        if file := file_of(url):
            must_be_there(file)
        engine = make_engine(url)
    except (UserFacingError, OSError) as error:
        return (Part("banco", {}, problem_of(error)),)
    reads = dict(condition.PARTS) | {"uso": partial(condition.use_facts, alive_since=now - GONE_AFTER)}

    def read(name: str) -> Mapping[str, Value]:
        with converting_errors(url):
            return reads[name](engine)

    try:
        return tuple(part_of(name, partial(read, name)) for name in reads)
    finally:
        engine.dispose()


def part_of(name: str, read: Callable[[], Mapping[str, Value]]) -> Part:
    """A part, or why it could not be read."""
    try:
        return Part(name, read())
    except Exception as error:  # noqa: BLE001 - what fails is part of the diagnosis
        return Part(name, {}, problem_of(error))


def problem_of(error: Exception) -> str:
    """The code of a refusal, or the type of another error. Their values may name files and people."""
    return error.code if isinstance(error, UserFacingError) else type(error).__name__


def _program() -> Mapping[str, Value]:
    release = {"sistema": platform.system(), "versao_do_sistema": platform.release(), "maquina": platform.machine()}
    here = {"versao": __version__, "python": platform.python_version(), **release}
    return here | dict(_libraries())


def _libraries() -> Iterator[tuple[str, Value]]:
    for name in _LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, None


def _terminal() -> Mapping[str, Value]:
    size = shutil.get_terminal_size(fallback=(0, 0))
    told: dict[str, Value] = {name.lower(): os.environ.get(name) for name in _TERMINAL}
    inside: dict[str, Value] = {name: variable in os.environ for name, variable in _IS_SET.items()}
    return {"colunas": size.columns, "linhas": size.lines, "codificacao": locale.getencoding(), **told, **inside}


def _disk() -> Mapping[str, Value]:
    """Free space where the data of the user are, or would be."""
    folder = paths.data_folder()
    there = next(each for each in (folder, *folder.parents) if each.is_dir())
    usage = shutil.disk_usage(there)
    return {"livre_bytes": usage.free, "total_bytes": usage.total}


def _mail(database: str) -> Mapping[str, Value]:
    """Whether the mail server lets the desk in. Nothing is sent; neither the server nor the login is named."""
    url = url_of(database)
    if file := file_of(url):
        must_be_there(file)
    engine = make_engine(url)
    try:
        with converting_errors(url), reading(engine) as connection:
            here = unit(connection)
    finally:
        engine.dispose()
    if here is None or not here.smtp_host:
        return {"servidor": False}
    told: dict[str, Value] = {"servidor": True, "seguranca": here.smtp_security, "login": bool(here.smtp_login)}
    try:
        with smtp.connected(here, smtp.password(paths.smtp_password_file()), _MAIL_TIMEOUT_S):
            return {**told, "conecta": True}
    except smtp.ServerFailed as failed:
        return {
            **told,
            "conecta": False,
            "resposta": failed.reply.partition(" ")[0] if failed.reply[:3].isdigit() else "",
        }


def _log() -> Mapping[str, Value]:
    """How often each kind of fault is in the log, and when it was last."""
    found = faults.kinds(_log_files())
    return {kind: f"{count} × {last}" for kind, (count, last) in sorted(found.items())}


def _log_files() -> list[Path]:
    return faults.files_of(paths.log_file())
