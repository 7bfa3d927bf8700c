"""Renders the texts of a process: templates with placeholders in braces. Values are inserted as plain text."""

import re
from collections.abc import Iterator, Mapping

from atendimento_tui.domain.text import entered

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(template: str) -> Iterator[str]:
    """The names of the placeholders in the template."""
    yield from _PLACEHOLDER.findall(template)


def filled(template: str, facts: Mapping[str, str]) -> str:
    """The template with each placeholder replaced by its fact; an unknown placeholder becomes empty.

    Facts are inserted once: braces in a fact stay plain text. Control characters are removed, line ends are kept.
    """
    text = _PLACEHOLDER.sub(lambda found: facts.get(found[1], ""), template)
    return entered(text, multiline=True).strip("\n")


def filled_line(template: str, facts: Mapping[str, str]) -> str:
    """Like `filled`, in one line. In the subject of an e-mail a line end would begin another header."""
    return " ".join(filled(template, facts).split())
