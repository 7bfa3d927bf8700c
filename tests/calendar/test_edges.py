"""Edge cases of the calendar."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from atendimento_tui.calendar import (
    BeyondCalendarError,
    BusinessCalendar,
    CalendarError,
    DayCount,
    HoursError,
    Interval,
    NaiveDatetimeError,
    NeverOpenError,
    Pause,
    RefusedError,
    UnknownZoneError,
)

SP = ZoneInfo("America/Sao_Paulo")
HOUR = timedelta(hours=1)
MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(18))
DAY_LONG = [(time(0), time(0))]
CARNIVAL = {date(2024, 2, 12): "Carnaval", date(2024, 2, 13): "Carnaval"}
ASH_WEDNESDAY = date(2024, 2, 14)


def every_day(*hours: tuple[time, time]) -> dict[int, list[tuple[time, time]]]:
    return {day: list(hours) for day in range(7)}


desk = BusinessCalendar({day: [MORNING, AFTERNOON] for day in range(5)}, holidays=CARNIVAL)
always = BusinessCalendar(every_day(*DAY_LONG))


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    """In 2026, when the zone changes no more; 4 May is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=SP)


# -- Instants ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    [
        lambda naive: desk.add(naive, HOUR),
        lambda naive: desk.add(naive, timedelta()),
        lambda naive: desk.add(at(4, 9), HOUR, pauses=[(naive, at(4, 10))]),
        lambda naive: desk.between(naive, at(4, 9)),
        lambda naive: desk.between(at(4, 9), naive),
        lambda naive: desk.is_open(naive),
        lambda naive: desk.next_open(naive),
        lambda naive: desk.explain(naive, at(4, 9)),
        lambda naive: desk.explain(at(4, 9), at(4, 10), pauses=[(at(4, 9), naive)]),
    ],
)
def test_a_naive_datetime_is_refused(ask: Callable[[datetime], object]) -> None:
    with pytest.raises(NaiveDatetimeError, match="has no zone") as refused:
        ask(datetime(2026, 5, 4, 9))  # noqa: DTZ001 - that is the point
    assert refused.value.code == "naive_datetime"


def test_a_value_that_is_no_datetime_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        desk.is_open(date(2026, 5, 4))  # type: ignore[arg-type]


def test_results_are_aware_and_in_the_calendars_zone() -> None:
    due = desk.add(datetime(2026, 5, 4, 12, tzinfo=UTC), HOUR)
    assert due.isoformat() == "2026-05-04T10:00:00-03:00"
    assert due.tzinfo is desk.tz
    assert desk.next_open(datetime(2026, 5, 4, 3, tzinfo=UTC)).tzinfo is desk.tz
    assert desk.add(datetime(2026, 5, 4, 12, tzinfo=UTC), timedelta()).tzinfo is desk.tz


def test_any_zone_may_be_given() -> None:
    for zone in (UTC, SP, ZoneInfo("Asia/Tehran"), timezone(timedelta(hours=5, minutes=45, seconds=7))):
        assert desk.is_open(at(4, 9).astimezone(zone))
        assert desk.between(at(4, 9).astimezone(zone), at(5, 9)) == 8 * HOUR


# -- Adding -----------------------------------------------------------------------------------------------------------


def test_an_amount_that_ends_at_closing_is_due_at_closing() -> None:
    assert desk.add(at(4, 9), 3 * HOUR) == at(4, 12)
    assert desk.add(at(4, 9), 8 * HOUR) == at(4, 18)
    assert desk.add(at(8, 9), 8 * HOUR) == at(8, 18)


def test_the_first_microsecond_after_a_closing_is_that_of_the_next_opening() -> None:
    assert desk.add(at(8, 9), 8 * HOUR + timedelta(microseconds=1)) == at(11, 9) + timedelta(microseconds=1)


def test_zero_is_the_start_when_open_else_the_next_opening() -> None:
    assert desk.add(at(4, 9), timedelta()) == at(4, 9)
    assert desk.add(at(4, 11, 59), timedelta()) == at(4, 11, 59)
    assert desk.add(at(4, 12), timedelta()) == at(4, 13)
    assert desk.add(at(8, 18), timedelta()) == at(11, 9)


def test_zero_ignores_pauses() -> None:
    assert desk.add(at(4, 9), timedelta(), pauses=[(at(4, 8), at(4, 11))]) == at(4, 9)


def test_a_negative_amount_counts_backward_and_may_end_at_an_opening() -> None:
    assert desk.add(at(4, 10), -HOUR) == at(4, 9)
    assert desk.add(at(4, 14), -HOUR) == at(4, 13)
    assert desk.add(at(4, 14), -2 * HOUR) == at(4, 11)
    assert desk.add(at(11, 8), -HOUR) == at(8, 17)
    assert desk.add(at(4, 9), -timedelta(microseconds=1)) == at(1, 18) - timedelta(microseconds=1)


def test_a_negative_amount_with_pauses_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        desk.add(at(4, 10), -HOUR, pauses=[(at(4, 9), at(4, 10))])
    assert refused.value.code == "backward_with_pauses"
    assert desk.add(at(4, 10), -HOUR, pauses=[]) == at(4, 9)
    assert desk.add(at(4, 10), -HOUR, pauses=iter(())) == at(4, 9)


def test_a_result_after_the_last_opening_is_an_error() -> None:
    once = BusinessCalendar({}, special_days={date(2026, 5, 4): [MORNING]})
    assert once.add(at(4, 0), 3 * HOUR) == at(4, 12)
    with pytest.raises(BeyondCalendarError, match="last opening"):
        once.add(at(4, 0), 3 * HOUR + timedelta(microseconds=1))
    with pytest.raises(BeyondCalendarError, match="last opening"):
        once.next_open(at(4, 12))
    with pytest.raises(BeyondCalendarError, match="last opening"):
        once.add(at(4, 12), timedelta())
    with pytest.raises(BeyondCalendarError, match="first opening"):
        once.add(at(4, 10), -2 * HOUR)
    with pytest.raises(BeyondCalendarError, match="last opening"):
        once.add_days(date(2026, 5, 4), 1, DayCount.BUSINESS_AFTER)
    with pytest.raises(BeyondCalendarError, match="first opening"):
        once.add_days(date(2026, 5, 4), -1, DayCount.BUSINESS_AFTER)
    with pytest.raises(BeyondCalendarError, match="last opening"):
        once.add_days(date(2026, 5, 4), 1, DayCount.CALENDAR_ROLL)


@pytest.mark.parametrize("calendar", [desk, always, BusinessCalendar({0: [MORNING]}, "Pacific/Apia")])
@pytest.mark.parametrize("amount", [timedelta.max, timedelta(days=3_652_058), timedelta.min])
def test_a_result_outside_the_years_1_to_9999_is_an_error(calendar: BusinessCalendar, amount: timedelta) -> None:
    with pytest.raises(BeyondCalendarError):
        calendar.add(at(4, 9), amount)


@pytest.mark.parametrize("zone", ["UTC", "America/Sao_Paulo", "Pacific/Kiritimati", "America/New_York"])
def test_the_first_and_the_last_days_are_computed(zone: str) -> None:
    calendar = BusinessCalendar(every_day(*DAY_LONG), zone)
    first = datetime(1, 1, 1, 1, tzinfo=calendar.tz)
    last = datetime(9999, 12, 31, 23, tzinfo=calendar.tz)
    assert calendar.add(first, HOUR) == first + HOUR
    assert calendar.add(last, -HOUR) == last - HOUR
    assert calendar.add(last, HOUR - timedelta(microseconds=1)) == last.replace(
        minute=59, second=59, microsecond=999999
    )
    wall, shift = last - first, (last.utcoffset() or timedelta()) - (first.utcoffset() or timedelta())
    assert calendar.between(first, last) == wall - shift
    assert calendar.next_open(last) == last
    for amount in (HOUR, 2 * HOUR):
        with pytest.raises(BeyondCalendarError):
            calendar.add(last, amount)
    with pytest.raises(BeyondCalendarError):
        calendar.add(first, -HOUR - timedelta(microseconds=1))
    assert calendar.end_of_day(date.max).time() == time(23, 59, 59)
    assert calendar.end_of_day(date.min).time() == time(23, 59, 59)


def test_instants_whose_local_year_is_out_of_range_are_closed() -> None:
    outside = datetime(9999, 12, 31, 23, 30, tzinfo=timezone(-12 * HOUR))
    calendar = BusinessCalendar(every_day(*DAY_LONG), "Asia/Tokyo")
    assert calendar.between(outside, outside) == timedelta()
    with pytest.raises(BeyondCalendarError):
        calendar.next_open(outside)
    with pytest.raises(BeyondCalendarError):
        calendar.explain(outside - HOUR, outside)


# -- Pauses -----------------------------------------------------------------------------------------------------------


def test_a_pause_that_begins_at_the_due_instant_does_not_move_it() -> None:
    pause = (at(4, 11), at(4, 15))
    assert desk.add(at(4, 10), HOUR, pauses=[pause]) == at(4, 11)
    assert desk.add(at(4, 10), HOUR + timedelta(microseconds=1), pauses=[pause]) == at(4, 15) + timedelta(
        microseconds=1
    )


def test_a_pause_that_begins_at_a_closing_does_not_move_a_due_there() -> None:
    assert desk.add(at(4, 9), 3 * HOUR, pauses=[(at(4, 12), at(4, 15))]) == at(4, 12)


def test_a_moved_due_instant_is_moved_by_further_pauses() -> None:
    stopped = [(at(4, 10), at(4, 11)), (at(4, 11, 30), at(4, 14)), (at(4, 18), at(5, 10))]
    assert desk.add(at(4, 9), 2 * HOUR, pauses=stopped) == at(4, 14, 30)


def test_pauses_may_overlap_be_unsorted_and_come_from_an_iterator() -> None:
    stopped: list[Pause] = [
        (at(4, 10), at(4, 11), "a"),
        (at(4, 9, 30), at(4, 10, 30)),
        (at(4, 10, 15), at(4, 10, 20), "b"),
    ]
    assert desk.add(at(4, 9), HOUR, pauses=iter(stopped)) == at(4, 11, 30)
    assert desk.between(at(4, 9), at(4, 12), pauses=iter(stopped)) == 1.5 * HOUR


def test_a_pause_before_the_start_is_clipped() -> None:
    assert desk.add(at(4, 10), HOUR, pauses=[(at(1, 9), at(4, 10, 30))]) == at(4, 11, 30)
    assert desk.add(at(4, 10), HOUR, pauses=[(at(1, 9), at(4, 9, 30))]) == at(4, 11)


def test_an_empty_pause_has_no_effect_and_an_inverted_one_is_refused() -> None:
    assert desk.add(at(4, 9), HOUR, pauses=[(at(4, 9, 30), at(4, 9, 30))]) == at(4, 10)
    with pytest.raises(RefusedError, match="ends before it begins"):
        desk.add(at(4, 9), HOUR, pauses=[(at(4, 10), at(4, 9))])


def test_between_with_swapped_arguments_is_negative_also_with_pauses() -> None:
    stopped = [(at(4, 10), at(4, 11))]
    assert desk.between(at(4, 9), at(4, 14), pauses=stopped) == 3 * HOUR
    assert desk.between(at(4, 14), at(4, 9), pauses=stopped) == -3 * HOUR
    assert desk.between(at(4, 9), at(4, 9), pauses=stopped) == timedelta()


# -- Open and closed --------------------------------------------------------------------------------------------------


def test_the_opening_instant_is_open_and_the_closing_instant_closed() -> None:
    assert desk.is_open(at(4, 9))
    assert not desk.is_open(at(4, 12))
    assert not desk.is_open(at(4, 9) - timedelta(microseconds=1))
    assert desk.is_open(at(4, 12) - timedelta(microseconds=1))


def test_a_closing_that_is_also_an_opening_is_open() -> None:
    calendar = BusinessCalendar({0: [(time(9), time(12)), (time(12), time(18))], 1: DAY_LONG})
    assert calendar.is_open(at(4, 12))
    assert calendar.is_open(at(5, 0))
    assert calendar.next_open(at(4, 12)) == at(4, 12)


def test_midnight_as_an_end_is_the_end_of_the_day() -> None:
    late = BusinessCalendar({0: [(time(22), time(0))]})
    assert late.add(at(4, 12), 2 * HOUR) == at(5, 0)
    assert late.is_open(at(4, 23, 59))
    assert not late.is_open(at(5, 0))


def test_special_days_have_priority_over_week_and_holidays() -> None:
    calendar = BusinessCalendar(
        {0: [MORNING]}, holidays=[date(2026, 5, 4), date(2026, 5, 11)], special_days={date(2026, 5, 4): [AFTERNOON]}
    )
    assert calendar.next_open(at(3, 0)) == at(4, 13)
    assert calendar.next_open(at(4, 18)) == at(18, 9)
    assert calendar.is_business_day(date(2026, 5, 4))
    assert not calendar.is_business_day(date(2026, 5, 11))


def test_a_special_day_without_hours_is_closed() -> None:
    calendar = BusinessCalendar({0: [MORNING]}, special_days={date(2026, 5, 4): []})
    assert not calendar.is_business_day(date(2026, 5, 4))
    assert calendar.next_open(at(4, 0)) == at(11, 9)


# -- Zones that change ------------------------------------------------------------------------------------------------


def test_hours_that_a_clock_change_skips_are_not_worked() -> None:
    new_york = BusinessCalendar(every_day((time(2), time(3, 30))), "America/New_York")
    midnight = datetime(2024, 3, 10, tzinfo=new_york.tz)
    assert new_york.between(midnight, midnight + timedelta(days=1)) == HOUR / 2
    assert new_york.next_open(midnight).isoformat() == "2024-03-10T03:00:00-04:00"


def test_hours_that_occur_twice_are_worked_twice() -> None:
    new_york = BusinessCalendar(every_day((time(1), time(1, 30))), "America/New_York")
    midnight = datetime(2024, 11, 3, tzinfo=new_york.tz)
    assert new_york.between(midnight, midnight + timedelta(days=1)) == HOUR
    assert new_york.add(midnight, HOUR / 2).isoformat() == "2024-11-03T01:30:00-04:00"
    again = new_york.add(midnight, HOUR / 2 + timedelta(minutes=1))
    assert (again.isoformat(), again.fold) == ("2024-11-03T01:01:00-05:00", 1)


def test_a_day_that_has_no_midnight_opens_when_it_begins() -> None:
    assert always.add(datetime(2018, 11, 3, 23, 30, tzinfo=SP), HOUR).isoformat() == "2018-11-04T01:30:00-02:00"
    assert always.add(datetime(2018, 11, 3, 23, tzinfo=SP), HOUR).isoformat() == "2018-11-04T01:00:00-02:00"


def test_a_date_that_the_zone_skips_is_not_worked() -> None:
    apia = BusinessCalendar(every_day(*DAY_LONG), "Pacific/Apia")
    before, after = datetime(2011, 12, 29, tzinfo=apia.tz), datetime(2011, 12, 31, tzinfo=apia.tz)
    assert apia.between(before, after) == 24 * HOUR
    assert apia.end_of_day(date(2011, 12, 30)).isoformat() == "2011-12-29T23:59:59-10:00"


def test_the_end_of_a_day_whose_last_hour_occurs_twice_is_the_second_one() -> None:
    end = always.end_of_day(date(2019, 2, 16))
    assert (end.isoformat(), end.fold) == ("2019-02-16T23:59:59-03:00", 1)
    assert always.end_of_day(date(2026, 5, 4)).isoformat() == "2026-05-04T23:59:59-03:00"


def test_an_intervals_duration_is_real_time() -> None:
    line = always.explain(datetime(2018, 11, 3, 23, tzinfo=SP), datetime(2018, 11, 4, 2, tzinfo=SP))[0]
    assert line.end - line.start == 3 * HOUR
    assert line.duration == 2 * HOUR


# -- The ledger -------------------------------------------------------------------------------------------------------


def ledger_lines(ledger: object) -> list[tuple[str, str, bool, str, str | None]]:
    assert isinstance(ledger, tuple)
    return [(f"{i.start:%d %H:%M}", f"{i.end:%d %H:%M}", i.counted, i.reason, i.name) for i in ledger]


def test_the_ledger_has_the_reason_of_time_that_did_not_count() -> None:
    calendar = BusinessCalendar(
        {day: [MORNING, AFTERNOON] for day in range(5)},
        holidays=CARNIVAL | {ASH_WEDNESDAY: "Quarta-feira de Cinzas"},
        special_days={ASH_WEDNESDAY: [(time(14), time(18))]},
    )
    friday, wednesday = datetime(2024, 2, 9, 11, tzinfo=SP), datetime(2024, 2, 14, 20, tzinfo=SP)
    pauses = [(friday.replace(hour=15), friday.replace(hour=20), "aguardando o cliente")]
    assert ledger_lines(calendar.explain(friday, wednesday, pauses=pauses)) == [
        ("09 11:00", "09 12:00", True, "open", None),
        ("09 12:00", "09 13:00", False, "closed", None),
        ("09 13:00", "09 15:00", True, "open", None),
        ("09 15:00", "09 18:00", False, "pause", "aguardando o cliente"),
        ("09 18:00", "12 00:00", False, "closed", None),
        ("12 00:00", "14 00:00", False, "holiday", "Carnaval"),
        ("14 00:00", "14 14:00", False, "special", "Quarta-feira de Cinzas"),
        ("14 14:00", "14 18:00", True, "open", None),
        ("14 18:00", "14 20:00", False, "special", "Quarta-feira de Cinzas"),
    ]


def test_a_holiday_or_a_pause_without_a_name_has_none() -> None:
    calendar = BusinessCalendar({0: [MORNING]}, holidays=[date(2026, 5, 5)])
    assert {i.name for i in calendar.explain(at(4, 9), at(6, 9), pauses=[(at(4, 9), at(4, 10))])} == {None}


def test_touching_pauses_are_merged_if_they_have_the_same_reason() -> None:
    same = [(at(4, 9), at(4, 10), "a"), (at(4, 10), at(4, 11), "a")]
    assert [i.name for i in desk.explain(at(4, 9), at(4, 11), pauses=same)] == ["a"]
    other = [(at(4, 9), at(4, 10), "a"), (at(4, 9, 30), at(4, 11), "b")]
    assert ledger_lines(desk.explain(at(4, 9), at(4, 11), pauses=other)) == [
        ("04 09:00", "04 10:00", False, "pause", "a"),
        ("04 10:00", "04 11:00", False, "pause", "b"),
    ]


def test_open_midnights_and_touching_intervals_do_not_split_a_line_of_the_ledger() -> None:
    assert ledger_lines(always.explain(at(4, 9), at(7, 9))) == [("04 09:00", "07 09:00", True, "open", None)]


def test_the_ledger_of_an_empty_span_is_empty_and_of_an_inverted_one_refused() -> None:
    assert desk.explain(at(4, 9), at(4, 9)) == ()
    assert desk.explain(at(4, 10), at(4, 10), pauses=[(at(4, 9), at(4, 11))]) == ()
    with pytest.raises(RefusedError) as refused:
        desk.explain(at(4, 10), at(4, 9))
    assert refused.value.code == "explain_backward"


def test_a_ledger_that_ends_or_begins_where_the_zone_changes_has_no_empty_line() -> None:
    morning = BusinessCalendar(every_day((time(2), time(5))), "America/New_York")
    change = datetime(2024, 3, 10, 7, tzinfo=UTC)  # 02:00 becomes 03:00: closed until here, open from here
    assert [i.reason for i in morning.explain(change - HOUR, change)] == ["closed"]
    assert [i.reason for i in morning.explain(change, change + HOUR)] == ["open"]


def test_a_line_of_the_ledger_cannot_be_changed() -> None:
    line = desk.explain(at(4, 9), at(4, 10))[0]
    assert line == Interval(at(4, 9), at(4, 10), True, "open", None)
    with pytest.raises(AttributeError):
        line.counted = False  # type: ignore[misc]


# -- Building ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ([(time(9), time(12)), (time(11), time(18))], "overlapping_intervals"),
        ([(time(9), time(0)), (time(11), time(18))], "overlapping_intervals"),
        ([(time(9), time(12)), (time(9), time(12))], "overlapping_intervals"),
        ([(time(13), time(18)), (time(9), time(12))], "unsorted_intervals"),
        ([(time(9), time(9))], "empty_interval"),
        ([(time(22), time(6))], "inverted_interval"),
        ([(time(9, tzinfo=UTC), time(12))], "zone_in_hours"),
    ],
)
def test_invalid_hours_are_refused_with_their_day(hours: list[tuple[time, time]], code: str) -> None:
    with pytest.raises(HoursError, match="Wednesday") as refused:
        BusinessCalendar({2: hours})
    assert (refused.value.code, refused.value.values["day"]) == (code, 2)
    with pytest.raises(HoursError, match="2026-12-24") as refused:
        BusinessCalendar({2: [MORNING]}, special_days={date(2026, 12, 24): hours})
    assert (refused.value.code, refused.value.values["day"]) == (code, date(2026, 12, 24))


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_weekday_that_does_not_exist_is_refused(weekday: int) -> None:
    with pytest.raises(HoursError) as refused:
        BusinessCalendar({weekday: [MORNING]})
    assert refused.value.code == "bad_weekday"


def test_a_calendar_that_is_never_open_is_refused() -> None:
    with pytest.raises(NeverOpenError):
        BusinessCalendar({})
    with pytest.raises(NeverOpenError):
        BusinessCalendar({0: []}, special_days={date(2026, 5, 4): []})


@pytest.mark.parametrize("zone", ["America/Nowhere", "", "/etc/localtime", "America", "../UTC", None, UTC])
def test_an_unknown_zone_is_refused(zone: object) -> None:
    with pytest.raises(UnknownZoneError, match="unknown time zone"):
        BusinessCalendar({0: [MORNING]}, zone)  # type: ignore[arg-type]


def test_a_refusal_is_a_value_error_with_a_code_and_survives_pickling() -> None:
    assert issubclass(CalendarError, ValueError)
    with pytest.raises(CalendarError, match="Tuesday") as refused:
        BusinessCalendar({1: [(time(9), time(9))]})
    again = pickle.loads(pickle.dumps(refused.value))
    assert isinstance(again, CalendarError)
    assert (str(again), again.code, again.values) == (str(refused.value), "empty_interval", refused.value.values)


def test_equal_calendars_are_equal_and_can_be_keys() -> None:
    def same(name: str = "Carnaval") -> BusinessCalendar:
        return BusinessCalendar({0: [MORNING]}, SP, {date(2024, 2, 12): name}, {date(2024, 2, 19): [AFTERNOON]})

    assert same() == same()
    assert len({same(), same()}) == 1
    assert same() != same("Outro")
    assert same() != "a calendar"
    assert "America/Sao_Paulo" in repr(same())


def test_a_calendar_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(desk))
    assert again == desk
    assert again.add(at(4, 9), 40 * HOUR) == desk.add(at(4, 9), 40 * HOUR)


def test_later_changes_of_its_arguments_do_not_change_a_calendar() -> None:
    week, holidays = {0: [MORNING]}, {date(2026, 5, 4): "Feriado"}
    calendar = BusinessCalendar(week, holidays=holidays)
    week[0].append(AFTERNOON)
    holidays.clear()
    assert calendar.next_open(at(4, 0)) == at(11, 9)
    assert calendar.add(at(11, 9), 3 * HOUR) == at(11, 12)


def test_several_threads_may_use_a_calendar_while_it_adds_years() -> None:
    calendar = BusinessCalendar(every_day(MORNING), "Europe/Berlin")
    starts = [datetime(year, 6, 1, tzinfo=UTC) for year in range(1850, 2250)] * 2
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda start: calendar.between(start, start + timedelta(days=3650)), starts))
    assert answers == [timedelta(days=3650) / 8] * len(starts)


def test_importing_the_package_imports_neither_pydantic_nor_holidays() -> None:
    program = (
        "import sys; from atendimento_tui.calendar import BusinessCalendar, DayCount, Interval;"
        "print(*({'pydantic', 'holidays', 'dateutil', 'sqlmodel', 'textual'} & set(sys.modules)))"
    )
    actual = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert actual.stdout.strip() == ""


# -- Days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", list(DayCount))
def test_zero_days_give_the_day_itself_even_if_it_is_closed(count: DayCount) -> None:
    for day in (date(2026, 5, 4), date(2026, 5, 3), date(2024, 2, 12)):
        assert desk.add_days(day, 0, count) == day


@pytest.mark.parametrize("count", [DayCount.BUSINESS_FROM, DayCount.CALENDAR_ROLL])
def test_counting_back_with_the_first_day_or_with_a_roll_is_refused(count: DayCount) -> None:
    with pytest.raises(RefusedError) as refused:
        desk.add_days(date(2026, 5, 4), -1, count)
    assert refused.value.code == "negative_days"


def test_counting_back_excludes_the_first_day_too() -> None:
    assert desk.add_days(date(2026, 5, 4), -1, DayCount.BUSINESS_AFTER) == date(2026, 5, 1)
    assert desk.add_days(date(2026, 5, 3), -1, DayCount.BUSINESS_AFTER) == date(2026, 5, 1)
    assert desk.add_days(date(2026, 5, 4), -3, DayCount.CALENDAR) == date(2026, 5, 1)


def test_the_days_between_are_those_after_or_those_from_the_first() -> None:
    monday, friday, sunday = date(2026, 5, 4), date(2026, 5, 8), date(2026, 5, 10)
    assert desk.days_between(monday, friday, DayCount.BUSINESS_AFTER) == 4
    assert desk.days_between(monday, friday, DayCount.BUSINESS_FROM) == 5
    assert desk.days_between(monday, sunday, DayCount.CALENDAR) == 6
    assert desk.days_between(monday, sunday, DayCount.CALENDAR_ROLL) == 6
    assert desk.days_between(friday, monday, DayCount.BUSINESS_AFTER) == -4
    assert desk.days_between(friday, monday, DayCount.BUSINESS_FROM) == -5
    assert desk.days_between(monday, monday, DayCount.BUSINESS_AFTER) == 0
    assert desk.days_between(monday, monday, DayCount.BUSINESS_FROM) == 1


def test_days_outside_the_years_1_to_9999_are_an_error() -> None:
    for day, n in ((date.max, 1), (date.min, -1)):
        for count in (DayCount.CALENDAR, DayCount.BUSINESS_AFTER):
            with pytest.raises(BeyondCalendarError):
                desk.add_days(day, n, count)
    with pytest.raises(BeyondCalendarError):
        desk.add_days(date.max, 1, DayCount.CALENDAR_ROLL)


def test_an_instant_is_refused_as_a_day() -> None:
    for ask in (desk.is_business_day, desk.end_of_day, lambda day: desk.add_days(day, 1, DayCount.CALENDAR)):
        with pytest.raises(RefusedError) as refused:
            ask(at(4, 9))
        assert refused.value.code == "not_a_date"


def test_an_invalid_count_is_refused() -> None:
    with pytest.raises(RefusedError):
        desk.add_days(date(2026, 5, 4), 1, "business_after")  # type: ignore[arg-type]
    with pytest.raises(RefusedError):
        desk.days_between(date(2026, 5, 4), date(2026, 5, 5), "dias")  # type: ignore[arg-type]


# National holidays of 2026 and 2027 with Good Friday, Monday to Friday: the table of the rules of counting.
legal = BusinessCalendar(
    dict.fromkeys(range(5), DAY_LONG),
    holidays=[
        date.fromisoformat(f"{year}-{day}")
        for year in (2026, 2027)
        for day in ("01-01", "04-21", "05-01", "09-07", "10-12", "11-02", "11-15", "11-20", "12-25")
    ],
)


@pytest.mark.parametrize(
    ("start", "five", "seven", "ten", "consecutive", "seven_from"),
    [
        ("2026-11-18", "2026-11-26", "2026-11-30", "2026-12-03", "2026-11-25", "2026-11-27"),
        ("2026-11-20", "2026-11-27", "2026-12-01", "2026-12-04", "2026-11-27", "2026-12-01"),
        ("2026-10-09", "2026-10-19", "2026-10-21", "2026-10-26", "2026-10-16", "2026-10-20"),
        ("2026-12-23", "2026-12-31", "2027-01-05", "2027-01-08", "2026-12-30", "2027-01-04"),
    ],
)
def test_terms_in_days_over_brazilian_holidays(
    start: str, five: str, seven: str, ten: str, consecutive: str, seven_from: str
) -> None:
    day = date.fromisoformat(start)
    assert legal.add_days(day, 5, DayCount.BUSINESS_AFTER).isoformat() == five
    assert legal.add_days(day, 7, DayCount.BUSINESS_AFTER).isoformat() == seven
    assert legal.add_days(day, 10, DayCount.BUSINESS_AFTER).isoformat() == ten
    assert legal.add_days(day, 7, DayCount.CALENDAR).isoformat() == consecutive
    assert legal.add_days(day, 7, DayCount.BUSINESS_FROM).isoformat() == seven_from


def test_an_end_on_a_closed_day_rolls_and_on_an_open_one_stays() -> None:
    assert legal.add_days(date(2026, 11, 13), 7, DayCount.CALENDAR_ROLL) == date(2026, 11, 23)
    assert legal.add_days(date(2026, 11, 16), 7, DayCount.CALENDAR_ROLL) == date(2026, 11, 23)
    assert legal.add_days(date(2026, 12, 22), 10, DayCount.CALENDAR_ROLL) == date(2027, 1, 4)
