"""How dates, durations, money and identifiers are written."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.texts import formats
from atendimento_tui.texts.clocks import countdown

TUESDAY = dt.datetime(2026, 12, 1, 10, 0, tzinfo=dt.UTC)


def test_dates_and_clock() -> None:
    assert formats.date(dt.date(2026, 3, 9)) == "09/03/2026"
    assert formats.date(dt.date(826, 3, 9)) == "09/03/0826"
    assert formats.short_date(dt.date(2026, 3, 9)) == "09/03"
    assert formats.clock(TUESDAY) == "10:00"
    assert formats.clock(dt.time(7, 5, 59)) == "07:05"


def test_weekdays() -> None:
    monday = dt.date(2026, 11, 30)
    week = [formats.weekday(monday + dt.timedelta(days=n)) for n in range(7)]
    assert week == ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "hoje 10:00"),
        (1, "amanhã 10:00"),
        (2, "qui 10:00"),
        (6, "seg 10:00"),
        (7, "08/12 10:00"),
        (-1, "30/11 10:00"),
        (31, "01/01/2027 10:00"),
        (-365, "01/12/2025 10:00"),
    ],
)
def test_moment(days: int, expected: str) -> None:
    assert formats.moment(TUESDAY + dt.timedelta(days=days), TUESDAY) == expected


def test_a_moment_near_new_year_shows_its_weekday() -> None:
    eve = dt.datetime(2026, 12, 31, 9, 0, tzinfo=dt.UTC)
    assert formats.moment(eve + dt.timedelta(days=1), eve) == "amanhã 09:00"
    assert formats.moment(eve + dt.timedelta(days=4), eve) == "seg 09:00"


def test_number() -> None:
    assert [formats.number(n) for n in (0, 999, 4812, 1234567, -4812)] == ["0", "999", "4.812", "1.234.567", "−4.812"]


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (2 * 3600 + 14 * 60, "2h14"),
        (2 * 3600 + 14 * 60 + 59, "2h14"),
        (40 * 60, "0h40"),
        (600, "0h10"),
        (599.9, "9m59s"),
        (581, "9m41s"),
        (5, "0m05s"),
        (0, "0m00s"),
        (-0.4, "0m00s"),
        (-5, "−0m05s"),
        (-40 * 60, "−0h40"),
        (120 * 3600, "120h"),
    ],
)
def test_worked(seconds: float, written: str) -> None:
    assert formats.worked(seconds) == written


@given(st.floats(-500_000, 500_000), st.floats(0, 60, exclude_max=True))
def test_a_working_time_stays_as_written_for_as_long_as_it_says(left: float, passed: float) -> None:
    stays = formats.worked_stays_s(math.floor(left))
    assert 0 <= stays < 60
    if passed < stays:
        assert formats.worked(math.floor(left - passed)) == formats.worked(math.floor(left))


def test_days_left() -> None:
    assert [formats.days_left(n) for n in (3, 2, 1, 0, -1, -2)] == [
        "3d úteis",
        "2d úteis",
        "1d útil",
        "0d útil",
        "−1d útil",
        "−2d úteis",
    ]


@pytest.mark.parametrize(
    ("days", "basis", "written"),
    [
        (None, "horas", "2h14"),
        (0, "business_after", "hoje"),
        (0, "calendar", "hoje"),
        (1, "business_from", "1d útil"),
        (4, "business_after", "4d úteis"),
        (2, "calendar_roll", "2d"),
        (-1, "calendar", "−1d"),
        (-3, "business_after", "−3d úteis"),
    ],
)
def test_remaining_time_has_one_unit(days: int | None, basis: str, written: str) -> None:
    assert countdown(2 * 3600 + 14 * 60, days, basis) == written


@pytest.mark.parametrize(
    ("protocol", "short"),
    [
        ("32609520261201000042", "1201.000042"),
        ("20261201000042", "1201.000042"),
        ("32609520251201000042", "20251201.000042"),
        ("2026", "2026"),
        ("20269999", "20269999"),
        ("", ""),
    ],
)
def test_the_short_protocol_identifies_it(protocol: str, short: str) -> None:
    assert formats.protocol_short(protocol, 2026) == short


@pytest.mark.parametrize(
    ("protocol", "grouped"),
    [
        ("32609520261201000042", "326095.20261201.000042"),
        ("20261201000042", "20261201.000042"),
        ("4242", "4242"),
        ("326095.20261201.000042", "326095.20261201.000042"),
        ("2026120100004x", "2026120100004x"),
        ("٢٠٢٦١٢٠١٠٠٠٠٤٢", "٢٠٢٦١٢٠١٠٠٠٠٤٢"),
        ("", ""),
    ],
)
def test_protocol_groups(protocol: str, grouped: str) -> None:
    assert formats.protocol_groups(protocol) == grouped


@pytest.mark.parametrize("typed", ["326095.20261201.000042", " 326095 20261201-000042\n", "32609520261201000042"])
def test_protocol_digits(typed: str) -> None:
    assert formats.protocol_digits(typed) == "32609520261201000042"


@given(st.from_regex(r"[0-9]{14}|[0-9]{20}", fullmatch=True))
def test_a_grouped_protocol_is_read_back(protocol: str) -> None:
    assert formats.protocol_digits(formats.protocol_groups(protocol)) == protocol
