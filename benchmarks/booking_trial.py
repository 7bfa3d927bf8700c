"""Fifty processes try for few slots and are killed: `python -m benchmarks.booking_trial [--acts N] [--kills N]`.

The acts and the checks are in `tests/booking_trial.py`; a short form is a test. `docs/agenda-trial.md` describes it.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.booking_trial import DOCTORS, SLOTS, run
from tests.killed import Form, Outcome

from benchmarks.measure import Table, data_folder, report, rounded, spread
from benchmarks.trial import BOTH, asked_form, by_act, databases, refusals, said

TOLD_EVERY = 1_000
"""Acts between two lines of progress."""


def main() -> int:
    """Run on each database. Faults are printed; the exit code is 0 if there is none."""
    parser = asked_form("The trial of bookings.", acts=25_000, tickets=60)
    parser.add_argument("--rest", type=int, default=10, help="rest after an act, at most, in durations of that act")
    asked = parser.parse_args()
    outcomes: dict[str, Outcome] = {}
    for name in [asked.only] if asked.only else BOTH:
        cuts = asked.cuts if name == "PostgreSQL" else 0
        form = Form(
            asked.processes, asked.acts or asked.rounds, asked.kills, cuts, asked.tickets, asked.seed, asked.rest
        )
        with databases(name) as kind, tempfile.TemporaryDirectory(dir=data_folder()) as folder:
            outcomes[name] = run(kind.copy(), Path(folder), form, telling(name))
    tables = [results(outcomes, asked.processes)]
    tables += [by_act(outcomes, "Never booked twice"), refusals(outcomes, "Never booked twice")]
    for table in tables:
        table.show()
    report(tables, asked.json)
    return said(outcomes)


def telling(name: str) -> Callable[[int], None]:
    """What prints the progress."""
    begun, told = time.monotonic(), 0

    def tell(done: int) -> None:
        nonlocal told
        if done >= told + TOLD_EVERY:
            told = done
            print(f"{name}: {done} acts after {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)

    return tell


def results(outcomes: dict[str, Outcome], processes: int) -> Table:
    """The table of the results."""
    places = sum(DOCTORS[slot.provider].capacity for slot in SLOTS)
    table = Table(
        "Never booked twice",
        [
            *("database", "tries for a slot", "held", "booked", "moved", "cancelled or given up", "refused"),
            *("kills", "cuts", "holds left behind", "no answer", "minutes", "acts/s", "p50 ms", "p99", "max", "faults"),
        ],
        f"{processes} processes try for {len(SLOTS)} slots with {places} places, for few beneficiaries: they hold, "
        "confirm, release or forget, book at once, squeeze in, move, cancel and look up. Again and again one of them "
        "is killed with SIGKILL, or its connection is cut by the server. Each logs outside the database what was "
        "acknowledged. Faults: two bookings on one place or of one beneficiary at once, places without their booking, "
        "holds that end before their time, acts that are lost or not acknowledged, tickets that differ from their "
        "bookings, refusals that do not say who was faster and which three slots are free, slots of holds that are "
        "over and not free, anything that `atendimento verificar` finds.",
        notes=["The times include waiting for other processes; all processes and the server share the cores."],
    )
    for name, one in outcomes.items():
        acts = one.done + one.refused.total()
        done = [len(one.ms.get(act, ())) for act in ("move", "cancel")]
        booked = len(one.ms.get("confirm", ())) + len(one.ms.get("at_once", ()))
        counts = [one.noted["tries"], one.noted["holds"], booked, *done, one.refused.total(), one.kills, one.cuts]
        pace = [one.noted["left"], one.again.total(), rounded(one.seconds / 60), rounded(acts / one.seconds)]
        times = spread([ms / 1000 for ms in one.times], 0.5, 0.99, 1)
        table.rows.append([name, *counts, *pace, *times, len(one.faults)])
    return table


if __name__ == "__main__":
    sys.exit(main())
