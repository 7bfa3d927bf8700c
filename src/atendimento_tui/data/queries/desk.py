"""The desk: its unit, and versions of what windows keep in memory."""

from functools import cache, reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, cast, func, select, true
from sqlmodel import col

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.data import tables
from atendimento_tui.domain.outbox import FAILURES, Delivery
from atendimento_tui.domain.settings import SETTINGS

_UNSENT = sorted(FAILURES | {Delivery.FAILED})
"""States of messages of which the header tells."""


def unit(connection: Connection) -> UnitInfo | None:
    """The desk's unit; None if the database has none yet."""
    row = connection.execute(select(tables.Unit)).one_or_none()
    return UnitInfo(**{name: getattr(row, name) for name in UnitInfo.__dataclass_fields__}) if row else None


def unit_columns(connection: Connection) -> dict[str, Any]:
    """The columns of the desk's unit, by name."""
    return dict(connection.execute(select(tables.Unit)).one()._mapping)  # noqa: SLF001 - public in SQLAlchemy


def info_version(connection: Connection) -> str:
    """A text that changes when people, groups, calendars, unit or copies of the desk change; one small query."""
    return repr(tuple(connection.execute(_info_columns()).one()))


def state_version(connection: Connection) -> str:
    """A text that changes when anything that a window shows, other than tickets, changes.

    This is the desk (`info_version`), and which people have which tickets open.
    """
    return repr(tuple(connection.execute(_info_and_presence()).one()))


def _as_text(*columns: Any) -> Any:
    """The values of these columns in all rows, as one text."""
    texts: list[ColumnElement[str]] = [cast(column, String) for column in columns]
    return func.aggregate_strings(reduce(lambda one, other: one + "|" + other, texts), ",")


@cache
def _info_columns() -> Select[Any]:
    person, group, membership, unit = tables.Person, tables.Group, tables.Membership, tables.Unit
    read = (
        select(func.max(col(tables.Calendar.id))),
        select(_as_text(*(col(of) for of in (person.id, person.name, person.role, person.version)))).where(
            col(person.active) == true()
        ),
        select(_as_text(col(group.id), col(group.name), col(group.version))),
        select(_as_text(col(membership.group_id), col(membership.person_id))),
        select(_as_text(*(col(of) for of in (unit.name, unit.tz, unit.hours_calendar, unit.legal_calendar)))),
        select(_as_text(col(unit.entry), *(col(getattr(unit, setting.column)) for setting in SETTINGS))),
        select(_as_text(col(tables.Process.key), col(tables.Process.secret_group_id))),
        select(func.count(col(tables.AccessSession.revoked_at))),  # a window whose session was revoked is locked
        select(func.max(col(unit.restored_at))),
        select(func.max(col(tables.Copy.checked_at))),
        select(func.count(col(tables.Addressee.id))).where(col(tables.Addressee.state).in_(_UNSENT)),
    )
    return select(*(each.scalar_subquery() for each in read))


@cache
def _info_and_presence() -> Select[Any]:
    visit = tables.Presence
    visits = select(_as_text(col(visit.window), col(visit.ticket_id), col(visit.person_id)))
    return _info_columns().add_columns(visits.scalar_subquery())
