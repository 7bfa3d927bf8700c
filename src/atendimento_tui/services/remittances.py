"""Remittances: what an act puts into the batch of a department, closing a batch, its list, what the department says."""

from dataclasses import replace
from datetime import datetime

from atendimento_tui import outputs
from atendimento_tui.contracts.papers import Way
from atendimento_tui.contracts.remittances import ItemRow, RemittanceRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import advisory_lock, reading, writing
from atendimento_tui.data.queries import remittances as queries
from atendimento_tui.data.queries.people import group_named, members_of
from atendimento_tui.data.repositories import remittances as rows
from atendimento_tui.data.repositories.numbering import next_in_series
from atendimento_tui.data.repositories.trail import record
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.documents import ACCEPTED, REFUSED, DocumentState, said
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.remittances import ON_THE_WAY, series, verdict_of
from atendimento_tui.domain.text import folded, written
from atendimento_tui.domain.trail import Changes, remittance_stream
from atendimento_tui.domain.workflow import Recorded
from atendimento_tui.services import acts
from atendimento_tui.services.access_control import needs, require_now
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.visible import visible_ticket
from atendimento_tui.texts import remittances as texts

_NOTHING_TO_RECORD = frozenset(("encerrado", "documento_igual"))
"""Refusals of a document's state that leave its paper on the way: the ticket has ended; it was accepted before."""


@needs(Permission.READ)
def listed(desk: Desk, *, every: bool = False) -> tuple[tuple[RemittanceRow, ...], tuple[ItemRow, ...]]:
    """The remittances that are open or have documents on the way, and all their items.

    Args:
        every: Also those that are over.
    """
    with reading(desk.engine) as connection:
        found = queries.remittances(connection, every=every)
        return found, queries.items_of(connection, [each.id for each in found])


@needs(Permission.REMIT)
def close(desk: Desk, group: str, now: datetime) -> RemittanceRow:
    """Close the open batch of a department: it gets the next number of the department and year.

    Raises:
        Refused: There is no such group, or it has no open batch with a document.
    """
    with writing(desk.engine) as connection:
        actor = require_now(connection, desk, Permission.REMIT)
        number_of_group = group_named(connection, group)
        if number_of_group is None:
            raise Refused("grupo_desconhecido_remessa", group=group)
        advisory_lock(connection, lock_of(number_of_group))
        batch = queries.open_batch(connection, number_of_group)
        before = queries.remittance(connection, batch) if batch is not None else None
        if batch is None or before is None:
            raise Refused("remessa_vazia", group=group)
        year = now.astimezone(desk.zone).year
        number = next_in_series(connection, series(number_of_group, year))
        rows.close_batch(connection, batch, year, number, now, actor.person)
        changes: Changes = {"numero": (None, f"{number}/{year}"), "itens": (None, before.items)}
        record(connection, remittance_stream(batch), "fechada", actor=actor.person, at=now, changes=changes)
        closed = queries.remittance(connection, batch)
        assert closed, "it was there before"
        return closed


def lock_of(group: int) -> str:
    """The advisory lock of a department's open batch."""
    return f"remessa {group}"


@needs(Permission.READ)
def with_number(desk: Desk, group: str, year: int, number: int) -> RemittanceRow:
    """The remittance of a department with this number.

    Raises:
        Refused: There is none.
    """
    with reading(desk.engine) as connection:
        for each in queries.numbered(connection, year, number):
            if folded(each.group) == folded(group):
                return each
    raise Refused("remessa_desconhecida", group=group, number=f"{number}/{year}")


@needs(Permission.READ)
def deliver_list(desk: Desk, remittance: int, way: Way, now: datetime) -> str:
    """Print the list of a remittance with the lines to sign on, or save it as PDF.

    Returns:
        What the person reads.

    Raises:
        Refused: There is no such remittance; the printer did not take it.
        OSError: The file cannot be written.
    """
    with reading(desk.engine) as connection:
        row = queries.remittance(connection, remittance)
        items = queries.items_of(connection, [remittance])
    if row is None:
        raise Refused("remessa_desconhecida", group="", number=remittance)
    sheet = outputs.remittances.list_sheet(desk.unit, row, items, desk.zone)
    pdf = outputs.pdf.pdf_bytes(sheet, now.astimezone(desk.zone))
    if way.folder is None:
        outputs.printing.print_pdf(pdf, way.printer, 1)
        return texts.PRINTED.format(printer=way.printer)
    local = now.astimezone(desk.zone)
    path = outputs.in_place.numbered_file(way.folder, f"{texts.FILE}-{local:%Y%m%d-%H%M%S}", ".pdf", pdf, desk.file)
    return texts.SAVED.format(path=path)


@needs(Permission.DOCUMENT)
def decide(desk: Desk, order: Order, document: str, *, reason: str = "", said_by: str = "") -> ActDone:
    """Record that the department took a document that was on the way to it, or refused it, as an act on the ticket.

    Args:
        document: The key of the document.
        reason: Why it was refused; empty if it was taken.
        said_by: Who in the department said so, when and by which way, if its members do not record it themselves.

    Raises:
        Refused: The document is not on the way; a person of another group does not say who said it.
    """
    with reading(desk.engine) as connection:
        visible_ticket(connection, order.ticket)
        items = queries.items_of_ticket(connection, order.ticket)
        item = next((each for each in items if each.document == document and each.state == ON_THE_WAY), None)
        is_member = item is not None and order.actor in members_of(connection, item.group_id)
    if item is None:
        raise Refused("documento_nao_a_caminho", name=document)
    if not is_member and not said_by.strip():
        raise Refused("remessa_quem_disse", group=item.group)
    recorded = Recorded(REFUSED if reason.strip() else ACCEPTED, reason=reason, said_by=said_by)
    try:
        return acts.record_document(desk, replace(order, seen=None), document, recorded)
    except Refused as refused:
        if refused.code not in _NOTHING_TO_RECORD:
            raise
    return _decide_item(desk, order, item, recorded)


def _decide_item(desk: Desk, order: Order, item: ItemRow, recorded: Recorded) -> ActDone:
    """Write the verdict on a paper that travels, where the ticket has nothing to record: an event of the remittance."""
    state = DocumentState(
        recorded.state, reason=said(written(recorded.reason)), said_by=said(written(recorded.said_by))
    )
    with writing(desk.engine) as connection:
        actor = require_now(connection, desk, Permission.DOCUMENT)
        advisory_lock(connection, lock_of(item.group_id))
        ticket, _ = visible_ticket(connection, order.ticket)
        verdict = verdict_of(ON_THE_WAY, state)
        found = [each for each in queries.items_of_ticket(connection, order.ticket) if each.id == item.id]
        if verdict is None or not found or found[0].state != ON_THE_WAY:
            raise Refused("documento_nao_a_caminho", name=item.name)
        rows.decide_item(connection, item.id, verdict, order.now, actor.person)
        changes: Changes = {"item": (None, item.id), "estado": (ON_THE_WAY, verdict.state)}
        stream = remittance_stream(item.remittance)
        record(connection, stream, "decidida", actor=actor.person, at=order.now, changes=changes)
        return ActDone(order.ticket, ticket.protocol, ticket.version)


@needs(Permission.READ)
def on_the_way(desk: Desk, ticket_id: int) -> tuple[ItemRow, ...]:
    """The documents of a ticket that are on the way to a department.

    Raises:
        Refused: There is no such ticket.
    """
    with reading(desk.engine) as connection:
        visible_ticket(connection, ticket_id)
        return tuple(each for each in queries.items_of_ticket(connection, ticket_id) if each.state == ON_THE_WAY)
