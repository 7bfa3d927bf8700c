"""Writes the rows of documents, which are computed from the ticket."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, true

from atendimento_tui.data import tables
from atendimento_tui.data.engine import insert_many, plain, rows_of
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.process.stored import read_stored
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow import states_of

_COLUMNS = (
    *("key", "name", "is_needed", "state", "way", "attachment_seq", "asked_again", "due_on", "since"),
    *("arrived_at", "arrived_by", "decided_at", "decided_by"),
)


def rewrite_documents(connection: Connection, ticket_id: int, process: Process, ticket: Ticket) -> None:
    """Make the rows of a ticket those that it gives."""
    wanted, stored = _wanted(process, ticket), _stored(connection, ticket_id)
    if wanted == stored:
        return
    own = plain(tables.TicketDocument)
    if old := [key for key, row in stored.items() if wanted.get(key) != row]:
        connection.execute(delete(own).where(own.c.ticket_id == ticket_id, own.c.key.in_(old)))
    new = [row for key, row in wanted.items() if stored.get(key) != row]
    insert_many(connection, tables.TicketDocument, [{"ticket_id": ticket_id, **row} for row in new])


def compute_documents(connection: Connection) -> None:
    """Compute the rows of all open tickets anew, after a migration."""
    for ticket_id, _, process, ticket in _open_tickets(connection):
        rewrite_documents(connection, ticket_id, process, ticket)


def differing(connection: Connection) -> Iterator[str]:
    """The protocols of open tickets whose rows are not those that they give."""
    for ticket_id, protocol, process, ticket in _open_tickets(connection):
        if _wanted(process, ticket) != _stored(connection, ticket_id):
            yield protocol


def _open_tickets(connection: Connection) -> Iterator[tuple[int, str, Process, Ticket]]:
    """The open tickets of services with documents."""
    service, ticket = plain(tables.Process), plain(tables.Ticket)
    with_documents = service.c.content.like("%[[documentos]]%")
    for row in connection.execute(select(service).where(with_documents).order_by(service.c.id)).all():
        process = read_stored(row.content, row.format)
        own = select(ticket.c.id, ticket.c.protocol).where(
            ticket.c.process_id == row.id, ticket.c.is_open == true(), ticket.c.step != ""
        )
        for found in connection.execute(own.order_by(ticket.c.id)).all():
            loaded = tickets.load(connection, found.id)
            assert loaded, "no ticket is ever deleted"
            yield found.id, found.protocol, process, loaded


def _wanted(process: Process, ticket: Ticket) -> dict[str, dict[str, Any]]:
    """Key -> the row of each document."""
    if not ticket.step:
        return {}
    found = {}
    for rule, state, is_needed in states_of(process, ticket):
        values = (
            *(rule.key, rule.name, is_needed, state.state, state.way, state.attachment, state.asked_again, state.due),
            state.since or ticket.opened_at,
            *(_instant(state.arrived_at), state.arrived_by, _instant(state.decided_at), state.decided_by),
        )
        found[rule.key] = dict(zip(_COLUMNS, values, strict=True))
    return found


def _stored(connection: Connection, ticket_id: int) -> dict[str, dict[str, Any]]:
    rows = rows_of(connection, tables.TicketDocument, ticket_id=ticket_id)
    return {row.key: {column: getattr(row, column) for column in _COLUMNS} for row in rows}


def _instant(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
