"""The calendar compared with an oracle that counts by steps, near unusual instants of many zones."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.calendar.oracle import Oracle
from tests.calendar.strategies import Case, cases, instants, lengths, pauses

# The oracle takes a microsecond or two a step: four days by minutes, an hour and a half by seconds.
STEPS = 5_760
SECOND = timedelta(seconds=1)
any_case = st.one_of(cases(), cases(SECOND))


def reach(case: Case) -> timedelta:
    return case.oracle.step * (STEPS // 2)


@given(st.data(), any_case)
def test_adding_agrees(data: st.DataObject, case: Case) -> None:
    start = data.draw(instants(case, reach(case)))
    amount = data.draw(st.one_of(st.just(timedelta()), lengths(case, reach(case))))
    stopped = data.draw(pauses(case, reach(case)))
    due = case.oracle.add(start, amount, stopped, start + 2 * reach(case))
    assume(due is not None)
    assert case.calendar.add(start, amount, pauses=stopped).astimezone(UTC) == due


@given(st.data(), any_case)
def test_counting_backward_agrees(data: st.DataObject, case: Case) -> None:
    start = data.draw(instants(case, reach(case)))
    amount = data.draw(lengths(case, reach(case)))
    begun = case.oracle.subtract(start, amount, start - 2 * reach(case))
    assume(begun is not None)
    assert case.calendar.add(start, -amount).astimezone(UTC) == begun


@given(st.data(), any_case)
def test_the_time_between_agrees(data: st.DataObject, case: Case) -> None:
    start, end = sorted(data.draw(st.tuples(instants(case, reach(case)), instants(case, reach(case)))))
    stopped = data.draw(pauses(case, reach(case)))
    worked = case.oracle.between(start, end, stopped)
    assert case.calendar.between(start, end, pauses=stopped) == worked
    assert case.calendar.between(end, start, pauses=stopped) == -worked


@given(st.data(), any_case)
def test_the_ledger_agrees(data: st.DataObject, case: Case) -> None:
    start, end = sorted(data.draw(st.tuples(instants(case, reach(case)), instants(case, reach(case)))))
    stopped = data.draw(pauses(case, reach(case)))
    ledger = case.calendar.explain(start, end, pauses=stopped)
    lines = [(line.start.astimezone(UTC), line.end.astimezone(UTC), line.reason, line.name) for line in ledger]
    assert lines == case.oracle.explain(start, end, stopped)


@given(st.data(), any_case)
def test_openings_agree(data: st.DataObject, case: Case) -> None:
    at = data.draw(instants(case, reach(case)))
    calendar = case.calendar
    assert calendar.is_open(at) == case.oracle.is_open(at)
    opening = case.oracle.add(at, timedelta(), (), at + 2 * reach(case))
    assume(opening is not None)
    assert calendar.next_open(at).astimezone(UTC) == opening


def test_the_oracle_agrees_with_results_counted_by_hand() -> None:
    desk = Oracle({0: [(time(9), time(12)), (time(13), time(18))]}, "UTC", {date(2026, 5, 11): "Feriado"})
    desk.step = timedelta(minutes=1)
    monday = datetime(2026, 5, 4, 8, tzinfo=UTC)
    stop = (monday.replace(hour=10), monday.replace(hour=11), "cliente")
    assert desk.between(monday, monday + timedelta(days=9), [stop]) == timedelta(hours=7)
    assert desk.add(monday, timedelta(hours=3), [stop], monday + timedelta(days=1)) == monday.replace(hour=14)
    assert desk.subtract(monday.replace(hour=14), timedelta(hours=2), monday) == monday.replace(hour=11)
    assert desk.reason(datetime(2026, 5, 11, 10, tzinfo=UTC), ()) == ("holiday", "Feriado")
