"""The three steps of an intake, one of which is visible, and their common state."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, Digits, Static

from atendimento_tui.contracts.intake import Draft
from atendimento_tui.contracts.processes import Service
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.base import Place
from atendimento_tui.screens.intake.form import IntakeForm
from atendimento_tui.texts import intake as texts
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.drafts import DraftSession

CHOOSING, ASKING, DONE = "choosing", "asking", "done"


class Search(LineInput):
    """The search field of services. Its arrows move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move(1)", show=False),
        Binding("up", "screen.move(-1)", show=False),
    ]


class Offers(Options, can_focus=False):
    """Drafts and services."""


class Slip(VerticalScroll):
    """The slip for the requester."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.do('novo.seguinte')", show=False)]


class Steps(Place):
    """The widgets of an intake: choosing the service, the form, the slip."""

    AUTO_FOCUS = "Search"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-tiny"),
        (40, "-narrow"),
        (80, "-medium"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-low"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._services: Sequence[Service] = ()
        self._drafts: Sequence[Draft] = ()
        self._offers: list[Service | Draft] = []
        self._requests: dict[int, str] = {}
        self._beginning = self._saving = False
        self._is_left = False
        """Whether another person came while a number was being given or a ticket saved: the form is left after it."""
        self._search_text = ""
        self._form: IntakeForm | None = None
        self._draft: DraftSession[Draft] | None = None
        """The draft of the current intake. While it is being put aside, it exists without a form."""
        self._slip: tuple[str, ...] = ()
        self._slip_protocol = ""
        self._promised_at: datetime | None = None
        super().__init__()

    def body(self) -> ComposeResult:
        """The three steps, one of which is visible."""
        with ContentSwitcher(initial=CHOOSING, id="steps"):
            with Vertical(id=CHOOSING):
                yield Static(texts.CHOOSE_TITLE, id="choosing-title", classes="title")
                yield Search(placeholder=texts.CHOOSE_PLACEHOLDER, compact=True, id="search")
                yield Static(id="waiting", classes="note")
                yield Offers(compact=True, id="offers")
                yield Static(classes="refusal")
                yield Static(id="choosing-hint", classes="hint")
            with Vertical(id=ASKING):
                yield Static(id="number")
                yield Digits(id="big")
                yield Static(classes="refusal")
                yield Static(texts.FORM_HINT, classes="hint")
            with Slip(id=DONE):
                yield Static(texts.SLIP_TITLE, classes="title")
                yield Static(id="slip")
                yield Static(texts.SLIP_HINT, classes="hint")

    @property
    def _step(self) -> str:
        return self.query_one(ContentSwitcher).current or CHOOSING

    def _go(self, step: str) -> None:
        self.query_one(ContentSwitcher).current = step
        for refusal in self.query(".refusal"):
            assert isinstance(refusal, Static)
            refusal.update("")
        self.paint_footer()

    def _show_error(self, text: str) -> None:
        """Show an error in the current step. Other running requests continue."""
        step = f"#{ASKING if self._step == ASKING else CHOOSING}"
        self.query_one(step).query_one(".refusal", Static).update(plain(text))

    def _refused(self, refusal: Refusal) -> None:
        self._show_error(self.desk_app.refusal_text(refusal))
