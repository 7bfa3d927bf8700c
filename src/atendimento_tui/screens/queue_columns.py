"""The columns of the queue: how each reads a ticket."""

from collections.abc import Callable, Mapping
from datetime import datetime

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.clocks import Standing, standing
from atendimento_tui.results import QueueRow
from atendimento_tui.texts import clock as clock_texts
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import screen as texts
from atendimento_tui.widgets.window_table import CellText, Column

Now = Callable[[], datetime]
Calendars = Callable[[], Mapping[int, BusinessCalendar]]

SITUATION_STYLE = {
    "no_prazo": "state--on-time",
    "atencao": "state--warning",
    "vencido": "state--overdue",
    "pausado": "state--paused",
}


def queue_columns(now: Now, calendars: Calendars) -> list[Column[QueueRow]]:
    """The queue's columns; the first two are alive.

    Args:
        now: The instant that countdowns are reckoned at.
        calendars: The calendars that terms count on, by version.
    """

    def stands(row: QueueRow) -> Standing | None:
        calendar = calendars().get(row.term.calendar) if row.term else None
        return standing(row.term, calendar, now()) if row.term and calendar else None

    def state(row: QueueRow, _width: int) -> CellText:
        at = stands(row)
        if at is None:
            return CellText(f"{words.NO_CLOCK_SIGN} {words.NO_CLOCK}", "dim")
        return CellText(f"{words.SIGN[at.situation]} {words.SITUATION[at.situation]}", SITUATION_STYLE[at.situation])

    def countdown(row: QueueRow, width: int) -> CellText:
        at = stands(row)
        if at is None or row.term is None:
            return CellText("")
        text = clock_texts.countdown(at.remaining_s, row.term.basis)
        return CellText(text.rjust(width), SITUATION_STYLE[at.situation])

    def severity(row: QueueRow, _width: int) -> CellText:
        return CellText(words.SEVERITY[row.severity], f"severity--{row.severity}")

    def plainly(read: Callable[[QueueRow], str | None]) -> Callable[[QueueRow, int], CellText]:
        return lambda row, _width: CellText(read(row) or words.NOTHING)

    return [
        Column(texts.COLUMN_STATE, texts.COLUMN_STATE, 11, state, priority=9, live=True),
        Column(texts.COLUMN_COUNTDOWN, texts.COLUMN_COUNTDOWN, 9, countdown, priority=10, live=True),
        Column(texts.COLUMN_SEVERITY, texts.COLUMN_SEVERITY, 7, severity, priority=8),
        Column(
            texts.COLUMN_PROTOCOL,
            texts.COLUMN_PROTOCOL,
            15,
            plainly(lambda row: formats.protocol_short(row.protocol)),
            priority=6,
        ),
        Column(texts.COLUMN_SERVICE, texts.COLUMN_SERVICE, 12, plainly(lambda row: row.service), flex=2, priority=7),
        Column(
            texts.COLUMN_REQUESTER, texts.COLUMN_REQUESTER, 12, plainly(lambda row: row.requester), flex=3, priority=5
        ),
        Column(
            texts.COLUMN_STEP,
            texts.COLUMN_STEP,
            12,
            plainly(lambda row: row.step or words.STATE[row.state]),
            flex=2,
            priority=3,
        ),
        Column(texts.COLUMN_GROUP, texts.COLUMN_GROUP, 10, plainly(lambda row: row.group), flex=1, priority=2),
        Column(texts.COLUMN_OWNER, texts.COLUMN_OWNER, 10, plainly(lambda row: row.owner), flex=1, priority=4),
    ]
