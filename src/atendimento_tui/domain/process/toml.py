"""Reads TOML that people wrote. An error has its line, its column and a reason that `texts.toml` has in Portuguese."""

import re
import tomllib
from typing import Any

DEEPEST = 50
"""How many brackets may stand open at once, and how many parts a key may have; no file of ours needs five."""

LONGEST_WORD = 1000
"""Characters of a key or a number. Python refuses whole numbers of more than 4300 digits with an error of its own."""

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
"""What a text is made of, as far as its limits are concerned. Strings and comments are skipped, open ones too."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class TomlError(ValueError):
    """A text that is no TOML, or more of it than any file needs.

    Attributes:
        line: Where, from 1.
        column: Where in the line, from 1.
        reason: What is wrong: the sentence of `tomllib`, or `too_deep`, `too_long`.
    """

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(line, column, reason)
        self.line = line
        self.column = column
        self.reason = reason


def read_toml(text: str) -> dict[str, Any]:
    """The tables that a text describes.

    Raises:
        TomlError: It is no TOML, or has a nesting, a key or a number beyond the limits.
    """
    _check_limits(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        is_told = found is not None and found[1] is not None
        at = (int(found[1]), int(found[2])) if found and is_told else _place(text, len(text.rstrip()))
        raise TomlError(*at, _PLACE.sub("", str(error))) from error


def _check_limits(text: str) -> None:
    """Refuse what would take `tomllib` minutes, or more of Python's stack than there is."""
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
