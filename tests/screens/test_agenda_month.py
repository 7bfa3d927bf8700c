"""The month of the agenda: a grid of days in words, bars and colours, from which one goes to a day."""

from datetime import timedelta

import pytest

from atendimento_tui.texts import agenda as texts
from atendimento_tui.widgets.line_input import LineInput
from tests.an_agenda import booked, doctor, furnish
from tests.driver import Window
from tests.screens.conftest import USUAL, OpenWindow, no_harm
from tests.small_desk import SmallDesk, local

WIDE = (120, 40)


@pytest.fixture
def doctors(others: SmallDesk) -> dict[str, int]:
    """Two professionals; today is Wednesday, 22 April 2026, the day after Tiradentes."""
    desk, now = others.desk, others.clock()
    furnish(desk, now)
    found = {
        "Bia": doctor(desk, "Bia [b]Rocha[/]", hours="qua-sex 10:30-12", now=now),
        "Davi": doctor(desk, "Davi Melo", "Acupuntura", hours="qui 15-16", capacity=3, now=now),
    }
    for minute in (0, 30, 60):
        booked(desk, found["Bia"], local(24, 10, 30) + timedelta(minutes=minute))
    booked(desk, found["Bia"], local(29, 11))
    return found


def at_month(window: Window, words: str = "cardio") -> Window:
    window.queue().press("ir.agenda").place("AgendaScreen").rest().press_key("tab").type(words).rest()
    return window.press_key("down", "c").dialog("MonthDialog").rest()


@pytest.mark.usefixtures("doctors")
@pytest.mark.parametrize("size", [WIDE, USUAL])
def test_it_looks_like_this_and_fits(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = at_month(open_window(size=size)).shows("abril de 2026 · Bia [b]Rocha[/] · Cardiologia")
    window.shows("feriado").shows("cheio").shows("livres").shows("RN 566, II: até 12/05")
    window.shows("qua 22/04/2026 · 3 de 3 vagas livres").snapshot(f"agenda-month-{size[0]}x{size[1]}")
    no_harm(window)


@pytest.mark.usefixtures("doctors")
def test_arrows_and_pages_move_and_enter_goes_to_the_day(open_window: OpenWindow) -> None:
    window = at_month(open_window(size=USUAL)).press_key("right", "right").shows("sex 24/04/2026 · 0 de 3 vagas livres")
    window.press_key("left", "left", "left").shows("ter 21/04/2026 · feriado · Tiradentes")
    window.press_key("enter").dialog("MonthDialog").shows(texts.MONTH_OVER_DAY)
    window.press_key("pagedown").shows("maio de 2026").shows("qui 21/05/2026 · 3 de 3 vagas livres")
    window.press_key("up", "up", "up").shows("abril de 2026").shows("qui 30/04/2026")
    window.press_key("enter").no_dialog().rest().shows("1ª vaga: 30/04 10:30").does_not_show("qua 29/04")
    assert window.app.screen.query_one("#since", LineInput).value == "30/04/2026"


@pytest.mark.usefixtures("doctors")
def test_escape_closes_it_and_a_day_is_clicked(open_window: OpenWindow) -> None:
    window = at_month(open_window(size=WIDE), "acup").press_key("pagedown").shows("maio de 2026")
    window.shows("sáb 23/05/2026 · —").click("6/6 livres").shows("qui 07/05/2026 · 6 de 6 lugares livres, em 2 vagas")
    window.press_key("escape").no_dialog().place("AgendaScreen").press_key("c").dialog("MonthDialog").rest()
    window.shows("qui 23/04/2026").click("6/6 livres").no_dialog().rest().shows("1ª vaga: amanhã 15:00")


def test_an_open_month_follows_what_others_book(
    open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]
) -> None:
    window = at_month(open_window(size=USUAL)).press_key("right").shows("qui 23/04/2026 · 3 de 3 vagas livres")
    booked(others.desk, doctors["Bia"], local(23, 11))
    window.shows("qui 23/04/2026 · 2 de 3 vagas livres").press_key("pagedown", "pageup").rest()
    booked(others.desk, doctors["Bia"], local(23, 10, 30))
    window.shows("qui 23/04/2026 · 1 de 3 vagas livres").dialog("MonthDialog")
