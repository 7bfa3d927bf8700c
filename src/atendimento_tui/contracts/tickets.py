"""What is done to a ticket, and a ticket with all that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.clocks import Clock, LedgerLine, Standing, Term
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.words import Result

if TYPE_CHECKING:  # pydantic is not wanted before the first frame
    from atendimento_tui.domain.process.schema import FieldRule
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.documents import DocumentView
from atendimento_tui.contracts.messages import MessageView
from atendimento_tui.contracts.queue import QueueRow


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody asks to be done, once.

    Attributes:
        actor: The person's id; None for the desk itself.
        request: The act's own id (`uuid4().hex`).
        seen: The version of the ticket that the person was looking at; None acts on whatever is there.
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
        repeated: The same request had been written before; nothing was done twice.
    """

    ticket: int
    protocol: str
    version: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NamedTicket:
    """A ticket whose protocol number some text names."""

    key: int
    protocol: str
    subject: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event, as it is told to people."""

    seq: int
    kind: str
    at: datetime
    actor: str | None
    text: str
    changes: tuple[tuple[str, str | None, str | None], ...]
    """Field, before, after; people and groups by name."""
    action: str = ""
    """Label of the process's action, as it was called on that day."""
    answers: tuple[tuple[str, str], ...] = ()
    """Label and value of each field of its process that was answered with it."""
    corrected: tuple[tuple[str, str, str], ...] = ()
    """Of a correction: label, the answer before, the answer after."""


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock with its calendar and how it stands or ended.

    Attributes:
        standing: Of a live clock at the instant of reading.
        result: Of a stopped clock.
        name: What the ticket's process calls it, where it gives it a name of its own.
    """

    clock: Clock
    term: Term
    calendar_name: str
    calendar: BusinessCalendar
    standing: Standing | None
    result: Result | None
    worked_s: int
    paused_s: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action of the ticket's step.

    Attributes:
        why_not: Why it is not possible now; None where it is.
        asks: The fields that it asks for, each of them only while its conditions hold.
        text: Whether words of one's own go with it: `obrigatorio`, `opcional`, `nenhum`.
        fields: All fields of the process: a condition may look at any of them.
        given: What the ticket holds, which these conditions look at beside the answers: its fields, its severity.
        must: Keys of the fields without which it is refused.
    """

    key: str
    label: str
    letter: str | None
    why_not: Refusal | None
    asks: "tuple[FieldRule, ...]"
    text: str
    fields: "tuple[FieldRule, ...]"
    given: Mapping[str, str]
    must: frozenset[str]


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something to do about the ticket."""

    id: int
    text: str
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket with all that is known of it.

    Attributes:
        answers: Label and value of each field that was answered, as people read them.
        actions: What its step offers to the person who looks; empty for an imported history.
        beneficiary: Whom it is about, where it is about somebody whom the plan covers.
        asks_severity: Whether its severity decides anything, by its process.
        usual_time: How long all of it usually takes by its channel, as the process writes it: `10min`.
        corrections: The answers that the person who looks may correct, each as the act that it would be.
        others_here: Names of the other people who have it open.
    """

    row: QueueRow
    opened_at: datetime
    closed_at: datetime | None
    cycle: int
    imported: bool
    clocks: tuple[ClockView, ...]
    history: tuple[HistoryLine, ...]
    channel: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    actions: tuple[ActionView, ...] = ()
    documents: tuple[DocumentView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    messages: tuple[MessageView, ...] = ()
    corrections: tuple[ActionView, ...] = ()
    asks_severity: bool = True
    usual_time: str = ""
    beneficiary: "BeneficiaryRow | None" = None
    others_here: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "por que vence às 14:32?"."""

    row: QueueRow
    clock: ClockView
    lines: tuple[LedgerLine, ...]
    other_clocks: tuple[ClockView, ...]

    @property
    def counted(self) -> timedelta:
        """What the lines that count add up to."""
        return sum((line.duration for line in self.lines if line.counted), timedelta())
