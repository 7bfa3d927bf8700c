"""An action, a place: the rows of the registry."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from atendimento_tui.actions.facts import Facts

Reason = Callable[[Facts], str | None]
"""Returns why an action is not possible, as a sentence; None if it is possible."""

GO = "ir."
"""Prefix of the ids of actions that go to a place."""

_KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "semicolon": ";",
    "colon": ":",
    "ampersand": "&",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "asterisk": "*",
    "number_sign": "#",
    "percent_sign": "%",
    "at": "@",
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


class Footer(IntEnum):
    """Whether the footer shows an action."""

    NEVER = 0
    IF_ROOM = 1
    ALWAYS = 2


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the user can do.

    Attributes:
        id: Its name in bindings and in the settings file: `area.verb`.
        title: The word in the footer.
        help: The sentence in help and palette; `{key}` is replaced by its key.
        keys: Its keys, as Textual names them; the first one is shown.
        where: Where it is available: the names of places, or of parts (`parts.py`).
        calls: The method that does it, of the place; of the application if the place has no such method.
        args: The arguments of the method.
        footer: Whether the footer shows it.
        needs: Reasons because of which footer and action bar do not show it, such as that no ticket is selected.
        permission: What the person's role must allow (`domain.access.Permission`); otherwise it is shown dim.
        unless: Reasons because of which it is shown dim; its key then shows the reason.
        in_action_bar: Whether an open ticket shows it in its action bar, after the actions of its step.
        is_act: Whether it is done once if its key is pressed again before it is done.
        letter: Its letter after the key of `ir.escolher`.
        fixed: Whether the settings file cannot change its keys.
        priority: Whether its key has priority over the field that has the focus.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...]
    where: tuple[str, ...]
    calls: str
    args: tuple[str | int, ...] = ()
    footer: Footer = Footer.NEVER
    needs: tuple[Reason, ...] = ()
    permission: str = ""
    unless: tuple[Reason, ...] = ()
    in_action_bar: bool = False
    is_act: bool = True
    letter: str = ""
    fixed: bool = False
    priority: bool = False

    @property
    def group(self) -> str:
        """The key of its heading in the help."""
        return "lugares" if self.id.startswith(GO) else self.id.partition(".")[0]

    @property
    def key_name(self) -> str:
        """The displayed name of the first key."""
        return key_name(self.keys[0]) if self.keys else ""

    def help_with(self, key: str) -> str:
        """The sentence in help and palette, with a key filled in."""
        return self.help.replace("{key}", key)

    def is_offered(self, facts: Facts) -> bool:
        """Whether it is shown."""
        return not any(reason(facts) for reason in self.needs)

    def why_not(self, facts: Facts) -> str | None:
        """Why it is not possible now, as a sentence; None if it is possible."""
        by_role = (facts.role_forbids(self.permission) for _ in (1,) if self.permission)
        reasons = (reason(facts) for reason in self.unless)
        return next(filter(None, (*(reason(facts) for reason in self.needs), *by_role, *reasons)), None)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: it has a header, a footer, help and the command palette.

    Its mode, its style sheet, its early import and the action that goes to it follow from this row.

    Attributes:
        where: Its name, that of its mode, and the first word of the ids of its actions.
        at: Its position among the places, in help and palette.
        module: Its module in `screens/`. A file beside it with the ending `.tcss` is its style sheet.
        screen: Its class in that module.
        heading: The heading of its actions in the help.
        title: The title of the action that goes to it; none if it is opened from another place, as a ticket is.
        help: The sentence of that action in help and palette.
        key: The key that goes to it from everywhere, if it has one.
        letter: Its letter after the key of `ir.escolher`.
        footer: Whether the footer shows the action that goes to it.
        permission: What the person's role must allow for it.
        first: The ids of the actions that come first in its footer and its help, in their order.
    """

    where: str
    at: int
    module: str
    screen: str
    heading: str
    title: str = ""
    help: str = ""
    key: str = ""
    letter: str = ""
    footer: Footer = Footer.NEVER
    permission: str = ""
    first: tuple[str, ...] = ()

    def action(
        self,
        name: str,
        title: str,
        help_text: str,
        keys: tuple[str, ...],
        calls: str,
        *,
        footer: Footer = Footer.IF_ROOM,
        needs: tuple[Reason, ...] = (),
        permission: str = "",
        unless: tuple[Reason, ...] = (),
    ) -> Action:
        """An action of this place alone, which its footer shows if there is room."""
        return Action(
            f"{self.where}.{name}",
            title,
            help_text,
            keys,
            (self.where,),
            calls,
            footer=footer,
            needs=needs,
            permission=permission,
            unless=unless,
        )


def key_name(key: str) -> str:
    """The displayed name of a key: `F1`, `Ctrl+P`, `Shift+Tab`, `/`."""
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    *held, last = key.split("+")
    if held:
        return "+".join([*(each.capitalize() for each in held), key_name(last) if len(last) > 1 else last.upper()])
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key
