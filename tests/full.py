"""How much of the dear tests is run: a part at each commit, all with `make test-long` (`TESTS_IN_FULL=1`).

What a part leaves out is the second form of something: another terminal size, another order, more examples of a
property on the second database. Each kind of fault is still looked for at each commit.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

ItemT = TypeVar("ItemT")

IN_FULL = os.environ.get("TESTS_IN_FULL") == "1"

EXAMPLES_ON_SERVER = 5
"""So many examples of a property are tried on PostgreSQL at each commit; on SQLite all of them are."""


def some(everything: Sequence[ItemT], *kept: int) -> Sequence[ItemT]:
    """All of them in full, else those at these places."""
    return everything if IN_FULL else [everything[place] for place in kept]
