"""What is typed for an act and is not written yet: it stays with the window, and on the disk, while it is typed."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from textual.timer import Timer

from atendimento_tui.config import Settings
from atendimento_tui.contracts.drafts import Unsent
from atendimento_tui.window.requests import Requests

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.services.drafts import Keeper

KEEP_AFTER_S = 0.15
"""How long after a key its letter is on the disk at the latest, the writing apart."""


class DraftSession:
    """The words for one act on one ticket, from the first letter until the act is written.

    Args:
        window: Where they are typed.
        what: The act's word.
        protocol: The ticket's number.
    """

    def __init__(self, window: Requests, what: str, protocol: str) -> None:
        self.now = Unsent(uuid4().hex)
        self._window = window
        self._act = (what, protocol)
        self._keeper: Keeper | None = None
        self._state = 0
        self._timer: Timer | None = None

    def aim(self, at: str) -> None:
        """The act is aimed at this now."""
        if at != self.now.aim:
            self.now = replace(self.now, aim=at)
            if self.now.words:
                self._keep_soon()

    def look(self, take: Callable[[Mapping[str, str]], bool]) -> None:
        """Where this window has no words for the act, ask the disk for those of a window that is gone.

        Args:
            take: Shows them, where they come in time.
        """
        if self.now.words:
            return

        def left(desk: "Desk", _now: datetime) -> "tuple[Keeper, Unsent] | None":
            from atendimento_tui.services import drafts

            return drafts.left_behind(desk, *self._act)

        def found(left: "tuple[Keeper, Unsent] | None") -> None:
            if left is None:
                return
            keeper, unsent = left
            before, self.now = self.now, unsent
            if take(unsent.words):
                self._throw_away()
                self._keeper = keeper
                self.aim(before.aim)
            else:
                self.now = before
                keeper.release()

        self._window.serve(left, found, self._window.warn_draft_not_saved)

    def typed(self, words: Mapping[str, str]) -> None:
        """Other words stand there now: they are on the disk soon."""
        if words != self.now.words:
            self.now = replace(self.now, words=words)
            self._keep_soon()

    def keep(self) -> None:
        """Write them, if that was not done; any thread may.

        Raises:
            OSError: The disk does not take them.
        """
        keeper, state, now = self._keeper, self._state, self.now  # in this order: a state may be newer than its number
        if keeper:
            keeper.take()
            keeper.keep(state, now if now.words else None)

    def written(self, sent: Unsent) -> None:
        """The act is written: what was sent is no draft any more, and what was typed since is one of another act."""
        words = {} if self.now.words == sent.words else self.now.words
        self.now = Unsent(uuid4().hex, self.now.aim, words)
        if words:
            self._keep_soon()
        else:
            self._throw_away()

    def closed(self) -> None:
        """The dialog is closed: nothing stays of words that were taken back."""
        if not self.now.words:
            self._throw_away()

    def before_exit(self) -> None:
        """The program ends: keep what is not kept yet, here and now, and let other windows offer it."""
        with suppress(OSError):
            self.keep()
        if self._keeper:
            self._keeper.release()

    def _keep_soon(self) -> None:
        if self._keeper is None:
            self._keeper = self._new_keeper()
        self._state += 1
        if self._timer is None:
            self._timer = self._window.set_timer(KEEP_AFTER_S, self._keep_now)

    def _new_keeper(self) -> "Keeper":
        from atendimento_tui.services import drafts

        assert self._window.desk, "nobody acts before the desk is open"
        return drafts.words_keeper(self._window.desk, *self._act, self.now.key)

    def _keep_now(self) -> None:
        self._timer = None
        self._window.serve(lambda _desk, _now: self.keep(), lambda _: None, self._window.warn_draft_not_saved)

    def _throw_away(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper:
            # What cannot be thrown away is known as written when it is looked at again.
            self._window.serve(lambda _desk, _now: keeper.discard(), lambda _: None, lambda _: None)


class Drafts(Requests):
    """A window that keeps what is typed for acts that are not written yet."""

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: Settings) -> None:
        super().__init__(database, actor, now, settings)
        self._drafts: dict[tuple[str, str], DraftSession] = {}

    def draft_of(self, what: str, protocol: str) -> DraftSession:
        """What is typed at this window for an act on a ticket.

        Args:
            what: The act's word.
            protocol: The ticket's number.
        """
        return self._drafts.setdefault((what, protocol), DraftSession(self, what, protocol))

    def put_drafts_away(self) -> None:
        """The program ends: write what is not written yet, and let other windows offer it."""
        for draft in self._drafts.values():
            draft.before_exit()
