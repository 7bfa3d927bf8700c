"""Reads the kept counts of the open tickets (`tables.QueueCount`): how many there are, and where a place is."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from atendimento_tui.contracts.queue import Tab
from atendimento_tui.data import tables
from atendimento_tui.data.engine import backend, plain
from atendimento_tui.data.quick import quick_rows
from atendimento_tui.domain.words import State

IsOneOf: TypeAlias = Callable[[Any, str], ColumnElement[bool]]
"""`Backend.is_one_of` of a database."""

_C = plain(tables.QueueCount).c
_ALL, _WARNING = "todas", "aviso"
_STATES = {Tab.VALIDATION: State.VALIDATION, Tab.THIRD_PARTY: State.WAITING}


def values_at(now: datetime, groups: Iterable[int] = ()) -> dict[str, object]:
    """The values of the parameters of this module's statements.

    Args:
        now: The present instant.
        groups: The groups of the viewer.
    """
    now = now.astimezone(UTC)
    hour = now.replace(minute=0, second=0, microsecond=0)
    return {
        "hour": hour,
        "hour_bucket": f"{hour:%Y-%m-%d %H}",
        **day_values(now),
        "group_parts": [f"grupo {group}" for group in groups],
    }


def day_values(at: datetime) -> dict[str, object]:
    """The values of the parameters for the day of an instant."""
    day = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return {"day": day, "day_bucket": f"{day:%Y-%m-%d}"}


def has_places(tab: Tab) -> bool:
    """Whether the tickets of a tab are counted by their place in the queue."""
    return tab in _STATES or tab in (Tab.ALL, Tab.GROUP)


def kept_of(tab: Tab, is_one_of: IsOneOf, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """The number of open tickets of a tab that `has_places`."""
    return _number(_is_of(tab, is_one_of), *conditions)


def with_earlier_warning() -> ColumnElement[int]:
    """The number of open tickets whose warning began before the hour of now."""
    return _number(_C.part == _WARNING, _C.bucket < bindparam("hour_bucket"))


def due_before_the_day() -> ColumnElement[int]:
    """The number of open tickets with a running clock that was due before the day."""
    return _number(_C.part == _ALL, _C.bucket < bindparam("day_bucket"))


def before_the_day() -> ColumnElement[bool]:
    """The condition that the place is before the day of the severity."""
    severity: Any = bindparam("severity")
    of_day = and_(_C.severity == severity, _C.bucket < bindparam("day_bucket"))
    return or_(_C.severity < severity, of_day)


def day_of(connection: Connection, tab: Tab, values: Mapping[str, object], ordinal: int) -> tuple[int, datetime, int]:
    """Where an ordinal from 0 is in the tab.

    Returns:
        Severity and day, and how many tickets of that day, or after it, are before the ordinal.
    """
    earlier, severity, bucket, number = 0, 0, "0001-01-01", 0
    for day in quick_rows(connection, _by_day(tab, backend(connection.engine.url).is_one_of), values):
        severity, bucket, number = day  # after the end of the tab these are the last ones
        if earlier + number > ordinal:
            break
        earlier += number
    return severity, datetime.fromisoformat(bucket).replace(tzinfo=UTC), ordinal - earlier


@cache
def _by_day(tab: Tab, is_one_of: IsOneOf) -> Select[Any]:
    place = (_C.severity, _C.bucket)
    days: Any = select(*place, func.sum(_C.n)).where(_is_of(tab, is_one_of)).group_by(*place).order_by(*place)
    return days  # type: ignore[no-any-return]


def _is_of(tab: Tab, is_one_of: IsOneOf) -> ColumnElement[bool]:
    if tab is Tab.GROUP:
        return is_one_of(_C.part, "group_parts")
    return _C.part == (f"estado {_STATES[tab]}" if tab in _STATES else _ALL)


def _number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    number: ColumnElement[int] = select(func.coalesce(func.sum(_C.n), 0)).where(*conditions).scalar_subquery()
    return number
