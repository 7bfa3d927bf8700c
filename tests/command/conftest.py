"""The command, called as a program and within the test process."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from atendimento_tui import cli
from atendimento_tui.cli import command_parser, main
from atendimento_tui.cli.parser import Parser
from atendimento_tui.domain.words import ClockKind, Severity
from tests.living import BRUNO, NOW, SUPPORT, Living, audited, copy_of, in_days, solution
from tests.warm import Warm


class CallResult(NamedTuple):
    """The result of a call."""

    code: int
    out: str
    err: str


Call = Callable[..., CallResult]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders are the test's own, and no database is chosen."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ATENDIMENTO_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The parser of the whole command. Making it takes as long as a quick command; parsing does not change it."""
    return command_parser()


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], parser: Parser, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call the command within the test: quick."""
    monkeypatch.setattr(cli, "command_parser", lambda: parser)

    def called(*args: str | Path) -> CallResult:
        capsys.readouterr()
        try:
            code = main([str(arg) for arg in args])
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        return CallResult(code, *capsys.readouterr())

    return called


@pytest.fixture
def run(warm: Warm) -> Call:
    """Run the command in a process of its own; a warning would be its end."""

    def ran(*args: str | Path, stdin: str = "", **environ: str) -> CallResult:
        done = warm.run([*map(str, args)], stdin=stdin.encode(), env=os.environ | environ)
        return CallResult(done.code, done.out.decode("utf-8", "replace"), done.err.decode("utf-8", "replace"))

    return ran


@pytest.fixture
def run_anew() -> Call:
    """Run the command as people do, with an interpreter of its own; a warning would be its end."""

    def ran(*args: str | Path, **environ: str) -> CallResult:
        command = [sys.executable, "-W", "error", "-m", "atendimento_tui", *map(str, args)]
        done = subprocess.run(command, capture_output=True, env=os.environ | environ, check=False, timeout=120)
        return CallResult(
            done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        )

    return ran


@pytest.fixture(scope="session")
def used_desk(new_desk_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a few tickets, to be copied."""
    path = copy_of(new_desk_file, tmp_path_factory.mktemp("used_desk"))
    with audited(path) as desk:
        living = Living(desk)
        living.open(severity=Severity.LOW, subject="Dúvida", requester="José", clocks=(solution(16),))  # 1
        living.open(severity=Severity.CRITICAL, owner=BRUNO, group=SUPPORT, step="triagem", clocks=(solution(1),))  # 2
        waiting = living.open(severity=Severity.HIGH, clocks=(solution(8),))  # 3
        living.open(severity=Severity.HIGH, clocks=(in_days(ClockKind.ANS_ANSWER, 5),))  # 4
        living.open(clocks=())  # 5
        solved = living.open()  # 6
        living.wait(hours=1)
        living.pause(waiting, "aguardando o cliente")
        living.solve(solved, "Feito.")
    assert NOW.isoformat() == "2026-03-02T12:00:00+00:00"
    return path


@pytest.fixture
def banco(used_desk: Path, tmp_path: Path) -> Path:
    """The test's own copy of that desk."""
    return copy_of(used_desk, tmp_path)
