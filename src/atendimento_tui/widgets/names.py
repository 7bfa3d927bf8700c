"""Completion of a name that is being typed in a field: its rest is shown dim, and the arrow to the right takes it."""

import unicodedata
from collections.abc import Iterable

from textual.suggester import Suggester


class Names(Suggester):
    """Completes names. Accents and case do not matter.

    Args:
        names: The names.
        is_list: Whether the field takes several, with commas between them.
    """

    def __init__(self, names: Iterable[str], *, is_list: bool = False) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = [(folded(name), name) for name in names]
        self._is_list = is_list

    async def get_suggestion(self, value: str) -> str | None:
        """The text with the first name that begins with what is typed; None without one."""
        head, comma, rest = value.rpartition(",") if self._is_list else ("", "", value)
        typed = rest.lstrip()
        before = f"{head}{comma}{rest.removesuffix(typed)}"
        begin = folded(typed)
        found = next((name for key, name in self._names if begin and key.startswith(begin)), None)
        return f"{before}{found}" if found and len(found) > len(typed) else None


def folded(text: str) -> str:
    """In small letters, without accents: as many characters as before."""
    return "".join(unicodedata.normalize("NFD", each)[:1].lower()[:1] for each in text)
