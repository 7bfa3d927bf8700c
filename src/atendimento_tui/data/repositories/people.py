"""The people of the desk, their groups, and requesters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select, true
from sqlmodel import col

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, insert_one
from atendimento_tui.data.queries.access import taken_logins
from atendimento_tui.domain.accounts import login_of

_NAMES_AT_ONCE = 500
"""Names in one statement: a database limits the number of its parameters."""


def insert_people(
    connection: Connection, roles: Mapping[str, str], logins: Mapping[str, str] = MappingProxyType({})
) -> dict[str, int]:
    """Insert people who may act, each with a login.

    Args:
        roles: Name -> role.
        logins: Name -> login. Without one it is derived from the name.

    Returns:
        Name -> id.
    """
    taken, numbers = taken_logins(connection) | set(logins.values()), {}
    for name, role in roles.items():
        login = logins.get(name) or login_of(name, taken)
        taken.add(login)
        own = {"name": name, "role": role, "active": True, "origin_system": "", "login": login}
        numbers[name] = insert_one(connection, tables.Person, **own)
    return numbers


def insert_group(connection: Connection, name: str, people: Iterable[int]) -> None:
    """Insert a group with its members."""
    group = insert_one(connection, tables.Group, name=name)
    insert_many(connection, tables.Membership, [{"group_id": group, "person_id": person} for person in people])


def insert_groups_of_all(connection: Connection, names: Collection[str]) -> None:
    """Insert groups of which all people who may act are members."""
    if names:
        people = connection.scalars(select(col(tables.Person.id)).where(col(tables.Person.active) == true())).all()
        for name in names:
            insert_group(connection, name, [number for number in people if number is not None])


def insert_requester(connection: Connection, name: str) -> int:
    """Insert a requester.

    Returns:
        The requester's id.
    """
    return insert_one(connection, tables.Requester, name=name)


def imported_people(connection: Connection, system: str, names: Sequence[str], role: str) -> dict[str, int]:
    """The people of another system. Missing ones are inserted; they may not act.

    Returns:
        Name -> id.
    """
    known = _known(connection, system, names)
    new = [name for name in dict.fromkeys(names) if name not in known]
    rows = [{"name": name, "role": role, "active": False, "origin_system": system} for name in new]
    insert_many(connection, tables.Person, rows)
    return known | _known(connection, system, new)


def _known(connection: Connection, system: str, names: Sequence[str]) -> dict[str, int]:
    person = tables.Person
    found: dict[str, int] = {}
    for first in range(0, len(names), _NAMES_AT_ONCE):
        some = names[first : first + _NAMES_AT_ONCE]
        wanted: Any = select(col(person.id), col(person.name)).where(
            col(person.name).in_(some), col(person.origin_system) == system
        )
        for row in connection.execute(wanted.order_by(col(person.id).desc())):
            found[row.name] = row.id  # if a name exists twice, the oldest row
    return found
