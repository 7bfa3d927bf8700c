"""Sends random keys and mouse presses to a window on a terminal (monkey test).

The seed determines the input, but not the state of the program at each key. So a run can be repeated with the same
input, but not exactly.

It checks that the program continues, that Esc closes all dialogs, that Ctrl+Q ends it in time at any moment, and how
much memory it uses.
"""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from atendimento_tui.texts import window as texts
from tests.terminal.harness import KEYS, Terminal

LEAVES_WITHIN_S = 2.0
"""Seconds within which Ctrl+Q must end the program."""

ROUND = 100
"""Number of presses between two checks of the program."""

COLS, ROWS = 120, 40

_NOT_PRESSED = {"ctrl+q", "f10", "ctrl+c", "ctrl+z", "ctrl+s"}
_OFTEN = ("down", "up", "enter", "esc", "tab", "f1", "f2", "f3", "ctrl+s", "ctrl+p")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.+/?=G çã"
_READY = "Ajuda"  # in the footer of every place
_HELP = texts.EXPLAIN_HINT


@dataclass
class Outcome:
    """The result of a run."""

    seed: int
    pressed: int = 0
    windows: int = 0
    leaves_s: list[float] = field(default_factory=list)
    """Seconds that each Ctrl+Q took."""

    left_by_itself: int = 0
    """Number of windows that a random press ended, by "Sair" in the palette."""

    memory: list[int] = field(default_factory=list)
    """Resident memory in bytes of the longest-running window, after each round."""

    faults: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """Memory at the end, divided by that after a tenth of the rounds, when all places were visited."""
        warm = self.memory[len(self.memory) // 10]
        return self.memory[-1] / warm


def presses(seed: int) -> Iterator[bytes]:
    """An endless sequence of random input."""
    chance = random.Random(seed)
    others = [name for name in KEYS if name not in _NOT_PRESSED]
    while True:
        match chance.choices(("letter", "often", "key", "mouse"), (40, 25, 15, 20))[0]:
            case "letter":
                yield chance.choice(_LETTERS).encode()
            case "often":
                yield KEYS[chance.choice(_OFTEN)].encode()
            case "key":
                yield KEYS[chance.choice(others)].encode()
            case _:
                x, y = chance.randint(1, COLS), chance.randint(1, ROWS)
                yield f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m".encode()


def run(
    opened: Callable[[], AbstractContextManager[Terminal]], logs: Path, count: int, seed: int, leaves: int
) -> Outcome:
    """Send random input, and exit a number of times in between.

    Args:
        opened: Opens a window of `COLS` and `ROWS` on a desk.
        logs: The folder of the logs of the windows, in which faults are logged.
        count: Total number of presses.
        seed: Seed of the random input.
        leaves: How often Ctrl+Q is pressed in between; then a new window is opened. The last window gets half of all
            presses, so that its memory is meaningful.
    """
    outcome, keys = Outcome(seed), presses(seed)
    shares = [count // 2 // leaves] * leaves + [count - count // 2 // leaves * leaves]
    for number, share in enumerate(shares, 1):
        left = share
        while left:
            before = outcome.pressed
            try:
                with opened() as terminal:
                    _one_window(terminal, keys, left, outcome, looks=number == len(shares))
            except AssertionError as fault:
                outcome.faults.append(f"seed {seed}, after {outcome.pressed} presses, share {number}: {fault}")
                break
            left -= outcome.pressed - before
    outcome.faults += [log.read_text("utf-8") for log in logs.rglob("*.log") if "Traceback" in log.read_text("utf-8")]
    return outcome


def _one_window(terminal: Terminal, keys: Iterator[bytes], count: int, outcome: Outcome, *, looks: bool) -> None:
    """Send `count` presses, or until "Sair" of the palette is chosen, then Ctrl+Q."""
    outcome.windows += 1
    memory: list[int] = []
    try:
        terminal.wait_for(_READY)
        for at in range(1, count + 1):
            terminal.send(next(keys))
            outcome.pressed += 1
            if looks and at % ROUND == 0:
                _closes_every_dialog(terminal)
                memory.append(_memory(terminal.pid))
    except AssertionError:
        if not terminal.has_ended or terminal.exit_code():
            raise
        outcome.left_by_itself += 1
    else:
        began = time.monotonic()
        terminal.press("ctrl+q")
        code = terminal.exit_code()
        outcome.leaves_s.append(time.monotonic() - began)
        assert code == 0, f"it ends with {code}:\n{terminal.text()}"
    outcome.memory = max(outcome.memory, memory, key=len)


def _closes_every_dialog(terminal: Terminal) -> None:
    """Check that Esc closes all dialogs, and that F2 goes to the queue.

    The help is opened and closed there; then all input before it is handled.
    """
    terminal.press("esc", "esc", "esc", "esc", "f2", "f1")
    terminal.wait_until(lambda screen: _HELP in screen.text(), 60, "opens help in the queue")
    terminal.press("esc")
    terminal.wait_until(lambda screen: _HELP not in screen.text() and _READY in screen.screen()[-1], 60, "closes help")


def _memory(pid: int) -> int:
    """Resident memory of a process in bytes."""
    status = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(status.stdout) * 1024
