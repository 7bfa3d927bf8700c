"""A window exits at once, also while it is starting."""

import asyncio
from functools import partial
from threading import Event
from typing import Any
from unittest.mock import patch

import pytest
from textual.screen import Screen

from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog
from atendimento_tui.screens.dialogs.first_run import FirstRunDialog
from atendimento_tui.screens.dialogs.help import HelpDialog
from atendimento_tui.screens.intake.screen import IntakeScreen
from atendimento_tui.screens.queue.screen import QueueScreen
from atendimento_tui.screens.tickets.screen import TicketScreen
from atendimento_tui.services import changes
from atendimento_tui.services import desk as desks
from atendimento_tui.services.desk import Desk
from atendimento_tui.window import desk_window
from tests.driver import Window
from tests.full import some
from tests.screens.conftest import BLOCKED_AT_MOST_S
from tests.small_desk import ANA, SmallDesk


class RecordingEvent(Event):
    """An event that records how each wait ended."""

    def __init__(self) -> None:
        super().__init__()
        self.began = Event()
        self.ended: list[bool] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.began.set()
        self.ended.append(super().wait(timeout))
        return self.ended[-1]


def test_a_desk_opened_after_exit_is_closed_without_reading(others: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    window, opening, open_desk = Window(others.path, others.clock, actor=ANA), Event(), desks.open_desk

    def opened_late(*values: Any) -> Desk:
        opening.set()
        window.app.closing.wait(BLOCKED_AT_MOST_S)
        return open_desk(*values)

    monkeypatch.setattr(desks, "open_desk", opened_late)
    close = patch.object(Desk, "close", autospec=True, side_effect=Desk.close)
    with close as closed, patch.object(Desk, "info", autospec=True) as asked:
        with window:
            window.until(opening.is_set, "the desk is being opened").press_at_once("ctrl+q").left(0)
        assert (closed.call_count, asked.call_count) == (1, 0)


def test_exit_ends_the_wait_for_the_listener(others: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def never_begins(_desk: Desk, _heard: object, stopped: Event, _reached: object) -> None:
        stopped.wait()

    monkeypatch.setattr(desk_window, "LISTEN_TIMEOUT_S", 10)
    monkeypatch.setattr(changes, "watch", never_begins)
    with Window(others.path, others.clock, actor=ANA) as window:
        listening = window.app.listening = RecordingEvent()
        window.until(listening.began.is_set, "it waits for its listening").press_at_once("ctrl+q").left(0)
    assert listening.ended == [True]


def test_a_place_gets_no_events_before_its_widgets_exist(desk: Window) -> None:
    def go_and_tell() -> None:
        desk.app.go("novo")
        desk.app.on_refresh_changed()
        desk.app._tick()  # noqa: SLF001 - the second passes now
        desk.app.place.action_do("novo.gravar")

    desk.let(go_and_tell).shows("qual serviço?")
    assert desk.faults() == []


def test_a_click_on_an_action_of_another_place_does_nothing(desk: Window) -> None:
    """The footer of a place may still be painted when another one handles the click."""
    before = desk.lines()
    for action in ("novo.gravar", "atendimento.citado"):
        desk.let(partial(desk.app.place.action_do, action))
        assert desk.faults() == [], action
        assert desk.lines() == before, action


def places(window: Window) -> list[Screen[Any]]:
    now, refuse = window.clock, lambda *_: None
    return [
        QueueScreen(now),
        IntakeScreen(now),
        TicketScreen(1, now),
        HelpDialog([], window.app.key_of, []),
        ChooseDialog("Escolher", [Choice("um", "Um")], "Um ou outro"),
        FirstRunDialog("banco.db", refuse),
    ]


@pytest.mark.parametrize("turns", some(range(4), 0, 2))
def test_a_screen_removed_before_its_mount_starts_nothing(desk: Window, turns: int) -> None:
    async def come_and_go(screen: Screen[Any]) -> None:
        desk.app.push_screen(screen)
        for _ in range(turns):
            await asyncio.sleep(0)
        desk.app.pop_screen()

    for screen in places(desk):
        desk.let(lambda screen=screen: desk.app.run_worker(come_and_go(screen)))  # type: ignore[misc]
        assert desk.faults() == [], screen
        assert screen not in desk.app.screen_stack
