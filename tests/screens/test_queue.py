"""The queue: order, countdowns, cursor, filter, tabs, panel, changes of others."""

from atendimento_tui.contracts.changes import Changes
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import queue
from tests.driver import Window
from tests.screens.conftest import BlockService, OpenWindow
from tests.small_desk import BRUNO, CELIA, SUPPORT, SmallDesk, local


def row_of(window: Window, protocol: str) -> str:
    [row] = [row for row in window.rows() if protocol in row]
    return row


def in_hours(window: Window) -> list[str]:
    """The rows without those with a term in days, which change at midnight."""
    return [row for row in window.rows() if "úteis" not in row]


class TestOrder:
    def test_tickets_are_ordered_by_severity_and_due_instant(self, desk: Window, tickets: dict[str, str]) -> None:
        seen = [next(name for name, protocol in tickets.items() if protocol in row) for row in desk.rows()]
        assert seen == ["critical", "paused", "late", "warning", "resumed", "calm", "validation", "timeless"]

    def test_counts_are_exact_signs_precede_the_countdown_and_every_width_shows_subject_requester_and_protocol(
        self, desk: Window, tickets: dict[str, str]
    ) -> None:
        tabs = desk.lines()[1]
        assert " ".join(tabs.split()) == "1 Minha 2 2 Grupo 2 3 Validação 1 4 Terceiros 1 5 Vencendo 2 6 Todas 8"
        expected = {
            "critical": "!! ●      3h10 ",
            "paused": "!! ‖      3h30 ",
            "late": " ! ✖     −1h00 ",
            "warning": "   ▲      2h00 ",
            "validation": " ↓ ●  4d úteis ",
            "timeless": " ↓ · sem prazo ",
        }
        for name, signs in expected.items():
            assert row_of(desk, tickets[name]).startswith(signs)
        for width in (60, 80, 120):
            row = row_of(desk.resize(width, 24), tickets["critical"])
            assert "Servidor fora do ar"[: 18 - 1] in row
            assert "Loja Íris" in row
            assert row.endswith(tickets["critical"])

    def test_wide_terminals_show_every_column(self, open_window: OpenWindow, tickets: dict[str, str]) -> None:
        window = open_window(size=(200, 30)).queue()
        row = row_of(window, tickets["warning"])
        for text in ("Relatório não abre", "João da Conceição", "Em atendimento", "Ana Lima"):
            assert text in row
        for text in ("Suporte ao sistema", "Suporte N1", tickets["warning"]):
            assert text in row


class TestTime:
    def test_countdowns_go_down_in_open_hours_at_last_by_seconds_and_stop_in_a_pause_and_when_closed(
        self, desk: Window, tickets: dict[str, str]
    ) -> None:
        desk.clock.advance(minutes=90)
        assert "1h40" in row_of(desk, tickets["critical"])
        assert "−2h30" in row_of(desk, tickets["late"])
        desk.clock.set(local(22, 12, 10))
        assert row_of(desk, tickets["critical"]).startswith("!! ▲")
        desk.clock.set(local(22, 13, 2))
        assert "8m00s" in row_of(desk, tickets["critical"])
        assert "3h30" in row_of(desk, tickets["paused"])
        desk.clock.advance(seconds=1)
        assert "7m59s" in row_of(desk, tickets["critical"])
        desk.clock.set(local(22, 13, 11))
        assert row_of(desk, tickets["critical"]).startswith("!! ✖")
        desk.clock.set(local(22, 18, 30))
        desk.shows("FECHADO · abre amanhã 09:00")
        before = in_hours(desk)
        desk.clock.set(local(23, 8, 59))
        desk.shows("FECHADO · abre hoje 09:00")
        assert in_hours(desk) == before
        desk.clock.set(local(23, 9, 1))
        desk.shows("ABERTO até 18:00")
        assert in_hours(desk) != before

    def test_a_holiday_is_shown_by_name(self, open_window: OpenWindow, others: SmallDesk) -> None:
        others.clock.now = local(21, 11)
        open_window().queue().shows("FECHADO (Tiradentes) · abre amanhã 09:00")

    def test_the_header_counts_overdue_tickets(self, desk: Window) -> None:
        desk.tick().shows("✖ 1 vencido")
        desk.clock.set(local(22, 13, 30))
        for _ in range(15):
            desk.tick()
        desk.tick().shows("✖ 3 vencidos")

    def test_a_ticket_enters_its_tab_with_time(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press("fila.aba_5").until(lambda: len(desk.rows()) == 2, "late and warning are there")
        desk.clock.set(local(22, 12, 30))
        for _ in range(15):
            desk.tick()
        desk.until(lambda: len(desk.rows()) == 3, "the critical one came by itself")
        assert tickets["critical"] in desk.rows()[0]


class TestTabs:
    def test_a_number_shows_a_tab(self, desk: Window, tickets: dict[str, str]) -> None:
        parts = (
            ("fila.aba_1", ["warning", "validation"]),
            ("fila.aba_3", ["validation"]),
            ("fila.aba_2", ["late", "timeless"]),
            ("fila.aba_4", ["paused"]),
            ("fila.aba_5", ["late", "warning"]),
        )
        for tab, names in parts:
            desk.press(tab).until(lambda names=names: len(desk.rows()) == len(names), f"{tab} is shown")  # type: ignore[misc]
            for name, row in zip(names, desk.rows(), strict=True):
                assert tickets[name] in row

    def test_tab_cycles_through_the_tabs(self, desk: Window) -> None:
        desk.press("fila.aba_seguinte").until(lambda: len(desk.rows()) == 2, "the first tab after the last")
        desk.press("fila.aba_anterior").until(lambda: len(desk.rows()) == 8, "and back")

    def test_a_click_shows_a_tab(self, desk: Window) -> None:
        desk.click("3 Validação").until(lambda: len(desk.rows()) == 1, "the tab is shown")

    def test_counts_follow_the_filter(self, desk: Window) -> None:
        desk.press("fila.filtrar").type("impressora").shows("1 Minha 0")
        assert "6 Todas 1" in desk.lines()[1]

    def test_an_empty_tab_shows_what_to_do(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        others.resume(BRUNO, tickets["paused"])
        desk.press("fila.aba_4").shows("Nada aguardando alguém de fora.")
        assert not desk.table.total


class TestFilter:
    def test_it_filters_while_typing_without_accents(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press("fila.filtrar").type("CERTIDAO").shows("1 com essas palavras")
        assert [tickets["resumed"] in row for row in desk.rows()] == [True]

    def test_it_searches_all_texts_of_a_ticket(self, desk: Window, tickets: dict[str, str]) -> None:
        for words, name in (
            ("conceicao", "warning"),
            ("20260422", "critical"),
            ("bruno", "calm"),
            ("senha trocar", "calm"),
        ):
            desk.press("fila.filtrar").type(words).until(lambda name=name: tickets[name] in desk.rows()[0], words)  # type: ignore[misc]
            desk.shows("1 com essas palavras").press_key("escape", "escape")

    def test_escape_leaves_the_field_then_the_filter(self, desk: Window) -> None:
        desk.press("fila.filtrar").type("certidao").shows("1 com essas palavras")
        desk.press_key("escape").shows("certidao")
        assert desk.table.has_focus
        desk.press_key("escape").until(lambda: len(desk.rows()) == 8, "the filter is removed")
        desk.does_not_show("com essas palavras")

    def test_enter_goes_to_the_list_and_keeps_the_filter(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press("fila.filtrar").type("certidao").shows("1 com essas palavras")
        desk.press_key("enter").press("fila.assumir").shows("Você assumiu").cursor_on(tickets["resumed"])

    def test_keys_after_enter_or_a_tab_act_on_the_rows_that_are_asked_for(
        self, desk: Window, tickets: dict[str, str], block_service: BlockService
    ) -> None:
        def press(*keys: str) -> Window:
            read = block_service(queue, "first_rows")
            desk.press_at_once(*keys).until(lambda: read.calls > 0, "the rows are being read")
            read.release()
            return desk

        press("slash", *"certidao", "enter", "a").shows(f"Você assumiu 326305.2026{tickets['resumed']}.").rest()
        press("escape", "slash", *"conceicao", "down", "enter").shows(f"{tickets['warning']} ·").press_key("escape")
        press("escape", "3", "enter").shows(f"{tickets['validation']} ·")

    def test_keys_of_actions_are_letters_in_the_field(self, desk: Window) -> None:
        desk.press("fila.filtrar").type("acsrpyugq?/1").shows("acsrpyugq?/1").no_dialog()

    def test_a_filter_without_result_says_so(self, desk: Window) -> None:
        desk.press("fila.filtrar").type("xyzw").shows("Nada com essas palavras.").shows("Esc limpa o filtro.")

    def test_sql_wildcards_are_ordinary_characters(self, desk: Window) -> None:
        desk.press("fila.filtrar").type("%").shows("Nada com essas palavras.")


class TestCursor:
    def test_it_starts_on_the_first_ticket(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.cursor_on(tickets["critical"])

    def test_keys_move_it(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press_key("j", "down").cursor_on(tickets["late"]).press_key("k", "up").cursor_on(tickets["critical"])
        desk.press_key("end").cursor_on(tickets["timeless"]).press_key("home").cursor_on(tickets["critical"])

    def test_it_stays_on_its_ticket_when_another_is_inserted_above(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press_key("j", "j").cursor_on(tickets["late"])
        worse = others.open("Tudo parado", severity=Severity.CRITICAL, hours=1)
        desk.shows(worse).cursor_on(tickets["late"])
        assert worse in desk.rows()[0]
        assert desk.table.cursor_ordinal == 3

    def test_it_stays_on_its_ticket_when_others_are_closed(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.press_key("j", "j").cursor_on(tickets["late"])
        others.solve(BRUNO, tickets["critical"])
        desk.does_not_show(tickets["critical"]).cursor_on(tickets["late"])
        assert desk.table.cursor_ordinal == 1

    def test_it_follows_its_ticket_when_that_moves(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.cursor_on(tickets["critical"])
        others.pause(BRUNO, tickets["critical"], "Aguardando peça")
        desk.until(lambda: desk.rows()[1].startswith("!! ‖") and desk.rows()[0].startswith("!! ‖"), "both are paused")
        desk.cursor_on(tickets["critical"])

    def test_the_removal_of_its_ticket_is_shown(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        desk.cursor_on(tickets["critical"])
        others.solve(BRUNO, tickets["critical"])
        desk.shows("O atendimento em que você estava saiu desta lista.").cursor_on(tickets["paused"])

    def test_it_stays_on_its_ticket_in_other_tabs(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press_key("j", "j", "j").cursor_on(tickets["warning"])
        desk.press("fila.aba_5").until(lambda: len(desk.rows()) == 2, "the tab is shown").cursor_on(tickets["warning"])
        desk.press("fila.aba_6").until(lambda: len(desk.rows()) == 8, "all are shown").cursor_on(tickets["warning"])


class TestOthers:
    """Acts of other windows appear without a key."""

    def test_a_claim_is_shown(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        others.claim(BRUNO, tickets["critical"])
        desk.shows("Responsável: Bruno Castro")

    def test_keys_act_on_what_the_panel_shows_before_the_list_is_read(
        self, desk: Window, others: SmallDesk, tickets: dict[str, str]
    ) -> None:
        desk.app.is_throttled = True  # the list waits
        others.claim(BRUNO, tickets["critical"])
        desk.let(lambda: desk.app.place.desk_changed(Changes(other=True))).shows("Responsável: Bruno Castro")
        assert [row.owner_id for row in desk.table.loaded_rows if row.key == desk.table.cursor_key] == [None]
        desk.press("fila.assumir").shows("Bruno Castro já assumiu este atendimento.")
        desk.press("fila.pausar").dialog("PauseDialog").type("Aguardando a peça").press_key("enter").no_dialog()
        desk.rest().forget_toasts().shows("Ana Lima pausou: Aguardando a peça")

    def test_a_pause_changes_the_counts(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        others.pause(BRUNO, tickets["late"], "Aguardando o banco")
        desk.shows("4 Terceiros 2").shows("5 Vencendo 1").rest()
        assert row_of(desk, tickets["late"]).startswith(" ! ‖")

    def test_a_comment_is_shown_in_the_panel(self, desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
        others.comment(CELIA, tickets["critical"], "O técnico está a caminho.")
        desk.shows("O técnico está a caminho.")

    def test_a_new_ticket_appears_in_an_empty_list(self, others: SmallDesk, open_window: OpenWindow) -> None:
        window = open_window().queue().press("fila.filtrar").type("girafa").shows("Nada com essas palavras.")
        others.open("A girafa fugiu", group=SUPPORT)
        window.shows("1 com essas palavras")

    def test_two_windows_show_each_others_acts(self, open_window: OpenWindow, tickets: dict[str, str]) -> None:
        ana, bruno = open_window().queue(), open_window(actor=BRUNO).queue()
        ana.press("fila.assumir").shows("Você assumiu")
        bruno.shows("Responsável: Ana Lima").cursor_on(tickets["critical"])


class TestPanel:
    def test_it_follows_the_cursor(self, desk: Window) -> None:
        desk.shows("Assunto: Servidor fora do ar").press_key("j").shows("Assunto: Impressora fiscal parada")

    def test_it_shows_clocks_and_history(self, desk: Window) -> None:
        desk.press_key("j").shows("Bruno Castro pausou: Aguardando o fornecedor").shows("3h30 (pausado)")

    def test_it_appears_in_a_widened_terminal(self, open_window: OpenWindow) -> None:
        window = open_window(size=(80, 24)).queue().does_not_show("Assunto:")
        window.resize(130, 30).shows("Assunto: Servidor fora do ar")
        window.resize(80, 24).does_not_show("Assunto:")
