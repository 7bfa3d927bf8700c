"""The documents of all tickets."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select, true

from atendimento_tui.contracts.documents import WaitingDocument, WaitingTicket
from atendimento_tui.data import tables
from atendimento_tui.data.engine import plain
from atendimento_tui.data.visible import restricted
from atendimento_tui.domain.documents import AWAITED, RECEIVED, REFUSED

_D, _T = tables.TicketDocument, tables.Ticket


def waiting_tickets(connection: Connection, at_most: int) -> list[WaitingTicket]:
    """The open tickets with documents that are missing or were not decided, the longest waiting first.

    Args:
        at_most: Maximum number of tickets.
    """
    own, ticket = plain(_D), plain(_T)
    waits = (own.c.is_needed == true(), own.c.state.in_((AWAITED, REFUSED, RECEIVED)), ticket.c.is_open == true())
    oldest = select(own.c.ticket_id, func.min(own.c.since).label("first"))
    oldest = oldest.join(ticket, ticket.c.id == own.c.ticket_id).where(*waits, ticket.c.step != "")
    # Those that wait for somebody outside come first: what only waits to be checked is in hand.
    longest = restricted(connection, oldest).group_by(own.c.ticket_id).order_by("first", own.c.ticket_id)
    numbers = [row.ticket_id for row in connection.execute(longest.limit(at_most))]
    if not numbers:
        return []
    return sorted(_tickets(connection, numbers, waits), key=lambda each: (not each.missing, each.since, each.ticket))


def _tickets(connection: Connection, numbers: Sequence[int], waits: Sequence[Any]) -> list[WaitingTicket]:
    own, ticket, service = plain(_D), plain(_T), plain(tables.Process)
    requester, person = plain(tables.Requester), plain(tables.Beneficiary)
    rows = (
        select(own, ticket.c.protocol, ticket.c.step_name, service.c.name.label("service"))
        .add_columns(func.coalesce(person.c.name, requester.c.name, "").label("person"))
        .join_from(own, ticket, ticket.c.id == own.c.ticket_id)
        .join(service, service.c.id == ticket.c.process_id)
        .outerjoin(requester, requester.c.id == ticket.c.requester_id)
        .outerjoin(person, person.c.id == ticket.c.beneficiary_id)
        .where(own.c.ticket_id.in_(numbers), *waits)
        .order_by(own.c.ticket_id, own.c.id)
    )
    found = connection.execute(restricted(connection, rows))
    return [_ticket(list(group)) for _, group in groupby(found, key=lambda row: row.ticket_id)]


def _ticket(rows: Sequence[Any]) -> WaitingTicket:
    first = rows[0]
    documents = [_document(row) for row in rows]
    missing = tuple(each for each in documents if each.state != RECEIVED)
    to_check = tuple(each for each in documents if each.state == RECEIVED)
    since = min(each.since for each in missing or to_check)
    return WaitingTicket(
        first.ticket_id, first.protocol, first.service, first.person, first.step_name, missing, to_check, since
    )


def _document(row: Any) -> WaitingDocument:
    due = date.fromisoformat(row.due_on) if row.due_on else None
    return WaitingDocument(row.name, row.state, row.since, row.asked_again, due)
