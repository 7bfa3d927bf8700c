"""The tables, one module an area. They hold no rules: rules stand in `domain`, and what must be unique is unique here.

Indexes tell SQLite's condition only, since naming another database's would load its dialect at every start; the
migrations, which make the tables, tell both.

Instants are stored in UTC. Personal names and written texts stand in columns of their own and events point at people
by number, so that a person can be made anonymous without touching the history. All tables are imported here, so that
the metadata is complete for whoever imports one of them.
"""

from atendimento_tui.data.tables.beneficiaries import Beneficiary
from atendimento_tui.data.tables.calendars import Calendar
from atendimento_tui.data.tables.clocks import Clock, ClockPause, Timer
from atendimento_tui.data.tables.desk import Unit
from atendimento_tui.data.tables.messages import Addressee, Alert, Message
from atendimento_tui.data.tables.people import Group, Membership, Person, Presence, Requester
from atendimento_tui.data.tables.processes import Numbering, Process
from atendimento_tui.data.tables.tasks import Task
from atendimento_tui.data.tables.tickets import Event, FieldValue, Ticket, TicketText

__all__ = [
    "Addressee",
    "Alert",
    "Beneficiary",
    "Calendar",
    "Clock",
    "ClockPause",
    "Event",
    "FieldValue",
    "Group",
    "Membership",
    "Message",
    "Numbering",
    "Person",
    "Presence",
    "Process",
    "Requester",
    "Task",
    "Ticket",
    "TicketText",
    "Timer",
    "Unit",
]
