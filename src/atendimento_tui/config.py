"""The user's settings: for now, other keys for actions."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atendimento_tui.data.text_files import read_toml_file
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts.refusals import sentence

KEYS_SECTION = "teclas"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the settings file that was not taken.

    Attributes:
        detail: What was written; where the whole file cannot be read, the sentence that says why.
        key: What is unknown or has Alt in its key; None where no single action is meant.
        nearest: The known word that looks most like it.
        with_alt: Its key has Alt in it, which a terminal cannot tell from Esc and the letter.
        is_unread: The whole file could not be read.
    """

    path: Path
    detail: str = ""
    key: str | None = None
    nearest: str = ""
    with_alt: bool = False
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says.

    Attributes:
        keys: Action id -> the keys that ask for it, as Textual writes them.
    """

    keys: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_settings(path: Path, actions: Iterable[str]) -> Settings:
    """Read the settings file; one that is not there says nothing, and what is wrong in it is told and left out."""
    try:
        data = read_toml_file(path)
    except Refused as refused:
        said = sentence(refused.code, refused.values)
        return Settings(problems=(Problem(path, said, is_unread=True),) if path.exists() else ())
    known, written = set(actions), data.get(KEYS_SECTION, {})
    if not isinstance(written, dict):
        return Settings(problems=(Problem(path, f"{KEYS_SECTION} = {written!r}"),))
    keys, problems = {}, []
    for action, value in written.items():
        if action not in known:
            problems.append(Problem(path, key=action, nearest=_nearest(action, known)))
        elif "alt+" in (asked := _keys(value)):
            problems.append(Problem(path, key=action, with_alt=True))
        elif asked:
            keys[action] = asked
        else:
            problems.append(Problem(path, f"{action} = {value!r}"))
    return Settings(keys, tuple(problems))


def _keys(value: object) -> str:
    """The keys of an action as Textual writes them, from one or a list of them; nothing where it is neither."""
    keys: list[Any] = value if isinstance(value, list) else [value]
    return ",".join(keys) if all(isinstance(key, str) and key for key in keys) else ""


def _nearest(word: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0)), "")
