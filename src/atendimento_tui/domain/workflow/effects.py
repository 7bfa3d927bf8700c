"""What an act does: its event, and what it does beyond it."""

from dataclasses import dataclass
from datetime import datetime

from atendimento_tui.domain.ticket import Event


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do that is not a step."""

    text: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act does, to be written in one transaction.

    Attributes:
        messages: Keys of the process's messages to write.
        alerts: Who is alerted.
    """

    event: Event
    messages: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    alerts: tuple[str, ...] = ()
