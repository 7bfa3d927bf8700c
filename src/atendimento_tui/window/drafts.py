"""Drafts of a window: typed text that is saved to disk while it is typed, until its act is written."""

import threading
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import uuid4

from textual.timer import Timer

from atendimento_tui import services
from atendimento_tui.contracts.drafts import Unsent
from atendimento_tui.window.requests import Requests

if TYPE_CHECKING:
    from atendimento_tui.config import Settings
    from atendimento_tui.contracts.intake import Draft
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.services.drafts import DraftFile

DraftT = TypeVar("DraftT", "Draft", Unsent)

SAVE_AFTER_S = 0.15
"""A typed letter is saved after this time at the latest, not counting the writing."""


class DraftSession(Generic[DraftT]):
    """A draft that is typed in this window. It has a file while something is typed.

    Threads save it. They read `_file` before `now`, the window sets `now` before `_file`: so a file never gets the
    text of another one.

    Args:
        window: The window.
        now: The draft as it is now.
        open_file: Finds the file of a draft.
        not_saved: Is called if it cannot be saved.
        on_pause: Is called when a change is saved because `SAVE_AFTER_S` has passed.
    """

    def __init__(
        self,
        window: Requests,
        now: DraftT,
        open_file: "Callable[[DraftT], DraftFile]",
        not_saved: Callable[["Refusal"], None],
        on_pause: Callable[[], None] = lambda: None,
    ) -> None:
        self.now: DraftT = now
        self._window = window
        self._open_file: Callable[[DraftT], DraftFile] = open_file
        self._not_saved = not_saved
        self._on_pause = on_pause
        self._file = None if now.is_empty else open_file(now)
        self._saved: DraftT | None = None
        self._writing = threading.Lock()
        self._timer: Timer | None = None

    def change(self, draft: DraftT) -> None:
        """Replace the draft, and save it soon."""
        if draft == self.now:
            return
        self.now = draft
        if self._file is None and not draft.is_empty:
            self._file = self._open_file(draft)
        if self._file and self._timer is None:
            self._timer = self._window.set_timer(SAVE_AFTER_S, self._pause)

    def save(self) -> None:
        """Save the draft, if that was not done. Any thread may call it.

        Raises:
            OSError: It cannot be saved.
        """
        with self._writing:
            file, draft = self._file, self.now
            if file and draft is not self._saved:
                file.save(draft)
                self._saved = draft

    def save_now(self) -> None:
        """Let a thread save the draft, if that was not done."""
        if self._saved is not self.now:
            self._window.serve(lambda _desk, _now: self.save(), lambda _: None, self._not_saved)

    def save_and_release(self) -> None:
        """Save the draft and unlock it, so that other windows offer it. Any thread may call it.

        Raises:
            OSError: It cannot be saved.
        """
        self.save()
        if self._file:
            self._file.release()

    def discard(self, then: Callable[[], None] = lambda: None) -> None:
        """Delete the file in a thread. If that fails, it is deleted later: drafts of written acts are not offered.

        Args:
            then: Is called afterwards.
        """
        file, self._file = self._file, None

        def delete(_desk: "Desk", _now: datetime) -> None:
            with self._writing:
                if file:
                    file.discard()

        self._window.serve(delete, lambda _: then(), lambda _: then())

    def _pause(self) -> None:
        self._timer = None
        self.save_now()
        self._on_pause()


class ActDraft(DraftSession[Unsent]):
    """The draft of an act on a ticket.

    Args:
        window: The window.
        what: The act's key.
        protocol: The ticket's number.
    """

    def __init__(self, window: Requests, what: str, protocol: str) -> None:
        super().__init__(window, Unsent(uuid4().hex), self._act_file, window.warn_draft_not_saved)
        self._act = (what, protocol)

    def restore(self, take: Callable[[Mapping[str, str]], bool], then: Callable[[], None] = lambda: None) -> None:
        """If this window has no text for the act, look for a draft that a closed or killed window has left.

        Args:
            take: Shows the draft; returns whether it did.
            then: Is called afterwards, whether there is one or not.
        """
        if self.now.words:
            then()
            return

        def left(desk: "Desk", _now: datetime) -> "tuple[DraftFile, Unsent] | None":
            return services.drafts.find_unsent(desk, *self._act)

        def found(left: "tuple[DraftFile, Unsent] | None") -> None:
            if left is not None:
                file, unsent = left
                if take(unsent.words):
                    aim = self.now.aim
                    self.discard()
                    self.now = self._saved = unsent
                    self._file = file
                    self.change(replace(unsent, aim=aim))
                else:
                    file.release()
            then()

        def unread(refusal: "Refusal") -> None:
            self._not_saved(refusal)
            then()

        self._window.serve(left, found, unread)

    def written(self, sent: Unsent) -> None:
        """The act was written. What was typed since it was sent is the draft of another act."""
        if self.now.words == sent.words:
            self.discard()
        else:
            self.change(replace(self.now, key=uuid4().hex))

    def closed(self) -> None:
        """Delete the file if all text was deleted. Called when the dialog is closed."""
        if not self.now.words:
            self.discard()

    def discard(self, then: Callable[[], None] = lambda: None) -> None:
        """Delete the file in a thread, and begin a new draft with the same target."""
        self.now = Unsent(uuid4().hex, self.now.aim)
        super().discard(then)

    def _act_file(self, draft: Unsent) -> "DraftFile":
        assert self._window.desk, "nobody acts before the desk is open"
        return services.drafts.act_file(self._window.desk, *self._act, draft.key)


class Drafts(Requests):
    """A window with drafts.

    Attributes:
        drafts: The drafts of this window: of acts by key and ticket, of the intake by its place.
    """

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: "Settings") -> None:
        super().__init__(database, actor, now, settings)
        self.drafts: dict[Hashable, DraftSession[Any]] = {}

    def draft_of(self, what: str, protocol: str) -> ActDraft:
        """The draft of an act on a ticket.

        Args:
            what: The act's key.
            protocol: The ticket's number.
        """
        draft = self.drafts.setdefault((what, protocol), ActDraft(self, what, protocol))
        assert isinstance(draft, ActDraft)
        return draft

    def forget_drafts(self) -> None:
        """Another person acts at the window: the drafts are offered to their owner again, and to nobody else."""
        self.save_and_release_drafts()
        self.drafts.clear()

    def save_and_release_drafts(self) -> None:
        """Save what is not saved yet, and unlock all. If the program ends, a thread may not run any more."""
        for draft in self.drafts.values():
            with suppress(OSError):
                draft.save_and_release()
