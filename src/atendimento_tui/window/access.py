"""Who is at a window: sessions, the lock, signing out."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from textual import events
from textual.screen import ModalScreen

from atendimento_tui import services
from atendimento_tui.account import account_name, terminal_name
from atendimento_tui.actions import registry
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.domain.accounts import CHOICE, PASSWORD, SYSTEM_ACCOUNT
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.texts import accounts as texts
from atendimento_tui.texts import formats
from atendimento_tui.window.refresh import Refresh
from atendimento_tui.window.requests import Requests
from atendimento_tui.window.session import WindowPlace, utc_now

if TYPE_CHECKING:
    from atendimento_tui.config import Settings
    from atendimento_tui.contracts.access import SignedIn, WayInChanged
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.services.desk import Desk

ResultT = TypeVar("ResultT")

Refuse = Callable[[Refusal], None]


class Access(Refresh):
    """A window at which somebody signs in.

    While it is locked nothing of the desk is shown and nothing on the screen changes: results of services, messages and
    changes of others wait until it is unlocked. Services that run go on, and so do the feed and the sweep.

    Attributes:
        is_locked: Whether it is locked.
        signs_out: Whether the program is to open another window after this one, for another person.
        base: The open desk without a person: for signing in only.
    """

    class EntryAnswer(Requests.Answer):
        """A result that is shown while the window is locked too."""

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: "Settings") -> None:
        super().__init__(database, actor, now, settings)
        self.is_locked = self.signs_out = False
        self.base: Desk | None = None
        self._token = ""
        self._told: tuple[WayInChanged, ...] = ()
        self._last_input = now()
        self._when_unlocked: list[Callable[[], None]] = []

    @abstractmethod
    def show_lock(self, name: str, reason: Refusal | None) -> None:
        """Cover the window with the lock.

        Args:
            name: The person's name.
            reason: Why it is locked; None if nobody touched it for a while, or by hand.
        """

    @abstractmethod
    def hide_lock(self) -> None:
        """Remove the lock."""

    @abstractmethod
    def exit_with(self, refusal: Refusal) -> None:
        """Exit, and say why."""

    @property
    def has_passwords(self) -> bool:
        """Whether people enter this desk with passwords."""
        return self.desk_info is not None and self.desk_info.unit.entry == PASSWORD

    def expiry_now(self) -> datetime | None:
        """What services of `access` take as the present: the database's clock, except in tests."""
        return None if self._now is utc_now else self._now()

    def serve_entry(
        self, work: "Callable[[Desk, datetime | None], ResultT]", then: Callable[[ResultT], None], refused: Refuse
    ) -> None:
        """Call a service of `access` in a thread, on the desk without a person, also while the window is locked."""
        desk = self.base

        def run() -> None:
            try:
                assert desk, "nobody signs in before the desk is open"
                result = work(desk, self.expiry_now())
            except Exception as error:  # noqa: BLE001 - shown, or logged
                refusal = self.reason_of_error(error)
                self.post_message(self.EntryAnswer(lambda: refused(refusal)))
            else:
                self.post_message(self.EntryAnswer(lambda: then(result)))

        self.run_worker(run, thread=True, exit_on_error=False)

    def on_access_entry_answer(self, message: EntryAnswer) -> None:
        """Show the result."""
        message.then()

    # Entering.

    def enter_without_asking(self, desk: "Desk", desk_info: "DeskInfo") -> "Member | None":
        """Runs in a thread: the person whose account of the operating system opens the desk; None if one is asked.

        Raises:
            Refused: The account is nobody's; a person was named and this is not a demonstration.
        """
        way = desk_info.unit.entry
        if way != CHOICE and self._actor:
            raise Refused("entrada_so_demonstracao")
        if way != SYSTEM_ACCOUNT:
            return None
        account = account_name(desk.file.stat().st_uid if desk.file else None)
        if not account:
            raise Refused("conta_sem_nome")
        return self.entered(
            services.access.sign_in_as_account(desk, account, place=terminal_name(), now=self.expiry_now())
        )

    def entered(self, signed: "SignedIn") -> "Member":
        """Remember the session of the person who signed in."""
        assert signed.member, "a script opens no window"
        self._token, self._told = signed.token, signed.told
        self._last_input = self._now()
        return signed.member

    def tell_ways_in(self, zone: ZoneInfo) -> None:
        """Show the person who has entered what members of secret groups are told."""
        told, self._told = self._told, ()
        for each in told:
            at = formats.instant(each.at.astimezone(zone))
            self.show_message(texts.WAY_IN_CHANGED.format(at=at, actor=each.actor, name=each.name), warning=True)

    def check_session(self) -> None:
        """Lock the window if the session has ended, or its person may not act any more."""
        if self._token and not self.is_locked:
            token = self._token
            self.serve_entry(
                lambda desk, now: services.access.see(desk, token, now), lambda _: None, self._session_ended
            )

    def _session_ended(self, refusal: Refusal) -> None:
        """Another refusal, as that of a lost database, ends no session. Without passwords the window is left."""
        if refusal.code != "sessao_encerrada":
            return
        if self.has_passwords:
            self.lock(refusal)
        else:
            self.exit_with(refusal)

    def _desk_info_loaded(self, desk_info: "DeskInfo | None") -> None:
        super()._desk_info_loaded(desk_info)
        if desk_info is not None:
            self.check_session()

    # The lock.

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is at the window."""
        if isinstance(
            event, events.Key | events.Paste | events.MouseDown | events.MouseScrollDown | events.MouseScrollUp
        ):
            self._last_input = self._now()
        if isinstance(event, events.Key) and not event.is_forwarded and self._locks(event.key):
            self.lock()
        else:
            await super().on_event(event)

    def _locks(self, key: str) -> bool:
        """Whether the key locks the window from within a dialog, where the keys of the place below are not bound."""
        action = registry()["geral.bloquear"]
        keys = self.settings.keys.get(action.id, ",".join(action.keys)).split(",")
        return key in keys and isinstance(self.screen, ModalScreen) and bool(self._token) and self.has_passwords

    def _tick(self) -> None:
        super()._tick()
        if not self.has_passwords or self.is_locked or not self._token:
            return
        minutes = self.desk_info.unit.lock_minutes if self.desk_info else 0
        if minutes and self._now() - self._last_input >= timedelta(minutes=minutes):
            self.lock()

    def lock(self, reason: Refusal | None = None) -> None:
        """Lock the window. Everything on it stays as it is, under the lock."""
        if self.is_locked or self.person is None or not self._token:
            return
        self.is_locked = True
        self.show_lock(self.person.name, reason)
        self.call_later(self.clear_notifications)  # after those that Textual has not shown yet
        token = self._token
        self.serve_entry(
            lambda desk, now: services.access.note_lock(desk, token, locked=True, now=now),
            lambda _: None,
            lambda _: None,
        )

    def unlock(self, answers: Mapping[str, str], refused: Refuse) -> None:
        """Unlock the window with the password of its person."""
        assert self.person, "only a window with a person is locked"
        person, token, password = self.person.id, self._token, answers["password"]
        new = answers.get("new", "")

        def work(desk: "Desk", now: datetime | None) -> "SignedIn":
            place = terminal_name()
            return services.access.unlock(desk, person, token, password, new_password=new, place=place, now=now)

        self.serve_entry(work, self._unlocked, refused)

    def _unlocked(self, signed: "SignedIn") -> None:
        if not self.is_locked:
            return
        self.set_person(self.entered(signed))
        self.is_locked = False
        self.hide_lock()
        if self.desk:
            self.tell_ways_in(self.desk.zone)
        waiting, self._when_unlocked = self._when_unlocked, []
        for then in waiting:
            then()
        self._reload_desk_info()
        self._notify_places(ANYTHING)
        self._tick()

    def show_answer(self, then: Callable[[], None]) -> None:
        """Show a result of a service; at a locked window, when it is unlocked."""
        if self.is_locked:
            self._when_unlocked.append(then)
        else:
            then()

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show a toast; at a locked window, when it is unlocked."""
        if self.is_locked:
            self._when_unlocked.append(partial(self.show_message, text, warning=warning))
        else:
            super().show_message(text, warning=warning)

    def _notify_places(self, changes: Changes, but: WindowPlace | None = None) -> None:
        """A locked window reads nothing; it reads everything when it is unlocked."""
        if not self.is_locked:
            super()._notify_places(changes, but)

    def _reload_desk_info(self) -> None:
        if not self.is_locked:
            super()._reload_desk_info()

    # Actions of every place; the registry has the names of these methods.

    def lock_now(self) -> None:
        """Lock the window by hand."""
        self.lock()

    def sign_out(self) -> None:
        """End the session and this window; the program opens another window. Unsaved text stays as drafts."""
        token, self.signs_out = self._token, True
        self.serve_entry(
            lambda desk, now: services.access.sign_out(desk, token, now),
            lambda _: self.exit(),
            lambda _: self.exit(),
        )

    def show_who(self) -> None:
        """Show who is at this window, and how another person enters."""
        if self.person is None:
            return
        key = self.key_of(registry()["geral.bloquear"])
        text = texts.YOU_ARE if self.has_passwords else texts.YOU_ARE_ACCOUNT
        self.show_message(text.format(name=self.person.name, key=key))
