"""What one process of the crowd does: it acts on the same few tickets as all the others, and tells how it went."""

import os
import signal
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event

from atendimento_tui.contracts.queue import QueueView
from atendimento_tui.contracts.tickets import Order
from atendimento_tui.data import copy_file
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.register import Layout
from atendimento_tui.domain.words import Severity
from atendimento_tui.services import acts, attachments, intake, processes, safekeeping
from atendimento_tui.services import sweep as sweeping
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from tests.full import IN_FULL
from tests.living import ANA, NOW

TICKETS, OPENINGS, COMMENTS = 4, 3, 6

CROWD = 20 if IN_FULL else 6
"""Number of processes that act at once."""

INTAKES = 6
"""How many each process begins."""

GIVES_UP = frozenset(range(3, CROWD, 4))
"""Processes that finish none of theirs."""

DIES = 5
"""The process that is killed when it has begun its last one: that one, and the one before, it has not finished."""


@dataclass
class Report:
    """The acts and the refusals of a process."""

    number: int
    claimed: list[int] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    commented: list[str] = field(default_factory=list)
    refused: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    repeated: int = 0


def act_up(database: str, number: int, together: Any, tell: Any) -> None:
    """Open the desk, wait for the others, and do everything in an order of one's own."""
    report = Report(number)
    desk = open_desk(database, NOW)
    try:
        chance = Random(number)
        todo = [("claim", ticket) for ticket in range(1, TICKETS + 1)]
        todo += [("open", n) for n in range(OPENINGS)] + [("comment", n) for n in range(COMMENTS)]
        todo += [("pause", ticket) for ticket in range(1, TICKETS + 1)]
        todo += [("resume", ticket) for ticket in range(1, TICKETS + 1)]
        chance.shuffle(todo)
        together.wait()
        for what, which in todo:
            try:
                do(desk, report, what, which, chance)
            except Refused as refusal:
                report.refused.append((refusal.code, dict(refusal.values)))
    finally:
        desk.close()
    tell.put(report)


def do(desk: Desk, report: Report, what: str, which: int, chance: Random) -> None:
    request = f"{report.number}-{what}-{which}"
    now = NOW + timedelta(seconds=chance.randrange(3_600))  # the machines' clocks differ
    actor = 1 + report.number % 3
    if what == "open":
        [service] = [each.version for each in processes.offered(desk) if each.key == "duvida"]
        begun = [intake.begin(desk, service, actor, f"{request}-begin", now) for _ in range(2)]
        asked = intake.Intake(Severity.MEDIUM, request, answers={"produto": request, "pergunta": request})
        order = Order(begun[0].ticket, actor, request, now)
        opened = [intake.finish(desk, order, asked) for _ in range(2)]
        report.opened.append(opened[0].protocol)
        report.repeated += begun[1].repeated and opened[1].repeated
        return
    ticket = chance.randint(1, TICKETS) if what == "comment" else which
    if what == "claim":
        while True:  # as a person does who is told that somebody wrote meanwhile: look, and try again
            seen = ticket_view(desk, NOW, ticket_id=ticket).row.version
            try:
                acts.claim(desk, Order(ticket, actor, request, now, seen))
                break
            except Refused as refusal:
                if refusal.code != "mudou":
                    raise
        report.claimed.append(ticket)
    elif what == "comment":
        acts.comment(desk, Order(ticket, actor, request, now), request)
        report.repeated += acts.comment(desk, Order(ticket, actor, request, now), request).repeated
        report.commented.append(request)
    elif what == "pause":
        acts.pause(desk, Order(ticket, actor, request, now), "aguardando o cliente")
    else:
        acts.resume(desk, Order(ticket, actor, request, now))


@dataclass
class IntakeReport:
    """The intakes that a process began, and those that it finished."""

    number: int
    begun: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    repeated: int = 0


def take_in(database: str, number: int, together: Any, tell: Any) -> None:
    """Open the desk, wait for the others, begin intakes and finish each after the next one was begun."""
    report = IntakeReport(number)
    desk = open_desk(database, NOW)
    try:
        chance = Random(number)
        offered = {service.key: service.version for service in processes.offered(desk)}
        together.wait()
        waiting: list[int] = []
        for which in range(INTAKES):
            service = offered[chance.choice(("falha_tecnica", "duvida", "sugestao_melhoria"))]
            waiting.append(begin(desk, report, service, which, chance))
            if number == DIES and which == INTAKES - 1:
                os.kill(os.getpid(), signal.SIGKILL)
            if number not in GIVES_UP and which:
                finish(desk, report, waiting.pop(0), chance)
        if number not in GIVES_UP:
            finish(desk, report, waiting.pop(), chance)
    finally:
        desk.close()
    tell.put(report)


def begin(desk: Desk, report: IntakeReport, service: int, which: int, chance: Random) -> int:
    """Take a number, twice by the same request; the ticket's id."""
    now = NOW + timedelta(seconds=chance.randrange(3_600))
    request = f"begin-{report.number}-{which}"
    done = intake.begin(desk, service, 1 + report.number % 3, request, now)
    report.repeated += intake.begin(desk, service, 1 + report.number % 3, request, now).repeated
    report.begun.append(done.protocol)
    return done.ticket


def finish(desk: Desk, report: IntakeReport, ticket: int, chance: Random) -> None:
    """Open the ticket, twice by the same request."""
    now = NOW + timedelta(seconds=chance.randrange(3_600))
    order = Order(ticket, 1 + report.number % 3, f"finish-{ticket}", now)
    words = f"de {report.number}"
    answers = dict.fromkeys(("produto", "descricao", "pergunta", "sugestao"), words)
    asked = intake.Intake(Severity.HIGH, requester=words, answers=answers)
    report.finished.append(intake.finish(desk, order, asked).protocol)
    report.repeated += intake.finish(desk, order, asked).repeated


FREE = CROWD // 2
"""Tickets without an owner."""


@dataclass
class ClaimReport:
    """Which ticket a process got, or what it was refused."""

    number: int
    ticket: int | None = None
    repeated: bool = False
    refused: str = ""


def take_next(database: str, number: int, together: Any, tell: Any) -> None:
    """Open the desk, wait for the others, and take the next ticket, twice by the same request."""
    actual = ClaimReport(number)
    desk = open_desk(database, NOW)
    try:
        together.wait()
        order = Order(0, 1 + number % 3, f"next-{number}", NOW)
        actual.ticket = acts.claim_next(desk, order, QueueView()).ticket
        actual.repeated = acts.claim_next(desk, order, QueueView()).repeated
    except Refused as refusal:
        actual.refused = refusal.code
    finally:
        desk.close()
    tell.put(actual)


SWEEPERS = 50 if IN_FULL else 6
FIRST_TO_DIE, NEXT_TO_DIE = 0, 1


def sweep_up(database: str, number: int, together: Any, tell: Any, now: datetime) -> None:
    """Open the desk, wait for the others, and let happen what is due; tell how much that was.

    Two are killed in the middle of a transaction: one by whose death the others begin, and one among them. The first
    has committed two timers then, written a third and is writing a fourth.
    """
    sweeping.AT_ONCE = 2  # so that each has a part
    desk = open_desk(database, NOW)
    written = 0

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal written
        written += statement.startswith("INSERT INTO event")
        if number == FIRST_TO_DIE and written == 4:
            together.wait()
        if (number == FIRST_TO_DIE and written == 4) or (number == NEXT_TO_DIE and "FROM ticket" in statement):
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(desk.engine, "before_cursor_execute", listen)
    if number != FIRST_TO_DIE:
        together.wait()
    happened = sweep(desk, now)
    desk.close()
    if number == NEXT_TO_DIE:  # all was done before its turn came
        os.kill(os.getpid(), signal.SIGKILL)
    tell.put(happened)


def write_until(database: str, number: int, together: Any, tell: Any, stopped: Any) -> None:
    """Open the desk, wait for the others, and comment until told to stop; tell what was acknowledged, and when.

    Each entry is the text, and the instants of `time.monotonic` before and after the act.
    """
    acknowledged: list[tuple[str, float, float]] = []
    desk = open_desk(database, NOW)
    try:
        together.wait()
        while not stopped.wait(0 if IN_FULL else 0.02):  # a crowd that leaves the copy some of the processor
            text = f"{number}-{len(acknowledged)}"
            began = time.monotonic()
            acts.comment(desk, Order(1 + len(acknowledged) % TICKETS, 1 + number % 3, text, NOW), text)
            acknowledged.append((text, began, time.monotonic()))
    finally:
        desk.close()
    tell.put(acknowledged)


def copy_and_die(database: str, folder: str, at: int, tell: Any) -> None:
    """Copy the desk, and be killed at a step: between two pages, or before a file is flushed, renamed or deleted.

    Args:
        at: The number of the step; tells how many there were if there are fewer.
    """
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(real: Any) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            step()
            return real(*args, **options)

        return call

    for name in ("open", "fsync", "link", "replace", "unlink", "close"):
        setattr(os, name, counted(getattr(os, name)))
    copy_file.PAGES_AT_ONCE = 8
    desk = open_desk(database, NOW)
    safekeeping.copy_desk(desk, NOW + timedelta(seconds=at), folder=Path(folder), pause=step)
    desk.close()
    tell.put(done)


def attach_until_killed(database: str, ticket: int, first: int, tell: Any) -> None:
    """Attach files to a ticket, each with its own content, and tell of each."""
    with open_desk(database, NOW) as desk:
        for number in range(first, first + 10_000):
            content = b"%PDF-1.4\n" + bytes(range(256)) * 40 + str(number).encode()
            attachments.attach(desk, Order(ticket, ANA, f"kill-{number}", NOW), f"{number}.pdf", content)
            tell.send(number)


def write_register_and_die(database: str, layout: Layout, now: datetime, where: str) -> None:
    """Write the register, and be killed before the workbook is replaced, or after it."""

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    from atendimento_tui.data.repositories import register as rows  # late: only this process uses them
    from atendimento_tui.services.register import write_register

    if where == "before the workbook":
        setattr(os, "replace", die)  # noqa: B010 - of this process only
    else:
        setattr(rows, "note_written", die)  # noqa: B010
    with open_desk(database, NOW) as desk:
        write_register(desk, layout, now)
