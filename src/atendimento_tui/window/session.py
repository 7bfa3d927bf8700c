"""Who acts at a window, on which desk, and at which instant; and the places that show it."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from textual.app import App

from atendimento_tui import terminal
from atendimento_tui.actions import Action, key_name
from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.config import Settings
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


def utc_now() -> datetime:
    """The present instant: the only place where a window reads a clock."""
    return datetime.now(UTC)


class WindowPlace(Protocol):
    """What a window asks of each of its places.

    Attributes:
        stale: Whether something changed since it was read, while it was not seen. It reads anew when it is seen again.
    """

    stale: bool

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """The database is open."""

    def desk_info_changed(self) -> None:
        """The desk has other people, groups or calendars."""

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Something changed in the desk: read anew what is seen of it. Called only while the place is seen."""

    def person_changed(self, person: Member | None) -> None:
        """Somebody else is at this window now."""

    def tick(self, now: datetime) -> None:
        """A second has passed."""

    def before_exit(self) -> None:
        """The program ends: write here and now what is not written yet."""


class Session(App[None]):
    """The state of one window.

    Args:
        database: File or URL of the desk.
        actor: Name of the person at this window; None lets one choose.
        now: Tells the instant; tests hand in their own.
        settings: The user's settings.

    Attributes:
        desk_info: What the window knows of its desk; None until the desk is open.
        person: Who acts; None until somebody was chosen.
        lost: Why the database does not answer, as a code; empty while it does.
        desk: The open desk; None until the window shows it.
    """

    def __init__(self, database: str, actor: str | None, now: Callable[[], datetime], settings: Settings) -> None:
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
        """The place under whatever dialogs are open."""

    @property
    @abstractmethod
    def places(self) -> Sequence[WindowPlace]:
        """Every place that is open and built, also those of other modes."""

    @abstractmethod
    def choose_person(
        self, then: Callable[[], None] = lambda: None, otherwise: Callable[[], None] = lambda: None
    ) -> None:
        """Ask who is at this window.

        Args:
            then: What the person is needed for.
            otherwise: What is done where nobody was chosen.
        """

    @property
    def calendars(self) -> dict[int, BusinessCalendar]:
        """The calendars of what is on the screen, by version."""
        return dict(self.desk_info.calendars) if self.desk_info else {}

    def key_of(self, action: Action) -> str:
        """The key that asks for an action, the settings file heard."""
        keys = self.settings.keys.get(action.id)
        return key_name(keys.partition(",")[0]) if keys else action.key_name

    def now(self) -> datetime:
        """The present instant, as this window reckons it."""
        return self._now()

    def _tick(self) -> None:
        if self.place in self.places:
            self.place.tick(self._now())
