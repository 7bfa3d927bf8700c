"""The manual page, from a description of the commands: as roff source for man(1), and as plain text."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from atendimento_tui.texts import manual as texts

_WIDTH = 80
"""Characters of a line of the plain text."""


@dataclass(frozen=True)
class Item:
    """An argument, an option, or a row of a list of the page."""

    term: str
    words: str


@dataclass(frozen=True)
class Command:
    """A command as the page shows it: all its words, its usage, and what is its own."""

    name: str
    usage: str
    words: str
    items: tuple[Item, ...]


class _Is(Enum):
    SECTION = 0
    COMMAND = 1
    WORDS = 2
    ITEM = 3


_Part = tuple[_Is, str, str]


def as_roff(version: str, usage: str, commands: Iterable[Command], options: Iterable[Item]) -> str:
    """The page as roff source (man(7)), in UTF-8."""
    lines = ["'\\\" -*- coding: UTF-8 -*-", f'.TH {texts.NAME.upper()} 1 "" "{texts.NAME} {version}" "{texts.BOOK}"']
    for kind, first, second in _parts(usage, commands, options):
        if kind is _Is.SECTION:
            lines.append(f'.SH "{_roff(first)}"')
        elif kind is _Is.COMMAND:
            lines += [f'.SS "{_roff(first)}"', f"\\fB{_roff(second)}\\fR"]
        elif kind is _Is.WORDS:
            lines += [".PP", _roff(first)]
        else:
            lines += [".TP", f"\\fB{_roff(first)}\\fR", _roff(second)]
    return "\n".join(lines) + "\n"


def as_text(usage: str, commands: Iterable[Command], options: Iterable[Item]) -> str:
    """The page as plain text of 80 columns."""
    lines: list[str] = []
    for kind, first, second in _parts(usage, commands, options):
        if kind is _Is.SECTION:
            lines += ["", first]
        elif kind is _Is.COMMAND:
            lines += ["", f"   {first}", *_wrapped(second, 7)]
        elif kind is _Is.WORDS:
            lines += _wrapped(first, 7)
        else:
            lines += [*_wrapped(first, 7), *_wrapped(second, 14)]
    return "\n".join(lines[1:])


def _parts(usage: str, commands: Iterable[Command], options: Iterable[Item]) -> Iterator[_Part]:
    """The parts of the page, in their order."""
    yield (_Is.SECTION, texts.SECTION_NAME, "")
    yield (_Is.WORDS, f"{texts.NAME} - {texts.SUMMARY}", "")
    yield (_Is.SECTION, texts.SECTION_USAGE, "")
    yield (_Is.WORDS, usage, "")
    yield (_Is.SECTION, texts.SECTION_DESCRIPTION, "")
    for words in texts.DESCRIPTION:
        yield (_Is.WORDS, words, "")
    yield from _list(texts.SECTION_OPTIONS, ((each.term, each.words) for each in options))
    yield (_Is.SECTION, texts.SECTION_COMMANDS, "")
    for command in commands:
        yield (_Is.COMMAND, command.name, command.usage)
        yield (_Is.WORDS, command.words, "")
        for item in command.items:
            yield (_Is.ITEM, item.term, item.words)
    for title, rows in texts.LISTS:
        yield from _list(title, rows)


def _list(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[_Part]:
    yield (_Is.SECTION, title, "")
    for term, words in rows:
        yield (_Is.ITEM, term, words)


def _roff(words: str) -> str:
    r"""Text that roff shows as it is: hyphens can be searched for, and `.` or `'` begins no request."""
    shown = words.replace("\\", "\\(rs").replace('"', "\\(dq").replace("-", "\\-")
    return f"\\&{shown}" if shown.startswith((".", "'")) else shown


def _wrapped(words: str, indent: int) -> list[str]:
    blank = " " * indent
    return textwrap.wrap(
        words, _WIDTH, initial_indent=blank, subsequent_indent=blank, break_long_words=False, break_on_hyphens=False
    )
