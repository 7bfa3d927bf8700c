"""How many cases of slow tests are run: a part at each commit, all with `make test-long` (`TESTS_IN_FULL=1`).

A part leaves out second variants: another terminal size, another order, more examples of a property on the second
database. Each kind of fault is still tested at each commit.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

ItemT = TypeVar("ItemT")

IN_FULL = os.environ.get("TESTS_IN_FULL") == "1"

EXAMPLES_ON_SERVER = 5
"""Number of examples of a property on PostgreSQL at each commit; on SQLite all are run."""


def some(everything: Sequence[ItemT], *kept: int) -> Sequence[ItemT]:
    """All items if tests are run in full, else those at these indexes."""
    return everything if IN_FULL else [everything[place] for place in kept]
