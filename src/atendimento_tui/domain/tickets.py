"""A ticket and its events.

An act is decided by a function of `acts` and recorded as one `Event`. Only `evolve` changes a ticket, so that acts,
imports and replays give the same result.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, Self

from atendimento_tui.domain.clocks import Clock
from atendimento_tui.domain.words import NATURES, Nature, Severity, State

FIELD = "campo."
"""Prefix of a process's field in the changes of an event."""

ATTACHED = "attachment"
"""In the changes of an event: the hash of the file that was attached with it. It is no field of the ticket."""

Value = str | int | None
"""A value of a ticket's field in an event."""


@dataclass(frozen=True, slots=True)
class ClockChange:
    """A change that an event makes to clocks of the ticket's current cycle.

    Attributes:
        op: `start`, `pause`, `resume`, `stop`, `cancel` (stop without a result), `reinstate` (a stopped clock runs
            again, the time in between is a pause), `retarget` (another target, counted from the same start), `rest_on`
            (the pause continues with another reason), `recalendar` (all clocks of the kind, of any cycle, that run on
            `former` run on `calendar` instead), or `want` (requested while the process gives it no target: it starts
            when there is one).
        kind: Which clock; None means all of the cycle that have not stopped.
        reason: Why it is paused.
        calendar, basis, target, nature: Of a clock that starts (see `Clock`). Without a nature (in old events), it is
        that of its kind.
        former, told, delayed: Of a clock that gets another calendar: the version before, its new `told_calendar`, its
            new `delayed_calendar`.
    """

    op: Literal["start", "pause", "resume", "stop", "cancel", "reinstate", "retarget", "want", "rest_on", "recalendar"]
    kind: str | None = None
    reason: str = ""
    calendar: int = 0
    basis: str = ""
    target: int = 0
    nature: Nature | None = None
    former: int = 0
    told: int | None = None
    delayed: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An act on a ticket. Events never change.

    Attributes:
        kind: The act's key (`aberto`, `assumido`, `comentado`...), which `texts` translates.
        actor: The person's id; None for the desk itself (`sistema`).
        text: What the person wrote.
        action: Label of the process's action at that time.
        changes: Field -> (from, to): fields of `Ticket` that are `Value`s, `campo.` and the key of a field of its
            process, or `ATTACHED`.
        clocks: Changes of the clocks, in order. If a new cycle begins, those before the first start belong to the old
            cycle, the others to the new one.
        erased: The texts and answers that were erased by this event, of kind `anonimizado` (`trail.event_texts`,
            `trail.answer_of`).
    """

    kind: str
    at: datetime
    actor: int | None
    text: str = ""
    action: str = ""
    changes: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)
    clocks: tuple[ClockChange, ...] = ()
    erased: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket, built from its events.

    Attributes:
        version: Number of its events.
        fields: The answers to the fields of its process.
        former_step: The last step before this one in which the desk worked on the ticket (neither validation nor an
            end), where work continues after a rejection or a reopening.
        step_since: When it came to its step.
        step, step_name: Key and name of its step.
        origin: Its number in the system it was imported from.
        clocks: Those of all cycles, in the order of their starts.
        unpromised: Kinds of clocks that the cycle requested without a target, each with whether it is still requested:
            one that was stopped meanwhile can be reinstated, like a clock.
        head: The hash of its last stored event (`domain.trail`), which the next one is chained to. No rule uses it.
    """

    protocol: str = ""
    origin: str | None = None
    process: int = 0
    channel: str = ""
    step: str = ""
    step_name: str = ""
    group: int | None = None
    owner: int | None = None
    requester: int | None = None
    beneficiary: int | None = None
    subject: str = ""
    severity: str = Severity.MEDIUM
    state: str = State.OPEN
    cycle: int = 1
    version: int = 0
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    former_step: str = ""
    step_since: datetime | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    clocks: tuple[Clock, ...] = ()
    unpromised: Mapping[str, bool] = field(default_factory=dict)
    head: str = field(default="", compare=False)

    @property
    def is_only_begun(self) -> bool:
        """Whether only its protocol number was taken: it has no answers, clocks or timers yet."""
        return self.version == 1 and self.state == State.ABANDONED

    @property
    def live_clocks(self) -> list[Clock]:
        return [clock for clock in self.clocks if clock.is_live]

    def change(self, **values: Value) -> dict[str, tuple[Value, Value]]:
        """The changes that give the named fields these values, without those that have them already."""
        return {name: (getattr(self, name), value) for name, value in values.items() if getattr(self, name) != value}

    def change_fields(self, values: Mapping[str, str]) -> dict[str, tuple[Value, Value]]:
        """The changes that give the named fields of the process these values."""
        return {
            f"{FIELD}{key}": (self.fields.get(key), value)
            for key, value in values.items()
            if self.fields.get(key, "") != value
        }

    def evolve(self, event: Event) -> Self:
        """The ticket after the event."""
        # Values are collected for one `replace`, which is most of the time that a replay takes.
        new: dict[str, Any] = {name: to for name, (_, to) in event.changes.items() if not name.startswith(FIELD)}
        asked = {name.removeprefix(FIELD): to for name, (_, to) in event.changes.items() if name.startswith(FIELD)}
        if asked:
            new["fields"] = {**self.fields, **{key: str(to or "") for key, to in asked.items()}}
        new.pop(ATTACHED, None)
        if "step" in new or self.version == 0:
            was_ours = self.state in (State.OPEN, State.WAITING) and self.step != new.get("step", self.step)
            new |= {"former_step": self.step if was_ours else self.former_step, "step_since": event.at}
        new_cycle = new.get("cycle", self.cycle)
        clocks, cycle = self.clocks, self.cycle if self.version else new_cycle
        unpromised = self.unpromised if new_cycle == self.cycle else {}
        for change in event.clocks:
            cycle = new_cycle if change.op in ("start", "want") else cycle
            clocks = _changed(clocks, change, cycle, event.at)
            unpromised = _asked_for(unpromised, change)
        closed = not State(new.get("state", self.state)).is_open
        new |= {
            "clocks": clocks,
            "unpromised": unpromised,
            "version": self.version + 1,
            "opened_at": self.opened_at or event.at,
            "closed_at": (self.closed_at or event.at) if closed else None,
            "changed_at": event.at,
        }
        return replace(self, **new)


def _changed(clocks: tuple[Clock, ...], change: ClockChange, cycle: int, at: datetime) -> tuple[Clock, ...]:
    if change.op == "start":
        assert change.kind, "a clock that starts has a kind"
        nature = change.nature or NATURES.get(change.kind, Nature.OURS)
        clock = Clock(cycle, change.kind, change.calendar, change.basis, change.target, at, nature=nature)
        return (*clocks, clock)

    if change.op == "recalendar":
        return tuple(_recalendared(clock, change) for clock in clocks)

    newest = {clock.kind: clock for clock in clocks if clock.cycle == cycle}

    def after(clock: Clock) -> Clock:
        if clock.cycle != cycle or (change.kind and clock.kind != change.kind):
            return clock
        if change.op == "reinstate" and clock is not newest[clock.kind]:
            return clock
        match change.op:
            case "pause":
                return clock.pause(at, change.reason)
            case "rest_on":
                return clock.rest_on(at, change.reason)
            case "resume":
                return clock.resume(at)
            case "reinstate":
                return clock.reinstate(at, change.reason)
            case "retarget":
                return replace(clock, target=change.target) if clock.is_live else clock
            case "want":
                return clock
            case _:
                return clock.stop(at, cancelled=change.op == "cancel")

    return tuple(after(clock) for clock in clocks)


def _recalendared(clock: Clock, change: ClockChange) -> Clock:
    if not clock.is_live or clock.kind != change.kind or clock.calendar != change.former:
        return clock
    return replace(clock, calendar=change.calendar, told_calendar=change.told, delayed_calendar=change.delayed)


def _asked_for(unpromised: Mapping[str, bool], change: ClockChange) -> Mapping[str, bool]:
    """The requested kinds without a target after the change, which applies to them as to clocks."""
    if change.op == "want":
        assert change.kind, "a clock that is asked for has a kind"
        return {**unpromised, change.kind: True}
    touched = {kind for kind in unpromised if change.kind in (None, kind)}
    if change.op in ("start", "cancel"):
        return {kind: asked for kind, asked in unpromised.items() if kind not in touched}
    if change.op in ("stop", "reinstate"):
        return {kind: change.op == "reinstate" if kind in touched else asked for kind, asked in unpromised.items()}
    return unpromised


def replay(events: Iterable[Event]) -> Ticket:
    """The ticket built from these events in their order."""
    ticket = Ticket()
    for event in events:
        ticket = ticket.evolve(event)
    return ticket
