"""Reads a process that a desk has stored.

A process is checked when it is included (`read_process`). Later it is read without checks, because the checks may have
become stricter and its tickets still need it. Its row has the version of the format that it was written in.
"""

import tomllib
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from pydantic import ValidationError

from atendimento_tui.domain.process.schema import Process

_Data: TypeAlias = dict[str, Any]

_UPGRADES: tuple[Callable[[_Data], _Data], ...] = ()
"""Functions that convert the data of a file to the next format: the first from format 1 to 2, and so on."""

FORMAT = len(_UPGRADES) + 1
"""The current version of the format. It is raised when a word changes its meaning or is removed."""

_MOST_REMOVED = 100
"""How many words of a stored process may be ignored. Beyond that, the text is not a process."""


def read_stored(text: str, written_in: int = FORMAT) -> Process:
    """The process of a stored text. Nothing is checked; unknown words are ignored.

    Args:
        text: The file as it was included.
        written_in: The format version of its row. Of a newer format, only the known words are read.

    Raises:
        ValidationError: The text is not a process.
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
    """Delete the innermost existing word of a place. A place may end with names that pydantic adds."""
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
