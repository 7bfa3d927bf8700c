"""Time from a key to its answer on the screen, in the queue and its filter: `python -m benchmarks.keys`."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import NamedTuple

from atendimento_tui.texts import queue as texts
from benchmarks.bare_app import MARKER, ROWS
from benchmarks.history import desk_file, sizes
from benchmarks.measure import Table, options, percentile, report, rounded, spread
from benchmarks.screen import at_rest
from benchmarks.window import Window

BARE = "bare app"
MOVES = ("down", "pagedown", "end", "home")
BARE_MOVES = ("down", "pagedown")

SOON_S, SETTLED_S = 0.06, 0.25
"""Silence that ends an answer, also that of the panel."""

COUNTED_S = 2.0
"""Maximum wait for the counts after a letter. A letter that changes no number paints none."""

HELD = 0.033
"""Seconds between keys while one is held down."""

WORDS = ("boleto", "laudo", "santa", "erro", "joao")
ALL_FOUND = texts.FILTER_COUNT.format(count="").strip()
LAST_TAB = texts.TABS["todas"]
CLEAR = "\x15"


class _Answer(NamedTuple):
    """The times of a key: to the first byte, to the last byte, and processor time."""

    first: float
    last: float
    cpu: float


def main() -> None:
    """Measure the sizes in turns, each in its own window."""
    parser = options("Keys.", rounds=40)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        windows = {str(size): stack.enter_context(at_rest(desk_file(size))) for size in sizes(arguments.full)}
        bare = stack.enter_context(Window(["-m", "benchmarks.bare_app", "table"]))
        bare.wait_for(MARKER)
        tables = [moves({**windows, BARE: bare}, arguments.rounds), letters(windows, max(1, arguments.rounds // 25))]
    for table in tables:
        table.show()
    report(tables, arguments.json)


def moves(windows: dict[str, Window], rounds: int) -> Table:
    """The keys that move the cursor."""
    taken: dict[tuple[str, str], list[_Answer]] = {}
    for _ in range(rounds):
        for key in MOVES:
            for name, window in windows.items():
                if name != BARE or key in BARE_MOVES:
                    taken.setdefault((key, name), []).append(_pressed(window, key))
        _to_top(windows[BARE])
    for name, window in windows.items():
        _to_top(window)
        taken["down, held", name] = _held(window, min(rounds * 4, ROWS - 5))
    table = Table(
        "A key to its repaint",
        ["key", "tickets", "first byte p50 ms", "p90", "p99", "x small", "whole p50", "processor p50", "to reach"],
        "From the write to the pty to the first byte of the answer, to its last byte before 60 ms of silence, and the "
        "processor time of that. One key at a time; the panel beside the list follows 120 ms later and is not "
        "included. Held: 30 keys a second, without waiting for the panel. The bare app's table has 100 rows.",
        notes=[f"{rounds} of each key, so the 99th percentile is about the slowest one"],
    )
    small = next(iter(windows))
    for (key, name), answers in taken.items():
        firsts = [answer.first for answer in answers]
        ratio = rounded(percentile(firsts, 0.5) / percentile([answer.first for answer in taken[key, small]], 0.5))
        rest = [*spread([a.last for a in answers], 0.5), *spread([a.cpu for a in answers], 0.5)]
        target = "" if name == BARE else "6 / 16, 1 x"
        table.rows.append([key, name, *spread(firsts, 0.5, 0.9, 0.99), ratio, *rest, target])
    return table


def letters(windows: dict[str, Window], rounds: int) -> Table:
    """Letters of the filter."""
    echoes: dict[str, list[float]] = {size: [] for size in windows}
    rows: dict[str, list[float]] = {size: [] for size in windows}
    counts: dict[str, list[float]] = {size: [] for size in windows}
    for window in windows.values():
        window.press("/")
        window.listen(1)
    for word in WORDS * rounds:
        for letter in word:
            for size, window in windows.items():
                since, at = window.press(letter)
                echoes[size].append(window.answered(since) - at)
                _until_counted(window, since)
                rows[size] += [found - at for found in window.times_of(ALL_FOUND, since)[:1]]
                counts[size] += [counted - at for counted in window.times_of(LAST_TAB, since)[-1:]]
        for window in windows.values():
            since, _ = window.press(CLEAR)
            _until_counted(window, since)
    table = Table(
        "A letter in the filter",
        ["what", "tickets", "p50 ms", "p90", "p95", "to reach"],
        "Each letter of some words, typed one at a time: to the first byte of the answer, to the first rows (which are "
        "marked as being counted), to the tabs with their numbers.",
        notes=[
            "A letter that changes no number is not included in the rows and the counts, because nothing is painted."
        ],
    )
    for what, samples, target in (
        ("echo", echoes, "p99 16 ms"),
        ("rows", rows, "p95 50 ms"),
        ("counts of all tabs", counts, "p95 300 ms"),
    ):
        table.rows += [[what, size, *_spread(times), target] for size, times in samples.items()]
    return table


def _spread(times: Sequence[float]) -> list[float | str | int | None]:
    return spread(times, 0.5, 0.9, 0.95) if times else [None, None, None]


def _until_counted(window: Window, since: int) -> None:
    """Wait for the rows and the counts. The blinking cursor in the field makes it impossible to wait for silence."""
    give_up_at = time.perf_counter() + COUNTED_S
    while time.perf_counter() < give_up_at:
        window.listen(0.1)
        if all(window.times_of(text, since) for text in (ALL_FOUND, LAST_TAB)):
            break
    window.listen(0.3)


def _pressed(window: Window, key: str) -> _Answer:
    """Press a key, and wait for its answer and for silence."""
    before = window.cpu_s()
    since, at = window.press(key)
    first = window.answered(since) - at
    window.quiet(SOON_S)
    answer = _Answer(first, window.pieces[-1].at - at, window.cpu_s() - before)
    window.quiet(SETTLED_S)
    return answer


def _to_top(window: Window) -> None:
    for key in ("home", "ctrl+home"):  # in the bare app's table `home` goes to the first column
        window.press(key)
    window.quiet(SETTLED_S)


def _held(window: Window, presses: int) -> list[_Answer]:
    """Repeat a key: each answer ends with the next key."""
    answers = []
    for _ in range(presses):
        before = window.cpu_s()
        since, at = window.press("down")
        first = window.answered(since) - at
        window.listen(max(0, HELD - (time.perf_counter() - at)))
        answers.append(_Answer(first, window.pieces[-1].at - at, window.cpu_s() - before))
    window.quiet(SETTLED_S)
    return answers


if __name__ == "__main__":
    main()
