"""Rules of recurrence: the examples of RFC 5545, section 3.8.5.3, and a slow model beside them."""

import calendar
from datetime import date, time, timedelta
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


WHOLE = {
    ("19970902", "FREQ=DAILY;COUNT=10"): "1997 9:2-11",
    ("19970902", "FREQ=DAILY;UNTIL=19971224T000000Z"): "1997 9:2-30 10:1-31 11:1-30 12:1-23",
    ("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5"): "1997 9:2,12,22 10:2,12",
    ("19980101", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"): (
        "1998 1:1-31|1999 1:1-31|2000 1:1-31"
    ),
    ("19980101", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1"): "1998 1:1-31|1999 1:1-31|2000 1:1-31",
    ("19970902", "FREQ=WEEKLY;COUNT=10"): "1997 9:2,9,16,23,30 10:7,14,21,28 11:4",
    ("19970902", "FREQ=WEEKLY;UNTIL=19971224T000000Z"): (
        "1997 9:2,9,16,23,30 10:7,14,21,28 11:4,11,18,25 12:2,9,16,23"
    ),
    ("19970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH"): "1997 9:2,4,9,11,16,18,23,25,30 10:2",
    ("19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"): "1997 9:2,4,9,11,16,18,23,25,30 10:2",
    ("19970901", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR"): (
        "1997 9:1,3,5,15,17,19,29 10:1,3,13,15,17,27,29,31 11:10,12,14,24,26,28 12:8,10,12,22"
    ),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"): "1997 9:2,4,16,18,30 10:2,14,16",
    ("19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR"): ("1997 9:5 10:3 11:7 12:5|1998 1:2 2:6 3:6 4:3 5:1 6:5"),
    ("19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR"): "1997 9:5 10:3 11:7 12:5",
    ("19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"): "1997 9:7,28 11:2,30|1998 1:4,25 3:1,29 5:3,31",
    ("19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"): "1997 9:22 10:20 11:17 12:22|1998 1:19 2:16",
    ("19970902", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"): "1997 9:2,15 10:2,15 11:2,15 12:2,15|1998 1:2,15",
    ("19970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"): "1997 9:30 10:1,31 11:1,30 12:1,31|1998 1:1,31 2:1",
    ("19970910", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"): "1997 9:10-15|1999 3:10-13",
    ("19970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7"): (
        "1997 6:10 7:10|1998 6:10 7:10|1999 6:10 7:10|2000 6:10 7:10|2001 6:10 7:10"
    ),
    ("19970310", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"): (
        "1997 3:10|1999 1:10 2:10 3:10|2001 1:10 2:10 3:10|2003 1:10 2:10 3:10"
    ),
    ("19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"): (
        "1997 1:1 4:10 7:19|2000 1:1 4:9 7:18|2003 1:1 4:10 7:19|2006 1:1"
    ),
    ("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"): "1997 9:4 10:7 11:6",
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"): "1997 8:5,10,19,24",
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"): "1997 8:5,17,19,31",
    ("20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"): "2007 1:15,30 2:15 3:15,30",
}
"""First day and rule -> all its days."""

ENDLESS = {
    ("19970902", "FREQ=DAILY;INTERVAL=2"): (
        "1997 9:2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 10:2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 11:1,3,5,7"
    ),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"): "1997 9:2,16,30 10:14,28 11:11,25 12:9,23|1998 1:6,20 2:3,17",
    ("19970928", "FREQ=MONTHLY;BYMONTHDAY=-3"): "1997 9:28 10:29 11:28 12:29|1998 1:29 2:26",
    ("19970902", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"): (
        "1997 9:2,9,16,23,30 11:4,11,18,25|1998 1:6,13,20,27 3:3,10,17,24,31"
    ),
    ("19970519", "FREQ=YEARLY;BYDAY=20MO"): "1997 5:19|1998 5:18|1999 5:17",
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"): "1997 5:12|1998 5:11|1999 5:17",
    ("19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH"): "1997 3:13,20,27|1998 3:5,12,19,26|1999 3:4,11,18,25",
    ("19970605", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"): (
        "1997 6:5,12,19,26 7:3,10,17,24,31 8:7,14,21,28|1998 6:4,11,18,25 7:2,9,16,23,30 8:6,13,20,27"
        "|1999 6:3,10,17,24 7:1,8,15,22,29 8:5,12,19,26"
    ),
    ("19970902", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"): "1998 2:13 3:13 11:13|1999 8:13|2000 10:13",
    ("19970913", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"): (
        "1997 9:13 10:11 11:8 12:13|1998 1:10 2:7 3:7 4:11 5:9 6:13"
    ),
    (
        "19961105",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
    ): "1996 11:5|2000 11:7|2004 11:2",
    ("19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"): ("1997 9:29 10:30 11:27 12:30|1998 1:29 2:26 3:30"),
}
"""First day and endless rule -> its first days."""


def days_until(first: str, rule: str, to: date) -> list[date]:
    bare, until = parted(checked_rule(rule), NINE, NEW_YORK)
    begins = date.fromisoformat(first)
    return list(days(bare, begins, until, since=begins, to=to))


@pytest.mark.parametrize(("first", "rule"), WHOLE)
def test_a_bounded_rule_has_the_days_that_the_standard_says(first: str, rule: str) -> None:
    assert days_until(first, rule, date(2010, 1, 1)) == expanded(WHOLE[first, rule])


@pytest.mark.parametrize(("first", "rule"), ENDLESS)
def test_an_endless_rule_begins_with_the_days_that_the_standard_says(first: str, rule: str) -> None:
    expected = expanded(ENDLESS[first, rule])
    assert days_until(first, rule, expected[-1]) == expected


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
        ("FREQ=HOURLY;INTERVAL=3", "recorrencia_no_dia"),
        ("FREQ=DAILY;BYHOUR=9,10,11", "recorrencia_no_dia"),
        ("FREQ=MINUTELY", "recorrencia_no_dia"),
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
