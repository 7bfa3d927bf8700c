"""Time from a key to its answer on the screen, for acts and dialogs: `python -m benchmarks.acts`."""

from benchmarks.history import ACTOR, desk_file, sizes
from benchmarks.measure import Table, options, report, spread
from benchmarks.screen import at_rest
from benchmarks.window import KEYS, Window

CLOSES = b"\x1b"
SETTLED_S = 0.4
"""Silence that ends an answer."""

STEPS: tuple[tuple[str, str, bytes], ...] = (
    ("down", "the row", KEYS["down"]),
    ("a", "assume", b"a"),
    ("F1", "help", b"\x1bOP"),
    ("Esc", "help closed", CLOSES),
    ("p", "the deadline explained", b"p"),
    ("Esc", "closed", CLOSES),
    ("Ctrl+P", "the palette", b"\x10"),
    ("Esc", "closed again", CLOSES),
    ("c", "a comment", b"c"),
    ("Ctrl+S", "the comment written", b"ok\x13"),
)
"""Key, description, bytes to send. Each step starts in the place where the previous one ended."""


def main() -> None:
    """Measure the steps one after the other, each round on another ticket."""
    parser = options("Acts and dialogs.", rounds=40)
    arguments = parser.parse_args()
    path = desk_file(sizes(arguments.full)[0])
    with at_rest(path, ACTOR) as window:
        table = acts(window, arguments.rounds)
    table.show()
    report([table], arguments.json)


def acts(window: Window, rounds: int) -> Table:
    """The times of each step, repeated `rounds` times."""
    firsts: dict[tuple[str, str], list[float]] = {}
    wholes: dict[tuple[str, str], list[float]] = {}
    costs: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for key, what, sent in STEPS:
            before = window.cpu_s()
            since, at = window.send(sent)
            first = window.answered(since) - at
            window.quiet(SETTLED_S)
            firsts.setdefault((key, what), []).append(first)
            wholes.setdefault((key, what), []).append(window.pieces[-1].at - at)
            costs.setdefault((key, what), []).append(window.cpu_s() - before)
    table = Table(
        "Acts and dialogs",
        ["key", "what", "first byte p50 ms", "p99", "whole p50", "p99", "processor p50", "to reach"],
        "From the write to the pty to the first byte of the answer, to its last byte before 400 ms of silence (with "
        "toasts, the panel and what is read again), and the processor time of that.",
        notes=[f"{rounds} of each, so the 99th percentile is about the slowest one"],
    )
    for (key, what), times in firsts.items():
        whole, cost = spread(wholes[key, what], 0.5, 0.99), spread(costs[key, what], 0.5)
        table.rows.append([key, what, *spread(times, 0.5, 0.99), *whole, *cost, "p99 50 ms"])
    return table


if __name__ == "__main__":
    main()
