"""Making the furnished desk: everything that is planned is lived, act by act, through the services that people use."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.processes import Service
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data.desk_file import SIDES
from atendimento_tui.data.engine import committing_lightly
from atendimento_tui.demo.data import DemoData, read_demo_data
from atendimento_tui.demo.stories import Act, Author, Story
from atendimento_tui.demo.ways import Walk, do_act, walks
from atendimento_tui.domain.ticket import Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, ProcessContext
from atendimento_tui.services import acts, intake, processes
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.people import add_beneficiary
from atendimento_tui.services.setup import SUPERVISOR, NewDesk, create_desk, unmake
from atendimento_tui.services.sweep import sweep

try:
    import fcntl
except ImportError:  # no such locks on Windows: of two who begin at once one is refused there
    fcntl = None  # type: ignore[assignment]

_DESK_AGE = timedelta(days=90)
"""The desk was founded before its first ticket."""

WALKED_FOR = "Clínica Boa Vista"
_WALKED_FOR_H = 5
_SEVERITIES = (Severity.MEDIUM, Severity.LOW)
"""Of the tickets that show each step: who asked, working hours ago, how badly it hurts."""

_Line = tuple[datetime, int, Callable[[str], None]]
"""When, which of the script's lines among those of one instant, and what is done under an act's own id."""


def make_demo(database: str | Path, now: datetime) -> Desk:
    """Make and furnish a desk whose last four weeks end at `now`. The same `now` gives the same desk.

    Raises:
        DatabaseUnavailable: There is a desk already, or it cannot be made. Nothing was changed.
    """
    data = read_demo_data()
    desk = create_desk(database, _answers(data), now - _DESK_AGE)
    try:
        # A few hundred syncs take seconds, and there is no work to lose yet.
        with committing_lightly(desk.engine):
            _furnish(desk, data, now)
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


def _furnish(desk: Desk, data: DemoData, now: datetime) -> None:
    """Live everything in the order of time, whichever ticket it is about; then let happen what is due by now."""
    covered = [add_beneficiary(desk, now, **person.model_dump()) for person in data.beneficiaries]
    services = {service.key: service for service in processes.offered(desk)}
    contexts = {key: _context(desk, service) for key, service in services.items()}
    hours, legal = desk.calendar(desk.unit.hours_calendar), desk.calendar(desk.unit.legal_calendar)
    stories = Author(data, contexts, hours, legal, covered, now).stories()
    script = [*_told(desk, services, stories), *_walked(desk, services.values(), covered, now)]
    for line, (_, _, do) in enumerate(sorted(script, key=lambda entry: entry[:2])):
        do(f"demonstracao-{line}")
    sweep(desk, now)


def _context(desk: Desk, service: Service) -> ProcessContext:
    context = desk.context(Ticket(process=service.version))
    assert context, "what is offered has a process"
    return context


def _told(desk: Desk, services: dict[str, Service], stories: Sequence[Story]) -> Iterator[_Line]:
    people = {member.name: member.id for member in desk.face().members}
    for number, story in enumerate(stories):
        service, tickets = services[story.service], list[int]()
        actor = people[story.opened_by] if story.opened_by else None
        told = intake.Intake(
            story.severity,
            story.requester,
            story.subject,
            service.process.channels[number % len(service.process.channels)],
            story.about.id if story.about else None,
            story.answers,
        )
        yield story.opened_at, number, partial(_take, desk, service, actor, told, story.opened_at, tickets)
        for act in story.acts:
            yield act.at, number, partial(_do, desk, act, people[act.by], tickets)


def _walked(
    desk: Desk, services: Iterable[Service], covered: Sequence[BeneficiaryRow], now: datetime
) -> Iterator[_Line]:
    """A ticket in every step of every service of the catalogue, taken and brought there as people do it."""
    hours = desk.calendar(desk.unit.hours_calendar)
    supervisor = next(member for member in desk.face().members if member.role == SUPERVISOR).id
    number = 0
    for service in services:
        for step, walk in walks(_context(desk, service)).items():
            number += 1
            opened_at = hours.add(now, timedelta(hours=-_WALKED_FOR_H, minutes=-number))
            asks = service.process.requester == "beneficiario"
            about = covered[number % len(covered)].id if asks else None
            subject = f"{service.process.name}: {service.process.step(step).name.lower()}"
            severity = _SEVERITIES[number % 2]
            told = intake.Intake(severity, WALKED_FOR, subject, beneficiary=about, answers=walk.answers)
            yield from _walk(desk, service, walk, told, supervisor, opened_at, -number)


def _walk(
    desk: Desk, service: Service, walk: Walk, told: intake.Intake, actor: int, opened_at: datetime, number: int
) -> Iterator[_Line]:
    tickets: list[int] = []
    hours = desk.calendar(desk.unit.hours_calendar)
    yield opened_at, number, partial(_take, desk, service, actor, told, opened_at, tickets)
    for count, (action, answer) in enumerate(walk.acts, start=1):
        at = hours.add(opened_at, timedelta(minutes=20 * count))
        act = Act(at, "act", "", answer.text, action, answer.values)
        yield at, number, partial(_do, desk, act, actor, tickets)


def _take(
    desk: Desk,
    service: Service,
    actor: int | None,
    told: intake.Intake,
    at: datetime,
    tickets: list[int],
    request: str,
) -> None:
    """Open a ticket; its id goes into the list, where its acts find it."""
    begun = intake.begin(desk, service.version, actor, f"{request}-protocolo", at)
    intake.finish(desk, Order(begun.ticket, actor, request, at), told)
    tickets.append(begun.ticket)


def _do(desk: Desk, act: Act, actor: int, tickets: list[int], request: str) -> None:
    order = Order(tickets[0], actor, request, act.at)
    match act.do:
        case "claim":
            acts.claim(desk, order)
        case "comment":
            acts.comment(desk, order, act.text)
        case "pause":
            acts.pause(desk, order, act.text)
        case "resume":
            acts.resume(desk, order)
        case "act":
            do_act(desk, order, act.action, Answer(act.text, act.answers or {}))
