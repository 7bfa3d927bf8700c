"""A small form of the monkey; the large one is run by `make trial`."""

from functools import partial
from pathlib import Path

from tests import monkey
from tests.small_desk import SmallDesk, open_tickets
from tests.terminal.conftest import OpenTerminal


def test_keys_and_presses_of_the_mouse_everywhere(
    open_terminal: OpenTerminal, others: SmallDesk, tmp_path: Path
) -> None:
    open_tickets(others)
    outcome = monkey.run(partial(open_terminal, monkey.COLS, monkey.ROWS), tmp_path, 400, seed=20261128, leaves=2)
    assert outcome.faults == []
    assert outcome.pressed == 400
    assert outcome.windows == len(outcome.leaves_s) + outcome.left_by_itself >= 3
