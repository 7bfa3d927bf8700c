"""The documents of one ticket, and all tickets that wait for documents."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from atendimento_tui.contracts.attachments import AttachmentRow
from atendimento_tui.contracts.documents import DocumentView, WaitingTicket
from atendimento_tui.data.engine import Connection, reading
from atendimento_tui.data.queries.attachments import attachments_of
from atendimento_tui.data.queries.documents import waiting_tickets
from atendimento_tui.data.queries.people import person_names
from atendimento_tui.data.queries.remittances import items_of_ticket
from atendimento_tui.domain import workflow
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.documents import HERE
from atendimento_tui.domain.process.schema import FieldRule, Process
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.remittances import PENDING
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.desk import Desk

MOST_LISTED = 1_000
"""Tickets of the list; the longest waiting ones."""


@needs(Permission.READ)
def waiting(desk: Desk) -> list[WaitingTicket]:
    """The open tickets that wait for documents, or for somebody to check them; missing documents come first."""
    with reading(desk.engine) as connection:
        return waiting_tickets(connection, MOST_LISTED)


def correction_day(typed: str) -> date | None:
    """The last day for a correction, as people write it; None for an empty text.

    Raises:
        Refused: It is no day.
    """
    rule = FieldRule.model_validate({"chave": "ate", "rotulo": "Corrigir até", "tipo": "data"})
    day = read_value(rule, typed) if typed.strip() else ""
    return date.fromisoformat(day) if day else None


def documents_of(
    connection: Connection, ticket_id: int, process: Process | None, ticket: Ticket, *, has_files: bool
) -> tuple[tuple[DocumentView, ...], tuple[AttachmentRow, ...]]:
    """The documents of a ticket, with names of people and attachments, and all its attachments.

    Args:
        has_files: Whether it has attachments, as its history says. If not, a query is saved.
    """
    files = attachments_of(connection, ticket_id) if has_files else ()
    states = workflow.states_of(process, ticket) if process and ticket.step else []
    names = person_names(connection) if states else {}
    by_event = {row.seq: row for row in files}
    may_travel = any(state.state in HERE for _, state, _ in states)  # if not, a query is saved
    items = items_of_ticket(connection, ticket_id) if may_travel else ()
    pending = {each.document: each for each in items if each.state in PENDING}
    views = (_view(each, names, by_event) for each in states)
    return tuple(replace(view, remittance=pending.get(view.key)) for view in views), files


def _view(
    each: workflow.DocumentOfTicket, names: Mapping[int, str], files: Mapping[int, AttachmentRow]
) -> DocumentView:
    rule, state, is_needed = each
    file = files.get(state.attachment) if state.attachment is not None else None
    return DocumentView(
        key=rule.key,
        name=rule.name,
        why=rule.why,
        state=state.state,
        ways=rule.ways,
        keeps=rule.keeps,
        way=state.way,
        attachment=(file.number, file.name, file.id) if file else None,
        reason=state.reason,
        said_by=state.said_by,
        asked_again=state.asked_again,
        due_on=state.due_on,
        arrived_at=_instant(state.arrived_at),
        arrived_by=names.get(state.arrived_by or 0, ""),
        decided_at=_instant(state.decided_at),
        decided_by=names.get(state.decided_by or 0, ""),
        is_needed=is_needed,
    )


def _instant(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
