"""The base class of places: actions of the registry, header, footer."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Static

from atendimento_tui import compat
from atendimento_tui.actions import PLACE_ROWS, Action, Facts, Footer, registry, shown_in
from atendimento_tui.actions.areas.queue import PLACE as QUEUE
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.domain.access import OF_TICKETS, SYSTEM, UNNAMED, Actor, Permission, require
from atendimento_tui.domain.refusals import Refusal, Refused
from atendimento_tui.screens.header import Header
from atendimento_tui.texts import window as texts
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.bindings import place_bindings
from atendimento_tui.widgets.erasing import ErasingScreen
from atendimento_tui.window.desk_window import DeskWindow

if TYPE_CHECKING:
    from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
    from atendimento_tui.contracts.desk import DeskInfo
    from atendimento_tui.contracts.people import Member
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.services.desk import Desk

ResultT = TypeVar("ResultT")


OVERDUE = "fila.aba_5"
"""The action that shows the tickets due next."""

SHOWN_WITHIN_S = 5
"""Seconds for which keys wait for what they are meant for: the rows of a filter, a form."""

_AT_MOST = 8
"""Limit of enabled keys in the footer."""


def desk_app(screen: Screen[Any]) -> DeskWindow:
    """The application of a screen, with its own type."""
    assert isinstance(screen.app, DeskWindow)
    return screen.app


class Place(ErasingScreen):
    """A place of the program: header and footer around the `body` of a subclass."""

    WHERE: ClassVar[str | None] = None
    """Which place it is; its actions are those of the registry for that place."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-tall")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = []

    _was_built = False

    stale = False
    """Whether the desk changed while the place was not visible."""

    _is_read = False
    """Whether what it shows was read once."""

    _release_keys: Callable[[], None] | None = None
    """Lets waiting keys act."""

    _pending: Hashable = None
    """What a dialog is being loaded for; None if none is."""

    def __init_subclass__(cls, **options: Any) -> None:
        cls.BINDINGS = place_bindings(shown_in(cls.WHERE)) if cls.WHERE else []
        super().__init_subclass__(**options)

    @property
    def desk_app(self) -> DeskWindow:
        """The application, with its own type."""
        return desk_app(self)

    def after_refresh(self, then: Callable[[], object]) -> None:
        """Call it when what changed is painted, unless the place is closed by then: its widgets are gone."""
        self.call_after_refresh(lambda: None if compat.is_being_removed(self) else then())

    def load(
        self,
        work: "Callable[[Desk, datetime], ResultT]",
        show: Callable[[ResultT], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Read what the place shows. What is typed before it is shown for the first time waits for it.

        Args:
            work: Calls the service.
            show: Shows the result.
            refused: Called with the refusal; by default it is shown as a toast.
        """
        serve = self.desk_app.serve if self._is_read else self._serve_before_keys
        self._is_read = True

        def answered(result: ResultT) -> None:
            if not compat.is_being_removed(self):  # it was closed while it was read
                show(result)

        serve(work, answered, refused or self.desk_app.show_refusal)

    def hold_keys(self) -> None:
        """Let what is typed from now on wait for what is about to be shown: it is meant for that."""
        self._release_keys = self.desk_app.hold_keys(SHOWN_WITHIN_S)

    def let_keys_act(self) -> None:
        """Let the waiting keys act."""
        release, self._release_keys = self._release_keys, None
        if release:
            release()

    def ask(
        self,
        what: Hashable,
        work: "Callable[[Desk, datetime], ResultT]",
        then: Callable[[ResultT], None],
    ) -> None:
        """Load the data of a dialog.

        A place has one such request at a time, the latest. Its result is dropped if a dialog or another place is on top
        by then, so that no dialog opens while somebody types elsewhere. What is typed meanwhile goes into the dialog.

        Args:
            what: Identifies the request; the same request is not sent again while it is pending.
            work: Calls the service.
            then: Opens the dialog.
        """
        if self._pending == what:
            return
        self._pending = what

        def answered(show: Callable[[], None]) -> None:
            if self._pending == what and self.is_current:
                self._pending = None
                show()

        self._serve_before_keys(
            work,
            lambda result: answered(lambda: then(result)),
            lambda refusal: answered(lambda: self.desk_app.show_refusal(refusal)),
        )

    def _serve_before_keys(
        self,
        work: "Callable[[Desk, datetime], ResultT]",
        then: Callable[[ResultT], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Call a service. What is typed meanwhile waits until its result is shown."""
        release_keys = self.desk_app.hold_keys()

        def answered(show: Callable[[], None]) -> None:
            try:
                show()
            finally:
                release_keys()

        self.desk_app.serve(
            work, lambda result: answered(lambda: then(result)), lambda refusal: answered(lambda: refused(refusal))
        )

    def on_mount(self) -> None:
        """Note that the widgets exist, and call `built`."""
        self._was_built = True
        self.built()

    @property
    def is_built(self) -> bool:
        """Whether its widgets exist. Before that, and while it is closed, nothing can be painted."""
        return self._was_built and not compat.is_being_removed(self)

    def built(self) -> None:
        """Paint the current state. The place did not receive earlier events, such as the opening of the desk."""

    def on_screen_resume(self) -> None:
        """Read again what changed while the place was not visible."""
        if self.stale:
            self.stale = False
            self.desk_changed()

    def on_screen_suspend(self) -> None:
        """Drop the pending request of `ask`."""
        self._pending = None

    def compose(self) -> ComposeResult:
        """Header, body, footer; in a terminal that is too small, a line that says so instead."""
        header = Header(id="header")
        if QUEUE.where == self.WHERE:
            header.overdue_action = OVERDUE
        yield header
        yield from self.body()
        yield Static(texts.TOO_SMALL, id="too-small")
        yield Bar(id="footer")

    def body(self) -> ComposeResult:
        """The widgets between header and footer."""
        yield from ()

    def facts(self) -> Facts:
        """The state of the place, for the reasons why an action is not possible."""
        app = self.desk_app
        return Facts(
            self.key_of,
            is_open=app.desk_info is not None,
            has_passwords=app.has_passwords,
            role_forbids=self.role_forbids,
        )

    def role_forbids(self, permission: str) -> str | None:
        """Why the person's role forbids this, as a sentence; None if it allows it.

        Until somebody has said who acts, acts on tickets are possible: the first one asks for the person.
        """
        person = self.desk_app.person
        nobody = SYSTEM if permission.startswith(OF_TICKETS) else UNNAMED
        try:
            self.require(person.actor if person else nobody, Permission(permission))
        except Refused as refused:
            return self.desk_app.refusal_text(refused.refusal)
        return None

    def require(self, actor: Actor, permission: Permission) -> None:
        """Refuse what the role forbids here; the service checks it again."""
        require(actor, permission)

    def key_of(self, action: str) -> str:
        """The name of an action's key, by its id."""
        return self.desk_app.key_of(registry()[action])

    def why_not(self, action: str) -> str | None:
        """Why an action is not possible now, as a sentence; None if it is possible."""
        return registry()[action].why_not(self.facts())

    def possible_actions(self) -> Iterable[Action]:
        """The actions of this place."""
        return shown_in(self.WHERE) if self.WHERE else ()

    def first_actions(self) -> list[Action]:
        """The actions that come first in the footer and the help."""
        return [registry()[name] for row in PLACE_ROWS if row.where == self.WHERE for name in row.first]

    def whom(self) -> "BeneficiaryRow | None":
        """The beneficiary for whom an intake is begun from here."""
        return None

    def shown_ticket(self) -> "QueueRow | None":
        """The ticket for which a slot of the agenda is looked for from here."""
        return None

    def fills_a_form(self) -> bool:
        """Whether a form is shown; then the help begins with the keys of forms."""
        return False

    def action_do(self, action: str) -> None:
        """Do an action, or show why it is not possible. Called by all keys, clicks and entries of the palette.

        Does nothing while the widgets do not exist: a click then was meant for the place before.
        """
        if not self.is_built:
            return
        if (reason := self.why_not(action)) is not None:
            self.desk_app.show_message(reason, warning=True)
            return
        row = next((each for each in self.possible_actions() if each.id == action), None)
        if row is None:  # a click on what the footer showed in another state of the place
            return
        method = getattr(self, row.calls, None) or getattr(self.desk_app, row.calls)
        method(*row.args)

    def is_for_footer(self, action: Action) -> bool:
        """Whether the key of an action is of use where the focus is."""
        del action
        return True

    def paint_footer(self) -> None:
        """Show at most eight enabled keys. Others are dim; pressing one shows why it is not possible."""
        footer, facts = self.query_one("#footer", Bar), self.facts()
        actions = dict.fromkeys([*self.first_actions(), *self.possible_actions()])
        actions = {each: None for each in actions if self.is_for_footer(each)}
        offered = [
            (action, self.desk_app.key_of(action), "dim" if action.why_not(facts) else "")
            for action in actions
            if action.footer and action.is_offered(facts)
        ]

        def last_removable(dim: str) -> int | None:
            """The last one of this style that may be left out. Help and palette never are."""
            removable = [at for at, each in enumerate(offered) if each[2] == dim and each[0].footer != Footer.ALWAYS]
            return max(removable, default=None)

        while len([each for each in offered if not each[2]]) > _AT_MOST and (last := last_removable("")) is not None:
            del offered[last]
        while sum(len(f"{key} {action.title} ") for action, key, _ in offered) > footer.size.width:
            last = last_removable("dim")
            last = last_removable("") if last is None else last
            if last is None:
                break
            del offered[last]
        pieces: list[Piece] = []
        for action, key, dim in offered:
            click = f"screen.do('{action.id}')"
            pieces.append(Piece(key, f"{dim} bold $accent".strip(), click))
            pieces.append(Piece(f" {action.title} ", dim, click))
        footer.set(pieces)

    def desk_opened(self, desk_info: "DeskInfo") -> None:
        """Called when the database is open; on a place that is created later, at once."""
        del desk_info
        self.tick(self.desk_app.now())
        self.paint_footer()

    def alerts_changed(self) -> None:
        """Called when the person has other alerts."""
        self.tick(self.desk_app.now())

    def desk_info_changed(self) -> None:
        """Called when people, groups or calendars of the desk have changed."""
        self.tick(self.desk_app.now())
        self.paint_footer()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Read again what the place shows, because somebody at this or another window changed the desk.

        Called while the place is visible. If it is not, `stale` is set, and this is called when it becomes visible.
        """
        del changes

    def before_exit(self) -> None:
        """Save unsaved input before returning, because the program ends."""

    def tick(self, now: datetime) -> None:
        """Called every second."""
        self.tick_header(now)

    def tick_header(self, now: datetime) -> None:
        """Paint the header."""
        header = self.query_one(Header)
        header.lost = self.desk_app.lost
        header.alerts = len(self.desk_app.alerts)
        header.paint(self.desk_app.desk_info, self.desk_app.person, now, self.key_of("geral.pessoa"))

    def person_changed(self, person: "Member | None") -> None:
        """Called when another person was chosen at this window."""
        del person
        self.paint_footer()
