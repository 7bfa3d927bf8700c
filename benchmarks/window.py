"""A program on a pseudo-terminal, whose output is recorded with instants at low cost.

The output is not interpreted: the terminal of the tests (`tests/terminal/harness.py`) maintains a screen, which takes
longer than what is measured here. Only the query for synchronized output (mode 2026) is answered, as current terminals
do, so that the program marks the begin and the end of each frame.
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.measure import ROOT, data_folder

COLUMNS, LINES = 120, 36

KEYS = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "home": b"\x1b[H",
    "ctrl+home": b"\x1b[1;5H",
    "end": b"\x1b[F",
    "enter": b"\r",
    "backspace": b"\x7f",
    "esc": b"\x1b",
}

_ASKS_FOR_FRAMES, _FRAMES_WE_DO = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_NOT_INHERITED = ("COLUMNS", "LINES", "NO_COLOR", "TERM_PROGRAM", "TMUX", "ATENDIMENTO_DATABASE_URL")


class Ended(Exception):
    """The program ended, or did not answer in time."""


@dataclass(frozen=True)
class Piece:
    """The bytes of one read, and its instant (`time.perf_counter`)."""

    at: float
    data: bytes


class Window:
    """A command on its own terminal. `begun` is the instant just before it was started."""

    def __init__(self, command: Sequence[str], *, answers: bool = True) -> None:
        self.pieces: list[Piece] = []
        self._answers = answers
        self._master, slave = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        os.set_blocking(self._master, False)
        environment = _environment()
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def wait_for(self, text: str, since: int = 0, timeout: float = 60) -> float:
        """Wait until the text is in the pieces from `since` on.

        Returns:
            When its last byte came.
        """
        wanted = text.encode()
        seen, position, deadline = bytearray(), since, time.perf_counter() + timeout
        while True:
            for piece in self.pieces[position:]:
                start = max(0, len(seen) - len(wanted) + 1)
                seen += piece.data
                if seen.find(wanted, start) >= 0:
                    return piece.at
            position = len(self.pieces)
            if time.perf_counter() > deadline:
                raise Ended(f"no {text!r} in {timeout} s; the end of what came: {bytes(seen[-300:])!r}")
            self._read(0.05)

    def press(self, key: str) -> tuple[int, float]:
        """Press a key by its name, or type a character.

        Returns:
            The number of the first piece that comes after it, and the instant of the key.
        """
        return self.send(KEYS.get(key) or key.encode())

    def send(self, data: bytes) -> tuple[int, float]:
        """Send bytes as they are; return what `press` does."""
        self._read(0)
        at = time.perf_counter()
        os.write(self._master, data)
        return len(self.pieces), at

    def quiet(self, seconds: float, timeout: float = 30) -> None:
        """Read until there is no output for this many seconds."""
        deadline = time.perf_counter() + timeout
        while self._read(seconds) and time.perf_counter() < deadline:
            pass

    def listen(self, seconds: float) -> int:
        """Read for this many seconds.

        Returns:
            How many bytes came.
        """
        first, until = len(self.pieces), time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)
        return sum(len(piece.data) for piece in self.pieces[first:])

    def answered(self, since: int, timeout: float = 10) -> float:
        """Wait for the first byte after a key.

        Returns:
            When it came.
        """
        deadline = time.perf_counter() + timeout
        while len(self.pieces) <= since:
            if time.perf_counter() > deadline:
                raise Ended("a key was not answered")
            self._read(0.05)
        return self.pieces[since].at

    def times_of(self, text: str, since: int) -> list[float]:
        """The instants of all occurrences of the text, from a piece on."""
        wanted, found = text.encode(), []
        seen = bytearray()
        for piece in self.pieces[since:]:
            start = max(0, len(seen) - len(wanted) + 1)
            seen += piece.data
            if seen.find(wanted, start) >= 0:
                found.append(piece.at)
        return found

    # What it costs.

    def cpu_s(self) -> float:
        """Processor time of all its threads so far."""
        tasks = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def rss_mib(self) -> float:
        """Its resident memory, own and shared, in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def _read(self, timeout: float) -> bool:
        if not select.select([self._master], [], [], max(timeout, 0))[0]:
            return False
        at = time.perf_counter()
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            raise Ended(f"the program ended: {self.pieces[-1].data[-500:] if self.pieces else b''!r}") from error
        if self._answers and _ASKS_FOR_FRAMES in data:
            os.write(self._master, _FRAMES_WE_DO)
        self.pieces.append(Piece(at, data))
        return True


def _environment() -> dict[str, str]:
    """This process's environment without variables of its terminal, and with a separate home for settings."""
    kept = {key: value for key, value in os.environ.items() if key not in _NOT_INHERITED and key[:7] != "TEXTUAL"}
    home = data_folder() / "home"
    home.mkdir(parents=True, exist_ok=True)
    folders = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "TEXTUAL_ANIMATIONS": "none"}
    return {**kept, **folders, **fixed}
