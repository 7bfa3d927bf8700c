"""The rules of backup copies: which are kept, when one is due, which numbers a restored desk skips."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.protocol import protocol_number, read_protocol, series_of
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.safekeeping import (
    RETRY_AFTER,
    SKIPPED_AT_MOST,
    SKIPPED_OTHERS,
    WARN_AFTER,
    Retention,
    is_due,
    is_too_old,
    jumps,
    kept,
)

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
USUAL = Retention()

instants = st.integers(0, 3 * 366 * 86_400).map(lambda s: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
copies = st.lists(instants, max_size=60, unique=True)
retentions = st.builds(Retention, st.integers(0, 9), st.integers(0, 6), st.integers(0, 15))


@given(copies, retentions)
def test_the_newest_copy_is_kept_and_their_number_is_bounded(found: list[datetime], rules: Retention) -> None:
    chosen = kept(found, rules, ZONE)
    assert chosen <= set(found)
    assert len(chosen) <= max(rules.days, 1) + rules.weeks + rules.months
    if found:
        assert max(found) in chosen


@given(copies, retentions)
def test_what_is_kept_stays_kept_without_the_deleted_ones(found: list[datetime], rules: Retention) -> None:
    chosen = kept(found, rules, ZONE)
    assert kept(chosen, rules, ZONE) == chosen


@given(copies, instants)
def test_a_deleted_copy_never_comes_back_into_the_rule(found: list[datetime], later: datetime) -> None:
    """So a copy may be deleted at once."""
    newer = [*found, max([later, *found]) + timedelta(seconds=1)]
    assert kept(newer, USUAL, ZONE) & set(found) <= kept(found, USUAL, ZONE)


def test_a_copy_each_day_for_two_years_leaves_seven_days_four_weeks_and_twelve_months() -> None:
    chosen: set[datetime] = set()
    for day in range(730):
        chosen = set(kept({*chosen, NOW + timedelta(days=day)}, USUAL, ZONE))
    last = NOW + timedelta(days=729)  # Tuesday, 29 February 2028
    ages = sorted((last - at).days for at in chosen)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    sundays = [9, 16]  # of the weeks before: the newest day of a week; the last one is among the seven days
    assert ages[7:9] == sundays
    months = {(at.year, at.month) for at in chosen}
    assert len(months) == 12
    assert len(chosen) == 7 + 2 + 11


def test_of_one_day_the_newest_is_kept_and_the_day_is_that_of_the_desk() -> None:
    late, next_day = datetime(2026, 3, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, 4, tzinfo=UTC)
    only_days = Retention(days=2, weeks=0, months=0)
    assert kept([NOW, late, next_day], only_days, ZONE) == {late, next_day}


def test_a_copy_is_due_once_a_day_and_again_an_hour_after_a_failure() -> None:
    yesterday, hour = NOW - timedelta(days=1), RETRY_AFTER
    assert is_due([], [], NOW, ZONE)
    assert is_due([yesterday], [], NOW, ZONE)
    assert not is_due([yesterday, NOW - timedelta(hours=2)], [], NOW, ZONE)
    assert not is_due([yesterday], [NOW - hour / 2], NOW, ZONE)
    assert is_due([yesterday], [NOW - hour], NOW, ZONE)
    assert is_due([], [NOW + timedelta(days=30)], NOW, ZONE), "a clock that was wrong stops no copies"
    assert is_due([datetime(2026, 3, 2, 2, 59, tzinfo=UTC)], [], NOW, ZONE), "yesterday, in the zone of the desk"


def test_the_header_warns_after_two_days() -> None:
    assert not is_too_old(None, NOW)
    assert not is_too_old(NOW - WARN_AFTER, NOW)
    assert is_too_old(NOW - WARN_AFTER - timedelta(seconds=1), NOW)


TODAY = date(2026, 3, 2)
SERIES = {series_of(date(2026, 3, 1)): 40, series_of(TODAY): 7, "remessa 2025": 90, "remessa 2026": 12, "livro": 3}


def test_after_the_last_protocol_known_no_number_is_given_twice() -> None:
    last = protocol_number("123456", TODAY, 31)
    assert jumps(SERIES, TODAY, "123456", last_protocol=last) == {
        series_of(TODAY): (7, 31),
        "remessa 2026": (12, 12 + SKIPPED_OTHERS),
        "livro": (3, 3 + SKIPPED_OTHERS),
    }


def test_a_last_protocol_of_an_earlier_day_means_that_none_was_given_today() -> None:
    last = protocol_number("", date(2026, 3, 1), 55)
    assert jumps(SERIES, TODAY, "123456", last_protocol=last, skip=0) == {}


def test_a_stated_block_is_skipped_in_each_series_that_is_still_used() -> None:
    assert jumps({}, TODAY, "", skip=20) == {series_of(TODAY): (0, 20)}
    assert jumps(SERIES, TODAY, "", skip=20) == {
        series_of(TODAY): (7, 27),
        "remessa 2026": (12, 32),
        "livro": (3, 23),
    }
    assert jumps(SERIES, TODAY, "", skip=0) == {}


def test_series_that_may_have_begun_after_the_copy_are_skipped_too() -> None:
    secret = series_of(TODAY, secret=True)
    others = [secret, "guia 2026", "remessa 2026", "guia 2025"]
    assert jumps(SERIES, TODAY, "", others=others, skip=20) == {
        series_of(TODAY): (7, 27),
        "remessa 2026": (12, 32),
        "livro": (3, 23),
        secret: (0, 20),
        "guia 2026": (0, 20),
    }
    assert jumps({secret: 4}, TODAY, "", others=[secret], last_protocol=protocol_number("", TODAY, 1)) == {
        series_of(TODAY): (0, 1),
        secret: (4, 4 + SKIPPED_OTHERS),
    }


@given(st.integers(1, 999_999), st.integers(0, 999_999), st.integers(0, 50))
def test_a_series_never_goes_back(given_last: int, in_copy: int, skip: int) -> None:
    last = protocol_number("123456", TODAY, given_last)
    jumped = jumps({series_of(TODAY): in_copy}, TODAY, "123456", last_protocol=last, skip=skip)
    before, after = jumped.get(series_of(TODAY), (in_copy, in_copy))
    assert before == in_copy
    assert after >= max(in_copy, given_last)


@pytest.mark.parametrize(
    ("last", "skip", "code"),
    [
        (None, None, "restaurar_numeros"),
        (None, -1, "restaurar_pular"),
        (None, SKIPPED_AT_MOST + 1, "restaurar_pular"),
        ("999999" + "20260302000001", None, "restaurar_protocolo"),
        ("20260303000001", None, "restaurar_protocolo"),
        ("20261302000001", None, "restaurar_protocolo"),
        ("42", None, "restaurar_protocolo"),
        ("", None, "restaurar_protocolo"),
    ],
)
def test_numbers_that_cannot_be_are_refused(last: str | None, skip: int | None, code: str) -> None:
    with pytest.raises(Refused) as raised:
        jumps(SERIES, TODAY, "123456", last_protocol=last, skip=skip)
    assert raised.value.code == code


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 999_999), st.sampled_from(["", "123456"]))
def test_a_protocol_is_read_as_it_was_made(day: date, number: int, registration: str) -> None:
    assert read_protocol(protocol_number(registration, day, number), registration) == (day, number)
