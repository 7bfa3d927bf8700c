"""Many processes that open tickets at one desk at the same time: `python -m benchmarks.crowd [--rounds SECONDS]`.

Each desk is new, in a SQLite file or on a PostgreSQL server that is started for it. `fsync` is on in both.
"""

import multiprocessing
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import DBAPIError
from tests.servers import running

from atendimento_tui.data.engine import PATIENCE_S, DatabaseUnavailable
from atendimento_tui.domain import acts
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.opening import Opening, open_ticket
from benchmarks.history import new_desk
from benchmarks.measure import Cell, Table, data_folder, options, report, rounded, spread

CROWDS = {1: "", 8: "2,000 a second", 50: "p95 100 ms"}
"""How many at once -> what is to be reached."""


def main() -> None:
    """Each crowd at a desk of its own, the databases in turns."""
    parser = options("Many at once.", rounds=4)
    arguments = parser.parse_args()
    table = Table(
        "Many processes opening tickets",
        ["database", "processes", "tickets/s", "p50 ms", "p95", "p99", "gave up", "to reach"],
        f"Each process opens tickets one after the other for {arguments.rounds} s, all of them at one desk: ticket, "
        "clock, event, number and requester in one transaction, committed and waiting for the disk. On a server each "
        "waits for the day's last number until the one before has committed, as in a file it waits for the lock.",
        notes=[
            "The processes and the server share the machine's cores: this is the least that a server does.",
            f"Gave up: waited {PATIENCE_S:.0f} s for those before it, and was told so.",
        ],
    )
    with running(fsync="on", full_page_writes="on") as server:
        for number, target in CROWDS.items():
            file = data_folder() / f"crowd-{number}.db"
            for old in file.parent.glob(f"{file.name}*"):
                old.unlink()
            for name, database in (("SQLite", str(file)), ("PostgreSQL", server.make())):
                with new_desk(database, _now()) as desk:
                    open_one(desk)  # the first of its day and service
                table.rows.append([name, number, *crowd(database, number, arguments.rounds), target])
    table.show()
    report([table], arguments.json)


def crowd(database: str, number: int, seconds: int) -> list[Cell]:
    """Let so many processes open tickets for so long: how many a second, and how long one takes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([open_ticket.__module__])
    together, tell = context.Barrier(number), context.Queue()
    everybody = [
        context.Process(target=open_tickets, args=(database, seconds, together, tell), daemon=True)
        for _ in range(number)
    ]
    for process in everybody:
        process.start()
    told = [tell.get(timeout=seconds + 120) for _ in everybody]
    for process in everybody:
        process.join()
    times = [passed for mine, _, _ in told for passed in mine]
    # Whoever began before the time was up ends after it: who waits long is waited for.
    rate = len(times) / max(lasted for *_, lasted in told)
    return [rounded(rate), *spread(times, 0.5, 0.95, 0.99), sum(gave_up for _, gave_up, _ in told)]


def open_tickets(database: str, seconds: int, together: Any, tell: Any) -> None:
    """One process: its desk open, it waits for the others, opens tickets, and tells how long each took."""
    times, gave_up = [], 0
    with open_desk(database, _now()) as desk:
        desk.face()  # as a window does when it begins
        together.wait()
        first = time.perf_counter()
        while (begun := time.perf_counter()) < first + seconds:
            try:
                open_one(desk)
                times.append(time.perf_counter() - begun)
            except (DatabaseUnavailable, DBAPIError):  # too many before it, for too long
                gave_up += 1
        tell.put((times, gave_up, time.perf_counter() - first))


def open_one(desk: Desk) -> None:
    """Open a ticket."""
    clocks = (acts.hours(ClockKind.SOLUTION, desk.unit.hours_calendar, 16 * 3600),)
    open_ticket(
        desk,
        Opening("Dúvida", "Medida", Severity.MEDIUM, uuid4().hex, _now(), requester="Loja Íris", clocks=clocks),
    )


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
