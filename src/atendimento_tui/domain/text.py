"""What people type: what is kept of it, and how it is compared when somebody searches.

Text is stored as it was typed. Only what no keyboard means to type is taken away, because it can do harm wherever the
text goes next: to a terminal, a printer, a spreadsheet, a log. The screen has a second door of its own
(`widgets/text.py`), which neutralises what is harmless in data but not on a terminal, such as bidi controls.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from atendimento_tui.domain.refusals import Refused

WRITTEN_AT_MOST = 64 * 1024
"""Bytes in UTF-8 of one text of a person; longer ones that are stored already stay readable."""

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_BLANKS = re.compile("[\n\t]")
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNSEEN = frozenset(("Mn", "Me", "Cf"))

_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u055a\u2018\u2019\u201b\u2032\u2035\ua78c\uff07"
_HYPHENS = "\\-\u00ad\u2010-\u2015\u2043\u2212\ufe63\uff0d"
_JOINERS = re.compile(f"[{_APOSTROPHES}{_HYPHENS}]")
_BETWEEN_WORDS = re.compile(rf"(?<=\w\w\w)[{_HYPHENS}]+(?=\w\w\w)")
_SHORTEST_PAIR = 4
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])\.(?=[0-9])")
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


def written(s: str, *, multiline: bool = False) -> str:
    """Return what is kept of a text that a person wrote, as `entered` does.

    Raises:
        Refused: `texto_longo`: it is longer than `WRITTEN_AT_MOST`.
    """
    text = entered(s, multiline=multiline)
    if len(text) * 4 > WRITTEN_AT_MOST and (size := len(text.encode())) > WRITTEN_AT_MOST:
        raise Refused("texto_longo", size=-(-size // 1024), limit=WRITTEN_AT_MOST // 1024)
    return text


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


def searched(s: str) -> str:
    """Return any text as a search looks in it: folded, without apostrophes, hyphens and the dots inside numbers.

    `D'Ávila` is `davila`, `123456.20260302.000001` its digits.
    """
    return _BETWEEN_DIGITS.sub("", folded(_JOINERS.sub("", s)))


def searched_name(name: str) -> str:
    """Return a name as a search looks in it: `searched`, and behind it each two words that follow one another as one.

    So `Sant Anna` is found by `santanna`, too. Two words are found as one only whole (`ways_to_find`): they stand in
    capital letters, which no folded text has, so that `José Santos` is not found by `joses`.
    """
    words = searched(name).split()
    pairs = [(one + other).upper() for one, other in pairwise(words) if one.isalpha() and other.isalpha()]
    return " ".join([*words, *pairs, ""]) if pairs else " ".join(words)


def searched_ticket(words: str, names: Iterable[str]) -> str:
    """Return what a ticket is found by, besides what was said about it.

    Args:
        words: Its numbers, its service, its subject.
        names: Those of the people whom it is about.
    """
    return " ".join([searched(words), *map(searched_name, names)])


def searched_words(typed: str) -> list[str]:
    """Return the words that somebody looks for, each once, as `searched` has them.

    A hyphen between long words parts them, since they may have been written with a space.
    """
    words = searched(_BETWEEN_WORDS.sub(" ", typed)).split()
    # Digits of a protocol in groups are one number, also while its last group is being typed.
    return list(dict.fromkeys(bare if (bare := word.replace(".", "")).isdecimal() else word for word in words))


def ways_to_find(word: str) -> tuple[str, ...]:
    """Return the pieces of text by which a word is found: itself, and as two words of a name written together."""
    return (word, f" {word.upper()} ") if len(word) >= _SHORTEST_PAIR and word.isalpha() else (word,)


def is_found(word: str, text: str) -> bool:
    """Whether a word of `searched_words` stands in a text of `searched` or `searched_name`."""
    return any(way in text for way in ways_to_find(word))


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
