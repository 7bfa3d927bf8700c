"""The log of the program: starts and ends, sweeps, copies, migrations, refusals by code, faults.

It has no personal data: no messages of exceptions, which may quote values, only types, error codes and the places in
the source. What a caller logs is a fixed text with codes, counts and ids.
"""

import contextlib
import fcntl
import logging
import os
import platform
import re
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from logging.handlers import WatchedFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from atendimento_tui.domain.refusals import UserFacingError
from atendimento_tui.domain.text import printable, without_password

log = logging.getLogger(__name__)

MAX_BYTES, OLD_FILES = 1_000_000, 3
"""The size at which a log file is renamed, and how many renamed ones are kept."""

_NOT_LOGGED = (FileNotFoundError, IsADirectoryError, NotADirectoryError, FileExistsError)
"""Errors that the sentence of the refusal describes completely; they are not logged."""

_DATABASES = {"sqlalchemy", "sqlite3", "psycopg"}

_CODES = ("errno", "sqlite_errorname", "sqlstate", "code")
"""Attributes of exceptions that are codes, and never values of users."""

_CODE = re.compile(r"\w{1,60}")
_KIND = re.compile(r"(\S+) (?:INFO|WARNING|ERROR) \d+ ((?:fault|refused|cause) \S+)")
"""A line of the log about a fault: its instant and its kind."""


class _Lines(logging.Formatter):
    """Lines as `2026-03-02T12:00:00Z ERROR 4711 fault ValueError`, instants in UTC."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(process)d %(message)s", "%Y-%m-%dT%H:%M:%SZ")

    def format(self, record: logging.LogRecord) -> str:
        """Format a record without passwords and control characters."""
        return printable(without_password(super().format(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """The types, codes and places of an exception and its causes. Their messages may quote what people wrote."""
        return "\n".join(("Traceback:", *_stack(ei[1])))


class _OwnFile(WatchedFileHandler):
    """A log file with mode 0600, created with its first line, that several processes write and rename.

    Each process opens the file again when another one has renamed it. A line that was on its way is then in the renamed
    file; none is lost. Errors of writing are ignored.
    """

    def _open(self) -> Any:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, self.mode, encoding=self.encoding)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record."""
        with contextlib.suppress(OSError):
            super().emit(record)
            self._rename_if_large()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Ignore the error: messages must not appear on the screen."""

    def _rename_if_large(self) -> None:
        """Rename the file if it is large. One process does, because it locks the file that the path names."""
        if self.stream is None or os.fstat(self.stream.fileno()).st_size < MAX_BYTES:
            return
        fcntl.flock(self.stream, fcntl.LOCK_EX)
        try:
            if os.path.samestat(os.stat(self.baseFilename), os.fstat(self.stream.fileno())):
                newest_last = files_of(Path(self.baseFilename))
                for older, newer in pairwise(newest_last):
                    with contextlib.suppress(FileNotFoundError):
                        os.replace(newer, older)
        finally:
            fcntl.flock(self.stream, fcntl.LOCK_UN)


def log_to(path: Path) -> None:
    """Write the log to this file from now on, and to no other one."""
    logger = logging.getLogger("atendimento_tui")
    for handler in [handler for handler in logger.handlers if isinstance(handler, _OwnFile)]:
        logger.removeHandler(handler)
        handler.close()
    handler = _OwnFile(path, encoding="utf-8", delay=True)
    handler.setFormatter(_Lines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def files_of(path: Path) -> list[Path]:
    """The log file and its renamed ones, oldest first, whether they exist or not."""
    return [*(path.with_name(f"{path.name}.{number}") for number in range(OLD_FILES, 0, -1)), path]


def kinds(files: Iterable[Path]) -> Mapping[str, tuple[int, str]]:
    """How often each kind of fault and refusal is in log files, and the instant of the last one.

    Raises:
        OSError: A file cannot be read.
    """
    found: dict[str, tuple[int, str]] = {}
    for file in files:
        if not file.exists():
            continue
        with file.open(encoding="utf-8", errors="replace") as lines:
            for match in filter(None, map(_KIND.match, lines)):
                at, kind = match.groups()
                found[kind] = (found.get(kind, (0, ""))[0] + 1, at)
    return found


def note_start(what: str, version: str, database: str) -> None:
    """Log that something begins: the versions, and the kind of its database, whose address may name people."""
    kind = "server" if "://" in database else "file"
    log.info("start %s version=%s python=%s database=%s", what, version, platform.python_version(), kind)


def note_end(what: str) -> None:
    """Log that it has ended."""
    log.info("end %s", what)


def note(fault: BaseException) -> None:
    """Log a fault of the program, with its stack."""
    log.error("fault %s", type(fault).__name__, exc_info=fault)


def note_stuck(stacks: str) -> None:
    """Log where the tasks of an exit that did not end are: places in the source."""
    log.error("fault ExitDidNotEnd\n%s", stacks)


def note_refusal(refusal: BaseException, code: str) -> None:
    """Log a refusal by its code, and the system or database error behind it, which the user sees in Portuguese."""
    log.info("refused %s", code)
    cause = refusal.__cause__ if isinstance(refusal, UserFacingError) else refusal
    if cause is not None and _is_of_the_system(cause):
        log.warning("cause %s", _named(cause))


def _is_of_the_system(cause: BaseException) -> bool:
    """Whether the error comes from the system or the database. Errors in the input of users are not logged."""
    if isinstance(cause, OSError):
        return not isinstance(cause, _NOT_LOGGED)
    return type(cause).__module__.partition(".")[0] in _DATABASES


def _stack(error: BaseException | None) -> Iterator[str]:
    """The exception and what led to it, the innermost last."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield _named(error)
        yield from _places(error.__traceback__)
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)


def _places(frames: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(frames):
        module = "/".join(Path(frame.filename).parts[-3:])
        yield f"  {module}:{frame.lineno} {frame.name}"


def _named(error: BaseException) -> str:
    """Its type and codes: `OSError errno=28`."""
    original = getattr(error, "orig", None) or error  # SQLAlchemy wraps the error of the driver
    codes = [(name, str(getattr(original, name, None) or "")) for name in _CODES]
    return " ".join((type(error).__name__, *(f"{name}={code}" for name, code in codes if _CODE.fullmatch(code))))
