"""What screens and the command ask of services, and what these answer: frozen, complete, safe to keep.

No table and no widget is known here, and importing it costs next to nothing: screens do it before the first frame.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain.clocks import Clock, LedgerLine, Standing, Term
from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.domain.words import Result, Severity, State

if TYPE_CHECKING:  # pydantic is not wanted before the first frame
    from atendimento_tui.domain.process.schema import FieldRule, Process

SortKey = tuple[int, datetime, int]
"""Severity rank, instant and id: a ticket's place in the queue."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of ours who may act.

    Attributes:
        groups: Ids of the groups this person works in.
    """

    id: int
    name: str
    role: str
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """The desk that a database holds."""

    name: str
    city: str
    uf: str
    tz: str
    ans_registration: str
    hours_calendar: int
    legal_calendar: int
    is_demo: bool


class Tab(StrEnum):
    """The parts of the queue."""

    MINE = "minha"
    GROUP = "grupo"
    VALIDATION = "validacao"
    THIRD_PARTY = "terceiros"
    FALLING_DUE = "vencendo"
    ALL = "todas"


@dataclass(frozen=True, slots=True)
class QueueView:
    """Which tickets of the queue one person looks at.

    Attributes:
        viewer: Whose `minha` and `grupo` are meant; None sees nothing there.
        filter: Words that must all be found; accents and case do not matter.
    """

    tab: Tab = Tab.ALL
    filter: str = ""
    viewer: Member | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A ticket as the queue shows it."""

    key: int
    """The ticket's id."""
    version: int
    protocol: str
    origin: str | None
    service: str
    step: str
    group: str | None
    owner_id: int | None
    owner: str | None
    requester: str | None
    subject: str
    severity: Severity
    state: State
    term: Term | None
    sort_key: SortKey


@dataclass(frozen=True, slots=True)
class QueueWindow:
    """A stretch of the queue, in its order.

    Attributes:
        total: How many tickets the view has in all.
        first: Ordinal of the first row.
        counted: Whether the total is exact as of these rows; otherwise it is what was known.
    """

    view: QueueView
    total: int
    first: int
    rows: tuple[QueueRow, ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stretch of the queue is wanted.

    Attributes:
        first: Ordinal of its first row, as the asker reckons it.
        count: How many rows.
        after, before: The place of the row next to the stretch, where the asker has it: found without counting.
        around: The ticket that the stretch should hold, wherever it stands now.
        total: How many tickets the view has, where the asker knows of no change since it was told: so much is not
            counted again for every page.
    """

    first: int
    count: int
    after: SortKey | None = None
    before: SortKey | None = None
    around: int | None = None
    total: int | None = None


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
class DocumentView:
    """A document that is needed, and what is known of it: `recebido`, why it was refused, or nothing yet."""

    key: str
    name: str
    why: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """Whom a ticket may be handed over to: a group or a person.

    Attributes:
        aside: What is told behind the name: a person's groups.
    """

    name: str
    aside: str = ""
    group: int | None = None
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something to do about the ticket."""

    id: int
    text: str
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageView:
    """What was written to somebody.

    Attributes:
        recipient: The word of the process that meant the addressees: `grupo`.
        to: Names of the people, groups and requesters whom it is for.
        held_until: It does not leave before, because the desk is closed until then; None where nothing holds it.
    """

    at: datetime
    recipient: str
    to: tuple[str, ...]
    channel: str
    subject: str
    body: str
    held_until: datetime | None = None


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


@dataclass(frozen=True, slots=True)
class Service:
    """A service that tickets may be opened by."""

    version: int
    key: str
    process: "Process"


@dataclass(frozen=True, slots=True)
class BeneficiaryRow:
    """Somebody whom the plan covers; numbers are masked where they are shown."""

    id: int
    name: str
    cpf: str
    card: str
    phone: str
    born_on: str
    plan: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed to whoever asked."""

    unit: UnitInfo
    ticket: TicketView
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Draft:
    """An intake that was begun and not finished, as it was typed.

    Attributes:
        request: Id of the act that took the number; the draft is known by it.
        finishing: Id of the act that will open the ticket: sent again after a crash it opens it once.
        process: The version of the service.
        version: The ticket's, as it was begun.
        beneficiary_text: What stands in the field that the beneficiary is looked for in.
        answers: By field of the process, also of fields that are not asked with these answers.
        registering: Of somebody who was not found and is not written down yet, by item; under `typed` what they were
            looked for by.
    """

    request: str
    finishing: str
    process: int
    service: str
    ticket: int
    protocol: str
    version: int
    begun_at: datetime
    severity: str
    channel: str = ""
    beneficiary: int | None = None
    beneficiary_text: str = ""
    requester: str = ""
    subject: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    registering: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unsent:
    """What was typed for an act on a ticket and is not written yet.

    Attributes:
        key: A word of its own, until it is written: two windows that write about one ticket have two.
        aim: What the act is aimed at, where its words do not tell: a receiver, a severity.
        words: By field, as they were typed; words of one's own stand under the empty key.
    """

    key: str
    aim: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def request(self) -> str:
        """Id of the act. It is made of the words: the same ones sent again are no second act, and other ones are."""
        said = json.dumps([self.key, self.aim, sorted(self.words.items())])
        return hashlib.sha256(said.encode("ascii")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class DeskFace:
    """What a window needs to show the desk: the unit, its people and the calendars of what is on the screen.

    Attributes:
        version: What of the desk it was made of: another word when people, groups, calendars or the unit are others.
    """

    unit: UnitInfo
    members: tuple[Member, ...]
    hours: BusinessCalendar
    calendars: Mapping[int, BusinessCalendar]
    version: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        grown: Cases already here that have more events in the file: left as they are.
        problems: Lines that could not be read, number and code; the first 100,000 of `problems_count`.
        left_out: Cases left out because of them; the first 100,000 of `left_out_count`.
    """

    cases: int
    events: int
    already_there: int
    grown: int
    problems: tuple[tuple[int, str], ...]
    problems_count: int
    left_out: tuple[str, ...]
    left_out_count: int
