"""Computes what an act changes in the clocks of a ticket."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal

from atendimento_tui.domain import acts
from atendimento_tui.domain.process.amounts import BASES
from atendimento_tui.domain.process.schema import EffectRule, Process
from atendimento_tui.domain.tickets import FIELD, ClockChange, Event, Ticket
from atendimento_tui.domain.words import Nature, State
from atendimento_tui.domain.workflow.conditions import NO_EFFECTS, live_clock
from atendimento_tui.domain.workflow.context import ProcessContext, values_of

_RESTING = (State.WAITING, State.VALIDATION)


class _ClockTrial:
    """Applies clock changes to a copy of the ticket and records those that have an effect."""

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
    """The event with its clock changes, if it changes a severity or an answer, on which targets may depend.

    Args:
        ticket: The ticket before the event.
        event: The event, without clock changes.
    """
    if not any(name == "severity" or name.startswith(FIELD) for name in event.changes):
        return event
    return replace(event, clocks=(*event.clocks, *clock_changes(ticket, context, NO_EFFECTS, event)))


def clock_changes(before: Ticket, context: ProcessContext, effects: EffectRule, event: Event) -> list[ClockChange]:
    """The clock changes of an act: those that the effects name, and those that follow from the step and the values.

    Args:
        before: The ticket before the act.
        effects: The effect rules that apply, merged.
        event: The event with its changes, without clock changes.
    """
    process, at = context.process, event.at
    trial = _ClockTrial(before, at)
    for kind in effects.stop:
        trial.do(ClockChange("stop", kind))
    for kind in effects.cancel:
        trial.do(ClockChange("cancel", kind))
    # From here on, the ticket is in its new step, and possibly in a new cycle.
    after = before.evolve(event)
    kept = trial.ticket.unpromised if after.cycle == before.cycle else after.unpromised
    trial.ticket = replace(after, clocks=trial.ticket.clocks, unpromised=kept)
    state = State(trial.ticket.state)
    for kind in effects.start:
        if live_clock(trial.ticket, kind) is None:
            promise = _promised_clock(context, kind, values_of(trial.ticket))
            trial.do(promise or ClockChange("want", kind))
    former_reason = _pause_reason(before, process)
    for kind in effects.reinstate:
        trial.do(ClockChange("reinstate", kind, reason=former_reason))
    _update_targets(trial, context)
    moves, rests = bool(event.changes.keys() & {"step", "state"}), state in _RESTING
    ours = acts.kinds_of_ours(trial.ticket)
    for kind in (*(ours if moves and state is State.OPEN else ()), *effects.resume):
        trial.do(ClockChange("resume", kind))
    reason = _pause_reason(trial.ticket, process)
    for kind in ours if moves and rests else ():  # the new step may have another reason than the former one
        trial.do(ClockChange("rest_on", kind, reason=reason))
    for kind in (*effects.pause, *(ours if rests else ())):
        trial.do(ClockChange("pause", kind, reason=reason))
    if not state.is_open:
        _end_all(trial, before)
    return trial.changes


def _end_all(trial: _ClockTrial, before: Ticket) -> None:
    """End all clocks of an ended ticket, except clocks of nature `cliente` that began at its end or later."""
    op: Literal["stop", "cancel"] = "stop" if trial.ticket.state == State.DONE else "cancel"
    ran_before = before.live_clocks if State(before.state).is_open else []
    for clock in trial.ticket.live_clocks:
        began_before = any((c.cycle, c.kind) == (clock.cycle, clock.kind) for c in ran_before)
        if clock.nature is not Nature.CLIENT or began_before:
            trial.do(ClockChange(op, clock.kind))
    for kind in trial.ticket.unpromised:
        trial.do(ClockChange("cancel", kind))


def _pause_reason(ticket: Ticket, process: Process) -> str:
    """Why clocks are paused: the reason that a person gave for the pause, or what the ticket's step waits for."""
    step = process.step(ticket.step) if ticket.step else None
    if step is None or step.state is State.OPEN:
        for clock in ticket.live_clocks:
            if clock.paused_at:
                return clock.pauses[-1].reason
    return step.pause_reason if step else ""


def _promised_clock(context: ProcessContext, kind: str, values: Mapping[str, str]) -> ClockChange | None:
    """The start of the clock of this kind, with the target for these values; None if there is no target."""
    rule = context.process.clocks[kind]
    amount = rule.amount(values)
    if amount is None:
        return None
    calendar = context.versions[rule.calendar]
    nature = context.process.nature_of(kind)
    return ClockChange("start", kind, calendar=calendar, basis=BASES[rule.basis], target=amount, nature=nature)


def _update_targets(trial: _ClockTrial, context: ProcessContext) -> None:
    """Make the clocks of the cycle agree with the targets for the ticket's present values.

    A live clock gets its new target, and is cancelled if it has none. A clock that was requested without a target
    starts when it has one. On an ended ticket, only clocks of nature `cliente` are started.
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
