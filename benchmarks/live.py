"""Time from an act in one window to its display in another: `python -m benchmarks.live`."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.servers import name_in, running

from atendimento_tui.texts.formats import protocol_short
from benchmarks.history import ACTOR, HUGE, copy_of, desk_file, on_server, sizes
from benchmarks.measure import Table, options, report, spread
from benchmarks.screen import QUEUE_ORDER, at_rest
from benchmarks.window import LINES, Ended, Window

SEEN = LINES - 8
"""Number of first rows that both windows show in any case."""


def main() -> None:
    """Open two windows on one desk: tickets are claimed in one, and the owner's name appears in the other."""
    arguments = options("Two windows.", rounds=20).parse_args()
    table = Table(
        "A change in one window, seen in another",
        ["database", "tickets", "where", "p50 ms", "p90", "p95", "to reach"],
        "Two programs on two ptys on one desk. From the key that claims a ticket in one of them to the last "
        "byte of the ticket's repainted number in the other one; in its own window, to the message that it is done.",
        notes=["With SQLite the other window checks for commits every 150 ms, which is half of the time or more."],
    )
    with running(fsync="on", full_page_writes="on") as server:
        for size in sizes(arguments.full):
            desks: dict[str, tuple[Callable[[], str], str]] = {
                "SQLite": (lambda size=size: str(copy_of(size, "live")), "p95 300 ms")  # type: ignore[misc]
            }
            if size != HUGE:
                on_server(desk_file(size), address := server.make())
                desks["PostgreSQL"] = (partial(server.make, name_in(address)), "p95 50 ms")
            for name, (new, target) in desks.items():
                here, there = claims(new, desk_file(size), arguments.rounds)
                table.rows.append([name, str(size), "the other window", *spread(there, 0.5, 0.9, 0.95), target])
                table.rows.append([name, str(size), "its own", *spread(here, 0.5, 0.9, 0.95), ""])
    table.show()
    report([table], arguments.json)


def claims(new: Callable[[], str], path: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Claim tickets in copies of a desk; return the times until it is shown in the own and in the other window."""
    here: list[float] = []
    there: list[float] = []
    while len(here) < rounds:
        database = new()
        with at_rest(path, ACTOR, database) as window, at_rest(path, None, database) as other:
            row = 0
            for free, protocol in unclaimed(path)[: rounds - len(here)]:
                for _ in range(free - row):
                    window.press("down")
                row = free
                window.quiet(0.4)
                other.quiet(0.4)
                from_there = len(other.pieces)
                since, at = window.press("a")
                own, others = _seen(protocol, (window, since), (other, from_there))
                here.append(own - at)
                there.append(others - at)
    return here, there


def _seen(text: str, *windows: tuple[Window, int]) -> list[float]:
    """Read the windows in turns of a millisecond until each shows the text; return the instants."""
    give_up_at = time.perf_counter() + 10
    while True:
        found = [window.times_of(text, since)[:1] for window, since in windows]
        if all(found):
            return [at for times in found for at in times]
        if time.perf_counter() > give_up_at:
            raise Ended("a claim was not seen")
        for window, _ in windows:
            window.listen(0.001)


def unclaimed(path: Path) -> list[tuple[int, str]]:
    """The visible rows without an owner, except the first one, whose number is also in the panel."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT owner_id, protocol {QUEUE_ORDER} LIMIT {SEEN}").fetchall()
    year = datetime.now(UTC).year
    free = [(place, protocol) for place, (owner, protocol) in enumerate(rows) if place and not owner]
    return [(place, protocol_short(protocol, year)) for place, protocol in free]


if __name__ == "__main__":
    main()
