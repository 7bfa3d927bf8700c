"""Where a ticket's process runs, and what its conditions look at."""

from collections.abc import Callable
from dataclasses import dataclass

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.words import SEVERITY


def _no_number(series: str) -> str:
    raise LookupError(f"no numbers are issued here: {series}")


@dataclass(frozen=True, slots=True)
class ProcessContext:
    """Where a ticket's process runs.

    Attributes:
        calendar: The calendar of a version's number.
        version_of: The version of a calendar's name; `expediente` and `legal` are the desk's own.
        group_of: The id of a group's name; None where there is no such group.
        next_number: The next number of a series; asked only for what is really done.
    """

    process: Process
    calendar: Callable[[int], BusinessCalendar]
    version_of: Callable[[str], int]
    group_of: Callable[[str], int | None]
    next_number: Callable[[str], str] = _no_number


def values_of(ticket: Ticket) -> dict[str, str]:
    """What conditions and targets look at: the fields, and the severity under `criticidade`."""
    return {**ticket.fields, SEVERITY: ticket.severity}
