"""Absences of people: holidays, leave, courses. Each function is one transaction."""

from collections.abc import Mapping
from datetime import date, datetime

from atendimento_tui.contracts.people import PersonRow
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries import staff as queries
from atendimento_tui.data.repositories import staff as rows
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.people import Period, checked_absence
from atendimento_tui.domain.refusals import Refused, Wrong
from atendimento_tui.domain.text import written
from atendimento_tui.domain.trail import person_stream
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.staff import changing, day_of, person_of, typed_day


@needs(Permission.PEOPLE)
def add_absence(desk: Desk, person: int, typed: Mapping[str, str], now: datetime) -> PersonRow:
    """Note that a person is not at work from the first to the last day.

    Args:
        typed: `first` and `last`, as people write days (a missing last day is the first), and `reason`.

    Raises:
        Refused: The days are impossible, or overlap another absence; there is no reason.
    """
    period, reason = _absence(typed)
    with changing(desk, now) as change:
        row = person_of(change.known, person)
        others = rows.absences_of(change.connection, person)
        if any((other.period, other.reason) == (period, reason) for other in others):
            return row
        checked_absence(period, [other.period for other in others], row.name)
        rows.insert_absence(change.connection, person, period, reason)
        rows.update_person(change.connection, person, row.version)
        added = {name: (None, to) for name, to in _absence_texts(period, reason).items()}
        change.record(person_stream(person), "ausencia", added)
        return change.person_after(person)


@needs(Permission.PEOPLE)
def remove_absence(desk: Desk, person: int, absence: int, now: datetime) -> PersonRow:
    """Remove an absence, because the person is at work after all. One that is gone already is no error."""
    with changing(desk, now) as change:
        row = person_of(change.known, person)
        for each in rows.absences_of(change.connection, person):
            if each.id == absence:
                rows.delete_absence(change.connection, absence)
                rows.update_person(change.connection, person, row.version)
                gone = {name: (was, None) for name, was in _absence_texts(each.period, each.reason).items()}
                change.record(person_stream(person), "ausencia_retirada", gone)
        return change.person_after(person)


@needs(Permission.PEOPLE)
def remove_absence_on(desk: Desk, person: int, typed: str, now: datetime) -> PersonRow:
    """Remove the absence that begins on a day, as people write days.

    Raises:
        Refused: The person has no such absence.
    """
    first = typed_day(typed)
    with reading(desk.engine) as connection:
        row = person_of(queries.staff(connection, day_of(desk.zone, now)), person)
        found = [each.id for each in rows.absences_of(connection, person) if each.period.first == first]
    if not found:
        raise Refused("ausencia_desconhecida", name=row.name, first=first)
    return remove_absence(desk, person, found[0], now)


def _absence(typed: Mapping[str, str]) -> tuple[Period, str]:
    """The checked days and reason; all errors together."""
    wrong, days, reason = Wrong(), list[date](), ""
    for name in ("first", "last"):
        if name == "first" or typed.get(name, "").strip():
            with wrong.at(name):
                days.append(typed_day(typed.get(name, "")))
    with wrong.at("reason"):
        reason = written(typed.get("reason", "")).strip()
        if not reason:
            raise Refused("ausencia_sem_motivo")
    wrong.refuse()
    return Period(days[0], days[-1]), reason


def _absence_texts(period: Period, reason: str) -> dict[str, str]:
    return {"first_day": period.first.isoformat(), "last_day": period.last.isoformat(), "reason": reason}
