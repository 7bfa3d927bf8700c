"""A furnished desk for each test, and windows on it."""

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from types import ModuleType

import pytest

from atendimento_tui.config import Settings
from tests.driver import Window
from tests.small_desk import ANA, Clock, SmallDesk, furnish

gc.freeze()  # as the program does when it starts: what is imported stays, and need not be looked at again

WIDE, USUAL, NARROW = (120, 24), (80, 24), (60, 20)
"""Sizes: list and ticket side by side; the list alone; the least at which everything is there."""

OpenWindow = Callable[..., Window]

HOLDS_FOR_S = 30.0
"""When a service that is held back goes on though nobody let it: the test has failed long before."""


class HeldBack:
    """A service that waits until it is let go on, as on a slow database.

    Meanwhile a window is never at rest: press with `press_at_once`, and wait with `until` or `shows`.

    Args:
        real: The service.
    """

    def __init__(self, real: Callable[..., object]) -> None:
        self._real = real
        self._may_go_on = Event()
        self.calls = 0
        """How often it was called."""

    def __call__(self, *values: object, **named: object) -> object:
        self.calls += 1
        self._may_go_on.wait(HOLDS_FOR_S)
        return self._real(*values, **named)

    def let_go(self) -> None:
        """Let every call go on, those that wait and later ones."""
        self._may_go_on.set()


HoldBack = Callable[[ModuleType, str], HeldBack]


@pytest.fixture
def hold_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[HoldBack]:
    """Hold a service back: `held = hold_back(view, "receivers")`."""
    held: list[HeldBack] = []

    def hold(module: ModuleType, name: str) -> HeldBack:
        held.append(HeldBack(getattr(module, name)))
        monkeypatch.setattr(module, name, held[-1])
        return held[-1]

    yield hold
    for each in held:
        each.let_go()


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders of a test are its own."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A desk's file to copy, and its tickets by name."""
    path = tmp_path_factory.mktemp("desk") / "furnished.db"
    desk = SmallDesk.make(path, Clock())
    tickets = furnish(desk)
    desk.close()
    return path, tickets


@pytest.fixture
def tickets(furnished: tuple[Path, dict[str, str]]) -> dict[str, str]:
    """Name -> protocol number."""
    return furnished[1]


@pytest.fixture
def others(furnished: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[SmallDesk]:
    """The test's own copy of the desk, and the colleagues at its other windows."""
    path = tmp_path / "desk.db"
    shutil.copyfile(furnished[0], path)
    desk = SmallDesk.at(path, Clock())
    yield desk
    desk.close()


@pytest.fixture
def open_window(others: SmallDesk) -> Iterator[OpenWindow]:
    """Open a window on the test's desk: `open_window(size=(80, 24))`."""
    with ExitStack() as windows:

        def opened(
            database: Path | str | None = None,
            *,
            actor: str | None = ANA,
            size: tuple[int, int] = WIDE,
            settings: Settings | None = None,
        ) -> Window:
            window = Window(database or others.path, others.clock, actor=actor, size=size, settings=settings)
            return windows.enter_context(window)

        yield opened


@pytest.fixture
def desk(open_window: OpenWindow) -> Window:
    """Ana's window."""
    return open_window().queue()
