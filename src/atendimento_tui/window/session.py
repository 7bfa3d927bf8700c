"""The state of a window: the desk, the acting person, the clock, the places."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from textual.app import App

from atendimento_tui import terminal
from atendimento_tui.actions import Action, key_name
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.domain.access import UNNAMED

if TYPE_CHECKING:
    from atendimento_tui.calendar import BusinessCalendar
    from atendimento_tui.config import Settings
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.services.desk import Desk


def utc_now() -> datetime:
    """The current instant. The only function of a window that reads the system clock."""
    return datetime.now(UTC)


class WindowPlace(Protocol):
    """What a window calls on each of its places.

    Attributes:
        stale: Whether the desk changed while the place was not visible. It reads again when it becomes visible.
    """

    stale: bool

    def desk_opened(self, desk_info: "DeskInfo") -> None:
        """Called when the database is open."""

    def alerts_changed(self) -> None:
        """Called when the person has other alerts."""

    def desk_info_changed(self) -> None:
        """Called when people, groups or calendars of the desk have changed."""

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read again what the place shows. Called only while the place is visible."""

    def person_changed(self, person: "Member | None") -> None:
        """Called when another person was chosen at this window."""

    def tick(self, now: datetime) -> None:
        """Called every second."""

    def before_exit(self) -> None:
        """Save unsaved input before returning, because the program ends."""


class Session(App[None]):
    """The state of one window.

    Args:
        database: File or URL of the desk.
        actor: Name of the person at this window; None to choose one.
        now: Returns the current instant; tests pass their own clock.
        settings: The user's settings.

    Attributes:
        desk_info: The loaded data of the desk; None until the desk is open.
        person: The acting person; None until somebody was chosen.
        lost: Code of the refusal while the database does not answer; else empty.
        desk: The open desk; None until it is shown.
    """

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: "Settings") -> None:
        super().__init__(driver_class=terminal.driver_class())
        self.desk_info: DeskInfo | None = None
        self.person: Member | None = None
        self.lost = ""
        self.desk: Desk | None = None
        self.settings = settings
        self._database = database
        self._actor = actor
        self._now = now

    @property
    @abstractmethod
    def place(self) -> WindowPlace:
        """The place below all open dialogs."""

    @property
    @abstractmethod
    def places(self) -> Sequence[WindowPlace]:
        """All open places whose widgets exist, of all modes."""

    @abstractmethod
    def choose_person(
        self, then: Callable[[], None] = lambda: None, otherwise: Callable[[], None] = lambda: None
    ) -> None:
        """Ask who works at this window.

        Args:
            then: Called after somebody was chosen.
            otherwise: Called if nobody was chosen.
        """

    def set_person(self, person: "Member | None") -> None:
        """Let this person act at the window: every later request to the desk is theirs."""
        self.person = person
        if self.desk:
            self.desk = self.desk.acting_as(person.actor if person else UNNAMED)

    @property
    def calendars(self) -> dict[int, "BusinessCalendar"]:
        """The loaded calendars, by version."""
        return dict(self.desk_info.calendars) if self.desk_info else {}

    def key_of(self, action: Action) -> str:
        """The name of the first key of an action, with the user's settings."""
        keys = self.settings.keys.get(action.id)
        return key_name(keys.partition(",")[0]) if keys else action.key_name

    def now(self) -> datetime:
        """The current instant of this window."""
        return self._now()

    def _tick(self) -> None:
        if self.place in self.places:
            self.place.tick(self._now())
