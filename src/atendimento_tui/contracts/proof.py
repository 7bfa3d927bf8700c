"""The result of proving a desk's events."""

from collections.abc import Mapping
from dataclasses import dataclass

from atendimento_tui.domain.digests import Digest


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was recorded.

    Attributes:
        area, key: The stream: for a ticket `atendimento` and its protocol number; empty if it is of no stream.
        code: What is wrong; `texts.trail` has its sentence.
        values: The values of the sentence.
    """

    area: str
    key: str
    code: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Proof:
    """The result.

    Attributes:
        tickets, events, streams: How many were checked; streams without tickets.
        digests: Number of digests.
        newest: The newest digest.
        since: Number of events that no digest covers yet.
        compared: Number of digests that were kept outside and are those of the desk.
        faults: The first faults, in the order in which they were found.
        faults_count: Number of all faults.
    """

    tickets: int
    events: int
    streams: int
    digests: int
    newest: Digest | None
    since: int
    compared: int
    faults: tuple[Fault, ...]
    faults_count: int
