"""A month of the agenda in words, bars and as a picture."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento_tui.contracts.agenda import AgendaMonth, MonthDay, WaitingLimit
from atendimento_tui.outputs import agenda_month
from atendimento_tui.texts import agenda as texts

TODAY = date(2026, 3, 10)


def month(*days: MonthDay, doctor: str = "Bia Rocha", specialty: str = "Cardiologia") -> AgendaMonth:
    limit = WaitingLimit("II", 14, date(2026, 3, 19), is_missed=True)
    return AgendaMonth(
        date(2026, 3, 1), days, limit, ("Santos", "Rio"), (specialty,), (doctor,), TODAY, TODAY + timedelta(days=15)
    )


@pytest.mark.parametrize(
    ("day", "words", "about"),
    [
        (MonthDay(date(2026, 3, 9), 20, 20, 8, 0, None), "8/20 ocup.", "8 de 20 vagas ocupadas"),
        (MonthDay(date(2026, 3, 10), 20, 20, 8, 0, None), "nada livre", "0 de 20 vagas livres"),
        (MonthDay(date(2026, 3, 11), 20, 20, 20, 0, None), "cheio", "0 de 20 vagas livres"),
        (MonthDay(date(2026, 3, 12), 20, 20, 19, 1, None), "1/20 livre", "1 de 20 vagas livres"),
        (
            MonthDay(date(2026, 3, 13), 700, 2000, 0, 2000, ""),
            "2.000/2.000 livres",
            "2.000 de 2.000 lugares livres, em 700 vagas",
        ),
        (MonthDay(date(2026, 3, 14), 0, 0, 0, 0, None), "—", "—"),
        (MonthDay(date(2026, 3, 15), 0, 0, 0, 0, "São José"), "feriado", "feriado · São José"),
        (MonthDay(date(2026, 3, 19), 2, 2, 1, 1, None), "1/2 livre", "1 de 2 vagas livres · limite RN 566"),
        (MonthDay(date(2026, 3, 26), 0, 0, 0, 0, None), "não aberto", "não aberto"),
    ],
)
def test_a_day_is_told_in_words(day: MonthDay, words: str, about: str) -> None:
    assert agenda_month.words(day, month(day))[0] == words
    assert agenda_month.about(day, month(day)).partition(" · ")[2] == about
    assert len(agenda_month.words(day, month(day))[-1]) <= 10, "the narrowest cell"


@given(st.integers(0, 300), st.integers(0, 300), st.integers(2, 20))
def test_a_bar_is_full_or_empty_only_if_the_day_is(free: int, taken: int, width: int) -> None:
    day = MonthDay(TODAY, free + taken, free + taken, taken, free, None)
    full = agenda_month.fullness(day, month(day))
    if full is None:
        assert not day.places
        return
    bar = agenda_month.bar(full, width)
    assert len(bar) == width
    assert (texts.BAR_TAKEN in bar, texts.BAR_FREE in bar) == (taken > 0, free > 0)


def test_the_picture_takes_any_name_and_has_a_place_for_each_day() -> None:
    days = [MonthDay(date(2026, 3, number), number, number, 0, number, "<feriado> & “nome”") for number in range(1, 32)]
    name = "</text><script>x</script> \x1b[31m & \u202e"
    drawn = ElementTree.fromstring(agenda_month.svg(month(*days, doctor=name)))
    told = [each.text or "" for each in drawn.iter()]
    assert not [each for each in drawn.iter() if each.tag.endswith("script")]
    assert [each for each in told if "</text><script>x</script>" in each]
    assert not [each for each in told if "\x1b" in each or "\u202e" in each]
    assert [each for each in told if each.isdecimal()] == [str(number) for number in range(1, 32)]
    assert [each for each in told if texts.SLOTS_MISSED in each]
