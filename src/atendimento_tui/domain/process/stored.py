"""Reading a process that a desk has stored.

A process is checked when it is included (`read_process`). What was included once is read for as long as tickets run by
it, whatever today's checks say: its row bears the version of the format that it was written in.
"""

import tomllib
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from pydantic import ValidationError

from atendimento_tui.domain.process.schema import Process

_Data: TypeAlias = dict[str, Any]

_UPGRADES: tuple[Callable[[_Data], _Data], ...] = ()
"""How a file's tables become those of the next format: the first makes format 2 of format 1, and so on."""

FORMAT = len(_UPGRADES) + 1
"""The version of the format that this program includes. It is raised when a word changes its meaning or goes away."""

_MOST_REMOVED = 100
"""How many words of a stored process may be left out before it is given up as no process at all."""


def read_stored(text: str, written_in: int = FORMAT) -> Process:
    """The process of a stored text. Nothing is checked; a word that is not known any more is left out.

    Args:
        text: The file as it was included.
        written_in: The format of its row. One that is newer than this program's is read as far as it is known.

    Raises:
        ValidationError: The text was never a process.
    """
    data = tomllib.loads(text)
    for upgrade in _UPGRADES[written_in - 1 :]:
        data = upgrade(data)
    for _ in range(_MOST_REMOVED):
        try:
            return Process.model_validate(data, extra="ignore")
        except ValidationError as error:
            found = error.errors()[0]
            place = found["loc"][:-1] if found["type"] == "missing" else found["loc"]
            if not _remove_word(data, place):
                raise
    return Process.model_validate(data, extra="ignore")


def _remove_word(data: Any, place: Sequence[int | str]) -> bool:
    """Take away the innermost word of a place that is there: a place may end with pydantic's own words."""
    holders = [data]
    for part in place:
        try:
            holders.append(holders[-1][part])
        except (LookupError, TypeError):
            break
    depth = len(holders) - 1
    if not depth:
        return False
    del holders[depth - 1][place[depth - 1]]
    return True
