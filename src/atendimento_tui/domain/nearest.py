"""The known word that somebody probably meant."""

import difflib
from collections.abc import Iterable
from itertools import takewhile

from atendimento_tui.domain.text import folded

_LEAST_SIMILARITY = 0.5


def nearest(word: str, known: Iterable[str]) -> str:
    """The most similar known word, ignoring accents and case; empty if none is similar enough."""
    scored = [(_similarity(folded(word), folded(each)), each) for each in known if each]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= _LEAST_SIMILARITY else ""


def _similarity(one: str, other: str) -> float:
    """From 0 to 1.15. The first three letters count more, because errors are more frequent at the end of a word."""
    alike = difflib.SequenceMatcher(None, one, other).ratio()
    return alike + 0.05 * sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[:3], other, strict=False)))
