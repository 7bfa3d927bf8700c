"""Many processes that write at one desk at the same time: `python -m benchmarks.crowd [--rounds SECONDS]`.

Each desk is new, in a SQLite file or on a PostgreSQL server that is started for it. `fsync` is on in both.
"""

import multiprocessing
import random
import selectors
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast
from uuid import uuid4

import psycopg
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from tests.servers import Server, connected, running

from atendimento_tui.contracts.queue import QueueView
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.backend import postgresql
from atendimento_tui.data.engine import LOCK_TIMEOUT_S, DatabaseUnavailable, file_of
from atendimento_tui.services import intake, processes, queue
from atendimento_tui.services.acts import comment
from atendimento_tui.services.desk import Desk, open_desk
from benchmarks.history import new_desk
from benchmarks.measure import Cell, Table, data_folder, options, report, rounded, spread

CROWDS = (1, 8, 50)
"""Numbers of processes."""


class Case(NamedTuple):
    """An act and a database.

    Attributes:
        announced: Whether a notification is sent for each commit. With SQLite there are none.
        rests_s: Mean pause between two acts of a process, in seconds.
    """

    name: str
    act: str
    announced: bool = True
    rests_s: float = 0

    @property
    def label(self) -> str:
        """The act for the table."""
        return f"{self.act}, each one in {self.rests_s:g} s" if self.rests_s else self.act


LISTENERS = (0, 50, 200)
"""Numbers of windows that only listen."""

CASES = [
    *(Case(name, act) for act in ("open", "comment") for name in ("SQLite", "PostgreSQL")),
    Case("PostgreSQL without `NOTIFY`", "comment", announced=False),
]

DAILY = [Case(name, "comment", rests_s=1) for name in ("SQLite", "PostgreSQL")]
"""Twenty times the rate of a person who works fast."""


TARGETS = {("open", 8): "2,000 a second", (DAILY[0].label, 50): "p95 100 ms"}


def main() -> None:
    """Measure each number of processes on a new desk, the databases in turns."""
    parser = options("Many at once.", rounds=4)
    arguments = parser.parse_args()
    table = Table(
        "Many processes writing at once",
        ["act", "database", "processes", "a second", "p50 ms", "p95", "p99", "gave up", "to reach"],
        f"Each process repeats the act for {arguments.rounds} s, all of them at one desk; each commit waits for the "
        "disk. `open`: an intake is begun, with ticket, event and number; each waits until the former one has "
        "committed the day's last number. `comment`: each on its own ticket; in SQLite it waits for the others, in "
        "PostgreSQL it does not, but the server sends notifications for one commit at a time (`NOTIFY`). `each one in "
        "1 s` is 20 times the rate of a person who works fast.",
        notes=[
            "The processes and the server share the machine's cores, so a separate server is faster.",
            f"Gave up: refused after waiting {LOCK_TIMEOUT_S:.0f} s for others.",
        ],
    )
    with running(fsync="on", full_page_writes="on", max_connections="600") as server:
        for number in CROWDS:
            for case in [*CASES, *(DAILY if number == max(CROWDS) else [])]:
                database = new_file() if case.name == "SQLite" else server.make()
                with new_desk(database, _now()) as desk:
                    open_one(desk, processes.offered(desk)[0].version)  # creates the day's series of numbers
                cells = crowd(database, case, number, arguments.rounds)
                table.rows.append([case.label, case.name, number, *cells, TARGETS.get((case.label, number), "")])
        listening = with_listeners(server, arguments.rounds)
    table.rows.sort(key=lambda row: str(row[0]), reverse=True)
    for each in (table, listening):
        each.show()
    report([table, listening], arguments.json)


def with_listeners(server: Server, seconds: int) -> Table:
    """Measure eight writing processes with windows that only receive notifications."""
    table = Table(
        "Many windows listening",
        ["windows", "comments a second", "p50 ms", "p95", "p99", "gave up", "MiB of the server's a window"],
        f"Eight processes comment for {seconds} s on a PostgreSQL server, as above, and the connections of so many "
        "windows are notified of each commit. Memory is the increase of the server's memory (PSS of its processes): "
        "for each window, a connection that listens and one that has read.",
    )
    bare = 0
    for number in LISTENERS:
        database = server.make()
        with new_desk(database, _now()) as desk:
            open_one(desk, processes.offered(desk)[0].version)
        with _listening(database, number):
            used = server.memory()
            bare = bare or used
            cells = crowd(database, Case("PostgreSQL", "comment"), 8, seconds)
        share = rounded((used - bare) / number / 2**20) if number else None
        table.rows.append([number, *cells, share])
    return table


@contextmanager
def _listening(database: str, number: int) -> Iterator[None]:
    """The connections of `number` windows, in a separate process."""
    context = multiprocessing.get_context("forkserver")
    ready, over = context.Event(), context.Event()
    process = context.Process(target=listen, args=(database, number, ready, over), daemon=True)
    process.start()
    ready.wait()
    try:
        yield
    finally:
        over.set()
        process.join()


def listen(database: str, number: int, ready: Any, over: Any) -> None:
    """Open two connections for each window: one that listens, and one that has read a page."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for _ in range(number):
            desk = stack.enter_context(open_desk(database, _now()))
            queue.first_rows(desk, QueueView(), 72, None, _now())
            hears = stack.enter_context(connected(database))
            hears.execute("LISTEN atendimento")
            selector.register(hears, selectors.EVENT_READ)
        ready.set()
        while not over.is_set():
            for key, _ in selector.select(0.1):
                list(cast("psycopg.Connection[Any]", key.fileobj).notifies(timeout=0))


def new_file() -> str:
    file = data_folder() / "crowd.db"
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    return str(file)


def crowd(database: str, case: Case, number: int, seconds: int) -> list[Cell]:
    """Let `number` processes write for `seconds`: the rate, and the times of single acts."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([intake.__name__, comment.__module__])
    together, tell = context.Barrier(number), context.Queue()
    everybody = [
        context.Process(target=write, args=(database, case, seconds, together, tell), daemon=True)
        for _ in range(number)
    ]
    for process in everybody:
        process.start()
    reports = [tell.get(timeout=seconds + 120) for _ in everybody]
    for process in everybody:
        process.join()
    times = [passed for mine, _, _ in reports for passed in mine]
    # Acts that began in time end after it, so long waits are included.
    rate = len(times) / max(lasted for *_, lasted in reports)
    return [rounded(rate), *spread(times, 0.5, 0.95, 0.99), sum(gave_up for _, gave_up, _ in reports)]


def write(database: str, case: Case, seconds: int, together: Any, tell: Any) -> None:
    """One process: open the desk, wait for the other processes, write, and report the time of each act."""
    times, gave_up = [], 0
    with open_desk(database, _now()) as desk:
        actor = desk.info().members[0].id  # read once, as a window does on opening
        if not case.announced and not file_of(desk.engine.url):
            event.remove(desk.engine, "commit", postgresql._announce)  # noqa: SLF001 - compared with and without it
        service = processes.offered(desk)[0].version
        ticket = open_one(desk, service).ticket
        together.wait()
        if case.rests_s:  # so that the processes do not start at the same instant
            time.sleep(random.uniform(0, 2 * case.rests_s))
        first = time.perf_counter()
        while (begun := time.perf_counter()) < first + seconds:
            try:
                if case.act == "open":
                    open_one(desk, service)
                else:
                    comment(desk, Order(ticket, actor, uuid4().hex, _now()), "Passos reproduzidos ao telefone.")
                times.append(time.perf_counter() - begun)
            except (DatabaseUnavailable, DBAPIError):  # waited too long for others
                gave_up += 1
            if case.rests_s:
                time.sleep(random.uniform(0, 2 * case.rests_s))
        tell.put((times, gave_up, time.perf_counter() - first))


def open_one(desk: Desk, service: int) -> ActDone:
    """Begin an intake, which takes a number."""
    return intake.begin(desk, service, None, uuid4().hex, _now())


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
