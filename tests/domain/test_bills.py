"""Bills: line, bar code, check digits, value, due date."""

import tomllib
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.domain.bills import Bill, BillError, dates_of_factor, due_factor, modulo_10, read_bill

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


VECTORS = [
    (
        "00190.50095 40144.816069 06809.350314 3 37370000000100",
        "00193373700000001000500940144816060680935031",
        100,
        3737,
    ),
    (
        "03399.63290 64000.000006 00125.201020 4 56140000017832",
        "03394561400000178329632964000000000012520102",
        17832,
        5614,
    ),
    (
        "99991.23459 67890.123457 67890.123457 5 10000000012345",
        "99995100000000123451234567890123456789012345",
        12345,
        1000,
    ),
    (
        "99991.23459 67890.123457 67890.123457 1 99990000012345",
        "99991999900000123451234567890123456789012345",
        12345,
        9999,
    ),
    (
        "99991.23459 67890.123457 67890.123457 9 16370000012345",
        "99999163700000123451234567890123456789012345",
        12345,
        1637,
    ),
    (
        "84670000000-9 10991042202-0 31231000000-4 00000054321-5",
        "84670000000109910422023123100000000000054321",
        1099,
        None,
    ),
]
CODES = [code for _, code, _, _ in VECTORS]


@pytest.mark.parametrize(("line", "code", "cents", "factor"), VECTORS)
def test_line_and_code_of_a_bill_are_the_same_bill(line: str, code: str, cents: int, factor: int | None) -> None:
    bill = read_bill(line)
    assert (bill.code, bill.shown, bill.cents, bill.factor) == (code, line, cents, factor)
    assert read_bill(code) == read_bill(bill.line) == bill


@given(st.sampled_from(VECTORS), st.integers(0, 47), st.integers(1, 9))
def test_a_wrong_digit_of_a_line_is_refused_and_its_block_named(
    vector: tuple[str, str, int, int | None], place: int, by: int
) -> None:
    digits = read_bill(vector[1]).line
    place = place % len(digits)
    is_collection, wrong = digits[0] == "8", (int(digits[place]) + by) % 10
    if place == 0 and (is_collection or wrong == 8):
        return  # another kind of document, whose line has another length
    with pytest.raises(BillError) as refused:
        read_bill(digits[:place] + str(wrong) + digits[place + 1 :])
    if is_collection:
        if place != 2:  # this digit says which rule the others follow
            assert (refused.value.problem[0], refused.value.problem[1]["number"]) == ("boleto_bloco", place // 12 + 1)
    elif place < 32:
        number = 1 if place < 10 else 2 if place < 21 else 3
        assert (refused.value.problem[0], refused.value.problem[1]["number"]) == ("boleto_bloco", number)
    else:
        assert refused.value.problem[0] == "boleto_geral"


def test_right_blocks_with_a_wrong_general_digit_are_refused() -> None:
    with pytest.raises(BillError) as refused:
        read_bill("34191.75124 34567.871230 41234.560005 3 92850000026035")
    assert refused.value.problem[0] == "boleto_geral"


@pytest.mark.parametrize("typed", ["", "123", "0" * 43, "9" * 48, "abc", "99991.23459 67890.123457 67890.123457 5"])
def test_what_has_another_length_is_no_bill(typed: str) -> None:
    with pytest.raises(BillError) as refused:
        read_bill(typed)
    assert refused.value.problem[0] == "boleto_tamanho"


@given(st.integers(0, 10**43 - 1))
def test_every_code_with_a_right_digit_reads_as_itself_by_its_line_too(number: int) -> None:
    digits = f"{number:043}"
    found = [code for digit in range(10) if (code := digits[:4] + str(digit) + digits[4:]) and code[0] != "8"]
    read = []
    for code in found:
        with suppress(BillError):
            read.append(read_bill(code))
    assert len(read) == (1 if found else 0)
    assert all(read_bill(bill.line) == bill for bill in read)


def test_modulo_10_adds_the_digits_of_products() -> None:
    assert [modulo_10(digits) for digits in ("999912345", "6789012345", "001905009", "4014481606")] == [9, 7, 5, 9]


def test_without_a_factor_its_digits_belong_to_the_value_and_no_value_is_open() -> None:
    assert Bill("0019" + "0" + "0" * 14 + "1" * 25).cents is None
    assert Bill("0019" + "0" + "01000000000000" + "1" * 25).cents == 1_000_000_000_000
    assert Bill("0018" + "0" + "16370000012345" + "1" * 25).cents is None, "not in reais"
    assert Bill("847" + "0" + "00000001099" + "1" * 29).cents is None, "a quantity, not a value"
