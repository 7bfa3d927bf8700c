"""The place of calendars: a year at a glance, and changes that are previewed."""

from datetime import UTC, date, datetime

import pytest

from atendimento_tui.calendar.changes import CalendarChange
from atendimento_tui.domain.access import Actor, Role
from atendimento_tui.services import calendars
from atendimento_tui.services.desk import Desk
from tests.driver import Window
from tests.full import some
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow, no_harm
from tests.secret import set_role
from tests.small_desk import ANA, CELIA, Clock, SmallDesk


def place(window: Window) -> Window:
    """A window that shows the place."""
    window.queue().press("ir.escolher").press_key("c").place("CalendarsScreen").shows("Expediente")
    return window.shows("Dias úteis")


def second_supervisor(others: SmallDesk) -> Desk:
    """The desk as Bruno uses it, who becomes a supervisor."""
    set_role(others.desk, 2, Role.SUPERVISOR)
    return others.desk.acting_as(Actor(2, Role.SUPERVISOR))


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    return place(open_window(actor=CELIA, size=USUAL))


def at(window: Window, day: date) -> Window:
    """Move the cursor to a day."""
    window.app.place.cursor = day  # type: ignore[attr-defined]
    return window.press_key("right", "left").rest()


def versions(others: SmallDesk) -> list[str | None]:
    return [version.confirmed_by for version in calendars.versions(others.desk, "expediente")]


@pytest.mark.parametrize("size", some([(120, 40), WIDE, USUAL, NARROW], 3))
def test_it_fits_into_every_size(open_window: OpenWindow, size: tuple[int, int]) -> None:
    window = place(open_window(actor=CELIA, size=size))
    no_harm(window)
    window.press_key("h").dialog("KeepDialog").shows("Vale a partir de")
    no_harm(window)
    window.press_key("escape").no_dialog().press_key("v").dialog("ReadingDialog")
    no_harm(window)


def test_a_day_says_why_it_is_closed(window: Window) -> None:
    at(window, date(2026, 12, 25)).shows("sex 25/12/2026  fechado  Natal").shows("25×")
    window.press_key("left").shows("qui 24/12/2026  ")
    window.press_key("pageup").shows("24/12/2025").shows("dezembro 2025")


def test_a_change_is_previewed_and_confirmed(window: Window, others: SmallDesk) -> None:
    at(window, date(2026, 12, 11)).press_key("d").dialog("KeepDialog").type("Aniversário [/] da cidade")
    window.press_key("ctrl+s").dialog("ChooseDialog").shows("Expediente a partir de 11/12/2026").shows("sex 11/12/2026")
    assert versions(others) == [None], "nothing is written yet"
    window.press_key("down", "enter").no_dialog().shows("Expediente alterado.")
    assert versions(others) == [CELIA, None]
    window.forget_toasts()
    at(window, date(2026, 12, 11)).shows("sex 11/12/2026  fechado  Aniversário [/] da cidade")
    window.press_key("x").dialog("KeepDialog").press_key("ctrl+s").dialog("ChooseDialog").press_key("down", "enter")
    window.no_dialog()
    window.until(lambda: len(versions(others)) == 3, "the day is as usual again")


def test_the_tickets_have_their_new_dates_at_once(open_window: OpenWindow) -> None:
    window = place(open_window(actor=CELIA, size=USUAL))
    window.press_key("d").dialog("KeepDialog").type("Luto").press_key("tab", "tab", "ctrl+u").type("23/04/2026")
    window.press_key("ctrl+s").dialog("ChooseDialog").shows("23/04/2026").press_key("down", "enter").no_dialog()
    window.press("ir.fila").press_key("6", "home", *["down"] * 5).press("fila.abrir").shows("Prazo da solução: de ")


def test_the_requester_is_told_the_new_date_from_the_list(open_window: OpenWindow, others: SmallDesk) -> None:
    protocol = others.begin("falha_tecnica", produto="Prontuário", descricao="Não abre")
    calendars.confirm(
        others.desk.acting_as(Actor(3, Role.SUPERVISOR)),
        "expediente",
        CalendarChange(closed={date(2026, 4, 22): "Luto"}),
        calendars.calendars(others.desk)[0].id,
        others.clock(),
    )
    window = place(open_window(actor=CELIA, size=USUAL))
    window.until(lambda: bool(calendars.to_tell(others.desk)), "the clocks are moved")
    window.press("calendarios.avisar").dialog("ChooseDialog").shows("Prazos informados que mudaram").press_key("enter")
    window.place("TicketScreen").shows(protocol).press("atendimento.novo_prazo").dialog("ChooseDialog")
    window.press_key("enter").dialog("MessageDialog").shows("mudou, porque mudaram os dias").press_key("ctrl+s")
    window.no_dialog().shows("Aviso do novo prazo registrado").shows("registrou o aviso do novo prazo")
    assert calendars.to_tell(others.desk) == []


def test_a_wrong_form_stays_with_its_error(window: Window) -> None:
    window.press_key("h").dialog("KeepDialog").paste("sempre").press_key("ctrl+s").shows(
        "O horário “sempre” não é válido"
    )
    window.dialog("KeepDialog")


def test_a_change_by_another_person_meanwhile_is_kept_and_shown(window: Window, others: SmallDesk) -> None:
    at(window, date(2026, 12, 11)).press_key("d").dialog("KeepDialog").type("Luto")
    window.press_key("ctrl+s").dialog("ChooseDialog").shows("11/12/2026")
    desk = second_supervisor(others)
    other = CalendarChange(closed={date(2026, 12, 10): "Decreto"})
    calendars.confirm(desk, "expediente", other, calendars.calendar(desk, "expediente")[0].id, others.clock())
    window.press_key("down", "enter").dialog("ChooseDialog").shows("11/12/2026")
    assert len(versions(others)) == 2
    window.press_key("down", "enter").no_dialog()
    window.until(lambda: len(versions(others)) == 3, "both are kept")


def test_an_attendant_sees_calendars_and_changes_none(open_window: OpenWindow) -> None:
    window = place(open_window(actor=ANA, size=USUAL))
    window.press("calendarios.dia").shows("O papel atendimento não pode alterar calendários").no_dialog()
    window.forget_toasts().press_key("tab").shows("seg-sex 00:00-24:00")


def test_an_optional_day_is_closed_each_year(window: Window, others: SmallDesk) -> None:
    at(window, date(2026, 12, 1)).press_key("f").dialog("KeepDialog").press_key("right").press_key("ctrl+s")
    window.dialog("ChooseDialog").shows("Expediente a partir de 01/12/2026").press_key("down", "enter").no_dialog()
    window.until(lambda: len(versions(others)) == 2, "it is confirmed").shows("Expediente alterado.").forget_toasts()
    at(window, date(2027, 2, 9)).shows("ter 09/02/2027  fechado  Carnaval")


@pytest.mark.parametrize(("actor", "is_asked"), [(CELIA, True), (ANA, False)])
def test_in_december_a_supervisor_is_asked_for_the_holidays_of_the_next_year(
    open_window: OpenWindow, others: SmallDesk, clock: Clock, actor: str, is_asked: bool
) -> None:
    desk = second_supervisor(others)
    change = CalendarChange(municipal={date(2026, 8, 3): "Dia da cidade"})
    calendars.confirm(desk, "expediente", change, calendars.calendar(desk, "expediente")[0].id, others.clock())
    clock.set(datetime(2026, 12, 1, 12, tzinfo=UTC))
    window = open_window(actor=actor, size=USUAL).queue().rest()
    asked = "Faltam os feriados próprios ou da cidade de 2027"
    if is_asked:
        window.shows(asked)
    else:
        window.does_not_show(asked)
