"""The diagnosis of this installation, which the command and the window share: what a user sends with a bug report.

It has no personal data, and no names of files, machines or people: a path and the name of a machine often have some.
"""

import locale
import os
import platform
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from atendimento_tui import __version__, faults, paths, services
from atendimento_tui.contracts.diagnosis import Part, Value

_LIBRARIES = ("textual", "rich", "sqlalchemy", "sqlmodel", "alembic", "pydantic", "psycopg", "holidays")

_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "NO_COLOR")
"""Variables that are told; others are told as set or not, because they name machines and files."""

_IS_SET = {"ssh": "SSH_CONNECTION", "tmux": "TMUX", "screen": "STY"}


def diagnose(database: str, now: datetime) -> tuple[Part, ...]:
    """All parts. One that cannot be read says why, and the others are there."""
    part_of = services.diagnosis.part_of
    return (
        part_of("programa", _program),
        part_of("terminal", _terminal),
        part_of("disco", _disk),
        *services.diagnosis.database_parts(database, now),
        part_of("registro", _log),
    )


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


def _log() -> Mapping[str, Value]:
    """How often each kind of fault is in the log, and when it was last."""
    found = faults.kinds(_log_files())
    return {kind: f"{count} × {last}" for kind, (count, last) in sorted(found.items())}


def _log_files() -> list[Path]:
    return faults.files_of(paths.log_file())
