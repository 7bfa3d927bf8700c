"""Processor time of an open window while others act: `python -m benchmarks.busy`."""

import time
from contextlib import closing
from datetime import UTC, datetime
from itertools import cycle
from uuid import uuid4

from benchmarks.history import ACTOR, copy_of, desk_file, sizes
from benchmarks.measure import Table, options, report, rounded
from benchmarks.screen import at_rest
from benchmarks.window import Window

ACTS_A_SECOND = 5

ROWS_IN_VIEW = 1 / 5
"""One act in this many is on a ticket that the window shows, because a desk works on what is due next."""


def main() -> None:
    """One window, and another program that comments."""
    arguments = options("A window while others act.", rounds=20).parse_args()
    table = Table(
        f"A window while others do {ACTS_A_SECOND} acts a second",
        ["tickets", "% of a core", "ms an act", "to reach"],
        f"Processor time of all threads of a window without input, over {arguments.rounds} s, while another program "
        f"comments on tickets of its file, {ACTS_A_SECOND} a second; one in five of these tickets is visible.",
    )
    for size in sizes(arguments.full):
        file = copy_of(size, "busy")
        with at_rest(desk_file(size), ACTOR, str(file)) as window:
            used = _used(window, str(file), arguments.rounds)
        acts = ACTS_A_SECOND * arguments.rounds
        table.rows.append([str(size), rounded(used / arguments.rounds * 100), rounded(used / acts * 1000), "3 %"])
    table.show()
    report([table], arguments.json)


def _used(window: Window, file: str, seconds: int) -> float:
    """Processor seconds that the window uses while another program comments for this many seconds."""
    from atendimento_tui.contracts.queue import QueueView
    from atendimento_tui.contracts.tickets import Order
    from atendimento_tui.services import acts, queue
    from atendimento_tui.services.desk import open_desk

    with closing(open_desk(file, datetime.now(UTC))) as desk:
        person = desk.info().members[-1].id
        rows = queue.first_rows(desk, QueueView(), 400, None, datetime.now(UTC)).rows
        seen, unseen = cycle(row.key for row in rows[:10]), cycle(row.key for row in rows[200:])
        window.quiet(2)
        before, began = window.cpu_s(), time.perf_counter()
        for number in range(ACTS_A_SECOND * seconds):
            ticket = next(seen) if number % round(1 / ROWS_IN_VIEW) == 0 else next(unseen)
            acts.comment(desk, Order(ticket, person, uuid4().hex, datetime.now(UTC)), f"Liguei, {number}")
            while time.perf_counter() < began + (number + 1) / ACTS_A_SECOND:
                window.listen(0.02)
        return window.cpu_s() - before


if __name__ == "__main__":
    main()
