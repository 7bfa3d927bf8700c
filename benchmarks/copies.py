"""How long acts take while a desk's file is copied: `python -m benchmarks.copies [--rounds SECONDS]`.

Each desk is new, in a SQLite file, padded with random bytes so that a copy takes a while.
"""

import multiprocessing
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from atendimento_tui.data import copy_file
from atendimento_tui.services import safekeeping
from atendimento_tui.services.desk import open_desk
from benchmarks.crowd import Case, new_file, write
from benchmarks.history import new_desk
from benchmarks.measure import Table, options, report, rounded, spread

WRITERS = 8
MEGABYTES = 100

WAYS = ("none", "backup", "vacuum into", "as the program does")
"""No copy; SQLite's backup function alone; `VACUUM INTO`; the whole copy with its checks and pauses."""


def main() -> None:
    """Measure the acts of the writers beside each way of copying, in turns."""
    arguments = options("Copies beside writers.", rounds=10).parse_args()
    table = Table(
        "Acts while the desk is copied",
        ["copies", "comments a second", "p50 ms", "p99", "max", "copies made", "s each", "processor s each"],
        f"{WRITERS} processes comment without a pause for {arguments.rounds} s, each on its own ticket, on a desk of "
        f"{MEGABYTES} MB in a SQLite file; another process copies it again and again. Each commit waits for the disk.",
    )
    for _ in range(2 if arguments.full else 1):
        for way in WAYS:
            table.rows.append([way, *_measured(way, arguments.rounds)])
    table.show()
    report([table], arguments.json)


def copy_for(database: str, way: str, seconds: int, together: Any, tell: Any) -> None:
    """Copy the desk again and again for so long; report the time and the processor time of each copy."""
    took: list[tuple[float, float]] = []
    with open_desk(database, _now()) as desk, tempfile.TemporaryDirectory() as folder:
        together.wait()
        end = time.monotonic() + seconds
        while way != "none" and time.monotonic() < end:
            target = Path(folder) / "copy"
            began, used = time.monotonic(), time.process_time()
            if way == "backup":
                target.touch()
                copy_file.back_up(Path(database), target)
            elif way == "vacuum into":
                with closing(sqlite3.connect(database)) as raw:
                    raw.execute("VACUUM INTO ?", (str(target),))
            else:
                safekeeping.copy_desk(desk, _now(), target, pause=lambda: time.sleep(0.01))
            took.append((time.monotonic() - began, time.process_time() - used))
            target.unlink()
    tell.put(took)


def _measured(way: str, seconds: int) -> list[Any]:
    database = str(new_file())
    new_desk(database, _now()).close()
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("CREATE TABLE padding (data)")
        raw.executemany("INSERT INTO padding VALUES (randomblob(100000))", [()] * (MEGABYTES * 10))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    together, of_copies, of_writers = context.Barrier(WRITERS + 1), context.Queue(), context.Queue()
    case = Case("", "comment")
    everybody = [
        context.Process(target=write, args=(database, case, seconds, together, of_writers), daemon=True)
        for _ in range(WRITERS)
    ]
    everybody.append(context.Process(target=copy_for, args=(database, way, seconds, together, of_copies), daemon=True))
    for process in everybody:
        process.start()
    took = of_copies.get(timeout=seconds + 300)
    reports = [of_writers.get(timeout=seconds + 120) for _ in range(WRITERS)]
    for process in everybody:
        process.join()
    times = [passed for mine, *_ in reports for passed in mine]
    rate = len(times) / max(lasted for *_, lasted in reports)
    each = [
        rounded(sum(column) / len(took)) if took else None for column in ([t for t, _ in took], [p for _, p in took])
    ]
    return [rounded(rate), *spread(times, 0.5, 0.99, 1), len(took), *each]


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
