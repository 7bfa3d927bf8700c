"""One act on one ticket: the transaction, the actor, the instant, and the facts that the rules need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries.beneficiaries import beneficiary
from atendimento_tui.data.queries.calendars import told_dates
from atendimento_tui.data.queries.people import requester_name
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.domain import calendar_moves
from atendimento_tui.domain.access import Actor, Permission, is_for, require, require_on_ticket
from atendimento_tui.domain.clocks import Term
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket
from atendimento_tui.domain.workflow import ProcessContext
from atendimento_tui.services.desk import Desk


@dataclass(slots=True)
class UnitOfWork:
    """An act on one ticket, in the transaction that decides and writes it.

    Attributes:
        before: The ticket before the act. It is locked until the transaction ends.
        context: The context of the ticket's process; None for an imported history.
        at: When the act happens, in UTC; never before the ticket's last event.
        recorded_at: When it is written.
        actor: Id of the person; None for the desk itself.
        role: The role of the person, as it is now.
        request: The id of the act.
        secret_group: The group for whose members alone the ticket exists, if it is secret.
        was_moved: Whether its clocks were moved to newer versions of their calendars just before.
        names: The names of the requester and the beneficiary, once they were read; an empty name if there is none.
        ticket: The ticket after the act; while numbers are taken, the ticket before it.
        told: The due dates that the act tells to somebody outside the desk, and how.
        event: The event, once it is decided. It has its numbers once they are taken.
    """

    connection: Connection
    desk: Desk
    ticket_id: int
    before: Ticket
    context: ProcessContext | None
    at: datetime
    recorded_at: datetime
    actor: int | None
    role: str
    request: str
    secret_group: int | None = None
    was_moved: bool = False
    names: Sequence[str] | None = None
    told: list[tuple[Term, str]] = field(default_factory=list)
    ticket: Ticket = field(init=False)
    event: Event = field(init=False)

    def __post_init__(self) -> None:
        self.ticket = self.before

    @property
    def day(self) -> date:
        """The local day of the act."""
        return self.at.astimezone(self.desk.zone).date()

    @property
    def asked_on(self) -> date:
        """The local day of the request."""
        return (self.before.opened_at or self.at).astimezone(self.desk.zone).date()

    @property
    def in_process(self) -> ProcessContext:
        """The context, for effects, which only a process has."""
        assert self.context, "only a process asks for this"
        return self.context

    @property
    def recording(self) -> Recording:
        """The values that are stored with the act's event."""
        return Recording(self.connection, self.desk.calendars(self.connection), self.recorded_at, self.request)

    def next(self) -> "UnitOfWork":
        """Another act on the ticket as it is after this one, in the same transaction."""
        context = self.desk.context(self.ticket, self.connection)
        return replace(self, before=self.ticket, context=context, was_moved=False, told=[])

    def people(self) -> Sequence[str]:
        """The names of the requester and the beneficiary. They are read at most once in an act."""
        if self.names is None:
            about = beneficiary(self.connection, self.ticket.beneficiary)
            self.names = [requester_name(self.connection, self.ticket.requester), about.name if about else ""]
        return self.names


def begin_work(connection: Connection, desk: Desk, order: Order, permission: Permission) -> UnitOfWork | None:
    """Lock the ticket of an order until the transaction ends, and read its context; None if there is no such ticket.

    A secret ticket of a group that is not the actor's does not exist for the actor.

    The clocks of machines differ, so the act's instant is at least that of the ticket's last event.

    Args:
        permission: What the act needs. The person's role and groups are those that the database has now.

    Raises:
        Refused: The actor may not do this on the ticket, or the desk is open for somebody else.
    """
    taken = tickets.take(connection, order.ticket, order.actor)
    if taken is None:
        return None
    ticket, actor = taken.ticket, actor_now(desk, order.actor, taken.actor)
    if not is_for(actor, taken.secret_group):
        return None
    if taken.secret_group is None:
        require_on_ticket(actor, permission, protocol=ticket.protocol, group=ticket.group, owner=ticket.owner)
    else:  # every member works on every secret ticket of the group
        require(actor, permission)
    now = order.now.astimezone(UTC)
    at = max(now, ticket.changed_at or now)
    desk.learn_calendars(taken.newest_calendar, connection)
    before, ticket = ticket, _with_newest_calendars(connection, desk, order, ticket, at)
    context = desk.context(ticket, connection)
    return UnitOfWork(
        connection=connection,
        desk=desk,
        ticket_id=order.ticket,
        before=ticket,
        context=context,
        at=at,
        recorded_at=order.now,
        actor=order.actor,
        role=actor.role,
        request=order.request,
        secret_group=taken.secret_group,
        was_moved=ticket is not before,
    )


def _with_newest_calendars(connection: Connection, desk: Desk, order: Order, ticket: Ticket, at: datetime) -> Ticket:
    """The ticket whose running clocks count on the newest versions of their calendars; an event records a move."""
    if not any(clock.calendar in desk.superseded for clock in ticket.live_clocks):
        return ticket
    calendars = desk.calendars(connection)
    told = [(each.cycle, each.kind, each.calendar) for each in told_dates(connection, order.ticket)]
    found = calendar_moves.moves(ticket, desk.superseded, calendars, told)
    event = calendar_moves.event_of(found, at)
    after = ticket.evolve(event)
    tickets.append(Recording(connection, calendars, order.now), order.ticket, event, ticket, after)
    return after


def actor_now(desk: Desk, person: int | None, stored: Actor) -> Actor:
    """Who acts: the person as stored now. Without a person it is who the desk is open for: itself, or a script.

    Raises:
        Refused: The desk is open for somebody else. The desk itself acts for everybody.
    """
    if not desk.actor.is_system and desk.actor.person != person:
        raise Refused("outra_pessoa")
    return desk.actor if person is None else stored


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """The result of an effect.

    Attributes:
        fields: Values of the ticket's fields for the event; only of effects that are fulfilled before it is written.
        texts: Its texts, for search.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
