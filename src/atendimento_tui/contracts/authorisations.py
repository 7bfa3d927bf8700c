"""Guias, for somebody who asks for their state."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atendimento_tui.contracts.queue import QueueRow


@dataclass(frozen=True, slots=True)
class Guia:
    """A request and its guia.

    Attributes:
        number: The number of the guia; empty while there is none.
        state: Its state in the words of TISS.
        code: The code of the state, 1 to 7; None for another word.
        valid_until: ISO date of the last day of its password; empty if unknown.
    """

    row: "QueueRow"
    beneficiary: str
    number: str
    state: str
    code: int | None
    password: str
    valid_until: str
