"""Keys and presses of the mouse over every place: `python -m benchmarks.monkey [--presses N] [--seed N]`.

The presses and the checks are in `tests/monkey.py`; a short form is a test.
"""

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.monkey import COLS, LEAVES_WITHIN_S, ROWS, Outcome, run
from tests.terminal.harness import Terminal

from benchmarks.measure import Table, data_folder, options, report, rounded, spread

MOST_GROWTH = 1.2
"""Maximum ratio of the memory at the end to the memory after all places were shown once."""


def main() -> int:
    """Run on the demonstration's desk. Faults are printed, and their number is the exit code."""
    parser = options("The monkey.", rounds=100_000)
    parser.add_argument("--presses", type=int, help="keys and presses of the mouse (default: the rounds)")
    parser.add_argument("--leaves", type=int, default=50, help="how often Ctrl+Q is pressed on the way")
    parser.add_argument("--seed", type=int, help="by default another one each time")
    asked = parser.parse_args()
    seed = random.randrange(2**32) if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(dir=data_folder()) as folder:
        outcome = run(_windows(Path(folder)), Path(folder), asked.presses or asked.rounds, seed, asked.leaves)
    table = results(outcome)
    table.show()
    report([table], asked.json)
    faults = [*outcome.faults]
    if max(outcome.leaves_s, default=0) > LEAVES_WITHIN_S:
        faults.append(f"Ctrl+Q took {max(outcome.leaves_s):.1f} s")
    if outcome.memory and outcome.growth > MOST_GROWTH:
        faults.append(f"memory grew to {outcome.growth:.2f} times")
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


def _windows(folder: Path) -> Callable[[], Terminal]:
    home = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
    command = [sys.executable, "-m", "atendimento_tui", "--banco", str(folder / "desk.db")]
    subprocess.run([*command, "demo", "--so-criar"], check=True, capture_output=True)
    return lambda: Terminal(command, cols=COLS, rows=ROWS, env=home)


def results(outcome: Outcome) -> Table:
    """How it went."""
    table = Table(
        "The monkey",
        ["seed", "presses", "windows", "Ctrl+Q p50 ms", "p99", "max", "memory MiB", "times at the end", "faults"],
        f"Random letters, keys and mouse clicks in all places of the demonstration's desk, on a terminal of "
        f"{COLS}x{ROWS}. Several times Ctrl+Q is pressed, and a new window continues. The last window gets half "
        "of all presses; after "
        "each hundred it is checked that Esc and F2 lead back to the queue, that all presses were handled, and how "
        'much memory is used. If "Sair" was chosen, another window continues. '
        "Faults: a crash, a dialog that stays open, a fault in the log.",
    )
    memory = [rounded(outcome.memory[-1] / 2**20), round(outcome.growth, 2)] if outcome.memory else [None, None]
    times = spread(outcome.leaves_s, 0.5, 0.99, 1)
    table.rows.append([outcome.seed, outcome.pressed, outcome.windows, *times, *memory, len(outcome.faults)])
    return table


if __name__ == "__main__":
    sys.exit(main())
