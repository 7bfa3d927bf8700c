"""Time from `exec` to the first frame, and to the first frame with live rows: `python -m benchmarks.start`."""

from benchmarks.bare_app import MARKER
from benchmarks.history import desk_file, sizes
from benchmarks.measure import Table, options, percentile, report, rounded, spread
from benchmarks.screen import begun, first_protocol, opened
from benchmarks.window import Window

BARE = "bare app, one table of 100 rows"
Samples = dict[str, list[tuple[float, float]]]
"""Program -> wall time and processor time of each start."""

OTHERS = {"python": "pass", "bare app, one text": "static", BARE: "table"}


def main() -> None:
    """Measure the programs in turns."""
    arguments = options("Start-up.", rounds=15).parse_args()
    paths = {size: desk_file(size) for size in sizes(arguments.full)}
    rows_marker = {path: first_protocol(path) for path in paths.values()}
    samples: Samples = {}
    for turn in range(arguments.rounds + 1):
        for name, kind in OTHERS.items():
            with Window(["-m", "benchmarks.bare_app", kind], answers=False) as window:
                _add(samples, name, window, window.wait_for(MARKER), turn)
        for size, path in paths.items():
            with opened(path, answers=False) as window:
                _add(samples, f"ours, {size}: first frame", window, begun(window), turn)
                _add(samples, f"ours, {size}: live rows", window, window.wait_for(rows_marker[path]), turn)
    table = Table(
        "Start-up",
        ["program", "p50 ms", "p90", "x bare app", "processor p50 ms", "x bare app", "to reach"],
        "From just before `exec` to the last byte of the marker on a pty of 120 x 36, with the files in the page "
        "cache, in turns. The processor time of the program until then depends less on other programs.",
        notes=[
            "The bare app shows 100 rows from its source; ours reads them from the database.",
            f"{arguments.rounds} starts of each. Ours opens the database after its first frame, which therefore does "
            "not depend on the size: differences there are noise.",
        ],
    )
    for name, taken in samples.items():
        target = "1.3 x" if "first frame" in name else "2.5 x" if "live rows" in name else ""
        passed, used = ([each[which] for each in taken] for which in (0, 1))
        ratios = [rounded(_median(samples, name, which) / _median(samples, BARE, which)) for which in (0, 1)]
        table.rows.append([name, *spread(passed, 0.5, 0.9), ratios[0], *spread(used, 0.5), ratios[1], target])
    table.show()
    report([table], arguments.json)


def _add(samples: Samples, name: str, window: Window, at: float, turn: int) -> None:
    """Store the figures of one start. Those of the first turn are ignored, because it fills the caches."""
    if turn:
        samples.setdefault(name, []).append((at - window.begun, window.cpu_s()))


def _median(samples: Samples, name: str, which: int) -> float:
    return percentile([each[which] for each in samples[name]], 0.5)


if __name__ == "__main__":
    main()
