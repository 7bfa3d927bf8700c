"""One act on one ticket: the transaction, who acts, when, and all that the rules need to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries.beneficiaries import beneficiary
from atendimento_tui.data.queries.people import requester_name
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.domain.ticket import Event, Ticket
from atendimento_tui.domain.workflow import ProcessContext
from atendimento_tui.services.desk import Desk


@dataclass(slots=True)
class UnitOfWork:
    """An act on one ticket, in the transaction that decides and writes it.

    Attributes:
        before: The ticket as the transaction found it; nobody else changes it meanwhile.
        context: That of the ticket's process; None for an imported history.
        at: When the act happens, in UTC: never before the ticket's last event.
        recorded_at: When it is written.
        actor: Id of the person; None for the desk itself.
        request: The act's own id.
        names: Those of the requester and of the beneficiary, once they are known; empty for nobody.
        ticket: As the act leaves it. While numbers are taken, as it stood before.
        event: What is written, once it is decided. Numbers stand in it once they are taken.
    """

    connection: Connection
    desk: Desk
    ticket_id: int
    before: Ticket
    context: ProcessContext | None
    at: datetime
    recorded_at: datetime
    actor: int | None
    request: str
    names: Sequence[str] | None = None
    ticket: Ticket = field(init=False)
    event: Event = field(init=False)

    def __post_init__(self) -> None:
        self.ticket = self.before

    @property
    def in_process(self) -> ProcessContext:
        """The context, for effects, which only a process has."""
        assert self.context, "only a process asks for this"
        return self.context

    @property
    def recording(self) -> Recording:
        """What is noted with the act's event."""
        return Recording(self.connection, self.desk.calendars(self.connection), self.recorded_at, self.request)

    def people(self) -> Sequence[str]:
        """The names of the requester and of the beneficiary, read at most once an act."""
        if self.names is None:
            about = beneficiary(self.connection, self.ticket.beneficiary)
            self.names = [requester_name(self.connection, self.ticket.requester), about.name if about else ""]
        return self.names


def begin_work(connection: Connection, desk: Desk, order: Order) -> UnitOfWork | None:
    """The ticket of an order with its context, locked until the transaction ends; None where there is no such ticket.

    Two machines' clocks may differ: a ticket's history never goes back in time.
    """
    ticket = tickets.load(connection, order.ticket, to_change=True)
    if ticket is None:
        return None
    now = order.now.astimezone(UTC)
    at = max(now, ticket.changed_at or now)
    context = desk.context(ticket, connection)
    return UnitOfWork(connection, desk, order.ticket, ticket, context, at, order.now, order.actor, order.request)


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The result of an effect.

    Attributes:
        fields: Values of the ticket's fields for the event; only of effects that are fulfilled before it is written.
        texts: Its texts, for search.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
