"""Processes that act on one desk, each with a journal, and are killed at random, for the trials.

Each writes what it begins, and its acknowledgement or refusal, to its own journal. One that was killed is started again
and reads its journal.
"""

import json
import os
import signal
import struct
import time
import traceback
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import wait
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from atendimento_tui.domain.refusals import Refusal
from atendimento_tui.services.desk import Desk, open_desk
from atendimento_tui.services.refusals import refusal_of
from atendimento_tui.texts.refusals import codes, sentence
from tests.living import NOW
from tests.servers import connected
from tests.warm import forking

T = TypeVar("T")

NO_ANSWER = {"banco_sem_conexao", "banco_ocupado"}
"""Refusals after which it is unknown whether the act was written; it is repeated with the same request id."""

_SILENCE_S = 120
"""Seconds without a message of any process after which the trial fails."""

_LONGEST_REST_S = 5

_WORD = struct.Struct(">cH")
_BEGUN, _ACTED, _FINISHED, _FAILED = b"(", b".", b"!", b"x"


@dataclass(frozen=True, slots=True)
class Form:
    """The size of a trial.

    Attributes:
        acts: Number of acts of all processes.
        kills: Number of kills of processes.
        cuts: Number of connections that the server closes; the process then does not know the result of its act.
        tickets: Number of initial tickets; the acts open others.
        rest: How long a process rests at most after an act, in durations of that act. With it some processes wait for
            each other, and not all, whatever else the machine does.
    """

    processes: int
    acts: int
    kills: int
    cuts: int = 0
    tickets: int = 12
    seed: int = 1
    rest: int = 0

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
        noted: What else a trial counts.
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
    noted: Counter[str] = field(default_factory=Counter)
    seconds: float = 0
    faults: list[str] = field(default_factory=list)

    @property
    def times(self) -> list[float]:
        """The durations of all acts in milliseconds."""
        return list(chain.from_iterable(self.ms.values()))


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
        """Write a line. It outlives a kill of the process, though not a loss of power."""
        os.write(self._file, json.dumps(line).encode() + b"\n")
        self.lines.append(line)

    def answered(self) -> list[dict[str, Any]]:
        """Acts with a known result."""
        tried = {line["try"]: line for line in self.lines if "try" in line}
        return [tried[line["answer"]] | line for line in self.lines if "answer" in line]

    def close(self) -> None:
        os.close(self._file)


class Worker(ABC):
    """A process, which continues at the end of its journal.

    Attributes:
        count: How many of its acts have a result.
    """

    def __init__(self, desk: Desk, number: int, form: Form, journal: Journal) -> None:
        self.desk, self.number, self.form, self._journal = desk, number, form, journal
        self.count = len(journal.answered())
        tried = [line for line in journal.lines if "try" in line]
        self._todo = tried[self.count] if len(tried) > self.count else None

    @abstractmethod
    def planned(self) -> dict[str, Any]:
        """The next act, with its id as `try` and its kind as `do`."""

    @abstractmethod
    def do(self, todo: dict[str, Any]) -> dict[str, Any]:
        """Do an act; what was acknowledged."""

    @abstractmethod
    def answered(self, todo: dict[str, Any], answer: dict[str, Any]) -> None:
        """Learn from the result of an act."""

    def refused(self, refusal: Refusal) -> dict[str, Any]:
        """What the journal says of a refusal."""
        return {"code": refusal.code, "said": sentence(*refusal)}

    def act(self) -> float:
        """Do the next act, or the one without a result, until there is a result.

        Returns:
            How many seconds it took.
        """
        todo = self._todo or until_answered(self._journal, "looking", self.planned)
        if not self._todo:
            self._journal.write(**todo)
        begun = time.perf_counter()
        try:
            answer = until_answered(self._journal, todo["try"], lambda: self.do(todo))
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            answer = self.refused(refusal)
        seconds = time.perf_counter() - begun
        self._journal.write(answer=todo["try"], ms=round(seconds * 1000, 2), **answer)
        self._todo = None
        self.count += 1
        self.answered(todo, answer)
        return seconds


def work(kind: type[Worker], database: str, number: int, form: Form, path: Path, report: Any) -> None:
    """Do the acts of a process that are not done yet."""
    with closing(Journal(path)) as journal:
        try:
            with until_answered(journal, "opening", lambda: open_desk(database, NOW)) as desk:
                worker = kind(desk, number, form, journal)
                chance = Random(f"{number} {worker.count}")
                while worker.count < form.share:
                    os.write(report.fileno(), _WORD.pack(_BEGUN, number))
                    seconds = worker.act()
                    os.write(report.fileno(), _WORD.pack(_ACTED, number))
                    time.sleep(min(seconds * form.rest * chance.random(), _LONGEST_REST_S))
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


class Crowd:
    """The processes of a trial.

    Args:
        kind: What each does.
        database: A desk.
        folder: The folder of the journals.
        tell: Called with the number of acts that are done.
    """

    def __init__(
        self,
        kind: type[Worker],
        database: str,
        folder: Path,
        form: Form,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._kind, self._database, self._folder, self._form, self._tell = kind, database, folder, form, tell
        self._context = forking()
        self._receiver, self._tells = self._context.Pipe(duplex=False)
        self._chance = Random(form.seed)
        self._alive: dict[int, Any] = {}
        self._acting: set[int] = set()

    def act(self) -> tuple[Outcome, list[Journal]]:
        """Run until each process has done its acts, and kill some meanwhile.

        Returns:
            What was counted, with the faults that the processes noticed, and the journals.
        """
        begun = time.perf_counter()
        kills, cuts = self._let_act()
        outcome = Outcome(kills=kills, cuts=cuts, seconds=time.perf_counter() - begun)
        journals = [Journal(path) for path in sorted(self._folder.glob("*.journal"))]
        for journal in journals:
            journal.close()
            _count(outcome, journal)
        outcome.faults += [line["fault"] for journal in journals for line in journal.lines if "fault" in line]
        answered = outcome.done + outcome.refused.total()
        if answered != self._form.share * self._form.processes:
            outcome.faults.append(f"{answered} acts were answered")
        return outcome, journals

    def _let_act(self) -> tuple[int, int]:
        """The number of kills and of closed connections."""
        form = self._form
        blows = [(self._chance.randrange(form.acts), blow) for blow in [True] * form.kills + [False] * form.cuts]
        coming = sorted(blows, reverse=True)
        for number in range(form.processes):
            self._start(number)
        counted, struck = 0, Counter[bool]()
        while self._alive:
            for word, number in self._messages():
                counted += word == _ACTED
                self._tell(counted)
                (self._acting.add if word == _BEGUN else self._acting.discard)(number)
                if word in (_FINISHED, _FAILED) and number in self._alive:
                    self._alive.pop(number).join()
                while coming and coming[-1][0] <= counted and self._alive:
                    is_kill = coming.pop()[1]
                    struck[is_kill] += 1
                    self._kill() if is_kill else self._cut()
        return struck[True], struck[False]

    def _start(self, number: int) -> None:
        path = self._folder / f"{number:03}.journal"
        arguments = (self._kind, self._database, number, self._form, path, self._tells)
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
        """Kill a process, in the middle of an act if one acts, and start it again."""
        number = self._chance.choice(sorted(self._acting & self._alive.keys() or self._alive))
        self._acting.discard(number)
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


def unexplained(answered: Iterable[dict[str, Any]], allowed: Collection[str]) -> Iterator[str]:
    """Refusals that say nothing, or are not allowed."""
    for act in answered:
        code, text = act.get("code", ""), act.get("said", "")
        if code and (code not in codes() or "{" in text or "—" in text or code not in allowed):
            yield f"refused without a reason: {code}: {text}"
