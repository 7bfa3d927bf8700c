"""How long a sweep takes while many processes write: `python -m benchmarks.sweeps [--rounds SECONDS]`.

Each desk is new, in a SQLite file or on a PostgreSQL server that is started for it. `fsync` is on in both.
"""

import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.servers import running

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import intake, processes, sweep
from atendimento_tui.services.desk import Desk, open_desk
from benchmarks.crowd import Case, new_file, write
from benchmarks.history import new_desk
from benchmarks.measure import Cell, Table, options, report, rounded, spread

WRITERS = (0, 50)
"""Numbers of processes that write at the same time."""

AT_ONCE = (1, sweep.AT_ONCE)
"""Maximum timers of one transaction."""

TICKETS = 20
"""Tickets with due timers."""

LATER = timedelta(days=30)
"""After this time all terms are over."""


def main() -> None:
    """Measure one sweep on a new desk for each number of writers and of timers at once, the databases in turns."""
    arguments = options("A sweep among many writers.", rounds=8).parse_args()
    table = Table(
        "A sweep while others write",
        [
            "database",
            "writers",
            "at once",
            "timers",
            "sweep, s",
            "ms a timer",
            "comments a second",
            "p50 ms",
            "p99",
            "max",
        ],
        f"One process fires all due timers of {TICKETS} tickets, at most so many in one transaction (`at once`), while "
        f"others comment without a pause, each on its own ticket, for {arguments.rounds} s. The times on the right are "
        "those of the comments.",
    )
    with running(fsync="on", full_page_writes="on", max_connections="200") as server:
        for writers in WRITERS:
            for name in ("SQLite", "PostgreSQL"):
                for at_once in AT_ONCE:
                    database = new_file() if name == "SQLite" else server.make()
                    with new_desk(database, _now()) as desk:
                        for _ in range(TICKETS):
                            _open_one(desk)
                    cells = _measured(database, writers, at_once, arguments.rounds)
                    table.rows.append([name, writers, at_once, *cells])
    table.show()
    report([table], arguments.json)


def sweep_once(database: str, at_once: int, together: Any, tell: Any) -> None:
    """Open the desk, wait for the writers, and sweep once; report the timers and the time."""
    sweep.AT_ONCE = at_once
    with open_desk(database, _now()) as desk:
        together.wait()
        time.sleep(0.5)
        began = time.perf_counter()
        fired = sweep.sweep(desk, _now() + LATER)
        tell.put((fired, time.perf_counter() - began))


def _measured(database: str, writers: int, at_once: int, seconds: int) -> list[Cell]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    together, of_sweep, of_writers = context.Barrier(writers + 1), context.Queue(), context.Queue()
    case = Case("", "comment")
    everybody = [
        context.Process(target=write, args=(database, case, seconds, together, of_writers), daemon=True)
        for _ in range(writers)
    ]
    everybody.append(context.Process(target=sweep_once, args=(database, at_once, together, of_sweep), daemon=True))
    for process in everybody:
        process.start()
    fired, lasted = of_sweep.get(timeout=300)
    reports = [of_writers.get(timeout=seconds + 120) for _ in range(writers)]
    for process in everybody:
        process.join()
    times = [passed for mine, *_ in reports for passed in mine]
    cells: list[Cell] = [fired, rounded(lasted), rounded(lasted / fired * 1000)]
    if not times:
        return [*cells, None, None, None, None]
    rate = len(times) / max(took for *_, took in reports)
    return [*cells, rounded(rate), *spread(times, 0.5, 0.99, 1)]


def _open_one(desk: Desk) -> None:
    service = next(each for each in processes.offered(desk) if each.key == "falha_tecnica")
    begun = intake.begin(desk, service.version, 1, uuid4().hex, _now())
    answers = {"produto": "Prontuário", "descricao": "Não abre"}
    details = intake.Intake(Severity.HIGH, "Hospital São Lucas", answers=answers)
    intake.finish(desk, Order(begun.ticket, 1, uuid4().hex, _now()), details)


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
