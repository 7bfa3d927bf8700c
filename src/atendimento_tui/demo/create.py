"""Creates the demonstration desk: carries out the planned acts by the services that people use."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.contracts.beneficiaries import BeneficiaryRow
from atendimento_tui.contracts.processes import Service
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.contracts.waiting import WaitingAsked
from atendimento_tui.data.desk_file import CONTENTS_END, SIDES
from atendimento_tui.data.engine import committing_lightly
from atendimento_tui.demo.bills import bills_of
from atendimento_tui.demo.data import DemoData, DemoWait, read_demo_data
from atendimento_tui.demo.plan import Act, PlannedTicket, Planner
from atendimento_tui.demo.walks import Walk, books, do_act, walks
from atendimento_tui.domain.accounts import CHOICE
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Ticket
from atendimento_tui.domain.words import Severity
from atendimento_tui.domain.workflow import Answer, ProcessContext
from atendimento_tui.services import (
    acts,
    availability,
    digests,
    intake,
    processes,
    providers,
    remittances,
    typed_hours,
    waiting,
)
from atendimento_tui.services.beneficiaries import add_beneficiary
from atendimento_tui.services.bill_import import write_bills
from atendimento_tui.services.desk import Desk
from atendimento_tui.services.procedures import include_examples
from atendimento_tui.services.setup import SUPERVISOR, NewDesk, create_desk, delete_desk
from atendimento_tui.services.sweep import sweep

try:
    import fcntl
except ImportError:  # Windows has no such locks: of two processes that begin at once, one is refused
    fcntl = None  # type: ignore[assignment]

_AGENDA_AGE = timedelta(days=21)
"""How long before now the agenda was opened, so that some appointments are over."""

_DESK_AGE = timedelta(days=90)
"""Age of the desk; it is older than its first ticket."""

REQUESTER_OF_WALKS = "Clínica Boa Vista"
_AGE_OF_WALKS_H = 5
_BOOKED_BEFORE_H = 45
_SEVERITIES = (Severity.MEDIUM, Severity.LOW)
"""Of the tickets that show each step: requester, age in working hours, the working hours that an appointment was booked
earlier, severities."""

REMITTED_TO = "Cadastro"
_LAST_REMITTANCE_H = 1
"""The department of the remittance that is on the way, and the working hours since it was closed."""

_Line = tuple[datetime, int, Callable[[str], None]]
"""A line of the script: its instant, its order at that instant, a function that does it with a request id."""


def create_demo(database: str | Path, now: datetime) -> Desk:
    """Create the demonstration desk, with tickets of the four weeks before `now`. The same `now` gives the same desk.

    Raises:
        DatabaseUnavailable: There is a desk already, or it cannot be created. Nothing was changed.
    """
    data = read_demo_data()
    desk = create_desk(database, _new_desk(data), now - _DESK_AGE)
    try:
        # A few hundred syncs take seconds, and there is no data to lose yet.
        with committing_lightly(desk.engine):
            _fill_desk(desk, data, now)
    except BaseException:
        # An incomplete desk would be opened the next time.
        delete_desk(desk)
        raise
    return desk


def create_daily_demo(path: Path, now: datetime, waiting: Callable[[], None]) -> None:
    """Create the demonstration file, unless it exists. Of several processes one creates it, the others wait.

    It is created under another name and renamed when it is complete, so that an incomplete one is never opened.

    Args:
        path: The file.
        now: The instant at which its four weeks end.
        waiting: Called if another process is creating it, which may take some seconds.

    Raises:
        DatabaseUnavailable: It cannot be created.
        OSError: Its folder cannot be written.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.parcial")
    with _exclusive_lock(path.with_name(f"{path.name}.lock"), waiting):
        if path.exists():
            return
        for ending in ("", *SIDES, *_CONTENTS):  # of a process that was killed
            Path(f"{partial}{ending}").unlink(missing_ok=True)
        create_demo(partial, now).close()
        for ending in (*_CONTENTS, *SIDES, ""):  # the other files before the desk; usually -wal and -shm are none
            if Path(f"{partial}{ending}").exists():
                os.rename(f"{partial}{ending}", f"{path}{ending}")


_CONTENTS = (*(f"{CONTENTS_END}{end}" for end in SIDES), CONTENTS_END)
"""Suffixes of the file of the contents of attachments, and of SQLite's files beside it."""


@contextmanager
def _exclusive_lock(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a lock file exclusively; wait if another process holds it. The lock ends with its process."""
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


def _new_desk(data: DemoData) -> NewDesk:
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
        entry=CHOICE,
    )


def _fill_desk(desk: Desk, data: DemoData, now: datetime) -> None:
    """Carry out all planned acts in order of time, then fire the timers that are due."""
    beneficiaries = [add_beneficiary(desk, now, **person.model_dump()) for person in data.beneficiaries]
    today = now.astimezone(desk.zone).date()
    for dependent in data.dependents:
        add_beneficiary(desk, now, **dependent.as_typed(today))
    write_bills(desk, bills_of(beneficiaries, today), now)
    include_examples(desk, now)
    _furnish_agenda(desk, data, now - _AGENDA_AGE)
    services = {service.key: service for service in processes.offered(desk)}
    contexts = {key: _context(desk, service) for key, service in services.items()}
    hours, legal = desk.calendar(desk.unit.hours_calendar), desk.calendar(desk.unit.legal_calendar)
    plans = Planner(data, contexts, hours, legal, beneficiaries, now).plan()
    script = [*_planned_lines(desk, data, services, plans), *_walk_lines(desk, services.values(), beneficiaries, now)]
    script.append(
        (hours.add(now, timedelta(hours=-_LAST_REMITTANCE_H)), 0, partial(_close_remittance, desk, hours, now))
    )
    for line, (_, _, do) in enumerate(sorted(script, key=lambda entry: entry[:2])):
        do(f"demonstracao-{line}")
    sweep(desk, now)
    digests.make_if_due(desk, now)


def _close_remittance(desk: Desk, hours: BusinessCalendar, now: datetime, _request: str) -> None:
    """Close the open remittance, so that its documents are on the way; later ones are in the next one."""
    with suppress(Refused):  # it is empty
        remittances.close(desk, REMITTED_TO, hours.add(now, timedelta(hours=-_LAST_REMITTANCE_H)))


def _furnish_agenda(desk: Desk, data: DemoData, now: datetime) -> None:
    """Professionals of several specialties and cities, with their hours."""
    providers.include_specialties(desk, now)
    with providers.changing(desk, now) as change:
        for site in data.sites:
            providers.put(change, providers.SITE, site.model_dump())
        for each in data.providers:
            providers.put(change, providers.PROVIDER, each.model_dump(exclude={"hours"}))
            for own in each.hours:
                typed = {name: str(value) for name, value in own.model_dump().items()} | {"provider": each.name}
                availability.put_hours(change, typed_hours.asked_hours(change, typed))


_STILL_TO_COME = "agendamento_ainda_nao"


def _context(desk: Desk, service: Service) -> ProcessContext:
    context = desk.context(Ticket(process=service.version))
    assert context, "what is offered has a process"
    return context


def _planned_lines(
    desk: Desk, data: DemoData, services: dict[str, Service], plans: Sequence[PlannedTicket]
) -> Iterator[_Line]:
    waits = {each.key: each.waits for each in data.services if each.waits}
    people = {member.name: member.id for member in desk.info().members}
    hours = desk.calendar(desk.unit.hours_calendar)
    for number, plan in enumerate(plans):
        service, tickets = services[plan.service], list[int]()
        actor = people[plan.opened_by] if plan.opened_by else None
        form = intake.Intake(
            plan.severity,
            plan.requester,
            plan.subject,
            service.process.channels[number % len(service.process.channels)],
            plan.about.id if plan.about else None,
            plan.answers,
        )
        begun_at = _begun_at(hours, plan.opened_at, number) if actor else plan.opened_at
        yield begun_at, number, partial(_begin, desk, service, actor, begun_at, tickets)
        yield plan.opened_at, number, partial(_finish, desk, actor, form, plan.opened_at, tickets)
        for act in plan.acts:
            yield act.at, number, partial(_do, desk, act, people[act.by], tickets)
        if (wish := waits.get(plan.service)) and actor:
            at = plan.acts[-1].at if plan.acts else plan.opened_at
            yield at, number, partial(_wait, desk, wish, actor, at, tickets)


def _walk_lines(
    desk: Desk, services: Iterable[Service], beneficiaries: Sequence[BeneficiaryRow], now: datetime
) -> Iterator[_Line]:
    """Opens a ticket for each step of each service, and does the acts that lead to the step."""
    hours = desk.calendar(desk.unit.hours_calendar)
    supervisor = next(member for member in desk.info().members if member.role == SUPERVISOR).id
    number = 0
    for service in services:
        for step, walk in walks(_context(desk, service)).items():
            number += 1
            opened_at = hours.add(now, timedelta(hours=-_AGE_OF_WALKS_H, minutes=-number))
            asks = service.process.requester == "beneficiario"
            about = beneficiaries[number % len(beneficiaries)].id if asks else None
            subject = f"{service.process.name}: {service.process.step(step).name.lower()}"
            severity = _SEVERITIES[number % 2]
            form = intake.Intake(severity, REQUESTER_OF_WALKS, subject, beneficiary=about, answers=walk.answers)
            yield from _walk(desk, service, walk, form, supervisor, opened_at, -number)


def _walk(
    desk: Desk, service: Service, walk: Walk, form: intake.Intake, actor: int, opened_at: datetime, number: int
) -> Iterator[_Line]:
    tickets: list[int] = []
    hours = desk.calendar(desk.unit.hours_calendar)
    # What follows an appointment is done when that is over, so it was booked long before.
    booked = max((count for count, act in enumerate(walk.acts[:-1], start=1) if books(act[1])), default=-1)
    times = [hours.add(opened_at, timedelta(minutes=20 * count)) for count in range(len(walk.acts) + 1)]
    times = [
        hours.add(at, timedelta(hours=-_BOOKED_BEFORE_H)) if count <= booked else at for count, at in enumerate(times)
    ]
    begun_at = times[0]
    yield begun_at, number, partial(_begin, desk, service, actor, begun_at, tickets)
    yield begun_at, number, partial(_finish, desk, actor, form, begun_at, tickets)
    for at, (action, answer) in zip(times[1:], walk.acts, strict=True):
        act = Act(at, "act", "", answer.text, action, answer.values)
        yield at, number, partial(_do, desk, act, actor, tickets)


def _begun_at(hours: BusinessCalendar, opened_at: datetime, number: int) -> datetime:
    """When the intake began: three to ten minutes before, if the desk was open then."""
    begun_at = opened_at - timedelta(minutes=3 + number * 5 % 8, seconds=number * 17 % 60)
    return begun_at if hours.is_open(begun_at) else opened_at


def _begin(desk: Desk, service: Service, actor: int | None, at: datetime, tickets: list[int], request: str) -> None:
    """Begin an intake, and append the id of its ticket to `tickets`."""
    tickets.append(intake.begin(desk, service.version, actor, request, at).ticket)


def _finish(desk: Desk, actor: int | None, form: intake.Intake, at: datetime, tickets: list[int], request: str) -> None:
    intake.finish(desk, Order(tickets[0], actor, request, at), form)


def _wait(desk: Desk, wish: DemoWait, actor: int, at: datetime, tickets: list[int], request: str) -> None:
    """Put a ticket on the waiting list, if its step books."""
    with suppress(Refused):
        waiting.put(desk, Order(tickets[0], actor, request, at), WaitingAsked(wish.specialty, wish.city))


def _do(desk: Desk, act: Act, actor: int, tickets: list[int], request: str) -> None:
    """Do an act. What is known only after an appointment that is still to come, and all after it, is left out."""
    if not tickets:
        return
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
            try:
                do_act(desk, order, act.action, Answer(act.text, act.answers or {}))
            except Refused as refused:
                if refused.code != _STILL_TO_COME:
                    raise
                tickets.clear()
