"""Events of streams that are not tickets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from atendimento_tui.domain.trail import Value


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """An event of a stream.

    Attributes:
        number: Its number in the stream, from 1.
        actor: The person's id; None for the desk itself.
        changes: Field -> (before, after). A text that was erased is empty.
    """

    number: int
    kind: str
    at: datetime
    actor: int | None
    changes: Mapping[str, tuple[Value, Value]]
