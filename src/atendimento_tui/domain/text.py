"""What people type: what is kept of it, and how it is compared when somebody searches.

Text is stored as it was typed. Only what no keyboard means to type is taken away, because it can do harm wherever the
text goes next: to a terminal, a printer, a spreadsheet, a log. The screen has a second door of its own
(`widgets/text.py`), which neutralises what is harmless in data but not on a terminal, such as bidi controls.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_BLANKS = re.compile("[\n\t]")
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSEEN = frozenset(("Mn", "Me", "Cf"))
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

# A password may hold a slash or a colon; it ends at the last @ before a blank.
_URL_PASSWORD = re.compile(r"(\w[\w+.-]*://[^\s:/@]*):\S*@")
_NAMED_PASSWORD = re.compile(r"\b(\w*(?:password|passwd|pwd|senha))=[^\s&]*", re.IGNORECASE)


def entered(s: str, *, multiline: bool = False) -> str:
    """Return what is kept of a text that enters.

    Taken away: C0 and C1 controls, DEL and lone surrogates (which UTF-8 cannot carry). Of an escape sequence the ESC
    goes and the rest stays as the plain letters it is (`ESC[31m` leaves `[31m`): without its ESC it does nothing, and
    guessing where a sequence ends could swallow words. Nothing is normalised or trimmed, and bidi controls are kept.

    Args:
        s: The text as it was typed, pasted or read from a file.
        multiline: Whether line ends and tabs mean something here. They are kept (every kind of line end as a newline);
            otherwise each becomes a space, so that pasted lines do not run into one word.
    """
    if s.isascii() and s.isprintable():
        return s
    text = _HARMFUL.sub("", _LINE_ENDS.sub("\n", s))
    return text if multiline else _BLANKS.sub(" ", text)


def printable(s: str, keep: str = "\n\t") -> str:
    """Return the text with a space for every character that is not printed, so that a terminal obeys nothing in it.

    Args:
        s: Any text at all.
        keep: Characters that stay although they are not printed.
    """
    return s if s.isprintable() else "".join(c if c.isprintable() or c in keep else " " for c in s)


def escaped(s: str, keep: str = "\n\t") -> str:
    """Return the text with controls, invisible and direction-changing characters as JSON escapes them: `\\u202e`.

    Args:
        s: Any text at all.
        keep: Characters that stay as they are.
    """
    if s.isprintable():
        return s
    return "".join(_escape(c) if _is_hidden(c) and c not in keep else c for c in s)


def without_password(s: str) -> str:
    """Return the text with `***` for the password of every address in it: `scheme://user:password@host`, `password=`.

    Every address that is shown, told or logged goes through here.
    """
    return _NAMED_PASSWORD.sub(r"\1=***", _URL_PASSWORD.sub(r"\1:***@", s))


def folded(s: str) -> str:
    """Return the text as a search compares it: `CERTIDÃO nº 2` and `certidao no 2` are the same.

    Case, accents, the composed or decomposed form, ordinals (`º`, `ª`) and invisible marks make no difference.
    """
    if s.isascii():
        return s.lower()
    return _letters(unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _letters(s)).casefold()))


def folded_same_length(s: str) -> str:
    """Fold each character by itself, so that an offset in the answer is an offset in the text.

    A command palette needs this to highlight what matched. A character that would fold to several gives its first, a
    combining mark stands for itself: hand in composed (NFC) text.
    """
    return s.lower() if s.isascii() else "".join(map(_folded_character, s))


def _letters(s: str) -> str:
    """Leave marks out. Done before normalising too, which takes seconds over a letter with thousands of them."""
    return "".join(c for c in s if unicodedata.category(c) not in _UNSEEN)


def _folded_character(c: str) -> str:
    return (folded(c) or c)[0]


def _is_hidden(c: str) -> bool:
    return unicodedata.category(c) in _HIDDEN or ord(c) & 0xFFFE == 0xFFFE  # the last two of a plane are no characters


def _escape(c: str) -> str:
    """A character as JSON writes it; one beyond U+FFFF is two halves."""
    units = c.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
