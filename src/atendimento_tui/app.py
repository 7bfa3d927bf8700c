"""The application: one window on a desk.

It opens the database after the first frame. Screens call services through `serve`, which runs them in a thread; the
result comes back as a message.
"""

import asyncio
import gc
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.events import Resize
from textual.filter import LineFilter

from atendimento_tui import (
    __version__,
    clipboard,
    compat,
    faults,
    outputs,
    paths,
    services,
    terminal,
)
from atendimento_tui import texts as all_texts
from atendimento_tui.actions import PLACE_ROWS, QUIT, QUIT_KEY, PlaceRow, by_letter, settable
from atendimento_tui.actions.areas.agenda import PLACE as AGENDA
from atendimento_tui.actions.areas.intake import PLACE as INTAKE
from atendimento_tui.actions.areas.queue import PLACE as QUEUE
from atendimento_tui.config import Problem, Settings, read_settings
from atendimento_tui.domain.accounts import CHOICE, SEEN_EVERY
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.text import without_password
from atendimento_tui.screens import alerts, dialogs, tickets
from atendimento_tui.screens.base import Place
from atendimento_tui.screens.entering import Entering
from atendimento_tui.screens.places import screen_class, style_sheets
from atendimento_tui.texts import window as texts
from atendimento_tui.texts import words
from atendimento_tui.widgets.keys_in_turn import KeysInTurn
from atendimento_tui.widgets.live_mouse import LiveMouse
from atendimento_tui.widgets.surviving import Surviving
from atendimento_tui.widgets.text import ControlCodeFilter, safe
from atendimento_tui.window.session import utc_now

if TYPE_CHECKING:
    from rich.console import RenderableType

    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.contracts.safekeeping import CopiesView
    from atendimento_tui.services.desk import Desk

SWEEP_EVERY_S = 20
"""Seconds between two sweeps, which fire due timers."""

EXIT_WITHIN_S = 5.0
"""Seconds that an exit may take."""

FORGET_EVERY_S = 10
"""Seconds between two releases of the lines of removed widgets."""


PREPARE_AFTER_S = 1.0
"""Seconds after the desk is open until `_prepare` runs: the queue, its counts and the panel are shown by then."""


class AtendimentoApp(Entering, LiveMouse, Surviving):
    """One window.

    Args:
        database: File or URL of the desk.
        actor: Name of the person at this window; None lets one choose.
        now: Returns the current instant; tests pass their own clock.
        settings: The user's settings.
    """

    TITLE = texts.APP
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "app.tcss",
        *style_sheets(),
    ]
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = QUEUE.where
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        database: str,
        actor: str | None = None,
        now: Callable[[], datetime] = utc_now,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(database, actor, now, settings or Settings())
        for row in PLACE_ROWS:
            if row.title:
                self.add_mode(row.where, partial(self._opened, row))
        self._has_reported_fault = False
        self._control_codes = ControlCodeFilter()

    # Start and exit.

    def _opened(self, row: PlaceRow) -> Place:
        place: Place = screen_class(row)(self._now)
        compat.take_present_styles(self, place)
        return place

    def on_load(self) -> None:
        """Start tasks in the same order in every version of Python, and remember keys for the sign-in.

        From Python 3.12 on Textual runs a task as soon as it is created. The screen of a mode is then mounted before it
        is on the stack of screens, and its first `Input` raises an error:
        https://github.com/Textualize/textual/issues/6444.
        """
        asyncio.get_running_loop().set_task_factory(None)
        self.remember_keys()

    def on_resize(self, event: Resize) -> None:
        """Paint all again if the terminal tells the size that it has: it shows the window anew, as after `fg`."""
        if event.size == compat.size_of_layout(self.screen):
            self.screen.refresh(layout=True)

    def hold_keys(self, at_most_s: float | None = None) -> Callable[[], None]:
        """Let keys wait for what is being read, until the returned function is called, or so many seconds at most."""
        return KeysInTurn.hold_keys(self, at_most_s)

    def on_mount(self) -> None:
        """Open the database after the first frame."""
        terminal.guard(self, self.close, self.call_after_typed_text)
        self.set_keymap(self.settings.keys)
        for problem in self.settings.problems:
            self.show_message(_problem_text(problem), warning=True)
        self.set_interval(1, self._tick)
        self.set_interval(SWEEP_EVERY_S, self.sweep)
        self.set_interval(SEEN_EVERY.total_seconds(), self.check_session)
        self.set_interval(FORGET_EVERY_S, partial(compat.forget_removed_widgets, self))
        self.call_after_refresh(self.open)

    def exit(self, result: None = None, return_code: int = 0, message: "RenderableType | None" = None) -> None:
        """Exit. If that takes longer than `EXIT_WITHIN_S`, end the process, and log what it waited for."""
        if not compat.is_exiting(self):
            terminal.end_within(EXIT_WITHIN_S, self, self.save_and_release_drafts, faults.note_stuck)
        super().exit(result, return_code, message)

    def on_unmount(self) -> None:
        """Close the database."""
        self.close()

    def _desk_opened(
        self,
        desk: "Desk",
        desk_info: "DeskInfo",
        drafts: int,
        *,
        is_new: bool = False,
        person: "Member | None" = None,
    ) -> None:
        super()._desk_opened(desk, desk_info, drafts, is_new=is_new, person=person)
        self.forget_keys()
        if not self.is_headless:  # tests count objects and imports
            self.set_timer(PREPARE_AFTER_S, self._prepare)

    def _prepare(self) -> None:
        """Import dialogs and places in a thread, so that the first key that opens one does not wait for it.

        Then exclude all objects from garbage collection: most live as long as the window, and a full collection stops
        the window for the time of several repaints.
        """

        def prepare() -> None:
            _ = dialogs.explain, dialogs.help, tickets.verbs, *map(screen_class, PLACE_ROWS)  # which imports them
            gc.freeze()

        self.run_worker(prepare, thread=True, exit_on_error=False, name="prepare")

    def ask_for_new_desk(self) -> None:
        """Ask for the data of a new desk; Esc exits without creating one."""
        self.open_for_keys(dialogs.first_run.FirstRunDialog(without_password(self._database), self.create_desk))

    def fault_survived(self, fault: Exception) -> None:
        """Log the fault, and show it once."""
        if compat.is_exiting(self):  # widgets that are being removed may miss others
            return
        faults.note(fault)
        if not self._has_reported_fault:
            self._has_reported_fault = True
            self.call_later(self.show_refusal, Refusal("defeito", {"path": paths.log_file()}))

    # Painting.

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters and the one that removes control characters."""
        return (*super().get_line_filters(), self._control_codes)

    # Keys.

    def is_quit_key(self, key: str) -> bool:
        """Whether the key ends the program: Ctrl+Q everywhere, in a place also the keys of the settings."""
        return key == QUIT_KEY or self._is_bound_to(key, QUIT)

    def is_act(self, key: str) -> bool:
        """Whether the key is bound to an act in the current place."""
        return any(self._is_bound_to(key, action.id) for action in self.place.possible_actions() if action.is_act)

    def _is_bound_to(self, key: str, action: str) -> bool:
        bound = self.screen.active_bindings.get(key) if isinstance(self.screen, Place) else None
        return bound is not None and bound.binding.id == action

    # For screens.

    @property
    def place(self) -> Place:
        """The place below all open dialogs."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, Place))

    @property
    def places(self) -> list[Place]:
        """All open places whose widgets exist, of all modes. They get all changes and keep their state."""
        return [screen for screen in compat.screens_of(self) if isinstance(screen, Place) and screen.is_built]

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text to the clipboard, also over ssh and in tmux."""
        compat.set_clipboard(self, text)
        compat.write(self, clipboard.codes(text, os.environ))
        if os.environ.get("TMUX"):
            load = partial(clipboard.load_into_tmux, text)
            self.run_worker(load, thread=True, exit_on_error=False, name="clipboard")

    # Actions of every place; the registry has the names of these methods.

    def leave(self) -> None:
        """Exit after all typed text is written into its field."""
        self.call_after_typed_text(self.exit)

    def show_help(self) -> None:
        """Show all keys and what they do, from the registry."""
        place = self.place
        dialog = dialogs.help.HelpDialog(
            place.possible_actions(),
            self.key_of,
            place.first_actions(),
            in_form=place.fills_a_form(),
            role_forbids=place.role_forbids,
        )
        self.push_screen(dialog)

    def show_commands(self) -> None:
        """Show all actions, to choose one."""
        choices = [
            dialogs.choose.Choice(
                action.id, f"{action.title} · {action.help_with(self.key_of(action))}", self.key_of(action)
            )
            for action in self.place.possible_actions()
            if action.id != "geral.comandos"
        ]
        self.push_screen(
            dialogs.choose.ChooseDialog(texts.PALETTE_TITLE, choices, texts.PALETTE_PLACEHOLDER), self._do_chosen
        )

    def _do_chosen(self, action: str | None) -> None:
        if action:
            self.place.action_do(action)

    def choose_person(
        self, then: Callable[[], None] = lambda: None, otherwise: Callable[[], None] = lambda: None
    ) -> None:
        """In a demonstration, ask who works at this window; elsewhere show who does.

        Args:
            then: Called after somebody was chosen.
            otherwise: Called if nobody was chosen.
        """
        if not self.desk_info:
            self.show_refusal(Refusal("abrindo"))
            otherwise()
            return
        if self.desk_info.unit.entry != CHOICE:
            self.show_who()
            otherwise()
            return

        def chosen(person: "Member | None") -> None:
            if person:
                self.change_person(person)
            (then if person else otherwise)()

        choices = [
            dialogs.choose.Choice(member, member.name, words.ROLE.get(member.role, member.role))
            for member in self.desk_info.members
        ]
        self.push_screen(dialogs.choose.ChooseDialog(texts.PERSON_TITLE, choices, texts.PERSON_PLACEHOLDER), chosen)

    def go(self, mode: str) -> None:
        """Go to a place. Places keep their state; going to the one that is shown closes what is open on top of it.

        An intake is begun for the person whom the place before shows, and a slot is looked for for its ticket.
        """
        if mode == INTAKE.where:
            self.about = self.place.whom() or self.about
        if mode == AGENDA.where and (ticket := self.place.shown_ticket()):
            self.look_for_slot(ticket)
        elif mode == self.current_mode:
            self._close_above()
        else:
            self.appointment_of = None if mode == AGENDA.where else self.appointment_of
            self.switch_mode(mode)

    def look_for_slot(self, ticket: "QueueRow") -> None:
        """Go to the agenda, to book a slot for a ticket."""
        self.appointment_of = ticket
        self.switch_mode(AGENDA.where)
        self._close_above()

    def _close_above(self) -> None:
        """Close the places that are open on top of the one of this mode."""
        while len(self.screen_stack) > 1 and isinstance(self.screen, Place):
            self.pop_screen()

    def show_ticket(self, ticket: int, section: str = "") -> None:
        """Open a ticket on top of the place, at one of its sections."""
        opened = tickets.screen.TicketScreen(ticket, self._now)
        opened.section = section or opened.section
        self.push_screen(opened)

    def choose_place(self) -> None:
        """Ask for the letter of a place."""
        letters = {letter: (action.id, action.title) for letter, action in by_letter().items()}
        self.push_screen(dialogs.choose.LetterDialog(texts.PLACES_TITLE, letters), self._do_chosen)

    def picture(self) -> str:
        """The screen as SVG, without the web font of Rich, which a viewer would load from the network."""
        return re.sub(r"@font-face \{.*?\}", "", self.export_screenshot(title=texts.APP), flags=re.DOTALL)

    def show_alerts(self) -> None:
        """Show the person's alerts."""
        alerts.show_alerts(self)

    def look_up_procedure(self) -> None:
        """Look a procedure up, whatever is open."""

        def read(desk: "Desk", _now: datetime) -> bool:
            return services.procedures.is_empty(desk)

        def copy(code: str) -> None:
            self.copy_to_clipboard(code)
            self.show_message(all_texts.procedures.COPIED.format(code=code))

        def show(is_empty: bool) -> None:
            self.push_screen(dialogs.lookup.LookupDialog(copy, is_empty=is_empty))

        self.place.ask("procedimentos", read, show)

    def show_copies(self) -> None:
        """Show the backup copies."""
        now = self._now()

        def show(view: "CopiesView") -> None:
            if self.desk_info:
                self.push_screen(dialogs.copies.CopiesDialog(view, now, self.desk_info.unit.zone))

        def read(desk: "Desk", _now: datetime) -> "CopiesView":
            return services.safekeeping.overview(desk, services.safekeeping.copies_folder(paths.settings_file()))

        self.place.ask("copias", read, show)

    def show_diagnosis(self) -> None:
        """Show the diagnosis, which can be saved and copied."""
        database = self._database

        def read(_desk: "Desk", now: datetime) -> list[str]:
            return [*outputs.diagnosis.as_lines(services.diagnosis.diagnose(database, now))]

        def show(lines: list[str]) -> None:
            self.push_screen(dialogs.diagnosis.DiagnosisDialog(lines, self._save_diagnosis, self._copy_diagnosis))

        self.place.ask("diagnostico", read, show)

    def _save_diagnosis(self, lines: Sequence[str]) -> None:
        database = self.desk.file if self.desk else None
        try:
            path = outputs.diagnosis.save(paths.data_folder(), lines, self._now().astimezone(), database)
        except Exception as error:  # noqa: BLE001 - shown, or logged
            self.show_refusal(self.reason_of_error(error))
        else:
            self.show_message(all_texts.diagnosis.SAVED.format(path=path))

    def _copy_diagnosis(self, lines: Sequence[str]) -> None:
        self.copy_to_clipboard("\n".join(lines))
        self.show_message(all_texts.diagnosis.COPIED)

    def take_picture(self) -> None:
        """Save the screen as an SVG file."""
        database = self.desk.file if self.desk else None
        try:
            path = outputs.picture.save_picture(paths.data_folder(), self.picture(), self._now().astimezone(), database)
        except Exception as error:  # noqa: BLE001 - shown, or logged
            self.show_refusal(self.reason_of_error(error))
        else:
            self.show_message(texts.PICTURE.format(path=path))

    def action_help_quit(self) -> None:
        """Show how to exit, on Ctrl+C. Textual's own message is in English."""
        self.show_message(texts.QUIT_HINT)


def run(database: str, actor: str | None = None) -> int:
    """Run a window until the user exits.

    Returns:
        The exit code.
    """
    faults.log_to(paths.log_file())
    faults.note_start("window", __version__, database)
    app = AtendimentoApp(database, actor, settings=read_settings(paths.settings_file(), settable()))
    gc.freeze()  # imported modules stay, so the garbage collector can skip them
    app.run()
    faults.note_end("window")
    if app.signs_out and not app.return_code:
        # The same call again, in this process: nothing of the person who left stays in its memory.
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    if app.refusal:
        print(safe(without_password(app.refusal)), file=sys.stderr)  # noqa: T201 - the screen is closed
    return app.return_code or 0


def _problem_text(problem: Problem) -> str:
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
