"""The table of all keys in docs/keys.md, generated from the registry of actions by `make generated`."""

from collections.abc import Iterator

from atendimento_tui.actions import DIALOG, LIST, PLACES, Action, headings, key_name, registry, shown_in

_HEAD = """# Keys

Made of the registry of actions (`src/atendimento_tui/actions/`) by `make generated`; do not edit it here.

The settings file gives an action other keys by its name: `"fila.assumir" = "m"` under `[teclas]`. The keys of lists and
dialogs are always the same. What an open ticket offers besides is the actions of its step, with the keys that its
process gives them.
"""

_PARTS = {LIST: "Na lista", DIALOG: "Num diálogo"}


def keys_table() -> str:
    """The whole document."""
    return "\n".join((_HEAD, *_sections()))


def _sections() -> Iterator[str]:
    everywhere = [action for action in registry().values() if set(PLACES) <= set(action.where)]
    yield _section("Em todo lugar", everywhere)
    for where in PLACES:
        yield _section(headings()[where], [action for action in shown_in(where) if action not in everywhere])
    for part, title in _PARTS.items():
        yield _section(title, shown_in(part))


def _section(title: str, actions: list[Action] | tuple[Action, ...]) -> str:
    rows = [
        f"| {_keys(action)} | {action.title} | {action.help_with(action.key_name)} | `{action.id}` |"
        for action in actions
    ]
    return "\n".join((f"## {title}\n", "| keys | | what it does | name |", "|---|---|---|---|", *rows, ""))


def _keys(action: Action) -> str:
    return " ".join(f"`{key_name(key)}`" for key in action.keys) or "only by the command palette"
