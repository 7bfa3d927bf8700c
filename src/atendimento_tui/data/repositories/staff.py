"""Writes the people and groups of the desk. Each change of one raises its version."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete
from sqlmodel import col

from atendimento_tui.contracts.people import AbsenceRow
from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one, rows_of, update_one
from atendimento_tui.data.queries.staff import absence_row
from atendimento_tui.domain.people import Period


def insert_person(connection: Connection, *, name: str, login: str, role: str, hours: str) -> int:
    """Insert a person who may act.

    Returns:
        The person's id.
    """
    return insert_one(
        connection,
        tables.Person,
        name=name,
        login=login,
        role=role,
        hours=hours,
        active=True,
        origin_system="",
        version=1,
    )


def update_person(connection: Connection, person: int, version: int, **values: object) -> None:
    """Change columns of a person.

    Args:
        version: The version before the change.
    """
    update_one(connection, tables.Person, person, {"version": version + 1, **values})


def insert_new_group(connection: Connection, name: str) -> int:
    """Insert a group without members.

    Returns:
        The group's id.
    """
    return insert_one(connection, tables.Group, name=name, active=True, version=1)


def update_group(connection: Connection, group: int, version: int, **values: object) -> None:
    """Change columns of a group; as `update_person`."""
    update_one(connection, tables.Group, group, {"version": version + 1, **values})


def keep_former_name(connection: Connection, group: int, name: str) -> None:
    """Keep the name of a group that gets another one."""
    if not rows_of(connection, tables.FormerGroupName, order_by="name", name=name):
        insert_many(connection, tables.FormerGroupName, [{"name": name, "group_id": group}])


def drop_former_name(connection: Connection, name: str) -> None:
    """Delete a former name, because it is the group's name again."""
    former = tables.FormerGroupName
    connection.execute(delete(former).where(col(former.name) == name))


def add_memberships(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Make people members of groups.

    Args:
        pairs: Id of the group, id of the person.
    """
    rows = [{"group_id": group, "person_id": person} for group, person in pairs]
    insert_many(connection, tables.Membership, rows)


def remove_memberships(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """End memberships; as `add_memberships`."""
    member = tables.Membership
    for group, person in pairs:
        connection.execute(delete(member).where(col(member.group_id) == group, col(member.person_id) == person))


def absences_of(connection: Connection, person: int) -> list[AbsenceRow]:
    """All absences of a person, also past ones."""
    return [absence_row(row) for row in rows_of(connection, tables.Absence, order_by="first_day", person_id=person)]


def insert_absence(connection: Connection, person: int, period: Period, reason: str) -> int:
    """Insert an absence.

    Returns:
        Its id.
    """
    days = {"first_day": period.first.isoformat(), "last_day": period.last.isoformat()}
    return insert_one(connection, tables.Absence, person_id=person, reason=reason, **days)


def delete_absence(connection: Connection, absence: int) -> None:
    """Delete an absence. The event of the person keeps it."""
    connection.execute(delete(tables.Absence).where(col(tables.Absence.id) == absence))
