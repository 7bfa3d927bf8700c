"""Compares other help desks with ours: `python -m benchmarks.peers [--tickets N] [--no-install]`.

Each program runs in its own process with the packages of `benchmarks/.peers`, which are installed on the first run. The
programs are called in turns, through their own classes and without HTTP. Their desks are filled once and stored in
`benchmarks/.data`.
"""

import json
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from uuid import uuid4

from atendimento_tui.contracts.queue import PageRequest, QueueView
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import intake, processes, queue
from atendimento_tui.services.desk import Desk, open_desk
from benchmarks.history import Size, copy_of
from benchmarks.measure import ROOT, Table, data_folder, options, percentile, report, rounded, spread

PEERS = ROOT / "benchmarks" / ".peers"
PYTHON = PEERS / "bin" / "python"
NAMES = ("roundup", "django-helpdesk")
OURS = "atendimento_tui"
PAGE, WORD = 72, "laudo"
TARGETS = {
    ("open", "roundup"): "7 x",
    ("open", "django-helpdesk"): "12 x",
    ("first page", "roundup"): "15 x",
    ("first page", "django-helpdesk"): "200 x",
}

Cost = tuple[float, float]
"""Wall time and processor time, in seconds."""


def main() -> None:
    """Let each program do the same operations, in turns."""
    parser = options("Other help desks.", rounds=60)
    parser.add_argument("--tickets", type=int, default=10_000, help="how many each has (default 10,000)")
    parser.add_argument("--no-install", action="store_true", help="measure beside what is installed already")
    arguments = parser.parse_args()
    if not arguments.no_install:
        install()
    tickets = 100_000 if arguments.full else arguments.tickets
    costs: dict[tuple[str, str], list[Cost]] = {}
    with ExitStack() as stack:
        desk = stack.enter_context(open_desk(copy_of(Size(tickets), "peers-ours"), datetime.now(UTC)))
        hits = queue.window(desk, QueueView(filter=WORD), PageRequest(0, 1), datetime.now(UTC)).total
        peers = {name: stack.enter_context(Peer(name, tickets, round(tickets / hits))) for name in NAMES}
        for what, ours in _ours(desk).items():
            for number in range(arguments.rounds + 1):
                found = {OURS: _cost(ours), **{name: peer.do(what) for name, peer in peers.items()}}
                for name, cost in found.items() if number else ():  # the first call fills caches
                    costs.setdefault((what, name), []).append(cost)
    table = _table(costs, tickets, hits / tickets)
    table.show()
    report([table], arguments.json)


def install() -> None:
    """Install the packages that are compared, if they are missing."""
    if not PYTHON.exists():
        venv.create(PEERS, with_pip=True)
        (PEERS / ".gitignore").write_text("*\n", "utf-8")
    wanted = str(ROOT / "benchmarks" / "requirements-peers.txt")
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "-r", wanted], check=True)


class Peer:
    """A process of another help desk. One in `one_in` of its tickets has the word."""

    def __init__(self, name: str, tickets: int, one_in: int) -> None:
        program = ROOT / "benchmarks" / "peer.py"
        folder = data_folder() / f"peer-{name}-{tickets}-{one_in}"
        made = folder.with_suffix(".part")
        command = [str(PYTHON), "-P", str(program), name]
        if not folder.exists():  # a partially filled desk is deleted
            shutil.rmtree(made, ignore_errors=True)
            subprocess.run(
                [*command, str(made), str(tickets), str(one_in)],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
            )
            made.rename(folder)
        self._process = subprocess.Popen(
            [*command, str(folder), str(tickets), str(one_in)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def do(self, what: str) -> Cost:
        """Let it do one operation, and return its cost."""
        assert self._process.stdin
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        passed, used = self._answer()
        return float(passed), float(used)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def _answer(self) -> list[str]:
        assert self._process.stdout
        answer: list[str] = json.loads(self._process.stdout.readline())
        return answer


def _ours(desk: Desk) -> dict[str, Callable[[], object]]:
    everything, word = QueueView(), QueueView(filter=WORD)
    [service] = [each.version for each in processes.offered(desk) if each.key == "duvida"]
    answers = {"produto": "Prontuário", "pergunta": "Pedido"}
    answered = intake.Intake(Severity.MEDIUM, "Loja Íris", "Pedido", answers=answers)

    def open_by_process() -> None:
        ticket = intake.begin(desk, service, None, uuid4().hex, datetime.now(UTC)).ticket
        intake.finish(desk, Order(ticket, None, uuid4().hex, datetime.now(UTC)), answered)

    return {
        "open": open_by_process,
        "first page": lambda: queue.window(desk, everything, PageRequest(0, PAGE), datetime.now(UTC)),
        "a word, first page": lambda: queue.window(desk, word, PageRequest(0, PAGE), datetime.now(UTC)),
    }


def _cost(call: Callable[[], object]) -> Cost:
    begun, used = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - begun, time.process_time() - used


def _table(costs: dict[tuple[str, str], list[Cost]], tickets: int, found: float) -> Table:
    table = Table(
        "Beside other help desks",
        ["what", "program", "p50 ms", "p95", "x ours", "processor p50", "x ours", "to reach"],
        f"Each with {tickets:,} open tickets in SQLite, called by its own classes in its own process, in turns. "
        f"`open` is committed, ours twice: the number first, then the rest; a page has {PAGE} rows and the exact "
        "number of all.",
        notes=[
            "roundup: an issue with its first message, which it keeps in a file, its full-text index and its history; "
            "`SENDMAILDEBUG`. A page is what its index page reads: the ids of all, and the columns of the shown ones.",
            "django-helpdesk: its ticket form with its first follow-up, in one transaction, without messages. A page "
            "is the server's answer for its list.",
            "Neither has clocks on working time, an event log that the ticket is made of, requests that are done once "
            "only, or numbers without gaps; ours indexes no words of closed tickets. "
            f"{found:.1%} of ours have the word that is searched, and as many of theirs.",
        ],
    )
    for (what, name), cost_of in costs.items():
        passed, used = [cost[0] for cost in cost_of], [cost[1] for cost in cost_of]
        times, shares = [cost[0] for cost in costs[what, OURS]], [cost[1] for cost in costs[what, OURS]]
        table.rows.append(
            [
                what,
                name,
                *spread(passed, 0.5, 0.95),
                rounded(percentile(passed, 0.5) / percentile(times, 0.5)),
                *spread(used, 0.5),
                rounded(percentile(used, 0.5) / percentile(shares, 0.5)),
                TARGETS.get((what, name), ""),
            ]
        )
    return table


if __name__ == "__main__":
    main()
