"""Fixtures: a desk that is always open, and the program in a terminal."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.small_desk import ANA, Clock, SmallDesk
from tests.terminal.harness import Terminal
from tests.warm import Warm

ZOE = "Zoé"

OpenTerminal = Callable[..., Terminal]


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a desk without tickets that is always open, to be copied."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    SmallDesk.make(path, Clock(datetime.now(UTC)), always_open=True).close()
    return path


@pytest.fixture(scope="session")
def desk_of_zoe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a desk of one supervisor, to be copied."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    SmallDesk.make(path, Clock(), people={ZOE: "supervisor"}).close()
    return path


@pytest.fixture
def others(empty_desk: Path, tmp_path: Path) -> Iterator[SmallDesk]:
    """A desk without tickets, and the acts of colleagues on it. It uses the real time and is always open."""
    path = shutil.copyfile(empty_desk, tmp_path / "desk.db")
    desk = SmallDesk.at(path, Clock(datetime.now(UTC)))
    yield desk
    desk.close()


@pytest.fixture
def open_terminal(others: SmallDesk, tmp_path: Path, warm: Warm) -> Iterator[OpenTerminal]:
    """Start the program in a terminal: `open_terminal(cols=80, rows=24)`.

    It is forked from a process with all imports done; with `fresh=True` it starts as a new process.
    """
    with ExitStack() as terminals:

        def opened(
            cols: int = 120,
            rows: int = 40,
            actor: str | None = ANA,
            database: Path | None = None,
            *,
            fresh: bool = False,
        ) -> Terminal:
            command = [sys.executable, "-m", "atendimento_tui", "--banco", str(database or others.address)]
            own = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
            if actor:
                command += ["--como", actor]
            forks = None if fresh else warm
            return terminals.enter_context(Terminal(command, cols=cols, rows=rows, env=own, warm=forks))

        yield opened
