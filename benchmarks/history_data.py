"""The data of the benchmarks' desks, read from `history.toml` in this folder."""

import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.domain.words import Severity


class Fate(StrEnum):
    """The state of a ticket at the instant for which the desk is created."""

    RECENT = "recent"
    """Opened just now, without an owner."""
    ON_TIME = "on_time"
    WARNING = "warning"
    OVERDUE = "overdue"
    PAUSED = "paused"
    VALIDATION = "validation"
    DONE = "done"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HistoryUnit(_Data):
    """The answers to the first-run questions."""

    name: str
    city: str
    uf: str
    ans_registration: str
    hours: CalendarSpec


class HistoryPerson(_Data):
    """A person of the desk."""

    name: str
    role: Literal["supervisor", "atendente"]
    groups: tuple[str, ...]


class HistoryWorld(_Data):
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


class HistoryStep(_Data):
    """A step and its group."""

    label: str
    group: str


class HistoryService(_Data):
    """A service and its requests.

    Attributes:
        hours: Severity -> target in working hours; empty for a term in days or none.
        days: Target in business days; None for a term in hours or none.
        severities: Drawn from, so that one that stands twice comes twice as often.
        reasons: Why tickets wait.
    """

    name: str
    world: str
    hours: dict[Severity, int] = {}
    days: int | None = None
    severities: tuple[Severity, ...]
    steps: tuple[HistoryStep, ...]
    reasons: tuple[str, ...]
    solutions: tuple[str, ...]
    subjects: tuple[str, ...]


class HistoryData(_Data):
    """The content of `history.toml`."""

    unit: HistoryUnit
    people: tuple[HistoryPerson, ...]
    worlds: dict[str, HistoryWorld]
    services: tuple[HistoryService, ...]

    def members(self) -> dict[str, list[str]]:
        """Group -> names of its members."""
        groups: dict[str, list[str]] = {}
        for person in self.people:
            for group in person.groups:
                groups.setdefault(group, []).append(person.name)
        return groups


def read_history_data() -> HistoryData:
    """Read and validate `history.toml`."""
    text = Path(__file__).with_name("history.toml").read_text(encoding="utf-8")
    return HistoryData.model_validate(tomllib.loads(text))
