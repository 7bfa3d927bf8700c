"""Rules of recurrence: the examples of RFC 5545, section 3.8.5.3, and a slow model beside them."""

import calendar
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.recurrence import WEEKDAYS, checked_rule, days, parted, weekly
from atendimento_tui.domain.refusals import Refused

NEW_YORK = ZoneInfo("America/New_York")
NINE = time(9)


def expanded(written: str) -> list[date]:
    """`1997 9:2,4-6 10:1 | 1998 1:3` -> days."""
    found = []
    for year_of in written.split("|"):
        year, *months = year_of.split()
        for month_of in months:
            month, _, numbers = month_of.partition(":")
            for number in numbers.split(","):
                first, _, last = number.partition("-")
                found += [date(int(year), int(month), day) for day in range(int(first), int(last or first) + 1)]
    return found


@dataclass(frozen=True)
class Example:
    """One rule of an example of the standard (`rfc5545_examples.toml`)."""

    first: date
    rule: str
    days: str = ""
    endless: bool = False
    refused: bool = False
    left_out: Sequence[date] = ()


def examples() -> Iterator[Example]:
    text = Path(__file__).with_name("rfc5545_examples.toml").read_text("utf-8")
    for each in tomllib.loads(text)["example"]:
        for rule in each.pop("rules"):
            yield Example(rule=rule, **each)


def test_the_days_are_those_that_the_standard_says() -> None:
    known = [each for each in examples() if not each.refused]
    assert len(known) == 37
    for each in known:
        expected = expanded(each.days)
        bare, until = parted(checked_rule(each.rule), NINE, NEW_YORK)
        to = expected[-1] if each.endless else date(2010, 1, 1)
        found = days(bare, each.first, until, left_out=each.left_out, since=each.first, to=to)
        assert list(found) == expected, each.rule


def test_the_rules_of_the_standard_that_recur_within_a_day_are_refused() -> None:
    refused = [each for each in examples() if each.refused]
    assert len(refused) == 5
    for each in refused:
        with pytest.raises(Refused, match="recorrencia_no_dia"):
            checked_rule(each.rule)


def test_days_are_left_out_and_added() -> None:
    """EXDATE and RDATE; a day that is both is left out (RFC 5545, 3.8.5.1)."""
    monday = date(2025, 3, 3)
    found = days(
        weekly([0]),
        monday,
        date(2025, 3, 17),
        left_out=[monday, date(2025, 3, 19)],
        added=[date(2025, 3, 19), date(2025, 3, 20), date(2025, 4, 30)],
        since=date(2025, 3, 1),
        to=date(2025, 4, 1),
    )
    assert found == (date(2025, 3, 10), date(2025, 3, 17), date(2025, 3, 20))


def test_no_rule_is_one_day() -> None:
    day = date(2025, 3, 3)
    assert days("", day, None, since=day, to=date(2026, 1, 1)) == (day,)
    assert days("", day, None, since=date(2025, 3, 4), to=date(2026, 1, 1)) == ()
    assert days("", day, None, since=date(2025, 1, 1), to=date(2025, 3, 2)) == ()


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20251001", date(2025, 10, 1)),
        ("20251001T120000Z", date(2025, 10, 1)),  # 9 in the morning there
        ("20251001T115900Z", date(2025, 9, 30)),
        ("20251001T090000", date(2025, 10, 1)),
        ("20251001T085959", date(2025, 9, 30)),
        ("20251001T010000Z", date(2025, 9, 30)),
    ],
)
def test_the_end_of_a_rule_is_read_in_the_zone_of_its_hours(until: str, last: date) -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    assert parted(f"FREQ=DAILY;UNTIL={until};INTERVAL=2", NINE, zone) == ("FREQ=DAILY;INTERVAL=2", last)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("FREQ=SECONDLY", "recorrencia_no_dia"),
        ("FREQ=DAILY;BYSECOND=0", "recorrencia_no_dia"),
        ("BYDAY=MO", "recorrencia_sem_frequencia"),
        ("FREQ=DAILY;FREQ=DAILY", "recorrencia_invalida"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20250101", "recorrencia_invalida"),
        ("FREQ=DAILY;COUNT=0", "recorrencia_invalida"),
        ("FREQ=DAILY;INTERVAL=99999", "recorrencia_invalida"),
        ("FREQ=DAILY;UNTIL=20251301", "recorrencia_invalida"),
        ("FREQ=DAILY;UNTIL=20251201T256000Z", "recorrencia_invalida"),
        ("FREQ=WEEKLY;BYDAY=1MO", "recorrencia_invalida"),
        ("FREQ=MONTHLY;BYDAY=6MO", "recorrencia_invalida"),
        ("FREQ=MONTHLY;BYDAY=0MO", "recorrencia_invalida"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "recorrencia_invalida"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "recorrencia_invalida"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "recorrencia_invalida"),
        ("FREQ=DAILY;BYYEARDAY=1", "recorrencia_invalida"),
        ("FREQ=WEEKLY;BYDAY=SEG", "recorrencia_invalida"),
        ("FREQ=WEEKLY;SKIP=FORWARD", "recorrencia_invalida"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "recorrencia_sem_dia"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=8", "recorrencia_sem_dia"),
        ("[bold]toda segunda[/]", "recorrencia_invalida"),
    ],
)
def test_a_rule_that_recurs_within_a_day_never_or_not_at_all_is_refused(rule: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_rule(rule)
    assert refused.value.code == code


def test_a_rule_is_written_in_any_case_and_with_its_name() -> None:
    assert checked_rule(" rrule:freq=weekly; byday=mo,we ") == "FREQ=WEEKLY;BYDAY=MO,WE"
    assert checked_rule("") == ""


def test_a_rule_that_began_too_long_ago_is_refused() -> None:
    with pytest.raises(Refused, match="recorrencia_longa"):
        days("FREQ=DAILY", date(1900, 1, 1), None, since=date(2025, 1, 1), to=date(2025, 1, 2))


weekdays = st.sets(st.integers(0, 6), min_size=1)


@given(
    first=st.dates(date(2020, 1, 1), date(2024, 1, 1)),
    on=weekdays,
    interval=st.integers(1, 5),
    months=st.sets(st.integers(1, 12)),
)
def test_weeks_are_those_of_a_slow_model(first: date, on: set[int], interval: int, months: set[int]) -> None:
    by_month = f";BYMONTH={','.join(map(str, sorted(months)))}" if months else ""
    rule = checked_rule(f"{weekly(on)};INTERVAL={interval}{by_month}")
    to = first + timedelta(days=200)
    monday = first - timedelta(days=first.weekday())
    expected = [
        day
        for day in (first + timedelta(days=number) for number in range(201))
        if day.weekday() in on and (day - monday).days // 7 % interval == 0 and (not months or day.month in months)
    ]
    assert list(days(rule, first, None, since=first, to=to)) == expected


@given(
    first=st.dates(date(2020, 1, 1), date(2024, 1, 1)),
    numbers=st.sets(st.integers(-31, 31).filter(bool), min_size=1),
    on=st.sets(st.integers(0, 6)),
    interval=st.integers(1, 7),
)
def test_months_are_those_of_a_slow_model(first: date, numbers: set[int], on: set[int], interval: int) -> None:
    by_day = f";BYDAY={','.join(WEEKDAYS[day] for day in sorted(on))}" if on else ""
    rule = checked_rule(f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={','.join(map(str, sorted(numbers)))}{by_day}")
    expected = []
    for number in range(501):
        day = first + timedelta(days=number)
        length = calendar.monthrange(day.year, day.month)[1]
        months = (day.year - first.year) * 12 + day.month - first.month
        if months % interval == 0 and numbers & {day.day, day.day - length - 1} and (not on or day.weekday() in on):
            expected.append(day)
    assert list(days(rule, first, None, since=first, to=first + timedelta(days=500))) == expected
