"""A short monkey test; `make trial` runs a long one."""

from functools import partial
from pathlib import Path

from tests import monkey
from tests.small_desk import SmallDesk, open_tickets
from tests.terminal.conftest import OpenTerminal


def test_random_keys_and_mouse_presses_cause_no_fault(
    open_terminal: OpenTerminal, others: SmallDesk, tmp_path: Path
) -> None:
    open_tickets(others)
    outcome = monkey.run(partial(open_terminal, monkey.COLS, monkey.ROWS), tmp_path, 400, seed=20261128, leaves=2)
    assert outcome.faults == []
    assert outcome.pressed == 400
    assert outcome.windows == len(outcome.leaves_s) + outcome.left_by_itself >= 3
