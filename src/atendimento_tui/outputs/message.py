"""Messages that the processes write: a template with facts in braces. Whatever people typed is only text here."""

import re
from collections.abc import Mapping

_FACT = re.compile(r"\{([a-z_0-9]+)\}")


def written(template: str, facts: Mapping[str, str]) -> str:
    """The template with each fact in its place, once: braces that a fact brings along are not looked at again."""
    return _FACT.sub(lambda match: facts.get(match[1], ""), template).strip()
