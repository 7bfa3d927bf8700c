"""The people and groups of the desk as they are kept: those who have left too, with what they hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select, true
from sqlmodel import col

from atendimento_tui.contracts.people import AbsenceRow, GroupRow, Held, PersonRow, Staff
from atendimento_tui.data import tables
from atendimento_tui.data.engine import row_of
from atendimento_tui.data.visible import without_secrets
from atendimento_tui.domain.people import Period, absent_until
from atendimento_tui.domain.text import folded

_T, _P, _G = tables.Ticket, tables.Person, tables.Group


def staff(connection: Connection, today: date) -> Staff:
    """All people and groups of the desk.

    Args:
        today: The local day, for absences.
    """
    people = connection.execute(select(_P).where(col(_P.origin_system) == "")).all()
    groups = connection.execute(select(_G)).all()
    names = {row.id: row.name for row in people}
    titles = {row.id: row.name for row in groups}
    active = {row.id for row in people if row.active}
    of_person, of_group = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for row in connection.execute(select(tables.Membership)):
        of_person[row.person_id].append(titles[row.group_id])
        if row.person_id in active:
            of_group[row.group_id].append(names[row.person_id])
    absences = absences_since(connection, today)
    owned, kept = _held_by(connection, _T.owner_id), _held_by(connection, _T.group_id)
    return Staff(
        tuple(
            PersonRow(
                row.id,
                row.name,
                row.login or "",
                row.role,
                row.active,
                tuple(sorted(of_person[row.id], key=folded)),
                row.hours,
                row.version,
                absences.get(row.id, ()),
                absent_until([each.period for each in absences.get(row.id, ())], today),
                owned.get(row.id, 0),
                email=row.email,
            )
            for row in sorted(people, key=lambda row: (not row.active, folded(row.name), row.id))
        ),
        tuple(
            GroupRow(
                row.id,
                row.name,
                row.active,
                tuple(sorted(of_group[row.id], key=folded)),
                row.version,
                kept.get(row.id, 0),
                row.email,
            )
            for row in sorted(groups, key=lambda row: (not row.active, folded(row.name)))
        ),
    )


def hours_of(connection: Connection) -> dict[int, str]:
    """Id of each person of the desk -> the weekly hours of work, as they were written."""
    found = select(col(_P.id), col(_P.hours)).where(col(_P.origin_system) == "")
    return {row.id: row.hours for row in connection.execute(found)}


def absences_since(connection: Connection, day: date) -> Mapping[int, tuple[AbsenceRow, ...]]:
    """Person -> the absences that end on this day or later, by their first day."""
    absence = tables.Absence
    since = select(absence).where(col(absence.last_day) >= day.isoformat()).order_by(col(absence.first_day))
    found: dict[int, tuple[AbsenceRow, ...]] = {}
    for row in connection.execute(since):
        found[row.person_id] = (*found.get(row.person_id, ()), absence_row(row))
    return found


def absence_row(row: Any) -> AbsenceRow:
    """A row of the table of absences."""
    period = Period(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day))
    return AbsenceRow(row.id, period, row.reason)


def held(
    connection: Connection, *, person: int | None = None, group: int | None = None, after: int = 0, limit: int
) -> list[Held]:
    """Open tickets of a person or a group, by id.

    Args:
        after: Only tickets with a higher id.
    """
    mine = col(_T.owner_id) == person if person is not None else col(_T.group_id) == group
    wanted: Any = (
        select(col(_T.id), col(_T.protocol), col(_T.subject), col(_G.name).label("group_name"))
        .outerjoin(_G, col(_G.id) == col(_T.group_id))
        .where(mine, col(_T.is_open) == true(), col(_T.id) > after)
        .order_by(col(_T.id))
        .limit(limit)
    )
    return [
        Held(row.id, row.protocol, row.subject, row.group_name)
        for row in connection.execute(without_secrets(connection, wanted))
    ]


def versions_in_use(connection: Connection) -> Sequence[int]:
    """Ids of the versions of services that are offered or have open tickets."""
    process = tables.Process
    running = select(col(_T.process_id)).where(col(_T.is_open) == true())
    wanted = select(col(process.id)).where((col(process.is_offered) == true()) | col(process.id).in_(running))
    return [number for number in connection.scalars(wanted) if number is not None]


def version_if_left(connection: Connection, group: int) -> int | None:
    """The version of a group that is deactivated; None for another one."""
    row = row_of(connection, tables.Group, id=group, active=False)
    return int(row.version) if row else None


def former_names(connection: Connection) -> dict[str, int]:
    """Former name of a group -> the group's id."""
    former = tables.FormerGroupName
    return {row.name: row.group_id for row in connection.execute(select(former))}


def _held_by(connection: Connection, column: Any) -> dict[int, int]:
    counted: Any = select(column, func.count()).where(col(_T.is_open) == true(), col(column).is_not(None))
    return dict(connection.execute(without_secrets(connection, counted).group_by(column)).all())
