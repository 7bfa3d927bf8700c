"""The factor of a bill's due date, and the two dates of a factor."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.bills import dates_of_factor, due_factor

CASES = tomllib.loads((Path(__file__).parents[1] / "cases.toml").read_text("utf-8"))["fator_de_vencimento"]
KNOWN = [
    (date(2000, 7, 5), 1002),
    (date(2002, 5, 1), 1667),
    (date(2010, 11, 17), 4789),
    (date(2007, 12, 31), 3737),
    (date(2026, 11, 21), 1637),
    (date(2049, 10, 13), 9999),
]


@pytest.mark.parametrize(("due", "factor"), [*KNOWN, *((case["vencimento"], case["fator"]) for case in CASES)])
def test_the_factor_of_a_day(due: date, factor: int) -> None:
    assert due_factor(due) == factor
    assert due_factor(datetime(due.year, due.month, due.day, 23, 59, tzinfo=UTC)) == factor
    assert due in dates_of_factor(factor, due)


@given(st.dates(date(2000, 7, 3), date(2049, 10, 13)))
def test_on_its_own_day_a_date_is_the_nearer_one_of_its_factor(due: date) -> None:
    first, other = dates_of_factor(due_factor(due), due)
    assert first == due
    assert abs(other - due) == timedelta(days=9000)
    assert due_factor(other) == due_factor(due)


def test_the_nearer_date_comes_first() -> None:
    assert dates_of_factor(3737, date(2026, 11, 28)) == (date(2032, 8, 21), date(2007, 12, 31))
    assert dates_of_factor(3737, date(2015, 1, 1)) == (date(2007, 12, 31), date(2032, 8, 21))


@pytest.mark.parametrize("due", [date(2000, 7, 2), date(2049, 10, 14), date(1997, 10, 7)])
def test_no_bill_is_due_on_a_day_without_a_factor(due: date) -> None:
    with pytest.raises(ValueError, match="no factor for"):
        due_factor(due)


@pytest.mark.parametrize("factor", [0, 999, 10_000, -1])
def test_an_invalid_factor_is_refused(factor: int) -> None:
    with pytest.raises(ValueError, match="no factor"):
        dates_of_factor(factor, date(2026, 1, 1))
