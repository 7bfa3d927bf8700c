"""The queue of those who write to one SQLite file.

SQLite gives its lock to whoever asks at the right moment, so of many writers some wait for seconds. They take turns by
a lock on a file of its own, `.NAME.fila` beside the desk, which the system gives to the one that has waited longest,
unless that one wakes too late on a busy machine. It is created when somebody has to wait for the first time: the files
of one writer, as copies, have none. The queue only makes waiting fairer: it is SQLite's lock that protects the file,
and without the queue writers go on as well.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread


def queue_file(file: Path) -> Path:
    """The file that is locked, for a desk's file."""
    real = Path(os.path.realpath(file))
    return real.with_name(f".{real.name}.fila")


class WriteQueue:
    """The queue of one file. Thread-safe.

    Args:
        file: The desk's file, which exists when the first turn is taken.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    @contextmanager
    def turn(self, until: float) -> Iterator[None]:
        """Wait until all who came before are done, if others have waited before.

        Args:
            until: The latest time, of `time.monotonic`. Then it goes on, although it is not its turn.
        """
        place = self._opened()
        taken = place is not None and _taken(place, until)
        try:
            yield
        finally:
            if place is not None and taken:
                os.close(place)

    def make(self) -> None:
        """Let later writers wait in it. Who may use the desk may use the queue."""
        with suppress(OSError):  # a full disk, a folder of somebody else
            os.close(os.open(self._path, os.O_RDONLY | os.O_CREAT, self._file.stat().st_mode & 0o777))

    @cached_property
    def _path(self) -> Path:
        return queue_file(self._file)

    def _opened(self) -> int | None:
        try:
            return os.open(self._path, os.O_RDONLY)
        except OSError:  # it was not made
            return None


def _taken(place: int, until: float) -> bool:
    """Lock an open file. If it is not locked in time, it is closed."""
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return Wait(place).ended(until)
    except OSError:  # the file system has no locks
        os.close(place)
        return False
    return True


class Wait:
    """Waits for a lock in a thread, because the call that waits has no time limit."""

    def __init__(self, place: int) -> None:
        self._place = place
        self._lock = Lock()
        self._is_over = self._is_too_late = False

    def ended(self, until: float) -> bool:
        """Whether it ended in time. Otherwise the file is closed as soon as it ends."""
        thread = Thread(target=self._wait, name="write queue", daemon=True)
        thread.start()
        thread.join(max(0.0, until - time.monotonic()))
        with self._lock:
            self._is_too_late = not self._is_over
            return self._is_over

    def _wait(self) -> None:
        with suppress(OSError):  # no locks any more: it goes on
            fcntl.flock(self._place, fcntl.LOCK_EX)
        with self._lock:
            self._is_over = True
            if self._is_too_late:
                os.close(self._place)
