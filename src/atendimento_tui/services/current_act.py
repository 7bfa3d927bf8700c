"""The act that is being written: what the service of each effect is given of it."""

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
        ticket: As the act leaves it; while numbers are taken, as it stood before.
        event: What is written. Numbers stand in it once they are taken.
        context: That of the ticket's process; None for an imported history.
        names: Those of the requester and of the beneficiary, once they are known; empty for nobody.
    """

    ticket_id: int
    ticket: Ticket
    event: Event
    context: ProcessContext | None
    names: Sequence[str] | None = None

    @property
    def in_process(self) -> ProcessContext:
        """The context, for what only a process asks for."""
        assert self.context, "only a process asks for this"
        return self.context

    def people(self, connection: Connection) -> Sequence[str]:
        """The names of the requester and of the beneficiary, read at most once an act."""
        if self.names is None:
            rows = (
                row_of(connection, tables.Requester, id=self.ticket.requester) if self.ticket.requester else None,
                row_of(connection, tables.Beneficiary, id=self.ticket.beneficiary) if self.ticket.beneficiary else None,
            )
            self.names = [row.name if row else "" for row in rows]
        return self.names


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """What an effect gave.

    Attributes:
        fields: Values for the ticket's fields, which the event bears: only of what is fulfilled before it is written.
        texts: What was said by it: the filter finds the ticket by these words.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
