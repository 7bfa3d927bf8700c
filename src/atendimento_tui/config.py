"""The user's settings: the keys of actions, the printer, the folders of papers."""

import difflib
import reprlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.keys import REPLACED_KEYS, Keys, _character_to_key, key_to_character

from atendimento_tui import texts
from atendimento_tui.actions import QUIT, QUIT_KEY
from atendimento_tui.data.text_files import read_toml_file
from atendimento_tui.domain.refusals import Refused

KEYS_SECTION = "teclas"
PAPERS_SECTION = "papeis"
_FOLDERS = ("pasta", "formularios")

_SPELLINGS = {"esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "espaço": "space"}
"""Other spellings of key names."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry of the settings file that was ignored.

    Attributes:
        detail: The entry; for an unreadable file, the reason.
        key: The name of the entry; None if the problem is not about one action.
        nearest: The most similar known name.
        with_alt: Its key has Alt in it, which a terminal cannot tell from Esc and the letter.
        unknown_key: The key that does not exist, as written.
        takes_quit: Its key is reserved for leaving the program.
        is_unread: The whole file could not be read.
    """

    path: Path
    detail: str = ""
    key: str | None = None
    nearest: str = ""
    with_alt: bool = False
    unknown_key: str = ""
    takes_quit: bool = False
    is_unread: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the user.

    Attributes:
        keys: Action id -> its keys, in Textual's spelling.
        printer: The printer of this workstation; empty if none is named.
        papers_folder: Where PDFs are saved; None for the program's own folder.
        forms_folder: Where the operator's own forms are; None if it has none.
    """

    keys: dict[str, str] = field(default_factory=dict)
    printer: str = ""
    papers_folder: Path | None = None
    forms_folder: Path | None = None
    problems: tuple[Problem, ...] = ()


def read_settings(path: Path, actions: Iterable[str]) -> Settings:
    """Read the settings file, if there is one; wrong entries are reported and ignored."""
    try:
        data = read_toml_file(path)
    except Refused as refused:
        reason = texts.refusals.sentence(refused.code, refused.values)
        return Settings(problems=(Problem(path, reason, is_unread=True),) if path.exists() else ())
    printer, (folder, forms), unused = _papers(path, data.get(PAPERS_SECTION, {}))
    keys, problems = _read_keys(path, actions, data.get(KEYS_SECTION, {}))
    return Settings(keys, printer, folder, forms, (*problems, *unused))


def _papers(path: Path, written: object) -> tuple[str, list[Path | None], list[Problem]]:
    """The printer, and the folders of PDFs and of forms, absolute paths."""
    section = written if isinstance(written, dict) else {}
    printer = section.get("impressora", "")
    problems = []
    if not isinstance(written, dict):
        problems.append(Problem(path, f"{PAPERS_SECTION} = {reprlib.repr(written)}"))
    if not isinstance(printer, str):
        problems.append(Problem(path, f"impressora = {reprlib.repr(printer)}"))
        printer = ""
    folders: list[Path | None] = []
    for word in _FOLDERS:
        folder = section.get(word, "")
        found = Path(folder).expanduser() if isinstance(folder, str) and folder and "\0" not in folder else None
        is_usable = found is not None and found.is_absolute()
        if folder and not is_usable:
            problems.append(Problem(path, f"{word} = {reprlib.repr(folder)}"))
        folders.append(found if is_usable else None)
    unknown = section.keys() - {"impressora", *_FOLDERS}
    problems += [Problem(path, f"{PAPERS_SECTION}.{word}") for word in sorted(unknown)]
    return printer.strip(), folders, problems


def _read_keys(path: Path, actions: Iterable[str], written: object) -> tuple[dict[str, str], list[Problem]]:
    if not isinstance(written, dict):
        return {}, [Problem(path, f"{KEYS_SECTION} = {reprlib.repr(written)}")]
    known = set(actions)
    keys, problems = {}, []
    for action, value in written.items():
        asked = [_spelled(key) for key in _keys(value)]
        if action not in known:
            problems.append(Problem(path, key=action, nearest=_nearest(action, known)))
        elif not asked:
            problems.append(Problem(path, f"{action} = {reprlib.repr(value)}"))
        elif any("alt+" in key for key in asked):
            problems.append(Problem(path, key=action, with_alt=True))
        elif unknown := [key for key in asked if not _exists(key)]:
            problems.append(Problem(path, key=action, unknown_key=unknown[0] or " "))
        elif action != QUIT and QUIT_KEY in asked:
            problems.append(Problem(path, key=action, takes_quit=True))
        else:
            more = [QUIT_KEY] if action == QUIT and QUIT_KEY not in asked else []
            keys[action] = ",".join(asked + more)
    return keys, problems


def _keys(value: object) -> list[str]:
    """The keys of an action, from a string or a list; empty for anything else."""
    written: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(keys, str) and keys for keys in written):
        return []
    return [key for keys in written for key in (map(str.strip, keys.split(",")) if len(keys) > 1 else [keys])]


def _spelled(key: str) -> str:
    """A key in Textual's spelling: `Ctrl+S` is `ctrl+s`, `/` is `slash`; `A` differs from `a`."""
    *modifiers, name = key.rsplit("+", 1) if len(key) > 1 else [key]
    if len(name) == 1:
        name = _character_to_key(name.lower() if modifiers else name)
    else:
        name = _SPELLINGS.get(name.lower(), name.lower())
    return "+".join([*(each.lower() for each in modifiers), name])


def _exists(key: str) -> bool:
    """Whether a terminal can send the key: a named key or a character, with or without Ctrl and Shift."""
    *modifiers, name = key.split("+")
    named = {known.value.rpartition("+")[2] for known in Keys if not known.value.startswith("<")}
    is_key = name in named or key_to_character(REPLACED_KEYS.get(name, name)) is not None
    return is_key and len(set(modifiers)) == len(modifiers) and set(modifiers) <= {"ctrl", "shift"}


def _nearest(word: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0)), "")
