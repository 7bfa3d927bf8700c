"""The search for a beneficiary, and the confirmation of the identity."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from atendimento_tui import services
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.domain import phones
from atendimento_tui.domain.process.values import masked_as
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.screens.base import SHOWN_WITHIN_S, desk_app
from atendimento_tui.texts import beneficiaries as texts
from atendimento_tui.texts import formats
from atendimento_tui.widgets.line_input import LineInput
from atendimento_tui.widgets.options import Options
from atendimento_tui.widgets.text import plain
from atendimento_tui.window.desk_window import DeskWindow

if TYPE_CHECKING:
    from atendimento_tui.services.desk import Desk


class _Field(LineInput):
    """The search field. Its arrows move in the list below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def action_move(self, by: int) -> None:
        """Move in the list."""
        if isinstance(self.parent, PersonSearch):
            self.parent.move(by)


class _Found(Options, can_focus=False):
    """The found people."""


class PersonSearch(Vertical):
    """A search field, the found people, and the question that confirms the chosen one.

    Args:
        text: The initial text of the field.
        chosen: Id of the person who was confirmed before.
        must: Whether a person must be confirmed; else a text is enough.
        name: The widget's id.
    """

    DEFAULT_CSS = """
    PersonSearch { height: auto; }
    PersonSearch OptionList { height: auto; max-height: 6; }
    """

    class Searched(Message):
        """A text to search for was typed."""

        def __init__(self, search: "PersonSearch", text: str) -> None:
            super().__init__()
            self.search = search
            self.text = text

    class Unknown(Message):
        """The user wants to register the person searched for by `text`."""

        def __init__(self, search: "PersonSearch", text: str) -> None:
            super().__init__()
            self.search = search
            self.text = text

    class Changed(Message):
        """The text or the person has changed."""

    class Done(Message):
        """Enter was pressed and nothing is left to choose."""

    def __init__(
        self, text: str = "", chosen: int | None = None, *, must: bool = False, name: str | None = None
    ) -> None:
        super().__init__(id=name)
        self.chosen = chosen
        self._must = must
        self._text = text
        self._found: tuple[BeneficiaryRow | None, ...] = ()
        self._candidate: BeneficiaryRow | None = None
        self._is_searching = False
        self._release_keys: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Field, question, list."""
        yield _Field(self._text, placeholder=texts.SEARCH_PLACEHOLDER, compact=True)
        yield Static(classes="identity")
        yield _Found(compact=True)

    def on_mount(self) -> None:
        """Paint the initial state."""
        self._paint()

    @property
    def text(self) -> str:
        """The text of the field."""
        return self.query_one(_Field).value if self.is_mounted else self._text

    def show(self, found: Sequence[BeneficiaryRow], typed: str) -> None:
        """Show the people found by a text, if the field still has that text."""
        if typed == self.text and self.chosen is None:
            unknown = (None,) if self._must or not found else ()
            self._found, self._candidate = (*found, *unknown), None
            self._paint()
            self.searched(typed)

    def searched(self, typed: str) -> None:
        """The search for a text has ended. Enter that was pressed meanwhile, and the keys after it, act now."""
        if typed != self.text:
            return
        self._is_searching = False
        release, self._release_keys = self._release_keys, None
        if release:
            if self.query_one(_Field).has_focus:
                self._enter()
            release()

    def propose(self, person: BeneficiaryRow) -> None:
        """Ask the identity of a person who was found elsewhere."""
        self._text = person.name
        self.query_one(_Field).value = person.name
        self._found, self._candidate, self.chosen = (person,), person, None
        self._paint()

    def ask(self) -> None:
        """Drop the confirmed person and focus the field; its text stays."""
        self.chosen = None
        self._paint()
        self.focus()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Focus the search field."""
        self.query_one(_Field).focus(scroll_visible)
        return self

    def move(self, by: int) -> None:
        """Move in the list."""
        found = self.query_one(_Found)
        if self._found and self._candidate is None:
            found.highlighted = 0 if found.highlighted is None else (found.highlighted + by) % len(self._found)

    def key_escape(self, event: events.Key) -> None:
        """Reject the chosen person, or else hide the list. The text stays."""
        if self._candidate is not None:
            self._candidate = None
        elif any(self._found):
            self._found = ()
        else:
            return
        event.stop()
        event.prevent_default()
        self._paint()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value == self._text:
            return
        self._text, self._candidate, self.chosen = event.value, None, None
        self._found, self._is_searching = (), bool(event.value.strip())
        self._paint()
        self.post_message(self.Changed())
        if event.value.strip():
            self.post_message(self.Searched(self, event.value))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self._is_searching:
            self._release_keys = desk_app(self.screen).hold_keys(SHOWN_WITHIN_S)
        else:
            self._enter()

    def _enter(self) -> None:
        highlighted = self.query_one(_Found).highlighted
        if self._candidate is not None:
            self.confirm(self._candidate)
        elif self._found and highlighted is not None:
            self._take(highlighted)
        else:
            self.post_message(self.Done())

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._found:
            self._take(event.option_index)

    def _take(self, index: int) -> None:
        """Ask the question of the chosen person, or let the user register a person."""
        self._candidate = self._found[index]
        if self._candidate is None:
            self.post_message(self.Unknown(self, self.text))
        self._paint()

    def confirm(self, person: BeneficiaryRow) -> None:
        """Set the confirmed person."""
        self.chosen, self._text = person.id, person.name
        self._candidate, self._found = None, ()
        self.query_one(_Field).value = person.name
        self._paint()
        self.post_message(self.Changed())
        self.post_message(self.Done())

    def _paint(self) -> None:
        found, message = self.query_one(_Found), self.query_one(Static)
        found.clear_options()
        found.add_options([Option(_person_line(person)) for person in self._found])
        if any(self._found) or (self._found and self._must):
            found.highlighted = 0  # else Enter keeps the text
        found.display = bool(self._found) and self._candidate is None
        message.update(self._message())
        message.display = bool(self._message().plain)

    def _message(self) -> Content:
        if self._candidate is not None:
            return _question(self._candidate)
        if self.chosen is not None:
            return plain(texts.CONFIRMED.format(name=self._text), "$text-success")
        if self._found and not any(self._found):
            return plain(texts.FOUND_NOBODY if self._must else texts.FOUND_NOBODY_HERE, "dim")
        return plain("")


def find_people(window: DeskWindow, event: PersonSearch.Searched) -> None:
    """Find who has the typed text, and show them in the search that asked."""
    text, search = event.text, event.search

    def find(desk: "Desk", _now: datetime) -> list[BeneficiaryRow]:
        return services.beneficiaries.find_beneficiaries(desk, text)

    def show(found: list[BeneficiaryRow]) -> None:
        if search.is_attached:
            search.show(found, text)

    def refused(refusal: Refusal) -> None:
        if search.is_attached:
            search.searched(text)
        window.show_refusal(refusal)

    window.serve(find, show, refused)


def _person_line(person: BeneficiaryRow | None) -> Content:
    if person is None:
        return plain(texts.REGISTER, "bold")
    facts = [masked_as("cpf", person.cpf), _masked_card(person.card)]
    facts += [masked_as("telefone", person.phone), person.plan]
    return Content("  ").join([plain(person.name), plain(" · ".join(filter(None, facts)), "dim")])


def _masked_card(card: str) -> str:
    return texts.FOUND_CARD.format(card=f"…{card[-4:]}") if len(card) > 6 else ""


def _question(person: BeneficiaryRow) -> Content:
    """The masked identity of a person, and a question that only the person can answer."""
    who = texts.IDENTITY.format(name=person.name, cpf=masked_as("cpf", person.cpf) or texts.UNKNOWN)
    lines = [plain(who, "bold"), plain(_to_ask(person), "$text-warning"), plain(texts.IDENTITY_HINT, "dim")]
    return Content("\n").join(lines)


def _to_ask(person: BeneficiaryRow) -> str:
    answers = {
        "born_on": formats.date(date.fromisoformat(person.born_on)) if person.born_on else "",
        "card": person.card[-4:],
        "phone": phones.ending(person.phone),
        "cpf": person.cpf[3:9],
    }
    item = next(item for item in texts.IDENTITY_ASK if answers[item] or item == "cpf")
    return texts.IDENTITY_ASK[item].format(answer=answers[item])
