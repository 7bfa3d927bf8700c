"""The furnished desk of `atendimento demo`: nothing to configure, a queue that is alive whenever it is opened.

Who works there and what comes in is data (`data/demo.toml`). Here it is dated: backward from `now` and in working
time, so that on a Sunday night, too, what should be nearly due is nearly due. Then it is lived, act by act, through the
same services that people use.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any, Literal, TypeVar

from sqlalchemy import Engine, event

from atendimento_tui.calendar import DayCount
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.processes import Service
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.demo_data import DemoData, DemoFeatured, DemoService, DemoStep, Fate, read_demo_data
from atendimento_tui.data.desk_file import SIDES
from atendimento_tui.data.engine import backend
from atendimento_tui.domain.acts import hours as hours_clock
from atendimento_tui.domain.ticket import ClockChange, Ticket
from atendimento_tui.domain.words import ClockKind, Severity
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, processes
from atendimento_tui.services.demo_walk import Walk, do_act, walks
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.opening import Opening, open_ticket
from atendimento_tui.services.people import add_beneficiary
from atendimento_tui.services.setup import SUPERVISOR, NewDesk, found, unmake

try:
    import fcntl
except ImportError:  # no such locks on Windows: of two who begin at once one is refused there
    fcntl = None  # type: ignore[assignment]

_SEED = 20_260_301
_HOUR = 3600
_WORKING_DAY_H = 9
_UNHURRIED_H = 60
"""How long something without a clock takes, more or less."""

_VALIDATION_DAYS = 7
_DESK_AGE = timedelta(days=90)
"""The desk was founded before its first ticket."""

_SHARE_USED = {
    Fate.ON_TIME: (0.03, 0.70),
    Fate.WARNING: (0.77, 0.97),
    Fate.OVERDUE: (1.03, 1.80),
    Fate.PAUSED: (0.10, 0.60),
    Fate.VALIDATION: (0.20, 1.10),
    Fate.DONE: (0.15, 1.20),
}
"""How much of its target a ticket has used, from and to."""

_ENDED_H_AGO = {Fate.PAUSED: (0.3, 20), Fate.VALIDATION: (1, 30), Fate.DONE: (1, 100)}
"""When the pause or the solution was, in working hours before now. No validation has run out: it would be closed."""

_CLAIMED = {Fate.RECENT: 0.0, Fate.ON_TIME: 0.55, Fate.WARNING: 0.75, Fate.OVERDUE: 0.80}
"""How many of these have an owner; who waits, validates or is done had one."""

_COMMENTS = (0, 0, 1, 1, 4)
"""How many comments a ticket with an owner has, one as likely as the other."""

WALKED_FOR = "Clínica Boa Vista"
_WALKED_FOR_H = 5
_SEVERITIES = (Severity.MEDIUM, Severity.LOW)
"""Of the tickets that show each step: who asked, working hours ago, how badly it hurts."""

_Deed = Literal["claim", "comment", "pause", "resume", "hand_in", "solve"]
"""The service that does it; to hand in is to solve and leave the last word to the client."""

_ENDS: dict[Fate, _Deed] = {Fate.PAUSED: "pause", Fate.VALIDATION: "hand_in", Fate.DONE: "solve"}
"""The act by which a ticket comes to its fate."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Act:
    """What somebody did to a ticket."""

    at: datetime
    do: _Deed
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Story:
    """A ticket from its opening to now, planned and not yet lived."""

    service: DemoService
    severity: Severity
    step: DemoStep
    subject: str
    requester: str
    opened_at: datetime
    opened_by: str | None
    acts: tuple[_Act, ...] = ()


def make_demo(database: str | Path, now: datetime) -> Desk:
    """Make and furnish a desk whose last four weeks end at `now`. The same `now` gives the same desk.

    Raises:
        DatabaseUnavailable: There is a desk already, or it cannot be made. Nothing was changed.
    """
    data = read_demo_data()
    desk = found(database, _answers(data), now - _DESK_AGE)
    try:
        stories = _Author(desk, data, now).stories()
        with _committing_lightly(desk.engine):
            covered = [add_beneficiary(desk, now, **person.model_dump()) for person in data.beneficiaries]
            _live(desk, stories, _walked(desk, covered, now))
    except BaseException:
        # A half furnished desk would be opened as if it were whole the next time.
        unmake(desk)
        raise
    return desk


def demo_of_the_day(path: Path, now: datetime, waiting: Callable[[], None]) -> None:
    """Make the demonstration at a path, unless it is there. Of several who begin at once one makes it for all.

    It is made beside its place and put there whole: one that was interrupted is not opened as if it were furnished.

    Args:
        path: Its file.
        now: The instant at which its weeks end.
        waiting: Told when somebody else is making it; it may take some seconds.

    Raises:
        DatabaseUnavailable: It cannot be made.
        OSError: Its folder cannot be written.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.parcial")
    with _alone(path.with_name(f"{path.name}.lock"), waiting):
        if path.exists():
            return
        for ending in ("", *SIDES):  # of somebody who was killed
            Path(f"{partial}{ending}").unlink(missing_ok=True)
        make_demo(partial, now).close()
        for ending in (*SIDES, ""):  # the log before the file; usually it is closed, and there is none
            if Path(f"{partial}{ending}").exists():
                os.rename(f"{partial}{ending}", f"{path}{ending}")


@contextmanager
def _alone(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Nobody else is in here meanwhile; whoever comes later waits. The lock falls with its process."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _answers(data: DemoData) -> NewDesk:
    unit = data.unit
    return NewDesk(
        name=unit.name,
        city=unit.city,
        uf=unit.uf,
        hours=unit.hours,
        ans_registration=unit.ans_registration,
        people={person.name: person.role for person in data.people},
        groups=data.members(),
        is_demo=True,
    )


@contextmanager
def _committing_lightly(engine: Engine) -> Iterator[None]:
    """Acts do not wait for the disk one by one: a few hundred syncs take seconds, and there is no work to lose yet."""

    def prepare(raw: Any, _record: object) -> None:
        raw.cursor().execute(backend(engine.url).COMMIT_LIGHTLY)
        raw.commit()

    engine.dispose()
    event.listen(engine, "connect", prepare)
    try:
        yield
    finally:
        event.remove(engine, "connect", prepare)
        engine.dispose()


class _Author:
    """Writes the stories. Its dice are its own, so that the same desk comes out each time."""

    def __init__(self, desk: Desk, data: DemoData, now: datetime) -> None:
        self._data = data
        self._hours = desk.calendar(desk.unit.hours_calendar)
        self._legal = desk.calendar(desk.unit.legal_calendar)
        # To the second, as people read it; never later than the now that was handed in.
        self._now = now.astimezone(self._hours.tz).replace(microsecond=0)
        self._dice = Random(_SEED)
        self._members = data.members()
        self._owners = {group: self._dealt(names) for group, names in self._members.items()}

    def stories(self) -> list[_Story]:
        """Every ticket of the desk, in no order."""
        return [self._told(featured) for featured in self._data.featured] + list(self._mixed())

    def _mixed(self) -> Iterator[_Story]:
        requesters = {name: self._dealt(world.requesters) for name, world in self._data.worlds.items()}
        for service in self._data.services:
            subjects = self._dealt(service.subjects)
            for fate, count in service.mix.items():
                for _ in range(count):
                    yield self._story(service, fate, next(subjects), next(requesters[service.world]))

    def _dealt(self, cards: list[_T] | tuple[_T, ...]) -> Iterator[_T]:
        """The cards, shuffled, over and over: none comes twice before all came once."""
        return cycle(self._dice.sample(cards, len(cards)))

    def _told(self, featured: DemoFeatured) -> _Story:
        """A ticket that the data tells act by act."""
        service = next(service for service in self._data.services if service.name == featured.service)
        opened_at = self._before(self._now, featured.age_h)
        return _Story(
            service,
            featured.severity,
            next(step for step in service.steps if step.label == featured.step),
            featured.subject,
            featured.requester,
            opened_at,
            self._receiver(service, opened_at),
            tuple(_Act(self._after(opened_at, act.after_h), act.do, act.by, act.text) for act in featured.acts),
        )

    def _story(self, service: DemoService, fate: Fate, subject: str, requester: str) -> _Story:
        """A ticket of the mix."""
        severity = self._dice.choice(service.severities)
        step = self._step(service, fate)
        opened_at, ended_at = self._span(service, severity, fate)
        return _Story(
            service,
            severity,
            step,
            subject,
            requester,
            opened_at,
            self._receiver(service, opened_at),
            tuple(self._acts(service, fate, step.group, opened_at, ended_at)),
        )

    def _step(self, service: DemoService, fate: Fate) -> DemoStep:
        world, step = self._data.worlds[service.world], self._dice.choice(service.steps)
        last = {Fate.VALIDATION: world.validation_step, Fate.DONE: world.done_step}
        return DemoStep(label=last.get(fate, step.label), group=step.group)

    def _receiver(self, service: DemoService, at: datetime) -> str | None:
        """Who took the ticket in; nobody while the desk is closed or where the requester opened it by e-mail."""
        by_mail = self._dice.random() < 0.3
        person = self._dice.choice(self._members[self._data.worlds[service.world].intake])
        return None if by_mail or not self._hours.is_open(at) else person

    # When: all reckoned backward from now.

    def _span(self, service: DemoService, severity: Severity, fate: Fate) -> tuple[datetime, datetime]:
        """When the ticket was opened, and when it was paused or solved: now, if it was not."""
        if fate is Fate.RECENT:
            return self._now - timedelta(seconds=self._dice.randint(90, 3000)), self._now
        if service.days and fate not in _ENDS:
            return self._opened_day(service.days, self._days_left(service.days, fate)), self._now
        ended_at = self._before(self._now, self._dice.uniform(*_ENDED_H_AGO.get(fate, (0, 0))))
        lasted_h = self._dice.uniform(*_SHARE_USED[fate]) * _pace_h(service, severity)
        return self._before(ended_at, lasted_h), ended_at

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
        self, service: DemoService, fate: Fate, group: str, opened_at: datetime, ended_at: datetime
    ) -> Iterator[_Act]:
        worked = self._hours.between(opened_at, ended_at)
        # Where the desk has been closed ever since the opening, nobody can have done anything.
        if not worked or self._dice.random() >= _CLAIMED.get(fate, 1.0):
            return
        owner = next(self._owners[group])
        claimed_at, *commented_at = self._moments(opened_at, worked, 1 + self._dice.choice(_COMMENTS))
        yield _Act(claimed_at, "claim", owner)
        comments = self._dealt(self._data.worlds[service.world].comments)
        for at in commented_at:
            by = self._dice.choice((owner, owner, *self._colleagues(service)))
            yield _Act(at, "comment", by, next(comments))
        if fate in _ENDS:
            said = service.reasons if fate is Fate.PAUSED else service.solutions
            yield _Act(ended_at, _ENDS[fate], owner, self._dice.choice(said))

    def _moments(self, opened_at: datetime, worked: timedelta, count: int) -> list[datetime]:
        """So many moments of the working time since the opening, in their order."""
        worked_h = worked / timedelta(hours=1)
        return sorted(self._after(opened_at, self._dice.uniform(0.02, 0.95) * worked_h) for _ in range(count))

    def _colleagues(self, service: DemoService) -> list[str]:
        """Everybody through whose hands tickets of the service go."""
        return sorted({name for step in service.steps for name in self._members[step.group]})


def _pace_h(service: DemoService, severity: Severity) -> float:
    """Working hours that a ticket takes when it takes its whole term."""
    if service.hours:
        return service.hours[severity]
    return service.days * _WORKING_DAY_H if service.days else _UNHURRIED_H


# Living the stories.


_Line = tuple[datetime, int, Callable[[str], None]]
"""When, which of the script's lines among those of one instant, and what is done under an act's own id."""


def _live(desk: Desk, stories: list[_Story], walked: Iterator[_Line]) -> None:
    """Do everything that is told, in the order of time, whichever ticket it is about."""
    script = [*_told_lines(desk, stories), *walked]
    for line, (_, _, do) in enumerate(sorted(script, key=lambda entry: entry[:2])):
        do(f"demonstracao-{line}")


def _told_lines(desk: Desk, stories: list[_Story]) -> Iterator[_Line]:
    people = {member.name: member.id for member in desk.face().members}
    tickets: dict[int, int] = {}

    def open_(number: int, request: str) -> None:
        tickets[number] = open_ticket(desk, _opening(desk, stories[number], people, request)).ticket

    def act(number: int, told: _Act, request: str) -> None:
        _do(desk, told, Order(tickets[number], people[told.by], request, told.at))

    for number, story in enumerate(stories):
        yield story.opened_at, number, partial(open_, number)
        for told in story.acts:
            yield told.at, number, partial(act, number, told)


def _walked(desk: Desk, covered: Sequence[BeneficiaryRow], now: datetime) -> Iterator[_Line]:
    """A ticket in every step of every service that has a process, taken and brought there as people do it."""
    hours = desk.calendar(desk.unit.hours_calendar)
    supervisor = next(member for member in desk.face().members if member.role == SUPERVISOR).id
    number = 0
    for service in processes.offered(desk):
        context = desk.context(Ticket(process=service.version))
        assert context, "what is offered has a process"
        for step, walk in walks(context).items():
            number += 1
            opened_at = hours.add(now, timedelta(hours=-_WALKED_FOR_H, minutes=-number))
            asks = service.process.requester == "beneficiario"
            about = covered[number % len(covered)] if asks else None
            yield from _walk(desk, service, step, walk, about, supervisor, opened_at, number)


def _walk(
    desk: Desk,
    service: Service,
    step: str,
    walk: Walk,
    about: BeneficiaryRow | None,
    actor: int,
    opened_at: datetime,
    number: int,
) -> Iterator[_Line]:
    tickets: list[int] = []

    def take(request: str) -> None:
        begun = intake.begin(desk, service.version, actor, f"{request}-protocolo", opened_at)
        subject = f"{service.process.name}: {service.process.step(step).name.lower()}"
        told = intake.Intake(
            _SEVERITIES[number % 2],
            WALKED_FOR,
            subject,
            beneficiary=about.id if about else None,
            answers=walk.answers,
        )
        intake.finish(desk, Order(begun.ticket, actor, request, opened_at), told)
        tickets.append(begun.ticket)

    def act(at: datetime, action: str, answer: Answer, request: str) -> None:
        do_act(desk, Order(tickets[0], actor, request, at), action, answer)

    yield opened_at, -number, take
    hours = desk.calendar(desk.unit.hours_calendar)
    for count, (action, answer) in enumerate(walk.acts, start=1):
        at = hours.add(opened_at, timedelta(minutes=20 * count))
        yield at, -number, partial(act, at, action, answer)


def _opening(desk: Desk, story: _Story, people: dict[str, int], request: str) -> Opening:
    return Opening(
        service=story.service.name,
        subject=story.subject,
        severity=story.severity,
        request=request,
        now=story.opened_at,
        actor=people[story.opened_by] if story.opened_by else None,
        requester=story.requester,
        step=story.step.label,
        group=story.step.group,
        clocks=_clocks(desk, story.service, story.severity),
    )


def _clocks(desk: Desk, service: DemoService, severity: Severity) -> tuple[ClockChange, ...]:
    """What the service promises: working hours by severity, the legal days of an answer, or nothing."""
    if service.hours:
        return (hours_clock(ClockKind.SOLUTION, desk.unit.hours_calendar, service.hours[severity] * _HOUR),)
    if service.days:
        return (_days_clock(desk, ClockKind.ANS_ANSWER, service.days),)
    return ()


def _days_clock(desk: Desk, kind: ClockKind, days: int) -> ClockChange:
    return ClockChange("start", kind, calendar=desk.unit.legal_calendar, basis=DayCount.BUSINESS_AFTER, target=days)


def _do(desk: Desk, act: _Act, order: Order) -> None:
    match act.do:
        case "claim":
            acts.claim(desk, order)
        case "comment":
            acts.comment(desk, order, act.text)
        case "pause":
            acts.pause(desk, order, act.text)
        case "resume":
            acts.resume(desk, order)
        case "hand_in":
            acts.solve(desk, order, act.text, _days_clock(desk, ClockKind.VALIDATION, _VALIDATION_DAYS))
        case "solve":
            acts.solve(desk, order, act.text)
