"""The ledger of a clock on random calendars: it is complete, and adds up to the target."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from atendimento_tui.calendar import BeyondCalendarError, BusinessCalendar, DayCount
from atendimento_tui.domain.clocks import HOURS, Clock, LedgerLine, ledger, standing, term_of
from atendimento_tui.domain.words import ClockKind, Situation
from tests.calendar.strategies import Case, cases, instants

SECOND = timedelta(seconds=1)
BUSINESS = (DayCount.BUSINESS_AFTER, DayCount.BUSINESS_FROM)


def clock(start: datetime, basis: str, target: int) -> Clock:
    return Clock(1, ClockKind.AUDIT, 1, basis, target, start)


def due(a_clock: Clock, calendar: BusinessCalendar) -> datetime:
    try:
        return term_of(a_clock, calendar).due_at
    except BeyondCalendarError:  # a calendar of single days has an end
        assume(False)
        raise


def tiles(lines: list[LedgerLine], start: datetime, end: datetime) -> None:
    """From start to end, in order, without gap, overlap or empty line."""
    edges = [edge.astimezone(UTC) for line in lines for edge in (line.start, line.end)]
    assert edges == sorted(edges)
    assert edges[1:-1:2] == edges[2::2]
    assert all(line.duration > timedelta(0) for line in lines)
    assert [edges[0], edges[-1]] == [start, end] if edges else start == end


@given(st.data(), st.integers(0, 8 * 3600))
def test_the_ledger_of_a_running_clock_adds_up_to_its_target(data: st.DataObject, target: int) -> None:
    case: Case = data.draw(cases())
    start = data.draw(instants(case, timedelta(days=3)))
    a_clock = clock(start, HOURS, target)
    at = start
    for _ in range(data.draw(st.integers(0, 3))):
        began = at + data.draw(st.timedeltas(timedelta(0), timedelta(hours=8)))
        at = began + data.draw(st.timedeltas(timedelta(0), timedelta(hours=8)))
        a_clock = a_clock.pause(began, "cliente").resume(at)
    end = due(a_clock, case.calendar)
    lines = ledger(a_clock, case.calendar, start)
    tiles(lines, start, end)
    assert sum((line.duration for line in lines if line.counted), timedelta()) == timedelta(seconds=target)


@given(st.data(), st.sampled_from(list(DayCount)), st.integers(0, 12))
def test_the_ledger_of_a_term_in_days_agrees_with_the_calendar(data: st.DataObject, basis: DayCount, days: int) -> None:
    case: Case = data.draw(cases())
    calendar = case.calendar
    start = data.draw(instants(case, timedelta(days=3)))
    a_clock = clock(start, basis, days)
    end = due(a_clock, calendar)
    first = start.astimezone(calendar.tz).date()
    last = calendar.add_days(first, days, basis)
    assert end == calendar.end_of_day(last).astimezone(UTC)  # across zones a repeated hour equals nothing
    assume(start < end)  # it may begin after the last second of its only day
    assume(all(exists(first + timedelta(days=n), calendar) for n in range((last - first).days + 2)))
    lines = ledger(a_clock, calendar, start)
    tiles(lines, start, end)
    counted = {day for line in lines if line.counted for day in dates(line, calendar)}
    if basis in BUSINESS:
        after = 0 if basis is DayCount.BUSINESS_FROM else 1
        term = [first + timedelta(days=n) for n in range(after, (last - first).days + 1)]
        business = [day for day in term if calendar.is_business_day(day)]
        assert len(business) == days or not days
        # The rest of the first day may be closed, and the only open hour of another day may be skipped by the zone.
        assert counted & set(term) == {day for day in business if opens(day, start, calendar)}
    else:
        assert counted == {first + timedelta(days=n) for n in range(1, days + 1)}
        assert all(line.reason != "roll" or not line.counted for line in lines)
    assert (first in counted) <= (basis is DayCount.BUSINESS_FROM)


def dates(line: LedgerLine, calendar: BusinessCalendar) -> set[date]:
    """The local days that a line touches."""
    at, seen = line.start.astimezone(UTC), set()
    while at < line.end.astimezone(UTC):
        seen.add(at.astimezone(calendar.tz).date())
        at += timedelta(minutes=30)
    return seen | {(line.end.astimezone(UTC) - SECOND).astimezone(calendar.tz).date()}


def opens(day: date, start: datetime, calendar: BusinessCalendar) -> bool:
    """Whether any of the day's open time comes after the start."""
    begins = calendar.end_of_day(day - timedelta(days=1)).astimezone(UTC) + SECOND
    return calendar.between(max(begins, start), calendar.end_of_day(day)) > timedelta(0)


def exists(day: date, calendar: BusinessCalendar) -> bool:
    """Whether the date exists in the zone: Samoa skipped one."""
    noon = datetime.combine(day, time(12), calendar.tz)
    return noon.astimezone(UTC).astimezone(calendar.tz).date() == day


@given(st.data(), st.integers(1, 4 * 3600))
def test_a_clock_is_on_time_until_its_due_instant_and_overdue_after_it(data: st.DataObject, target: int) -> None:
    case: Case = data.draw(cases())
    a_clock = clock(data.draw(instants(case, timedelta(days=3))), HOURS, target)
    end = due(a_clock, case.calendar)
    term = term_of(a_clock, case.calendar)
    assert a_clock.started_at <= term.warn_at <= end
    assert standing(term, case.calendar, end).situation is not Situation.OVERDUE
    assert standing(term, case.calendar, end).remaining_s == 0
    assert standing(term, case.calendar, end + SECOND).situation is Situation.OVERDUE
    assert standing(term, case.calendar, a_clock.started_at).remaining_s == target
