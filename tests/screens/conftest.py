"""Fixtures: a desk with tickets for each test, and windows on it."""

import gc
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from threading import Event
from types import ModuleType

import pytest

from atendimento_tui.config import Settings
from tests.driver import Window
from tests.full import IN_FULL
from tests.quick_textual import quick_textual
from tests.small_desk import ANA, Clock, SmallDesk, open_tickets

WIDE, USUAL, NARROW = (120, 24), (80, 24), (60, 20)
"""Sizes: list and panel; the list alone; the smallest with all parts."""

OpenWindow = Callable[..., Window]

BLOCKED_AT_MOST_S = 30.0
"""Seconds after which a blocked service continues in any case; the test has failed by then."""


class BlockedService:
    """A service that blocks until it is released, as on a slow database.

    Meanwhile the window is not idle: press keys with `press_at_once`, and wait with `until` or `shows`.

    Args:
        real: The service.
    """

    def __init__(self, real: Callable[..., object]) -> None:
        self._real = real
        self._may_go_on = Event()
        self.calls = 0
        """The number of calls."""

    def __call__(self, *values: object, **named: object) -> object:
        self.calls += 1
        self._may_go_on.wait(BLOCKED_AT_MOST_S)
        return self._real(*values, **named)

    def release(self) -> None:
        """Let all waiting and later calls continue."""
        self._may_go_on.set()


BlockService = Callable[[ModuleType, str], BlockedService]


@pytest.fixture
def block_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[BlockService]:
    """Block a service: `blocked = block_service(view, "receivers")`."""
    held: list[BlockedService] = []

    def hold(module: ModuleType, name: str) -> BlockedService:
        held.append(BlockedService(getattr(module, name)))
        monkeypatch.setattr(module, name, held[-1])
        return held[-1]

    yield hold
    for each in held:
        each.release()


@pytest.fixture(scope="session", autouse=True)
def quickly() -> Iterator[None]:
    """Textual with quick inner functions; in full, Textual as it is."""
    with nullcontext() if IN_FULL else quick_textual():
        yield


@pytest.fixture
def few_objects() -> None:
    """Let the collector, and a test that counts objects, skip those that there are already."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own user folders."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def desk_with_tickets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The file of a desk with tickets, to be copied, and its tickets by name."""
    path = tmp_path_factory.mktemp("desk") / "tickets.db"
    desk = SmallDesk.make(path, Clock())
    tickets = open_tickets(desk)
    desk.close()
    return path, tickets


@pytest.fixture
def tickets(desk_with_tickets: tuple[Path, dict[str, str]]) -> dict[str, str]:
    """Name of a ticket -> its protocol number."""
    return desk_with_tickets[1]


@pytest.fixture
def clock() -> Clock:
    """The clock of the test's windows and of the acts of colleagues."""
    return Clock()


@pytest.fixture
def desk_file(desk_with_tickets: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """The test's copy of the desk."""
    return Path(shutil.copyfile(desk_with_tickets[0], tmp_path / "desk.db"))


@pytest.fixture
def others(desk_file: Path, clock: Clock) -> Iterator[SmallDesk]:
    """The acts of colleagues on the test's desk."""
    desk = SmallDesk.at(desk_file, clock)
    yield desk
    desk.close()


@pytest.fixture
def open_window(desk_file: Path, clock: Clock) -> Iterator[OpenWindow]:
    """Open a window on the test's desk: `open_window(size=(80, 24))`."""
    with ExitStack() as windows:

        def opened(
            database: Path | str | None = None,
            *,
            actor: str | None = ANA,
            size: tuple[int, int] = WIDE,
            settings: Settings | None = None,
        ) -> Window:
            window = Window(database or desk_file, clock, actor=actor, size=size, settings=settings)
            return windows.enter_context(window)

        yield opened
    gc.collect(0)  # closed windows, before what lives longer is among them


def become(window: Window, name: str) -> Window:
    """Let the person of this name act at the window. No field has the focus."""
    return window.press("geral.pessoa").dialog("ChooseDialog").type(name).press_key("enter").no_dialog()


def no_harm(window: Window) -> None:
    """Check that the screen has no control or invisible characters, and that all lines have the same width."""
    size, strips = window.app.size, window.strips()
    assert len(strips) == size.height
    for strip in strips:
        assert not {c for c in strip.text if unicodedata.category(c) in ("Cc", "Cs", "Cf", "Zl", "Zp")}
        assert strip.cell_length == size.width


@pytest.fixture
def desk(open_window: OpenWindow) -> Window:
    """A window of Ana that shows the queue."""
    return open_window().queue()
