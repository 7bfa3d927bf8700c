"""The rules of the people of the desk: roles, absences, and that somebody always supervises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from atendimento_tui.domain.access import PEOPLE_ROLES, Role
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import entered, folded

if TYPE_CHECKING:
    from atendimento_tui.calendar import BusinessCalendar

_LETTERS_OF_ROLE = 5
"""Letters that tell a role: `supervisora`, `supervisão` and `supervisor` begin alike."""

LONGEST_ABSENCE_DAYS = 366 * 2
"""Maximum days of an absence; a longer one is a typing error, or the person has left."""


def role_named(typed: str) -> str:
    """A role as it is stored; `Supervisão` and `supervisora` are `supervisor`.

    Raises:
        Refused: There is no such role.
    """
    words = folded(entered(typed)).split()
    start = words[0][:_LETTERS_OF_ROLE] if words else ""
    for role in PEOPLE_ROLES:
        if len(start) == _LETTERS_OF_ROLE and role.startswith(start):
            return role
    raise Refused("papel_desconhecido", typed=typed, roles=", ".join(PEOPLE_ROLES))


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def absent_until(absences: Iterable[Period], day: date) -> date | None:
    """The last day of the absence that includes this day; None if the person is not absent.

    An absence that begins on the day after another one continues it.
    """
    until: date | None = None
    for absence in sorted(absences, key=lambda each: each.first):
        if day in absence or (until and (absence.first - until).days <= 1):
            until = max(until or absence.last, absence.last)
    return until


@dataclass(frozen=True, slots=True)
class Shift:
    """Whether an instant is in the working hours of a person.

    Attributes:
        is_on: Whether it is.
        changes_at: When they end, if it is; else when they begin again. None if that is more than a week away.
    """

    is_on: bool
    changes_at: datetime | None


def shift_at(hours: "BusinessCalendar", at: datetime) -> Shift:
    """The shift of a person with these working hours."""
    is_on = hours.is_open(at)
    week = hours.explain(at, at + timedelta(days=7))
    return Shift(is_on, next((each.start for each in week if each.counted is not is_on), None))


def checked_absence(absence: Period, others: Iterable[Period], name: str) -> Period:
    """An absence that can be added.

    Args:
        others: The person's other absences.
        name: The person's name, for the refusal.

    Raises:
        Refused: It ends before it begins, is too long, or overlaps another one.
    """
    if absence.last < absence.first:
        raise Refused("ausencia_invertida", first=absence.first, last=absence.last)
    if (absence.last - absence.first).days >= LONGEST_ABSENCE_DAYS:
        raise Refused("ausencia_longa", most=LONGEST_ABSENCE_DAYS)
    for other in others:
        if absence.overlaps(other):
            raise Refused("ausencia_repetida", name=name, first=other.first, last=other.last)
    return absence


def must_keep_a_supervisor(others: Iterable[str], name: str) -> None:
    """Refuse to let the last supervisor leave or get another role.

    Args:
        others: The roles of the other people who may act.
        name: The name of the supervisor.

    Raises:
        Refused: None of the others supervises.
    """
    if Role.SUPERVISOR not in others:
        raise Refused("ultimo_supervisor", name=name)
