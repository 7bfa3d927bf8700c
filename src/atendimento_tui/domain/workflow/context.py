"""The facts that the rules of a process need, as plain values. A service resolves them before it calls a rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.words import SEVERITY


@dataclass(frozen=True, slots=True)
class ProcessContext:
    """The process of a ticket, and what its words stand for on this desk.

    Attributes:
        calendars: Number of a calendar's version -> the calendar: of each version in `versions`, and of those that the
            ticket's clocks count on.
        versions: Name of a calendar -> its newest version, for each one that the process names; `expediente` and
            `legal` are the desk's own.
        groups: Name of a group -> its id, for each one that the process names and the desk has.
    """

    process: Process
    calendars: Mapping[int, BusinessCalendar]
    versions: Mapping[str, int]
    groups: Mapping[str, int]

    def calendar_named(self, name: str) -> BusinessCalendar:
        """The newest version of the calendar of that name.

        Raises:
            LookupError: The desk has none.
        """
        return self.calendars[self.versions[name]]

    @property
    def hours(self) -> BusinessCalendar:
        """When the desk is open."""
        return self.calendar_named("expediente")


def values_of(ticket: Ticket) -> dict[str, str]:
    """What conditions and targets look at: the fields, and the severity under `criticidade`."""
    return {**ticket.fields, SEVERITY: ticket.severity}
