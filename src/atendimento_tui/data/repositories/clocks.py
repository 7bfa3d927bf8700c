"""The clocks of tickets, with their pauses."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, Update, bindparam, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, plain, rows_of, update_many
from atendimento_tui.data.visible import of_visible
from atendimento_tui.domain.clocks import Clock, Pause
from atendimento_tui.domain.words import Nature


def clocks_of(connection: Connection, ticket_id: int) -> tuple[Clock, ...]:
    """The ticket's clocks with their pauses, in the order in which they started."""
    return tuple(clock for _, clock in _clocks(connection.execute(_select_clocks(of_one=True), {"ticket": ticket_id})))


def all_clocks(connection: Connection, tickets: Sequence[int] | None = None) -> Iterator[tuple[int, Clock]]:
    """Every clock with its ticket's id, by ticket and in the order of their starts.

    Args:
        tickets: Only the clocks of these; by default, of all that the connection's actor may know of.
    """
    every, ticket_id = _select_clocks(of_one=False), plain(tables.Clock).c.ticket_id
    wanted = every.where(*of_visible(connection, ticket_id)) if tickets is None else every.where(ticket_id.in_(tickets))
    return _clocks(connection.execute(wanted))


@cache
def _select_clocks(*, of_one: bool) -> Select[Any]:
    """Clocks with their pauses: a row for each pause, or one without."""
    clock, pause = plain(tables.Clock), plain(tables.ClockPause)
    columns = select(clock, pause.c.began_at, pause.c.ended_at, pause.c.reason, pause.c.goes_on)
    rows = columns.outerjoin_from(clock, pause, pause.c.clock_id == clock.c.id)
    rows = rows.order_by(clock.c.ticket_id, clock.c.id, pause.c.id)
    return rows.where(clock.c.ticket_id == bindparam("ticket")) if of_one else rows


def _clocks(rows: Iterable[Row[Any]]) -> Iterator[tuple[int, Clock]]:
    for _, of_clock in groupby(rows, key=lambda row: row.id):
        first, *more = of_clock
        yield (
            first.ticket_id,
            Clock(
                cycle=first.cycle,
                kind=first.kind,
                calendar=first.calendar_id,
                basis=first.basis,
                target=first.target,
                started_at=first.started_at,
                pauses=tuple(
                    Pause(row.began_at, row.reason, row.ended_at, row.goes_on) for row in (first, *more) if row.began_at
                ),
                stopped_at=first.stopped_at,
                cancelled=first.cancelled,
                nature=Nature(first.nature),
                told_calendar=first.told_calendar_id,
                delayed_calendar=first.delayed_calendar_id,
            ),
        )


def clock_row(ticket_id: int, clock: Clock) -> dict[str, Any]:
    """The columns of a clock of the ticket."""
    return {
        "ticket_id": ticket_id,
        "cycle": clock.cycle,
        "kind": clock.kind,
        "calendar_id": clock.calendar,
        "basis": clock.basis,
        "target": clock.target,
        "started_at": clock.started_at,
        "stopped_at": clock.stopped_at,
        "cancelled": clock.cancelled,
        "nature": clock.nature,
        "told_calendar_id": clock.told_calendar,
        "delayed_calendar_id": clock.delayed_calendar,
    }


def pause_row(clock_id: int, pause: Pause) -> dict[str, Any]:
    """The columns of a pause of the clock in that row."""
    return {
        "clock_id": clock_id,
        "began_at": pause.began_at,
        "ended_at": pause.ended_at,
        "reason": pause.reason,
        "goes_on": pause.goes_on,
    }


def insert_clocks(connection: Connection, ticket_id: int, clocks: Sequence[Clock]) -> None:
    """Insert new clocks of the ticket, in the order in which they started."""
    rows = [clock_row(ticket_id, clock) for clock in clocks]
    if any(clock.pauses for clock in clocks):
        numbers = connection.scalars(_insert_numbered_clocks(), rows).all()
        _insert_pauses(connection, zip(numbers, (clock.pauses for clock in clocks), strict=True))
    else:
        insert_many(connection, tables.Clock, rows)


@cache
def _insert_numbered_clocks() -> ReturningInsert[Any]:
    clock = plain(tables.Clock)
    return insert(clock).returning(clock.c.id, sort_by_parameter_order=True)


def _clock_numbers(connection: Connection, ticket_id: int) -> list[int]:
    """The row ids of a ticket's clocks, in the order in which they started."""
    return [row.id for row in rows_of(connection, tables.Clock, ticket_id=ticket_id)]


def _insert_pauses(connection: Connection, of_clocks: Iterable[tuple[int, Sequence[Pause]]]) -> None:
    rows = [pause_row(number, pause) for number, pauses in of_clocks for pause in pauses]
    insert_many(connection, tables.ClockPause, rows)


def rewrite_clocks(connection: Connection, ticket_id: int, before: Sequence[Clock], clocks: Sequence[Clock]) -> None:
    """Write the changes of the ticket's clocks.

    Clocks and pauses are never removed, and only the last pause of a clock can still end.
    """
    numbers = _clock_numbers(connection, ticket_id) if before else []
    changed = [each for each in zip(numbers, before, clocks, strict=False) if each[1] != each[2]]
    columns = ("stopped_at", "cancelled", "target", "calendar_id", "told_calendar_id", "delayed_calendar_id")
    written = {number: clock_row(ticket_id, new) for number, _, new in changed}
    update_many(
        connection,
        tables.Clock,
        {number: {name: row[name] for name in columns} for number, row in written.items()},
    )
    ended = [
        {"of_clock": number, "ended_at": new.pauses[len(old.pauses) - 1].ended_at}
        for number, old, new in changed
        if old.paused_at and old.pauses[-1] != new.pauses[len(old.pauses) - 1]
    ]
    if ended:
        connection.execute(_end_pause(), ended)
    _insert_pauses(connection, ((number, new.pauses[len(old.pauses) :]) for number, old, new in changed))
    insert_clocks(connection, ticket_id, clocks[len(before) :])


@cache
def _end_pause() -> Update:
    pause = plain(tables.ClockPause)
    return update(pause).where(pause.c.clock_id == bindparam("of_clock"), pause.c.ended_at.is_(None))
