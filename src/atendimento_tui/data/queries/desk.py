"""The desk: its unit, and versions of what windows keep in memory."""

from functools import cache, reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, cast, func, select, true

from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.domain.outbox import FAILURES, Delivery
from atendimento_tui.domain.settings import SETTINGS

_UNSENT = sorted(FAILURES | {Delivery.FAILED})
"""States of messages of which the header tells."""


def unit(connection: Connection) -> UnitInfo | None:
    """The desk's unit; None if the database has none yet."""
    row = connection.execute(select(plain(tables.Unit))).one_or_none()
    return UnitInfo(**{name: getattr(row, name) for name in UnitInfo.__dataclass_fields__}) if row else None


def unit_columns(connection: Connection) -> dict[str, Any]:
    """The columns of the desk's unit, by name."""
    return dict(connection.execute(select(plain(tables.Unit))).one()._mapping)  # noqa: SLF001 - public in SQLAlchemy


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
    person, group, membership, unit, process, sent = (
        plain(table).c
        for table in (
            tables.Person,
            tables.Group,
            tables.Membership,
            tables.Unit,
            tables.Process,
            tables.Addressee,
        )
    )
    read = (
        select(func.max(plain(tables.Calendar).c.id)),
        select(_as_text(person.id, person.name, person.role, person.version)).where(person.active == true()),
        select(_as_text(group.id, group.name, group.version)),
        select(_as_text(membership.group_id, membership.person_id)),
        select(_as_text(unit.name, unit.tz, unit.hours_calendar, unit.legal_calendar)),
        select(_as_text(unit.entry, *(unit[setting.column] for setting in SETTINGS))),
        select(_as_text(process.key, process.secret_group_id)),
        select(func.count(plain(tables.AccessSession).c.revoked_at)),  # a window whose session was revoked is locked
        select(func.max(unit.restored_at)),
        select(func.max(plain(tables.Copy).c.checked_at)),
        select(func.count(sent.id)).where(sent.state.in_(_UNSENT)),
    )
    return select(*(each.scalar_subquery() for each in read))


@cache
def _info_and_presence() -> Select[Any]:
    visit = plain(tables.Presence).c
    visits = select(_as_text(visit.window, visit.ticket_id, visit.person_id))
    return _info_columns().add_columns(visits.scalar_subquery())
