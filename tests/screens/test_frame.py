"""Common parts of places: help, palette, settings, sizes, start and exit, faults."""

import asyncio
import gc
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import events
from textual._styles_cache import StylesCache
from textual.notifications import Notification
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets._toast import Toast

from atendimento_tui import app, faults, paths
from atendimento_tui.actions import headings, settable
from atendimento_tui.config import read_settings
from atendimento_tui.screens.dialogs.help import HelpDialog
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.services import acts, changes, digests, queue
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.surviving import FAULTS_AT_MOST
from tests import quick_textual
from tests.driver import Window
from tests.full import some
from tests.screens.conftest import NARROW, USUAL, WIDE, OpenWindow
from tests.small_desk import BRUNO, SmallDesk

Opener = Callable[[Window], object]

DIALOGS: dict[str, Opener] = {
    "help": lambda window: window.press("geral.ajuda").dialog("HelpDialog"),
    "palette": lambda window: window.press("geral.comandos").dialog("ChooseDialog"),
    "person": lambda window: window.press("geral.pessoa").dialog("ChooseDialog"),
    "places": lambda window: window.press("ir.escolher").dialog("LetterDialog"),
    "explain": lambda window: window.press("fila.explicar").dialog("ExplainDialog"),
    "comment": lambda window: window.press("fila.comentar").dialog("CommentDialog"),
    "pause": lambda window: window.press("fila.pausar").dialog("PauseDialog"),
}
"""Every dialog, and how it is opened from the first row."""

ENGLISH = re.compile(
    r"\b(search|quit|close|cancel|press|no matches|select|help|loading|keys|theme|screenshot|maximize|minimize|copied"
    r"|palette|command|must|invalid|submit|save|back|move|scroll|next|previous|toggle|open|error|yes|none)\b",
    re.IGNORECASE,
)


class TestHelp:
    def test_it_lists_all_actions_of_the_place_and_repeats_no_heading(self, open_window: OpenWindow) -> None:
        window = open_window(size=(120, 110)).queue().press("geral.ajuda").dialog("HelpDialog")
        shown = " ".join(window.text().replace("│", " ").split())
        for action in window.app.place.possible_actions():
            assert f"{action.title}: {action.help_with(window.app.key_of(action))}" in shown
            assert f"{window.app.key_of(action)} {action.title}:" in shown

        lines = [line.strip("│ ") for line in window.resize(90, 110).lines()]
        assert [line for line in lines if line in headings().values()] == [
            "Para começar",
            "Fila",
            "Sempre",
            "Ir para",
            "Na lista",
        ]

    def test_it_scrolls_and_closes(self, open_window: OpenWindow) -> None:
        window = open_window(size=USUAL).queue().press("geral.ajuda").dialog("HelpDialog").does_not_show("Sinais")
        window.press_key("end").shows("Sinais").press_key("escape").no_dialog()


class TestPalette:
    def test_it_finds_an_action_without_accents_and_by_arrows_and_does_it(self, desk: Window) -> None:
        desk.press("geral.comandos").type("aba").press_key("down", "enter").no_dialog()
        desk.until(lambda: len(desk.rows()) == 2, "the tab before is shown")
        desk.press("geral.comandos").type("validacao").press_key("enter").no_dialog()
        desk.until(lambda: len(desk.rows()) == 1, "the tab is shown")

    def test_it_finds_an_action_by_its_help(self, desk: Window, tickets: dict[str, str]) -> None:
        desk.press("geral.comandos").type("passa a responder").press_key("enter").shows("Você assumiu")
        desk.cursor_on(tickets["critical"])

    def test_a_search_without_result_and_an_impossible_action_say_so(self, desk: Window) -> None:
        desk.press("geral.comandos").type("xyzw").shows("Nada com esse nome.").press_key("enter", "escape").no_dialog()
        desk.press("geral.comandos").type("retomar").press_key("enter").shows("Não está pausado")

    def test_actions_without_a_key_are_listed(self, desk: Window, own_folders: Path) -> None:
        desk.press("geral.comandos").type("foto").press_key("enter").shows("Imagem da tela salva em")
        [picture] = (own_folders / "home" / "xdg_data_home").rglob("*.svg")
        assert "@font-face" not in picture.read_text("utf-8")

    def test_a_picture_that_cannot_be_saved_is_reported(self, desk: Window) -> None:
        paths.data_folder().parent.mkdir(parents=True)
        paths.data_folder().write_text("no folder")
        desk.press("geral.comandos").type("foto").press_key("enter").shows("Não foi possível gravar")


class TestPlaces:
    def test_g_and_a_letter_go_to_a_place_also_typed_at_once_and_another_only_closes_the_dialog(
        self, desk: Window
    ) -> None:
        for letter in "zf":
            desk.press("ir.escolher").dialog("LetterDialog").press_key(letter).no_dialog()
        desk.type("gf").no_dialog().press_key("j").until(lambda: desk.table.cursor_ordinal == 1, "the queue listens")


class TestEscape:
    def test_repeated_escape_closes_one_dialog(self, desk: Window) -> None:
        for opened in DIALOGS.values():
            opened(desk)
            desk.press_at_once("escape", "escape", "escape").no_dialog().shows("6 Todas 8")


class TestResults:
    def test_two_results_at_once_close_one_dialog(self, desk: Window) -> None:
        desk.press("fila.abrir").place("TicketScreen").press("geral.pessoa").dialog("ChooseDialog")
        chosen = desk.app.screen.query_one(OptionList)
        desk.let(lambda: [*map(OptionList.action_select, [chosen] * 3)]).no_dialog().place("TicketScreen")
        assert desk.app.person is not None


class TestStart:
    @pytest.fixture
    def rubbish(self, tmp_path: Path) -> Path:
        path = tmp_path / "rubbish.db"
        path.write_bytes(b"this is no database at all, but it is long enough to be looked at" * 50)
        return path

    def test_a_missing_file_starts_the_first_run(self, open_window: OpenWindow, tmp_path: Path) -> None:
        open_window(tmp_path / "none.db").dialog("FirstRunDialog").press_key("escape").left(0)
        assert not (tmp_path / "none.db").exists()

    def test_a_file_that_is_not_a_database_is_refused(self, open_window: OpenWindow, rubbish: Path) -> None:
        before = rubbish.read_bytes()
        window = open_window(rubbish).left(1)
        assert "não é um banco de dados" in (window.app.refusal or "")
        assert rubbish.read_bytes() == before

    def test_an_unknown_person_is_refused(self, open_window: OpenWindow) -> None:
        window = open_window(actor="Zeca [/]").left(1)
        assert window.app.refusal == (
            "Não há ninguém chamado “Zeca [/]” neste atendimento. Pessoas: Ana Lima, Célia Prado, Bruno Castro."
        )

    def test_tasks_do_not_run_before_their_creator_awaits(self, desk: Window) -> None:
        """From Python 3.12 on `App.run` sets another task factory, which mounted the first place too early."""
        begun: list[str] = []

        async def begin() -> None:
            begun.append("task")

        async def make() -> None:
            task = asyncio.create_task(begin())
            begun.append("maker")
            await task

        desk.do(make())
        assert begun == ["maker", "task"]

    def test_keys_are_refused_until_the_desk_is_open(
        self, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from atendimento_tui.app import AtendimentoApp

        opened = AtendimentoApp.open
        monkeypatch.setattr(AtendimentoApp, "open", lambda _self: None)
        window = open_window().shows("Abrindo o atendimento…")
        window.press("fila.assumir", "geral.pessoa").shows("Um instante: o atendimento ainda está abrindo.")
        window.press("fila.filtrar").type("senha").press_key("escape")
        window.let(lambda: opened(window.app)).queue()


class TestExit:
    @pytest.mark.parametrize("action", ["geral.sair", "geral.comandos"])
    def test_the_quit_key_exits_from_anywhere(self, desk: Window, action: str) -> None:
        desk.press_at_once("j", "a", "c").press(action)
        desk.press_at_once("ctrl+q").left(0)

    def test_ctrl_c_shows_how_to_exit(self, desk: Window) -> None:
        desk.press_key("ctrl+c").shows("Para sair:")


class TestFault:
    @pytest.fixture(autouse=True)
    def log(self) -> Iterator[None]:
        logger = logging.getLogger("atendimento_tui")
        before = list(logger.handlers)
        faults.log_to(paths.log_file())
        yield
        for handler in [handler for handler in logger.handlers if handler not in before]:
            logger.removeHandler(handler)
            handler.close()

    @pytest.fixture(autouse=True)
    def handlers_are_found_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """These tests add handlers to classes."""
        monkeypatch.setattr(quick_textual, "handlers_by_name", {})

    def test_a_log_that_cannot_be_written_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        faults.log_to(tmp_path / "file" / "log" / "atendimento.log")
        faults.note(ZeroDivisionError())

    def broken(self, *_: object, **__: object) -> None:
        raise ZeroDivisionError("[/] a fault of ours")

    def test_a_fault_in_an_act_is_shown_and_logged(
        self, desk: Window, monkeypatch: pytest.MonkeyPatch, tickets: dict[str, str]
    ) -> None:
        monkeypatch.setattr(acts, "claim", self.broken)
        desk.press("fila.assumir").shows("Algo deu errado no programa")
        assert "ZeroDivisionError" in paths.log_file().read_text("utf-8")
        desk.press_key("j").cursor_on(tickets["paused"]).press("fila.retomar").shows("retomado")

    def test_a_fault_in_a_dialog_keeps_its_input(self, desk: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(acts, "comment", self.broken)
        desk.press("fila.comentar").dialog("CommentDialog").type("texto longo").press_key("ctrl+s")
        desk.shows("Algo deu errado no programa").shows("texto longo").dialog("CommentDialog")
        monkeypatch.undo()
        desk.press_key("ctrl+s").shows("Comentário gravado")

    def test_a_fault_in_the_feed_is_logged(self, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(changes, "watch", self.broken)
        open_window().queue().until(lambda: "fault in the feed" in paths.log_file().read_text("utf-8"), "it is logged")

    def test_a_fault_in_reading_the_queue_is_shown(
        self, desk: Window, others: SmallDesk, monkeypatch: pytest.MonkeyPatch, tickets: dict[str, str]
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(queue, "window", self.broken)
            patch.setattr(queue, "rows", self.broken)
            patch.setattr(queue, "counts_with_overdue", self.broken)
            others.claim(BRUNO, tickets["late"])
            desk.shows("Algo deu errado no programa")
        others.pause(BRUNO, tickets["late"], "Aguardando")
        desk.shows("4 Terceiros 2").until(lambda: sum(" ‖ " in row for row in desk.rows()) == 2, "it reads on")

    def test_a_press_on_a_toast_being_removed_is_no_fault(self, desk: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        """It has no parent any more, but is still in the last layout."""
        toast = desk.show_message("Já vai").shows("Já vai").app.screen.query_one(Toast)
        at = toast.region.offset
        with monkeypatch.context() as patch:
            patch.setattr(toast, "_parent", None)
            desk.app.post_message(events.MouseDown(None, *at, 0, 0, 1, False, False, False, *at))
            assert desk.faults() == []
        desk.does_not_show("Algo deu errado no programa")

    def test_a_fault_in_a_textual_field_is_shown_once(self, desk: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        desk.press("fila.comentar").dialog("CommentDialog").type("antes ")
        monkeypatch.setattr(TextArea, "_on_paste", self.broken)
        for _ in range(3):
            desk.app.post_message(events.Paste("colado"))
            assert [type(fault) for fault in desk.faults()] == [ZeroDivisionError]
        assert len([line for line in desk.lines() if "Algo deu errado" in line]) == 1
        desk.type("depois").press_key("ctrl+s").shows("Comentário gravado").forget_toasts().shows("antes depois")

    @pytest.mark.parametrize("moment", ["compose", "on_mount"])
    def test_a_fault_in_composing_a_dialog_closes_it(
        self, desk: Window, monkeypatch: pytest.MonkeyPatch, moment: str
    ) -> None:
        monkeypatch.setattr(HelpDialog, moment, self.broken, raising=False)
        desk.app.post_message(events.Key("f1", None))
        assert [type(fault) for fault in desk.faults()] == [ZeroDivisionError]
        desk.no_dialog().press_key("j").until(lambda: desk.table.cursor_ordinal == 1, "the queue listens")

    def test_many_faults_end_the_program(self, desk: Window, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(desk.app.screen), "on_mouse_move", self.broken, raising=False)
        for _ in range(100):
            desk.app.screen.post_message(events.MouseMove(None, 1, 1, 0, 0, 0, False, False, False, 1, 1))
        assert [type(fault) for fault in desk.faults()] == [ZeroDivisionError] * (FAULTS_AT_MOST - 1)
        assert isinstance(desk.ended_by(), ZeroDivisionError)


class TestSettings:
    @pytest.fixture
    def written(self) -> Callable[[str], None]:
        def write(text: str) -> None:
            paths.settings_file().parent.mkdir(parents=True)
            paths.settings_file().write_text(text, "utf-8")

        return write

    def test_an_action_gets_another_key(self, open_window: OpenWindow, written: Callable[[str], None]) -> None:
        written('[teclas]\n"fila.assumir" = "x,f9"\n"fila.pausar" = ["z"]\n')
        window = open_window(settings=read_settings(paths.settings_file(), settable())).queue()
        window.shows("x Assumir").shows("z Pausar").press_key("a").does_not_show("Você assumiu")
        window.press_key("s").no_dialog().press("fila.assumir").shows("Você assumiu")
        window.press("fila.pausar").dialog("PauseDialog").press_key("escape").press("geral.ajuda")
        window.shows("x            Assumir:")

    def test_wrong_entries_are_shown_and_ignored(self, open_window: OpenWindow, written: Callable[[str], None]) -> None:
        written('[teclas]\n"fila.asumir" = "x"\n"fila.comentar" = 3\n"fila.pausar" = "z"\n')
        settings = read_settings(paths.settings_file(), settable())
        window = open_window(settings=settings).queue().shows("não há “fila.asumir” em [teclas]")
        window.shows("a mais parecida é “fila.assumir”").shows("fila.comentar = 3").shows("z Pausar").shows(
            "c Comentar"
        )

    @pytest.mark.parametrize("key", some(['"alt+m"', '["m", "ctrl+alt+m"]'], 1))
    def test_a_key_with_alt_is_refused(self, open_window: OpenWindow, written: Callable[[str], None], key: str) -> None:
        written(f'[teclas]\n"fila.assumir" = {key}\n')
        window = open_window(settings=read_settings(paths.settings_file(), settable())).queue()
        window.shows("a tecla de “fila.assumir” não pode ter Alt").shows("a Assumir")

    @pytest.mark.parametrize("text", ["teclas = 3", "teclas = 'a'", "[teclas", "\x00", "teclas = ['x']"])
    def test_an_unreadable_file_is_reported(self, written: Callable[[str], None], text: str) -> None:
        written(text)
        settings = read_settings(paths.settings_file(), settable())
        assert not settings.keys
        [problem] = settings.problems
        assert problem.key is None
        assert problem.detail

    def test_a_missing_file_is_no_problem(self) -> None:
        settings = read_settings(paths.settings_file(), settable())
        assert (settings.keys, settings.problems) == ({}, ())


class TestSizes:
    def test_the_queue_equals_its_snapshots(self, open_window: OpenWindow) -> None:
        window = open_window(size=(120, 40)).queue().tick()
        for width, height in ((120, 40), USUAL, NARROW):
            window.resize(width, height).snapshot(f"queue-{width}x{height}")

    def test_dialogs_equal_their_snapshots(self, open_window: OpenWindow) -> None:
        window = open_window(size=USUAL).queue().tick()
        for name, opened in DIALOGS.items():
            opened(window)
            window.rest().snapshot(f"{name}-80x24").press_key("escape").no_dialog()

    def test_the_queue_works_in_any_size(self, desk: Window, tickets: dict[str, str]) -> None:
        before = desk.press_key("j").tick().shows("Assunto: Impressora").rest().lines()
        for size in ((80, 24), (60, 20), (40, 10), (10, 3), (1, 1), (200, 60), (3, 200), (120, 24)):
            desk.resize(*size).tick()
            desk.press_key("j", "k")
        desk.cursor_on(tickets["paused"]).shows("Assunto: Impressora").rest()
        assert desk.lines() == before

    def test_dialogs_work_in_any_size(self, desk: Window) -> None:
        for opened in DIALOGS.values():
            opened(desk)
            for size in ((40, 10), (1, 1), (60, 20)):
                desk.resize(*size).tick()
            desk.press_key("escape").no_dialog().resize(*WIDE)

    def test_the_smallest_size_shows_tab_and_help_and_a_smaller_one_what_is_needed(
        self, open_window: OpenWindow
    ) -> None:
        window = open_window(size=NARROW).queue().shows("6 Todas 8").shows("F1 Ajuda").shows("Ctrl+P Mais")
        window.press("fila.aba_3").shows("3 Valid. 1")
        window.resize(39, 7).shows("Aumente o terminal: 40×8 ou mais.").resize(40, 8).does_not_show("Aumente")

    def test_all_dialogs_fit_into_the_screen(self, open_window: OpenWindow) -> None:
        window = open_window(size=NARROW).queue()
        for name, opened in DIALOGS.items():
            opened(window)
            if name in ("comment", "pause"):
                window.press_key("ctrl+s").shows("Esc")
            screen = window.rest().app.screen
            shown = [each for each in screen.walk_children() if isinstance(each, (Input, TextArea, Button, OptionList))]
            hints = [each for each in screen.query(".title, .hint, .refusal") if isinstance(each, Static)]
            for widget in (*shown, *hints):
                assert seen_whole(widget, window), f"{widget} is cut:\n{window.text()}"
            window.press_key("escape").no_dialog()


def seen_whole(widget: Widget, window: Window) -> bool:
    """Whether a widget is completely inside its dialog and the screen."""
    region, box = widget.region, widget.screen.query_one(".box").content_region
    return bool(region) and box.contains_region(region) and window.app.screen.region.contains_region(region)


class TestLook:
    def test_without_colours_signs_and_cursor_are_visible(
        self, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        window = open_window().queue()
        for words in ("!! ●", "   ▲", " ! ✖", "!! ‖", " ↓ · sem prazo"):
            window.shows(words)
        colours = {
            tuple(colour.triplet)
            for strip in window.strips()
            for segment in strip
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour and colour.triplet
        }
        assert all(red == green == blue for red, green, blue in colours)
        assert window.style_of("3h10").reverse
        assert window.style_of("6 Todas").reverse

    def test_keys_in_the_footer_are_bold_and_not_underlined_and_the_alert_is_red(self, desk: Window) -> None:
        assert desk.style_of("a Assumir").color != desk.style_of(" Assumir").color
        assert not desk.style_of(" Assumir").underline
        assert not desk.style_of("1 Minha").underline
        red = desk.tick().style_of("✖ 1 vencido").color
        assert red != desk.style_of("Clínica").color

    def test_all_visible_texts_are_portuguese(self, desk: Window) -> None:
        leaks = english(desk)
        for opened in DIALOGS.values():
            opened(desk)
            leaks |= english(desk)
            desk.press_key("tab")
            leaks |= english(desk)
            while isinstance(desk.app.screen, ModalScreen):
                desk.press_key("escape")
        for key in ("a", "y", "ctrl+c", "r"):
            desk.press_key(key)
            leaks |= english(desk)
        desk.forget_toasts().press("fila.filtrar")
        leaks |= english(desk)
        desk.type("zzzz").shows("Nada com essas palavras.")
        leaks |= english(desk.press("fila.aba_seguinte"))
        assert not leaks


def english(window: Window) -> set[str]:
    return {found[0] for line in window.lines() for found in ENGLISH.finditer(line)}


@pytest.mark.usefixtures("few_objects")
def test_closed_dialogs_are_freed(open_window: OpenWindow) -> None:
    window = open_window(size=(60, 12)).queue()

    def each_once() -> None:
        for opened in DIALOGS.values():
            opened(window)
            window.press_key("escape").no_dialog()
        # What a service was asked last is still known; so that it is no dialog's question, another one follows.
        window.press("fila.aba_seguinte", "fila.aba_anterior")

    each_once()
    before = window.forget_toasts().rest().nodes()
    for _ in range(2):
        each_once()
    most = before + len(DIALOGS)  # not one of each for each time
    window.forget_toasts().until(lambda: window.nodes() <= most, "closed dialogs are freed")


@pytest.mark.usefixtures("few_objects")
def test_removed_widgets_and_their_lines_are_freed(open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "FORGET_EVERY_S", 0.01)
    window = open_window().queue()

    def drawn() -> int:
        gc.collect()
        return sum(isinstance(each, StylesCache) for each in gc.get_objects())

    before = drawn()
    monkeypatch.setattr(Notification, "time_left", 0.3)
    for number in range(40):
        window.show_message(f"Toast {number}.").rest()
    window.until(lambda: drawn() < before + 20, "all toasts but the last three are forgotten")


def test_a_dialog_is_not_covered_by_earlier_messages_but_by_warnings(open_window: OpenWindow) -> None:
    window = open_window().queue().show_message("Gravado.").show_message("Não gravado.", warning=True)
    window.press("geral.ajuda").dialog("HelpDialog").shows("Não gravado.").does_not_show("Gravado. ")
    assert [toast.render().plain for toast in window.app.screen.query(Toast)] == ["Não gravado."]


def test_what_is_read_for_a_place_that_was_closed_meanwhile_is_dropped(open_window: OpenWindow) -> None:
    window = open_window(size=USUAL).queue().press_key("enter").place("TicketScreen")
    shown: list[int] = []
    place = window.app.place

    def close_and_load() -> None:
        window.app.pop_screen()
        place.load(lambda *_: 1, shown.append)

    window.let(close_and_load).place("QueueScreen")
    assert shown == []
    assert not place.is_built


def test_a_toast_that_goes_is_erased_also_when_the_layout_was_computed_in_between(open_window: OpenWindow) -> None:
    """Textual painted nothing then: the toast covered actions and history until they changed."""
    window = open_window().queue().show_message("Gravado.").rest()
    covered = window.app.screen.query_one(Toast).region
    painted = window.invalidate_layout().regions_painted_by(lambda: window.app.screen.query_one(Toast).remove())
    assert any(region.contains_region(covered) for region in painted)


def test_a_field_that_gets_the_focus_is_scrolled_to_at_once(open_window: OpenWindow) -> None:
    """A scroll that waits for the next layout would undo the one to the error of the field."""
    window = open_window(size=(80, 14)).queue().press("ir.novo").type("tecnica").press_key("enter")
    window.shows("Ctrl+S grava").rest()
    form = window.app.screen.query_one(IntakeForm)
    assert form.scroll_offset.y == 0
    window.look(lambda: window.app.screen.scroll_to_center(form.query(LineInput).last()))
    assert form.scroll_offset.y > 0


def test_the_first_window_of_a_day_makes_the_digest_of_all_events(open_window: OpenWindow, others: SmallDesk) -> None:
    former = digests.newest(others.desk)
    window = open_window(size=USUAL).queue()
    others.clock.advance(days=1)
    for _ in range(2):
        window.let(window.app.sweep)
    open_window(size=USUAL).queue()
    made = digests.newest(others.desk)
    assert (made.number, made.day) == (
        former.number + 1,
        others.clock().astimezone(others.desk.zone).date().isoformat(),
    )
    assert made.events > former.events


def test_the_application_starts_without_importing_tables() -> None:
    """Slow imports are done after the first frame."""
    code = (
        "import sys, json, atendimento_tui.app, atendimento_tui.screens.queue.screen; "
        "print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"sqlmodel", "sqlalchemy", "alembic", "pydantic", "holidays", "phonenumbers"} & set(
        json.loads(done.stdout)
    )
