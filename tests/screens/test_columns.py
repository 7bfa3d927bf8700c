"""Until when the countdown of a row stays as it is, compared with its text at each second."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.domain.clocks import HOURS, Term
from atendimento_tui.domain.words import Severity, State
from atendimento_tui.screens.queue.columns import countdown_until, queue_columns

HERE = ZoneInfo("America/Sao_Paulo")
DAY_AND_NIGHT = BusinessCalendar({day: [(time(0), time(0))] for day in range(7)}, HERE.key)
DESK = BusinessCalendar({day: [(time(8), time(12)), (time(13), time(18))] for day in range(5)}, HERE.key)
DUE = datetime(2026, 8, 5, 14, 0, 30, 500_000, tzinfo=HERE).astimezone(UTC)
NEAR = timedelta(minutes=13)


def row_with(basis: str, paused_at: datetime | None = None) -> QueueRow:
    warn_at = DUE - timedelta(hours=3, seconds=17)
    term = Term("solucao", 1, basis, DUE, warn_at, paused_at, DUE + timedelta(minutes=30))
    return QueueRow(
        1,
        1,
        "1",
        None,
        "s",
        "",
        None,
        None,
        None,
        None,
        "a",
        Severity.LOW,
        State.OPEN,
        term,
        (1, DUE, 1),
    )


def cells(row: QueueRow, calendar: BusinessCalendar, now: datetime) -> list[object]:
    columns = queue_columns(lambda: now, lambda: {1: calendar}, tuple)
    return [each.render(row, each.width) for each in columns if each.live]


@pytest.mark.parametrize("basis", [HOURS, "business_after", "calendar"])
@pytest.mark.parametrize("calendar", [DAY_AND_NIGHT, DESK], ids=["day and night", "desk"])
@pytest.mark.parametrize(
    "around",
    [timedelta(0), timedelta(minutes=30), -timedelta(hours=3), timedelta(hours=10), timedelta(days=-6)],
    ids=str,
)
def test_a_countdown_is_not_shown_longer_than_it_is_true(
    basis: str, calendar: BusinessCalendar, around: timedelta
) -> None:
    row, until, shown, kept = row_with(basis), DUE, None, 0
    now = until = DUE + around - NEAR
    while now < DUE + around + NEAR:
        if now < until:
            assert cells(row, calendar, now) == shown, now
            kept += 1
        else:
            until, shown = countdown_until(row, {1: calendar}, now), cells(row, calendar, now)
        now += timedelta(seconds=1)
    assert kept or around == timedelta(minutes=30), "most seconds change nothing"


def test_a_paused_countdown_stays() -> None:
    row = row_with(HOURS, paused_at=DUE - timedelta(minutes=5))
    assert countdown_until(row, {1: DESK}, DUE) > DUE + timedelta(days=1000)


def test_a_countdown_whose_calendar_is_not_loaded_is_computed_at_each_tick() -> None:
    assert countdown_until(row_with(HOURS), {}, DUE) == DUE
