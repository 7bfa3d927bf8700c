"""Chooses the tests that run on PostgreSQL at each commit: `python -m tests.doubles` writes `on_server_in_full.txt`.

A test of a service runs on both databases, and most of them send PostgreSQL only what others send too. So a few run
there at each commit: in little time they send every statement, and execute every line of the module for PostgreSQL,
that all of them do. The file lists the other test functions. They run on SQLite at each commit, and on both with
`make test-long`. A function that is not listed, as a new one, runs on both. With `TESTS_IN_FULL=1` the list is written
anew from all tests, which takes an hour; without it, from those that are not listed, and what is listed stays.
"""

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from multiprocessing.process import BaseProcess
from threading import Thread
from types import FrameType
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, Engine, event

from atendimento_tui.data.backend import postgresql
from tests.full import IN_FULL, ON_SERVER_IN_FULL, function_of, kind_of, on_server_in_full

ALWAYS = ("test_crowd.py", "test_copy_crowd.py", "test_sweepers.py", "test_trial.py")
"""Files that read what many processes have written to the server at once: what these send is not seen here."""


class Chooser:
    """A plugin that runs the tests of both databases on PostgreSQL, and writes the list at the end."""

    def __init__(self) -> None:
        self._sent = defaultdict[str, set[object]](set)
        self._seconds = defaultdict[str, float](float)
        self._now: set[object] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Run only tests that also run on SQLite."""
        on_files = {function_of(item.nodeid) for item in items if kind_of(item) == "files"}
        items[:] = [item for item in items if kind_of(item) == "server" and function_of(item.nodeid) in on_files]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note what a test sends and executes."""
        function, began = function_of(item.nodeid), time.process_time()
        self._now = self._sent[function]
        sys.settrace(self._trace)
        threading.settrace(self._trace)
        with ExitStack() as patches:
            for kind in (BaseProcess, Thread):
                patches.enter_context(patch.object(kind, "start", self._noting(kind.start, function)))
            result = yield
        sys.settrace(None)
        threading.settrace(None)
        self._seconds[function] += time.process_time() - began
        return result

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the list, unless a test failed."""
        if exitstatus == 0:
            kept = cover(self._sent, self._seconds)
            rest = {each for each in self._sent.keys() - kept if not each.partition("::")[0].endswith(ALWAYS)}
            listed = rest if IN_FULL else rest | on_server_in_full()
            ON_SERVER_IN_FULL.write_text("".join(f"{each}\n" for each in sorted(listed)), "utf-8")

    def note(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        """Note a statement."""
        if connection.dialect.name == "postgresql":
            self._now.add(statement)

    def _noting(self, start: Callable[[Any], None], function: str) -> Callable[[Any], None]:
        """The start of a process or a thread: nobody else does what they do at the same time."""

        def noted(started: object) -> None:
            self._now.add(function)
            start(started)

        return noted

    def _trace(self, frame: FrameType, _what: str, _value: object) -> Any:
        return self._note_line if frame.f_code.co_filename == postgresql.__file__ else None

    def _note_line(self, frame: FrameType, _what: str, _value: object) -> Any:
        self._now.add(frame.f_lineno)
        return self._note_line


def cover(sent: dict[str, set[object]], seconds: dict[str, float]) -> set[str]:
    """Functions that together do everything, each chosen because it adds most in its time."""
    left, kept = set[object]().union(*sent.values()), set[str]()
    while left:
        best = max(sorted(sent), key=lambda each: len(sent[each] & left) / (seconds[each] + 0.05))
        kept.add(best)
        left -= sent[best]
    return kept


def main(args: Sequence[str]) -> int:
    """Run the tests and write the list."""
    chooser = Chooser()
    event.listen(Engine, "before_cursor_execute", chooser.note)
    return pytest.main(["-q", *args], plugins=[chooser])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
