"""What the furnished desk is made of, read from `demo.toml` beside this file."""

import tomllib
from collections.abc import Mapping
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
    """Waits for somebody outside: paused by a person, or in a step of its process that waits."""
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


class DemoArea(_Data):
    """One of the two businesses of the desk, by the word of `area` in its processes.

    Attributes:
        requesters: Who asks, where it is not a beneficiary.
        comments: What people write under way.
    """

    requesters: tuple[str, ...] = ()
    comments: tuple[str, ...]


class DemoBeneficiary(_Data):
    """Somebody whom the plan covers, as people write it down."""

    name: str
    cpf: str
    card: str
    phone: str = ""
    born_on: str = ""
    plan: str


class DemoService(_Data):
    """What comes in under a service of the catalogue.

    Attributes:
        key: Key of its process.
        severities: Drawn from, so that one that stands twice comes twice as often.
        mix: How many tickets have which fate.
        given: Answers to choices of the intake that are always these.
        steps: Keys of the open steps in which its tickets stand.
        answers: Field -> what is answered: one that the subject names, else one that is drawn. `{assunto}` stands for
            the subject.
        words: Action -> what whoever does it writes.
        reasons: Why tickets are paused.
    """

    key: str
    severities: tuple[Severity, ...]
    mix: dict[Fate, int]
    given: Mapping[str, str] = {}
    steps: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]] = {}
    words: Mapping[str, tuple[str, ...]] = {}
    reasons: tuple[str, ...]
    subjects: tuple[str, ...]


class DemoAct(_Data):
    """An act of a featured ticket, so many working hours after its opening.

    Attributes:
        action: Of `act`: the key of the process's action.
        answers: Of `act`: what it asks.
    """

    after_h: float
    do: Literal["claim", "comment", "pause", "resume", "act"]
    by: str
    text: str = ""
    action: str = ""
    answers: Mapping[str, str] = {}


class DemoFeatured(_Data):
    """A ticket that is told act by act, opened `age_h` working hours ago."""

    service: str
    severity: Severity
    requester: str
    subject: str
    age_h: float
    acts: tuple[DemoAct, ...] = ()


class DemoData(_Data):
    """All of it."""

    unit: DemoUnit
    people: tuple[DemoPerson, ...]
    areas: dict[str, DemoArea]
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
    text = files("atendimento_tui.demo").joinpath("demo.toml").read_text(encoding="utf-8")
    return DemoData.model_validate(tomllib.loads(text))
