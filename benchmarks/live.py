"""A change made in one window, seen in another: `python -m benchmarks.live`."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from atendimento_tui.texts.formats import protocol_short
from benchmarks.history import ACTOR, Size, copy_of, sizes
from benchmarks.measure import Table, options, report, spread
from benchmarks.screen import QUEUE_ORDER, at_rest
from benchmarks.window import LINES, Ended, Window

SEEN = LINES - 8
"""How many of the first rows both windows surely show."""


def main() -> None:
    """Two windows on one desk: in one tickets are claimed, in the other the owner's name comes up."""
    arguments = options("Two windows.", rounds=20).parse_args()
    table = Table(
        "A change in one window, seen in another",
        ["tickets", "where", "p50 ms", "p90", "p95", "to reach"],
        "Two programs on two ptys on one SQLite file. From the key that claims a ticket in one of them to the last "
        "byte of the ticket's number, painted anew in the other one; in its own, to the word that it was done.",
        notes=["The other window looks every 150 ms whether anybody wrote, which is half of it or more."],
    )
    for size in sizes(arguments.full):
        here, there = claims(size, arguments.rounds)
        table.rows.append([str(size), "the other window", *spread(there, 0.5, 0.9, 0.95), "p95 300 ms"])
        table.rows.append([str(size), "its own", *spread(here, 0.5, 0.9, 0.95), ""])
    table.show()
    report([table], arguments.json)


def claims(size: Size, rounds: int) -> tuple[list[float], list[float]]:
    """Claim so many tickets; return how long each took to be seen here and there."""
    here: list[float] = []
    there: list[float] = []
    while len(here) < rounds:
        path = copy_of(size, "live")
        with at_rest(path, ACTOR) as window, at_rest(path) as other:
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
    """Read the windows, a millisecond each in turn, until each has the text; return when it came in each."""
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
    """The rows in view that nobody answers for; not the first one, whose number stands in the panel, too."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"SELECT owner_id, protocol {QUEUE_ORDER} LIMIT {SEEN}").fetchall()
    return [(place, protocol_short(protocol)) for place, (owner, protocol) in enumerate(rows) if place and not owner]


if __name__ == "__main__":
    main()
