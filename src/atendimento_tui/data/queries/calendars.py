"""The versions of calendars, the clocks that count on them, and the due dates that were told."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, exists, func, select

from atendimento_tui.contracts.calendars import CalendarVersion, ToldDate
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain, rows_of
from atendimento_tui.data.visible import of_visible, restricted


def calendar_names(connection: Connection) -> dict[int, str]:
    """Id of every calendar version -> the calendar's name."""
    every = select(plain(tables.Calendar).c.id, plain(tables.Calendar).c.name)
    return {row.id: row.name for row in connection.execute(every)}


def newest_version(connection: Connection) -> int:
    """The number of the version that was confirmed last, of any calendar; 0 if there is none."""
    return int(connection.execute(select(func.max(plain(tables.Calendar).c.id))).scalar() or 0)


def superseded(connection: Connection) -> dict[int, int]:
    """Each version that is not the newest of its series -> the newest."""
    version = plain(tables.Calendar)
    every = select(version.c.id, version.c.series).order_by(version.c.id)
    rows: list[tuple[int, int]] = [(row.id, row.series) for row in connection.execute(every)]
    newest = {series: number for number, series in rows}
    return {number: newest[series] for number, series in rows if number != newest[series]}


def versions_of(connection: Connection, series: int | None = None) -> list[CalendarVersion]:
    """The versions of a series, or of all, in the order in which they were confirmed."""
    version, person = plain(tables.Calendar), plain(tables.Person)
    found = select(version, person.c.name.label("who"))
    found = found.outerjoin_from(version, person, person.c.id == version.c.confirmed_by).order_by(version.c.id)
    if series is not None:
        found = found.where(version.c.series == series)
    return [
        CalendarVersion(row.id, row.series, row.name, row.created_at, row.effective_from, row.who, row.reason)
        for row in connection.execute(found)
    ]


def tickets_running_on(connection: Connection, versions: Collection[int], at_most: int | None = None) -> list[int]:
    """The tickets with a running clock that counts on one of these versions, in the order of their ids.

    Those that the connection's actor may not know of are left out.
    """
    clock, ticket = plain(tables.Clock), plain(tables.Ticket)
    found = select(clock.c.ticket_id).join_from(clock, ticket, ticket.c.id == clock.c.ticket_id)
    found = found.where(clock.c.stopped_at.is_(None), clock.c.calendar_id.in_(versions))
    found = found.distinct().order_by(clock.c.ticket_id).limit(at_most)
    return list(connection.scalars(restricted(connection, found)))


def tickets_to_tell(connection: Connection) -> list[int]:
    """The tickets with a moved clock whose requester knows another date, in the order of their ids.

    As `domain.calendar_moves.to_tell` decides it. Those that the connection's actor may not know of are left out.
    """
    clock, ticket, told = plain(tables.Clock), plain(tables.Ticket), plain(tables.ToldDate)
    same = [told.c[name] == clock.c[name] for name in ("ticket_id", "cycle", "kind", "calendar_id")]
    found = select(clock.c.ticket_id).join_from(clock, ticket, ticket.c.id == clock.c.ticket_id)
    found = found.where(clock.c.stopped_at.is_(None), clock.c.told_calendar_id.is_not(None))
    found = found.where(~exists().where(*same)).distinct().order_by(clock.c.ticket_id)
    return list(connection.scalars(restricted(connection, found)))


def ticket_labels(connection: Connection, tickets_: Sequence[int]) -> Mapping[int, Any]:
    """Ticket id -> a row with its protocol, the name of its service and that of its group."""
    ticket, process, group = plain(tables.Ticket), plain(tables.Process), plain(tables.Group)
    found = select(ticket.c.id, ticket.c.protocol, process.c.name.label("service"), group.c.name.label("group"))
    found = found.join_from(ticket, process, process.c.id == ticket.c.process_id)
    found = found.outerjoin(group, group.c.id == ticket.c.group_id).where(ticket.c.id.in_(tickets_))
    found = restricted(connection, found)
    return {row.id: row for row in connection.execute(found)}


def told_dates(connection: Connection, ticket_id: int) -> list[ToldDate]:
    """The due dates of a ticket that were told, oldest first."""
    return [_told(row) for row in rows_of(connection, tables.ToldDate, ticket_id=ticket_id)]


def told_dates_of(connection: Connection, tickets_: Sequence[int]) -> dict[int, list[ToldDate]]:
    """Ticket id -> its due dates that were told, oldest first."""
    told = plain(tables.ToldDate)
    found: dict[int, list[ToldDate]] = {}
    for row in connection.execute(
        select(told)
        .where(told.c.ticket_id.in_(tickets_), *of_visible(connection, told.c.ticket_id))
        .order_by(told.c.id)
    ):
        found.setdefault(row.ticket_id, []).append(_told(row))
    return found


def _told(row: Any) -> ToldDate:
    return ToldDate(row.cycle, row.kind, row.calendar_id, row.told_at, row.due_at, row.how)
