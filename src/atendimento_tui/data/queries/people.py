"""The people of the desk and their groups."""

from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, cast, func, select

from atendimento_tui.contracts.people import Member
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, row_of, rows_of
from atendimento_tui.domain.access import Actor
from atendimento_tui.domain.text import folded


def members(connection: Connection) -> list[Member]:
    """The people of the desk who may act, sorted by name."""
    groups: dict[int, list[int]] = {}
    for row in connection.execute(select(plain(tables.Membership))):
        groups.setdefault(row.person_id, []).append(row.group_id)
    active = rows_of(connection, tables.Person, active=True)
    people = sorted(active, key=lambda row: folded(row.name))  # Íris comes before João
    return [Member(row.id, row.name, row.role, tuple(groups.get(row.id, ()))) for row in people]


def person_names(connection: Connection) -> dict[int, str]:
    """Id -> name of all people, including those who may not act any more."""
    return _names(connection, tables.Person)


def group_names(connection: Connection, *, active: bool = False) -> dict[int, str]:
    """Id -> name of all groups.

    Args:
        active: Only of those that are used.
    """
    if active:
        return {row.id: row.name for row in rows_of(connection, tables.Group, active=True)}
    return _names(connection, tables.Group)


def _names(connection: Connection, table: type[tables.Person] | type[tables.Group]) -> dict[int, str]:
    columns = plain(table).c
    return {row.id: row.name for row in connection.execute(select(columns.id, columns.name))}


def person_name(connection: Connection, person: int | None) -> str | None:
    """The name of a person; None if `person` is None or unknown."""
    row = row_of(connection, tables.Person, id=person) if person is not None else None
    return str(row.name) if row else None


def groups_of_actor() -> Select[Any]:
    """The groups of the person `:actor` as one text, in one row, to read them in a statement of the person's act."""
    member = plain(tables.Membership)
    groups = func.aggregate_strings(cast(member.c.group_id, String), ",").label("actor_groups")
    return select(groups).where(member.c.person_id == bindparam("actor"))


def actor_of(person: int | None, role: str | None, active: object, groups: str | None) -> Actor:
    """The actor of columns of a person and of `groups_of_actor`. Somebody unknown or deactivated has no role."""
    if not role or not active:
        return Actor(person, "")
    return Actor(person, role, frozenset(int(each) for each in (groups or "").split(",") if each))


def members_of(connection: Connection, group: int) -> list[int]:
    """The ids of the members of a group, also of those who may not act any more."""
    return [row.person_id for row in rows_of(connection, tables.Membership, group_id=group, order_by="person_id")]


def with_role(connection: Connection, role: str) -> list[int]:
    """The ids of the people who have the role and may act."""
    return [row.id for row in rows_of(connection, tables.Person, role=role, active=True)]


def group_named(connection: Connection, name: str) -> int | None:
    """The id of the group that has or had this name; None if there is none."""
    row = row_of(connection, tables.Group, name=name)
    if row is None:
        former = rows_of(connection, tables.FormerGroupName, order_by="name", name=name)
        return int(former[0].group_id) if former else None
    return int(row.id)


def receiver_rows(connection: Connection, group: int | None, owner: int | None) -> list[tuple[str, bool]]:
    """Name of a group and of a person, each with whether it may get tickets."""
    found = [
        row_of(connection, table, id=number)
        for table, number in ((tables.Group, group), (tables.Person, owner))
        if number is not None
    ]
    return [(str(row.name), bool(row.active)) for row in found if row]


def requester_name(connection: Connection, requester: int | None) -> str:
    """The name of a requester; empty if `requester` is None or unknown."""
    row = row_of(connection, tables.Requester, id=requester) if requester is not None else None
    return str(row.name) if row else ""
