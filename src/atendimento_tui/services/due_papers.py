"""The papers of a ticket's process, and which of them an act asked for."""

from atendimento_tui.contracts.papers import PaperView
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries.bookings import told
from atendimento_tui.data.queries.papers import due_papers
from atendimento_tui.data.repositories.papers import insert_paper
from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.outgoing import APPOINTMENT_FILE
from atendimento_tui.domain.process.parts import all_hold
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.workflow.effects import AskForPaper
from atendimento_tui.services.unit_of_work import Fulfilled, UnitOfWork
from atendimento_tui.texts import papers as texts


def ask_for_paper(work: UnitOfWork, effect: AskForPaper) -> Fulfilled:
    """Note that a paper is to be printed."""
    insert_paper(work.connection, work.ticket_id, work.ticket.version, effect.key, work.event.at)
    return Fulfilled()


def papers_of(connection: Connection, process: Process, ticket_id: int, ticket: Ticket) -> tuple[PaperView, ...]:
    """The papers that the ticket has now, those that are due first; with an appointment, also its file."""
    appointment = process.books and told(connection, ticket_id)
    file = [PaperView(APPOINTMENT_FILE, texts.APPOINTMENT, 1, is_due=False)] if appointment else []
    if not process.papers:
        return tuple(file)
    due = set(due_papers(connection, ticket_id).values())
    values = workflow.values_of(ticket)
    views = [
        PaperView(key, rule.name, rule.copies, key in due, bool(rule.file))
        for key, rule in process.papers.items()
        if key in due or (all_hold(rule.when, values) and (not rule.bill or values.get(rule.bill)))
    ]
    return (*sorted(views, key=lambda view: not view.is_due), *file)


def name_of(process: Process, key: str) -> str:
    """The name of a paper, or of the appointment's file; empty if this version of the process has none of this key."""
    paper = process.papers.get(key)
    return texts.APPOINTMENT if key == APPOINTMENT_FILE else paper.name if paper else ""
