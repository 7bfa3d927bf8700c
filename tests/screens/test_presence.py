"""Two people on one ticket see each other."""

from datetime import timedelta

import pytest

from atendimento_tui.screens.tickets.screen import TicketScreen
from atendimento_tui.services.presence import GONE_AFTER, Visit
from tests.driver import Window
from tests.living import rows
from tests.screens.conftest import USUAL, WIDE, OpenWindow
from tests.small_desk import ANA, BRUNO, CELIA, SmallDesk


def opened(window: Window) -> Window:
    """Open the first ticket of the queue."""
    return window.queue().press("fila.abrir").place("TicketScreen").shows("Célia Prado abriu")


@pytest.mark.parametrize("size", [WIDE, USUAL], ids=["120x24", "80x24"])
def test_two_people_with_one_ticket_see_each_other(open_window: OpenWindow, size: tuple[int, int]) -> None:
    ana = opened(open_window(size=size)).does_not_show("Também aqui")
    bruno = opened(open_window(actor=BRUNO, size=size)).shows(f"Também aqui: {ANA}")
    ana.shows(f"Também aqui: {BRUNO}")
    bruno.press("atendimento.voltar").place("QueueScreen")
    ana.does_not_show("Também aqui")


def test_the_panel_shows_who_has_the_ticket_open(open_window: OpenWindow) -> None:
    celia = open_window(actor=CELIA).queue().shows("Assunto: Servidor fora do ar").does_not_show("Aberto agora por")
    bruno = opened(open_window(actor=BRUNO))
    celia.shows(f"Aberto agora por: {BRUNO}")
    opened(open_window())
    celia.shows(f"Aberto agora por: {ANA}, {BRUNO}")
    bruno.press("atendimento.voltar").place("QueueScreen")
    celia.does_not_show(BRUNO)


def test_the_newest_lines_stay_in_sight_when_the_head_grows(
    open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
) -> None:
    for number in range(1, 25):
        others.comment(BRUNO, tickets["critical"], f"Ligação {number:02}")
    ana = open_window(size=USUAL).queue().press("fila.abrir").place("TicketScreen").shows("Ligação 24")
    celia = open_window(actor=CELIA, size=USUAL).queue().press("fila.abrir").place("TicketScreen")
    ana.shows(f"Também aqui: {CELIA}").shows("Ligação 24").press_key("home").shows("Ligação 01")
    celia.press("atendimento.voltar").place("QueueScreen")
    ana.does_not_show("Também aqui").shows("Ligação 01")
    history = ana.app.screen.query_one("#history")
    end = history.max_scroll_y
    others.comment(BRUNO, tickets["critical"], "Outra ligação")
    ana.until(lambda: history.max_scroll_y > end, "it was read").shows("Ligação 01").does_not_show("Outra ligação")
    ana.press_key("end").shows("Outra ligação")
    others.comment(BRUNO, tickets["critical"], "A última")
    ana.shows("A última")


def test_exiting_ends_the_visit(open_window: OpenWindow, others: SmallDesk) -> None:
    ana = opened(open_window())
    with Window(others.path, others.clock, actor=BRUNO) as bruno:
        opened(bruno)
        ana.shows(f"Também aqui: {BRUNO}")
    ana.does_not_show("Também aqui")
    assert len(rows(others.desk, "select * from presence")) == 1


def test_the_visit_of_a_killed_window_expires(
    open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
) -> None:
    ana, celia = opened(open_window()), open_window(actor=CELIA).queue()
    key = others.key_of(tickets["critical"])
    bruno = next(member for member in others.desk.info().members if member.name == BRUNO)
    Visit(key).note(others.desk, bruno.id, others.clock())
    ana.shows(f"Também aqui: {BRUNO}")
    celia.shows(f"Aberto agora por: {ANA}, {BRUNO}")
    others.clock.now += GONE_AFTER + timedelta(seconds=1)
    place = ana.app.place
    assert isinstance(place, TicketScreen)
    ana.let(place.note_visit).does_not_show("Também aqui")
    for _ in range(15):
        celia.tick()
    celia.shows(f"Aberto agora por: {ANA}").does_not_show(BRUNO)


def test_another_person_at_the_window_is_another_visitor(open_window: OpenWindow) -> None:
    ana, bruno = opened(open_window()), opened(open_window(actor=BRUNO))
    bruno.press("geral.pessoa").dialog("ChooseDialog").type("célia").press_key("enter").no_dialog()
    ana.shows(f"Também aqui: {CELIA}")


def test_without_a_person_there_is_no_visit(open_window: OpenWindow, others: SmallDesk) -> None:
    opened(open_window(actor=None))
    assert rows(others.desk, "select * from presence") == []
