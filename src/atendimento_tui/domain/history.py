"""Import of a history: the labels of another system's log become events of a ticket.

The rules are in docs/rules.md, "Import of a history": any order of labels is allowed, the time after an event belongs
to its label, and an ignored event is kept in the history and changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from atendimento_tui.domain.tickets import ClockChange, Event, Ticket, Value
from atendimento_tui.domain.words import State

LOGGED = "registrado"
"""The `kind` of every event that was imported."""


class Meaning(StrEnum):
    """The meaning of a label of the log."""

    ATTENDING = "atendendo"
    WAITING = "aguardando"
    SOLVED = "solucionado"
    CLOSED = "encerrado"
    CANCELLED = "cancelado"
    IGNORED = "ignorar"


_STATE_AFTER = {
    Meaning.ATTENDING: State.OPEN,
    Meaning.WAITING: State.WAITING,
    Meaning.SOLVED: State.VALIDATION,
    Meaning.CLOSED: State.DONE,
    Meaning.CANCELLED: State.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One line of the log, parsed.

    Attributes:
        label: The label in the log; kept as the event's text.
        reason: Why the case waits, if it does.
    """

    at: datetime
    label: str
    meaning: Meaning
    reason: str = ""
    actor: int | None = None


def counts(case: Sequence[LoggedEvent]) -> bool:
    """Whether the case becomes a ticket: not if all its events are ignored."""
    return any(logged.meaning is not Meaning.IGNORED for logged in case)


def replayed(
    case: Sequence[LoggedEvent], values: dict[str, Value], clock: ClockChange
) -> Iterator[tuple[Event, Ticket]]:
    """The events of the case, each with the ticket after it.

    Args:
        case: Its events by instant, then by line; `counts(case)` holds.
        values: The ticket's first values (protocol, origin, process, severity...).
        clock: The start of a cycle's clock.
    """
    ticket = Ticket()
    cycle_runs = False
    for logged in case:
        event = Event(LOGGED, logged.at, logged.actor, text=logged.label)
        if ticket.version == 0:
            event = replace(event, changes=ticket.change(**values, state=State.OPEN))
        if logged.meaning is not Meaning.IGNORED:
            starts = _opens_cycle(logged.meaning, cycle_runs, ticket)
            event = _moved(event, ticket, logged, clock, starts=starts, runs=cycle_runs or starts)
            cycle_runs = logged.meaning in (Meaning.ATTENDING, Meaning.WAITING)
        ticket = ticket.evolve(event)
        yield event, ticket


def _opens_cycle(meaning: Meaning, cycle_runs: bool, ticket: Ticket) -> bool:
    """Whether a cycle begins here: at the first event that counts, or at work after the end of the former cycle."""
    return not cycle_runs and (not ticket.clocks or meaning in (Meaning.ATTENDING, Meaning.WAITING))


def _moved(event: Event, ticket: Ticket, logged: LoggedEvent, clock: ClockChange, *, starts: bool, runs: bool) -> Event:
    changes = dict(event.changes) | ticket.change(state=_STATE_AFTER[logged.meaning])
    if starts and ticket.clocks:
        changes |= ticket.change(cycle=ticket.cycle + 1)
    clocks: tuple[ClockChange, ...] = (clock,) if starts else ()
    if runs:
        clocks += _clock_moves(logged)
    return replace(event, changes=changes, clocks=clocks)


def _clock_moves(logged: LoggedEvent) -> tuple[ClockChange, ...]:
    match logged.meaning:
        case Meaning.ATTENDING:
            return (ClockChange("resume"),)
        case Meaning.WAITING:  # a new waiting ends the one before it: each has its own reason
            return (ClockChange("resume"), ClockChange("pause", reason=logged.reason))
        case Meaning.CANCELLED:
            return (ClockChange("cancel"),)
        case _:
            return (ClockChange("stop"),)
