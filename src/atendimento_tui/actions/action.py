"""What an action is: one row of the registry."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from atendimento_tui.actions.facts import Facts

Reason = Callable[[Facts], str | None]
"""Tells, of what is known now, why something is not possible; None where it is."""

PROCESS = "processo."
"""Prefix of the id of a process's action."""

_GO = "ir."
_OF_PROCESS = "Ação da etapa em que o atendimento está."

_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "equals_sign": "=",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "enter": "Enter",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


class Where(StrEnum):
    """Where an action is shown: the places of the program, and parts that several of them have."""

    QUEUE = "fila"
    TICKET = "atendimento"
    INTAKE = "novo"
    LIST = "lista"
    DIALOG = "dialogo"


PLACES = (Where.QUEUE, Where.TICKET, Where.INTAKE)
"""The places that one goes to: each has a header, a footer, help and the command palette."""


class Footer(IntEnum):
    """Whether the footer offers an action."""

    NEVER = 0
    IF_ROOM = 1
    ALWAYS = 2


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the user may do.

    Attributes:
        id: Its name in bindings and in the settings file: `area.verb`.
        title: The word in the footer.
        help: The sentence in help and palette; `{key}` stands for the key that asks for it.
        keys: What asks for it, as Textual names keys; the first one is shown.
        where: Where it is shown.
        calls: The method that does it: of the place; of the application where the place has no such method.
        args: What the method gets.
        footer: Whether the footer offers it.
        needs: Reasons why there is nothing here that it could be done to; then footer and shelf do not offer it.
        unless: Reasons why it is not possible though it is offered; it is shown dim, and says the reason.
        in_action_bar: Whether an open ticket shows it beside the actions of its step.
        is_act: Whether it is done once, however often a key that is held down asks for it before it is done.
        letter: The letter that asks for it after the key of `ir.escolher`.
        fixed: Whether its keys are always the same: the settings file does not change them.
        priority: Whether its key is heard before the field that has the focus.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    where: tuple[Where, ...]
    calls: str
    args: tuple[str | int, ...] = ()
    footer: Footer = Footer.NEVER
    needs: tuple[Reason, ...] = ()
    unless: tuple[Reason, ...] = ()
    in_action_bar: bool = False
    is_act: bool = True
    letter: str = ""
    fixed: bool = False
    priority: bool = False

    @property
    def group(self) -> str:
        """The heading under which help tells it."""
        return "lugares" if self.id.startswith(_GO) else self.id.partition(".")[0]

    @property
    def key_name(self) -> str:
        """The displayed name of the first key."""
        return key_name(self.keys[0]) if self.keys else ""

    def help_with(self, key: str) -> str:
        """The sentence in help and palette, with the key that asks for it."""
        return self.help.replace("{key}", key)

    def is_offered(self, facts: Facts) -> bool:
        """Whether there is something here that it could be done to."""
        return not any(reason(facts) for reason in self.needs)

    def why_not(self, facts: Facts) -> str | None:
        """Why it is not possible now, in a sentence; None where it is."""
        return next(filter(None, (reason(facts) for reason in (*self.needs, *self.unless))), None)


def of_process(key: str, letter: str | None, label: str) -> Action:
    """An action of a ticket's step; it exists only while the ticket is shown."""
    keys = (letter,) if letter else ()
    return Action(f"{PROCESS}{key}", label, _OF_PROCESS, keys, (Where.TICKET,), "do_step_action", (key,))


def key_name(key: str) -> str:
    """The displayed name of a key: `F1`, `Ctrl+P`, `Shift+Tab`, `/`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    *held, last = key.split("+")
    if held:
        return "+".join([*(each.capitalize() for each in held), key_name(last) if len(last) > 1 else last.upper()])
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key
