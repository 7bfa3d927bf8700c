"""Demonstrations, each created once for all workers of a test run."""

from datetime import datetime
from pathlib import Path

import pytest

from atendimento_tui.demo.create import create_demo
from tests.once import made_once


def demonstration(factory: pytest.TempPathFactory, now: datetime) -> Path:
    """A copy of the demonstration of the four weeks before `now`, as a SQLite file."""
    return made_once(factory, f"demonstracao-{now:%Y%m%dT%H%M%z}.db", lambda path: create_demo(path, now).close())
