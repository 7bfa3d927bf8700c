"""Keeps the window up to date: receives changes, reloads what is visible, and runs the sweep."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from atendimento_tui import services
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.texts import window as texts
from atendimento_tui.window.requests import Requests

if TYPE_CHECKING:
    from atendimento_tui.config import Settings
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.domain.refusals import Refusal, UserFacingError
    from atendimento_tui.services.desk import Desk
    from atendimento_tui.window.session import WindowPlace

log = logging.getLogger(__name__)

CHANGES_EVERY_S = 0.25
"""Minimum seconds between two refreshes: fifty windows may write many times a second."""


class Refresh(Requests):
    """A window that receives the changes of others.

    Attributes:
        closing: Set when the window closes; threads that wait or listen then end.
        listening: Set when the window receives changes.
        changes_received: How often changes were received.
        is_throttled: Whether a refresh has to wait.
    """

    class Changed(Message):
        """The database was changed. A later message replaces an earlier one."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, type(self))

    class DatabaseState(Message):
        """The database was lost or is reachable again.

        Attributes:
            lost: Why it was lost; None if it is reachable.
        """

        def __init__(self, lost: "Refusal | None") -> None:
            super().__init__()
            self.lost = lost

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: "Settings") -> None:
        super().__init__(database, actor, now, settings)
        self.closing, self.listening = threading.Event(), threading.Event()
        self._sweeping = self.is_throttled = False
        self.changes_received = 0
        self._digest_day: date | None = None
        """The day for which there is a digest of the events."""
        self._changes = Changes()
        """Changes that were received and are not shown yet."""
        self._changes_lock = threading.Lock()

    def listen_to(self, desk: "Desk") -> None:
        """Start to receive the changes of the desk."""
        self.run_worker(partial(self._listen, desk), thread=True, exit_on_error=False, name="feed")

    def _listen(self, desk: "Desk") -> None:
        try:
            services.changes.watch(desk, self._add_changes, self.closing, self._database_state_changed)
        except Exception:  # the window continues without the changes of others
            log.exception("fault in the feed")

    def _add_changes(self, changes: Changes) -> None:
        with self._changes_lock:
            self._changes |= changes
        self.post_message(self.Changed())
        self.changes_received += 1

    def _database_state_changed(self, lost: "UserFacingError | None") -> None:
        self.listening.set()
        self.post_message(self.DatabaseState(lost.refusal if lost else None))

    def sweep(self) -> None:
        """Fire due timers, in one sweep at a time, and make the day's digest of the events.

        Its changes are received like those of others.
        """
        desk = self.desk
        if desk is None or self._sweeping:
            return
        self._sweeping = True

        def run() -> None:
            try:
                now = self._now()
                services.sweep.sweep(desk, now, stopped=self.closing.is_set)
                day = now.astimezone(desk.zone).date()
                if day != self._digest_day and not self.closing.is_set():
                    services.digests.make_if_due(desk, now)
                    self._digest_day = day
            except Exception as error:  # a refusal is not shown: the next sweep tries again
                if services.refusals.refusal_of(error) is None:
                    log.error("fault %s", type(error).__name__, exc_info=error)
            finally:
                self._sweeping = False

        self.run_worker(run, thread=True, exit_on_error=False, name="sweep")

    def on_refresh_changed(self) -> None:
        """Refresh at once, then at most every `CHANGES_EVERY_S` seconds."""
        if self.is_throttled:
            return
        with self._changes_lock:
            changes, self._changes = self._changes.without(self.own_requests), Changes()
        if not changes:
            return
        self.is_throttled = True
        self.set_timer(CHANGES_EVERY_S, self._end_throttle)
        if changes.other:
            self._reload_desk_info()
        self._notify_places(changes)

    def acted(self, ticket: int, shown_by: "WindowPlace") -> None:
        """Report an act of this window to its other places.

        Args:
            ticket: The ticket's id.
            shown_by: The place that shows the act already.
        """
        self._notify_places(Changes(frozenset({(ticket, "")})), but=shown_by)

    def _notify_places(self, changes: Changes, but: "WindowPlace | None" = None) -> None:
        """Let the visible place read again, and mark the others stale."""
        for place in self.places:
            if place is but:
                continue
            if place is self.place:
                place.desk_changed(changes)
            else:
                place.stale = True

    def _reload_desk_info(self) -> None:
        """Load `desk_info` again if it has changed."""
        if self.desk_info:
            version = self.desk_info.version
            self.serve(lambda desk, _now: desk.info_if_changed(version), self._desk_info_loaded, lambda _refusal: None)

    def _desk_info_loaded(self, desk_info: "DeskInfo | None") -> None:
        if desk_info is None:
            return
        self.desk_info = desk_info
        if self.person:
            self.set_person(self._as_now(self.person, desk_info))
        for place in self.places:
            place.desk_info_changed()
        self._notify_places(ANYTHING)

    @staticmethod
    def _as_now(person: "Member", desk_info: "DeskInfo") -> "Member":
        """The person with the present role and groups; without any, if the person does not act any more."""
        gone = replace(person, role="", groups=())
        return next((member for member in desk_info.members if member.id == person.id), gone)

    def _end_throttle(self) -> None:
        self.is_throttled = False
        self.on_refresh_changed()

    def on_refresh_database_state(self, message: DatabaseState) -> None:
        """Show that the database was lost or is reachable again. Typed text stays; requests are refused meanwhile."""
        code = message.lost.code if message.lost else ""
        if code == self.lost:
            return
        self.lost = code
        self.show_message(
            self.refusal_text(message.lost) if message.lost else texts.DATABASE_BACK, warning=bool(message.lost)
        )
        self._tick()
