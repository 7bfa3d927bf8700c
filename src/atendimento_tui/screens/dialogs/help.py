"""The help: all keys, and the meaning of the signs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from textual.content import Content

from atendimento_tui.actions import LIST, Action, headings, key_name, shown_in
from atendimento_tui.screens.dialogs.reading import ReadingDialog
from atendimento_tui.texts import actions as action_texts
from atendimento_tui.texts import window as texts
from atendimento_tui.texts import words
from atendimento_tui.widgets.text import plain

_KEY_WIDTH = 14


class HelpDialog(ReadingDialog):
    """Shows the registry.

    Args:
        actions: The actions of the place.
        key_of: Returns the name of an action's key.
        first: The actions shown first, in their order.
        in_form: Whether a form is shown.
        role_forbids: Returns why the person's role forbids a permission, as a sentence; None if it allows it.
    """

    def __init__(
        self,
        actions: Iterable[Action],
        key_of: Callable[[Action], str],
        first: Iterable[Action] = (),
        *,
        in_form: bool = False,
        role_forbids: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        lines: list[Content] = []
        names = headings()
        groups = defaultdict[str, list[Action]](list)
        if in_form:
            lines += part_lines("formulario")
        for action in first:
            groups["primeiro"].append(action)
        for action in actions:
            if action not in groups["primeiro"]:
                groups[action.group].append(action)
        if not groups["primeiro"]:
            del groups["primeiro"]
        for group, members in groups.items():
            lines.append(plain(names[group], "bold"))
            lines += [_action_line(action, key_of(action), role_forbids) for action in members]
            lines.append(Content(""))
        lines.append(plain(names["lista"], "bold"))
        lines += [_line(keys, what) for keys, what in (*_list_keys(), action_texts.BACK_KEY)]
        lines += [Content(""), plain(texts.HELP_SIGNS, "bold")]
        lines += [_line(sign, words.SITUATION[situation]) for situation, sign in words.SIGN.items()]
        lines.append(_line(words.NO_CLOCK_SIGN, words.NO_CLOCK))
        signs = [(sign, severity) for severity, sign in words.SEVERITY_SIGN.items() if sign]
        lines += [_line(sign, texts.HELP_SEVERITY.format(severity=words.SEVERITY[each])) for sign, each in signs]
        super().__init__(texts.HELP_TITLE, lines, texts.EXPLAIN_HINT)


def _list_keys() -> Iterator[tuple[str, str]]:
    """The keys of a list, one line for each pair of opposite directions."""
    rows = [row for row in shown_in(LIST) if row.id != "lista.abrir"]
    for one, other in zip(rows[::2], rows[1::2], strict=True):
        keys = [f"{key_name(a)} {key_name(b)}" for a, b in zip(one.keys, other.keys, strict=False)]
        yield " ou ".join(keys), f"{one.help}, {other.help}"


def _action_line(action: Action, key: str, role_forbids: Callable[[str], str | None]) -> Content:
    """What an action does; dim and with the reason if the role forbids it."""
    what = f"{action.title}: {action.help_with(key)}"
    why = role_forbids(action.permission) if action.permission else None
    return _line(key, f"{what} {why}", "dim") if why else _line(key, what)


def part_lines(part: str) -> list[Content]:
    """The lines about the keys of a form or a choice: a key of `texts.actions.PART_KEYS`."""
    lines = [_line(key, what) for key, what in action_texts.PART_KEYS[part]]
    return [plain(action_texts.GROUPS[part], "bold"), *lines, Content("")]


def part_help(part: str) -> ReadingDialog:
    """The dialog that F1 opens in a form or a choice."""
    return ReadingDialog(texts.HELP_TITLE, part_lines(part), texts.EXPLAIN_HINT)


def _line(key: str, what: str, style: str = "") -> Content:
    return Content("").join([plain(f"{key:<{_KEY_WIDTH}} ", f"{style} bold".strip()), plain(what, style)])
