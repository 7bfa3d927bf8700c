"""Runs a program on a pseudo-terminal, sends keys to it and reads its screen.

Nothing sleeps: each wait is a `select` on the terminal, and fails with a picture of the screen. The terminal supports
synchronized output (mode 2026), so that the screen is read only between complete frames.

    with Terminal([sys.executable, "-m", "atendimento_tui", "demo"]) as terminal:
        terminal.wait_for("Fila")
        terminal.press("f3")
        terminal.type("certidão")
"""

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple, Self

import pyte
from pyte.charsets import LAT1_MAP
from pyte.modes import IRM
from pyte.screens import Char

from tests.warm import Forked, Warm, environment

_ARROWS = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_TILDE = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6}
_FUNCTIONS = {5: 15, 6: 17, 7: 18, 8: 19, 9: 20, 10: 21, 11: 23, 12: 24}
_MODIFIERS = {"shift": 2, "alt": 3, "ctrl": 5}

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    **{name: f"\x1b[{letter}" for name, letter in _ARROWS.items()},
    **{name: f"\x1b[{number}~" for name, number in _TILDE.items()},
    **{f"f{n + 1}": f"\x1bO{letter}" for n, letter in enumerate("PQRS")},
    **{f"f{n}": f"\x1b[{number}~" for n, number in _FUNCTIONS.items()},
    **{f"ctrl+{chr(n + 0x60)}": chr(n) for n in range(1, 27)},
    **{f"{m}+{name}": f"\x1b[1;{n}{letter}" for name, letter in _ARROWS.items() for m, n in _MODIFIERS.items()},
    **{f"{m}+{name}": f"\x1b[{number};{n}~" for name, number in _TILDE.items() for m, n in _MODIFIERS.items()},
}
"""Name of a key -> what xterm sends. A single character is sent unchanged."""

# Makes the terminal the controlling one, for SIGWINCH and SIGHUP. Signals that are ignored stay so after exec; SIGHUP
# is ignored only if a test asks for it, also if the tests themselves run under nohup.
_LAUNCHER = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
for number in map(int, filter(None, sys.argv[1].split(","))):
    signal.signal(number, signal.SIG_IGN)
os.execvp(sys.argv[2], sys.argv[2:])
"""

_LOOK_EVERY_S = 0.1
_WHOLE_FRAME_WITHIN_S = 5.0

_FRAMES = 2026  # the private mode of synchronized output
_FRAMES_ANSWER = f"\x1b[?{_FRAMES};2$y".encode()  # supported, and off

_MODE_NAMES = {
    7: "no line wrap",
    25: "cursor hidden",
    1000: "mouse clicks",
    1002: "mouse drags",
    1003: "mouse moves",
    1004: "focus events",
    1005: "mouse in UTF-8",
    1006: "mouse in SGR",
    1015: "mouse in urxvt",
    1016: "mouse in pixels",
    1049: "alternate screen",
    2004: "bracketed paste",
    _FRAMES: "synchronized output",
    2048: "in-band resize",
}
_ON_AT_FIRST = frozenset((7, 25))


class Cursor(NamedTuple):
    """The position of the cursor, from 0, and whether it is visible."""

    row: int
    column: int
    visible: bool


class Terminal:
    """A command on a pseudo-terminal, and its screen.

    Args:
        command: The program and its arguments.
        cols: Columns of the terminal.
        rows: Rows of the terminal.
        env: Variables added to those of this process.
        cwd: The working directory.
        ignored: Signals that are ignored when the command starts; with SIGHUP it runs as under `nohup`.
        warm: Forks the command, which must be Python's, quickly; without it, a new process is started.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        cols: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        ignored: Iterable[signal.Signals] = (),
        warm: Warm | None = None,
    ) -> None:
        self.received = bytearray()
        """All bytes that the program wrote."""
        self._screen = _Screen(cols, rows)
        self._rows: list[str] | None = None
        self._interpreter = _Interpreter(self._screen)
        self._ended = False
        self._master, slave = pty.openpty()
        try:
            _set_size(self._master, cols, rows)
            os.set_blocking(self._master, False)
            self._process = _start(command, slave, {**environment(), **(env or {})}, cwd, [*map(int, ignored)], warm)
        except BaseException:
            os.close(self._master)
            raise
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # Output

    def screen(self) -> list[str]:
        """Return the rows of the screen without trailing spaces."""
        self._read_output()
        if self._rows is None:
            columns = range(self._screen.columns)
            rows = (self._screen.buffer[y] for y in range(self._screen.lines))
            self._rows = ["".join(row[x].data for x in columns).rstrip() for row in rows]
        return self._rows

    def text(self) -> str:
        """Return the screen as one text."""
        return "\n".join(self.screen())

    @property
    def copied(self) -> list[str]:
        """Return the texts that the program sent to the terminal's clipboard (OSC 52)."""
        return self._interpreter.copied

    def backgrounds(self, text: str) -> set[str]:
        """Return the background colours of the letters in the rows that contain a text."""
        rows = [y for y, row in enumerate(self.screen()) if text in row]
        cells = (self._screen.buffer[y][x] for y in rows for x in range(self._screen.columns))
        return {cell.fg if cell.reverse else cell.bg for cell in cells if cell.data.isalnum()}

    @property
    def cursor(self) -> Cursor:
        """The cursor."""
        at = self._screen.cursor
        return Cursor(at.y, at.x, not at.hidden)

    @property
    def title(self) -> str:
        """The title of the window."""
        return str(self._screen.title)

    @property
    def pid(self) -> int:
        """The process id of the program."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether the program has closed the terminal."""
        return self._ended

    # Waiting

    def wait_for(self, text: str, timeout: float = 30) -> None:
        """Wait until a row of the screen contains the text."""
        self.wait_until(lambda terminal: any(text in row for row in terminal.screen()), timeout, f"shows {text!r}")

    def wait_gone(self, text: str, timeout: float = 30) -> None:
        """Wait until no row of the screen contains the text."""
        self.wait_until(lambda terminal: text not in terminal.text(), timeout, f"no longer shows {text!r}")

    def wait_until(
        self, predicate: "Callable[[Terminal], bool]", timeout: float = 30, what: str = "is as expected"
    ) -> None:
        """Wait until a condition is true. It is checked after each output and at intervals.

        Raises:
            AssertionError: It was not true in time, or the program ended first; with the screen.
        """
        deadline = time.monotonic() + timeout
        while not predicate(self):
            left = deadline - time.monotonic()
            if self._ended or left <= 0:
                reason = "the program ended" if self._ended else f"{timeout} s passed"
                raise AssertionError(f"{reason} before the terminal {what}:\n{self._picture()}")
            self._readable(min(left, _LOOK_EVERY_S))
            self._read_output()

    def exit_code(self, timeout: float = 30) -> int:
        """Wait until the program ends; return its exit code (negative: the signal that killed it)."""
        deadline = time.monotonic() + timeout
        while not self._ended and self._readable(deadline - time.monotonic()):
            self._read_output()
        try:
            return self._process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            raise AssertionError(f"the program did not end in {timeout} s:\n{self._picture()}") from None

    # Input

    def press(self, *keys: str) -> None:
        """Press keys by name (`f2`, `shift+tab`, `ctrl+p`, `a`).

        A terminal sends the same for `esc` and a letter as for alt and the letter: wait for the effect of `esc` before
        the next key.
        """
        for key in keys:
            self.send((key if len(key) == 1 else KEYS[key]).encode())

    def type(self, text: str) -> None:
        """Type a text letter by letter; a newline is Enter."""
        self.send(text.replace("\n", "\r").encode())

    def paste(self, text: str) -> None:
        """Paste a text as terminals do: bracketed, with carriage returns as line ends."""
        self.send(b"\x1b[200~" + re.sub("\r?\n", "\r", text).encode() + b"\x1b[201~")

    def send(self, data: bytes) -> None:
        """Send bytes, and read output meanwhile: a program that cannot write stops reading."""
        left = memoryview(data)
        while left:
            readable, writable, _ = select.select([self._master], [self._master], [], 30)
            if not readable and not writable:
                raise AssertionError(f"the program no longer reads:\n{self._picture()}")
            if readable:
                self._read_output()
            if self._ended:
                raise AssertionError(f"the program ended while it was typed to:\n{self._picture()}")
            if writable:
                with contextlib.suppress(BlockingIOError):
                    left = left[os.write(self._master, left[:4096]) :]

    def resize(self, cols: int, rows: int) -> None:
        """Resize the terminal; the kernel sends SIGWINCH."""
        self._read_output()
        self._screen.resize(rows, cols)
        self._rows = None
        _set_size(self._master, cols, rows)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program, if it still runs."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """Kill the program."""
        self._process.kill()
        self._process.wait()

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does."""
        if self._master >= 0:
            os.close(self._master)
        self._master = -1
        self._ended = True

    def close(self) -> None:
        """Kill the program if it still runs, and close the terminal."""
        self.kill()
        self.hang_up()

    # State after exit

    def modes_left_on(self) -> set[str]:
        """Return the names of all modes that the program has changed and not restored."""
        self._read_output()
        left = {_MODE_NAMES.get(mode, f"mode {mode}") for mode in self._interpreter.switched()}
        if self._interpreter.keyboards:
            left.add("kitty keyboard")
        flags = termios.tcgetattr(self._master)[3]
        assert isinstance(flags, int)
        wanted = {"no echo": termios.ECHO, "raw input": termios.ICANON, "no signal keys": termios.ISIG}
        return left | {name for name, flag in wanted.items() if not flags & flag}

    def _readable(self, timeout: float) -> bool:
        return bool(select.select([self._master], [], [], max(timeout, 0))[0])

    def _read_output(self) -> None:
        """Read all available output, and the rest of an incomplete frame."""
        deadline = time.monotonic() + _WHOLE_FRAME_WITHIN_S
        while not self._ended:
            data = self._read()
            if data:
                self.received += data
                self._rows = None
                if self._interpreter.feed(data):
                    os.write(self._master, _FRAMES_ANSWER)
            elif not (self._interpreter.in_a_frame and self._readable(deadline - time.monotonic())):
                return

    def _read(self) -> bytes:
        """Read available output. After the end of the program, Linux returns an error."""
        try:
            data = os.read(self._master, 65536)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        self._ended = not data
        return data

    def _picture(self) -> str:
        width = self._screen.columns
        rows = "\n".join(f"|{row:{width}}|" for row in self.screen())
        return f"+{'-' * width}+\n{rows}\n+{'-' * width}+\n{self.cursor}"


class _Screen(pyte.Screen):
    """A screen that draws usual text within a line quickly: as pyte does, without measuring each letter."""

    _USUAL = re.compile("[ -~¡-¬®-ſ─-▟]*")
    """Letters and lines of one cell each, none of which is combined with another."""

    def __init__(self, columns: int, lines: int) -> None:
        self._cells: dict[tuple[object, ...], dict[str, Char]] = {}
        super().__init__(columns, lines)

    def draw(self, data: str) -> None:
        """Draw text at the cursor."""
        cursor = self.cursor
        end = cursor.x + len(data)
        charset = self.g1_charset if self.charset else self.g0_charset
        usual = end <= self.columns and charset is LAT1_MAP and IRM not in self.mode and self._USUAL.fullmatch(data)
        if not usual:
            super().draw(data)
            return
        style = cursor.attrs[1:]
        cells, line = self._cells.setdefault(style, {}), self.buffer[cursor.y]
        for x, character in enumerate(data, cursor.x):
            if character not in cells:
                cells[character] = cursor.attrs._replace(data=character)
            line[x] = cells[character]
        cursor.x = end
        self.dirty.add(cursor.y)


class _Interpreter:
    """Filters the output for pyte: tracks modes, and removes sequences that pyte would show as letters."""

    _SEQUENCE = re.compile(
        r"\x1b\[(?P<mark>[<=>?]?)(?P<values>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
        r"|\x1b[PX^_].*?(?:\x1b\\|\x07)",
        re.DOTALL,
    )
    _COPIED = re.compile(r"\x1b\]52;c;(?P<text>[^\x07\x1b]*)(?:\x07|\x1b\\)")
    _UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[]PX^_](?:[^\x1b\x07]|\x1b(?!\\))*)?\Z")

    def __init__(self, screen: pyte.Screen) -> None:
        self.keyboards = 0
        self._asked = False
        self._modes: dict[int, bool] = {}
        self._stream = pyte.Stream(screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._rest = ""
        self.copied: list[str] = []

    def switched(self) -> set[int]:
        """Return the private modes that differ from a new terminal."""
        return {mode for mode, on in self._modes.items() if on is not (mode in _ON_AT_FIRST)}

    @property
    def in_a_frame(self) -> bool:
        """Whether a frame is incomplete."""
        return self._modes.get(_FRAMES, False)

    def feed(self, data: bytes) -> bool:
        """Process output of the program; return whether it queried synchronized output."""
        self._asked = False
        text = self._rest + self._decoder.decode(data)
        unfinished = self._UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        self._rest = text[end:]
        self.copied += [b64decode(found["text"]).decode() for found in self._COPIED.finditer(text[:end])]
        self._stream.feed(self._SEQUENCE.sub(self._filtered, text[:end]))
        return self._asked

    def _filtered(self, sequence: re.Match[str]) -> str:
        """Return the sequence if pyte supports it, else nothing."""
        mark, values, between, final = sequence.group("mark", "values", "between", "final")
        if mark is None or between:
            self._asked |= sequence[0] == f"\x1b[?{_FRAMES}$p"
            return ""
        if mark == "?" and final in "hl":
            self._modes |= {int(mode): final == "h" for mode in values.split(";") if mode}
            return sequence[0]
        if final == "u":
            self.keyboards = max(self.keyboards + {">": 1, "<": -1}.get(mark, 0), 0)
        return "" if mark else sequence[0]


def _set_size(fd: int, cols: int, rows: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))


def _start(
    command: Sequence[str],
    terminal: int,
    env: Mapping[str, str],
    cwd: str | os.PathLike[str] | None,
    ignored: Sequence[int],
    warm: Warm | None,
) -> "subprocess.Popen[bytes] | Forked":
    """Start a command in a new session with its streams on a terminal."""
    if warm is not None:
        assert command[0] == sys.executable
        folder = os.fspath(cwd) if cwd else None
        return warm.start(command[1:], (terminal,) * 3, env=env, cwd=folder, ignored=ignored, terminal=True)
    return subprocess.Popen(
        [sys.executable, "-ISc", _LAUNCHER, ",".join(map(str, ignored)), *command],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=env,
        cwd=cwd,
        start_new_session=True,
    )
