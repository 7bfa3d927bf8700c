"""What an act does to the clocks of a ticket."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from atendimento_tui.domain import acts
from atendimento_tui.domain.process.schema import BASES, EffectRule, Process
from atendimento_tui.domain.ticket import FIELD, ClockChange, Event, Ticket
from atendimento_tui.domain.words import Nature, State
from atendimento_tui.domain.workflow.conditions import NO_EFFECTS, live_clock
from atendimento_tui.domain.workflow.context import ProcessContext, values_of

_RESTING = (State.WAITING, State.VALIDATION)


class _ClockTrial:
    """A ticket on which changes of clocks are tried, so that only those that change something are kept."""

    def __init__(self, ticket: Ticket, at: datetime) -> None:
        self.ticket = ticket
        self.at = at
        self.changes: list[ClockChange] = []

    def do(self, change: ClockChange) -> None:
        after = self.ticket.evolve(Event("", self.at, None, clocks=(change,)))
        if (after.clocks, after.unpromised) != (self.ticket.clocks, self.ticket.unpromised):
            self.ticket = after
            self.changes.append(change)


def with_clock_changes(ticket: Ticket, context: ProcessContext, event: Event) -> Event:
    """An act's event with what it does to the clocks, where it changes what is promised: a severity, an answer.

    Args:
        ticket: As it stands before.
        event: Without clocks of its own.
    """
    if not any(name == "severity" or name.startswith(FIELD) for name in event.changes):
        return event
    return replace(event, clocks=(*event.clocks, *clock_changes(ticket, context, NO_EFFECTS, event)))


def clock_changes(before: Ticket, context: ProcessContext, effects: EffectRule, event: Event) -> list[ClockChange]:
    """What happens to the clocks: what is written, and what the step brings with it.

    Args:
        event: With its changes, and without clocks.
    """
    process, at = context.process, event.at
    trial = _ClockTrial(before, at)
    for kind in effects.stop:
        trial.do(ClockChange("stop", kind))
    for kind in effects.cancel:
        trial.do(ClockChange("cancel", kind))
    # From here on the ticket is where it goes: in its new step, and perhaps in a new cycle.
    after = before.evolve(event)
    kept = trial.ticket.unpromised if after.cycle == before.cycle else after.unpromised
    trial.ticket = replace(after, clocks=trial.ticket.clocks, unpromised=kept)
    state = State(trial.ticket.state)
    for kind in effects.start:
        if live_clock(trial.ticket, kind) is None:
            promise = _promised_clock(context, kind, values_of(trial.ticket))
            trial.do(promise or ClockChange("want", kind))
    why_it_rested = _pause_reason(before, process)
    for kind in effects.reinstate:
        trial.do(ClockChange("reinstate", kind, reason=why_it_rested))
    _match_promises(trial, context)
    moves, rests = bool(event.changes.keys() & {"step", "state"}), state in _RESTING
    ours = acts.kinds_of_ours(trial.ticket)
    for kind in (*(ours if moves and state is State.OPEN else ()), *effects.resume):
        trial.do(ClockChange("resume", kind))
    why_it_rests = _pause_reason(trial.ticket, process)
    for kind in ours if moves and rests else ():  # a waiting step after a waiting step has its own reason
        trial.do(ClockChange("rest_on", kind, reason=why_it_rests))
    for kind in (*effects.pause, *(ours if rests else ())):
        trial.do(ClockChange("pause", kind, reason=why_it_rests))
    if not state.is_open:
        _end_all(trial, before)
    return trial.changes


def _end_all(trial: _ClockTrial, before: Ticket) -> None:
    """On a ticket that has ended only clocks of the client run that began with its end, or after it."""
    op: Literal["stop", "cancel"] = "stop" if trial.ticket.state == State.DONE else "cancel"
    ran_before = before.live_clocks if State(before.state).is_open else []
    for clock in trial.ticket.live_clocks:
        began_before = any((c.cycle, c.kind) == (clock.cycle, clock.kind) for c in ran_before)
        if clock.nature is not Nature.CLIENT or began_before:
            trial.do(ClockChange(op, clock.kind))
    for kind in trial.ticket.unpromised:
        trial.do(ClockChange("cancel", kind))


def _pause_reason(ticket: Ticket, process: Process) -> str:
    """Why clocks are paused as the ticket stands: what a person wrote when pausing it, or what its step waits for."""
    step = process.step(ticket.step) if ticket.step else None
    if step is None or step.state is State.OPEN:
        for clock in ticket.live_clocks:
            if clock.paused_at:
                return clock.pauses[-1].reason
    return step.pause_reason if step else ""


def _promised_clock(context: ProcessContext, kind: str, values: Mapping[str, str]) -> ClockChange | None:
    """What is promised with these values, as the start of its clock; None where nothing is. The one place to ask."""
    rule = context.process.clocks[kind]
    amount = rule.amount(values)
    if amount is None:
        return None
    calendar = context.versions[rule.calendar]
    nature = context.process.nature_of(kind)
    return ClockChange("start", kind, calendar=calendar, basis=BASES[rule.basis], target=amount, nature=nature)


def _match_promises(trial: _ClockTrial, context: ProcessContext) -> None:
    """Make the cycle's clocks those that are promised as the ticket stands.

    A live clock gets the target that its values choose, and is given up where they choose none; one that was asked for
    starts when something is promised for it. What ends with the ticket is not begun any more.
    """
    values = values_of(trial.ticket)
    for clock in trial.ticket.live_clocks:
        if clock.cycle != trial.ticket.cycle or clock.kind not in context.process.clocks:
            continue
        promise = _promised_clock(context, clock.kind, values)
        if promise is None:
            trial.do(ClockChange("cancel", clock.kind))
            trial.do(ClockChange("want", clock.kind))
        elif promise.target != clock.target:
            trial.do(ClockChange("retarget", clock.kind, target=promise.target))
    for kind in [kind for kind, is_wanted in trial.ticket.unpromised.items() if is_wanted]:
        promise = _promised_clock(context, kind, values)
        if promise and (State(trial.ticket.state).is_open or promise.nature is Nature.CLIENT):
            trial.do(promise)
