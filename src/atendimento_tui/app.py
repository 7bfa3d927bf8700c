"""The application: one window on a desk. It opens the database after the first frame, and everything on screen goes
to the services through `serve`, in a thread, and comes back as a message."""

import asyncio
import gc
import os
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import ClassVar

from textual.binding import BindingType
from textual.filter import LineFilter

from atendimento_tui import clipboard, compat, faults, paths, terminal
from atendimento_tui.actions import QUIT, QUIT_KEY, by_letter, settable
from atendimento_tui.config import Problem, Settings, read_settings
from atendimento_tui.contracts.people import Member
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.text import without_password
from atendimento_tui.screens.base import Place
from atendimento_tui.screens.queue.screen import QueueScreen
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.keys_in_turn import KeysInTurn
from atendimento_tui.widgets.live_mouse import LiveMouse
from atendimento_tui.widgets.surviving import Surviving
from atendimento_tui.widgets.text import ControlCodeFilter, safe
from atendimento_tui.window.desk_window import DeskWindow
from atendimento_tui.window.session import utc_now

SWEEP_EVERY_S = 20
"""How often a window looks whether something is due that happens by itself."""


class AtendimentoApp(DeskWindow, KeysInTurn, LiveMouse, Surviving):
    """One window.

    Args:
        database: File or URL of the desk.
        actor: Name of the person at this window; None lets one choose.
        now: Tells the instant; tests hand in their own.
        settings: The user's settings.
    """

    TITLE = texts.APP
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "app.tcss",
        "screens/queue/screen.tcss",
        "screens/intake/screen.tcss",
        "screens/ticket/screen.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = "fila"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        database: str,
        actor: str | None = None,
        now: Callable[[], datetime] = utc_now,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(database, actor, now, settings or Settings())
        self.add_mode("fila", self._queue)
        self.add_mode("novo", self._intake)
        self._told_fault = False
        self._last_door = ControlCodeFilter()

    # Beginning and end.

    def _queue(self) -> Place:
        return QueueScreen(self._now)

    def _intake(self) -> Place:
        from atendimento_tui.screens.intake.screen import IntakeScreen

        return IntakeScreen(self._now)

    def on_load(self) -> None:
        """Begin tasks in the same order on every Python.

        From Python 3.12 on Textual lets a task run as soon as it is made. The place of a mode is then mounted before it
        is on the stack of screens, and its first `Input` ends the program:
        https://github.com/Textualize/textual/issues/6444.
        """
        asyncio.get_running_loop().set_task_factory(None)

    def on_mount(self) -> None:
        """Paint first; the database comes after."""
        terminal.guard(self, self.close, self.call_after_typed_text)
        self.set_keymap(self.settings.keys)
        for problem in self.settings.problems:
            self.show_message(_told(problem), warning=True)
        self.set_interval(1, self._tick)
        self.set_interval(SWEEP_EVERY_S, self.sweep)
        self.call_after_refresh(self.open)

    def on_unmount(self) -> None:
        """Let go of the database."""
        self.close()

    def ask_for_new_desk(self) -> None:
        """Found a desk here, or leave without having made anything."""
        from atendimento_tui.screens.first_run import FirstRunDialog

        self.push_screen(FirstRunDialog(without_password(self._database), self.create_desk))

    def fault_survived(self, fault: Exception) -> None:
        """Write it down, and tell it once: typing goes on."""
        if compat.is_exiting(self):  # what is taken down misses what is gone already
            return
        faults.note(fault)
        if not self._told_fault:
            self._told_fault = True
            self.call_later(self.show_refusal, Refusal("defeito", {"path": paths.log_file()}))

    # Painting.

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Whatever is painted goes through the last door."""
        return (*super().get_line_filters(), self._last_door)

    # Keys.

    def is_quit_key(self, key: str) -> bool:
        """Whether the key ends the program: anywhere Ctrl+Q, in a place what the settings say besides."""
        return key == QUIT_KEY or self._asks_for(key, QUIT)

    def is_act(self, key: str) -> bool:
        """Whether the key asks a place for something else than to show another part of itself."""
        return any(self._asks_for(key, action.id) for action in self.place.possible_actions() if action.is_act)

    def _asks_for(self, key: str, action: str) -> bool:
        bound = self.screen.active_bindings.get(key) if isinstance(self.screen, Place) else None
        return bound is not None and bound.binding.id == action

    # What screens look at.

    @property
    def place(self) -> Place:
        """The place under whatever dialogs are open."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, Place))

    @property
    def places(self) -> list[Place]:
        """Every place that is open and built, of other modes too: they hear what happens and keep their state."""
        return [screen for screen in compat.screens_of(self) if isinstance(screen, Place) and screen.is_built]

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, over ssh and in tmux too."""
        compat.set_clipboard(self, text)
        compat.write(self, clipboard.codes(text, os.environ))
        if os.environ.get("TMUX"):
            hand_over = partial(clipboard.hand_to_tmux, text)
            self.run_worker(hand_over, thread=True, exit_on_error=False, name="clipboard")

    # What every place does: the registry names these methods.

    def leave(self) -> None:
        """End the program, once what was typed is in its field."""
        self.call_after_typed_text(self.exit)

    def go_to_queue(self) -> None:
        """Go to the queue."""
        self.go("fila")

    def go_to_intake(self) -> None:
        """Go to the intakes."""
        self.go("novo")

    def show_help(self) -> None:
        """Every key and what it does, from the registry."""
        from atendimento_tui.screens.dialogs.help import HelpDialog

        place = self.place
        dialog = HelpDialog(place.possible_actions(), self.key_of, place.first_actions(), in_form=place.fills_a_form())
        self.push_screen(dialog)

    def show_commands(self) -> None:
        """Every action by name, and what it does."""
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog

        choices = [
            Choice(action.id, f"{action.title} · {action.help_with(self.key_of(action))}", self.key_of(action))
            for action in self.place.possible_actions()
            if action.id != "geral.comandos"
        ]
        self.push_screen(ChooseDialog(texts.PALETTE_TITLE, choices, texts.PALETTE_PLACEHOLDER), self._commanded)

    def _commanded(self, action: str | None) -> None:
        if action:
            self.place.action_do(action)

    def choose_person(
        self, then: Callable[[], None] = lambda: None, otherwise: Callable[[], None] = lambda: None
    ) -> None:
        """Who is at this window, until there is sign-in.

        Args:
            then: What the person is needed for.
            otherwise: What is done where nobody was chosen.
        """
        from atendimento_tui.screens.dialogs.choose import Choice, ChooseDialog
        from atendimento_tui.texts import words

        if not self.desk_info:
            self.show_refusal(Refusal("abrindo"))
            otherwise()
            return

        def chosen(person: Member | None) -> None:
            if person:
                self.person = person
                for place in self.places:
                    place.person_changed(person)
            (then if person else otherwise)()

        choices = [
            Choice(member, member.name, words.ROLE.get(member.role, member.role)) for member in self.desk_info.members
        ]
        self.push_screen(ChooseDialog(texts.PERSON_TITLE, choices, texts.PERSON_PLACEHOLDER), chosen)

    def go(self, mode: str) -> None:
        """Go to a place; each keeps its state."""
        self.switch_mode(mode)

    def choose_place(self) -> None:
        """`g` and a letter."""
        from atendimento_tui.screens.dialogs.choose import LetterDialog

        letters = {letter: (action.id, action.title) for letter, action in by_letter().items()}
        self.push_screen(LetterDialog(texts.PLACES_TITLE, letters), self._commanded)

    def picture(self) -> str:
        """The screen as SVG. Rich would let whoever opens it fetch a font from the network; here it does not."""
        return re.sub(r"@font-face \{.*?\}", "", self.export_screenshot(title=texts.APP), flags=re.DOTALL)

    def take_picture(self) -> None:
        """Save the screen as an SVG file."""
        from atendimento_tui.outputs.picture import save_picture

        database = self.desk.file if self.desk else None
        try:
            path = save_picture(paths.data_folder(), self.picture(), self._now().astimezone(), database)
        except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
            self.show_refusal(self.reason_of_error(error))
        else:
            self.show_message(texts.PICTURE.format(path=path))

    def action_help_quit(self) -> None:
        """Ctrl+C: Textual would say in English how to leave."""
        self.show_message(texts.QUIT_HINT)


def run(database: str, actor: str | None = None) -> int:
    """Open a window.

    Returns:
        The exit code.
    """
    import sys

    faults.log_to(paths.log_file())
    app = AtendimentoApp(database, actor, settings=read_settings(paths.settings_file(), settable()))
    gc.freeze()  # what is imported stays: the collector need not look at it again
    app.run()
    if app.refusal:
        print(safe(without_password(app.refusal)), file=sys.stderr)  # noqa: T201 - the screen is gone, this is where it can be read
    return app.return_code or 0


def _told(problem: Problem) -> str:
    if problem.is_unread:
        return texts.SETTINGS_UNREAD.format(detail=problem.detail)
    if problem.key is None:
        return texts.SETTING_INVALID.format(path=problem.path, detail=problem.detail)
    if problem.with_alt:
        return texts.SETTING_WITH_ALT.format(path=problem.path, key=problem.key)
    if problem.unknown_key:
        return texts.SETTING_NO_KEY.format(path=problem.path, key=problem.unknown_key, action=problem.key)
    if problem.takes_quit:
        return texts.SETTING_TAKES_QUIT.format(path=problem.path, key=problem.key)
    return texts.SETTING_UNKNOWN.format(path=problem.path, key=problem.key, section="teclas", nearest=problem.nearest)
