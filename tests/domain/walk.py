"""A ticket that goes through a process. Its events are stored and replayed at every step."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import atendimento_tui
from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.calendar.hours import Hours
from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.documents import RECEIVED
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import DOCUMENT, Process
from atendimento_tui.domain.process.values import read_value
from atendimento_tui.domain.tickets import Event, Ticket, Value, replay
from atendimento_tui.domain.workflow import Answer, ProcessContext
from atendimento_tui.domain.workflow.effects import (
    NUMBER_TO_COME,
    AddTask,
    Outcome,
    RaiseAlert,
    RenewTimers,
    SendMessage,
    TakeNumber,
)

CATALOG = Path(atendimento_tui.__file__).parent / "data" / "catalog"
HERE = Path(__file__).parent / "processes"
_EVERY = sorted([*CATALOG.glob("*.toml"), *HERE.glob("*.toml")])
FILES = {path.stem: path for path in _EVERY}
assert len(FILES) == len(_EVERY), "a test's process hides a shipped one of the same name"

ZONE = "America/Sao_Paulo"
HOLIDAYS = {
    date(2026, 10, 12): "Nossa Senhora Aparecida",
    date(2026, 10, 15): "Dia da cidade",
    date(2026, 11, 2): "Finados",
    date(2026, 11, 20): "Consciência Negra",
}
DESK, LEGAL, OTHER = 1, 2, 3
NINE_TO_SIX = [(time(9), time(18))]
BOSS = "supervisor"


def calendars(hours: Hours = NINE_TO_SIX) -> dict[int, BusinessCalendar]:
    """The desk's, the legal one, and one named `Cadastro` that opens on Tuesdays and Thursdays."""
    weekdays = dict.fromkeys(range(5), hours)
    return {
        DESK: BusinessCalendar(weekdays, ZONE, HOLIDAYS),
        LEGAL: BusinessCalendar(weekdays, ZONE, HOLIDAYS),
        OTHER: BusinessCalendar({1: hours, 3: hours}, ZONE),
    }


def process_of(name: str) -> Process:
    return read_process(FILES[name].read_text("utf-8"))


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0, *, month: int = 10) -> datetime:
    """A local time of São Paulo in 2026, three hours behind UTC, in UTC."""
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}-03:00").astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Done:
    """The result of an act: its event with the numbers that were taken, and its other effects by kind.

    Attributes:
        messages: Their keys.
        alerts: Whom they are for, in words of the process.
    """

    event: Event
    messages: tuple[str, ...]
    tasks: tuple[AddTask, ...]
    alerts: tuple[str, ...]


class Walk:
    """One ticket of a process, with its events.

    Args:
        replays: Whether all events are replayed after each; a long history does that at its end.
    """

    def __init__(self, process: Process, hours: Hours = NINE_TO_SIX, *, replays: bool = True) -> None:
        self._replays = replays
        self.process = process
        self.groups = {name: number for number, name in enumerate(process.groups(), start=1)}
        self.calendars = calendars(hours)
        versions = {"expediente": DESK, "legal": LEGAL, "Cadastro": OTHER}
        self.numbers: Counter[str] = Counter()
        self.context = ProcessContext(process, self.calendars, versions, self.groups)
        self.ticket = Ticket()
        self.events: list[Event] = []
        self.outcomes: list[Done] = []
        self.fired: set[str] = set()

    def number(self, series: str) -> str:
        self.numbers[series] += 1
        return f"{series.rpartition('.')[2]}-{self.numbers[series]}"

    def typed(self, answers: dict[str, str]) -> dict[str, str]:
        return {key: read_value(self.process.field(key), value) for key, value in answers.items()}

    def open(self, when: datetime, severity: str = "media", **answers: str) -> Done:
        values: dict[str, Value] = {"protocol": "20261009000001", "process": 1, "severity": severity, "requester": 5}
        event = Event("aberto", when, 7)
        return self.keep(workflow.open_ticket(self.ticket, self.context, values, self.typed(answers), event))

    def do(self, key: str, when: datetime, *, role: str = "atendente", text: str = "ok", **answers: str) -> Done:
        answer = Answer(text, self.typed(answers))
        return self.keep(workflow.act(self.ticket, self.context, key, actor=7, role=role, at=when, answer=answer))

    def document(self, key: str, when: datetime, state: str = RECEIVED) -> None:
        changes = self.ticket.change_fields({f"{DOCUMENT}{key}": state})
        self.keep(Outcome(Event("documento", when, 7, changes=changes)))

    def change_severity(self, severity: str, when: datetime) -> Done:
        """A person changes the severity, outside any action."""
        event = acts.change_severity(self.ticket, 7, when, severity, "ligou de novo")
        return self.keep(Outcome(workflow.with_clock_changes(self.ticket, self.context, event)))

    def sweep(self, now: datetime) -> list[Done]:
        """Fire all timers that are due by now."""
        done = []
        while timer := workflow.next_due(self.ticket, self.context, self.fired, now):
            assert timer.key not in self.fired
            self.fired.add(timer.key)
            done.append(self.keep(workflow.fire_timer(self.ticket, self.context, timer)))
        return done

    def keep(self, outcome: Outcome) -> Done:
        taken = {each.field: self.number(each.series) for each in outcome.effects if isinstance(each, TakeNumber)}
        event = workflow.with_numbers(self.ticket, self.process, outcome.event, taken)
        self.ticket = self.ticket.evolve(event)
        self.events.append(event)
        done = Done(
            event,
            tuple(each.key for each in outcome.effects if isinstance(each, SendMessage)),
            tuple(each for each in outcome.effects if isinstance(each, AddTask)),
            tuple(each.to for each in outcome.effects if isinstance(each, RaiseAlert)),
        )
        self.outcomes.append(done)
        assert NUMBER_TO_COME not in repr(event)
        assert outcome.effects[-1] == RenewTimers()
        if self._replays:
            self.check_replay()
        return done

    def check_replay(self) -> None:
        assert replay(self.events) == self.ticket

    def keys(self, now: datetime, role: str = "atendente") -> list[str]:
        """The actions that are possible now."""
        return [each.action.key for each in self.possible(now, role) if each.why_not is None]

    def possible(self, now: datetime, role: str = "atendente") -> list[workflow.Possible]:
        return workflow.possible(self.ticket, self.context, role, now)

    @property
    def place(self) -> tuple[str, str]:
        return self.ticket.step, self.ticket.state

    @property
    def group(self) -> str | None:
        return next((name for name, number in self.groups.items() if number == self.ticket.group), None)
