"""The facts that the rules of a process need, as plain values. A service resolves them before it calls a rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import SEVERITY


@dataclass(frozen=True, slots=True)
class ProcessContext:
    """The process of a ticket, and the calendars and groups of this desk that the process names.

    Attributes:
        calendars: Id of a calendar version -> the calendar: for each version in `versions`, and for those of the
            ticket's clocks.
        versions: Name of a calendar -> id of its newest version, for each calendar that the process names. `expediente`
            and `legal` are the desk's own.
        groups: Name of a group -> its id, for each group that the process names and the desk has.
    """

    process: Process
    calendars: Mapping[int, BusinessCalendar]
    versions: Mapping[str, int]
    groups: Mapping[str, int]

    def calendar_named(self, name: str) -> BusinessCalendar:
        """The newest version of the calendar of this name.

        Raises:
            LookupError: The desk has no such calendar.
        """
        return self.calendars[self.versions[name]]

    @property
    def hours(self) -> BusinessCalendar:
        """When the desk is open."""
        return self.calendar_named("expediente")


def values_of(ticket: Ticket) -> dict[str, str]:
    """The values that conditions and targets use: the fields, and the severity under `criticidade`."""
    return {**ticket.fields, SEVERITY: ticket.severity}
