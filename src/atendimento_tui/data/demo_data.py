"""What the furnished desk is made of, read from `demo.toml` beside this file."""

import tomllib
from enum import StrEnum
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.domain.words import Severity


class Fate(StrEnum):
    """How a ticket of the demonstration stands when somebody first looks."""

    RECENT = "recent"
    """Came in just now, whatever the hour; nobody has seen it."""
    ON_TIME = "on_time"
    WARNING = "warning"
    OVERDUE = "overdue"
    PAUSED = "paused"
    VALIDATION = "validation"
    DONE = "done"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoUnit(_Data):
    """The answers to the first-run questions."""

    name: str
    city: str
    uf: str
    ans_registration: str
    hours: CalendarSpec


class DemoPerson(_Data):
    """Somebody who works at the desk."""

    name: str
    role: Literal["supervisor", "atendente"]
    groups: tuple[str, ...]


class DemoWorld(_Data):
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


class DemoBeneficiary(_Data):
    """Somebody whom the plan covers, as people write it down."""

    name: str
    cpf: str
    card: str
    phone: str = ""
    born_on: str = ""
    plan: str


class DemoStep(_Data):
    """A step and the group that answers for it."""

    label: str
    group: str


class DemoService(_Data):
    """A service with what comes in under it.

    Attributes:
        hours: Severity -> target in working hours; empty for a term in days or none.
        days: Target in business days; None for a term in hours or none.
        severities: Drawn from, so that one that stands twice comes twice as often.
        mix: How many tickets have which fate.
        reasons: Why tickets wait.
    """

    name: str
    world: str
    hours: dict[Severity, int] = {}
    days: int | None = None
    severities: tuple[Severity, ...]
    mix: dict[Fate, int]
    steps: tuple[DemoStep, ...]
    reasons: tuple[str, ...]
    solutions: tuple[str, ...]
    subjects: tuple[str, ...]


class DemoAct(_Data):
    """An act of a featured ticket, so many working hours after its opening."""

    after_h: float
    do: Literal["claim", "comment", "pause", "resume"]
    by: str
    text: str = ""


class DemoFeatured(_Data):
    """A ticket that is told act by act, opened `age_h` working hours ago."""

    service: str
    severity: Severity
    step: str
    requester: str
    subject: str
    age_h: float
    acts: tuple[DemoAct, ...] = ()


class DemoData(_Data):
    """All of it."""

    unit: DemoUnit
    people: tuple[DemoPerson, ...]
    worlds: dict[str, DemoWorld]
    beneficiaries: tuple[DemoBeneficiary, ...]
    services: tuple[DemoService, ...]
    featured: tuple[DemoFeatured, ...]

    def members(self) -> dict[str, list[str]]:
        """Group -> names of those who work in it."""
        groups: dict[str, list[str]] = {}
        for person in self.people:
            for group in person.groups:
                groups.setdefault(group, []).append(person.name)
        return groups


def read_demo_data() -> DemoData:
    """The furnishings, checked."""
    text = files("atendimento_tui.data").joinpath("demo.toml").read_text(encoding="utf-8")
    return DemoData.model_validate(tomllib.loads(text))
