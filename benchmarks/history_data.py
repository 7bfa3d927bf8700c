"""The data of the benchmarks' desks, read from `history.toml` in this folder."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from atendimento_tui.demo.data import Data, Staffed
from atendimento_tui.domain.words import Severity


class HistoryWorld(Data):
    """One of the two businesses of the desk.

    Attributes:
        intake: The group that opens tickets.
        requesters: Who asks.
        comments: What people write under way.
    """

    intake: str
    validation_step: str
    done_step: str
    requesters: tuple[str, ...]
    comments: tuple[str, ...]


class HistoryStep(Data):
    """A step and its group."""

    label: str
    group: str


class HistoryService(Data):
    """A service and its requests.

    Attributes:
        hours: Severity -> target in working hours; empty for a term in days or none.
        days: Target in business days; None for a term in hours or none.
        severities: Drawn from, so that one that stands twice comes twice as often.
        reasons: Why tickets wait.
    """

    name: str
    world: str
    hours: Mapping[Severity, int] = {}
    days: int | None = None
    severities: tuple[Severity, ...]
    steps: tuple[HistoryStep, ...]
    reasons: tuple[str, ...]
    solutions: tuple[str, ...]
    subjects: tuple[str, ...]


class HistoryData(Staffed):
    """The content of `history.toml`."""

    worlds: dict[str, HistoryWorld]
    services: tuple[HistoryService, ...]


def read_history_data() -> HistoryData:
    """Read and validate `history.toml`."""
    text = Path(__file__).with_name("history.toml").read_text(encoding="utf-8")
    return HistoryData.model_validate(tomllib.loads(text))
