"""Keys that come faster than they are handled go to the right widget."""

from unittest.mock import patch

import pytest
from textual.widgets import Input, TextArea
from textual.widgets._toast import Toast

from atendimento_tui import paths
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.services import intake as intake_service
from tests.driver import LOCK_TIMEOUT_S, Window
from tests.screens.conftest import BlockService, OpenWindow
from tests.small_desk import ANA, SmallDesk


@pytest.fixture
def intake(open_window: OpenWindow) -> Window:
    """An intake of a technical failure, with the focus in the first field."""
    window = open_window(size=(80, 24)).queue().press("ir.novo").shows("Falha técnica").type("falha tec")
    return window.press_key("enter").shows("Criticidade").rest()


@pytest.mark.parametrize("onward", ["tab", "enter"])
def test_a_letter_typed_right_after_tab_goes_into_the_next_field(intake: Window, onward: str) -> None:
    intake.press_at_once("L", "o", "j", "a", onward, onward, onward, "N", "a", "o", onward, "E", "R", "P").rest()
    fields = {widget.id: widget.value for widget in intake.app.screen.query(Input) if widget.value}
    assert fields.pop("assunto") == "Nao"
    assert fields.pop("campo-produto") == "ERP"
    assert list(fields.values()) == ["Loja"]


def test_what_is_typed_while_an_intake_opens_goes_into_its_fields(
    open_window: OpenWindow, block_service: BlockService
) -> None:
    window = open_window(size=(80, 24)).queue().press("ir.novo").shows("Falha técnica")
    begin = block_service(intake_service, "begin")
    window.press_at_once(*"falha tec", "enter", *"Loja X", "tab", "t", "tab", "tab", *"Caiu")
    window.until(lambda: begin.calls > 0, "the intake is being begun")
    begin.release()
    window.shows("Criticidade").rest()
    fields = [widget.value for widget in window.app.screen.query(Input) if widget.value]
    assert fields == ["Loja X", "Caiu"]


def test_text_typed_right_after_the_key_of_a_dialog_goes_into_it(desk: Window) -> None:
    desk.queue().press_at_once("c", *"ligo_ja").rest()
    assert desk.app.screen.query_one(TextArea).text == "ligo_ja"


def test_keys_after_a_saved_comment_go_to_the_list(desk: Window, others: SmallDesk, tickets: dict[str, str]) -> None:
    desk.queue().press_at_once("c", "o", "i", "ctrl+s").shows("Comentário gravado").no_dialog()
    assert others.events(tickets["critical"])[-1][2] == "oi"
    desk.press_at_once("j", "j", "k", "j").cursor_on(tickets["late"])


@pytest.mark.parametrize("kind", [Input, TextArea])
def test_the_terminal_cursor_follows_a_scrolled_field(open_window: OpenWindow, kind: type[Input | TextArea]) -> None:
    window = open_window(size=(80, 14)).queue().press("ir.novo").type("tecnica").shows("Falha técnica")
    window.press_key("enter").shows("Ctrl+S grava").rest()
    form = window.app.screen.query_one(IntakeForm)
    field = form.query(kind).last()
    field.focus()
    window.until(lambda: field.has_focus, "the field has the focus").rest()  # which scrolls the form to it
    window.let(lambda: form.scroll_end(animate=False))
    window.until(lambda: form.scroll_offset.y == form.max_scroll_y > 0, "the form is scrolled to its end").rest()
    there = field.cursor_screen_offset
    form.scroll_relative(y=-2, animate=False)
    window.until(lambda: field.cursor_screen_offset != there, "the field has moved")

    def has_followed() -> bool:
        window.lines()  # a frame is painted when it is looked at, and the cursor goes along with it
        return window.app.cursor_position == field.cursor_screen_offset

    window.until(has_followed, "the cursor has followed")


def test_the_quit_key_does_not_wait_for_other_keys(desk: Window) -> None:
    """Opening and closing the help fifty times would take seconds."""
    with patch.object(desk.queue().app, "push_screen", wraps=desk.app.push_screen) as opened:
        desk.press_at_once(*["f1", "escape"] * 50, "ctrl+q").left(0)
    assert opened.call_count < 5


@pytest.mark.parametrize("before", [(), ("j", "k", "f1", "escape")])
def test_text_typed_before_the_quit_key_is_saved(others: SmallDesk, before: tuple[str, ...]) -> None:
    text = "ligo_ja" * 30
    with Window(others.path, others.clock, actor=ANA) as window:
        window.app.drain_timeout_s = LOCK_TIMEOUT_S  # the machine may be slow
        window.queue().press_at_once(*before, "c", *text, "left", *"!?", "f1", "ctrl+q").left(0)
    [kept] = paths.data_folder().rglob("*.words")
    assert f"{text[:-1]}!?{text[-1]}" in kept.read_text("utf-8")


def test_repeated_keys_of_an_act_are_dropped_while_it_runs(desk: Window) -> None:
    """Keys that only move are all handled."""
    with patch.object(desk.queue().app.place, "action_do", wraps=desk.app.place.action_do) as asked:
        desk.press_at_once(*"a" * 30, "j", "j", *"a" * 30, "k").rest()
    assert len([call for call in asked.call_args_list if call.args == ("fila.assumir",)]) <= 4
    assert desk.table.cursor_ordinal == 1


def test_at_most_three_toasts_are_shown_without_repetition(desk: Window) -> None:
    desk.queue()
    for text in ("um", "dois", "três", "dois", "quatro", "dois"):
        desk.show_message(f"Toast {text}.")
    desk.rest()
    assert [toast._notification.message for toast in desk.app.screen.query(Toast)] == [  # noqa: SLF001 - Textual has no public name for it
        "Toast três.", "Toast quatro.", "Toast dois."
    ]  # fmt: skip
