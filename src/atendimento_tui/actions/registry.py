"""All actions of the program, one row each, with their keys, texts and conditions.

Bindings, footer, command palette, help, the checks of the settings file, the keys that a process may not use and
`docs/keys.md` are generated from these rows, which stand by area in `areas/`, `everywhere.py` and `parts.py`.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from atendimento_tui.actions import everywhere, parts
from atendimento_tui.actions.action import Action
from atendimento_tui.actions.areas import AREAS, queue, tickets
from atendimento_tui.texts import actions as texts

PROCESS = "processo."
"""Prefix of the ids of actions of a process."""

_OF_PROCESS = "Ação da etapa em que o atendimento está."

_AREAS = sorted(AREAS, key=lambda area: area.PLACE.at)

PLACE_ROWS = tuple(area.PLACE for area in _AREAS)
PLACES = tuple(row.where for row in PLACE_ROWS)

ACTIONS: tuple[Action, ...] = (
    *(action for area in _AREAS for action in area.ACTIONS),
    *everywhere.actions(PLACE_ROWS),
    *parts.ACTIONS,
)

QUIT = "geral.sair"
QUIT_KEY = "ctrl+q"
"""The action that ends the program, and the key that always does."""


def registry() -> Mapping[str, Action]:
    """All actions by id."""
    return _BY_ID


def headings() -> dict[str, str]:
    """The headings of the help, by the group of the actions."""
    return {**texts.GROUPS, **{row.where: row.heading for row in PLACE_ROWS}}


def of_process(key: str, letter: str | None, label: str) -> Action:
    """An action of a ticket's step. It exists only while the ticket is open."""
    keys = (letter,) if letter else ()
    return Action(f"{PROCESS}{key}", label, _OF_PROCESS, keys, (tickets.PLACE.where,), "do_step_action", (key,))


def shown_in(*wheres: str) -> tuple[Action, ...]:
    """The actions available in one of these places or parts, in the order of the registry."""
    return tuple(action for action in ACTIONS if not set(wheres).isdisjoint(action.where))


def named(ids: Iterable[str]) -> tuple[Action, ...]:
    """The actions with these ids."""
    return tuple(_BY_ID[each] for each in ids)


def settable() -> frozenset[str]:
    """The ids of the actions whose keys the settings file can change."""
    return frozenset(action.id for action in ACTIONS if not action.fixed)


def by_letter() -> dict[str, Action]:
    """Letter after the key of `ir.escolher` -> its action."""
    return {action.letter: action for action in ACTIONS if action.letter}


def reserved_letters() -> frozenset[str]:
    """The keys of one character used in the queue and in an open ticket. Actions of a process cannot have them."""
    used = shown_in(queue.PLACE.where, tickets.PLACE.where, parts.LIST)
    return frozenset(key for action in used for key in action.keys if len(key) == 1)


_BY_ID: Mapping[str, Action] = MappingProxyType({action.id: action for action in ACTIONS})
