"""Pauses: time that does not count."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from atendimento_tui.calendar.errors import RefusedError
from atendimento_tui.calendar.instants import instant

Pause: TypeAlias = tuple[datetime, datetime] | tuple[datetime, datetime, str | None]
"""Start, end, and the reason if any."""


class Cut(NamedTuple):
    """A pause in microseconds."""

    start: int
    end: int
    reason: str | None


def cuts(pauses: Iterable[Pause]) -> list[Cut]:
    """The pauses in order and without overlap; the time of an overlap belongs to the one that began first.

    Raises:
        NaiveDatetimeError: for a pause without a zone.
        RefusedError: for a pause that ends before it begins.
    """
    found: list[Cut] = []
    for cut in sorted((_cut(*pause) for pause in pauses), key=lambda cut: cut.start):
        start = max(cut.start, found[-1].end) if found else cut.start
        if start < cut.end:
            found.append(cut._replace(start=start))
    return found


def _cut(start: datetime, end: datetime, reason: str | None = None) -> Cut:
    cut = Cut(instant(start), instant(end), reason or None)
    if cut.end < cut.start:
        raise RefusedError("inverted_pause", f"the pause {start} - {end} ends before it begins", start=start, end=end)
    return cut
