"""The place of the agenda: the filter narrows as one types, the grid stays true while others book."""

from datetime import timedelta

import pytest

from atendimento_tui.services import availability
from atendimento_tui.texts import agenda as texts
from tests.an_agenda import booked, doctor, furnish
from tests.driver import Window
from tests.screens.conftest import USUAL, OpenWindow, no_harm
from tests.small_desk import SmallDesk, local

WIDE = (120, 40)


@pytest.fixture
def doctors(others: SmallDesk) -> dict[str, int]:
    """Three professionals in two cities; the next slots are at half past ten."""
    desk, now = others.desk, others.clock()
    furnish(desk, now)
    return {
        "Bia": doctor(desk, "Bia [b]Rocha[/]", hours="qua-sex 10:30-12", now=now),
        "Álvaro": doctor(desk, "Álvaro Nunes", "Clínica médica", site="Clínica Praia", hours="qua-sex 11-12", now=now),
        "Davi": doctor(desk, "Davi Melo", "Acupuntura", hours="qui 15-16", capacity=3, now=now),
    }


def at_agenda(window: Window) -> Window:
    return window.queue().press("ir.agenda").place("AgendaScreen").rest()


@pytest.mark.usefixtures("doctors")
@pytest.mark.parametrize("size", [WIDE, USUAL])
def test_it_looks_like_this_and_fits(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = at_agenda(open_window(size=size)).shows("1ª vaga: hoje 10:30")
    window.press_key("tab").type("cardio").shows("RN 566, II: até 12/05 (14 dias úteis)").press_key("down").rest()
    window.shows("● no prazo").snapshot(f"agenda-{size[0]}x{size[1]}")
    no_harm(window)


@pytest.mark.usefixtures("doctors")
def test_each_field_narrows_as_one_types(open_window: OpenWindow) -> None:
    window = at_agenda(open_window(size=WIDE)).shows("Bia [b]Rocha[/]").shows("Álvaro Nunes")
    window.type("santos").rest().does_not_show("10:30 Bia").shows("1ª vaga: hoje 11:00")
    window.press_key("escape").rest().shows("Bia [b]Rocha[/]")
    window.press_key("tab", "tab").type("davi").rest().shows(texts.CHOSEN.strip()).shows("qui 23/04")
    window.press_key("tab").type("24/").shows("“24/” não é um dia").type("04").rest().shows("qui 30/04").does_not_show(
        "qui 23/04"
    )


@pytest.mark.usefixtures("doctors")
def test_nothing_free_says_what_to_do_and_escape_leads_back(open_window: OpenWindow) -> None:
    window = at_agenda(open_window(size=USUAL)).type("xyz").shows("Nenhuma vaga livre com este filtro")
    window.press_key("escape").shows("1ª vaga: hoje 10:30").press_key("down").press_key("escape").rest()
    window.type("rio").shows("Nenhuma vaga livre com este filtro").press("agenda.limpar").rest()
    window.press_key("down").press_key("x").rest().shows("1ª vaga: hoje 10:30")
    window.press_key("escape").place("QueueScreen")


def test_an_agenda_without_professionals_says_how_they_come(open_window: OpenWindow) -> None:
    at_agenda(open_window(size=USUAL)).shows("A agenda ainda não tem profissionais.")


def test_the_limit_that_is_missed_is_said(open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]) -> None:
    assert doctors
    availability.add_absence(others.desk, "Bia [b]Rocha[/]", "01/04/2026", "30/05/2026", "férias", others.clock())
    window = at_agenda(open_window(size=WIDE)).press_key("tab").type("cardio")
    window.shows("▲ nada livre no prazo").shows("▲ após limite")


def test_a_slot_taken_elsewhere_goes_and_the_cursor_stays(
    open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]
) -> None:
    window = at_agenda(open_window(size=WIDE)).press_key("tab").type("cardio").rest().press_key("down")
    window.press_key("down").rest().shows("qua 22/04/2026 11:00, 30 min")
    booked(others.desk, doctors["Bia"], local(22, 10, 30), specialty=1)
    window.shows("1ª vaga: hoje 11:00").rest().shows("qua 22/04/2026 11:00, 30 min")
    booked(others.desk, doctors["Bia"], local(22, 11), specialty=1)
    window.shows("1ª vaga: hoje 11:30").shows(texts.GONE[:40]).shows("qua 22/04/2026 11:30, 30 min")


@pytest.mark.usefixtures("doctors")
def test_the_grid_is_walked_by_the_arrows_and_by_pages(open_window: OpenWindow) -> None:
    window = at_agenda(open_window(size=USUAL)).press_key("tab").type("cardio").rest().press_key("down")
    window.press_key("right", "right").rest().shows("sex 24/04/2026 10:30")
    window.press_key("up", "down", "down", "down", "down").rest().shows("sex 24/04/2026 11:30")
    window.press_key("right", "right", "right", "right", "right").rest().shows("A partir de 08/05 10:30")
    window.press_key("pageup").rest().shows("qua 22/04 · hoje").press_key("pageup").shows(texts.BEGIN)
    window.forget_toasts().click("qui 23/04").press_key("home").rest().shows("qua 22/04/2026 10:30")
    window.click("11:30 Bia").rest().shows("qua 22/04/2026 11:30")


def test_bookings_whose_time_was_closed_are_listed_with_the_message(
    open_window: OpenWindow, others: SmallDesk, doctors: dict[str, int]
) -> None:
    window = at_agenda(open_window(size=USUAL)).press_key("down").press_key("m").shows(texts.NOTHING_TO_MOVE)
    booked(others.desk, doctors["Bia"], local(23, 11), name="Zulmira Quaresma")
    now = others.clock() + timedelta(minutes=1)
    availability.add_absence(others.desk, "Bia [b]Rocha[/]", "23/04/2026", "", "congresso", now)
    window.press_key("m").dialog("ChooseDialog").shows("Zulmira Quaresma").press_key("enter").no_dialog()
    window.shows("Mensagem copiada")
    assert "Olá, Zulmira Quaresma. O seu atendimento de Cardiologia" in window.app.clipboard
