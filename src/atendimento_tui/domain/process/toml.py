"""Parses TOML files written by people. An error has a line, a column and a reason that `texts.toml` translates."""

import hashlib
import re
import tomllib
from typing import Any

DEEPEST = 50
"""The most nested brackets, and the most parts of a dotted key. No process file in use needs five."""

LONGEST_WORD = 1000
"""Characters of a key or a number. Python raises an error of its own for integers of more than 4300 digits."""

_PIECE = re.compile(
    r'''
      """ (?: [^"\\] | \\. | "(?!"") )* (?: """ )?
    | \'\'\' (?: [^'] | '(?!\'\') )* (?: \'\'\' )?
    | " (?: [^"\\\n] | \\[^\n] )* "?
    | ' [^'\n]* '?
    | \# [^\n]*
    | (?P<word> [\w+-]+ )
    | (?P<sign> [][{}.=,\n] )
    ''',
    re.VERBOSE | re.DOTALL,
)
"""The tokens that matter for the limits. Strings and comments are skipped, also unterminated ones."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlError(ValueError):
    """A text that is not TOML or exceeds the limits.

    Attributes:
        line: Line number, from 1.
        column: Column number, from 1.
        reason: The message of `tomllib`, or `too_deep`, or `too_long`.
    """

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(line, column, reason)
        self.line = line
        self.column = column
        self.reason = reason


def content_hash(text: str) -> str:
    """The SHA-256 of the text in hexadecimal, which identifies a version of a process."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_toml(text: str) -> dict[str, Any]:
    """The data of a TOML text.

    Raises:
        TomlError: The text is not TOML, or its nesting, a key or a number exceeds the limits.
    """
    _check_limits(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        has_position = found is not None and found[1] is not None
        at = (int(found[1]), int(found[2])) if found and has_position else _place(text, len(text.rstrip()))
        raise TomlError(*at, _PLACE.sub("", str(error))) from error


def _check_limits(text: str) -> None:
    """Refuse a text that would take `tomllib` minutes or overflow Python's stack."""
    depth = parts = 0
    for piece in _PIECE.finditer(text):
        if (word := piece["word"]) is not None:
            if len(word) > LONGEST_WORD:
                raise TomlError(*_place(text, piece.start()), "too_long")
            continue
        match piece["sign"]:
            case "[" | "{":
                depth, parts = depth + 1, 0
            case "]" | "}":
                depth, parts = depth - 1, 0
            case ".":
                parts += 1
            case "=" | "," | "\n":
                parts = 0
        if depth > DEEPEST or parts > DEEPEST:
            raise TomlError(*_place(text, piece.start()), "too_deep")


def _place(text: str, at: int) -> tuple[int, int]:
    """The line and the column of an offset."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
