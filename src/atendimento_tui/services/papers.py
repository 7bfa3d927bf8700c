"""Papers that leave the desk: the slip of a ticket and the papers of its process, printed or saved as PDF."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from atendimento_tui import outputs
from atendimento_tui.contracts.intake import Slip
from atendimento_tui.contracts.papers import SLIP, Way
from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data.attached_files import read_file
from atendimento_tui.data.engine import reading
from atendimento_tui.data.queries.papers import due_papers
from atendimento_tui.data.repositories import requests
from atendimento_tui.data.repositories.papers import mark_given
from atendimento_tui.domain.access import Permission
from atendimento_tui.domain.clocks import promised
from atendimento_tui.domain.process.templates import filled
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.effects import Outcome
from atendimento_tui.services.access_control import needs
from atendimento_tui.services.deciding import decided
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.made_papers import PaperOfTicket, paper_of_ticket, require_to_act, stem_at
from atendimento_tui.services.messages import requesters_address, tell_requester, terms_of
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.services.unit_of_work import UnitOfWork
from atendimento_tui.services.visible import visible_ticket
from atendimento_tui.texts import formats
from atendimento_tui.texts import papers as texts


@needs(Permission.ACT)
def give(desk: Desk, order: Order, key: str, way: Way) -> ActDone:
    """Give a paper of the ticket; the ticket's history says how. An e-mail is written, the outbox sends it.

    Args:
        desk: The desk.
        order: Which ticket, who, when. The same request again prints nothing.
        key: The paper's key in the process, or `SLIP`.
        way: How it is given. By word, as a link and by the clipboard the person gives it; this only records it.

    Returns:
        The act. Its `said` is what the person should read: where the paper is.

    Raises:
        Refused: There is no such ticket or paper; the operator's form cannot be used; the printer did not take it.
        OSError: The file cannot be written.
    """
    with reading(desk.engine) as connection:
        if done := requests.find_by_request(connection, order.request):
            return done
    mail = None
    if way.how in ("impressora", "arquivo"):
        said, recorded = _deliver(desk, way, _paper(desk, order, key, way.forms))
    else:
        said = recorded = texts.GIVEN[way.how]
        mail = _mail(desk, order) if way.how == "email" else None
    return replace(_recorded(desk, order, key, recorded, mail), said=said)


def _recorded(desk: Desk, order: Order, paper: str, how: str, mail: tuple[str, str] | None) -> ActDone:
    """Record how a paper was given. It cannot conflict, so changes by others do not matter.

    Args:
        paper: The key of the paper; it is due no longer. The slip tells the due date.
        how: The sentence of the history.
        mail: Subject and text of an e-mail to the requester, written with it.
    """

    def decide(work: UnitOfWork) -> Outcome:
        due = due_papers(work.connection, work.ticket_id)
        mark_given(work.connection, [each for each, key in due.items() if key == paper], work.at)
        if mail and not requesters_address(work):
            raise Refused("sem_email", protocol=work.before.protocol)
        if mail:
            tell_requester(work, *mail, channel="email")
        if paper == SLIP and work.context and (term := promised(terms_of(work.context, work.before))):
            work.told += [(term, "comprovante")] if term.paused_at is None else []
        return Outcome(Event("papel", work.at, order.actor, text=how))

    return decided(desk, replace(order, seen=None), Permission.ACT, decide)


def _mail(desk: Desk, order: Order) -> tuple[str, str]:
    """Subject and text of the slip as an e-mail."""
    view = ticket_view(desk, order.now, ticket_id=order.ticket)
    lines = outputs.slip.slip_lines(Slip(desk.unit, view, desk.zone))
    return texts.MAIL_SUBJECT.format(protocol=formats.protocol_groups(view.row.protocol)), "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Made:
    """A paper as it leaves; `stem` and `ending` name its file in a folder."""

    name: str
    content: bytes
    stem: str
    ending: str = ".pdf"
    copies: int = 1


def _paper(desk: Desk, order: Order, key: str, forms: Path | None) -> _Made:
    now = order.now
    if key == SLIP:
        pdf = outputs.pdf.pdf_bytes(_slip(desk, order.ticket, now), now.astimezone(desk.zone))
        return _Made(texts.SLIP, pdf, stem_at(now.astimezone(desk.zone)))
    with reading(desk.engine) as connection:
        found = visible_ticket(connection, order.ticket)
        require_to_act(desk.actor, found[0])
        paper = paper_of_ticket(desk, connection, order.ticket, key)
    content = paper.content(now)
    if isinstance(paper, PaperOfTicket):
        rule = paper.rule
        path = forms / f"{rule.file}.pdf" if forms and rule.file else None
        if path and path.exists():
            form = read_file(path, outputs.forms.MOST_BYTES, desk.file)
            values = {name: outputs.pdf.shown(filled(text, paper.facts)) for name, text in rule.fills.items()}
            content = outputs.forms.with_form(path.name, form, values, content)
    return _Made(paper.name, content, paper.stem(now), paper.ending, paper.copies)


def _slip(desk: Desk, ticket_id: int, now: datetime) -> "outputs.pdf.Sheet":
    view = ticket_view(desk, now, ticket_id=ticket_id)
    require_to_act(desk.actor, view.row)
    return outputs.papers.slip_sheet(Slip(desk.unit, view, desk.zone))


def _deliver(desk: Desk, way: Way, paper: _Made) -> tuple[str, str]:
    """Print or save it.

    Returns:
        What the person reads, and what the history says. The history has no path.
    """
    name, copies = paper.name, paper.copies
    if way.folder is None:
        outputs.printing.print_pdf(paper.content, way.printer, copies)
        text = texts.PRINTED_ONE if copies == 1 else texts.PRINTED
        said = text.format(name=name, copies=copies, printer=way.printer)
        return said, said
    path = outputs.in_place.numbered_file(way.folder, paper.stem, paper.ending, paper.content, desk.file)
    read, recorded = texts.SAVED_AS[paper.ending]
    return read.format(name=name, path=path), recorded.format(name=name)
