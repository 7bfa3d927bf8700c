"""A digest over all chains of events, which is kept outside the database too."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from atendimento_tui.domain.trail import FORM, hashed_bytes


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """A digest as it is kept outside the database."""

    number: int
    day: str
    events: int
    hash: str

    def line(self) -> str:
        """The digest as a line of text."""
        return f"resumo {self.number} {self.day} {self.events} {self.hash}"


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest over the chains of all streams. Each includes the one before it.

    Attributes:
        number: From 1.
        day: The local day, as ISO date. There is at most one digest a day.
        made_at: When it was made (`instant`).
        last_event: Id of the last event of a ticket that it covers; 0 for none.
        last_trail_event: Id of the last event of another stream that it covers; 0 for none.
        events: Number of all events that it and those before it cover.
        hash: SHA-256 in hexadecimal digits.
    """

    number: int
    day: str
    made_at: str
    last_event: int
    last_trail_event: int
    events: int
    hash: str

    @property
    def ends(self) -> tuple[int, int]:
        """The ids of the last events that it covers."""
        return self.last_event, self.last_trail_event

    @property
    def kept(self) -> KeptDigest:
        """The digest, to be kept outside."""
        return KeptDigest(self.number, self.day, self.events, self.hash)


Head: TypeAlias = tuple[str, str, int, str]
"""Area and key of a stream, number and hash of an event of it."""


def next_digest(former: Digest | None, day: str, made_at: str, ends: tuple[int, int], heads: Iterable[Head]) -> Digest:
    """The digest after another one.

    What is hashed are lines, each a JSON array in ASCII without spaces and a line feed: the version and the hash of the
    digest before it; each event since then; number, day, instant, both ids and the number of events of this digest.

    Args:
        former: The digest before it; None for the first one.
        ends: Ids of the last event of a ticket, and of the last one of another stream.
        heads: The events after those of `former`, in the order of recording: those of tickets, then the others.
    """
    total = hashlib.sha256(hashed_bytes((FORM, former.hash if former else "")) + b"\n")
    number, events = (former.number + 1, former.events) if former else (1, 0)
    for head in heads:
        total.update(hashed_bytes(head) + b"\n")
        events += 1
    own = (number, day, made_at, *ends, events)
    total.update(hashed_bytes(own) + b"\n")
    return Digest(*own, total.hexdigest())


_KEPT = re.compile(r"\bresumo ([0-9]+) ([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]+) ([0-9a-f]{64})\b")


def kept_digests(text: str) -> list[KeptDigest]:
    """The digests in a text that has lines of `KeptDigest.line`, whatever else it has."""
    return [
        KeptDigest(int(number), day, int(events), value) for number, day, events, value in _KEPT.findall(text.lower())
    ]
