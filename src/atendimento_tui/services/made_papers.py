"""The papers of a ticket's process as PDF, and its appointment as a file, for whoever prints, saves or sends them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from atendimento_tui import outputs
from atendimento_tui.contracts.bills import BillRow
from atendimento_tui.contracts.bookings import BookingRow
from atendimento_tui.contracts.desk import UnitInfo
from atendimento_tui.contracts.queue import QueueRow
from atendimento_tui.data.engine import Connection
from atendimento_tui.data.queries.beneficiaries import beneficiary
from atendimento_tui.data.queries.bookings import told
from atendimento_tui.data.queries.people import requester_name
from atendimento_tui.data.repositories import tickets
from atendimento_tui.domain.access import Actor, Permission, require_on_ticket
from atendimento_tui.domain.bills import Bill
from atendimento_tui.domain.process.outgoing import APPOINTMENT_FILE, PaperRule
from atendimento_tui.domain.process.templates import filled
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.services.bills import known_bill
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.due_papers import papers_of
from atendimento_tui.services.messages import facts_of, terms_of
from atendimento_tui.texts import agenda as agenda_texts
from atendimento_tui.texts import papers as texts


def require_to_act(actor: Actor, row: QueueRow) -> None:
    """Refuse whoever may not act on the ticket, before anything of it leaves. Members act on every secret ticket."""
    if not row.is_secret:
        require_on_ticket(actor, Permission.ACT, protocol=row.protocol, group=row.group_id, owner=row.owner_id)


def stem_at(local: datetime) -> str:
    """The name of the file of a paper in a folder, by its local time. It tells nothing of a person."""
    return f"{texts.FILE}-{local:%Y%m%d-%H%M%S}"


@dataclass(frozen=True, slots=True)
class PaperOfTicket:
    """A paper with the ticket's facts.

    Attributes:
        facts: The values of its placeholders.
        bill: The bill that it shows.
    """

    unit: UnitInfo
    rule: PaperRule
    facts: Mapping[str, str]
    bill: BillRow | Bill | None

    ending = ".pdf"
    type = "application/pdf"

    @property
    def name(self) -> str:
        """As people call it."""
        return self.rule.name

    @property
    def copies(self) -> int:
        """How many are printed."""
        return self.rule.copies

    @property
    def mailed_as(self) -> str:
        """The name of its file in an e-mail."""
        return f"{self.rule.name}{self.ending}"

    def stem(self, at: datetime) -> str:
        """The name of its file in a folder."""
        return stem_at(at.astimezone(self.unit.zone))

    def content(self, at: datetime) -> bytes:
        """The paper without the operator's form. The same instant gives the same bytes."""
        local = at.astimezone(self.unit.zone)
        body = filled(self.rule.body, self.facts)
        sheet = outputs.papers.paper_sheet(self.unit, self.rule, body, self.bill, local.date())
        return outputs.pdf.pdf_bytes(sheet, local)


@dataclass(frozen=True, slots=True)
class AppointmentFile:
    """The ticket's appointment for a calendar, as it is now.

    Attributes:
        changes: How often it was changed before.
    """

    unit: UnitInfo
    booking: BookingRow
    changes: int

    name = texts.APPOINTMENT
    copies = 1
    ending = ".ics"
    type = "text/calendar; method=PUBLISH; charset=utf-8"

    @property
    def mailed_as(self) -> str:
        """The name of its file in an e-mail."""
        return f"{agenda_texts.EVENT_FILE.format(protocol=self.booking.protocol)}{self.ending}"

    def stem(self, _at: datetime) -> str:
        """The name of its file in a folder."""
        return agenda_texts.EVENT_FILE.format(protocol=self.booking.protocol)

    def content(self, at: datetime) -> bytes:
        """The file, as made at an instant."""
        return outputs.calendar_file.written(self.booking, self.changes, self.unit, at)


MadePaper: TypeAlias = PaperOfTicket | AppointmentFile


def paper_of_ticket(desk: Desk, connection: Connection, ticket_id: int, key: str) -> MadePaper:
    """A paper that the ticket has now, or the file of its appointment (`APPOINTMENT_FILE`).

    Raises:
        Refused: It has no such paper.
    """
    ticket = tickets.load(connection, ticket_id)
    assert ticket, "no ticket is ever deleted"
    context = desk.context(ticket, connection)
    if context is None or key not in [view.key for view in papers_of(connection, context.process, ticket_id, ticket)]:
        raise Refused("papel_desconhecido", protocol=ticket.protocol)
    if key == APPOINTMENT_FILE and (found := told(connection, ticket_id)):
        return AppointmentFile(desk.unit, *found)
    about = beneficiary(connection, ticket.beneficiary)
    people = requester_name(connection, ticket.requester), about.name if about else ""
    rule = context.process.papers[key]
    code = ticket.fields.get(rule.bill)
    bill = known_bill(connection, code) if code else None
    facts = facts_of(context, ticket, people, terms_of(context, ticket), desk.unit.name)
    return PaperOfTicket(desk.unit, rule, facts, bill)
