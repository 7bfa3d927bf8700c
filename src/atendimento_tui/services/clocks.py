"""Export of the clocks: one line a clock and cycle (docs/rules.md, "Words in the data")."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries.tickets import origins
from atendimento_tui.data.repositories.clocks import all_clocks
from atendimento_tui.domain import clocks as rules
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.clocks import Clock
from atendimento_tui.outputs.table import write_table
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

HEADER = (
    "protocolo",
    "origem",
    "ciclo",
    "tipo",
    "inicio",
    "vence",
    "fim",
    "trabalhado_s",
    "pausado_s",
    "resultado",
)


@needs(Permission.EXPORT)
def export_deadlines(
    desk: Desk, path: Path, now: datetime, *, separator: str | None = None, replace: bool = False
) -> int:
    """Write every clock of every ticket to a file; those that have not stopped are computed at `now`.

    Args:
        desk: The desk.
        path: The file, a spreadsheet or CSV by its name.
        now: The instant.
        separator: Separator of the columns of a CSV file.
        replace: Whether an existing file is replaced.

    Returns:
        The number of lines.

    Raises:
        Refused: As `outputs.table.write_table`.
    """
    with reading(desk.engine) as connection:
        lines = _lines(desk, connection, now)
        return write_table(path, "prazos", HEADER, lines, separator=separator, replace=replace, database=desk.file)


def _lines(desk: Desk, connection: Connection, now: datetime) -> Iterator[tuple[Any, ...]]:
    zone = desk.zone
    numbers = origins(connection)
    for ticket_id, clock in all_clocks(connection):
        yield (*numbers[ticket_id], *_line(clock, desk.calendar(clock.calendar, connection), now, zone))


def _line(clock: Clock, calendar: BusinessCalendar, now: datetime, zone: ZoneInfo) -> tuple[Any, ...]:
    second = timedelta(seconds=1)
    return (
        clock.cycle,
        clock.kind,
        clock.started_at.astimezone(zone),
        None if clock.paused_at else rules.term_of(clock, calendar).due_at.astimezone(zone),
        clock.stopped_at.astimezone(zone) if clock.stopped_at else None,
        rules.worked(clock, calendar, now) // second,
        rules.paused(clock, calendar, now) // second,
        rules.result_of(clock, calendar),
    )
