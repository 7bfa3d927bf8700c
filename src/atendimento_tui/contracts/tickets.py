"""Acts on a ticket, and a ticket with all its data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic must not be imported before the first frame
    from atendimento_tui.calendar import BusinessCalendar
    from atendimento_tui.contracts.attachments import AttachmentRow
    from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
    from atendimento_tui.contracts.calendars import ToldDate
    from atendimento_tui.contracts.documents import DocumentView
    from atendimento_tui.contracts.external import ExternalNumber
    from atendimento_tui.contracts.messages import MessageView
    from atendimento_tui.contracts.papers import PaperView
    from atendimento_tui.contracts.queue import QueueRow
    from atendimento_tui.contracts.waiting import WaitingRow
    from atendimento_tui.domain.clocks import Clock, LedgerLine, Standing, Term
    from atendimento_tui.domain.process.schema import FieldRule
    from atendimento_tui.domain.refusals import Refusal
    from atendimento_tui.domain.tickets import Ticket
    from atendimento_tui.domain.words import Result


@dataclass(frozen=True, slots=True)
class Order:
    """A request for one act.

    Attributes:
        actor: The person's id; None for the desk itself.
        request: Id of the act (`uuid4().hex`).
        seen: The version of the ticket that the person saw; None acts on the present one.
    """

    ticket: int
    actor: int | None
    request: str
    now: datetime
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class ActDone:
    """An act that was written.

    Attributes:
        repeated: The same request was written before; nothing was done again.
        said: What the person should read besides, such as where a printed paper is; empty if there is nothing.
        after: The ticket as the act left it, so that it need not be read again; None where that is not known.
    """

    ticket: int
    protocol: str
    version: int
    repeated: bool = False
    said: str = field(default="", compare=False)
    after: "Ticket | None" = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NamedTicket:
    """A ticket whose protocol number is in a text."""

    key: int
    protocol: str
    subject: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event, as it is shown."""

    seq: int
    kind: str
    at: datetime
    actor: str | None
    text: str
    changes: tuple[tuple[str, str | None, str | None], ...]
    """Field, before, after; people and groups by name."""
    action: str = ""
    """Label of the process's action at that time."""
    answers: tuple[tuple[str, str], ...] = ()
    """Label and value of each field that was answered with it."""
    corrected: tuple[tuple[str, str, str], ...] = ()
    """For a correction: label, the answer before, the answer after."""
    moved: tuple["MovedDate", ...] = ()
    """The due dates that a calendar's change moved."""


@dataclass(frozen=True, slots=True)
class MovedDate:
    """A due date that a calendar's change moved.

    Attributes:
        kind: Of which clock.
        name: Its name in the ticket's process, if the process names it.
        before: The date before; in a proposed message the date that the requester was told.
        after: The date since then.
    """

    kind: str
    name: str
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock with its calendar and its state or result.

    Attributes:
        standing: The state at the instant of reading; None if it has stopped.
        result: The result; None if it has not stopped.
        name: Its name in the ticket's process, if the process names it.
        told: The due date that was told, if the calendar has moved the clock to another one.
    """

    clock: "Clock"
    term: "Term"
    calendar_name: str
    calendar: "BusinessCalendar"
    standing: "Standing | None"
    result: "Result | None"
    worked_s: int
    paused_s: int
    name: str = ""
    told: "ToldDate | None" = None


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action of the ticket's step.

    Attributes:
        why_not: Why it is not possible now; None if it is.
        asks: Its fields, each shown only while its conditions hold.
        text: Whether it takes a free text: `obrigatorio`, `opcional`, `nenhum`.
        fields: All fields of the process, for conditions.
        given: The ticket's fields and severity, for conditions.
        must: Keys of the required fields.
        notes: Key of a field that confirms changes of a record -> the changes, old beside new, one a line.
    """

    key: str
    label: str
    letter: str | None
    why_not: "Refusal | None"
    asks: "tuple[FieldRule, ...]"
    text: str
    fields: "tuple[FieldRule, ...]"
    given: Mapping[str, str]
    must: frozenset[str]
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def books(self) -> bool:
        """Whether it asks for a slot of the agenda."""
        return any(rule.type == "vaga" for rule in self.asks)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of the ticket."""

    id: int
    text: str
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with all its data.

    Attributes:
        answers: Label and shown value of each answered field.
        actions: The actions of its step for this person; empty for an imported history.
        beneficiary: The beneficiary whom it is about, if any.
        asks_severity: Whether its process uses the severity.
        usual_time: Its usual duration by its channel, as the process writes it: `10min`.
        papers: The papers of its process that it has now, besides the slip.
        process_time: The time from the beginning of its intake to the end of the attendant's part; None without one.
        corrections: The answers that this person may correct, each as an act.
        others_here: Names of the other people who have it open.
        to_tell: The moved due dates that the requester, who was told other ones, does not know yet.
        external: Its numbers in other systems.
        waiting: Its entry of the waiting list, while it is on it.
    """

    row: "QueueRow"
    opened_at: datetime
    closed_at: datetime | None
    cycle: int
    imported: bool
    clocks: tuple[ClockView, ...]
    history: tuple[HistoryLine, ...]
    channel: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    actions: tuple[ActionView, ...] = ()
    documents: tuple["DocumentView", ...] = ()
    attachments: tuple["AttachmentRow", ...] = ()
    tasks: tuple[TaskView, ...] = ()
    messages: tuple["MessageView", ...] = ()
    papers: tuple["PaperView", ...] = ()
    corrections: tuple[ActionView, ...] = ()
    asks_severity: bool = True
    usual_time: str = ""
    process_time: timedelta | None = None
    beneficiary: "BeneficiaryRow | None" = None
    others_here: tuple[str, ...] = ()
    to_tell: tuple[MovedDate, ...] = ()
    external: tuple["ExternalNumber", ...] = ()
    waiting: "WaitingRow | None" = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "por que vence às 14:32?"."""

    row: "QueueRow"
    clock: ClockView
    lines: tuple["LedgerLine", ...]
    other_clocks: tuple[ClockView, ...]

    @property
    def counted(self) -> timedelta:
        """The sum of the counted lines."""
        return sum((line.duration for line in self.lines if line.counted), timedelta())
