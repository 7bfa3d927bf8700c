"""What every place shares: acting by the registry, header, footer, and telling why something is not possible."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from atendimento_tui.actions import FIRST, Action, Facts, Footer, Where, registry, shown_in
from atendimento_tui.contracts.changes import ANYTHING, Changes
from atendimento_tui.contracts.desk import DeskInfo
from atendimento_tui.contracts.people import Member
from atendimento_tui.screens.header import Header
from atendimento_tui.widgets.bars import Bar, Piece
from atendimento_tui.widgets.bindings import place_bindings
from atendimento_tui.window.desk_window import DeskWindow

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk

ResultT = TypeVar("ResultT")


OVERDUE = "fila.aba_5"
"""The action that shows what is due next."""

_AT_MOST = 8
"""How many enabled keys the footer shows at most."""


def desk_app(screen: Screen[Any]) -> DeskWindow:
    """The application of a screen, by its own type."""
    assert isinstance(screen.app, DeskWindow)
    return screen.app


class Place(Screen[None]):
    """A place of the program: the frame around what a subclass composes in `body`."""

    WHERE: ClassVar[Where | None] = None
    """Which place it is: it has the actions that the registry shows there."""

    BINDINGS: ClassVar[list[BindingType]] = []

    is_built = False
    """Whether its widgets are there. What is told to a place before that has nothing to be painted on."""

    stale = False
    """Whether something changed since the place was read, while it was not seen."""

    _awaited: Hashable = None
    """What the dialog that is waited for is about; None where none is."""

    def __init_subclass__(cls, **options: Any) -> None:
        cls.BINDINGS = place_bindings(shown_in(cls.WHERE)) if cls.WHERE else []
        super().__init_subclass__(**options)

    @property
    def desk_app(self) -> DeskWindow:
        """The application, by its own type."""
        return desk_app(self)

    def ask(
        self,
        what: Hashable,
        work: "Callable[[Desk, datetime], ResultT]",
        then: Callable[[ResultT], None],
    ) -> None:
        """Ask a service for what a dialog is to show.

        A place waits for one such answer at a time, the one that was asked for last. Where a dialog or another place
        has come on top meanwhile, the answer is dropped: a dialog never opens over what somebody is typing.

        Args:
            what: What is asked, and about what: the same question is not asked twice at a time.
            work: Calls the service.
            then: Opens the dialog.
        """
        if self._awaited == what:
            return
        self._awaited = what

        def answered(show: Callable[[], None]) -> None:
            if self._awaited == what and self.is_current:
                self._awaited = None
                show()

        self.desk_app.serve(
            work,
            lambda result: answered(lambda: then(result)),
            lambda refusal: answered(lambda: self.desk_app.show_refusal(refusal)),
        )

    def on_mount(self) -> None:
        """Its widgets are there."""
        self.is_built = True
        self.built()

    def built(self) -> None:
        """Paint what is known. It was told nothing before, not even that the desk is open."""

    def on_screen_resume(self) -> None:
        """Seen again: what changed meanwhile is read now."""
        if self.stale:
            self.stale = False
            self.desk_changed()

    def on_screen_suspend(self) -> None:
        """Something else is on top now: what was waited for is not wanted any more."""
        self._awaited = None

    def compose(self) -> ComposeResult:
        """Header, body, footer."""
        header = Header(id="header")
        if self.WHERE is Where.QUEUE:
            header.leads_to = OVERDUE
        yield header
        yield from self.body()
        yield Bar(id="footer")

    def body(self) -> ComposeResult:
        """What the place shows between header and footer."""
        yield from ()

    def facts(self) -> Facts:
        """How things stand here, for the reasons why an action is not possible."""
        return Facts(self.key_of, is_open=self.desk_app.desk_info is not None)

    def key_of(self, action: str) -> str:
        """The key that asks for an action, by its id."""
        return self.desk_app.key_of(registry()[action])

    def why_not(self, action: str) -> str | None:
        """Why an action is not possible now, in a sentence; None where it is."""
        return registry()[action].why_not(self.facts())

    def possible_actions(self) -> Iterable[Action]:
        """What this place answers to, its own first."""
        return shown_in(self.WHERE) if self.WHERE else ()

    def first_actions(self) -> list[Action]:
        """What this place answers to and what is used first here."""
        return [registry()[name] for name in FIRST.get(self.WHERE, ())] if self.WHERE else []

    def fills_a_form(self) -> bool:
        """Whether one is in a form: then help tells first how a form is filled."""
        return False

    def action_do(self, action: str) -> None:
        """Do it, or say why not. Every key, click and palette entry comes through here.

        A click on the place before this one, while this one is not built yet, is not meant for it.
        """
        if not self.is_built:
            return
        if (reason := self.why_not(action)) is not None:
            self.desk_app.show_message(reason, warning=True)
            return
        asked = next(each for each in self.possible_actions() if each.id == action)
        verb = getattr(self, asked.calls, None) or getattr(self.desk_app, asked.calls)
        verb(*asked.args)

    def paint_footer(self) -> None:
        """At most eight keys that work now. Others are dim, and say why when they are pressed."""
        footer, facts = self.query_one("#footer", Bar), self.facts()
        actions = dict.fromkeys([*self.first_actions(), *self.possible_actions()])
        offered = [
            (action, self.desk_app.key_of(action), "dim" if action.why_not(facts) else "")
            for action in actions
            if action.footer and action.is_offered(facts)
        ]

        def gives_way(dim: str) -> int | None:
            """The last of those that work, or do not, and may go: help and palette never do."""
            may_go = [at for at, each in enumerate(offered) if each[2] == dim and each[0].footer != Footer.ALWAYS]
            return max(may_go, default=None)

        while len([each for each in offered if not each[2]]) > _AT_MOST and (last := gives_way("")) is not None:
            del offered[last]
        while sum(len(f"{key} {action.title} ") for action, key, _ in offered) > footer.size.width:
            last = gives_way("dim")
            last = gives_way("") if last is None else last
            if last is None:
                break
            del offered[last]
        pieces: list[Piece] = []
        for action, key, dim in offered:
            click = f"screen.do('{action.id}')"
            pieces.append(Piece(key, f"{dim} bold $accent".strip(), click))
            pieces.append(Piece(f" {action.title} ", dim, click))
        footer.set(pieces)

    def desk_opened(self, desk_info: DeskInfo) -> None:
        """The database is open; or it was open already when this place was made."""
        del desk_info
        self.tick(self.desk_app.now())
        self.paint_footer()

    def desk_info_changed(self) -> None:
        """The desk has other people, groups or calendars than this window knew."""
        self.tick(self.desk_app.now())
        self.paint_footer()

    def desk_changed(self, changes: Changes = ANYTHING) -> None:
        """Somebody, here or elsewhere, changed something in the desk: read anew what is seen of it.

        Called while the place is seen; where it is not, `stale` is set, and it is called when the place is seen again.
        """
        del changes

    def before_exit(self) -> None:
        """The program ends: keep here and now what is not kept yet."""

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        self.tick_header(now)

    def tick_header(self, now: datetime) -> None:
        """Say in the header how things stand now."""
        header = self.query_one(Header)
        header.lost = self.desk_app.lost
        header.paint(self.desk_app.desk_info, self.desk_app.person, now, self.key_of("geral.pessoa"))

    def person_changed(self, person: Member | None) -> None:
        """Somebody else is at this window now."""
        del person
        self.paint_footer()
