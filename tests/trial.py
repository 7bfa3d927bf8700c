"""The trial: many processes act on few tickets and are killed at random; then the desk is checked.

Each process writes each act that it begins, and its acknowledgement or refusal, to its own journal file. A killed
process is started again, reads its journal, and repeats the act without a result under the same request id, like a
person who does not know whether it was written. At the end the desk is compared with the journals.
"""

import json
import os
import signal
import struct
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from multiprocessing.connection import wait
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import col

from atendimento_tui.contracts.tickets import ActDone, Order
from atendimento_tui.data import tables
from atendimento_tui.data.engine import file_of, reading, url_of
from atendimento_tui.demo.walks import _possible_answers
from atendimento_tui.domain.words import Severity, State
from atendimento_tui.domain.workflow import Answer
from atendimento_tui.services import acts, intake, processes
from atendimento_tui.services.audit import differences
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.refusals import refusal_of
from atendimento_tui.services.sweep import sweep
from atendimento_tui.services.tickets import ticket_view
from atendimento_tui.texts.refusals import codes, sentence
from tests.living import NOW, Living, rows, whole
from tests.servers import connected
from tests.warm import forking

T = TypeVar("T")

MIX = {
    "comment": 20,
    "claim": 12,
    "pause": 14,
    "resume": 14,
    "hand_over": 8,
    "severity": 3,
    "intake": 16,
    "action": 12,
    "sweep": 1,
}
"""Kind of act -> weight. An intake is two acts: the number, and later the form."""

LASTS = timedelta(days=14)
"""Simulated time of the trial, in which reminders, breaches and closings become due."""

NO_ANSWER = {"banco_sem_conexao", "banco_ocupado"}
"""Refusals after which it is unknown whether the act was written; it is repeated with the same request id."""

EXPLAINED = {
    "ja_e_seu",
    "ja_tem_responsavel",
    "ja_pausado",
    "nao_esta_pausado",
    "mudou",
    "ja_esta_com",
    "ja_tem_criticidade",
    "acao_desconhecida",
    "acao_papel",
}
"""Allowed refusals of acts; others are faults."""

_SILENCE_S = 120
"""Seconds without a message of any process after which the trial fails."""

_WORD = struct.Struct(">cH")
_ACTED, _FINISHED, _FAILED = b".", b"!", b"x"


@dataclass(frozen=True, slots=True)
class Form:
    """The size of a trial.

    Attributes:
        acts: Number of acts of all processes.
        kills: Number of kills of processes.
        cuts: Number of connections that the server closes; the process then does not know the result of its act.
        tickets: Number of initial tickets; the acts open others.
    """

    processes: int
    acts: int
    kills: int
    cuts: int = 0
    tickets: int = 12
    seed: int = 1

    @property
    def share(self) -> int:
        """The number of acts of each process."""
        return self.acts // self.processes


@dataclass
class Outcome:
    """The result of a trial.

    Attributes:
        repeated: Number of repeated acts that had been written before.
        again: Number of repetitions because of a missing result, by its reason.
        ms: Duration of acknowledged acts in milliseconds.
        happened: Number of fired timers, by kind.
        faults: The faults.
    """

    done: int = 0
    repeated: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    ms: dict[str, list[float]] = field(default_factory=dict)
    kills: int = 0
    cuts: int = 0
    happened: int = 0
    seconds: float = 0
    faults: list[str] = field(default_factory=list)

    @property
    def times(self) -> list[float]:
        """The durations of all acts in milliseconds."""
        return list(chain.from_iterable(self.ms.values()))


# The processes.


class Journal:
    """The journal of a process, in a file."""

    def __init__(self, path: Path) -> None:
        text = path.read_bytes() if path.exists() else b""
        whole_lines = text[: text.rfind(b"\n") + 1]
        self.lines: list[dict[str, Any]] = [json.loads(line) for line in whole_lines.splitlines()]
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
        os.ftruncate(self._file, len(whole_lines))
        os.lseek(self._file, 0, os.SEEK_END)

    def write(self, **line: Any) -> None:
        """Write a line; a result is synced to disk."""
        os.write(self._file, json.dumps(line).encode() + b"\n")
        if "answer" in line:
            os.fsync(self._file)
        self.lines.append(line)

    def answered(self) -> list[dict[str, Any]]:
        """Acts with a known result."""
        tried = {line["try"]: line for line in self.lines if "try" in line}
        return [tried[line["answer"]] | line for line in self.lines if "answer" in line]

    def close(self) -> None:
        os.close(self._file)


class Worker:
    """A process, which continues at the end of its journal."""

    def __init__(self, desk: Desk, number: int, form: Form, journal: Journal) -> None:
        self._desk, self._number, self._form, self._journal = desk, number, form, journal
        answered = journal.answered()
        self.count = len(answered)
        tried = [line for line in journal.lines if "try" in line]
        finishing = {act["ticket"] for act in tried if act["do"] == "finish"}
        begun = [act["ticket"] for act in answered if act["do"] == "begin"]
        self._begun = [ticket for ticket in begun if ticket not in finishing]
        self._todo = tried[self.count] if len(tried) > self.count else None

    def act(self) -> None:
        """Do the next act, or the one without a result, until there is a result."""
        todo = self._todo or until_answered(self._journal, "looking", self._planned)
        if not self._todo:
            self._journal.write(**todo)
        begun = time.perf_counter()
        try:
            answer = until_answered(self._journal, todo["try"], lambda: self._do(todo))
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            answer = {"code": refusal[0], "said": sentence(*refusal)}
        ms = (time.perf_counter() - begun) * 1000
        self._journal.write(answer=todo["try"], ms=round(ms, 2), **answer)
        self._todo = None
        self.count += 1
        if todo["do"] == "begin":
            self._begun.append(answer["ticket"])

    def _planned(self) -> dict[str, Any]:
        chance = Random(f"{self._form.seed} {self._number} {self.count}")
        passed = LASTS * (self.count / self._form.share) + timedelta(seconds=chance.randrange(3_600))
        at = NOW + passed  # the machines' clocks differ
        plan: dict[str, Any] = {
            "try": f"{self._number}-{self.count}",
            "do": chance.choices([*MIX], [*MIX.values()])[0],
            "at": at.isoformat(),
            "actor": 1 + chance.randrange(3),
            "ticket": 1 + chance.randrange(self._form.tickets),
            "seen": None,
        }
        if plan["do"] in ("claim", "pause", "hand_over") and chance.random() < 0.5:
            plan["seen"] = self._version_of(plan["ticket"])
        if plan["do"] == "hand_over":
            plan["group"] = chance.choice((1, 2))
        if plan["do"] == "severity":
            plan["severity"] = chance.choice([*Severity])
        if plan["do"] == "intake" and self._begun:
            return plan | {"do": "finish", "ticket": self._begun.pop(0)}
        if plan["do"] == "intake":
            return plan | {"do": "begin", "service": chance.choice(sorted(self._services)), "ticket": None}
        if plan["do"] == "action":
            return plan | (self._some_action(chance, at) or {"do": "comment"})
        return plan

    @cached_property
    def _services(self) -> dict[str, int]:
        offered = {service.key: service.version for service in processes.offered(self._desk)}
        return {key: offered[key] for key in ("falha_tecnica", "duvida", "sugestao_melhoria")}

    def _version_of(self, ticket: int) -> int | None:
        with reading(self._desk.engine) as connection:
            return connection.scalar(select(col(tables.Ticket.version)).where(col(tables.Ticket.id) == ticket))

    def _some_action(self, chance: Random, at: datetime) -> dict[str, Any] | None:
        """A possible action of one of the newest tickets, as a window shows it."""
        table = tables.Ticket
        by_process = col(table.process_id).in_(self._services.values())
        finished = select(col(table.id)).where(by_process, col(table.state) != State.ABANDONED)
        with reading(self._desk.engine) as connection:
            newest = connection.scalars(finished.order_by(col(table.id).desc()).limit(6)).all()
        if not newest:
            return None
        ticket = chance.choice(newest)
        view = ticket_view(self._desk, at, ticket_id=ticket, role="supervisor")
        offered = [action for action in view.actions if action.why_not is None]
        if not offered:
            return None
        action = chance.choice(offered)
        values = {rule.key: chance.choice(_possible_answers(rule)) for rule in action.asks}
        text = "" if action.text == "nenhum" else "Conforme combinado."
        return {"ticket": ticket, "action": action.key, "values": values, "text": text, "seen": view.row.version}

    def _do(self, todo: dict[str, Any]) -> dict[str, Any]:
        at = datetime.fromisoformat(todo["at"])
        if todo["do"] == "sweep":
            return {"happened": sweep(self._desk, at)}
        done = self._done(todo, at)
        return {
            "ticket": done.ticket,
            "protocol": done.protocol,
            "version": done.version,
            "repeated": done.repeated,
        }

    def _done(self, todo: dict[str, Any], at: datetime) -> ActDone:
        desk, request = self._desk, todo["try"]
        if todo["do"] == "begin":
            return intake.begin(desk, self._services[todo["service"]], todo["actor"], request, at)
        order = Order(todo["ticket"], todo["actor"], request, at, todo["seen"])
        if todo["do"] == "finish":
            answers = dict.fromkeys(("produto", "descricao", "pergunta", "sugestao"), request)
            return intake.finish(desk, order, intake.Intake(Severity.HIGH, requester=request, answers=answers))
        if todo["do"] == "action":
            return acts.act(desk, order, todo["action"], Answer(todo["text"], todo["values"]))
        plain: dict[str, Callable[[], ActDone]] = {
            "comment": lambda: acts.comment(desk, order, request),
            "claim": lambda: acts.claim(desk, order),
            "pause": lambda: acts.pause(desk, order, request),
            "resume": lambda: acts.resume(desk, order),
            "hand_over": lambda: acts.hand_over(desk, order, request, group=todo["group"]),
            "severity": lambda: acts.raise_severity(desk, order, Severity(todo["severity"]), request),
        }
        return plain[todo["do"]]()


def work(database: str, number: int, form: Form, path: Path, report: Any) -> None:
    """Do the acts of a process that are not done yet."""
    with closing(Journal(path)) as journal:
        try:
            with until_answered(journal, "opening", lambda: open_desk(database, NOW)) as desk:
                worker = Worker(desk, number, form, journal)
                while worker.count < form.share:
                    worker.act()
                    os.write(report.fileno(), _WORD.pack(_ACTED, number))
            os.write(report.fileno(), _WORD.pack(_FINISHED, number))
        except Exception:  # noqa: BLE001 - every exception is a fault to report
            journal.write(fault=traceback.format_exc())
            os.write(report.fileno(), _WORD.pack(_FAILED, number))


def until_answered(journal: Journal, on: str, do: Callable[[], T]) -> T:
    """Repeat a call until there is a result or a refusal."""
    while True:
        try:
            return do()
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None or refusal[0] not in NO_ANSWER:
                raise
            journal.write(again=refusal[0], on=on)


# Kills and cuts.


def run(database: str, folder: Path, form: Form) -> Outcome:
    """Run the processes, kill some of them, and check the desk.

    Args:
        database: A new desk, closed.
        folder: The folder of the journals.
    """
    with open_desk(database, NOW) as desk:
        for number in range(form.tickets):
            Living(desk).open(request=f"before-{number}")
    begun = time.perf_counter()
    kills, cuts = _Crowd(database, folder, form).let_act()
    seconds = time.perf_counter() - begun
    outcome = Outcome(kills=kills, cuts=cuts, seconds=seconds)
    journals = [Journal(path) for path in sorted(folder.glob("*.journal"))]
    for journal in journals:
        _count(outcome, journal)
        journal.close()
    outcome.faults += _faults(database, form, journals)
    return outcome


class _Crowd:
    def __init__(self, database: str, folder: Path, form: Form) -> None:
        self._database, self._folder, self._form = database, folder, form
        self._context = forking()
        self._receiver, self._tells = self._context.Pipe(duplex=False)
        self._chance = Random(form.seed)
        self._alive: dict[int, Any] = {}

    def let_act(self) -> tuple[int, int]:
        """Run until each process has done its acts.

        Returns:
            The number of kills and of closed connections.
        """
        form = self._form
        blows = [(self._chance.randrange(form.acts), blow) for blow in [True] * form.kills + [False] * form.cuts]
        coming = sorted(blows, reverse=True)
        for number in range(form.processes):
            self._start(number)
        counted, struck = 0, Counter[bool]()
        while self._alive:
            for word, number in self._messages():
                counted += word == _ACTED
                if word != _ACTED and number in self._alive:
                    self._alive.pop(number).join()
                while coming and coming[-1][0] <= counted and self._alive:
                    is_kill = coming.pop()[1]
                    struck[is_kill] += 1
                    self._kill() if is_kill else self._cut()
        return struck[True], struck[False]

    def _start(self, number: int) -> None:
        path = self._folder / f"{number:03}.journal"
        arguments = (self._database, number, self._form, path, self._tells)
        self._alive[number] = self._context.Process(target=work, args=arguments, daemon=True)
        self._alive[number].start()

    def _messages(self) -> Iterator[tuple[bytes, int]]:
        """The messages of the processes; a message is written completely or not at all."""
        ready = wait([self._receiver, *(process.sentinel for process in self._alive.values())], timeout=_SILENCE_S)
        assert ready, f"nobody acts any more: {sorted(self._alive)}"
        if self._receiver in ready:
            yield from _WORD.iter_unpack(os.read(self._receiver.fileno(), _WORD.size * 256))
            return
        for number, process in list(self._alive.items()):
            assert process.sentinel not in ready, f"{number} died of itself: {process.exitcode}"

    def _kill(self) -> None:
        """Kill a process, and start it again."""
        number = self._chance.choice(sorted(self._alive))
        process = self._alive[number]
        with suppress(ProcessLookupError):  # it has just finished
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        process.close()
        self._start(number)

    def _cut(self) -> None:
        """Close the connection of a process, as a server does at its shutdown."""
        others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with connected(self._database) as server:
            pids = sorted(pid for (pid,) in server.execute(others))
            if pids:
                server.execute("SELECT pg_terminate_backend(%s)", (self._chance.choice(pids),))


# Checks.


def _count(outcome: Outcome, journal: Journal) -> None:
    for act in journal.answered():
        if "code" in act:
            outcome.refused[act["code"]] += 1
            continue
        outcome.done += 1
        outcome.repeated += act.get("repeated", False)
        outcome.happened += act.get("happened", 0)
        outcome.ms.setdefault(act["do"], []).append(act["ms"])
    outcome.again.update(line["again"] for line in journal.lines if "again" in line)


def _faults(database: str, form: Form, journals: list[Journal]) -> Iterator[str]:
    """The differences between the desk and the journals."""
    answered = [act for journal in journals for act in journal.answered()]
    yield from (line["fault"] for journal in journals for line in journal.lines if "fault" in line)
    if len(answered) != form.share * form.processes:
        yield f"{len(answered)} acts were answered"
    with open_desk(database, NOW) as desk:
        yield from differences(desk)
        yield from _lost(desk, answered)
        yield from _gaps(desk, answered)
        yield from _doubled(desk)
    file = file_of(url_of(database))
    if file and not whole(file):
        yield "the file is damaged"
    for act in answered:
        code, text = act.get("code", ""), act.get("said", "")
        if code and (code not in codes() or "{" in text or "—" in text or code not in EXPLAINED):
            yield f"refused without a reason: {code}: {text}"


def _lost(desk: Desk, answered: list[dict[str, Any]]) -> Iterator[str]:
    """Acknowledged acts that are missing or differ, and stored acts that were not acknowledged."""
    query = "SELECT request_id, ticket_id, seq, kind, text FROM event WHERE request_id IS NOT NULL"
    there = {request: tuple(rest) for request, *rest in rows(desk, query)}
    there = {request: rest for request, rest in there.items() if not request.startswith(("before-", "tempo:"))}
    actual = {act["answer"]: act for act in answered if "version" in act}
    yield from (f"lost: {actual[request]}" for request in actual.keys() - there.keys())
    yield from (f"not acknowledged: {request} {there[request]}" for request in there.keys() - actual.keys())
    for request, act in actual.items():
        if request not in there:
            continue
        ticket, seq, _, text = there[request]
        if ticket != act["ticket"] or (not act["repeated"] and seq != act["version"]):
            yield f"{act} is {there[request]}"
        if act["do"] in ("comment", "pause", "hand_over", "severity") and text != request:
            yield f"{act} says {text!r}"


def _gaps(desk: Desk, answered: list[dict[str, Any]]) -> Iterator[str]:
    """Numbers that are missing, given twice, or acknowledged and not stored."""
    kept = {protocol for (protocol,) in rows(desk, "SELECT protocol FROM ticket")}
    by_day = Counter(protocol[6:14] for protocol in kept)
    last = {series.split()[1]: last for series, last in rows(desk, "SELECT series, last FROM numbering")}
    expected = {f"123456{day}{number:06}" for day, count in last.items() for number in range(1, count + 1)}
    yield from (f"protocol missing: {number}" for number in sorted(expected - kept))
    yield from (f"protocol too many: {number}" for number in sorted(kept - expected))
    if by_day != last:
        yield f"numbering {last}, tickets {by_day}"
    actual = [act["protocol"] for act in answered if act["do"] == "begin" and "version" in act]
    yield from (f"protocol given twice: {number}" for number, times in Counter(actual).items() if times > 1)
    yield from (f"protocol given and not stored: {number}" for number in set(actual) - kept)


def _doubled(desk: Desk) -> Iterator[str]:
    """Duplicates: an event of a timer, a message, a pause of a paused ticket, a claim of a claimed ticket."""
    fired = {f"tempo:{t}:{key}" for t, key in rows(desk, "SELECT ticket_id, key FROM timer WHERE fired_at IS NOT NULL")}
    happened = {request for (request,) in rows(desk, "SELECT request_id FROM event WHERE request_id LIKE 'tempo:%'")}
    yield from (f"fired or happened only: {key}" for key in fired ^ happened)
    twice = "SELECT ticket_id, event_seq, key, recipient FROM message GROUP BY 1, 2, 3, 4 HAVING count(*) > 1"
    yield from (f"message twice: {row}" for row in rows(desk, twice))
    former: dict[int, str] = {}
    turns = "SELECT ticket_id, kind FROM event WHERE kind IN ('pausado', 'retomado') ORDER BY ticket_id, seq"
    for ticket, kind in rows(desk, turns):
        if former.get(ticket) == kind:
            yield f"{kind} twice: {ticket}"
        former[ticket] = kind
