"""The tickets of the furnished desk, planned and not yet lived.

All instants are reckoned backward from `now` and in working time, so that on a Sunday night, too, what should be nearly
due is nearly due. What a ticket promises, and through which steps it comes, its process says: it is tried out on paper.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Literal, TypeVar

from atendimento_tui.calendar import BusinessCalendar, DayCount
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.demo.data import DemoAct, DemoData, DemoFeatured, DemoService, Fate
from atendimento_tui.demo.ways import Walk, rehearsed, way
from atendimento_tui.domain.clocks import HOURS, Clock, term_of
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.words import ClockKind, Severity, State
from atendimento_tui.domain.workflow import Answer, ProcessContext

_SEED = 20_260_301
_HOUR = 3600
_WORKING_DAY_H = 9
_UNHURRIED_H = 60
"""How long something without a clock takes, more or less."""

_SHARE_USED = {
    Fate.ON_TIME: (0.03, 0.70),
    Fate.WARNING: (0.77, 0.97),
    Fate.OVERDUE: (1.03, 1.80),
    Fate.PAUSED: (0.10, 0.60),
    Fate.VALIDATION: (0.20, 1.10),
    Fate.DONE: (0.15, 1.20),
}
"""How much of the term that the queue shows a ticket has used, from and to; of one that ended, of its solution's."""

_ENDED_H_AGO = {Fate.PAUSED: (0.3, 20), Fate.VALIDATION: (1, 30), Fate.DONE: (1, 100)}
"""When the pause or the solution was, in working hours before now. No validation has run out: it would be closed."""

_END_STATES = {Fate.PAUSED: State.WAITING, Fate.VALIDATION: State.VALIDATION, Fate.DONE: State.DONE}
"""The state of the step in which a ticket comes to its fate."""

_WAITS_BY_STEP = 0.3
"""How many of the tickets that wait do so in a step of their process; the others were paused by a person."""

_CLAIMED = {Fate.RECENT: 0.0, Fate.ON_TIME: 0.6, Fate.WARNING: 0.75, Fate.OVERDUE: 0.80}
"""How many of these have an owner; who waits, validates or is done had one."""

_COMMENTS = (0, 0, 1, 1, 4)
"""How many comments a ticket with an owner has, one as likely as the other."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to a ticket.

    Attributes:
        action: Of `act`: the key of the process's action, or the field of a document that came.
    """

    at: datetime
    do: Literal["claim", "comment", "pause", "resume", "act"]
    by: str
    text: str = ""
    action: str = ""
    answers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket from its opening to now.

    Attributes:
        service: Key of its process.
        opened_by: Who took it in; None where nobody did.
        about: The beneficiary whom it is about.
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
class _Course:
    """The way of a ticket through its process, on paper.

    Attributes:
        tickets: The ticket after its opening and after each act of the walk.
    """

    walk: Walk
    tickets: Sequence[Ticket]

    @property
    def standing(self) -> Ticket:
        return self.tickets[-1]


class Author:
    """Writes the stories. Its dice are its own, so that the same desk comes out each time.

    Args:
        contexts: Key of a service -> its process on this desk.
        hours: When the desk is open.
        legal: The calendar of terms in days.
    """

    def __init__(
        self,
        data: DemoData,
        contexts: Mapping[str, ProcessContext],
        hours: BusinessCalendar,
        legal: BusinessCalendar,
        covered: Sequence[BeneficiaryRow],
        now: datetime,
    ) -> None:
        self._data, self._contexts = data, contexts
        self._hours, self._legal = hours, legal
        # To the second, as people read it; never later than the now that was handed in.
        self._now = now.astimezone(hours.tz).replace(microsecond=0)
        self._dice = Random(_SEED)
        self._members = data.members()
        self._owners = {group: self._dealt(names) for group, names in self._members.items()}
        self._requesters = {name: self._dealt(area.requesters) for name, area in data.areas.items() if area.requesters}
        self._covered = self._dealt(covered)
        self._walks: dict[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], Walk] = {}

    def stories(self) -> list[Story]:
        """Every ticket of the desk, in no order."""
        return [self._told(featured) for featured in self._data.featured] + list(self._mixed())

    def _mixed(self) -> Iterator[Story]:
        for service in self._data.services:
            subjects = self._dealt(service.subjects)
            for fate, count in service.mix.items():
                for _ in range(count):
                    yield self._story(service, fate, next(subjects))

    def _dealt(self, cards: Sequence[_T]) -> Iterator[_T]:
        """The cards, shuffled, over and over: none comes twice before all came once."""
        return cycle(self._dice.sample(cards, len(cards)))

    def _told(self, featured: DemoFeatured) -> Story:
        """A ticket that the data tells act by act."""
        service = next(each for each in self._data.services if each.key == featured.service)
        opened_at = self._before(self._now, featured.age_h)
        walk = self._way(service, (self._contexts[service.key].process.steps[0].key,))
        return Story(
            service.key,
            featured.severity,
            featured.subject,
            featured.requester,
            None,
            self._answers(service, walk.answers, featured.subject),
            opened_at,
            self._receiver(service, opened_at),
            tuple(self._told_act(opened_at, act) for act in featured.acts),
        )

    def _told_act(self, opened_at: datetime, act: DemoAct) -> Act:
        return Act(self._after(opened_at, act.after_h), act.do, act.by, act.text, act.action, act.answers)

    def _story(self, service: DemoService, fate: Fate, subject: str) -> Story:
        """A ticket of the mix."""
        process = self._contexts[service.key].process
        severity = self._dice.choice(service.severities)
        course = self._course(service, fate, severity)
        opened_at, ended_at = self._span(course, fate)
        # Where the desk has been closed ever since the opening, nobody can have done anything.
        if not (worked := self._hours.between(opened_at, ended_at)):
            course = _Course(Walk(course.walk.answers), course.tickets[:1])
        about = next(self._covered) if process.requester == "beneficiario" else None
        return Story(
            service.key,
            severity,
            subject,
            about.name if about else next(self._requesters[process.area]),
            about,
            self._answers(service, course.walk.answers, subject),
            opened_at,
            self._receiver(service, opened_at),
            tuple(self._acts(service, fate, course, subject, opened_at, ended_at)) if worked else (),
        )

    def _receiver(self, service: DemoService, at: datetime) -> str | None:
        """Who took the ticket in; nobody while the desk is closed or where the requester opened it by e-mail."""
        by_mail = self._dice.random() < 0.3
        group = self._contexts[service.key].process.steps[0].group
        person = self._dice.choice(self._members[str(group)])
        return None if by_mail or not self._hours.is_open(at) else person

    # Through which steps.

    def _course(self, service: DemoService, fate: Fate, severity: Severity) -> _Course:
        """The way to a step in which the ticket has its fate."""
        context = self._contexts[service.key]
        step, state = self._dice.choice(service.steps), _END_STATES.get(fate)
        ends = [each.key for each in context.process.steps if each.state is state]
        if fate is Fate.PAUSED and self._dice.random() >= _WAITS_BY_STEP:
            ends = []  # a person pauses it where it stands
        stops = (context.process.steps[0].key,) if fate is Fate.RECENT else (step,)
        for end in self._dice.sample(ends, len(ends)):
            try:
                walk = self._way(service, (*stops, end))
            except LookupError:  # this end is not reached from there
                continue
            return _Course(walk, rehearsed(context, walk, severity))
        walk = self._way(service, stops)
        return _Course(walk, rehearsed(context, walk, severity))

    def _way(self, service: DemoService, stops: tuple[str, ...]) -> Walk:
        key = (service.key, stops, tuple(service.given.items()))
        if key not in self._walks:
            self._walks[key] = way(self._contexts[service.key], stops, service.given)
        return self._walks[key]

    # When: all reckoned backward from now.

    def _span(self, course: _Course, fate: Fate) -> tuple[datetime, datetime]:
        """When the ticket was opened, and when it was paused or solved: now, if it was not."""
        if fate is Fate.RECENT:
            return self._now - timedelta(seconds=self._dice.randint(90, 3000)), self._now
        clock = self._clock(course.tickets[0] if fate in _ENDED_H_AGO else course.standing, fate)
        if clock and clock.basis != HOURS and fate not in _ENDED_H_AGO:
            return self._opened_day(clock.target, self._days_left(clock.target, fate)), self._now
        ended_at = self._before(self._now, self._dice.uniform(*_ENDED_H_AGO.get(fate, (0, 0))))
        lasted_h = self._dice.uniform(*_SHARE_USED[fate]) * _pace_h(clock)
        return self._before(ended_at, lasted_h), ended_at

    def _clock(self, ticket: Ticket, fate: Fate) -> Clock | None:
        """The clock that the fate is about: the one due first, or that of the solution where it was presented."""
        live = sorted(ticket.live_clocks, key=self._due)
        if fate in (Fate.VALIDATION, Fate.DONE):
            live = [clock for clock in live if clock.kind == ClockKind.SOLUTION] or live
        return live[0] if live else None

    def _due(self, clock: Clock) -> datetime:
        calendar = self._hours if clock.basis == HOURS else self._legal
        return term_of(clock, calendar).due_at

    def _days_left(self, term: int, fate: Fate) -> int:
        # A term asks for attention on its last day and on the one before.
        first, last = {Fate.WARNING: (0, 0), Fate.OVERDUE: (-3, -1)}.get(fate, (2, term - 1))
        return self._dice.randint(first, last)

    def _opened_day(self, term: int, days_left: int) -> datetime:
        """A moment of the business day that leaves so many days of the term; 0 is due on this business day or the next.

        Told by the day and not by working hours, which some business days do not have: Carnaval is an optional day.
        """
        today = self._now.date()
        if days_left < 0:
            due = self._legal.add_days(today, days_left, DayCount.BUSINESS_AFTER)
        else:
            due = self._legal.add_days(today, days_left + 1, DayCount.BUSINESS_FROM)
        day = self._legal.add_days(due, -term, DayCount.BUSINESS_AFTER)
        morning = datetime.combine(day, time(9), self._hours.tz)
        return morning + timedelta(seconds=self._dice.randrange(_WORKING_DAY_H * _HOUR))

    def _before(self, at: datetime, working_h: float) -> datetime:
        return self._hours.add(at, -timedelta(seconds=int(working_h * _HOUR)))

    def _after(self, at: datetime, working_h: float) -> datetime:
        return self._hours.add(at, timedelta(seconds=int(working_h * _HOUR)))

    # What: who claimed it, what was said, how it ended.

    def _acts(
        self,
        service: DemoService,
        fate: Fate,
        course: _Course,
        subject: str,
        opened_at: datetime,
        ended_at: datetime,
    ) -> Iterator[Act]:
        """The acts of the walk, each by an owner of the step's group, with comments among them."""
        is_claimed = self._dice.random() < _CLAIMED.get(fate, 1.0)
        if not course.walk.acts and not is_claimed:
            return
        ends_by_walk = fate in _END_STATES and course.standing.state == _END_STATES[fate]
        planned = list(self._planned(service, course, subject, is_claimed=is_claimed))
        last = [planned.pop()] if ends_by_walk else []
        owner = planned[-1].by
        if fate is Fate.PAUSED and not ends_by_walk:
            last = [Act(ended_at, "pause", owner, self._dice.choice(service.reasons))]
        comments = list(self._comments(service, owner)) if is_claimed else []
        behind = max(number for number, act in enumerate(planned, start=1) if act.do == "claim")
        for comment in comments:
            planned.insert(self._dice.randint(behind, len(planned)), comment)
        moments = self._moments(opened_at, self._hours.between(opened_at, ended_at), len(planned))
        for at, act in (*zip(moments, planned, strict=True), *((ended_at, act) for act in last)):
            yield Act(at, act.do, act.by, act.text, act.action, act.answers)

    def _planned(self, service: DemoService, course: _Course, subject: str, *, is_claimed: bool) -> Iterator[Act]:
        """Claims and acts in their order; the instants are not known yet."""
        owner = ""
        for number, ticket in enumerate(course.tickets):
            is_last = number == len(course.walk.acts)
            if not owner and (not is_last or is_claimed) and State(ticket.state).is_open:
                owner = next(self._owners[self._group(service, ticket)])
                yield Act(self._now, "claim", owner)
            if is_last:
                return
            action, answer = course.walk.acts[number]
            yield self._walked(service, action, answer, owner, subject)
            if course.tickets[number + 1].owner is None:
                owner = ""

    def _walked(self, service: DemoService, action: str, answer: Answer, by: str, subject: str) -> Act:
        """An act of the walk in the words of the service."""
        text = self._dice.choice(service.words[action]) if answer.text and action in service.words else answer.text
        return Act(self._now, "act", by, text, action, self._answers(service, answer.values, subject))

    def _comments(self, service: DemoService, owner: str) -> Iterator[Act]:
        said = self._dealt(self._data.areas[self._contexts[service.key].process.area].comments)
        for _ in range(self._dice.choice(_COMMENTS)):
            by = self._dice.choice((owner, owner, *self._colleagues(service)))
            yield Act(self._now, "comment", by, next(said))

    def _moments(self, opened_at: datetime, worked: timedelta, count: int) -> list[datetime]:
        """So many moments of the working time since the opening, in their order, the more the earlier."""
        worked_h = worked / timedelta(hours=1)
        shares = (0.02 + 0.93 * self._dice.random() ** 2 for _ in range(count))
        return sorted(self._after(opened_at, share * worked_h) for share in shares)

    def _answers(self, service: DemoService, typed: Mapping[str, str], subject: str) -> dict[str, str]:
        """The answers of a walk in the words of the service, where it has any."""
        return {key: self._answer(service.answers.get(key, (value,)), subject) for key, value in typed.items()}

    def _answer(self, said: Sequence[str], subject: str) -> str:
        named = [each for each in said if each in subject]
        return (named[0] if named else self._dice.choice(said)).replace("{assunto}", subject)

    def _group(self, service: DemoService, ticket: Ticket) -> str:
        groups = self._contexts[service.key].groups
        return next(name for name, number in groups.items() if number == ticket.group)

    def _colleagues(self, service: DemoService) -> list[str]:
        """Everybody through whose hands tickets of the service go."""
        process = self._contexts[service.key].process
        groups = [str(process.step(step).group) for step in service.steps]
        return sorted({name for group in groups for name in self._members[group]})


def _pace_h(clock: Clock | None) -> float:
    """Working hours that a ticket takes when it takes its whole term."""
    if clock is None:
        return _UNHURRIED_H
    return clock.target / _HOUR if clock.basis == HOURS else clock.target * _WORKING_DAY_H
