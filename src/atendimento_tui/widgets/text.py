"""The one door to the screen for text that came from people.

Textual reads a bare `str` as markup: a name such as `Rua [/` ends the program, `[@click=...]` becomes a button, and
escape characters reach the terminal as they are. So a text from data goes to a widget as `plain(text)`, to a table,
tree or log as `cell(text)`, and to whatever paints strings by itself as `safe(text)` or `fit(text, width)`.
`tests/rooms/test_text_door.py` sees to it that nobody walks past.
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
_MARKS_COMPOSED = 30  # no language needs as many; putting a flood of them in order takes seconds, so it is cut first
_TAB = "    "

# No controls, no marks, nothing invisible: all of everyday Portuguese. U+00AD is the invisible soft hyphen.
_HARMLESS = re.compile("[ -~\xa1-\xac\xae-\u02ff]*")
_HARMLESS_LINES = re.compile("[\n\t -~\xa1-\xac\xae-\u02ff]*")
# Some terminals show a joined emoji as one glyph, some as its parts: without the joiner all agree, and so on its width.
_EMOJI_JOINER = re.compile("(?<=[\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])\u200d")
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_MARKS = frozenset(("Mn", "Me"))


def plain(s: str, style: str = "", *, multiline: bool = False) -> Content:
    """Return the text for a widget: shown letter by letter, whatever it says."""
    return Content.styled(safe(s, multiline=multiline), style)


def cell(s: str, style: str = "") -> Text:
    """Return the text for a cell of a `DataTable`, a `Tree` or a `RichLog`, which do not know `Content`."""
    return Text(safe(s), style)


def safe(s: str, *, multiline: bool = False) -> str:
    """Return the text with nothing in it that a terminal obeys or hides.

    Control characters show as their pictures (`␛`, `␀`), other invisible or direction-changing ones as `�`; accents are
    composed, and a letter carries two marks at most. It is still a `str`: where markup is read, use `plain`.

    Args:
        s: Any text at all.
        multiline: Whether a newline breaks the line and a tab makes room, instead of being shown as a picture.
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
    """Return the text, made safe, cut or padded to exactly so many cells; a cut ends in `…`."""
    text = safe(s)
    missing = width - (len(text) if text.isascii() else cell_len(text))
    if missing >= 0:
        return text + " " * missing
    return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""


class ControlCodeFilter(LineFilter):
    """Takes from every painted line what a terminal would obey: a field shows what was pasted into it as it is.

    What had a width keeps it, so that nothing moves.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Paint without them."""
        del background
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment("".join(map(_painted, text)), style, control) for text, style, control in segments]


def _painted(c: str) -> str:
    return c if c.isprintable() or unicodedata.category(c) not in _HIDDEN else " " * cell_len(c)


def _with_marks(text: str, most: int) -> str:
    """Return the text with so many marks a letter; at the start of a line, where they have no letter, with none."""
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
    """Return the sign of a control (`␛` for ESC), or the replacement sign where Unicode has none."""
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _REPLACEMENT
