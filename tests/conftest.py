"""What all tests share: how hard hypothesis tries, and a desk to live in."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, settings

from atendimento_tui.services.desk import Desk
from tests.living import Living, audited, copy_of, found_desk

MakeDesk: TypeAlias = Callable[[], AbstractContextManager[Desk]]

# No deadline: machines are shared, and a slow case is not a wrong one.
_common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _common, max_examples=40, derandomize=True, database=None)
settings.register_profile("long", _common, max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded desk's file, to be copied."""
    path = tmp_path_factory.mktemp("founded") / "desk.db"
    found_desk(path)
    return path


@pytest.fixture
def desk(founded: Path, tmp_path: Path) -> Iterator[Desk]:
    """The test's own desk. At the end its tables must say what its history says."""
    with audited(copy_of(founded, tmp_path)) as opened:
        yield opened


@pytest.fixture
def living(desk: Desk) -> Living:
    """Acts on the test's desk."""
    return Living(desk)


@pytest.fixture(scope="session")
def make_desk(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> MakeDesk:
    """A new desk each time it is asked for, for the examples of hypothesis: `with make_desk() as desk`."""

    def made() -> AbstractContextManager[Desk]:
        return audited(copy_of(founded, tmp_path_factory.mktemp("example")), lightly=True)

    return made
