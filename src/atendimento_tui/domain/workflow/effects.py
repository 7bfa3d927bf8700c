"""What an act does: its event, and what it does beyond it as a tuple of effects.

An effect is a frozen dataclass of the closed union `Effect`. A rule decides it. The table of `services/effects.py`
hands it to the service of its area, in the transaction that writes the event. `WORDS` names the word of the process
format that asks for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from atendimento_tui.domain.process.schema import EffectRule, MessageRule, TaskRule
from atendimento_tui.domain.ticket import Event
from atendimento_tui.domain.workflow.context import ProcessContext
from atendimento_tui.domain.workflow.instants import held_until, later

NUMBER_TO_COME = "\0"
"""Stands in an event for a number that is not taken yet. No text that people write has a control character."""


@dataclass(frozen=True, slots=True)
class TakeNumber:
    """Give a field the next number of a series. It is fulfilled before the event is written, which contains it."""

    field: str
    series: str


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Write a message of the process.

    Attributes:
        key: Its key in the process.
        held_until: When it may leave at the earliest; None: at once.
    """

    key: str
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AddTask:
    """Something to do that is not a step."""

    text: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RaiseAlert:
    """Alert those whom a word of the process means (`responsavel`, `grupo`, `supervisao`...).

    Attributes:
        to: The word.
        held_until: When it may be shown at the earliest; None: at once.
        group: The name of the group, where it is not the ticket's own.
    """

    to: str
    held_until: datetime | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class RenewTimers:
    """Note anew what will happen to the ticket by itself, as it stands after the act. Every act has this effect."""


Effect: TypeAlias = TakeNumber | SendMessage | AddTask | RaiseAlert | RenewTimers

WORDS: Mapping[type[Effect], str] = {
    TakeNumber: "numera",
    SendMessage: "mensagem",
    AddTask: "tarefa",
    RaiseAlert: "alerta",
    RenewTimers: "tempos",
}
"""Effect -> the word of the process format by which it is asked for."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act does, to be written in one transaction.

    Attributes:
        event: Where a number is taken, `NUMBER_TO_COME` stands in the field's place.
        effects: In the order in which they are fulfilled: numbers first, timers last.
    """

    event: Event
    effects: tuple[Effect, ...] = (RenewTimers(),)


def effects_of(
    rule: EffectRule, tasks: Iterable[TaskRule], numbers: Mapping[str, str], context: ProcessContext, event: Event
) -> tuple[Effect, ...]:
    """The effects that the rules of an act ask for.

    Args:
        rule: All that applies, as one rule.
        tasks: Those of each rule that applies.
        numbers: Field -> series of the numbers that are to be taken.
        event: Who acts, and when.
    """
    # Always in the order of the series: two who take several numbers never wait for each other.
    taken = [TakeNumber(field, series) for field, series in sorted(numbers.items(), key=lambda pair: pair[1])]
    messages = [send_message(context, key, event) for key in rule.messages]
    alerted = alerts(context, rule.alert, event.at, groups=rule.alert_groups)
    return (*taken, *messages, *_tasks(context, tasks, event.at), *alerted, RenewTimers())


def send_message(context: ProcessContext, key: str, event: Event) -> SendMessage:
    """The message of this key. One that the actor pastes or prints is not held: it does not leave by itself."""
    rule: MessageRule = context.process.messages[key]
    by_hand = event.actor is not None and rule.channel in ("texto", "impresso")
    return SendMessage(key, held_until(context, event.at, any_hour=rule.any_hour or by_hand))


def alerts(
    context: ProcessContext, to: Sequence[str], at: datetime, *, groups: Sequence[str] = ()
) -> tuple[RaiseAlert, ...]:
    """An alert for each of these words, and for each of the named groups."""
    held = held_until(context, at, any_hour=False) if to or groups else None
    named = [RaiseAlert("grupo", held, group) for group in groups]
    return (*(RaiseAlert(who, held) for who in to), *named)


def _tasks(context: ProcessContext, tasks: Iterable[TaskRule], at: datetime) -> Iterator[AddTask]:
    for task in tasks:
        calendar = "legal" if task.within.endswith("d") else "expediente"
        yield AddTask(task.text, later(context, calendar, task.within, 1, at) if task.within else None)
