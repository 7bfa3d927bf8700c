"""The outcome of an act: its event, and a tuple of effects for all other results.

An effect is a frozen dataclass of the closed union `Effect`. A rule returns it. The table of `services/effects.py`
passes it to the service of its area, in the transaction that writes the event. `WORDS` has the word of the process
format for each effect.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from atendimento_tui.domain.process.outgoing import MessageRule
from atendimento_tui.domain.process.schema import EffectRule, TaskRule
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.workflow.context import ProcessContext
from atendimento_tui.domain.workflow.instants import held_until, later

NUMBER_TO_COME = "\0"
"""Placeholder in an event for a number that is not taken yet. Texts of users have no control characters."""


@dataclass(frozen=True, slots=True)
class TakeNumber:
    """Give a field the next number of a series. It is fulfilled before the event is written, which has the number."""

    field: str
    series: str


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Write a message of the process.

    Attributes:
        key: The key of the message in the process.
        held_until: The earliest instant at which it may be sent; None for at once.
    """

    key: str
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskForPaper:
    """Note that a paper of the process is to be printed. A person prints it.

    Attributes:
        key: The key of the paper in the process.
    """

    key: str


@dataclass(frozen=True, slots=True)
class AddTask:
    """Add a task, something to do that is not a step."""

    text: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RaiseAlert:
    """Alert the people that a word of the process stands for (`responsavel`, `grupo`, `supervisao`...).

    Attributes:
        to: The word.
        held_until: The earliest instant at which it may be shown; None for at once.
        group: The name of the group, if it is not the ticket's own.
    """

    to: str
    held_until: datetime | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Remit:
    """Put the received documents of the ticket into the open batch of a group.

    Attributes:
        group: The name of the group.
    """

    group: str


@dataclass(frozen=True, slots=True)
class EnterRegister:
    """Enter the protocol in the register, the operator's workbook; one that was entered before stays as it is."""


@dataclass(frozen=True, slots=True)
class UpdateRecord:
    """Write the confirmed changes into the beneficiary's record."""


@dataclass(frozen=True, slots=True)
class HoldSlot:
    """The ticket holds the slot of a field. It is held before the act, in a transaction of its own.

    Attributes:
        field: The key of the field, of type `vaga`.
    """

    field: str


@dataclass(frozen=True, slots=True)
class BookSlot:
    """What the ticket holds becomes its appointment."""


@dataclass(frozen=True, slots=True)
class MoveBooking:
    """The slot of a field replaces the appointment.

    Attributes:
        field: The key of the field, of type `vaga`.
    """

    field: str


@dataclass(frozen=True, slots=True)
class ReleaseSlot:
    """What the ticket holds or has booked is free again."""


@dataclass(frozen=True, slots=True)
class NoteArrival:
    """Whether the beneficiary came to the appointment."""

    came: bool


@dataclass(frozen=True, slots=True)
class RenewTimers:
    """Store the ticket's future timers again, for its state after the act. Every act has this effect."""


Effect: TypeAlias = (
    TakeNumber
    | HoldSlot
    | BookSlot
    | MoveBooking
    | ReleaseSlot
    | NoteArrival
    | SendMessage
    | AskForPaper
    | AddTask
    | RaiseAlert
    | Remit
    | EnterRegister
    | UpdateRecord
    | RenewTimers
)

WORDS: Mapping[type[Effect], str] = {
    TakeNumber: "numera",
    HoldSlot: "reserva",
    BookSlot: "confirma",
    MoveBooking: "remarca",
    ReleaseSlot: "libera",
    NoteArrival: "comparece",
    SendMessage: "mensagem",
    AskForPaper: "imprime",
    AddTask: "tarefa",
    RaiseAlert: "alerta",
    Remit: "remete",
    EnterRegister: "registra",
    UpdateRecord: "atualiza",
    RenewTimers: "tempos",
}
"""Effect -> its word in the process format."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an act, which is written in one transaction.

    Attributes:
        event: The event of the act. A field whose number is still to be taken has the value `NUMBER_TO_COME`.
        effects: The effects in the order in which they are fulfilled: numbers first, timers last.
    """

    event: Event
    effects: tuple[Effect, ...] = (RenewTimers(),)


def effects_of(
    rule: EffectRule, tasks: Iterable[TaskRule], numbers: Mapping[str, str], context: ProcessContext, event: Event
) -> tuple[Effect, ...]:
    """The effects of an act.

    Args:
        rule: The effect rules that apply, merged.
        tasks: The tasks of all effect rules that apply.
        numbers: Field -> series of the numbers to take.
        event: The act: its actor and its instant.
    """
    # Sorted by series, so that two acts that take several numbers cannot deadlock.
    taken = [TakeNumber(field, series) for field, series in sorted(numbers.items(), key=lambda pair: pair[1])]
    messages = [send_message(context, key, event) for key in rule.messages]
    papers = [AskForPaper(key) for key in rule.papers]
    alerted = alerts(context, rule.alert, event.at, groups=rule.alert_groups)
    remitted = [Remit(rule.remit)] if rule.remit else []
    entered = [EnterRegister()] if rule.enter_register else []
    updated = [UpdateRecord()] if rule.update else []  # after the messages, which tell old and new
    tasked = _tasks(context, tasks, event.at)
    return (
        *taken,
        *_of_the_agenda(rule),
        *messages,
        *papers,
        *tasked,
        *alerted,
        *remitted,
        *entered,
        *updated,
        RenewTimers(),
    )


def _of_the_agenda(rule: EffectRule) -> Iterator[Effect]:
    """What the act does in the agenda: first what frees, then what is held, then what is booked."""
    if rule.release:
        yield ReleaseSlot()
    if rule.move:
        yield MoveBooking(rule.move)
    if rule.hold:
        yield HoldSlot(rule.hold)
    if rule.book:
        yield BookSlot()
    if rule.came:
        yield NoteArrival(rule.came == "sim")


def send_message(context: ProcessContext, key: str, event: Event) -> SendMessage:
    """The message of this key. One that the actor pastes or prints is not held, because it is not sent by itself."""
    rule: MessageRule = context.process.messages[key]
    by_hand = event.actor is not None and rule.channel in ("texto", "impresso")
    return SendMessage(key, held_until(context, event.at, any_hour=rule.any_hour or by_hand))


def alerts(
    context: ProcessContext, to: Sequence[str], at: datetime, *, groups: Sequence[str] = ()
) -> tuple[RaiseAlert, ...]:
    """One alert for each of these words, and for each of the named groups."""
    held = held_until(context, at, any_hour=False) if to or groups else None
    named = [RaiseAlert("grupo", held, group) for group in groups]
    return (*(RaiseAlert(who, held) for who in to), *named)


def _tasks(context: ProcessContext, tasks: Iterable[TaskRule], at: datetime) -> Iterator[AddTask]:
    for task in tasks:
        calendar = "legal" if task.within.endswith("d") else "expediente"
        yield AddTask(task.text, later(context, calendar, task.within, 1, at) if task.within else None)
