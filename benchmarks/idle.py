"""Processor time and memory of an open window without input: `python -m benchmarks.idle`."""

from contextlib import ExitStack

from benchmarks.bare_app import MARKER
from benchmarks.history import desk_file, sizes
from benchmarks.measure import Table, options, percentile, report, rounded
from benchmarks.screen import at_rest
from benchmarks.window import Window

BARE = "bare app, one table"


def main() -> None:
    """Measure all windows at the same time, every second."""
    parser = options("Idle windows.", rounds=60)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        bare = stack.enter_context(Window(["-m", "benchmarks.bare_app", "table"]))
        bare.wait_for(MARKER)
        bare.quiet(1)
        ours = {str(size): stack.enter_context(at_rest(desk_file(size))) for size in sizes(arguments.full)}
        tables = [idle({BARE: bare, **ours}, arguments.rounds), memory(bare, ours)]
    for table in tables:
        table.show()
    report(tables, arguments.json)


def idle(windows: dict[str, Window], seconds: int) -> Table:
    """Processor time and bytes in each second."""
    cpu: dict[str, list[float]] = {name: [] for name in windows}
    sent: dict[str, list[float]] = {name: [] for name in windows}
    marks = {name: (window.cpu_s(), len(window.pieces)) for name, window in windows.items()}
    for _ in range(seconds):
        for window in windows.values():
            window.listen(1 / len(windows))
        for name, window in windows.items():
            before, since = marks[name]
            marks[name] = now, count = window.cpu_s(), len(window.pieces)
            cpu[name].append(now - before)
            sent[name].append(sum(len(piece.data) for piece in window.pieces[since:count]))
    table = Table(
        "An idle window",
        ["window", "tick: % of a core", "all: % of a core", "tick: bytes", "all: bytes/s", "to reach"],
        f"Processor time of all threads, and bytes to the terminal, in each second for {seconds} s, the windows side "
        "by side. `tick` is the median second. `all` is the mean, with the counts of the tabs every 15 s.",
        notes=["The cursor is on the first row: the visible rows are the most critical ones, overdue and running."],
    )
    for name in windows:
        table.rows.append(
            [
                name,
                rounded(percentile(cpu[name], 0.5) * 100),
                rounded(sum(cpu[name]) / seconds * 100),
                int(percentile(sent[name], 0.5)),
                int(sum(sent[name]) / seconds),
                "" if name == BARE else "0.5 %, 1 kB",
            ]
        )
    return table


def memory(bare: Window, ours: dict[str, Window]) -> Table:
    """Resident memory, before and after use."""
    table = Table(
        "Memory",
        ["window", "MiB at rest", "MiB after use", "x small", "to reach"],
        "Resident memory (VmRSS) with the queue shown and counted. After use: after a jump to the end and back, and a "
        "filter and back.",
    )
    table.rows.append([BARE, rounded(bare.rss_mib()), None, None, ""])
    rested = {name: window.rss_mib() for name, window in ours.items()}
    for name, window in ours.items():
        for key in ("end", "home", "pagedown", "/", "a", "r", "\x15", "esc"):
            window.press(key)
            window.listen(1)
        used, small = window.rss_mib(), table.rows[1][2] if len(table.rows) > 1 else None
        ratio = rounded(used / float(small)) if small else 1.0
        table.rows.append([name, rounded(rested[name]), rounded(used), ratio, "120 MiB, 1.2 x"])
    return table


if __name__ == "__main__":
    main()
