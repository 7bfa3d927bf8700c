"""The desk itself."""

from functools import cache, reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, cast, func, select, true
from sqlmodel import col

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.data import tables


def unit(connection: Connection) -> UnitInfo | None:
    """The desk that the database holds; None where it holds none yet."""
    row = connection.execute(select(tables.Unit)).one_or_none()
    return UnitInfo(**{name: getattr(row, name) for name in UnitInfo.__dataclass_fields__}) if row else None


def face_version(connection: Connection) -> str:
    """A word that is another one when the desk's people, groups, calendars or the unit are others: one small read."""
    return repr(tuple(connection.execute(_face()).one()))


def besides_tickets(connection: Connection) -> str:
    """A word that is another one when what a window shows besides tickets is: its desk, and who has what open."""
    return repr(tuple(connection.execute(_face_and_visits()).one()))


def _told(*columns: Any) -> Any:
    """All rows of some columns as one text."""
    texts: list[ColumnElement[str]] = [cast(column, String) for column in columns]
    return func.aggregate_strings(reduce(lambda one, other: one + "|" + other, texts), ",")


@cache
def _face() -> Select[Any]:
    person, group, membership, unit = tables.Person, tables.Group, tables.Membership, tables.Unit
    read = (
        select(func.max(col(tables.Calendar.id))),
        select(_told(col(person.id), col(person.name), col(person.role))).where(col(person.active) == true()),
        select(_told(col(group.id), col(group.name))),
        select(_told(col(membership.group_id), col(membership.person_id))),
        select(_told(col(unit.name), col(unit.tz), col(unit.hours_calendar), col(unit.legal_calendar))),
    )
    return select(*(each.scalar_subquery() for each in read))


@cache
def _face_and_visits() -> Select[Any]:
    visit = tables.Presence
    visits = select(_told(col(visit.window), col(visit.ticket_id), col(visit.person_id)))
    return _face().add_columns(visits.scalar_subquery())
