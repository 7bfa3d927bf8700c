"""Cleaning of typed text, and normalisation for search.

Text is stored as it was typed, except for control characters, which are harmful in a terminal, a printer, a spreadsheet
or a log. `widgets/text.py` also escapes what is harmful only on a terminal, such as bidi controls.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from atendimento_tui.domain.refusals import Refused

WRITTEN_AT_MOST = 64 * 1024
"""Maximum bytes in UTF-8 of a text that a user enters; longer stored ones stay readable."""

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
    """Return the text without control characters, as it is stored.

    Removed are C0 and C1 controls, DEL and lone surrogates (which UTF-8 cannot encode). Only the ESC of an escape
    sequence is removed (`ESC[31m` leaves `[31m`): the rest is harmless without it, and guessing where a sequence ends
    could remove words. Nothing is normalised or trimmed, and bidi controls are kept.

    Args:
        s: The text as it was typed, pasted or read from a file.
        multiline: Whether line ends (as newlines) and tabs are kept; otherwise each becomes a space.
    """
    if s.isascii() and s.isprintable():
        return s
    text = _HARMFUL.sub("", _LINE_ENDS.sub("\n", s))
    return text if multiline else _BLANKS.sub(" ", text)


def written(s: str, *, multiline: bool = False) -> str:
    """Return a text that a user wrote as it is stored (see `entered`).

    Raises:
        Refused: `texto_longo`: it is longer than `WRITTEN_AT_MOST`.
    """
    text = entered(s, multiline=multiline)
    if len(text) * 4 > WRITTEN_AT_MOST and (size := len(text.encode())) > WRITTEN_AT_MOST:
        raise Refused("texto_longo", size=-(-size // 1024), limit=WRITTEN_AT_MOST // 1024)
    return text


def printable(s: str, keep: str = "\n\t") -> str:
    """Return the text with a space for every non-printable character, so that it is safe on a terminal.

    Args:
        s: Any text at all.
        keep: Non-printable characters that are kept.
    """
    return s if s.isprintable() else "".join(c if c.isprintable() or c in keep else " " for c in s)


def escaped(s: str, keep: str = "\n\t") -> str:
    """Return the text with controls, invisible and direction-changing characters as JSON escapes them: `\\u202e`.

    Args:
        s: Any text at all.
        keep: Characters that are not escaped.
    """
    if s.isprintable():
        return s
    return "".join(_escape(c) if _is_hidden(c) and c not in keep else c for c in s)


def without_password(s: str) -> str:
    """Return the text with `***` for the password of every address in it: `scheme://user:password@host`, `password=`.

    Every address that is shown or logged goes through this function.
    """
    return _NAMED_PASSWORD.sub(r"\1=***", _URL_PASSWORD.sub(r"\1:***@", s))


def folded(s: str) -> str:
    """Return the text folded for comparison: `CERTIDÃO nº 2` and `certidao no 2` are equal.

    Case, accents, Unicode normal form, ordinals (`º`, `ª`) and invisible marks make no difference.
    """
    if s.isascii():
        return s.lower()
    return _letters(unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _letters(s)).casefold()))


def searched(s: str) -> str:
    """Return the text as it is indexed for search: folded, without apostrophes, hyphens and dots inside numbers.

    `D'Ávila` is `davila`, `123456.20260302.000001` its digits.
    """
    return _BETWEEN_DIGITS.sub("", folded(_JOINERS.sub("", s)))


def searched_name(name: str) -> str:
    """Return a name as it is indexed for search: `searched`, then each pair of adjacent words joined.

    So `santanna` finds `Sant Anna`. Joined pairs are in capital letters, which folded text does not have, and are found
    only as whole words (`search_forms`), so that `joses` does not find `José Santos`.
    """
    words = searched(name).split()
    pairs = [(one + other).upper() for one, other in pairwise(words) if one.isalpha() and other.isalpha()]
    return " ".join([*words, *pairs, ""]) if pairs else " ".join(words)


def searched_ticket(words: str, names: Iterable[str]) -> str:
    """Return the indexed text of a ticket, without its comments and messages.

    Args:
        words: Its numbers, its service, its subject.
        names: Names of its requester and beneficiary.
    """
    return " ".join([searched(words), *map(searched_name, names)])


def searched_words(typed: str) -> list[str]:
    """Return the words of a search, without duplicates, normalised as by `searched`.

    A hyphen between long words separates them, because they may have been written with a space.
    """
    words = searched(_BETWEEN_WORDS.sub(" ", typed)).split()
    # The groups of a protocol number are one word, also while the last group is being typed.
    return list(dict.fromkeys(bare if (bare := word.replace(".", "")).isdecimal() else word for word in words))


def search_forms(word: str) -> tuple[str, ...]:
    """Return the substrings that match a word: itself, and a joined pair of words of a name."""
    return (word, f" {word.upper()} ") if len(word) >= _SHORTEST_PAIR and word.isalpha() else (word,)


def is_found(word: str, text: str) -> bool:
    """Whether a word of `searched_words` is in a text of `searched` or `searched_name`."""
    return any(form in text for form in search_forms(word))


def _letters(s: str) -> str:
    """Remove marks. Also done before normalising, which takes seconds on a letter with thousands of them."""
    # A list and a check for ASCII take a third of the time.
    return "".join([c for c in s if c.isascii() or unicodedata.category(c) not in _UNSEEN])


def _is_hidden(c: str) -> bool:
    return unicodedata.category(c) in _HIDDEN or ord(c) & 0xFFFE == 0xFFFE  # the last two of each plane


def _escape(c: str) -> str:
    """A character escaped as in JSON; one beyond U+FFFF as a surrogate pair."""
    units = c.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
