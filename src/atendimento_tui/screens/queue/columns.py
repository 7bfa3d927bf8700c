"""The columns of the queue."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from atendimento_tui import domain
from atendimento_tui.texts import alerts as alert_texts
from atendimento_tui.texts import clocks as clock_texts
from atendimento_tui.texts import formats, words
from atendimento_tui.texts import queue as texts
from atendimento_tui.widgets.window_table import CellText, Column

if TYPE_CHECKING:
    from atendimento_tui.calendar import BusinessCalendar
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.domain.clocks import Standing

Now = Callable[[], datetime]
Calendars = Callable[[], Mapping[int, "BusinessCalendar"]]

SITUATION_STYLE = {
    "no_prazo": "state--on-time",
    "atencao": "state--warning",
    "vencido": "state--overdue",
    "pausado": "state--paused",
}


_ALWAYS = datetime.max.replace(tzinfo=UTC)


def countdown_until(row: "QueueRow", calendars: Mapping[int, "BusinessCalendar"], now: datetime) -> datetime:
    """The instant until which the state and the countdown of a row stay as they are at `now`, at least.

    A countdown in hours changes at whole minutes of working time, which never passes faster than time; in its last
    minutes it changes each second. One in days changes at midnight, which is at a whole minute in every zone.
    """
    term, calendar = row.term, calendars.get(row.term.calendar) if row.term else None
    if term is None or term.paused_at:
        return _ALWAYS
    if calendar is None:
        return now
    at = domain.clocks.standing(term, calendar, now)
    if at.days is None:
        until = now + timedelta(seconds=formats.worked_stays_s(at.remaining_s))
    else:
        until = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return min([until, *(each for each in (term.warn_at, term.due_at) if each >= now)])


def queue_columns(now: Now, calendars: Calendars, alerted: Callable[[], Collection[int]]) -> list[Column["QueueRow"]]:
    """The queue's columns in their order.

    Args:
        now: Returns the instant of the countdowns.
        calendars: Returns the calendars of terms, by version.
        alerted: Returns the ids of the tickets with alerts for the person.
    """

    def standing_of(row: "QueueRow") -> "Standing | None":
        calendar = calendars().get(row.term.calendar) if row.term else None
        return domain.clocks.standing(row.term, calendar, now()) if row.term and calendar else None

    def state(row: "QueueRow", _width: int) -> CellText:
        at = standing_of(row)
        if at is None:
            return CellText(texts.READING if row.term else words.NO_CLOCK_SIGN, "dim")
        return CellText(words.SIGN[at.situation], SITUATION_STYLE[at.situation])

    def countdown(row: "QueueRow", width: int) -> CellText:
        at = standing_of(row)
        if row.term is None:
            return CellText(words.NO_CLOCK.rjust(width), "dim")
        if at is None:
            return CellText(texts.READING_TERM.rjust(width), "dim")
        text = clock_texts.countdown(at.remaining_s, at.days, row.term.basis)
        return CellText(text.rjust(width), SITUATION_STYLE[at.situation])

    def subject(row: "QueueRow", _width: int) -> CellText:
        text = row.subject or words.NOTHING
        return CellText(f"{alert_texts.SIGN} {text}", "alerted") if row.key in alerted() else CellText(text)

    def severity(row: "QueueRow", width: int) -> CellText:
        return CellText(words.SEVERITY_SIGN[row.severity].rjust(width), f"severity--{row.severity}")

    def text_of(read: Callable[["QueueRow"], str | None]) -> Callable[["QueueRow", int], CellText]:
        return lambda row, _width: CellText(read(row) or words.NOTHING)

    def column(
        title: str, width: int, priority: int, read: Callable[["QueueRow"], str | None], flex: int = 0
    ) -> Column["QueueRow"]:
        return Column(title, title, width, text_of(read), flex=flex, priority=priority)

    return [
        Column(texts.COLUMN_SEVERITY, texts.COLUMN_SEVERITY, 2, severity, priority=11),
        Column(texts.COLUMN_STATE, texts.COLUMN_STATE, 1, state, priority=12, live=True),
        Column(texts.COLUMN_COUNTDOWN, texts.COLUMN_COUNTDOWN, 9, countdown, priority=13, live=True),
        Column(texts.COLUMN_SUBJECT, texts.COLUMN_SUBJECT, 18, subject, flex=4, priority=10),
        column(texts.COLUMN_REQUESTER, 13, 9, lambda row: row.requester, flex=3),
        column(texts.COLUMN_STEP, 14, 7, lambda row: row.step or words.STATE[row.state], flex=1),
        column(texts.COLUMN_OWNER, 12, 6, lambda row: row.owner, flex=1),
        column(texts.COLUMN_SERVICE, 14, 5, lambda row: row.service, flex=1),
        column(texts.COLUMN_GROUP, 12, 4, lambda row: row.group, flex=1),
        column(texts.COLUMN_PROTOCOL, 11, 8, lambda row: formats.protocol_short(row.protocol, now().year)),
    ]
