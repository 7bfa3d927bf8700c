"""Fifty processes act on few tickets and are killed during acts: `python -m benchmarks.trial [--acts N] [--kills N]`.

The acts and the checks are in `tests/trial.py`; a short form is a test.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import Databases, Files, OnServer
from tests.killed import Form, Outcome
from tests.servers import running
from tests.trial import run

from benchmarks.measure import Cell, Table, data_folder, options, report, rounded, spread

BOTH = ("SQLite", "PostgreSQL")


def main() -> int:
    """Run on each database. Faults are printed; the exit code is 0 if there is none."""
    parser = asked_form("The trial.", acts=20_000, tickets=12)
    asked = parser.parse_args()
    outcomes: dict[str, Outcome] = {}
    for name in [asked.only] if asked.only else BOTH:
        cuts = asked.cuts if name == "PostgreSQL" else 0
        form = Form(asked.processes, asked.acts or asked.rounds, asked.kills, cuts, asked.tickets, asked.seed)
        with databases(name) as kind, tempfile.TemporaryDirectory(dir=data_folder()) as folder:
            outcomes[name] = run(kind.copy(), Path(folder), form)
    tables = [results(outcomes, asked.processes, asked.tickets)]
    tables += [by_act(outcomes, "Nothing lost"), refusals(outcomes, "Nothing lost")]
    for table in tables:
        table.show()
    report(tables, asked.json)
    return said(outcomes)


def asked_form(description: str, acts: int, tickets: int) -> argparse.ArgumentParser:
    """The command line of a trial.

    Args:
        acts: Usual number of acts of all processes together.
        tickets: Usual number of tickets.
    """
    parser = options(description, rounds=acts)
    parser.add_argument("--acts", type=int, help="acts of all processes together (default: the rounds)")
    parser.add_argument("--processes", type=int, default=50)
    parser.add_argument("--tickets", type=int, default=tickets, help="that are open before")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=100, help="connections that the server cuts (PostgreSQL)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=BOTH)
    return parser


def said(outcomes: dict[str, Outcome]) -> int:
    """Print the faults; the exit code, 0 if there is none."""
    faults = [f"{name}: {fault}" for name, outcome in outcomes.items() for fault in outcome.faults]
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


@contextmanager
def databases(name: str) -> Iterator[Databases]:
    """Functions that create desks on each database; commits wait for the disk, as in use."""
    if name == "SQLite":
        with tempfile.TemporaryDirectory(dir=data_folder()) as folder:
            yield Files(Path(folder))
    else:
        with running(fsync="on", full_page_writes="on") as server:
            yield OnServer(server)


def results(outcomes: dict[str, Outcome], processes: int, tickets: int) -> Table:
    """The table of the results."""
    table = Table(
        "Nothing lost",
        [
            *("database", "acts", "kills", "cuts", "done", "of these repeated", "refused", "no answer", "by itself"),
            *("minutes", "acts/s", "p50 ms", "p99", "max", "faults"),
        ],
        f"{processes} processes act on {tickets} tickets and open others: claims, comments, pauses, resumptions, "
        "hand-overs, severities, openings, intakes, actions of processes, sweeps. Again and again one of them is "
        "killed with SIGKILL, or its connection is cut by the server; then it repeats, with the same request id, what "
        "it has no answer for. Each logs outside the database what was acknowledged. Faults: acts that are lost, "
        "doubled, incomplete or not acknowledged, numbers that are skipped or used twice, refusals without a sentence, "
        "rows that differ from their history, damage in the file.",
        notes=["The times include waiting for other processes; all processes and the server share the cores."],
    )
    for name, one in outcomes.items():
        acts = one.done + one.refused.total()
        counts: list[Cell] = [one.kills, one.cuts, one.done, one.repeated, one.refused.total(), one.again.total()]
        pace: list[Cell] = [one.happened, rounded(one.seconds / 60), rounded(acts / one.seconds)]
        times = spread([ms / 1000 for ms in one.times], 0.5, 0.99, 1)
        table.rows.append([name, acts, *counts, *pace, *times, len(one.faults)])
    return table


def by_act(outcomes: dict[str, Outcome], title: str) -> Table:
    """The times of each kind of act."""
    table = Table(
        f"{title}: how long each act took",
        ["act", "database", "done", "p50 ms", "p99", "max"],
        "As above, by kind of act.",
    )
    for act in sorted({act for one in outcomes.values() for act in one.ms}):
        for name, one in outcomes.items():
            if times := [ms / 1000 for ms in one.ms.get(act, ())]:
                table.rows.append([act, name, len(times), *spread(times, 0.5, 0.99, 1)])
    return table


def refusals(outcomes: dict[str, Outcome], title: str) -> Table:
    """The refusals, and the acts without an answer, by code."""
    table = Table(
        f"{title}: what was refused, and what had no answer",
        ["code", *outcomes],
        "Each was reported in a sentence with its values. After the last ones the result of the act was not known.",
    )
    for counts in ({n: o.refused for n, o in outcomes.items()}, {n: o.again for n, o in outcomes.items()}):
        for code in sorted({code for count in counts.values() for code in count}):
            table.rows.append([code, *(counts[name][code] for name in outcomes)])
    return table


if __name__ == "__main__":
    sys.exit(main())
