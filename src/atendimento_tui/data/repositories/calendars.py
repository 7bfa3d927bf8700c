"""Named calendars in the database: each version is stored once, with its resolved holidays."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, count

from sqlalchemy import Connection, func, select, update
from sqlmodel import col

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.calendar.named import CalendarSpec, ResolvedDays, WrittenWeek, build, resolve
from atendimento_tui.contracts.calendars import CalendarVersion
from atendimento_tui.data import tables
from atendimento_tui.data.engine import advisory_lock, insert_many, insert_one, plain, update_one
from atendimento_tui.domain.clocks import Term
from atendimento_tui.domain.text import entered

YEARS_BACK, YEARS_AHEAD = 20, 20
"""Years before and after its creation for which the holidays of a version are resolved."""

_KEPT = 16
"""Number of calendars that are kept as they were read. One takes some milliseconds to build, and never changes."""


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
    calendar = plain(tables.Calendar)
    rows = connection.execute(select(calendar).where(calendar.c.id.in_(versions)))
    return {row.id: _built(row.spec, row.resolved) for row in rows}


@lru_cache(_KEPT)
def _built(spec: str, resolved: str) -> BusinessCalendar:
    return build(WrittenWeek.model_validate_json(spec), ResolvedDays.model_validate_json(resolved))


def written_calendar(connection: Connection, version: int) -> tuple[CalendarSpec, ResolvedDays]:
    """A calendar version as it is written, and its days.

    Raises:
        ValidationError: It cannot be changed, because this version of the program would refuse it.
    """
    found = plain(tables.Calendar)
    row = connection.execute(select(found.c.spec, found.c.resolved).where(found.c.id == version)).one()
    return CalendarSpec.model_validate_json(row.spec), ResolvedDays.model_validate_json(row.resolved)


def store_calendar(connection: Connection, spec: CalendarSpec, now: datetime) -> int:
    """The newest version of the calendar that has or had exactly this content; if there is none, it is created.

    A new calendar whose name is taken gets a number after it, as names identify calendars.

    Raises:
        CalendarError: It cannot be built.
    """
    advisory_lock(connection, "calendarios")
    text = stored_spec(spec)
    same = select(col(tables.Calendar.series)).where(col(tables.Calendar.spec) == text)
    series = connection.execute(same.order_by(col(tables.Calendar.id).desc())).scalars().first()
    if series is not None:
        return newest_of(connection, series)
    resolved = resolve(spec, now.year - YEARS_BACK, now.year + YEARS_AHEAD)
    build(spec, resolved)  # a calendar that never opens is refused now, not at its first use
    number = insert_one(
        connection,
        tables.Calendar,
        name=_free_name(connection, entered(spec.name)),
        spec=text,
        resolved=resolved.model_dump_json(),
        created_at=now,
    )
    update_one(connection, tables.Calendar, number, {"series": number})
    return number


def insert_version(
    connection: Connection,
    former: CalendarVersion,
    spec: CalendarSpec,
    resolved: ResolvedDays,
    *,
    effective_from: date,
    actor: int | None,
    at: datetime,
    reason: str,
) -> int:
    """Insert the version that follows another; the desk's own calendars switch to it.

    Returns:
        Its number.
    """
    number = insert_one(
        connection,
        tables.Calendar,
        name=former.name,
        spec=stored_spec(spec),
        resolved=resolved.model_dump_json(),
        created_at=at,
        series=former.series,
        effective_from=effective_from,
        confirmed_by=actor,
        reason=reason,
    )
    for own in ("hours_calendar", "legal_calendar"):
        of_unit = plain(tables.Unit)
        connection.execute(update(of_unit).where(of_unit.c[own] == former.id).values({own: number}))
    return number


def note_told(
    connection: Connection, ticket_id: int, cycle: int, told: Iterable[tuple[Term, str]], at: datetime
) -> None:
    """Record due dates that are told to somebody outside the desk.

    Args:
        told: Each with how it is told: `comprovante` or `mensagem`.
    """
    rows = [
        {
            "ticket_id": ticket_id,
            "cycle": cycle,
            "kind": term.kind,
            "calendar_id": term.calendar,
            "told_at": at,
            "due_at": term.due_at,
            "how": how,
        }
        for term, how in told
    ]
    insert_many(connection, tables.ToldDate, rows)


def stored_spec(spec: CalendarSpec) -> str:
    """A written calendar as JSON. One without later rules is written as before there were any, so it is found again."""
    return spec.model_dump_json()


def _free_name(connection: Connection, name: str) -> str:
    taken = set(connection.scalars(select(col(tables.Calendar.name))))
    others = (f"{name} ({number})" for number in count(2))
    return next(each for each in chain((name,), others) if each not in taken)


def calendar_named(connection: Connection, name: str) -> int | None:
    """The newest version of a named calendar."""
    found = select(col(tables.Calendar.id)).where(col(tables.Calendar.name) == entered(name))
    return connection.execute(found.order_by(col(tables.Calendar.id).desc())).scalars().first()


def newest_of(connection: Connection, series: int) -> int:
    """The newest version of a series."""
    version = plain(tables.Calendar)
    found: int = connection.scalars(select(func.max(version.c.id)).where(version.c.series == series)).one()
    return found
