"""Opening a ticket: its protocol number, its first event and its clocks, in one transaction."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from atendimento_tui.contracts.tickets import ActDone
from atendimento_tui.data import store, tables
from atendimento_tui.data.engine import advisory_lock, insert_one, row_of, writing
from atendimento_tui.domain import acts
from atendimento_tui.domain.protocol import protocol_number, series_of
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.text import written
from atendimento_tui.domain.ticket import ClockChange, Ticket, Value
from atendimento_tui.domain.words import Severity
from atendimento_tui.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a matter when it comes to the desk.

    Attributes:
        clocks: The clocks that start with it.
        request: The act's own id (`uuid4().hex`).
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


def open_ticket(desk: Desk, opening: Opening) -> ActDone:
    """Write a new ticket. The same request again is the same ticket.

    Raises:
        Refused: There is no such group.
    """
    # What is read only once is read before: whoever takes a number keeps the next one waiting.
    group = _group(desk, opening.group)
    service = desk.bare_service(written(opening.service))
    with writing(desk.engine) as connection:
        if done := store.find_by_request(connection, opening.request):
            return done
        values = _values(connection, desk, opening, service) | group
        event = acts.opened(values, opening.clocks, opening.now.astimezone(UTC), opening.actor)
        ticket = Ticket().evolve(event)
        ticket_id = store.create(
            connection,
            [(event, ticket)],
            desk.calendars(connection),
            recorded_at=opening.now,
            request_id=opening.request,
            service=written(f"{opening.service} {opening.step}"),
            names=[written(opening.requester)],
        )
    return ActDone(ticket_id, ticket.protocol, ticket.version)


def next_protocol(connection: Connection, desk: Desk, at: datetime) -> str:
    """The next protocol number of the local day; without gaps, since it falls with the transaction."""
    day = at.astimezone(ZoneInfo(desk.unit.tz)).date()
    return protocol_number(desk.unit.ans_registration, day, store.next_in_series(connection, series_of(day)))


def process_named(connection: Connection, name: str) -> int:
    """The service of that name without a process (an imported history's), made now where there is none."""
    known = row_of(connection, tables.Process, name=name, content_hash=None)
    if known is None:
        advisory_lock(connection, "catalogo")  # one alone makes it
        known = row_of(connection, tables.Process, name=name, content_hash=None)
    return known.id if known else insert_one(connection, tables.Process, key=name, name=name)


def _values(connection: Connection, desk: Desk, opening: Opening, service: int | None) -> dict[str, Value]:
    values: dict[str, Value] = {
        "process": service or process_named(connection, written(opening.service)),
        "subject": written(opening.subject),
        "severity": opening.severity,
        "step": written(opening.step),
        "step_name": written(opening.step),
        "owner": opening.owner,
    }
    if opening.requester:
        values["requester"] = insert_one(connection, tables.Requester, name=written(opening.requester))
    return values | {"protocol": next_protocol(connection, desk, opening.now)}


def _group(desk: Desk, name: str | None) -> dict[str, Value]:
    if not name:
        return {}
    group = desk.group(written(name))
    if group is None:
        raise Refused("grupo_desconhecido", name=written(name))
    return {"group": group}
