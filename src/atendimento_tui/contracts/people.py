"""The people of the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from atendimento_tui.domain.access import Actor

if TYPE_CHECKING:
    from atendimento_tui.contracts.trail import StreamEvent
    from atendimento_tui.domain.people import Period, Shift
    from atendimento_tui.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the desk who may act.

    Attributes:
        groups: Ids of the person's groups.
    """

    id: int
    name: str
    role: str
    groups: tuple[int, ...] = ()

    @property
    def actor(self) -> Actor:
        """The person as the actor of a desk (`Desk.acting_as`)."""
        return Actor(self.id, self.role, frozenset(self.groups))


@dataclass(frozen=True, slots=True)
class Receiver:
    """A group or a person that a ticket may be handed over to.

    Attributes:
        aside: Text behind the name: a person's groups.
        absent_until: The last day of a person's absence, if they are absent today.
        shift: Of a person: whether it is in their working hours, now.
    """

    name: str
    aside: str = ""
    group: int | None = None
    owner: int | None = None
    absent_until: date | None = None
    shift: "Shift | None" = None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence of a person."""

    id: int
    period: "Period"
    reason: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the desk, also one who has left.

    Attributes:
        groups: Names of the groups, sorted.
        hours: The weekly hours of work, as they were written; empty for those of the desk.
        absences: The present and future ones, by their first day.
        absent_until: The last day of the present absence, if any.
        held: Number of open tickets that the person owns.
        is_on_duty: Whether the person has a window open.
        shift: Whether it is in their working hours, now.
    """

    id: int
    name: str
    login: str
    role: str
    is_active: bool
    groups: tuple[str, ...]
    hours: str
    version: int
    absences: tuple[AbsenceRow, ...] = ()
    absent_until: date | None = None
    held: int = 0
    is_on_duty: bool = False
    shift: "Shift | None" = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group, also one that is not used any more.

    Attributes:
        members: Names of the people in it who have not left, sorted.
        held: Number of open tickets that it holds.
    """

    id: int
    name: str
    is_active: bool
    members: tuple[str, ...]
    version: int
    held: int = 0
    email: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """All people and groups of the desk, each sorted by name; those who have left come last."""

    people: tuple[PersonRow, ...]
    groups: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An open ticket that a person owns or a group holds.

    Attributes:
        why: Why it could not be handed over.
    """

    ticket: int
    protocol: str
    subject: str
    group: str | None
    why: "Refusal | None" = None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with what they hold and what happened to their account.

    Attributes:
        held: The first of the open tickets that they own.
        events: Newest first.
        names: Id -> name of the people who acted.
    """

    row: PersonRow
    held: tuple[Held, ...]
    events: tuple["StreamEvent", ...]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with what it holds and what happened to it; as `PersonView`.

    Attributes:
        services: Names of the services that name it.
    """

    row: GroupRow
    held: tuple[Held, ...]
    services: tuple[str, ...]
    events: tuple["StreamEvent", ...]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """The result of including a file of people.

    Attributes:
        new: Names of those who were added; of a trial or of a file with problems, who would be.
        same: Number of lines whose person was there already.
        problems: Number of a line and what is wrong with it. If there are any, nobody was added.
    """

    new: tuple[str, ...]
    same: int
    problems: tuple[tuple[int, "Refusal"], ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The result of handing over what a person or a group held.

    Attributes:
        done: Number of tickets that were handed over; of a trial, that would be.
        left: Tickets that could not be handed over.
    """

    done: int
    left: tuple[Held, ...] = ()
