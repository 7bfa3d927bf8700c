"""Clocks: due instant, state, counted time. Known results for edge cases."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.calendar import BusinessCalendar, DayCount
from atendimento_tui.domain.clocks import HOURS, Clock, ledger, paused, result_of, standing, term_of, worked
from atendimento_tui.domain.words import ClockKind, Result, Situation

ZONE = ZoneInfo("America/Sao_Paulo")
DAY = ((time(9), time(18)),)
WHOLE_DAY = ((time(0), time(0)),)
DESK = BusinessCalendar(dict.fromkeys(range(5), DAY), "America/Sao_Paulo", {date(2026, 4, 21): "Tiradentes"})
LEGAL = BusinessCalendar(dict.fromkeys(range(5), WHOLE_DAY), "America/Sao_Paulo")
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def local(day: int, hour: int, minute: int = 0, second: int = 0, month: int = 3) -> datetime:
    """An instant of 2026; the second of March is a Monday."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=ZONE)


def clock(start: datetime, target: int = 16 * 3600, basis: str = HOURS) -> Clock:
    return Clock(1, ClockKind.SOLUTION, 1, basis, target, start)


MONDAY = clock(local(2, 9))
"""Sixteen working hours from Monday at nine: due on Tuesday at four in the afternoon."""


def test_sixteen_hours_from_monday_morning_are_due_on_tuesday_afternoon() -> None:
    term = term_of(MONDAY, DESK)
    assert term.due_at == local(3, 16)
    assert term.warn_at == local(3, 12)
    assert term.paused_at is None


@pytest.mark.parametrize(
    ("now", "situation", "remaining"),
    [
        (local(2, 9), Situation.ON_TIME, 16 * HOUR),
        (local(3, 12) - SECOND, Situation.ON_TIME, 4 * HOUR + SECOND),
        (local(3, 12), Situation.WARNING, 4 * HOUR),
        (local(3, 16), Situation.WARNING, timedelta(0)),
        (local(3, 16) + SECOND, Situation.OVERDUE, -SECOND),
        (local(3, 18), Situation.OVERDUE, -2 * HOUR),
        (local(3, 23), Situation.OVERDUE, -2 * HOUR),  # while the desk is closed it stands still by itself
        (local(4, 10), Situation.OVERDUE, -3 * HOUR),
        (local(2, 20), Situation.ON_TIME, 7 * HOUR),
    ],
)
def test_the_state_of_a_clock_follows_from_its_working_time(
    now: datetime, situation: Situation, remaining: timedelta
) -> None:
    stands = standing(term_of(MONDAY, DESK), DESK, now)
    assert (stands.situation, timedelta(seconds=stands.remaining_s)) == (situation, remaining)


def test_part_of_a_second_overdue_is_overdue() -> None:
    stands = standing(term_of(MONDAY, DESK), DESK, local(3, 16) + timedelta(microseconds=1))
    assert (stands.situation, stands.remaining_s) == (Situation.OVERDUE, -1)


def test_the_remaining_time_of_a_paused_clock_does_not_change() -> None:
    waiting = MONDAY.pause(local(3, 10), "cliente")
    term = term_of(waiting, DESK)
    assert term.paused_at == local(3, 10)
    for now in (local(3, 10), local(3, 16), local(30, 16)):
        stands = standing(term, DESK, now)
        assert (stands.situation, stands.remaining_s) == (Situation.PAUSED, 6 * 3600)
        assert worked(waiting, DESK, now) == 10 * HOUR


LUNCH = BusinessCalendar(
    dict.fromkeys(range(5), ((time(9), time(12)), (time(13), time(18)))),
    "America/Sao_Paulo",
)
"""The desk of the clocks below, which are due on Monday at half past one."""

OVERDUE = clock(local(2, 9), 3 * 3600 + 1800)


def left(a_clock: Clock, calendar: BusinessCalendar, now: datetime) -> int:
    return standing(term_of(a_clock, calendar), calendar, now).remaining_s


def test_the_overdue_time_does_not_grow_during_a_pause() -> None:
    assert left(OVERDUE, LUNCH, local(2, 14)) == -1800
    resting = OVERDUE.pause(local(2, 14), "cliente")
    assert left(resting, LUNCH, local(2, 16)) == -1800
    resumed = resting.resume(local(2, 16))
    assert left(resumed, LUNCH, local(2, 16)) == -1800
    assert left(resumed, LUNCH, local(2, 17)) == -1800 - 3600
    assert left(resumed, LUNCH, local(3, 10)) == -1800 - 3 * 3600
    again = resumed.pause(local(3, 10), "cliente").resume(local(4, 11))
    assert left(again, LUNCH, local(4, 11)) == -1800 - 3 * 3600
    assert term_of(again, LUNCH).due_at == local(2, 13, 30)  # the promise was broken then, and that stays so
    assert worked(again, LUNCH, local(4, 11)) == timedelta(seconds=OVERDUE.target + 1800 + 3 * 3600)
    assert result_of(again.stop(local(4, 11)), LUNCH) is Result.LATE


def test_the_remaining_time_does_not_change_in_a_rejected_validation() -> None:
    rejected = OVERDUE.stop(local(2, 14)).reinstate(local(3, 16), "validação")
    assert left(rejected, LUNCH, local(3, 16)) == -1800
    assert left(rejected, LUNCH, local(3, 16, 10)) == -1800 - 600
    in_time = OVERDUE.stop(local(2, 13)).reinstate(local(3, 16), "validação")
    assert left(in_time, LUNCH, local(3, 16)) == 1800
    assert left(in_time, LUNCH, local(3, 17)) == -1800


def test_a_pause_from_closing_at_the_due_instant_adds_no_overdue_time() -> None:
    due_at_noon = clock(local(2, 9), 3 * 3600)
    rested = due_at_noon.pause(local(2, 12), "cliente").resume(local(2, 14))
    assert left(rested, LUNCH, local(2, 14)) == 0
    assert left(rested, LUNCH, local(2, 14, 0, 1)) == -1
    at_night = due_at_noon.pause(local(2, 12, 30), "cliente").resume(local(2, 20))
    assert left(at_night, LUNCH, local(2, 23)) == 0
    assert left(at_night, LUNCH, local(3, 9, 0, 5)) == -5


@pytest.mark.parametrize(
    ("basis", "last", "counted"),
    [
        (DayCount.BUSINESS_AFTER, 3, 24 * 3600),
        (DayCount.BUSINESS_FROM, 2, 48 * 3600),
        (DayCount.CALENDAR, 3, 24 * 3600),
        (DayCount.CALENDAR_ROLL, 3, 24 * 3600),
    ],
)
def test_the_overdue_time_of_a_term_in_days_does_not_grow_during_a_pause(
    basis: DayCount, last: int, counted: int
) -> None:
    """Nothing moves the last day; overdue time does not include pauses."""
    a_clock = clock(local(2, 15), 1, basis)
    assert term_of(a_clock, LEGAL).due_at == local(last, 23, 59, 59)
    overdue = -1 - counted
    resting = a_clock.pause(local(5, 0), "cliente")
    assert left(resting, LEGAL, local(6, 12)) == overdue
    resumed = resting.resume(local(6, 12))
    assert left(resumed, LEGAL, local(6, 12)) == overdue
    assert left(resumed, LEGAL, local(6, 13)) == overdue - 3600
    over_the_end = a_clock.pause(local(2, 16), "cliente").resume(local(6, 12))
    assert left(over_the_end, LEGAL, local(6, 12)) == 0
    assert left(over_the_end, LEGAL, local(6, 13)) == -3600


def test_a_pause_that_continues_with_another_reason_is_one_pause() -> None:
    """The clock did not run in between, so the remaining time does not change, also for a term in days."""
    resting = MONDAY.pause(local(3, 10), "cliente").rest_on(local(4, 10), "peça")
    assert [pause.reason for pause in resting.pauses] == ["cliente", "peça"]
    assert left(resting, DESK, local(4, 12)) == 6 * 3600
    assert term_of(resting, DESK).due_at == local(3, 16)
    assert term_of(resting.resume(local(5, 10)), DESK).due_at == local(5, 16)
    days = clock(local(2, 15), 5, DayCount.BUSINESS_AFTER).pause(local(3, 10), "cliente")
    assert left(days.rest_on(local(5, 10), "peça"), LEGAL, local(6, 10)) == left(days, LEGAL, local(6, 10))
    again = days.resume(local(5, 10)).pause(local(5, 10), "peça")  # here it did run, if only for an instant
    assert left(again, LEGAL, local(6, 10)) == left(days, LEGAL, local(3, 10)) - 2 * 86_400
    assert MONDAY.rest_on(local(3, 10), "peça") == MONDAY
    assert resting.rest_on(local(4, 11), "peça") == resting


def test_a_pause_moves_the_due_instant_by_its_working_time() -> None:
    resumed = MONDAY.pause(local(3, 10), "cliente").resume(local(4, 10))
    assert term_of(resumed, DESK).due_at == local(4, 16)
    assert paused(resumed, DESK, local(4, 12)) == 9 * HOUR
    assert worked(resumed, DESK, local(4, 12)) == 12 * HOUR


def test_a_current_pause_does_not_move_the_due_instant() -> None:
    assert term_of(MONDAY.pause(local(3, 10), "cliente"), DESK).due_at == local(3, 16)


def test_a_paused_overdue_clock_keeps_its_overdue_time() -> None:
    stands = standing(term_of(MONDAY.pause(local(3, 17), "cliente"), DESK), DESK, local(5, 12))
    assert (stands.situation, stands.remaining_s) == (Situation.PAUSED, -3600)


@pytest.mark.parametrize(
    ("stopped_at", "result"),
    [
        (local(3, 16), Result.ON_TIME),
        (local(3, 16) + timedelta(microseconds=1), Result.LATE),
        (local(2, 9), Result.ON_TIME),
    ],
)
def test_stopped_exactly_when_due_is_on_time(stopped_at: datetime, result: Result) -> None:
    assert result_of(MONDAY.stop(stopped_at), DESK) is result


def test_a_clock_stopped_after_its_due_instant_is_late_even_without_working_time() -> None:
    """A clock that was overdue is not on time afterwards."""
    until_closing = clock(local(2, 9), 9 * 3600)
    assert term_of(until_closing, DESK).due_at == local(2, 18)
    assert standing(term_of(until_closing, DESK), DESK, local(2, 20)).situation is Situation.OVERDUE
    assert result_of(until_closing.stop(local(2, 20)), DESK) is Result.LATE


def test_a_running_clock_has_no_result_and_a_cancelled_one_is_cancelled() -> None:
    assert result_of(MONDAY, DESK) is None
    assert result_of(MONDAY.stop(local(9, 9), cancelled=True), DESK) is Result.CANCELLED


def test_stopping_a_paused_clock_ends_its_pause() -> None:
    ended = MONDAY.pause(local(2, 12), "cliente").stop(local(2, 17))
    assert ended.pauses[-1].ended_at == ended.stopped_at == local(2, 17)
    assert worked(ended, DESK, local(30, 9)) == 3 * HOUR
    assert paused(ended, DESK, local(30, 9)) == 5 * HOUR


def test_a_paused_or_stopped_clock_cannot_be_paused() -> None:
    waiting = MONDAY.pause(local(2, 12), "cliente")
    assert waiting.pause(local(2, 13), "fornecedor") is waiting
    assert MONDAY.resume(local(2, 13)) is MONDAY
    ended = waiting.stop(local(2, 17))
    assert ended.stop(local(2, 18)) is ended
    assert ended.pause(local(2, 18), "cliente") is ended
    assert ended.resume(local(2, 18)) is ended


def test_before_its_start_a_clock_has_no_working_time() -> None:
    assert worked(MONDAY, DESK, local(1, 9, month=2)) == timedelta(0)
    assert paused(MONDAY.pause(local(2, 12), "cliente"), DESK, local(1, 9, month=2)) == timedelta(0)


def test_a_clock_started_on_a_closed_day_runs_from_the_next_opening() -> None:
    sunday = clock(local(1, 15), target=3600)
    assert term_of(sunday, DESK).due_at == local(2, 10)
    assert worked(sunday, DESK, local(2, 9, 30)) == HOUR / 2


def test_a_target_of_zero_is_due_at_once_or_at_the_next_opening() -> None:
    assert term_of(clock(local(2, 10), 0), DESK).due_at == local(2, 10)
    assert term_of(clock(local(1, 10), 0), DESK).due_at == local(2, 9)


# Terms in days.


@pytest.mark.parametrize(
    ("basis", "days", "last_day"),
    [
        (DayCount.BUSINESS_AFTER, 5, 9),
        (DayCount.BUSINESS_FROM, 5, 6),
        (DayCount.CALENDAR, 5, 7),
        (DayCount.CALENDAR_ROLL, 5, 9),
        (DayCount.BUSINESS_AFTER, 0, 2),
        (DayCount.BUSINESS_FROM, 0, 2),
        (DayCount.CALENDAR, 0, 2),
        (DayCount.CALENDAR_ROLL, 0, 2),
    ],
)
def test_a_term_in_days_ends_with_its_last_day(basis: DayCount, days: int, last_day: int) -> None:
    assert term_of(clock(local(2, 15), days, basis), LEGAL).due_at == local(last_day, 23, 59, 59)


@pytest.mark.parametrize(
    ("basis", "days", "calendar", "warned"),
    [
        (DayCount.BUSINESS_AFTER, 5, LEGAL, local(6, 0)),
        (DayCount.BUSINESS_AFTER, 5, DESK, local(6, 9)),
        (DayCount.BUSINESS_FROM, 5, DESK, local(5, 9)),
        (DayCount.CALENDAR, 7, DESK, local(8, 0)),  # a Sunday
        (DayCount.BUSINESS_AFTER, 2, DESK, local(3, 9)),
        (DayCount.BUSINESS_AFTER, 1, DESK, local(3, 9)),  # the day it began is no warning: on its last day
        (DayCount.BUSINESS_FROM, 2, DESK, local(3, 9)),
        (DayCount.BUSINESS_FROM, 1, DESK, local(2, 15)),  # it ends on the day it began: at once
        (DayCount.CALENDAR, 0, DESK, local(2, 15)),
    ],
)
def test_a_term_in_days_warns_from_the_beginning_of_its_last_day_but_one(
    basis: DayCount, days: int, calendar: BusinessCalendar, warned: datetime
) -> None:
    assert term_of(clock(local(2, 15), days, basis), calendar).warn_at == warned


def test_no_pause_moves_a_term_in_days() -> None:
    term = clock(local(2, 15), 5, DayCount.BUSINESS_AFTER)
    resumed = term.pause(local(3, 10), "cliente").resume(local(20, 10))
    assert term_of(resumed, LEGAL).due_at == term_of(term, LEGAL).due_at


def test_a_term_in_consecutive_days_runs_on_closed_days_too() -> None:
    term = term_of(clock(local(5, 15), 5, DayCount.CALENDAR), LEGAL)  # Thursday; ends on Tuesday
    assert standing(term, LEGAL, local(7, 23, 59, 59)).remaining_s == 3 * 86_400
    business = term_of(clock(local(5, 15), 3, DayCount.BUSINESS_AFTER), LEGAL)
    assert business.due_at == term.due_at
    assert standing(business, LEGAL, local(7, 23, 59, 59)).remaining_s == 2 * 86_400 - 1


# Clock changes: Brazil put its clocks back on 17 February 2019 at midnight.


def test_remaining_time_is_real_time_in_an_hour_that_occurs_twice() -> None:
    start = datetime(2019, 2, 15, 12, tzinfo=ZONE)
    term = term_of(clock(start, 3, DayCount.CALENDAR), LEGAL)
    stands = standing(term, LEGAL, datetime(2019, 2, 16, 12, tzinfo=ZONE))
    assert stands.remaining_s == 2 * 86_400 + 12 * 3600 - 1 + 3600
    assert stands == standing(term, LEGAL, datetime(2019, 2, 16, 14, tzinfo=UTC))


def test_the_second_of_two_equal_local_times_is_later() -> None:
    night = BusinessCalendar(dict.fromkeys(range(7), WHOLE_DAY), "America/Sao_Paulo")
    first, second = (datetime(2019, 2, 16, 23, 30, tzinfo=ZONE, fold=fold) for fold in (0, 1))
    due_first = clock(datetime(2019, 2, 16, 22, 30, tzinfo=ZONE), 3600)
    assert term_of(due_first, night).due_at == first.astimezone(UTC)
    assert standing(term_of(due_first, night), night, second).situation is Situation.OVERDUE
    assert result_of(due_first.stop(second), night) is Result.LATE
    assert result_of(due_first.stop(first), night) is Result.ON_TIME


def test_the_ledger_of_a_day_without_midnight_has_no_gap() -> None:
    """On 4 November 2018 the day began at one o'clock."""
    lines = ledger(
        clock(datetime(2018, 11, 3, 12, tzinfo=ZONE), 2, DayCount.CALENDAR), LEGAL, datetime(2018, 11, 4, tzinfo=UTC)
    )
    assert [(line.reason, line.duration) for line in lines] == [
        ("first_day", 12 * HOUR),
        ("day", timedelta(days=2) - HOUR - SECOND),
    ]
    assert lines[0].end == lines[1].start == datetime(2018, 11, 4, 1, tzinfo=ZONE)


# Why a clock is due when it is.


def test_the_ledger_names_the_night_the_holiday_and_the_pause() -> None:
    a_clock = clock(local(20, 16, month=4), 8 * 3600)
    a_clock = a_clock.pause(local(22, 10, month=4), "aguardando o cliente").resume(local(22, 12, month=4))
    lines = ledger(a_clock, DESK, local(22, 13, month=4))
    assert [(line.reason, line.name, line.counted, line.duration) for line in lines] == [
        ("open", None, True, 2 * HOUR),
        ("closed", None, False, 6 * HOUR),
        ("holiday", "Tiradentes", False, 24 * HOUR),
        ("closed", None, False, 9 * HOUR),
        ("open", None, True, HOUR),
        ("pause", "aguardando o cliente", False, 2 * HOUR),
        ("open", None, True, 5 * HOUR),
    ]
    assert lines[-1].end == term_of(a_clock, DESK).due_at


def test_the_ledger_of_a_paused_clock_ends_now_and_of_a_stopped_one_at_its_end() -> None:
    waiting = MONDAY.pause(local(2, 12), "cliente")
    assert ledger(waiting, DESK, local(2, 15))[-1].end == local(2, 15)
    assert ledger(waiting.stop(local(2, 17)), DESK, local(9, 9))[-1].end == local(2, 17)
    assert [line.reason for line in ledger(waiting, DESK, local(2, 15))] == ["open", "pause"]


def test_the_ledger_of_a_term_that_rolls_has_the_days_it_rolled_over() -> None:
    lines = ledger(clock(local(2, 15), 5, DayCount.CALENDAR_ROLL), LEGAL, local(2, 16))
    assert [(line.reason, line.counted, line.end) for line in lines] == [
        ("first_day", False, local(3, 0)),
        ("day", True, local(7, 23, 59, 59)),
        ("closed", False, local(9, 0)),
        ("roll", False, local(9, 23, 59, 59)),
    ]


@pytest.mark.parametrize("basis", list(DayCount))
def test_a_term_of_no_days_has_no_empty_line(basis: DayCount) -> None:
    lines = ledger(clock(local(2, 15), 0, basis), LEGAL, local(2, 16))
    assert [(line.start, line.end) for line in lines] == [(local(2, 15), local(2, 23, 59, 59))]


@pytest.mark.parametrize("basis", list(DayCount))
def test_a_term_of_today_after_the_last_second_has_an_empty_ledger(basis: DayCount) -> None:
    late = clock(local(2, 23, 59, 59) + timedelta(microseconds=500_000), 0, basis)
    assert ledger(late, LEGAL, local(3, 9)) == []
    assert standing(term_of(late, LEGAL), LEGAL, local(3, 9)).situation is Situation.OVERDUE


class TestDaysLeft:
    """The remaining days of a term in days are days of its basis, at any hour."""

    THREE_DAYS = clock(local(2, 10), 3, DayCount.BUSINESS_AFTER)
    """From Monday: its last day is Thursday the fifth."""

    @pytest.mark.parametrize(
        ("now", "left"),
        [
            (local(2, 10), 3),
            (local(4, 0), 1),
            (local(4, 23, 59), 1),
            (local(5, 0), 0),
            (local(5, 16, 37), 0),
            (local(5, 23, 59, 59), 0),
            (local(6, 0), -1),
            (local(6, 23), -1),
            (local(7, 12), -1),  # Saturday
            (local(9, 1), -2),
        ],
    )
    def test_business_days(self, now: datetime, left: int) -> None:
        assert standing(term_of(self.THREE_DAYS, LEGAL), LEGAL, now).days == left

    def test_only_the_last_day_is_today_also_over_a_weekend(self) -> None:
        monday_due = term_of(clock(local(5, 10), 2, DayCount.BUSINESS_AFTER), LEGAL)
        assert [standing(monday_due, LEGAL, local(day, 12)).days for day in (6, 7, 8, 9)] == [1, 1, 1, 0]

    def test_consecutive_days_and_late_on_a_day_that_does_not_count(self) -> None:
        friday_due = term_of(clock(local(4, 10), 2, DayCount.CALENDAR), LEGAL)
        assert [standing(friday_due, LEGAL, local(day, 12)).days for day in (4, 5, 6, 7, 8)] == [2, 1, 0, -1, -2]
        friday_due = term_of(clock(local(4, 10), 2, DayCount.BUSINESS_AFTER), LEGAL)
        assert standing(friday_due, LEGAL, local(7, 12)).days == -1

    def test_a_paused_term_does_not_change(self) -> None:
        resting = term_of(self.THREE_DAYS.pause(local(3, 12), "cliente"), LEGAL)
        assert [standing(resting, LEGAL, local(day, 12)).days for day in (3, 5, 20)] == [2, 2, 2]

    def test_a_term_in_hours_has_no_days(self) -> None:
        assert standing(term_of(MONDAY, DESK), DESK, local(3, 12)).days is None
