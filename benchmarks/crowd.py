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
from atendimento_tui.data.engine import PATIENCE_S, DatabaseUnavailable, file_of
from atendimento_tui.services import intake, processes, queue
from atendimento_tui.services.acts import comment
from atendimento_tui.services.desk import Desk, open_desk
from benchmarks.history import new_desk
from benchmarks.measure import Cell, Table, data_folder, options, report, rounded, spread

CROWDS = (1, 8, 50)
"""How many at once."""


class Case(NamedTuple):
    """What is done, and where.

    Attributes:
        announced: Whether those who listen are told of each commit; in a file they see it for themselves.
        rests_s: How long one rests on average between two.
    """

    name: str
    act: str
    announced: bool = True
    rests_s: float = 0

    @property
    def told(self) -> str:
        """What is done, as a table says it."""
        return f"{self.act}, each one in {self.rests_s:g} s" if self.rests_s else self.act


LISTENERS = (0, 50, 200)
"""Windows that only listen."""

CASES = [
    *(Case(name, act) for act in ("open", "comment") for name in ("SQLite", "PostgreSQL")),
    Case("PostgreSQL, nobody told", "comment", announced=False),
]

DAILY = [Case(name, "comment", rests_s=1) for name in ("SQLite", "PostgreSQL")]
"""Twenty times as fast as somebody who works fast."""


TARGETS = {("open", 8): "2,000 a second", (DAILY[0].told, 50): "p95 100 ms"}


def main() -> None:
    """Each crowd at a desk of its own, the databases in turns."""
    parser = options("Many at once.", rounds=4)
    arguments = parser.parse_args()
    table = Table(
        "Many processes writing at once",
        ["act", "database", "processes", "a second", "p50 ms", "p95", "p99", "gave up", "to reach"],
        f"Each process does it again and again for {arguments.rounds} s, all of them at one desk, each time committed "
        "and waiting for the disk. `open`: an intake is begun, with ticket, event and number; each waits for the "
        "day's last number until the one before has committed. `comment`: each on a ticket of its own; in a file it "
        "waits for the others, on a server for nobody, except that the server tells of one commit at a time "
        "(`NOTIFY`). Where each rests, what it does is 20 times what somebody does who works fast.",
        notes=[
            "The processes and the server share the machine's cores: this is the least that a server does.",
            f"Gave up: waited {PATIENCE_S:.0f} s for those before it, and was told so.",
        ],
    )
    with running(fsync="on", full_page_writes="on", max_connections="600") as server:
        for number in CROWDS:
            for case in [*CASES, *(DAILY if number == max(CROWDS) else [])]:
                database = _new_file() if case.name == "SQLite" else server.make()
                with new_desk(database, _now()) as desk:
                    open_one(desk, processes.offered(desk)[0].version)  # the first of its day
                cells = crowd(database, case, number, arguments.rounds)
                table.rows.append([case.told, case.name, number, *cells, TARGETS.get((case.told, number), "")])
        heard = listened_to(server, arguments.rounds)
    table.rows.sort(key=lambda row: str(row[0]), reverse=True)
    for each in (table, heard):
        each.show()
    report([table, heard], arguments.json)


def listened_to(server: Server, seconds: int) -> Table:
    """What windows cost that do nothing but hear of what eight processes write."""
    table = Table(
        "Many windows listening",
        ["windows", "comments a second", "p50 ms", "p95", "p99", "gave up", "MiB of the server's a window"],
        f"Eight processes comment for {seconds} s on a PostgreSQL server, as above, and so many connections are told "
        "of each commit. Memory is what the server has more than without them (PSS of its processes): a connection "
        "that listens and one that has read, for each window.",
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
    """So many windows, as the server sees them, in a process of their own."""
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
    """Have two connections for each window, of which one is told of every commit, and the other has read a page."""
    with ExitStack() as stack, selectors.DefaultSelector() as selector:
        for _ in range(number):
            desk = stack.enter_context(open_desk(database, _now()))
            queue.beginning(desk, QueueView(), 72, None, _now())
            hears = stack.enter_context(connected(database))
            hears.execute("LISTEN atendimento")
            selector.register(hears, selectors.EVENT_READ)
        ready.set()
        while not over.is_set():
            for key, _ in selector.select(0.1):
                list(cast("psycopg.Connection[Any]", key.fileobj).notifies(timeout=0))


def _new_file() -> str:
    file = data_folder() / "crowd.db"
    for old in file.parent.glob(f"{file.name}*"):
        old.unlink()
    return str(file)


def crowd(database: str, case: Case, number: int, seconds: int) -> list[Cell]:
    """Let so many processes write for so long: how much a second, and how long one thing takes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([intake.__name__, comment.__module__])
    together, tell = context.Barrier(number), context.Queue()
    everybody = [
        context.Process(target=write, args=(database, case, seconds, together, tell), daemon=True)
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


def write(database: str, case: Case, seconds: int, together: Any, tell: Any) -> None:
    """One process: its desk open, it waits for the others, writes, and tells how long each thing took."""
    times, gave_up = [], 0
    with open_desk(database, _now()) as desk:
        actor = desk.face().members[0].id  # which a window reads when it begins
        if not case.announced and not file_of(desk.engine.url):
            event.remove(desk.engine, "commit", postgresql._announce)
        service = processes.offered(desk)[0].version
        ticket = open_one(desk, service).ticket
        together.wait()
        if case.rests_s:  # nobody begins at the same instant
            time.sleep(random.uniform(0, 2 * case.rests_s))
        first = time.perf_counter()
        while (begun := time.perf_counter()) < first + seconds:
            try:
                if case.act == "open":
                    open_one(desk, service)
                else:
                    comment(desk, Order(ticket, actor, uuid4().hex, _now()), "Passos reproduzidos ao telefone.")
                times.append(time.perf_counter() - begun)
            except (DatabaseUnavailable, DBAPIError):  # too many before it, for too long
                gave_up += 1
            if case.rests_s:
                time.sleep(random.uniform(0, 2 * case.rests_s))
        tell.put((times, gave_up, time.perf_counter() - first))


def open_one(desk: Desk, service: int) -> ActDone:
    """Begin an intake: the ticket gets its number."""
    return intake.begin(desk, service, None, uuid4().hex, _now())


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
