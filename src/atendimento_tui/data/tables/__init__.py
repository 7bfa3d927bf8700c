"""The tables, one module for each area. They have constraints, but no rules of the domain.

Partial indexes have SQLite's condition only, because that of PostgreSQL would load its dialect at every start. The
migrations, which create the tables, have both.

Instants are stored in UTC. Personal names and texts have their own columns, and events refer to people by id, so that a
person can be anonymised without changing the history. All tables are imported here, so that the metadata is complete.
"""

from atendimento_tui.data.tables.access import AccessSession, Credential, SignInFailure
from atendimento_tui.data.tables.agenda import OpenInterval, OpenUntil, UnplacedBooking
from atendimento_tui.data.tables.attachments import AttachedContent, Attachment
from atendimento_tui.data.tables.beneficiaries import Beneficiary, BeneficiaryAddress, BeneficiaryContact
from atendimento_tui.data.tables.bills import Bill
from atendimento_tui.data.tables.bookings import Booking, FreedSlot, Occupied, WaitingEntry
from atendimento_tui.data.tables.calendars import Calendar
from atendimento_tui.data.tables.clocks import Clock, ClockPause, Timer, ToldDate
from atendimento_tui.data.tables.desk import Unit
from atendimento_tui.data.tables.documents import TicketDocument
from atendimento_tui.data.tables.external import ExternalNumber
from atendimento_tui.data.tables.messages import Addressee, Alert, Message
from atendimento_tui.data.tables.papers import Paper
from atendimento_tui.data.tables.people import Absence, FormerGroupName, Group, Membership, Person, Presence, Requester
from atendimento_tui.data.tables.procedures import ProcedureCode
from atendimento_tui.data.tables.processes import Numbering, Process
from atendimento_tui.data.tables.providers import (
    Availability,
    AvailabilityException,
    Provider,
    ProviderAbsence,
    ProviderSpecialty,
    Site,
    Specialty,
)
from atendimento_tui.data.tables.received import MessageFile, Received
from atendimento_tui.data.tables.register import RegisterEntry
from atendimento_tui.data.tables.remittances import Remittance, RemittanceItem
from atendimento_tui.data.tables.safekeeping import Copy
from atendimento_tui.data.tables.tasks import Task
from atendimento_tui.data.tables.tickets import Event, FieldValue, QueueCount, Ticket, TicketText
from atendimento_tui.data.tables.trail import TrailDigest, TrailEvent, TrailValue

__all__ = [
    "Absence",
    "AccessSession",
    "Addressee",
    "Alert",
    "AttachedContent",
    "Attachment",
    "Availability",
    "AvailabilityException",
    "Beneficiary",
    "BeneficiaryAddress",
    "BeneficiaryContact",
    "Bill",
    "Booking",
    "Calendar",
    "Clock",
    "ClockPause",
    "Copy",
    "Credential",
    "Event",
    "ExternalNumber",
    "FieldValue",
    "FormerGroupName",
    "FreedSlot",
    "Group",
    "Membership",
    "Message",
    "MessageFile",
    "Numbering",
    "Occupied",
    "OpenInterval",
    "OpenUntil",
    "Paper",
    "Person",
    "Presence",
    "ProcedureCode",
    "Process",
    "Provider",
    "ProviderAbsence",
    "ProviderSpecialty",
    "QueueCount",
    "Received",
    "RegisterEntry",
    "Remittance",
    "RemittanceItem",
    "Requester",
    "SignInFailure",
    "Site",
    "Specialty",
    "Task",
    "Ticket",
    "TicketDocument",
    "TicketText",
    "Timer",
    "ToldDate",
    "TrailDigest",
    "TrailEvent",
    "TrailValue",
    "Unit",
    "UnplacedBooking",
    "WaitingEntry",
]
