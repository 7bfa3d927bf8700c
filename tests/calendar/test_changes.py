"""Changes of a calendar: each is a version that follows from the one before it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.calendar import BusinessCalendar, RefusedError
from atendimento_tui.calendar.changes import (
    DAYS_BACK,
    CalendarChange,
    changed_spec,
    day_of_effect,
    days_that_differ,
    next_version,
)
from atendimento_tui.calendar.named import CalendarSpec, Week, build, resolve

TODAY = date(2026, 11, 25)
FIRST, LAST = 2024, 2030
HOURS: Week = {"seg-sex": ((time(9), time(12)), (time(13), time(18)))}
SPEC = CalendarSpec(name="Expediente", week=HOURS, uf="SP", optional_days=("Carnaval",), half_days=("24/12",))
LONGER: Week = {"seg-sab": ((time(8), time(20)),)}


def after(change: CalendarChange, spec: CalendarSpec = SPEC, reason: str = "") -> tuple[CalendarSpec, BusinessCalendar]:
    """The calendar after the change, whose resolved days continue those of the spec."""
    effect = day_of_effect(change, TODAY, reason)
    new = changed_spec(spec, change)
    return new, build(new, next_version(new, resolve(spec, FIRST, LAST), effect, LAST))


FORMER = build(SPEC, resolve(SPEC, FIRST, LAST))
days_ahead = st.dates(TODAY, date(LAST, 12, 31))
weeks = st.sampled_from([LONGER, HOURS, {"seg": ((time(0), time(0)),)}])
names = st.sampled_from(["Aniversário da cidade", "Luto oficial"])
single_hours = st.sampled_from([((time(9), time(12)),), ((time(0), time(0)),)])
changes = st.builds(
    CalendarChange,
    since=days_ahead,
    week=st.none() | weeks,
    optional_days=st.none() | st.sampled_from([(), ("Carnaval", "Corpus Christi")]),
    half_days=st.none() | st.sampled_from([(), ("cinzas", "31/12")]),
    closed=st.dictionaries(days_ahead, names, min_size=1, max_size=3),
    hours=st.dictionaries(days_ahead, single_hours, max_size=2),
    municipal=st.dictionaries(days_ahead, names, max_size=2),
)


@given(changes)
def test_time_before_the_day_of_effect_is_counted_as_before(change: CalendarChange) -> None:
    _, new = after(change)
    effect = day_of_effect(change, TODAY, "")
    start, end = datetime(2025, 1, 1, tzinfo=UTC), FORMER.end_of_day(effect - timedelta(days=1))
    assert new.explain(start, end) == FORMER.explain(start, end)
    assert not list(days_that_differ(FORMER, new, date(2025, 1, 1), effect - timedelta(days=1)))


@given(changes, changes)
def test_a_version_that_follows_another_keeps_the_days_before_it(first: CalendarChange, second: CalendarChange) -> None:
    spec = changed_spec(SPEC, first)
    resolved = next_version(spec, resolve(SPEC, FIRST, LAST), day_of_effect(first, TODAY, ""), LAST)
    effect = day_of_effect(second, TODAY, "")
    last = changed_spec(spec, second)
    new, former = build(last, next_version(last, resolved, effect, LAST)), build(spec, resolved)
    assert not list(days_that_differ(former, new, date(2025, 1, 1), effect - timedelta(days=1)))


def test_new_hours_hold_from_their_day_on() -> None:
    _, new = after(CalendarChange(since=date(2026, 12, 1), week=LONGER))
    assert new.day(date(2026, 11, 30)).hours == HOURS["seg-sex"]
    assert new.day(date(2026, 12, 1)).hours == ((time(8), time(20)),)
    assert new.day(date(2026, 12, 5)).hours == ((time(8), time(20)),), "a Saturday"
    assert new.day(date(2026, 12, 25)).name == "Natal"
    assert new.day(date(2026, 12, 24)).hours == ((time(8), time(13)),), "half of the new hours"
    assert not new.is_business_day(date(2027, 2, 9)), "Carnaval"


def test_an_earlier_change_of_hours_keeps_the_planned_one() -> None:
    spec, _ = after(CalendarChange(since=date(2027, 1, 4), week=HOURS))
    _, new = after(
        CalendarChange(since=date(2026, 12, 1), week=LONGER),
        changed_spec(spec, CalendarChange(since=date(2027, 1, 4), week={"seg": ((time(10), time(11)),)})),
    )
    assert new.day(date(2026, 12, 1)).hours == ((time(8), time(20)),)
    assert new.day(date(2027, 1, 11)).hours == ((time(10), time(11)),)


def test_optional_days_closed_from_a_day_on_are_closed_under_planned_hours_too() -> None:
    spec, _ = after(CalendarChange(since=date(2027, 1, 4), week=LONGER))
    _, new = after(CalendarChange(since=date(2026, 12, 1), optional_days=("Carnaval", "Corpus Christi")), spec)
    assert new.day(date(2027, 5, 27)).name == "Corpus Christi"
    assert new.day(date(2027, 5, 26)).hours == ((time(8), time(20)),)


def test_a_single_day_is_closed_opened_and_set_back() -> None:
    spec, new = after(CalendarChange(closed={TODAY: "Luto oficial"}))
    assert not new.day(TODAY).hours
    assert new.day(TODAY).name == "Luto oficial"
    spec, new = after(CalendarChange(hours={date(2026, 12, 25): ((time(9), time(12)),)}), spec)
    assert new.day(date(2026, 12, 25)).hours == ((time(9), time(12)),)
    _, new = after(CalendarChange(as_usual=frozenset((TODAY, date(2026, 12, 25)))), spec)
    assert new.day(TODAY).hours == HOURS["seg-sex"]
    assert new.day(date(2026, 12, 25)).hours == ()


@pytest.mark.parametrize(
    ("change", "reason", "code"),
    [
        ({}, "", "nothing_changes"),
        ({"week": LONGER}, "", "no_day"),
        ({"week": LONGER, "since": TODAY - timedelta(days=1)}, "Erro", "day_past"),
        ({"closed": {TODAY - timedelta(days=1): "Luto"}}, "", "past_without_reason"),
        ({"closed": {TODAY - timedelta(days=DAYS_BACK + 1): "Luto"}}, "Decreto", "day_past"),
    ],
)
def test_a_past_day_is_refused_except_a_single_one_with_a_reason(
    change: dict[str, Any], reason: str, code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        day_of_effect(CalendarChange(**change), TODAY, reason)
    assert refused.value.code == code


def test_a_day_of_the_last_week_is_closed_afterwards_with_a_reason() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert day_of_effect(CalendarChange(closed={yesterday: "Luto"}), TODAY, "Decreto 10/2026") == yesterday
    assert day_of_effect(CalendarChange(closed={TODAY: "Luto"}), TODAY, "") == TODAY
