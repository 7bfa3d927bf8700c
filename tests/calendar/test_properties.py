"""Properties that hold for every calendar."""

import os
import time as process_time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atendimento_tui.calendar import BusinessCalendar, DayCount
from tests.calendar.strategies import WEEKS, Case, cases, instants, lengths, pauses

REACH = timedelta(days=400)
SOON = timedelta(days=6)
TERM = timedelta(days=30)  # of working time: some calendars open a minute a week, and take 800 years for it
COUNTS = [DayCount.BUSINESS_AFTER, DayCount.BUSINESS_FROM, DayCount.CALENDAR, DayCount.CALENDAR_ROLL]
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


@given(st.data(), cases())
def test_later_starts_and_longer_work_are_never_due_earlier(data: st.DataObject, case: Case) -> None:
    calendar, stopped = case.calendar, data.draw(pauses(case, SOON))
    first, second = sorted(data.draw(st.tuples(instants(case, REACH), instants(case, REACH))))
    less, more = sorted(data.draw(st.tuples(lengths(case, TERM), lengths(case, TERM))))
    due = calendar.add(first, less, pauses=stopped).astimezone(UTC)
    assert due <= calendar.add(second, less, pauses=stopped).astimezone(UTC)
    assert due <= calendar.add(first, more, pauses=stopped).astimezone(UTC)


@given(st.data(), cases())
def test_between_is_the_inverse_of_add(data: st.DataObject, case: Case) -> None:
    calendar, stopped = case.calendar, data.draw(pauses(case, SOON))
    start, amount = data.draw(instants(case, SOON)), data.draw(lengths(case, TERM))
    due = calendar.add(start, amount, pauses=stopped)
    assert calendar.between(start, due, pauses=stopped) == amount
    assert calendar.between(due, start, pauses=stopped) == -amount


@given(st.data(), cases())
def test_subtracting_what_was_added_gives_the_start_or_the_next_opening(data: st.DataObject, case: Case) -> None:
    calendar = case.calendar
    start, amount = data.draw(instants(case, REACH)), data.draw(lengths(case, TERM))
    begun = calendar.add(calendar.add(start, amount), -amount)
    assert begun == calendar.next_open(start)


@given(st.data(), cases())
def test_two_amounts_one_after_the_other_are_their_sum(data: st.DataObject, case: Case) -> None:
    calendar, start = case.calendar, data.draw(instants(case, REACH))
    one, other = data.draw(st.tuples(lengths(case, TERM), lengths(case, TERM)))
    assert calendar.add(calendar.add(start, one), other) == calendar.add(start, one + other)


@given(st.data(), cases())
def test_a_due_instant_is_open_or_a_closing(data: st.DataObject, case: Case) -> None:
    calendar = case.calendar
    due = calendar.add(data.draw(instants(case, REACH)), data.draw(lengths(case, TERM)), pauses=())
    assert calendar.is_open(due.astimezone(UTC) - timedelta(microseconds=1))


@given(st.data(), cases())
def test_splitting_or_doubling_a_pause_changes_nothing(data: st.DataObject, case: Case) -> None:
    calendar, start = case.calendar, data.draw(instants(case, SOON))
    amount, end = data.draw(lengths(case, SOON)), data.draw(instants(case, REACH))
    stopped = data.draw(pauses(case, SOON))
    cut = [piece for a, b, name in stopped for piece in ((a, a + (b - a) / 2, name), (a + (b - a) / 2, b, name))]
    shuffled = data.draw(st.permutations(cut + stopped))
    assert calendar.add(start, amount, pauses=stopped) == calendar.add(start, amount, pauses=shuffled)
    assert calendar.between(start, end, pauses=stopped) == calendar.between(start, end, pauses=shuffled)
    low, high = min(start, end), min(max(start, end), min(start, end) + SOON)
    assert calendar.explain(low, high, pauses=stopped) == calendar.explain(low, high, pauses=cut)


@given(st.data(), cases())
def test_the_ledger_has_no_gap_and_adds_up(data: st.DataObject, case: Case) -> None:
    calendar, stopped = case.calendar, data.draw(pauses(case, SOON))
    start, end = sorted(data.draw(st.tuples(instants(case, SOON), instants(case, SOON))))
    assume(start < end)
    ledger = calendar.explain(start, end, pauses=stopped)
    edges = [start, *(line.end.astimezone(UTC) for line in ledger)]
    assert edges == [*(line.start.astimezone(UTC) for line in ledger), end]
    assert all(line.duration > timedelta() and line.start.tzinfo is calendar.tz for line in ledger)
    assert all((a.reason, a.name) != (b.reason, b.name) for a, b in pairwise(ledger))
    counted = sum((line.duration for line in ledger if line.counted), timedelta())
    assert counted == calendar.between(start, end, pauses=stopped)


@given(st.data(), cases())
def test_the_parts_of_a_split_span_add_up(data: st.DataObject, case: Case) -> None:
    calendar, stopped = case.calendar, data.draw(pauses(case, SOON))
    a, b, c = data.draw(st.tuples(*[instants(case, REACH)] * 3))
    parts = calendar.between(a, b, pauses=stopped) + calendar.between(b, c, pauses=stopped)
    assert parts == calendar.between(a, c, pauses=stopped)


@given(st.data(), cases())
def test_results_do_not_depend_on_earlier_calls(data: st.DataObject, case: Case) -> None:
    fresh, used = case.calendar, case.calendar
    for year in data.draw(st.lists(st.integers(1, 2600), max_size=3)):
        used.is_open(datetime(year, 6, 1, tzinfo=UTC))
    start, amount = data.draw(instants(case, REACH)), data.draw(lengths(case, TERM))
    assert fresh.add(start, amount) == used.add(start, amount)
    assert fresh.between(start, start + amount) == used.between(start, start + amount)


@given(cases(), days, st.integers(1, 3000))
def test_business_days_added_are_the_days_between(case: Case, day: date, n: int) -> None:
    calendar = case.calendar
    for count in (DayCount.BUSINESS_AFTER, DayCount.BUSINESS_FROM):
        end = calendar.add_days(day, n, count)
        assert calendar.is_business_day(end)
        assert calendar.days_between(day, end, count) == n
        assert day == end or calendar.days_between(end, day, count) == -n
    back = calendar.add_days(day, -n, DayCount.BUSINESS_AFTER)
    assert calendar.is_business_day(back)
    assert calendar.days_between(back, day - timedelta(1), DayCount.BUSINESS_FROM) == n


@given(cases(), st.integers(-12, 12), st.integers(1, 40), st.sampled_from(COUNTS))
def test_days_agree_with_counting_one_by_one(case: Case, offset: int, n: int, count: DayCount) -> None:
    calendar, start = case.calendar, case.about.date() + timedelta(offset)
    day, left = start, n
    if count is DayCount.BUSINESS_FROM and calendar.is_business_day(start):
        left -= 1
    while left:
        day += timedelta(1)
        left -= 1 if count in (DayCount.CALENDAR, DayCount.CALENDAR_ROLL) or calendar.is_business_day(day) else 0
    while count is DayCount.CALENDAR_ROLL and not calendar.is_business_day(day):
        day += timedelta(1)
    assert calendar.add_days(start, n, count) == day


@given(cases(), days, st.integers(-9000, 9000))
def test_consecutive_days_are_those_of_the_date(case: Case, day: date, n: int) -> None:
    end = case.calendar.add_days(day, n, DayCount.CALENDAR)
    assert end - day == timedelta(n)
    assert case.calendar.days_between(day, end, DayCount.CALENDAR) == n


@given(cases(), st.integers(-40, 40))
def test_the_end_of_a_day_is_its_last_second(case: Case, offset: int) -> None:
    day = case.about.date() + timedelta(offset)
    end = case.calendar.end_of_day(day).astimezone(UTC)
    shown = [(end + timedelta(seconds=s)).astimezone(case.calendar.tz).date() for s in range(0, 7300, 100)]
    assert shown[0] <= day
    assert (end + timedelta(seconds=1)).astimezone(case.calendar.tz).date() > day
    assert all(later > day for later in shown[1:])


@pytest.fixture
def _process_zone() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    process_time.tzset()


@pytest.mark.usefixtures("_process_zone")
def test_results_do_not_depend_on_the_zone_of_the_process() -> None:
    desk = {day: [(time(9), time(12)), (time(13), time(18))] for day in range(5)}
    start = datetime(2018, 11, 3, 22, tzinfo=UTC)
    answers = set()
    for zone in ("UTC", "Asia/Tehran", "America/Sao_Paulo", "Pacific/Apia"):
        os.environ["TZ"] = zone
        process_time.tzset()
        calendar = BusinessCalendar(desk)
        due = calendar.add(start, timedelta(hours=40))
        ledger = calendar.explain(start, due)
        answers.add((due.isoformat(), str(calendar.between(start, due)), repr(ledger), calendar.is_open(due)))
    assert len(answers) == 1


@given(st.data(), cases(), st.integers(-4, 4))
def test_time_before_the_day_of_a_later_week_is_counted_on_the_former(
    data: st.DataObject, case: Case, after: int
) -> None:
    oracle, former = case.oracle, case.calendar
    day = (case.about + timedelta(after)).date()
    assume(day not in oracle.later)
    week = data.draw(WEEKS)
    new = replace(case, oracle=replace(oracle, later={**oracle.later, day: week})).calendar
    begin = former.end_of_day(day - timedelta(days=1)).astimezone(UTC)
    start, end = sorted(data.draw(st.tuples(instants(case, SOON), instants(case, SOON))))
    assume(end <= begin)
    stopped = data.draw(pauses(case, SOON))
    assert new.between(start, end, pauses=stopped) == former.between(start, end, pauses=stopped)
    assert new.explain(start, end, pauses=stopped) == former.explain(start, end, pauses=stopped)


@given(st.data(), cases(), days)
def test_the_same_week_again_from_a_later_day_changes_nothing(data: st.DataObject, case: Case, day: date) -> None:
    simple = replace(case, oracle=replace(case.oracle, later={}))
    again = replace(case, oracle=replace(case.oracle, later={day: case.oracle.week})).calendar
    start, end = sorted(data.draw(st.tuples(instants(case, SOON), instants(case, REACH))))
    amount, stopped = data.draw(lengths(case, TERM)), data.draw(pauses(case, SOON))
    assert again.add(start, amount, pauses=stopped) == simple.calendar.add(start, amount, pauses=stopped)
    assert again.between(start, end, pauses=stopped) == simple.calendar.between(start, end, pauses=stopped)
    first, n = data.draw(days), data.draw(st.integers(-40, 40))
    counted = DayCount.BUSINESS_AFTER
    assert again.add_days(first, n, counted) == simple.calendar.add_days(first, n, counted)
    assert again.days_between(first, day, counted) == simple.calendar.days_between(first, day, counted)
