"""A window on a desk: opens the desk after the first frame, or creates one, and closes it at exit."""

import gc
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from atendimento_tui import services
from atendimento_tui import texts as all_texts
from atendimento_tui.account import terminal_name
from atendimento_tui.actions import registry
from atendimento_tui.domain.access import UNNAMED, Permission, reach
from atendimento_tui.domain.accounts import PASSWORD
from atendimento_tui.domain.words import DECEMBER
from atendimento_tui.texts import intake as intake_texts
from atendimento_tui.texts import window as texts
from atendimento_tui.window.access import Access
from atendimento_tui.window.alerts import Alerts
from atendimento_tui.window.delivery import Delivery
from atendimento_tui.window.drafts import Drafts
from atendimento_tui.window.register import Register
from atendimento_tui.window.safekeeping import Safekeeping

if TYPE_CHECKING:
    from atendimento_tui.config import Settings
    from atendimento_tui.contracts.access import Entry
    from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.intake import NextService
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.services.desk import Desk

LISTEN_TIMEOUT_S = 1
"""Seconds that a window waits until it receives changes before it shows what it has read."""

SWEEP_AFTER_S = 1
"""Seconds after the opening of the desk until the first sweep. What it imports would delay the first rows."""


class _Entered(NamedTuple):
    """What is shown after somebody signed in."""

    desk: "Desk"
    desk_info: "DeskInfo"
    drafts: int
    person: "Member"


class DeskWindow(Drafts, Safekeeping, Delivery, Register, Alerts, Access):
    """A window, as its screens see the application."""

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: "Settings") -> None:
        super().__init__(database, actor, now, settings)
        self.refusal: str | None = None
        """Why the program exits without a desk, as a sentence."""
        self._desk_to_close: Desk | None = None
        """The open desk, also while it is not shown yet."""

    appointment_of: "QueueRow | None" = None
    """The ticket for which a slot is looked for; None for a new request."""
    about: "BeneficiaryRow | None" = None
    """The beneficiary for whom the next intake is begun."""
    next_service: "NextService | None" = None
    """The service of the next intake, if it is known already."""

    @abstractmethod
    def hold_keys(self, at_most_s: float | None = None) -> Callable[[], None]:
        """Let keys wait for what is being read, until the returned function is called, or so many seconds at most."""

    @abstractmethod
    def go(self, mode: str) -> None:
        """Go to a place. Places keep their state."""

    @abstractmethod
    def look_for_slot(self, ticket: "QueueRow") -> None:
        """Go to the agenda, to book a slot for a ticket."""

    @abstractmethod
    def show_ticket(self, ticket: int, section: str = "") -> None:
        """Open a ticket on top of the place, at one of its sections."""

    def change_person(self, person: "Member") -> None:
        """Let another person act at the window: nothing that the former one typed, was told or looked for stays.

        What was begun before anybody was chosen goes on.
        """
        former = self.person
        if former and former.id == person.id:
            return
        self.set_person(person)
        self.forget_alerts()
        if former:
            self.about = self.next_service = self.appointment_of = None
        for place in self.places:
            place.person_changed(person)
        if former:
            self.forget_drafts()  # after the places have put what they show into them
        self.read_alerts()

    def open(self) -> None:
        """Open the desk in a thread."""
        self.run_worker(self._open_desk, thread=True, exit_on_error=False)

    def _open_desk(self) -> None:
        """Runs in a thread: importing the tables takes longer than painting."""
        gc.disable()  # imported modules stay; collecting garbage takes a tenth of this time
        try:
            open_desk = services.desk.open_desk
            if self.closing.is_set():
                return
            desk = open_desk(self._database, self._now())
            if self._is_closing(desk):
                return
            self.answer(lambda: self.listen_to(desk))
            desk_info = desk.info()
            person = self.enter_without_asking(desk, desk_info)
            asks = person is None and desk_info.unit.entry == PASSWORD
            entry = services.access.entry(desk) if asks else None
            person = person if asks else person or self._initial_person(desk_info)
            waiting = 0 if asks else self._drafts_waiting(desk, person)
            self.listening.wait(LISTEN_TIMEOUT_S)  # so that every later commit is received
        except Exception as error:  # noqa: BLE001 - shown, or logged
            refusal = self.reason_of_error(error)
            self.answer(lambda: self._desk_not_opened(refusal))
            return
        finally:
            if not self.is_headless:  # some tests count objects
                gc.freeze()
            gc.enable()
        if entry:
            self.answer(lambda: self._ask_to_enter(entry))
        else:
            self.answer(lambda: self._desk_opened(desk, desk_info, waiting, person=person))

    @staticmethod
    def _drafts_waiting(desk: "Desk", person: "Member | None") -> int:
        return len(services.drafts.waiting(desk.acting_as(person.actor if person else UNNAMED)))

    def _ask_to_enter(self, entry: "Entry") -> None:
        """Let somebody sign in. Nothing of the desk is loaded or shown before."""
        self.ask_to_sign_in(entry, self._enter if entry.has_passwords else self._set_first_and_enter)

    @abstractmethod
    def ask_to_sign_in(
        self, entry: "Entry", enter: "Callable[[Mapping[str, str], Callable[[Refusal], None]], None]"
    ) -> None:
        """Ask for login and password, or for the first password of the desk."""

    def _enter(self, answers: Mapping[str, str], refused: Callable[["Refusal"], None]) -> None:
        """Sign in with these answers, in a thread, and show the desk."""

        def work(desk: "Desk", now: datetime | None) -> _Entered:
            signed = services.access.sign_in(
                desk,
                answers["login"],
                answers["password"],
                new_password=answers.get("new", ""),
                place=terminal_name(),
                now=now,
            )
            person = self.entered(signed)
            return _Entered(desk, desk.info(), self._drafts_waiting(desk, person), person)

        self.serve_entry(work, self._show_entered, refused)

    def _set_first_and_enter(self, answers: Mapping[str, str], refused: Callable[["Refusal"], None]) -> None:
        """Set the first password of the desk, and sign in with it."""

        def work(desk: "Desk", now: datetime | None) -> str:
            login, name = answers.get("login", ""), answers.get("name", "")
            return services.access.set_first_password(desk, answers["new"], login=login, name=name, now=now)

        def done(login: str) -> None:
            self._enter({"login": login, "password": answers["new"]}, refused)

        self.serve_entry(work, done, refused)

    def _show_entered(self, entered: "_Entered") -> None:
        self.pop_screen()
        self._desk_opened(entered.desk, entered.desk_info, entered.drafts, person=entered.person)

    def _is_closing(self, desk: "Desk") -> bool:
        """Runs in a thread: whether the window was closed while the desk was opened; then the desk is closed.

        `_desk_to_close` is set before `closing` is checked, so that either this thread or `close` closes the desk.
        """
        self._desk_to_close = self.base = desk
        if self.closing.is_set():
            desk.close()
        return self.closing.is_set()

    def _desk_not_opened(self, refusal: "Refusal") -> None:
        """Ask for the data of a new desk if there is none, else exit."""
        if refusal.code == "banco_inexistente":
            self.ask_for_new_desk()
        else:
            self.exit_with(refusal)

    @abstractmethod
    def ask_for_new_desk(self) -> None:
        """Ask for the data of a new desk; `create_desk` creates it."""

    def create_desk(self, answers: Mapping[str, str], refused: Callable[["Refusal"], None]) -> None:
        """Create the desk of the answers in a thread, and open it."""
        self.run_worker(lambda: self._create_desk(answers, refused), thread=True, exit_on_error=False)

    def _create_desk(self, answers: Mapping[str, str], refused: Callable[["Refusal"], None]) -> None:
        """Runs in a thread."""
        try:
            new = services.setup.new_desk(
                name=answers["name"],
                city=answers["city"],
                uf=answers["uf"],
                hours=answers["hours"],
                ans_registration=answers["ans_registration"],
                supervisor=answers["supervisor"],
                password=answers["password"],
                again=answers["again"],
            )
            desk = services.setup.create_desk(self._database, new, self._now(), password=answers["password"])
            if self._is_closing(desk):
                return
            self.answer(lambda: self.listen_to(desk))
            entry = services.access.entry(desk)
            signed = services.access.sign_in(
                desk, entry.first_login, answers["password"], place=terminal_name(), now=self.expiry_now()
            )
            person, desk_info = self.entered(signed), desk.info()
        except Exception as error:  # noqa: BLE001 - shown, or logged
            refusal = self.reason_of_error(error)
            self.answer(lambda: refused(refusal))
            return
        self.answer(lambda: self._desk_created(desk, desk_info, person, entry.first_login))

    def _desk_created(self, desk: "Desk", desk_info: "DeskInfo", person: "Member", login: str) -> None:
        self.pop_screen()
        self._desk_opened(desk, desk_info, 0, is_new=True, person=person)
        to_people = registry()["ir.pessoas"]
        keys = f"{self.key_of(registry()['ir.escolher'])} {to_people.letter}"
        self.show_message(intake_texts.FIRST_MADE.format(path=desk.name, login=login, keys=keys))

    def _desk_opened(
        self,
        desk: "Desk",
        desk_info: "DeskInfo",
        drafts: int,
        *,
        is_new: bool = False,
        person: "Member | None" = None,
    ) -> None:
        self.desk, self.desk_info = desk, desk_info
        self.set_person(person)
        if desk.copy:
            self.show_message(texts.MIGRATED.format(path=desk.copy))
        if desk.made_groups and not is_new:
            self.show_message(texts.GROUPS_MADE.format(names=", ".join(desk.made_groups)))
        for place in self.places:
            place.desk_opened(desk_info)
        if drafts:
            message = intake_texts.DRAFTS_TOLD_ONE if drafts == 1 else intake_texts.DRAFTS_TOLD
            self.show_message(message.format(count=drafts, key=self.key_of(registry()["ir.novo"])))
        self.tell_ways_in(desk.zone)
        self.set_timer(SWEEP_AFTER_S, self.sweep)
        self.begin_copies()
        self.begin_delivery()
        self.begin_register()
        self.begin_alerts()
        self._ask_for_holidays()

    def _ask_for_holidays(self) -> None:
        """In December, ask who keeps the calendars for the own holidays of the next year; once a window."""
        person, now = self.person, self.now()  # `services.calendars` is imported in that month only
        if now.month != DECEMBER or person is None:
            return
        if not reach(person.role, Permission.CALENDARS):
            return

        def tell(names: list[str]) -> None:
            if names:
                text = all_texts.calendars.NEXT_YEAR.format(year=now.year + 1, names=", ".join(names))
                self.show_message(text, warning=True)

        self.serve(lambda desk, at: services.calendars.without_next_year(desk, at), tell)

    def _initial_person(self, desk_info: "DeskInfo") -> "Member | None":
        """The named person; else the only one; in a demonstration the first one with a group; else None.

        Raises:
            Refused: There is nobody of that name.
        """
        if self._actor:
            return services.people.person_named(desk_info.members, self._actor)
        if desk_info.unit.is_demo:
            return next((member for member in desk_info.members if member.groups), None)
        return desk_info.members[0] if len(desk_info.members) == 1 else None

    def exit_with(self, refusal: "Refusal") -> None:
        """Exit; `run` prints the refusal to stderr."""
        self.refusal = self.refusal_text(refusal)
        self.exit(return_code=1)

    def close(self) -> None:
        """Save unsaved input and close the database."""
        self.closing.set()
        self.listening.set()  # end a wait in `_open_desk`
        for place in self.places:
            place.before_exit()
        self.save_and_release_drafts()
        if self._desk_to_close:
            self._desk_to_close.close()
