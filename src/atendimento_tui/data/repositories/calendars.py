"""Named calendars in the database: each version is stored once, with its resolved holidays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.calendar.named import CalendarSpec, ResolvedDays, WrittenWeek, build, resolve
from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_one
from atendimento_tui.domain.text import entered

YEARS_BACK, YEARS_AHEAD = 20, 20
"""Years before and after its creation for which the holidays of a version are resolved."""


def load_calendar(connection: Connection, version: int) -> BusinessCalendar:
    """The calendar version with this number.

    Raises:
        LookupError: There is no such version.
    """
    found = load_calendars(connection, [version])
    if version not in found:
        raise LookupError(f"no calendar {version}")
    return found[version]


def load_calendars(connection: Connection, versions: Sequence[int]) -> dict[int, BusinessCalendar]:
    """Id -> calendar version, read by one statement; unknown ids are ignored."""
    rows: Any = connection.execute(select(tables.Calendar).where(col(tables.Calendar.id).in_(versions)))
    return {
        row.id: build(WrittenWeek.model_validate_json(row.spec), ResolvedDays.model_validate_json(row.resolved))
        for row in rows
    }


def store_calendar(connection: Connection, spec: CalendarSpec, now: datetime) -> int:
    """The number of the version with exactly this content, created if there is none.

    Raises:
        CalendarError: It cannot be built.
    """
    advisory_lock(connection, "calendarios")
    text = spec.model_dump_json()
    same = select(col(tables.Calendar.id)).where(col(tables.Calendar.spec) == text)
    known = connection.execute(same.order_by(col(tables.Calendar.id).desc())).scalars().first()
    if known is not None:
        return int(known)
    resolved = resolve(spec, now.year - YEARS_BACK, now.year + YEARS_AHEAD)
    build(spec, resolved)  # a calendar that never opens is refused now, not at its first use
    return insert_one(
        connection,
        tables.Calendar,
        name=entered(spec.name),
        spec=text,
        resolved=resolved.model_dump_json(),
        created_at=now,
    )


def calendar_named(connection: Connection, name: str) -> int | None:
    """The newest version of a named calendar."""
    found = select(col(tables.Calendar.id)).where(col(tables.Calendar.name) == entered(name))
    return connection.execute(found.order_by(col(tables.Calendar.id).desc())).scalars().first()
