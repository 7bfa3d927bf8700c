"""Prints the processor time of the tests, by file: `make test-cost TESTS=tests/screens`.

Processor time is that of a test with its fixtures, its threads and the processes that it waits for. It depends little
on what else the machine does. A fixture of several tests is counted where it is made first. The total also has what
belongs to no test: the start, reading the tests, the PostgreSQL server, windows and commands in processes of their own.
"""

import ctypes
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import suppress

import pytest

_DEAREST = int(os.environ.get("DEAREST", 20))
_PR_SET_CHILD_SUBREAPER = 36


class Meter:
    """Measures each phase of a test (setup, call, teardown) in the process that runs it, and prints the sums."""

    def __init__(self) -> None:
        self._before = _spent()
        self._by_test = Counter[str]()

    def pytest_runtest_logstart(self) -> None:
        """Begin to measure: what was before belongs to no test."""
        self._before = _spent()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the seconds since the phase before, in the report, which also passes from a worker of xdist."""
        report = yield
        now = _spent()
        report.processor_s = now - self._before  # type: ignore[attr-defined]
        self._before = now
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect the seconds of a phase."""
        self._by_test[report.nodeid] += report.processor_s

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the dearest tests, then all files."""
        by_file, count = Counter[str](), Counter[str]()
        for test, seconds in self._by_test.items():
            by_file[test.partition("::")[0]] += seconds
            count[test.partition("::")[0]] += 1
        lines = [f"{seconds:7.2f} s  {test}" for test, seconds in self._by_test.most_common(_DEAREST)]
        lines.append("")
        lines += [f"{seconds:7.2f} s {count[file]:5} tests  {file}" for file, seconds in by_file.most_common()]
        lines.append(f"{self._by_test.total():7.2f} s {count.total():5} tests in {len(by_file)} files")
        for line in lines:
            terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    """Measure in this process: that of the tests, a worker of xdist, or the one that prints."""
    config.pluginmanager.register(Meter())


def _spent() -> float:
    """Seconds of the processor that this process and those it waited for have used."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main() -> int:
    """Run pytest with this plugin and the arguments, and print the processor time of all its processes."""
    # The PostgreSQL server leaves its parent. Its time is known only to who reaps it.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    code = subprocess.run([sys.executable, "-m", "pytest", "-p", "tests.cost", *sys.argv[1:]]).returncode
    with suppress(ChildProcessError):
        while True:
            os.wait()
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(f"{spent.ru_utime + spent.ru_stime:7.2f} s in all\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
