"""The facts of a procedure, and what is unusual about a code."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.data.procedure_lists import examples, read_value
from atendimento_tui.domain.identifiers import tuss_digit_holds
from atendimento_tui.domain.procedures import (
    FACT_VALUES,
    FACTS,
    HIGH,
    OTHER,
    OWN_TABLE,
    TABLES,
    Procedure,
    best,
    is_in_force,
    warnings_of,
)
from atendimento_tui.domain.refusals import Refused

ECG = Procedure("22", "40101010", "ECG convencional de até 12 derivações")
FLAGS = ("sim", "nao", "")
DAY = date(2026, 3, 2)


def test_opme_counts_as_high_complexity_unless_its_flags_say_that_it_is_neither() -> None:
    for opme, pac, elective in product(FLAGS, repeat=3):
        term = FACTS["rn623"](replace(ECG, opme=opme, pac=pac, elective=elective))
        if "sim" in (pac, elective):
            assert term == HIGH
        elif pac == elective == "nao":
            assert term == OTHER
        else:
            assert term == (HIGH if opme == "sim" else "")


def test_every_fact_has_only_its_values() -> None:
    for opme, pac, elective, audit, item in product(FLAGS, FLAGS, FLAGS, FLAGS, ("", "X")):
        it = replace(ECG, opme=opme, pac=pac, elective=elective, audit=audit, rn566=item)
        for name, values in FACT_VALUES.items():
            assert FACTS[name](it) in ("", *values)


def test_a_code_is_in_force_on_its_first_and_on_its_last_day() -> None:
    it = replace(ECG, first_day="2026-03-02", last_day="2026-03-04")
    assert [is_in_force(it, date(2026, 3, day)) for day in range(1, 6)] == [False, True, True, True, False]
    assert warnings_of(it.code, it, date(2026, 3, 1)).not_yet
    assert warnings_of(it.code, it, date(2026, 3, 5)).no_more


def test_a_wrong_digit_is_only_told_and_not_of_the_operators_own_codes() -> None:
    assert warnings_of("40101011", None, DAY).wrong_digit
    assert not warnings_of("40101010", ECG, DAY).wrong_digit
    assert not warnings_of("12345678", Procedure(OWN_TABLE, "12345678", "Pacote"), DAY).wrong_digit


def test_of_a_code_in_several_tables_the_one_in_force_is_meant() -> None:
    old, own = replace(ECG, last_day="2020-01-01"), replace(ECG, table=OWN_TABLE)
    assert best([own, ECG], DAY) == ECG
    assert best([old, own], DAY) == own
    assert best([], DAY) is None


def test_the_short_list_has_right_digits_terms_and_tables() -> None:
    shipped = examples()
    assert len({each.code for each in shipped}) == len(shipped) >= 49
    assert all(tuss_digit_holds(each.code) and each.table in TABLES and each.term for each in shipped)
    assert {each.code: each.term for each in shipped}["40304361"].startswith("Hemograma com contagem de plaquetas")


@given(st.text(max_size=40))
def test_what_a_file_has_is_read_or_refused(text: str) -> None:
    for field in ("code", "term", "table", "first_day", "rn566", "audit"):
        try:
            kept = read_value(field, text)
        except Refused:
            continue
        assert read_value(field, kept) == kept


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("code", "4.01.01.01-0", "40101010"),
        ("first_day", "01/03/2026", "2026-03-01"),
        ("first_day", "2026-03-01 00:00:00", "2026-03-01"),
        ("audit", "Não", "nao"),
        ("covered", "S", "sim"),
        ("rn566", "10", "X"),
        ("rn566", "xvii", "XVII"),
        ("table", "0", "00"),
    ],
)
def test_other_ways_to_write_it(field: str, typed: str, kept: str) -> None:
    assert read_value(field, typed) == kept
