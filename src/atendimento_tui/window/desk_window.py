"""One window on a desk: it opens the desk after the first frame, or makes one, and lets go of it at its end."""

import gc
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from atendimento_tui.actions import registry
from atendimento_tui.config import Settings
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.texts import intake as intake_texts
from atendimento_tui.texts import window as texts
from atendimento_tui.window.drafts import Drafts
from atendimento_tui.window.refresh import Refresh

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

LISTENS_WITHIN_S = 1
"""How long a window waits for the beginning of its listening before it shows what it has read."""


class DeskWindow(Drafts, Refresh):
    """One window; what screens know of the application that they run in."""

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: Settings) -> None:
        super().__init__(database, actor, now, settings)
        self.refusal: str | None = None
        """Why the program ended without a desk."""
        self._to_close: Desk | None = None
        """The desk that is open, also while the window does not show it yet."""

    @abstractmethod
    def go(self, mode: str) -> None:
        """Go to a place; each keeps its state."""

    def open(self) -> None:
        """Open the desk in a thread."""
        self.run_worker(self._open_desk, thread=True, exit_on_error=False)

    def _open_desk(self) -> None:
        """In a thread: importing the tables takes longer than painting."""
        gc.disable()  # what is imported stays, and looking at it over and over takes a tenth of the time
        try:
            from atendimento_tui.services import drafts
            from atendimento_tui.services.desk import open_desk

            if self.closing.is_set():
                return
            desk = open_desk(self._database, self._now())
            if self._has_left(desk):
                return
            self.answer(lambda: self.listen_to(desk))
            face = desk.face()
            waiting = len(drafts.waiting(desk))
            self.listens.wait(LISTENS_WITHIN_S)  # whatever is committed after the first look is heard
        except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
            refusal = self.reason_of_error(error)
            self.answer(lambda: self._not_opened(refusal))
            return
        finally:
            if not self.is_headless:  # tests look at what lives
                gc.freeze()
            gc.enable()
        self.answer(lambda: self._opened(desk, face, waiting))

    def _has_left(self, desk: "Desk") -> bool:
        """In a thread: whether the window was left while the desk was being opened; then the desk is closed.

        The desk is noted before the window is looked at, so that either this thread or `_close` closes it.
        """
        self._to_close = desk
        if self.closing.is_set():
            desk.close()
        return self.closing.is_set()

    def _not_opened(self, refusal: Refusal) -> None:
        """Where there is no desk yet, one is founded; else there is nothing to show."""
        if refusal.code == "banco_inexistente":
            self.ask_first_questions()
        else:
            self._leave(refusal)

    @abstractmethod
    def ask_first_questions(self) -> None:
        """There is no desk there: ask what one is made of; `found` makes it."""

    def found(self, answers: Mapping[str, str], refused: Callable[[Refusal], None]) -> None:
        """Make the desk by the answers in a thread, and open it."""
        self.run_worker(lambda: self._found(answers, refused), thread=True, exit_on_error=False)

    def _found(self, answers: Mapping[str, str], refused: Callable[[Refusal], None]) -> None:
        """In a thread."""
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
            self.answer(lambda: self.listen_to(desk))
            face = desk.face()
        except Exception as error:  # noqa: BLE001 - told to the person, or written to the log
            refusal = self.reason_of_error(error)
            self.answer(lambda: refused(refusal))
            return
        self.answer(lambda: self._founded(desk, face))

    def _founded(self, desk: "Desk", face: DeskInfo) -> None:
        self.pop_screen()
        self._opened(desk, face, 0, is_new=True)
        self.say(intake_texts.FIRST_MADE.format(path=desk.name))

    def _opened(self, desk: "Desk", face: DeskInfo, drafts: int, *, is_new: bool = False) -> None:
        self.desk, self.face = desk, face
        try:
            self.person = self._person_at_first(face)
        except Refused as refused:
            self._leave(self.reason_of_error(refused))
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

    def _person_at_first(self, face: DeskInfo) -> Member | None:
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

    def close(self) -> None:
        """Write what is not written yet, and let go of the database."""
        self.closing.set()
        self.listens.set()  # nobody waits for the beginning of the listening any more
        for place in self.places:
            place.put_away()
        self.put_drafts_away()
        if self._to_close:
            self._to_close.close()
