"""The data of the demonstration desk, read from `demo.toml` in this folder."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from importlib.resources import files
from typing import Literal

from dateutil.relativedelta import relativedelta
from pydantic import BaseModel, ConfigDict

from atendimento_tui.calendar.named import CalendarSpec
from atendimento_tui.domain.words import Severity


class DemoState(StrEnum):
    """The state of a ticket of the demonstration when the demonstration is created."""

    RECENT = "recent"
    """Opened within the last hour, also outside of working hours; nobody has acted on it."""
    ON_TIME = "on_time"
    WARNING = "warning"
    OVERDUE = "overdue"
    PAUSED = "paused"
    """Waits for a third party: paused by a person, or in a waiting step of its process."""
    VALIDATION = "validation"
    DONE = "done"


class Data(BaseModel):
    """A part of the file. An unknown word is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoUnit(Data):
    """The data of the unit, as asked at the first run."""

    name: str
    city: str
    uf: str
    ans_registration: str
    hours: CalendarSpec


class DemoPerson(Data):
    """A person who works at the desk."""

    name: str
    role: Literal["supervisor", "atendente"]
    groups: tuple[str, ...]


class Staffed(Data):
    """A unit with its people."""

    unit: DemoUnit
    people: tuple[DemoPerson, ...]

    def members(self) -> dict[str, list[str]]:
        """Group -> names of its members."""
        groups: dict[str, list[str]] = {}
        for person in self.people:
            for group in person.groups:
                groups.setdefault(group, []).append(person.name)
        return groups


class DemoArea(Data):
    """One of the two areas of the desk, by the word of `area` in its processes.

    Attributes:
        requesters: Requesters who are not beneficiaries.
        comments: Texts of comments.
    """

    requesters: tuple[str, ...] = ()
    comments: tuple[str, ...]


class DemoBeneficiary(Data):
    """A beneficiary, in the form in which people type it."""

    name: str
    cpf: str
    card: str
    phone: str = ""
    born_on: str = ""
    plan: str


class DemoSite(Data):
    """A place where professionals see beneficiaries."""

    name: str
    address: str
    city: str
    state: str
    calendar: str = "legal"


class DemoHours(Data):
    """When a professional is at a site."""

    site: str
    hours: str
    slot: int
    capacity: int = 1


class DemoProvider(Data):
    """A professional, with specialties of the list that comes with the program."""

    name: str
    registration: str
    specialties: str
    hours: tuple[DemoHours, ...]


class DemoDependent(DemoBeneficiary):
    """A dependent of a beneficiary.

    Attributes:
        holder: The holder's card.
        turns: The age that the dependent reaches, if the day of birth depends on the day of the demonstration.
        in_days: Days until then.
    """

    cpf: str = ""
    holder: str
    relation: str
    turns: int = 0
    in_days: int = 0

    def as_typed(self, today: date) -> dict[str, str]:
        """The record in the form in which people type it.

        Args:
            today: The day of the demonstration.
        """
        typed = self.model_dump(exclude={"turns", "in_days"})
        if self.turns:
            born = today + timedelta(days=self.in_days) - relativedelta(years=self.turns)
            typed["born_on"] = f"{born:%d/%m/%Y}"
        return typed


class DemoWait(Data):
    """What the open tickets of a service wait for, on the waiting list of the agenda."""

    specialty: str
    city: str = ""


class DemoService(Data):
    """The tickets of a service of the catalogue.

    Attributes:
        key: Key of its process.
        severities: One is chosen at random; one that is listed twice is twice as likely.
        mix: State -> number of tickets.
        given: Fixed answers to choices of the intake.
        steps: Keys of the open steps in which its tickets are.
        answers: Field -> possible answers: one that the subject contains, else a random one. `{assunto}` is replaced by
            the subject.
        words: Action -> possible texts of the action.
        reasons: Reasons of pauses.
        waits: Puts its open tickets on the waiting list.
    """

    key: str
    severities: tuple[Severity, ...]
    mix: dict[DemoState, int]
    given: Mapping[str, str] = {}
    steps: tuple[str, ...]
    answers: Mapping[str, tuple[str, ...]] = {}
    words: Mapping[str, tuple[str, ...]] = {}
    reasons: tuple[str, ...]
    subjects: tuple[str, ...]
    waits: DemoWait | None = None


class DemoAct(Data):
    """An act of a featured ticket, `after_h` working hours after its opening.

    Attributes:
        action: For `act`: the key of the action in the process.
        answers: For `act`: the answers to its fields.
    """

    after_h: float
    do: Literal["claim", "comment", "pause", "resume", "act"]
    by: str
    text: str = ""
    action: str = ""
    answers: Mapping[str, str] = {}


class DemoFeatured(Data):
    """A ticket with its acts, opened `age_h` working hours ago."""

    service: str
    severity: Severity
    requester: str
    subject: str
    age_h: float
    acts: tuple[DemoAct, ...] = ()


class DemoData(Staffed):
    """The whole file."""

    areas: dict[str, DemoArea]
    beneficiaries: tuple[DemoBeneficiary, ...]
    dependents: tuple[DemoDependent, ...]
    services: tuple[DemoService, ...]
    featured: tuple[DemoFeatured, ...]
    sites: tuple[DemoSite, ...]
    providers: tuple[DemoProvider, ...]


def read_demo_data() -> DemoData:
    """Read and check the file."""
    text = files("atendimento_tui.demo").joinpath("demo.toml").read_text(encoding="utf-8")
    return DemoData.model_validate(tomllib.loads(text))
