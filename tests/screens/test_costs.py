"""The costs of keys and ticks, in statements and cells."""

from datetime import timedelta

import pytest
from textual.css.stylesheet import Stylesheet
from textual.events import Resize
from textual.geometry import Region
from textual.screen import ModalScreen

from atendimento_tui import services
from atendimento_tui.domain.words import Severity
from atendimento_tui.screens.queue import following
from tests.driver import Window
from tests.screens.conftest import USUAL, WIDE, BlockService, OpenWindow
from tests.screens.test_intake import begun
from tests.screens.test_ticket import opened
from tests.small_desk import BRUNO, SmallDesk, local


def test_the_first_view_of_a_place_parses_no_style_sheet_again(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", parsed.append)
    window = open_window(size=USUAL).queue()
    window.press("ir.novo").rest()
    window.press("ir.fila").rest()
    assert parsed == []


def test_all_is_painted_if_the_terminal_tells_its_size_again(open_window: OpenWindow) -> None:
    """So a terminal does that shows the window anew: after a suspension, or if it is attached again."""
    window = open_window(size=USUAL).queue().rest()
    told = Resize.from_dimensions(USUAL, None)
    assert Region(0, 0, *USUAL) in window.regions_painted_by(lambda: window.app.post_message(told))


def test_letters_and_choices_in_a_form_lay_out_nothing(desk: Window) -> None:
    begun(desk).let_focus(desk.app.screen.query_one("#solicitante"))
    assert desk.layouts_by(lambda: desk.type("Loja Íris")) == 0
    desk.let_focus(desk.app.screen.query_one("#criticidade"))
    assert desk.layouts_by(lambda: desk.press_key("left").shows("● alta")) == 0
    assert desk.layouts_by(lambda: desk.clock.set(local(22, 9, 50))) == 0
    desk.shows("hoje 13:50")


def test_a_long_text_in_a_field_is_scrolled_to_its_end(desk: Window) -> None:
    begun(desk).let_focus(desk.app.screen.query_one("#solicitante")).type("Loja " * 30 + "fim").shows("Loja fim")


def test_a_new_ticket_lays_out_nothing(desk: Window, others: SmallDesk) -> None:
    assert desk.layouts_by(lambda: desk.shows(others.open("Mais um"))) == 0


def test_moving_among_loaded_rows_executes_no_statement(open_window: OpenWindow, others: SmallDesk) -> None:
    for number in range(30):
        others.open(f"Assunto {number}")
    window = open_window(size=USUAL).queue()
    with window.statements() as executed:
        window.press_key("j", "down", "down", "pagedown", "k", "home", "end", "home")
    assert executed == []


def test_a_page_that_is_not_loaded_is_read_without_counting(open_window: OpenWindow, others: SmallDesk) -> None:
    for number in range(120):
        others.open(f"Assunto {number}")
    window = open_window(size=USUAL).queue()
    window.until(lambda: window.table.total == 128, "all are counted")
    with window.statements() as executed:
        window.press_key("end").until(lambda: window.table.cursor_ordinal == 127, "the last one is there").rest()
        window.press_key("home").until(lambda: window.table.cursor_ordinal == 0, "the first one is there").rest()
    assert len(executed) == 1, "the first rows are kept"
    assert not [statement for statement in executed if "count(" in statement]


def test_both_ends_are_kept_until_somebody_changes_something(open_window: OpenWindow, others: SmallDesk) -> None:
    for number in range(120):
        others.open(f"Assunto {number}")
    window = open_window(size=USUAL).queue()
    window.until(lambda: window.table.total == 128, "all are counted")
    window.press_key("end").until(lambda: window.table.cursor_ordinal == 127, "the last one is there").rest()
    last = window.table.cursor_key
    with window.statements() as executed:
        for _ in range(3):
            window.press_key("home").until(lambda: window.table.cursor_ordinal == 0, "the first one is there")
            window.press_key("end").until(lambda: window.table.cursor_ordinal == 127, "the last one is there")
    assert window.table.cursor_key == last
    assert executed == []
    others.open("Veio de fora", severity=Severity.CRITICAL)
    window.until(lambda: window.table.total == 129, "it is counted").rest()
    with window.statements() as executed:
        window.press_key("home").until(lambda: window.table.cursor_ordinal == 0, "the first one is there").rest()
    assert [statement for statement in executed if " LIMIT " in statement], "the first rows may be other ones"
    assert any("Veio de fora" in row for row in window.rows())


def test_a_filter_shows_its_rows_before_they_are_counted(open_window: OpenWindow, others: SmallDesk) -> None:
    for number in range(60):
        others.open(f"Assunto {number}")
    window = open_window(size=USUAL).queue()
    with window.statements() as executed:
        window.press("fila.filtrar").type("a").shows("68 com essas palavras")
    rows, counts = ([word in statement for statement in executed].index(True) for word in (" LIMIT ", " FILTER "))
    assert rows < counts
    assert window.table.total == 68


def test_the_panel_is_read_once_when_the_queue_opens(open_window: OpenWindow, block_service: BlockService) -> None:
    reading = block_service(services.tickets, "ticket_view")
    reading.release()
    open_window().queue()
    assert reading.calls == 1


def test_the_panel_is_read_once_after_the_cursor_stops(
    desk: Window, tickets: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "PANEL_DELAY_S", 0.8)  # long enough for a busy machine
    with desk.statements() as executed:
        desk.press_at_once("j", "j", "j", "j", "k").cursor_on(tickets["warning"])
        desk.shows("Assunto: Relatório não abre").rest()
    assert len([statement for statement in executed if "FROM event" in statement]) == 1
    assert not [statement for statement in executed if "count(" in statement]


def test_a_tick_executes_no_statement_except_every_fifteenth(open_window: OpenWindow) -> None:
    desk, ticks = open_window(size=USUAL).queue(), 0
    with desk.statements() as executed:
        while not executed and ticks < 20:
            desk.tick()
            ticks += 1
    assert ticks <= 15
    counts = len(executed)
    with desk.statements() as executed:
        for _ in range(14):
            desk.tick()
    assert executed == []
    with desk.statements() as executed:
        desk.tick()
    assert len(executed) == counts
    assert all("count(" in statement for statement in executed)


def test_a_tick_repaints_only_changed_cells(desk: Window) -> None:
    desk.clock.advance(seconds=30)
    assert desk.cells_repainted_by(seconds=0) == 0
    assert desk.cells_repainted_by(seconds=1) == 0
    running = [row for row in desk.rows() if "úteis" not in row and row[3] in "●▲✖"]
    assert desk.cells_repainted_by(minutes=1) == len(running)


def test_a_tick_repaints_nothing_while_the_desk_is_closed(desk: Window) -> None:
    desk.clock.advance(hours=9)
    assert desk.cells_repainted_by(minutes=10) == 0


def test_an_act_of_another_reads_rows_at_most_twice(desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
    with desk.statements() as executed:
        others.claim(BRUNO, tickets["critical"])
        desk.shows("Responsável: Bruno Castro").rest()
    rows = [statement for statement in executed if "LIMIT" in statement and "ticket" in statement]
    assert len(rows) <= 4  # before the cursor and after it, and one more pair at most


def test_a_comment_of_another_on_a_ticket_far_below_paints_nothing(
    open_window: OpenWindow, others: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(150):
        others.open(f"Assunto {number}", severity=Severity.CRITICAL)
    last = others.open("Abaixo de tudo", severity=Severity.LOW)
    window = open_window(size=USUAL).queue()
    window.until(lambda: window.table.total == 159, "all are counted").rest()
    shown = list[object]()
    monkeypatch.setattr(window.table, "show", lambda *given, **_how: shown.append(given))
    received = window.app.changes_received
    with window.statements() as executed:
        others.comment(BRUNO, last, "Liguei")
        window.until(lambda: window.app.changes_received > received, "the change is received").rest()
    assert [statement for statement in executed if "ticket.queue_due" in statement]
    assert shown == []


class TestAnAct:
    """A window shows its own act without reading its commit again."""

    def test_claiming_in_the_queue(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.cursor_on(tickets["critical"])
        with desk.cost() as cost:
            desk.press("fila.assumir").shows("Você assumiu")
        assert len(cost.statements) <= 15, cost.statements
        assert cost.transactions <= 4
        desk.shows("Responsável: Ana Lima")

    def test_claiming_without_the_panel(self, open_window: OpenWindow) -> None:
        window = open_window(size=USUAL).queue()
        with window.cost() as cost:
            window.press("fila.assumir").shows("Você assumiu")
        assert len(cost.statements) <= 15, cost.statements
        assert cost.transactions <= 4

    @pytest.mark.parametrize("name", ["critical", "of a process"])
    def test_a_comment_in_an_open_ticket(
        self, open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str], name: str
    ) -> None:
        fault = others.begin("falha_tecnica", severity=Severity.CRITICAL, produto="Prontuario", descricao="Não abre")
        window = opened(open_window(), fault if name == "of a process" else tickets[name])
        window.until(lambda: window.app.changes_received > 0, "its own visit was received").rest()
        window.press("fila.comentar").type("Liguei de volta")
        with window.cost() as cost:
            window.press_key("ctrl+s").no_dialog().shows("Liguei de volta")
        assert len(cost.statements) <= 20, cost.statements
        assert cost.transactions <= 5


class TestOthers:
    """Only the visible place reads changes of others, and only what has changed."""

    def test_a_comment_on_a_loaded_row_reads_that_row_only(
        self, open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        window = open_window(size=USUAL).queue()
        with window.cost() as cost:
            others.comment(BRUNO, tickets["warning"], "Liguei")
        look, _besides, row = cost.statements
        assert " event.id > " in look
        assert "ticket.id IN" in row

    def test_a_claim_of_a_loaded_row_reads_that_row_and_counts(
        self, open_window: OpenWindow, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        window = open_window(size=USUAL).queue()
        with window.cost() as cost:
            others.claim(BRUNO, tickets["critical"])
        _look, _besides, row, *counts = cost.statements
        assert "ticket.id IN" in row
        assert all("count(" in each for each in counts)
        assert len(counts) == 2

    def test_an_open_ticket_reads_nothing_of_another(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        opened(desk, tickets["critical"])
        desk.until(lambda: desk.app.changes_received > 0, "its own visit was received").rest()
        with desk.cost() as cost:
            others.comment(BRUNO, tickets["warning"], "Liguei")
        assert len(cost.statements) == 2  # of the look

    def test_a_hidden_place_reads_when_it_is_visible_again(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        opened(desk, tickets["critical"])
        desk.until(lambda: desk.app.changes_received > 0, "its own visit was received").rest()
        with desk.cost() as cost:
            others.open("Veio de fora")
        assert not [each for each in cost.statements if "ticket.queue_due" in each]
        desk.press_key("escape").place("QueueScreen")
        desk.until(lambda: any("Veio de fora" in row for row in desk.rows()), "the queue is as it is now")


def test_rows_are_read_before_the_counts_after_a_change(open_window: OpenWindow, others: SmallDesk) -> None:
    window = open_window(size=WIDE).queue()
    with window.cost() as cost:
        for number in range(21):
            others.open(f"Assunto {number}")
        window.until(lambda: window.table.total == 29, "all are counted")
    rows = next(at for at, each in enumerate(cost.statements) if "ticket.queue_due" in each)
    counts = next(at for at, each in enumerate(cost.statements) if "count(*)" in each)
    assert rows < counts


@pytest.mark.parametrize("opens", ["show_help", "show_commands", "choose_person", "choose_place"])
def test_a_dialog_paints_the_terminal_once_when_it_opens_and_once_when_it_closes(desk: Window, opens: str) -> None:
    """It was five times: each paint of the place below the dialog asked for the next one."""
    whole = Region(0, 0, *WIDE)
    painted = desk.regions_painted_by(getattr(desk.app, opens))
    assert isinstance(desk.app.screen, ModalScreen)
    assert painted.count(whole) == 1
    assert desk.regions_painted_by(desk.app.screen.dismiss).count(whole) == 1


def test_below_a_dialog_only_what_changes_is_painted(desk: Window, others: SmallDesk) -> None:
    desk.press_key("f1").dialog("HelpDialog").rest()
    painted = desk.regions_painted_by(lambda: desk.app.places[0].tick(others.clock() + timedelta(minutes=1)))
    assert painted, "the clock of the header"
    assert {region.height for region in painted} == {1}
    assert Region(0, 0, WIDE[0], 1) in painted
    assert desk.regions_painted_by(lambda: None) == []
