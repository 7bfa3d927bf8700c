"""Papers that leave the desk: the slip of a ticket and the papers of its process, printed or saved as PDF."""

from dataclasses import replace
from datetime import datetime

from atendimento_tui import outputs
from atendimento_tui.contracts.intake import Slip
from atendimento_tui.contracts.papers import SLIP, Way
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.beneficiaries import beneficiary
from atendimento_tui.data.queries.people import requester_name
from atendimento_tui.data.queries.queue import ticket_row
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Permission, require_on_ticket
from atendimento_tui.domain.process.templates import filled
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.acts import note_given
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.due_papers import papers_of
from atendimento_tui.services.messages import facts_of, terms_of
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts import papers as texts


@needs(Permission.ACT)
def give(desk: Desk, order: Order, key: str, way: Way) -> ActDone:
    """Print a paper of the ticket, or save it as a file; the ticket's history says so.

    Args:
        desk: The desk.
        order: Which ticket, who, when. The same request again prints nothing.
        key: The paper's key in the process, or `SLIP`.
        way: The printer, or the folder.

    Returns:
        The act. Its `said` is what the person should read: where the paper is.

    Raises:
        Refused: There is no such ticket or paper; the printer did not take it.
        OSError: The file cannot be written.
    """
    with reading(desk.engine) as connection:
        if done := tickets.find_by_request(connection, order.request):
            return done
    name, copies, pdf = _paper(desk, order.ticket, key, order.now)
    said, recorded = _deliver(desk, way, name, copies, pdf, order.now)
    done = note_given(desk, order, recorded, paper=key)
    return replace(done, said=said)


@needs(Permission.ACT)
def as_pdf(desk: Desk, ticket_id: int, key: str, now: datetime) -> bytes:
    """A paper of the ticket as PDF.

    Raises:
        Refused: There is no such ticket or paper; the role may not act on the ticket.
    """
    return _paper(desk, ticket_id, key, now)[2]


def _paper(desk: Desk, ticket_id: int, key: str, now: datetime) -> tuple[str, int, bytes]:
    """Its name, the number of its copies, the PDF."""
    name, copies, sheet = _slip(desk, ticket_id, now) if key == SLIP else _of_process(desk, ticket_id, key)
    return name, copies, outputs.pdf.pdf_bytes(sheet, now.astimezone(desk.zone))


def _slip(desk: Desk, ticket_id: int, now: datetime) -> tuple[str, int, "outputs.pdf.Sheet"]:
    view = ticket_view(desk, now, ticket_id=ticket_id)
    _require(desk, view.row)
    return texts.SLIP, 1, outputs.papers.slip_sheet(Slip(desk.unit, view, desk.zone))


def _of_process(desk: Desk, ticket_id: int, key: str) -> tuple[str, int, "outputs.pdf.Sheet"]:
    with reading(desk.engine) as connection:
        found = ticket_row(connection, ticket_id=ticket_id)
        if found is None:
            raise Refused("nao_encontrado", ticket=ticket_id)
        row, _ = found
        _require(desk, row)
        ticket = tickets.load(connection, ticket_id)
        assert ticket, "no ticket is ever deleted"
        context = desk.context(ticket, connection)
        if context is None or key not in [view.key for view in papers_of(connection, context.process, row.key, ticket)]:
            raise Refused("papel_desconhecido", protocol=row.protocol)
        about = beneficiary(connection, ticket.beneficiary)
        people = requester_name(connection, ticket.requester), about.name if about else ""
    rule = context.process.papers[key]
    body = filled(rule.body, facts_of(context, ticket, people, terms_of(context, ticket), desk.unit.name))
    return rule.name, rule.copies, outputs.papers.paper_sheet(desk.unit, rule, body)


def _require(desk: Desk, row: QueueRow) -> None:
    """Refuse whoever may not act on the ticket, before anything is printed. Members act on every secret ticket."""
    if not row.is_secret:
        require_on_ticket(desk.actor, Permission.ACT, protocol=row.protocol, group=row.group_id, owner=row.owner_id)


def _deliver(desk: Desk, way: Way, name: str, copies: int, pdf: bytes, now: datetime) -> tuple[str, str]:
    """Print or save it.

    Returns:
        What the person reads, and what the history says. The history has no path.
    """
    if way.folder is None:
        outputs.printing.print_pdf(pdf, way.printer, copies)
        text = texts.PRINTED_ONE if copies == 1 else texts.PRINTED
        said = text.format(name=name, copies=copies, printer=way.printer)
        return said, said
    local = now.astimezone(desk.zone)
    path = outputs.in_place.numbered_file(way.folder, f"{texts.FILE}-{local:%Y%m%d-%H%M%S}", ".pdf", pdf, desk.file)
    return texts.SAVED_AT.format(name=name, path=path), texts.SAVED.format(name=name)
