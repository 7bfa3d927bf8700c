"""The log: faults of the program, and the system errors behind refusals.

It has no passwords and no personal data.
"""

import contextlib
import logging
import os
from pathlib import Path
from typing import Any

from atendimento_tui.domain.refusals import UserFacingError
from atendimento_tui.domain.text import printable, without_password

log = logging.getLogger(__name__)

_NOT_LOGGED = (FileNotFoundError, IsADirectoryError, NotADirectoryError, FileExistsError)
"""Errors that the sentence of the refusal describes completely; they are not logged."""

_DATABASES = {"sqlalchemy", "sqlite3", "psycopg"}


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """Format a record without passwords and control characters."""
        return printable(without_password(super().format(record)))


class _OwnFile(logging.FileHandler):
    """A log file with mode 0600, created with its first line. Errors of writing are ignored."""

    def _open(self) -> Any:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, self.mode, encoding=self.encoding)

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record."""
        with contextlib.suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Ignore the error: messages must not appear on the screen."""


def log_to(path: Path) -> None:
    """Write the log to this file from now on, and to no other one."""
    logger = logging.getLogger("atendimento_tui")
    for handler in [handler for handler in logger.handlers if isinstance(handler, _OwnFile)]:
        logger.removeHandler(handler)
        handler.close()
    handler = _OwnFile(path, encoding="utf-8", delay=True)
    handler.setFormatter(_Lines("%(asctime)s %(message)s"))
    logger.addHandler(handler)


def note(fault: BaseException) -> None:
    """Log a fault of the program, with its traceback."""
    log.error("fault", exc_info=fault)


def note_text(text: str) -> None:
    """Log a fault that has no exception."""
    log.error(text)


def note_cause(refusal: BaseException) -> None:
    """Log the system or database error behind a refusal, which the user sees in Portuguese."""
    cause = refusal.__cause__ if isinstance(refusal, UserFacingError) else refusal
    if cause is not None and _is_of_the_system(cause):
        log.warning("%s: %s", type(cause).__name__, cause)


def _is_of_the_system(cause: BaseException) -> bool:
    """Whether the error comes from the system or the database. Errors in the input of users are not logged."""
    if isinstance(cause, OSError):
        return not isinstance(cause, _NOT_LOGGED)
    return type(cause).__module__.partition(".")[0] in _DATABASES
