"""How many cases of slow tests are run: a part at each commit, all with `make test-long` (`TESTS_IN_FULL=1`).

A part leaves out second variants: another terminal size, another order, more examples of a property on the second
database. Each kind of fault is still tested at each commit.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

ItemT = TypeVar("ItemT")

IN_FULL = os.environ.get("TESTS_IN_FULL") == "1"

EXAMPLES_ON_SERVER = 5
"""Number of examples of a property on PostgreSQL at each commit; on SQLite all are run."""

ON_SERVER_IN_FULL = Path(__file__).with_name("on_server_in_full.txt")
"""The list of test functions that `tests/doubles.py` writes."""


def some(everything: Sequence[ItemT], *kept: int) -> Sequence[ItemT]:
    """All items if tests are run in full, else those at these indexes."""
    return everything if IN_FULL else [everything[place] for place in kept]


def function_of(nodeid: str) -> str:
    """The test function of a test, without its parameters."""
    return nodeid.partition("[")[0]


def kind_of(item: pytest.Item) -> object:
    """The kind of database of a test, `files` or `server`, if it is made for each."""
    parameters: dict[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    return parameters.get("databases")


def on_server_in_full() -> frozenset[str]:
    """The functions that run on PostgreSQL only if the tests are run in full."""
    return frozenset(ON_SERVER_IN_FULL.read_text("utf-8").split())
