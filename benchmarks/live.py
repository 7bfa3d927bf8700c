"""Time from an act in one window to its display in another: `python -m benchmarks.live`."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.an_agenda import doctor, furnish
from tests.servers import name_in, running

from atendimento_tui.contracts.agenda import AgendaFilter
from atendimento_tui.services import agenda, availability
from atendimento_tui.services.desk import open_desk
from atendimento_tui.texts.agenda import FIRST
from atendimento_tui.texts.formats import moment, protocol_short
from benchmarks.history import ACTOR, HUGE, SMALL, copy_of, desk_file, on_server, sizes
from benchmarks.measure import Table, options, report, spread
from benchmarks.screen import QUEUE_ORDER, at_rest
from benchmarks.window import LINES, Ended, Window

_F4 = b"\x1bOS"

SEEN = LINES - 8
"""Number of first rows that both windows show in any case."""


def main() -> None:
    """Open two windows on one desk: what is done in one appears in the other."""
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
    slots = Table(
        "A slot taken in one window, seen in another",
        ["database", "what", "p50 ms", "p90", "p95", "to reach"],
        "Two programs on two ptys on one desk, both in F4. From the key that holds the first free slot, or gives it "
        "back, to the last byte of the next first slot, or of the same one, in the other window.",
    )
    with running(fsync="on", full_page_writes="on") as server:
        on_server(desk_file(SMALL), address := server.make())
        for name, new in (
            ("SQLite", lambda: str(copy_of(SMALL, "live"))),
            ("PostgreSQL", partial(server.make, name_in(address))),
        ):
            gone, back = holds(new(), desk_file(SMALL), arguments.rounds)
            slots.rows.append([name, "a slot goes", *spread(gone, 0.5, 0.9, 0.95), "p95 300 ms"])
            slots.rows.append([name, "it comes back", *spread(back, 0.5, 0.9, 0.95), "p95 300 ms"])
    table.show()
    slots.show()
    report([table, slots], arguments.json)


def holds(database: str, path: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Hold the first free slot in one window; return the times until another one shows it gone, and back again."""
    now = datetime.now(UTC)
    with open_desk(database, now) as desk:
        furnish(desk, now)
        doctor(desk, "Bia Rocha", hours="seg-dom 8-18", now=now)
        today = f"{now.astimezone(desk.zone):%d/%m/%Y}"
        availability.add_absence(desk, "Bia Rocha", today, today, "para que a primeira vaga não passe", now)
        free = agenda.lookup(desk, AgendaFilter(), now).days[0].slots[:2]
        taken, held = (FIRST.format(at=moment(each.starts_at, now.astimezone(desk.zone))).strip() for each in free)
    times: dict[str, list[float]] = {"enter": [], "esc": []}
    with at_rest(path, ACTOR, database) as window, at_rest(path, None, database) as other:
        for each in (window, other):
            each.wait_for(taken, each.send(_F4)[0])
        window.listen(1)
        window.press("down")
        for _ in range(rounds):
            window.press("home")
            for key, text, own in (("enter", held, "Vaga reservada"), ("esc", taken, taken)):
                window.listen(1.5)  # the clocks of both windows are never quiet
                other.listen(0.5)
                since, (mine, at) = len(other.pieces), window.press(key)
                while not (found := other.times_of(text, since)):
                    if time.perf_counter() - at > 10:
                        raise Ended(f"a slot was not seen after {key}, round {len(times[key])}")
                    other.listen(0.001)
                    window.listen(0.001)
                times[key].append(found[0] - at)
                window.wait_for(own, mine)
    return times["enter"], times["esc"]


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
