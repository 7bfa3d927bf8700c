"""Times of services without a screen: `python -m benchmarks.services [--log FILE]`."""

import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from tests.servers import Server

from atendimento_tui.contracts.queue import PageRequest, QueueView
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.logs import read_map
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, processes, queue
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.history import desk_for_history, import_history
from atendimento_tui.services.tickets import ticket_view
from benchmarks.history import ACTOR, Size, copy_of, desk_file, log_file, on_server, sizes
from benchmarks.measure import ROOT, Cell, Table, data_folder, options, percentile, report, rounded, spread

CASES, EVENTS = 7_554, 65_533
"""The numbers of the public log of the BPI challenge of 2013."""

DISK = ("the disk", "")

BY_PROCESS = "opening by a process"

PAGE = 72
"""Rows of the first page that a window of 36 lines requests."""


def main() -> None:
    """Run each measurement on its own copy of a desk."""
    parser = options("Services.", rounds=300)
    parser.add_argument(
        "--log", type=Path, metavar="FILE", help="a log that docs/bpi2013.toml reads (default: one made up)"
    )
    arguments = parser.parse_args()
    every = sizes(arguments.full)
    share = 1 if arguments.full else 4
    tables = [
        writing(every, arguments.rounds),
        reading("Reading, SQLite", {str(size): desk_file(size) for size in every}, arguments.rounds // 10),
        *on_postgresql(every, arguments.rounds),
        importing(arguments.log or log_file(CASES // share, EVENTS // share)),
    ]
    for table in tables:
        table.show()
    report(tables, arguments.json)


def writing(every: tuple[Size, ...], rounds: int) -> Table:
    """Acts and openings without other writers, committed one by one."""
    table = Table(
        "Writing, one at a time",
        ["act", "tickets", "p50 ms", "p95", "p99", "x the disk", "processor p50", "to reach"],
        "From the call of the service to its return after the commit (SQLite, WAL, `synchronous = FULL`), without "
        "other writers; the acts and the sizes in turns. `opening by a process` is the two commits of an intake, its "
        "number first: a falha técnica with its ticket, three clocks, two events, four answers, message, timers, "
        "number and requester. `one act of a process` moves the ticket to the next step, with a text, a message, a "
        "clock and timers.",
        notes=["The disk: one small row inserted with `sqlite3` and committed in the same manner, in the same turns."],
    )
    desks = {str(size): open_desk(copy_of(size, f"services-{size.open}-{size.closed}"), _now()) for size in every}
    passed: dict[tuple[str, str], list[float]] = {}
    used: dict[tuple[str, str], list[float]] = {}
    with closing(_plain_file()) as plain:
        for number in range(rounds):
            passed.setdefault(DISK, []).append(_seconds(lambda: plain.execute("INSERT INTO t VALUES ('x')")))
            for size, desk in desks.items():
                for name, act in _acts(desk, number).items():
                    begun = time.process_time()
                    passed.setdefault((name, size), []).append(_seconds(act))
                    used.setdefault((name, size), []).append(time.process_time() - begun)
    for (name, size), times in sorted(passed.items()):
        ratio = rounded(percentile(times, 0.5) / percentile(passed[DISK], 0.5))
        processor = spread(used[name, size], 0.5) if (name, size) in used else [None]
        target = {BY_PROCESS: "p50 1 ms", DISK[0]: ""}.get(name, "p95 10 ms")
        table.rows.append([name, size, *spread(times, 0.5, 0.95, 0.99), ratio, *processor, target])
    for desk in desks.values():
        desk.close()
    return table


def _plain_file() -> sqlite3.Connection:
    """A plain SQLite file with the same settings, to measure a commit alone."""
    path = data_folder() / "disk.db"
    for old in path.parent.glob("disk.db*"):
        old.unlink()
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE t (x TEXT)"):
        connection.execute(statement)
    return connection


def _acts(desk: Desk, number: int) -> dict[str, Callable[[], object]]:
    """A new ticket and acts on it. Each is to be called once, in this order."""
    actor = next(member.id for member in desk.info().members if member.name == ACTOR)
    opened: list[int] = []
    [fault] = [service.version for service in processes.offered(desk) if service.key == "falha_tecnica"]
    answers = {"produto": "ERP", "versao": "9.1", "descricao": "Não abre", "email": "ti@exemplo.com.br"}
    answered = intake.Intake(Severity.MEDIUM, "Hospital Santa Clara", f"Medida {number}", "telefone", answers=answers)

    def order(act: int) -> Order:
        return Order(opened[-1], actor, _request(number, act), _now())

    def open_by_process() -> None:
        opened.append(intake.begin(desk, fault, actor, _request(number, 5), _now()).ticket)
        intake.finish(desk, order(6), answered)

    return {
        BY_PROCESS: open_by_process,
        "claim": lambda: acts.claim(desk, order(1)),
        "comment": lambda: acts.comment(desk, order(2), "Passos reproduzidos com o cliente ao telefone."),
        "pause": lambda: acts.pause(desk, order(3), "Aguardando o cliente"),
        "resume": lambda: acts.resume(desk, order(4)),
        "one act of a process": lambda: acts.act(desk, order(7), "encaminhar_n2", Answer("Causa desconhecida.")),
    }


def reading(title: str, databases: Mapping[str, str | Path], rounds: int) -> Table:
    """The reads of a window."""
    table = Table(
        title,
        ["what", "tickets", "p50 ms", "p95", "x small", "processor p50", "to reach"],
        f"From the call of the service to its result, in turns; a page has {PAGE} rows, without the total. Processor "
        "time is that of this program, which includes SQLite, but not a server.",
    )
    desks = {size: open_desk(database, _now()) for size, database in databases.items()}
    samples: dict[tuple[str, str], list[float]] = {}
    used: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for size, desk in desks.items():
            for name, read in _reads(desk).items():
                begun = time.process_time()
                samples.setdefault((name, size), []).append(_seconds(read))
                used.setdefault((name, size), []).append(time.process_time() - begun)
    small = next(iter(desks))
    for name in dict.fromkeys(name for name, _ in samples):
        for size in desks:
            times = samples[name, size]
            ratio = rounded(percentile(times, 0.5) / percentile(samples[name, small], 0.5))
            word = "p95 300 ms" if "counts" in name else "p95 50 ms"
            target = "5 ms" if name == "first page" else word if name.startswith("a word") else ""
            table.rows.append([name, size, *spread(times, 0.5, 0.95), ratio, *spread(used[name, size], 0.5), target])
    for desk in desks.values():
        desk.close()
    return table


def _reads(desk: Desk) -> dict[str, Callable[[], object]]:
    viewer = desk.info().members[0]
    everything, word = QueueView(viewer=viewer), QueueView(viewer=viewer, filter="laudo")
    now = _now()
    total = queue.window(desk, everything, PageRequest(0, 1), now).total
    middle = queue.window(desk, everything, PageRequest(total // 2, 1), now).rows[0]
    rare = replace(word, filter=middle.protocol)
    known = PageRequest(0, PAGE, total=total)
    last, jump = replace(known, first=total - PAGE), replace(known, first=total // 2)
    return {
        "first page": lambda: queue.first_rows(desk, everything, PAGE, None, now),
        "next page": lambda: queue.window(desk, everything, replace(jump, after=middle.sort_key), now),
        "last page": lambda: queue.window(desk, everything, last, now),
        "a jump to the middle": lambda: queue.window(desk, everything, jump, now),
        "around a ticket, counted": lambda: queue.window(
            desk, everything, PageRequest(0, PAGE, around=middle.key), now
        ),
        "counts of all tabs": lambda: queue.counts(desk, everything, now),
        "overdue": lambda: queue.overdue(desk, now),
        "a word, first page": lambda: queue.first_rows(desk, word, PAGE, None, now),
        "a word, counts of all tabs": lambda: queue.counts(desk, word, now),
        "a protocol, first page": lambda: queue.first_rows(desk, rare, PAGE, None, now),
        "a protocol, counts of all tabs": lambda: queue.counts(desk, rare, now),
        "a ticket": lambda: ticket_view(desk, now, ticket_id=middle.key),
    }


def on_postgresql(every: tuple[Size, ...], rounds: int) -> list[Table]:
    """The same desks in PostgreSQL: the reads of a window, and acts one at a time."""
    with closing(Server(fsync="on", full_page_writes="on", shared_buffers="512MB")) as server:
        databases = {}
        for size in every:
            databases[str(size)] = server.make()
            on_server(desk_file(size), databases[str(size)])
        tables = [reading("Reading, PostgreSQL", databases, rounds // 10)]
        table = Table(
            "Writing one at a time, PostgreSQL",
            ["act", "tickets", "p50 ms", "p95", "p99", "x small", "to reach"],
            "As above, in PostgreSQL on the same machine, with `fsync`, over TCP.",
        )
        desks = {size: open_desk(database, _now()) for size, database in databases.items()}
        passed: dict[tuple[str, str], list[float]] = {}
        for number in range(rounds):
            for size, desk in desks.items():
                for name, act in _acts(desk, number).items():
                    passed.setdefault((name, size), []).append(_seconds(act))
        for (name, size), times in sorted(passed.items()):
            ratio = rounded(percentile(times, 0.5) / percentile(passed[name, str(every[0])], 0.5))
            table.rows.append([name, size, *spread(times, 0.5, 0.95, 0.99), ratio, "p95 10 ms"])
        for desk in desks.values():
            desk.close()
    return [*tables, table]


def importing(log: Path) -> Table:
    """Import a log into a new desk."""
    path = data_folder() / "import.db"
    for old in path.parent.glob("import.db*"):
        old.unlink()
    log_map = read_map(ROOT / "docs" / "bpi2013.toml")
    begun = time.perf_counter()
    desk = desk_for_history(path, log_map, _now())
    done = import_history(desk, log, log_map, _now(), lambda _done, _all: None)
    seconds = time.perf_counter() - begun
    desk.close()
    table = Table(
        "Importing a history",
        ["cases", "events", "seconds", "events/s", f"s for {EVENTS:,}", "to reach"],
        "Reading the log, replaying its cases, writing 100 of them in a transaction; measured once.",
    )
    rate = done.events / seconds
    row: list[Cell] = [done.cases, done.events, rounded(seconds), int(rate), rounded(EVENTS / rate), "60 s"]
    table.rows.append(row)
    return table


def _seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _request(number: int, act: int) -> str:
    return UUID(int=number * 100 + act).hex


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
