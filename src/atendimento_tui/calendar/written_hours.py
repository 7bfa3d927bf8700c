"""Opening hours as people write them: `2ª a 6ª das 8h às 18h`, `seg a sex 8-12 13:30-18; sáb 9-13`."""

import re
import unicodedata
from collections.abc import Iterator

WEEKDAYS = ("seg", "ter", "qua", "qui", "sex", "sab", "dom")

_FULL_NAMES = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")

_PIECE = re.compile(
    r"""
      (?P<day> [2-6][ao] (?:\s*-?\s*feiras?)? \b )
    | (?P<whole> 24 \s* h(?:s|oras?)? \b (?!\s*(?:-|a\b|as\b|ate\b)) )
    | (?P<time> (?P<hour> \d{1,2} ) (?: \s*[:h.]\s* (?P<minute> \d{2} ) )? (?: \s* (?:horas|hora|hrs|hs|h|min)\b )* )
    | (?P<always> todos\s+os\s+dias | diariamente )
    | (?P<workdays> dias\s+uteis )
    | (?P<noon> meio-?\s?dia ) | (?P<midnight> meia-?\s?noite )
    | (?P<range> [-–—] | (?:a|as|ao|aos|ate)(?:\s+(?:a|as|o|os))? \b )
    | (?P<between> [\s,;:/.e&] | (?:e|de|das?|dos?|nos?|nas?|com|feiras?)\b )
    | (?P<word> [^\W\d]+ )
    """,
    re.VERBOSE,
)
"""The tokens of written hours, without accents and case. `word` is any other word."""


def read_week(written: str) -> dict[str, tuple[str, ...]]:
    """Opening hours as the `week` of a `CalendarSpec`: `{"seg-sex": ("08:00-18:00",)}`, not yet checked.

    Raises:
        ValueError: A word is neither a day nor an hour, or an hour has no end; the message is in Portuguese.
    """
    week: dict[str, tuple[str, ...]] = {}
    days: list[str] = []
    hours: list[str] = []
    start = former = ""
    for kind, said in _pieces(written):
        if kind == "day":
            if start:
                break
            if hours:
                week[_key(days)] = (*week.get(_key(days), ()), *hours)
                days, hours = [], []
            days = [*days[:-1], f"{days[-1]}-{said}"] if former == "range" and days else [*days, said]
        elif kind in ("time", "whole") and not days:
            raise ValueError(f"faltam os dias da semana antes de “{said}”")
        elif kind in ("time", "whole") and start and former == "range":
            hours.append(f"{start}-{said}")
            start = ""
        elif kind in ("time", "whole") and start:
            break
        elif kind == "time":
            start = said
        elif kind == "whole":
            hours.append("00:00-24:00")
        former = kind
    if start:
        raise ValueError(f"“{start}” não é um intervalo como 09:00-18:00: falta a hora em que fecha")
    if days:
        week[_key(days)] = (*week.get(_key(days), ()), *hours)
    return week


def weekdays(words: str) -> Iterator[int]:
    """The weekdays that `seg-sex` or `ter,qui` name, Monday = 0.

    Raises:
        ValueError: A word is not a weekday; the message is in Portuguese.
    """
    for part in words.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        begin, end = weekday(first), weekday(last or first)
        yield from range(begin, end + 1) if begin <= end else (*range(begin, 7), *range(end + 1))


def weekday(word: str) -> int:
    """The weekday of a word, abbreviated or not: `sab`, `sáb`, `Sábado`.

    Raises:
        ValueError: It is not a weekday; the message is in Portuguese.
    """
    plain = _folded(word)
    for number, name in enumerate(_FULL_NAMES):
        if len(plain) >= 3 and name.startswith(plain):
            return number
    raise ValueError(f"“{word}” não é um dia da semana; há {', '.join(WEEKDAYS)}")


def _pieces(written: str) -> Iterator[tuple[str, str]]:
    """Days (by short name), hours (as 09:00) and range signs; filler words are skipped."""
    text, at = _folded(written), 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None:
            raise ValueError(f"“{text[at:].split()[0]}” não é um dia da semana nem uma hora")
        at = found.end()
        match found.lastgroup:
            case "day":
                yield "day", WEEKDAYS[int(found["day"][0]) - 2]
            case "always":
                yield from (("day", "seg"), ("range", "-"), ("day", "dom"))
            case "workdays":
                yield from (("day", "seg"), ("range", "-"), ("day", "sex"))
            case "word":
                yield "day", WEEKDAYS[weekday(found["word"].rstrip("s") if len(found["word"]) > 3 else found["word"])]
            case "noon":
                yield "time", "12:00"
            case "midnight":
                yield "time", "24:00"
            case "whole":
                yield "whole", "24:00"
            case "range":
                yield "range", "-"
            case "between":
                pass
            case _:
                yield "time", f"{int(found['hour']):02}:{found['minute'] or '00'}"


def _key(days: list[str]) -> str:
    return ",".join(days)


def _folded(text: str) -> str:
    """Lower case, without accents; `ª` and `º` are `a` and `o`."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
