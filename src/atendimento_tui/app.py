"""The application: one window on a desk. It opens the database after the first frame, and everything on screen goes
to the services through `serve`, in a thread, and comes back as a message."""

import asyncio
import gc
import logging
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.worker import get_current_worker

from atendimento_tui import clipboard, faults, paths, terminal
from atendimento_tui.actions import PLACES, Action, key_name, registry
from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.config import Problem, Settings, read_settings
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.domain.places import areas_of
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.domain.text import without_password
from atendimento_tui.screens.base import Place
from atendimento_tui.screens.queue.screen import QueueScreen
from atendimento_tui.texts import intake as intake_texts
from atendimento_tui.texts import window as texts
from atendimento_tui.texts.refusals import sentence
from atendimento_tui.widgets.keys_in_turn import KeysInTurn
from atendimento_tui.widgets.surviving import Surviving
from atendimento_tui.widgets.text import ControlCodeFilter, safe

if TYPE_CHECKING:
    from atendimento_tui.domain.refusals import UserFacingError
    from atendimento_tui.screens.unsent import DraftSession
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.services.drafts import Keeper

ResultT = TypeVar("ResultT")

log = logging.getLogger(__name__)

SWEEP_EVERY_S = 20
"""How often a window looks whether something is due that happens by itself."""

LISTENS_WITHIN_S = 1
"""How long a window waits for the beginning of its listening before it shows what it has read."""

TOASTS_AT_MOST = 3
"""So many things are told at once: what is told again takes the place of what was told."""

CHANGES_EVERY_S = 0.25
"""However much others do, the screen is not read anew more often: fifty desks write many times a second."""


def utc_now() -> datetime:
    """The present instant: the only place where a window reads a clock."""
    return datetime.now(UTC)


class AtendimentoApp(KeysInTurn, Surviving):
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

    class Answer(Message):
        """A service has answered: `then` paints it."""

        def __init__(self, then: Callable[[], None]) -> None:
            super().__init__()
            self.then = then

    class Changed(Message):
        """Somebody changed something in the database. Many of these are one."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, type(self))

    class Reached(Message):
        """The database was lost, or is back.

        Attributes:
            lost: Why it is lost; None when it is back.
        """

        def __init__(self, lost: Refusal | None) -> None:
            super().__init__()
            self.lost = lost

    def __init__(
        self,
        database: str,
        actor: str | None = None,
        now: Callable[[], datetime] = utc_now,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(driver_class=terminal.driver_class())
        self.add_mode("fila", self._queue)
        self.add_mode("novo", self._intake)
        self.face: DeskInfo | None = None
        self.person: Member | None = None
        self.refusal: str | None = None
        self.unsent: dict[tuple[str, str], DraftSession] = {}
        """What is typed at this window for acts that are not written yet, by act and protocol."""
        self._told_not_kept = self._told_fault = False
        self._database = database
        self._actor = actor
        self._now = now
        self._settings = settings or Settings()
        self._desk: Desk | None = None
        self._to_close: Desk | None = None
        """The desk that is open, also while the window does not show it yet."""
        self._deaf, self._listens = threading.Event(), threading.Event()
        self._last_door = ControlCodeFilter()
        self._sweeping = self._settling = self._changed_meanwhile = False
        self.lost = ""
        """Why the database does not answer, as a code; nothing while it does."""

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
        terminal.guard(self, self._close, self.when_written)
        self.set_keymap(self._settings.keys)
        for problem in self._settings.problems:
            self.say(_told(problem), warning=True)
        self.set_interval(1, self._tick)
        self.set_interval(SWEEP_EVERY_S, self.sweep)
        self.call_after_refresh(self._open)

    def on_unmount(self) -> None:
        """Let go of the database."""
        self._close()

    def _open(self) -> None:
        self.run_worker(self._open_desk, thread=True, exit_on_error=False)

    def _open_desk(self) -> None:
        """In a thread: importing the tables takes longer than painting."""
        gc.disable()  # what is imported stays, and looking at it over and over takes a tenth of the time
        try:
            from atendimento_tui.services import drafts
            from atendimento_tui.services.desk import open_desk

            if self._deaf.is_set():
                return
            desk = open_desk(self._database, self._now())
            if self._has_left(desk):
                return
            self._answer(lambda: self._listen_to(desk))
            face = desk.face()
            waiting = len(drafts.waiting(desk))
            self._listens.wait(LISTENS_WITHIN_S)  # whatever is committed after the first look is heard
        except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
            refusal = self._refusal(error)
            self._answer(lambda: self._not_opened(refusal))
            return
        finally:
            gc.enable()
        self._answer(lambda: self._opened(desk, face, waiting))

    def _has_left(self, desk: "Desk") -> bool:
        """In a thread: whether the window was left while the desk was being opened; then the desk is closed.

        The desk is noted before the window is looked at, so that either this thread or `_close` closes it.
        """
        self._to_close = desk
        if self._deaf.is_set():
            desk.close()
        return self._deaf.is_set()

    def _not_opened(self, refusal: Refusal) -> None:
        """Where there is no desk yet, one is founded; else there is nothing to show."""
        if refusal.code == "banco_inexistente":
            self._ask_first_questions()
        else:
            self._leave(refusal)

    def _ask_first_questions(self) -> None:
        """Found a desk here, or leave without having made anything."""
        from atendimento_tui.screens.first_run import FirstRunDialog

        def found(answers: Mapping[str, str], refused: Callable[[Refusal], None]) -> None:
            self.run_worker(lambda: self._found(answers, refused), thread=True, exit_on_error=False)

        self.push_screen(FirstRunDialog(without_password(self._database), found))

    def _found(self, answers: Mapping[str, str], refused: Callable[[Refusal], None]) -> None:
        """In a thread: make the desk by the answers, and open it."""
        try:
            from atendimento_tui.services.setup import create_desk, new_desk

            new = new_desk(
                name=answers["name"],
                city=answers["city"],
                uf=answers["uf"],
                hours=answers["hours"],
                ans_registration=answers["ans_registration"],
                supervisor=answers["supervisor"],
            )
            desk = create_desk(self._database, new, self._now())
            if self._has_left(desk):
                return
            self._answer(lambda: self._listen_to(desk))
            face = desk.face()
        except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
            refusal = self._refusal(error)
            self._answer(lambda: refused(refusal))
            return
        self._answer(lambda: self._founded(desk, face))

    def _founded(self, desk: "Desk", face: DeskInfo) -> None:
        self.pop_screen()
        self._opened(desk, face, 0, is_new=True)
        self.say(intake_texts.FIRST_MADE.format(path=desk.name))

    def _opened(self, desk: "Desk", face: DeskInfo, drafts: int, *, is_new: bool = False) -> None:
        self._desk, self.face = desk, face
        try:
            self.person = self._choose_person(face)
        except Refused as refused:
            self._leave(self._refusal(refused))
            return
        if desk.copy:
            self.say(texts.MIGRATED.format(path=desk.copy))
        if desk.made_groups and not is_new:
            self.say(texts.GROUPS_MADE.format(names=", ".join(desk.made_groups)))
        for place in self.places:
            place.desk_opened(face)
        if drafts:
            told = intake_texts.DRAFTS_TOLD_ONE if drafts == 1 else intake_texts.DRAFTS_TOLD
            self.say(told.format(count=drafts, key=self.key_of(registry()["ir.novo"])))
        self.sweep()

    def _choose_person(self, face: DeskInfo) -> Member | None:
        """The one named; else the only one there is; in a demonstration, somebody to begin with.

        Raises:
            Refused: There is nobody of that name.
        """
        if self._actor:
            from atendimento_tui.services.people import person_named

            return person_named(face.members, self._actor)
        if face.unit.is_demo:
            return next((member for member in face.members if member.groups), None)
        return face.members[0] if len(face.members) == 1 else None

    def _leave(self, refusal: Refusal) -> None:
        """There is no desk to show: leave, and say why where it can be read."""
        self.refusal = self.told(refusal)
        self.exit(return_code=1)

    def _listen_to(self, desk: "Desk") -> None:
        self.run_worker(partial(self._listen, desk), thread=True, exit_on_error=False, name="feed")

    def _listen(self, desk: "Desk") -> None:
        from atendimento_tui.services.live import watch

        try:
            watch(desk, self._heard, self._deaf, self._heard_whether_reached)
        except Exception:  # the window goes on without hearing others; the log says why
            log.exception("fault in the feed")

    def _heard(self) -> None:
        self.post_message(self.Changed())

    def _heard_whether_reached(self, lost: "UserFacingError | None") -> None:
        self._listens.set()
        self.post_message(self.Reached(lost.refusal if lost else None))

    def _close(self) -> None:
        self._deaf.set()
        self._listens.set()  # nobody waits for the beginning of the listening any more
        for place in self.places:
            place.put_away()
        for words in self.unsent.values():
            words.put_away()
        if self._to_close:
            self._to_close.close()

    def sweep(self) -> None:
        """Let happen what is due by itself; one sweep at a time. What it did is heard like anybody's change."""
        desk = self._desk
        if desk is None or self._sweeping:
            return
        self._sweeping = True

        def run() -> None:
            from atendimento_tui.services.refusals import refusal_of
            from atendimento_tui.services.sweep import sweep

            try:
                sweep(desk, self._now(), stopped=self._deaf.is_set)
            except Exception as error:  # nobody asked for it: it is tried again, and faults are logged
                if refusal_of(error) is None:
                    log.error("fault in the sweep", exc_info=error)
            finally:
                self._sweeping = False

        self.run_worker(run, thread=True, exit_on_error=False, name="sweep")

    # Asking services.

    def serve(
        self,
        work: "Callable[[Desk, datetime], ResultT]",
        then: Callable[[ResultT], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Let a service work in a thread, and paint what it answers.

        Args:
            work: Calls the service; it gets the desk and the present instant, and touches no widget.
            then: Paints the answer.
            refused: Gets why there is none; by default a toast tells it.
        """
        desk, tell = self._desk, refused or self.tell
        if desk is None:
            tell(Refusal("abrindo"))
            return

        def run() -> None:
            try:
                result = work(desk, self._now())
            except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
                refusal = self._refusal(error)
                self._answer(lambda: tell(refusal))
            else:
                self._answer(lambda: then(result))

        self.run_worker(run, thread=True, exit_on_error=False)

    def perform(
        self,
        act: "Callable[[Desk, Order], ActDone]",
        ticket: int,
        seen: int,
        request: str,
        then: Callable[[ActDone], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Let the person at this window do an act; where nobody was chosen yet, ask first who it is."""
        if self.person is None:
            self.choose_person(
                lambda: self.perform(act, ticket, seen, request, then, refused),
                lambda: (refused or self.tell)(Refusal("sem_pessoa")),
            )
            return
        actor = self.person.id
        self.serve(lambda desk, now: act(desk, Order(ticket, actor, request, now, seen)), then, refused)

    def _answer(self, then: Callable[[], None]) -> None:
        if not get_current_worker().is_cancelled:
            self.post_message(self.Answer(then))

    def _refusal(self, error: Exception) -> Refusal:
        """Why it was refused; a fault of the program goes to the log, and the program goes on."""
        from atendimento_tui.services.refusals import refusal_of

        refusal = refusal_of(error)
        if refusal is None:
            faults.note(error)
            return Refusal("defeito", {"path": paths.log_file()})
        faults.note_cause(error)
        return refusal

    def told(self, refusal: Refusal) -> str:
        """A refusal's sentence, its instants in the desk's zone."""
        zone = self.face.hours.tz if self.face else None
        local = {
            name: value.astimezone(zone) if isinstance(value, datetime) else value
            for name, value in refusal.values.items()
        }
        if refusal.code == "campo_sem_ddd" and self.face:
            local["areas"] = ", ".join(areas_of(self.face.unit.city, self.face.unit.uf))
        return sentence(refusal.code, local)

    def on_atendimento_app_answer(self, message: Answer) -> None:
        """Paint."""
        message.then()

    def on_atendimento_app_changed(self) -> None:
        """Somebody changed something: what is seen is read anew, at once and then so often at most."""
        if self._settling:
            self._changed_meanwhile = True
            return
        self._settling, self._changed_meanwhile = True, False
        self.set_timer(CHANGES_EVERY_S, self._settled)
        self._look_at_desk()
        for place in self.places:
            place.desk_changed()

    def _look_at_desk(self) -> None:
        """Read what this window knows of its desk anew, if that is something else now."""
        if self.face:
            version = self.face.version
            self.serve(lambda desk, _now: desk.face_if_other(version), self._face_read, lambda _refusal: None)

    def _face_read(self, face: DeskInfo | None) -> None:
        if face is None:
            return
        self.face = face
        here = self.person.id if self.person else None
        self.person = next((member for member in face.members if member.id == here), self.person)
        for place in self.places:
            place.face_changed()

    def _settled(self) -> None:
        self._settling = False
        if self._changed_meanwhile:
            self.on_atendimento_app_changed()

    def on_atendimento_app_reached(self, message: Reached) -> None:
        """Tell that the database is lost, or back: what is typed stays, and what is asked then is refused."""
        code = message.lost.code if message.lost else ""
        if code == self.lost:
            return
        self.lost = code
        self.say(self.told(message.lost) if message.lost else texts.DATABASE_BACK, warning=bool(message.lost))
        self._tick()

    def fault_survived(self, fault: Exception) -> None:
        """Write it down, and tell it once: typing goes on."""
        if self._exit:  # what is taken down misses what is gone already
            return
        faults.note(fault)
        if not self._told_fault:
            self._told_fault = True
            self.call_later(self.tell, Refusal("defeito", {"path": paths.log_file()}))

    # Painting.

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Whatever is painted goes through the last door."""
        return (*super().get_line_filters(), self._last_door)

    # Keys.

    def leaves(self, key: str) -> bool:
        """Whether the key ends the program: anywhere Ctrl+Q, in a place what the settings say besides."""
        return key == "ctrl+q" or self._asks_for(key, "geral.sair")

    def is_act(self, key: str) -> bool:
        """Whether the key asks a place for something else than to show another part of itself."""
        return any(self._asks_for(key, action.id) for action in self.place.possible_actions() if _is_act(action))

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
        """Every place that is open, also those of other modes: they hear what happens and keep their state."""
        return [screen for stack in self._screen_stacks.values() for screen in stack if isinstance(screen, Place)]

    @property
    def calendars(self) -> dict[int, BusinessCalendar]:
        """The calendars of what is on the screen, by version."""
        return dict(self.face.calendars) if self.face else {}

    def key_of(self, action: Action) -> str:
        """The key that asks for an action, the settings file heard."""
        keys = self._settings.keys.get(action.id)
        return key_name(keys.partition(",")[0]) if keys else action.key_name

    def now(self) -> datetime:
        """The present instant, as this window reckons it."""
        return self._now()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, over ssh and in tmux too."""
        self._clipboard = text
        if self._driver is not None:
            self._driver.write(clipboard.codes(text, os.environ))
        if os.environ.get("TMUX"):
            hand_over = partial(clipboard.hand_to_tmux, text)
            self.run_worker(hand_over, thread=True, exit_on_error=False, name="clipboard")

    def say(self, text: str, *, warning: bool = False) -> None:
        """Tell something in passing; a warning stays longer."""
        told = safe(text)
        others = [toast for toast in self._notifications if toast.message != told]
        for toast in [*self._notifications]:
            if toast not in others[-(TOASTS_AT_MOST - 1) :]:
                self._unnotify(toast, refresh=False)
        self.notify(told, severity="warning" if warning else "information", timeout=8 if warning else 4, markup=False)

    def words_keeper(self, what: str, protocol: str, key: str) -> "Keeper":
        """The keeper of words that are typed for an act."""
        from atendimento_tui.services import drafts

        assert self._desk, "nobody acts before the desk is open"
        return drafts.words_keeper(self._desk, what, protocol, key)

    def tell(self, refusal: Refusal) -> None:
        """Tell a refusal in passing."""
        self.say(self.told(refusal), warning=True)

    def tell_not_kept(self, refusal: Refusal) -> None:
        """Tell, once, that what is typed is not kept on the disk: typing goes on, and one need not hear it at each key.

        Args:
            refusal: Why not.
        """
        if not self._told_not_kept:
            self._told_not_kept = True
            self.say(intake_texts.DRAFT_NOT_KEPT.format(reason=self.told(refusal)), warning=True)

    def _tick(self) -> None:
        self.place.tick(self._now())

    # What every place does.

    def verbs(self) -> dict[str, Callable[[], None]]:
        """Action id -> what does it, wherever one is."""
        return {
            "geral.ajuda": self.show_help,
            "geral.comandos": self.show_commands,
            "geral.pessoa": self.choose_person,
            "geral.foto": self.take_picture,
            "geral.sair": lambda: self.when_written(self.exit),
            "ir.fila": lambda: self.go("fila"),
            "ir.novo": lambda: self.go("novo"),
            "ir.escolher": self.choose_place,
        }

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
            Choice(action.id, f"{action.title} · {action.help}", self.key_of(action))
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

        if not self.face:
            self.tell(Refusal("abrindo"))
            otherwise()
            return

        def chosen(person: Member | None) -> None:
            if person:
                self.person = person
                for place in self.places:
                    place.person_changed(person)
            (then if person else otherwise)()

        choices = [
            Choice(member, member.name, words.ROLE.get(member.role, member.role)) for member in self.face.members
        ]
        self.push_screen(ChooseDialog(texts.PERSON_TITLE, choices, texts.PERSON_PLACEHOLDER), chosen)

    def go(self, mode: str) -> None:
        """Go to a place; each keeps its state."""
        self.switch_mode(mode)

    def choose_place(self) -> None:
        """`g` and a letter."""
        from atendimento_tui.screens.dialogs.choose import LetterDialog

        actions = registry()
        letters = {letter: (action, actions[action].title) for letter, action in PLACES.items()}
        self.push_screen(LetterDialog(texts.PLACES_TITLE, letters), self._commanded)

    def picture(self) -> str:
        """The screen as SVG. Rich would let whoever opens it fetch a font from the network; here it does not."""
        return re.sub(r"@font-face \{.*?\}", "", self.export_screenshot(title=texts.APP), flags=re.DOTALL)

    def take_picture(self) -> None:
        """Save the screen as an SVG file."""
        from atendimento_tui.outputs.picture import save_picture

        database = self._desk.file if self._desk else None
        try:
            path = save_picture(paths.data_folder(), self.picture(), self._now().astimezone(), database)
        except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
            self.tell(self._refusal(error))
        else:
            self.say(texts.PICTURE.format(path=path))

    def action_help_quit(self) -> None:
        """Ctrl+C: Textual would say in English how to leave."""
        self.say(texts.QUIT_HINT)


def run(database: str, actor: str | None = None) -> int:
    """Open a window.

    Returns:
        The exit code.
    """
    import sys

    faults.log_to(paths.log_file())
    app = AtendimentoApp(database, actor, settings=read_settings(paths.settings_file(), registry()))
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


def _is_act(action: Action) -> bool:
    return not action.id.startswith(("fila.aba_", "atendimento.secao_", "ir."))
