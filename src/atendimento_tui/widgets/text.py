"""Makes text from people safe to show. All such text passes through this module.

Textual reads a bare `str` as markup: a name such as `Rua [/` ends the program, `[@click=...]` becomes a button, and
escape characters reach the terminal unchanged. So a widget gets text from data as `plain(text)`, a table, tree or log
as `cell(text)`, and code that paints strings itself uses `safe(text)` or `fit(text, width)`.
`tests/rooms/test_text_door.py` checks that all code does.
"""

import re
import unicodedata

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

ELLIPSIS = "…"
_REPLACEMENT = "\ufffd"
_MARKS_SHOWN = 2
_MARKS_COMPOSED = 30  # no language needs as many; normalizing thousands of marks takes seconds, so they are cut before
_TAB = "    "

# No controls, no marks, no invisible characters: enough for usual Portuguese. U+00AD is the invisible soft hyphen.
_HARMLESS = re.compile("[ -~\xa1-\xac\xae-\u02ff]*")
_HARMLESS_LINES = re.compile("[\n\t -~\xa1-\xac\xae-\u02ff]*")
# Some terminals show a joined emoji as one glyph, others as its parts. Without the joiner all show the same width.
_EMOJI_JOINER = re.compile("(?<=[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])\u200d")
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_MARKS = frozenset(("Mn", "Me"))


def plain(s: str, style: str = "", *, multiline: bool = False) -> Content:
    """Return the text for a widget, not read as markup."""
    return Content.styled(safe(s, multiline=multiline), style)


def cell(s: str, style: str = "") -> Text:
    """Return the text for a `DataTable`, a `Tree` or a `RichLog`, which do not take `Content`."""
    return Text(safe(s), style)


def safe(s: str, *, multiline: bool = False) -> str:
    """Return the text without control characters and invisible characters.

    Control characters become their pictures (`␛`, `␀`), other invisible or direction-changing ones `�`. Accents are
    composed, and a letter has two marks at most. The result is a `str`: where markup is read, use `plain`.

    Args:
        s: Any text.
        multiline: Whether newlines are kept and tabs become spaces, instead of becoming pictures.
    """
    if s.isascii() and s.isprintable():
        return s
    if _HARMLESS.fullmatch(s):
        return s
    if multiline and _HARMLESS_LINES.fullmatch(s):
        return s.replace("\t", _TAB)
    composed = unicodedata.normalize("NFC", _with_marks(s, _MARKS_COMPOSED))
    breaks = "\n" if multiline else ""
    shown = "".join(_visible(c, breaks) for c in _EMOJI_JOINER.sub("", composed))
    return _with_marks(shown, _MARKS_SHOWN)


def fit(s: str, width: int) -> str:
    """Return the safe text, cut or padded to exactly `width` cells; a cut text ends in `…`."""
    text = safe(s)
    missing = width - (len(text) if text.isascii() else cell_len(text))
    if missing >= 0:
        return text + " " * missing
    return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""


class ControlCodeFilter(LineFilter):
    """Removes control characters from every painted line. Needed for fields, which paint pasted text unchanged.

    A removed character becomes as many spaces as it has cells, so that the rest of the line does not move.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without control characters."""
        del background
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment("".join(map(_painted, text)), style, control) for text, style, control in segments]


def _painted(c: str) -> str:
    return c if c.isprintable() or unicodedata.category(c) not in _HIDDEN else " " * cell_len(c)


def _with_marks(text: str, most: int) -> str:
    """Return the text with at most `most` marks a letter, and none at the start of a line, where there is no letter."""
    kept: list[str] = []
    marks = most
    for c in text:
        is_mark = unicodedata.category(c) in _MARKS
        marks = marks + 1 if is_mark else (most if c == "\n" else 0)
        if not is_mark or marks <= most:
            kept.append(c)
    return "".join(kept)


def _visible(c: str, breaks: str) -> str:
    if c in breaks:
        return c
    if c == "\t" and breaks:
        return _TAB
    if unicodedata.category(c) not in _HIDDEN:
        return c
    return _picture(ord(c))


def _picture(code: int) -> str:
    """Return the picture of a control character (`␛` for ESC), or the replacement character if Unicode has none."""
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _REPLACEMENT
