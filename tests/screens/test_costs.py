"""What a key and a second cost: counted, not timed."""

import pytest

from atendimento_tui.screens.queue import screen as queue
from tests.driver import Window
from tests.screens.conftest import USUAL, OpenWindow
from tests.small_desk import BRUNO, SmallDesk


def test_moving_among_rows_at_hand_asks_the_database_nothing(open_window: OpenWindow, others: SmallDesk) -> None:
    for number in range(30):
        others.open(f"Assunto {number}")
    window = open_window(size=USUAL).queue()
    with window.statements() as spoken:
        window.press_key("j", "down", "down", "pagedown", "k", "home", "end", "home")
    assert spoken == []


def test_a_page_that_is_not_at_hand_is_read_without_counting(open_window: OpenWindow, others: SmallDesk) -> None:
    for number in range(120):
        others.open(f"Assunto {number}")
    window = open_window(size=USUAL).queue()
    window.until(lambda: window.table.total == 128, "all are counted")
    with window.statements() as spoken:
        window.press_key("end").until(lambda: window.table.cursor_ordinal == 127, "the last one is there").rest()
        window.press_key("home").until(lambda: window.table.cursor_ordinal == 0, "the first one is there").rest()
    assert len(spoken) == 2
    assert not [statement for statement in spoken if "count(" in statement]


def test_a_letter_shows_its_rows_before_they_are_counted(open_window: OpenWindow, others: SmallDesk) -> None:
    for number in range(60):
        others.open(f"Assunto {number}")
    window = open_window(size=USUAL).queue()
    with window.statements() as spoken:
        window.press("fila.filtrar").type("a").shows("68 com essas palavras")
    rows, counts = ([word in said for said in spoken].index(True) for word in (" LIMIT ", " FILTER "))
    assert rows < counts
    assert window.table.total == 68


def test_the_panel_is_read_once_when_the_hand_rests(
    desk: Window, tickets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "RESTS_S", 0.8)  # on a machine that is busy the hand is slower
    with desk.statements() as spoken:
        desk.press_at_once("j", "j", "j", "j", "k").cursor_on(tickets["warning"])
        desk.shows("Assunto: Relatório não abre").rest()
    assert len([statement for statement in spoken if "FROM event" in statement]) == 1
    assert not [statement for statement in spoken if "count(" in statement]


def test_a_second_asks_nothing_and_time_is_looked_at_once_in_fifteen(open_window: OpenWindow) -> None:
    desk, ticks = open_window(size=USUAL).queue(), 0
    with desk.statements() as spoken:
        while not spoken and ticks < 20:
            desk.tick()
            ticks += 1
    assert ticks <= 15
    counts = len(spoken)
    with desk.statements() as spoken:
        for _ in range(14):
            desk.tick()
    assert spoken == []
    with desk.statements() as spoken:
        desk.tick()
    assert len(spoken) == counts
    assert all("count(" in statement for statement in spoken)


def test_a_second_repaints_only_what_says_something_else(desk: Window) -> None:
    desk.clock.advance(seconds=30)
    assert desk.cells_repainted_by(seconds=0) == 0
    assert desk.cells_repainted_by(seconds=1) == 0
    running = [row for row in desk.rows() if "úteis" not in row and row[3] in "●▲✖"]
    assert desk.cells_repainted_by(minutes=1) == len(running)


def test_a_second_with_the_desk_closed_repaints_nothing(desk: Window) -> None:
    desk.clock.advance(hours=9)
    assert desk.cells_repainted_by(minutes=10) == 0


def test_an_act_reads_the_rows_once_for_itself_and_once_for_the_feed(
    desk: Window, others: SmallDesk, tickets: dict[str, str]
) -> None:
    with desk.statements() as spoken:
        others.claim(BRUNO, tickets["critical"])
        desk.shows("Responsável: Bruno Castro").rest()
    rows = [statement for statement in spoken if "LIMIT" in statement and "ticket" in statement]
    assert len(rows) <= 4  # before the cursor and after it, and one more pair at most
