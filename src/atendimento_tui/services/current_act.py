"""The act that is being written, as the services of effects get it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from atendimento_tui.data import tables
from atendimento_tui.data.engine import row_of
from atendimento_tui.domain.ticket import Event, Ticket
from atendimento_tui.domain.workflow import ProcessContext


@dataclass(slots=True)
class CurrentAct:
    """An act on one ticket, in the transaction that writes it.

    Attributes:
        ticket: The ticket after the act; while numbers are taken, before it.
        event: The event. It has its numbers once they are taken.
        context: Context of the ticket's process; None for an imported history.
        names: Names of requester and beneficiary once they are read; empty if there is none.
    """

    ticket_id: int
    ticket: Ticket
    event: Event
    context: ProcessContext | None
    names: Sequence[str] | None = None

    @property
    def in_process(self) -> ProcessContext:
        """The context, for effects, which only a process has."""
        assert self.context, "only a process asks for this"
        return self.context

    def people(self, connection: Connection) -> Sequence[str]:
        """The names of requester and beneficiary, read at most once an act."""
        if self.names is None:
            rows = (
                row_of(connection, tables.Requester, id=self.ticket.requester) if self.ticket.requester else None,
                row_of(connection, tables.Beneficiary, id=self.ticket.beneficiary) if self.ticket.beneficiary else None,
            )
            self.names = [row.name if row else "" for row in rows]
        return self.names


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The result of an effect.

    Attributes:
        fields: Values of the ticket's fields for the event; only of effects that are fulfilled before it is written.
        texts: Its texts, for search.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
