"""Tickets without a process, written like an imported history, for tests of what all tickets have in common.

The product opens and solves tickets through their processes only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import writing
from atendimento_tui.data.queries.people import group_named
from atendimento_tui.data.repositories import tickets
from atendimento_tui.data.repositories.people import insert_requester
from atendimento_tui.data.repositories.processes import imported_service
from atendimento_tui.data.repositories.tickets import Recording
from atendimento_tui.domain import acts
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written
from atendimento_tui.domain.tickets import ClockChange, Event, Ticket, Value
from atendimento_tui.domain.words import ClockKind, Severity, State
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services import effects
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.numbering import next_protocol
from atendimento_tui.services.unit_of_work import begin_work


@dataclass(frozen=True, slots=True)
class NewTicket:
    """The data of a new ticket.

    Attributes:
        clocks: The clocks that start with it.
        request: The id of the request.
    """

    service: str
    subject: str
    severity: Severity
    request: str
    now: datetime
    actor: int | None = None
    requester: str = ""
    step: str = ""
    group: str | None = None
    owner: int | None = None
    clocks: tuple[ClockChange, ...] = ()


def opened(values: Mapping[str, Value], clocks: tuple[ClockChange, ...], at: datetime, actor: int | None) -> Event:
    """The first event of a ticket, with its values and the clocks of its first cycle."""
    return Event("aberto", at, actor, changes=Ticket().change(**values), clocks=clocks)


def solved(ticket: Ticket, actor: int | None, at: datetime, text: str, validation: ClockChange | None = None) -> Event:
    """The event of a solution. With a validation clock the ticket waits for the client, else it is closed."""
    acts.must_be_open(ticket)
    if ticket.state == State.VALIDATION:
        raise Refused("em_validacao", protocol=ticket.protocol)
    if validation is None:
        ends = ticket.change(state=State.DONE)
        return Event("solucionado", at, actor, text, changes=ends, clocks=(ClockChange("stop"),))
    answered = (ClockKind.FIRST_ANSWER, ClockKind.SOLUTION)
    stops = (ClockChange("stop", kind) for kind in answered)
    resting = (kind for kind in acts.kinds_of_ours(ticket) if kind not in answered)
    rests = (ClockChange("pause", kind, "validação do cliente") for kind in resting)
    waits = ticket.change(state=State.VALIDATION)
    return Event("solucionado", at, actor, text, changes=waits, clocks=(*stops, *rests, validation))


def open_bare(desk: Desk, matter: NewTicket) -> ActDone:
    """Write a new ticket."""
    with writing(desk.engine) as connection:
        requester = written(matter.requester)
        values: dict[str, Value] = {
            "process": imported_service(connection, written(matter.service)),
            "subject": written(matter.subject),
            "severity": matter.severity,
            "step": written(matter.step),
            "step_name": written(matter.step),
            "owner": matter.owner,
            "group": group_named(connection, matter.group) if matter.group else None,
            "requester": insert_requester(connection, requester) if matter.requester else None,
            "protocol": next_protocol(connection, desk, matter.now),
        }
        event = opened(values, matter.clocks, matter.now.astimezone(UTC), matter.actor)
        ticket = Ticket().evolve(event)
        ticket_id = tickets.create(
            Recording(connection, desk.calendars(connection), matter.now, matter.request),
            [(event, ticket)],
            service=written(f"{matter.service} {matter.step}"),
            names=[requester],
        )
    return ActDone(ticket_id, ticket.protocol, ticket.version)


def solve_bare(desk: Desk, order: Order, text: str, validation: ClockChange | None = None) -> ActDone:
    """Write the solution of a ticket."""
    with writing(desk.engine) as connection:
        work = begin_work(connection, desk, order, Permission.ACT)
        assert work
        event = solved(work.before, order.actor, work.at, written(text, multiline=True), validation)
        after = effects.write(work, Outcome(event))
    return ActDone(order.ticket, after.protocol, after.version)
