"""The one renderer of what a process writes: a text with facts in braces. What people typed is only text here."""

import re
from collections.abc import Iterator, Mapping

from atendimento_tui.domain.text import entered

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(template: str) -> Iterator[str]:
    """The words that stand in braces."""
    yield from _PLACEHOLDER.findall(template)


def filled(template: str, facts: Mapping[str, str]) -> str:
    """The template with each fact in its place, once; what is not known stays empty.

    Braces in a fact are plain text, and are not looked at again. Control characters are taken out; lines stay.
    """
    text = _PLACEHOLDER.sub(lambda found: facts.get(found[1], ""), template)
    return entered(text, multiline=True).strip("\n")


def filled_line(template: str, facts: Mapping[str, str]) -> str:
    """The same in one line, for what must be one: a line end in the subject of an e-mail would begin another header."""
    return " ".join(filled(template, facts).split())
