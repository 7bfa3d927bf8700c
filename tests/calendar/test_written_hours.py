"""Opening hours in usual written forms."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.calendar.written_hours import WEEKDAYS, read_week, weekdays


@pytest.mark.parametrize(
    ("written", "week"),
    [
        ("2ª a 6ª das 8h às 18h", {"seg-sex": ("08:00-18:00",)}),
        ("seg a sex 8-12 13:30-18", {"seg-sex": ("08:00-12:00", "13:30-18:00")}),
        (
            "seg-sex 09:00-12:00 13:00-18:00; sab 09:00-13:00",
            {"seg-sex": ("09:00-12:00", "13:00-18:00"), "sab": ("09:00-13:00",)},
        ),
        (
            "Segunda a sexta-feira, das 8h às 12h e das 13h30 às 17h30; sábado das 8h às 12h",
            {"seg-sex": ("08:00-12:00", "13:30-17:30"), "sab": ("08:00-12:00",)},
        ),
        ("de segunda à sexta 8h30min às 17h", {"seg-sex": ("08:30-17:00",)}),
        ("2a-feira a 6a-feira 8h–18h", {"seg-sex": ("08:00-18:00",)}),
        ("2ª, 4ª e 6ª: 8h às 12h", {"seg,qua,sex": ("08:00-12:00",)}),
        ("seg-sex 8h às 18h e sáb 8h às 12h", {"seg-sex": ("08:00-18:00",), "sab": ("08:00-12:00",)}),
        ("SEG À SEX 8HS AS 18HS", {"seg-sex": ("08:00-18:00",)}),
        ("sáb. e dom. 9 a 12", {"sab,dom": ("09:00-12:00",)}),
        ("dom 6 a 12", {"dom": ("06:00-12:00",)}),
        ("segundas e quartas 9.30-11", {"seg,qua": ("09:30-11:00",)}),
        ("dias úteis 8 até 18", {"seg-sex": ("08:00-18:00",)}),
        ("todos os dias 24h", {"seg-dom": ("00:00-24:00",)}),
        ("todos os dias 0-24h", {"seg-dom": ("00:00-24:00",)}),
        ("seg a sex do meio-dia à meia-noite", {"seg-sex": ("12:00-24:00",)}),
        ("seg-sex 9-12; seg-sex 13-18", {"seg-sex": ("09:00-12:00", "13:00-18:00")}),
        ("seg-sex", {"seg-sex": ()}),
        ("", {}),
    ],
)
def test_usual_forms_are_parsed(written: str, week: dict[str, tuple[str, ...]]) -> None:
    assert read_week(written) == week


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("9 às 18", "faltam os dias da semana antes de “09:00”"),
        ("24h", "faltam os dias da semana antes de “24:00”"),
        ("dia 9-18", "“dia” não é um dia da semana"),
        ("seg 9", "falta a hora em que fecha"),
        ("seg 9 18", "falta a hora em que fecha"),
        ("seg 9- ter 9-18", "falta a hora em que fecha"),
        ("seg 9-18 *", "“*” não é um dia da semana nem uma hora"),
    ],
)
def test_what_cannot_be_parsed_is_reported(written: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        read_week(written)


@given(
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True),
    st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59)), min_size=2, max_size=6).filter(
        lambda times: len(times) % 2 == 0
    ),
    st.sampled_from(["{:02}:{:02}", "{}h{:02}", "{}:{:02}h", "{}h{:02}min"]),
    st.sampled_from(["-", " às ", " a ", " até as ", "–"]),
)
def test_all_forms_of_an_hour_are_equal(days: list[str], times: list[tuple[int, int]], form: str, sign: str) -> None:
    pairs = list(zip(times[::2], times[1::2], strict=True))
    written = " e ".join(days) + " " + " ".join(form.format(*a) + sign + form.format(*b) for a, b in pairs)
    [(key, intervals)] = read_week(written).items()
    assert list(weekdays(key)) == [WEEKDAYS.index(day) for day in days]
    assert intervals == tuple(f"{a:02}:{b:02}-{c:02}:{d:02}" for (a, b), (c, d) in pairs)
