"""Rows of the registry as bindings. Each bears its action's id, so that the settings file can give it other keys."""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from atendimento_tui.actions import Action, named


def place_bindings(actions: Iterable[Action]) -> list[BindingType]:
    """The bindings of a place: all go through its `action_do`."""
    return [_binding(action, f"do({action.id!r})") for action in actions if action.keys]


def own_bindings(*ids: str) -> list[BindingType]:
    """The bindings of a widget or a dialog that has the methods itself, as Textual names them: `action_move`."""
    return [_binding(action, _called(action)) for action in named(ids)]


def _called(action: Action) -> str:
    return f"{action.calls}({', '.join(map(repr, action.args))})" if action.args else action.calls


def _binding(action: Action, does: str) -> Binding:
    return Binding(",".join(action.keys), does, action.title, id=action.id, show=False, priority=action.priority)
