"""Plans the tickets of the demonstration desk, without a database.

All instants are computed backward from `now` in working time, so that the states of tickets are correct at any hour.
Terms and steps of a ticket are found by simulating its process (`walks.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Literal, TypeVar

from atendimento_tui.calendar import BusinessCalendar, DayCount
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.demo.data import DemoAct, DemoData, DemoFeatured, DemoService, DemoState
from atendimento_tui.demo.walks import Walk, find_walk, simulate
from atendimento_tui.domain.clocks import HOURS, Clock, term_of
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import ClockKind, Severity, State
from atendimento_tui.domain.workflow import Answer, ProcessContext

_SEED = 20_260_301
_HOUR = 3600
_WORKING_DAY_H = 9
_HOURS_WITHOUT_CLOCK = 60
"""Working hours of a ticket without a clock, about."""

_SHARE_USED = {
    DemoState.ON_TIME: (0.03, 0.70),
    DemoState.WARNING: (0.77, 0.97),
    DemoState.OVERDUE: (1.03, 1.80),
    DemoState.PAUSED: (0.10, 0.60),
    DemoState.VALIDATION: (0.20, 1.10),
    DemoState.DONE: (0.15, 1.20),
}
"""Used share of the term shown in the queue, from and to; for closed tickets, of the term of the solution."""

_ENDED_H_AGO = {DemoState.PAUSED: (0.3, 20), DemoState.VALIDATION: (1, 30), DemoState.DONE: (1, 100)}
"""Working hours between the pause or the solution and now. Shorter than the term of a validation."""

_END_STATES = {DemoState.PAUSED: State.WAITING, DemoState.VALIDATION: State.VALIDATION, DemoState.DONE: State.DONE}
"""State of a ticket of the demonstration -> the state of its last step."""

_WAITS_BY_STEP = 0.3
"""Share of the waiting tickets that are in a waiting step; the others were paused by a person."""

_CLAIMED = {DemoState.RECENT: 0.0, DemoState.ON_TIME: 0.6, DemoState.WARNING: 0.75, DemoState.OVERDUE: 0.80}
"""Share of the tickets with an owner; in other states all have one."""

_COMMENTS = (0, 0, 1, 1, 4)
"""Possible numbers of comments of a ticket with an owner, with equal probability."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Act:
    """A planned act on a ticket.

    Attributes:
        action: For `act`: the key of the action in the process, or of the field of a received document.
    """

    at: datetime
    do: Literal["claim", "comment", "pause", "resume", "act"]
    by: str
    text: str = ""
    action: str = ""
    answers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class PlannedTicket:
    """A planned ticket with its acts.

    Attributes:
        service: Key of its process.
        opened_by: The person who opened it; None if the requester did.
        about: The beneficiary, if any.
    """

    service: str
    severity: Severity
    subject: str
    requester: str
    about: BeneficiaryRow | None
    answers: Mapping[str, str]
    opened_at: datetime
    opened_by: str | None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class _Simulation:
    """A walk of a ticket through its process, simulated.

    Attributes:
        tickets: The ticket after its opening and after each act of the walk.
    """

    walk: Walk
    tickets: Sequence[Ticket]

    @property
    def last(self) -> Ticket:
        return self.tickets[-1]


class Planner:
    """Plans the tickets. Its random numbers have a fixed seed, so that the result is always the same.

    Args:
        data: The data of the demonstration.
        contexts: Key of a service -> its process on this desk.
        hours: The calendar of the desk's opening hours.
        legal: The calendar of terms in days.
        beneficiaries: The registered beneficiaries.
        now: The instant at which the plan ends.
    """

    def __init__(
        self,
        data: DemoData,
        contexts: Mapping[str, ProcessContext],
        hours: BusinessCalendar,
        legal: BusinessCalendar,
        beneficiaries: Sequence[BeneficiaryRow],
        now: datetime,
    ) -> None:
        self._data, self._contexts = data, contexts
        self._hours, self._legal = hours, legal
        # Without microseconds, so never later than `now`.
        self._now = now.astimezone(hours.tz).replace(microsecond=0)
        self._random = Random(_SEED)
        self._members = data.members()
        self._owners = {group: self._shuffled(names) for group, names in self._members.items()}
        self._requesters = {
            name: self._shuffled(area.requesters) for name, area in data.areas.items() if area.requesters
        }
        self._beneficiaries = self._shuffled(beneficiaries)
        self._walks: dict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], Walk] = {}

    def plan(self) -> list[PlannedTicket]:
        """All tickets of the desk, unordered."""
        return [self._featured(featured) for featured in self._data.featured] + list(self._mixed())

    def _mixed(self) -> Iterator[PlannedTicket]:
        for service in self._data.services:
            subjects = self._shuffled(service.subjects)
            for state, count in service.mix.items():
                for _ in range(count):
                    yield self._plan_ticket(service, state, next(subjects))

    def _shuffled(self, items: Sequence[_T]) -> Iterator[_T]:
        """The items in a random order, repeated endlessly."""
        return cycle(self._random.sample(items, len(items)))

    def _featured(self, featured: DemoFeatured) -> PlannedTicket:
        """A ticket whose acts are in the data."""
        service = next(each for each in self._data.services if each.key == featured.service)
        opened_at = self._before(self._now, featured.age_h)
        walk = self._find_walk(service, (self._contexts[service.key].process.steps[0].key,))
        return PlannedTicket(
            service.key,
            featured.severity,
            featured.subject,
            featured.requester,
            None,
            self._answers(service, walk.answers, featured.subject),
            opened_at,
            self._opened_by(service, opened_at),
            tuple(self._featured_act(opened_at, act) for act in featured.acts),
        )

    def _featured_act(self, opened_at: datetime, act: DemoAct) -> Act:
        return Act(self._after(opened_at, act.after_h), act.do, act.by, act.text, act.action, act.answers)

    def _plan_ticket(self, service: DemoService, state: DemoState, subject: str) -> PlannedTicket:
        """A random ticket of a service in a state."""
        process = self._contexts[service.key].process
        severity = self._random.choice(service.severities)
        simulation = self._choose_walk(service, state, severity)
        opened_at, ended_at = self._span(simulation, state)
        # If the desk has been closed since the opening, nobody has acted.
        if not (worked := self._hours.between(opened_at, ended_at)):
            simulation = _Simulation(Walk(simulation.walk.answers), simulation.tickets[:1])
        about = next(self._beneficiaries) if process.requester == "beneficiario" else None
        return PlannedTicket(
            service.key,
            severity,
            subject,
            about.name if about else next(self._requesters[process.area]),
            about,
            self._answers(service, simulation.walk.answers, subject),
            opened_at,
            self._opened_by(service, opened_at),
            tuple(self._acts(service, state, simulation, subject, opened_at, ended_at)) if worked else (),
        )

    def _opened_by(self, service: DemoService, at: datetime) -> str | None:
        """Who opened the ticket; None if the desk was closed or the requester opened it by e-mail."""
        by_mail = self._random.random() < 0.3
        group = self._contexts[service.key].process.steps[0].group
        person = self._random.choice(self._members[str(group)])
        return None if by_mail or not self._hours.is_open(at) else person

    # Steps.

    def _choose_walk(self, service: DemoService, state: DemoState, severity: Severity) -> _Simulation:
        """Choose a walk to a step in which the ticket has the state."""
        context = self._contexts[service.key]
        step, end_state = self._random.choice(service.steps), _END_STATES.get(state)
        ends = [each.key for each in context.process.steps if each.state is end_state]
        if state is DemoState.PAUSED and self._random.random() >= _WAITS_BY_STEP:
            ends = []  # a person pauses it in its step
        stops = (context.process.steps[0].key,) if state is DemoState.RECENT else (step,)
        for end in self._random.sample(ends, len(ends)):
            try:
                walk = self._find_walk(service, (*stops, end))
            except LookupError:  # this end cannot be reached from there
                continue
            return _Simulation(walk, simulate(context, walk, severity))
        walk = self._find_walk(service, stops)
        return _Simulation(walk, simulate(context, walk, severity))

    def _find_walk(self, service: DemoService, stops: tuple[str, ...]) -> Walk:
        key = (service.key, stops, tuple(service.given.items()))
        if key not in self._walks:
            self._walks[key] = find_walk(self._contexts[service.key], stops, service.given)
        return self._walks[key]

    # Instants, computed backward from now.

    def _span(self, simulation: _Simulation, state: DemoState) -> tuple[datetime, datetime]:
        """The instant of the opening, and that of the pause or the solution; now if there is none."""
        if state is DemoState.RECENT:
            return self._now - timedelta(seconds=self._random.randint(90, 3000)), self._now
        clock = self._clock(simulation.tickets[0] if state in _ENDED_H_AGO else simulation.last, state)
        if clock and clock.basis != HOURS and state not in _ENDED_H_AGO:
            return self._opened_day(clock.target, self._days_left(clock.target, state)), self._now
        ended_at = self._before(self._now, self._random.uniform(*_ENDED_H_AGO.get(state, (0, 0))))
        lasted_h = self._random.uniform(*_SHARE_USED[state]) * _term_h(clock)
        return self._before(ended_at, lasted_h), ended_at

    def _clock(self, ticket: Ticket, state: DemoState) -> Clock | None:
        """The clock of the state: the one due first; for a presented solution, that of the solution."""
        live = sorted(ticket.live_clocks, key=self._due)
        if state in (DemoState.VALIDATION, DemoState.DONE):
            live = [clock for clock in live if clock.kind == ClockKind.SOLUTION] or live
        return live[0] if live else None

    def _due(self, clock: Clock) -> datetime:
        calendar = self._hours if clock.basis == HOURS else self._legal
        return term_of(clock, calendar).due_at

    def _days_left(self, term: int, state: DemoState) -> int:
        # A term in days warns from its last day but one.
        first, last = {DemoState.WARNING: (0, 0), DemoState.OVERDUE: (-3, -1)}.get(state, (2, term - 1))
        return self._random.randint(first, last)

    def _opened_day(self, term: int, days_left: int) -> datetime:
        """An instant on the business day that leaves `days_left` days of the term (0: due today or next business day).

        Computed in days, not in working hours, because some business days have none: Carnaval is an optional day.
        """
        today = self._now.date()
        if days_left < 0:
            due = self._legal.add_days(today, days_left, DayCount.BUSINESS_AFTER)
        else:
            due = self._legal.add_days(today, days_left + 1, DayCount.BUSINESS_FROM)
        day = self._legal.add_days(due, -term, DayCount.BUSINESS_AFTER)
        morning = datetime.combine(day, time(9), self._hours.tz)
        return morning + timedelta(seconds=self._random.randrange(_WORKING_DAY_H * _HOUR))

    def _before(self, at: datetime, working_h: float) -> datetime:
        return self._hours.add(at, -timedelta(seconds=int(working_h * _HOUR)))

    def _after(self, at: datetime, working_h: float) -> datetime:
        return self._hours.add(at, timedelta(seconds=int(working_h * _HOUR)))

    # Acts.

    def _acts(
        self,
        service: DemoService,
        state: DemoState,
        simulation: _Simulation,
        subject: str,
        opened_at: datetime,
        ended_at: datetime,
    ) -> Iterator[Act]:
        """The acts of the walk, each by an owner in the group of the step, with claims and comments."""
        is_claimed = self._random.random() < _CLAIMED.get(state, 1.0)
        if not simulation.walk.acts and not is_claimed:
            return
        ends_by_walk = state in _END_STATES and simulation.last.state == _END_STATES[state]
        planned = list(self._planned(service, simulation, subject, is_claimed=is_claimed))
        last = [planned.pop()] if ends_by_walk else []
        owner = planned[-1].by
        if state is DemoState.PAUSED and not ends_by_walk:
            last = [Act(ended_at, "pause", owner, self._random.choice(service.reasons))]
        comments = list(self._comments(service, owner)) if is_claimed else []
        behind = max(number for number, act in enumerate(planned, start=1) if act.do == "claim")
        for comment in comments:
            planned.insert(self._random.randint(behind, len(planned)), comment)
        instants = self._instants(opened_at, self._hours.between(opened_at, ended_at), len(planned))
        for at, act in (*zip(instants, planned, strict=True), *((ended_at, act) for act in last)):
            yield Act(at, act.do, act.by, act.text, act.action, act.answers)

    def _planned(
        self, service: DemoService, simulation: _Simulation, subject: str, *, is_claimed: bool
    ) -> Iterator[Act]:
        """Claims and acts in their order, without their instants."""
        owner = ""
        for number, ticket in enumerate(simulation.tickets):
            is_last = number == len(simulation.walk.acts)
            if not owner and (not is_last or is_claimed) and State(ticket.state).is_open:
                owner = next(self._owners[self._group(service, ticket)])
                yield Act(self._now, "claim", owner)
            if is_last:
                return
            action, answer = simulation.walk.acts[number]
            yield self._walk_act(service, action, answer, owner, subject)
            if simulation.tickets[number + 1].owner is None:
                owner = ""

    def _walk_act(self, service: DemoService, action: str, answer: Answer, by: str, subject: str) -> Act:
        """An act of the walk, with the texts of the service."""
        text = self._random.choice(service.words[action]) if answer.text and action in service.words else answer.text
        return Act(self._now, "act", by, text, action, self._answers(service, answer.values, subject))

    def _comments(self, service: DemoService, owner: str) -> Iterator[Act]:
        comments = self._shuffled(self._data.areas[self._contexts[service.key].process.area].comments)
        for _ in range(self._random.choice(_COMMENTS)):
            by = self._random.choice((owner, owner, *self._colleagues(service)))
            yield Act(self._now, "comment", by, next(comments))

    def _instants(self, opened_at: datetime, worked: timedelta, count: int) -> list[datetime]:
        """`count` sorted instants in the working time after the opening; early ones are more likely."""
        worked_h = worked / timedelta(hours=1)
        shares = (0.02 + 0.93 * self._random.random() ** 2 for _ in range(count))
        return sorted(self._after(opened_at, share * worked_h) for share in shares)

    def _answers(self, service: DemoService, typed: Mapping[str, str], subject: str) -> dict[str, str]:
        """The answers of a walk, with the texts of the service if it has any."""
        return {key: self._answer(service.answers.get(key, (value,)), subject) for key, value in typed.items()}

    def _answer(self, possible: Sequence[str], subject: str) -> str:
        named = [each for each in possible if each in subject]
        return (named[0] if named else self._random.choice(possible)).replace("{assunto}", subject)

    def _group(self, service: DemoService, ticket: Ticket) -> str:
        groups = self._contexts[service.key].groups
        return next(name for name, number in groups.items() if number == ticket.group)

    def _colleagues(self, service: DemoService) -> list[str]:
        """The members of the groups of the service's steps."""
        process = self._contexts[service.key].process
        groups = [str(process.step(step).group) for step in service.steps]
        return sorted({name for group in groups for name in self._members[group]})


def _term_h(clock: Clock | None) -> float:
    """The whole term of a clock in working hours."""
    if clock is None:
        return _HOURS_WITHOUT_CLOCK
    return clock.target / _HOUR if clock.basis == HOURS else clock.target * _WORKING_DAY_H
