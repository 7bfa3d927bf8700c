"""Bindings from the registry of actions. Each has the id of its action, so that settings can change its keys."""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from atendimento_tui.actions import Action, named


def place_bindings(actions: Iterable[Action]) -> list[BindingType]:
    """The bindings of a place. All call its `action_do` with the id of the action."""
    return [_binding(action, f"do({action.id!r})") for action in actions if action.keys]


def own_bindings(*ids: str) -> list[BindingType]:
    """The bindings of a widget or a dialog, which call its own methods, named as Textual names them: `action_move`."""
    return [_binding(action, _method_call(action)) for action in named(ids)]


def _method_call(action: Action) -> str:
    return f"{action.calls}({', '.join(map(repr, action.args))})" if action.args else action.calls


def _binding(action: Action, call: str) -> Binding:
    return Binding(",".join(action.keys), call, action.title, id=action.id, show=False, priority=action.priority)
