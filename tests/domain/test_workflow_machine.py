"""Random histories on the shipped processes, compared with a model that steps through them by seconds.

The model reads the process's TOML by itself and keeps, for each clock, when it started, rested and ended, by
docs/rules.md, "Clocks and cycles"; what it counts is counted by looking at the wall every second. Of the product it
uses nothing.
"""

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.clocks import paused, worked
from atendimento_tui.domain.documents import ACCEPTED, RECEIVED, REFUSED
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import DOCUMENT, ActionRule
from atendimento_tui.domain.process.values import kind_of, options_of
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.workflow.effects import Outcome
from tests.calendar.oracle import Oracle
from tests.domain.walk import BOSS, FILES, HOLIDAYS, ZONE, Walk
from tests.domain.walk import CATALOG as SHIPPED
from tests.every_type import EVERY_TYPE
from tests.full import IN_FULL

HOURS = [(time(9), time(9, 0, 50)), (time(9, 1), time(9, 2, 10)), (time(12), time(12, 1))]
"""Hours so short that every second of a history can be checked."""

START = datetime(2026, 10, 9, 12, tzinfo=UTC)  # a Friday, nine o'clock in São Paulo
LONGEST = timedelta(days=120)
SECOND = timedelta(seconds=1)
ORACLE = Oracle(dict.fromkeys(range(5), HOURS), ZONE, HOLIDAYS)


@cache
def open_seconds() -> list[datetime]:
    """Every second in which the desk is open. Hours in which it is always closed are skipped."""
    found, hour = [], START.replace(minute=0)
    while hour < START + LONGEST:
        if hour.hour in (12, 15):
            found += [at for at in (hour + second * SECOND for second in range(180)) if ORACLE.is_open(at)]
        hour += timedelta(hours=1)
    return found


EXAMPLES = max(150, settings().max_examples) if IN_FULL else 50
STANDING = ("aberto", "aguardando", "validacao")
RESTING = ("primeira_resposta", "solucao", "finalizacao")


@dataclass
class ClockModel:
    """A model of a clock by the rules."""

    cycle: int
    kind: str
    start: datetime
    rests: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    end: datetime | None = None
    dropped: bool = False

    @property
    def rests_now(self) -> bool:
        return bool(self.rests) and self.rests[-1][1] is None

    def rest(self, at: datetime) -> None:
        if self.end is None and not self.rests_now:
            self.rests.append((at, None))

    def run(self, at: datetime) -> None:
        if self.rests_now:
            self.rests[-1] = (self.rests[-1][0], at)

    def stop(self, at: datetime, *, dropped: bool = False) -> None:
        if self.end is None:
            self.run(at)
            self.end, self.dropped = at, dropped

    def run_on(self, at: datetime) -> None:
        if self.end is not None and not self.dropped:
            self.rests.append((self.end, at))
            self.end = None

    def counted(self, now: datetime) -> tuple[int, int]:
        """Worked and paused seconds, counted one by one."""
        until = self.end or now
        seconds = open_seconds()[bisect_left(open_seconds(), self.start) : bisect_left(open_seconds(), until)]
        rested = sum(any(since <= at < (end or until) for since, end in self.rests) for at in seconds)
        return len(seconds) - rested, rested


@dataclass
class Model:
    """A model of a ticket in its process, read from the plain TOML."""

    data: dict[str, Any]
    values: dict[str, str]
    step: dict[str, Any] = field(default_factory=dict)
    state: str = "aberto"
    worked_in: str = ""
    cycle: int = 1
    clocks: list[ClockModel] = field(default_factory=list)
    wanted: dict[str, bool] = field(default_factory=dict)

    def live(self, kind: str) -> list[ClockModel]:
        return [c for c in self.clocks if c.cycle == self.cycle and c.kind == kind and c.end is None]

    def open(self, at: datetime) -> None:
        self.carry_out(self.those_that_hold(self.data.get("ao_abrir", {})), at, goes=self.data["etapas"][0]["chave"])

    def action(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = next(action for action in self.step["acoes"] if action["chave"] == key)
        return self.those_that_hold(found.get("faz", {}))

    def needed(self, key: str, asked: tuple[str, ...]) -> dict[str, str]:
        """The answers without which the action is refused: a form is signed, or it is not."""
        found = next(action for action in self.step["acoes"] if action["chave"] == key)
        needs = [need for need in found.get("exige", []) if need.get("campo") in asked]
        return {need["campo"]: need.get("igual", "sim") for need in needs if {"igual", "diferente"} & need.keys()}

    def timer(self, key: str) -> dict[str, Any]:
        found = next(t for t in self.step["tempos"] if t["chave"] == key)
        return self.action(found["acao"]) if "acao" in found else self.those_that_hold(found["faz"])

    def those_that_hold(self, does: dict[str, Any] | list[dict[str, Any]]) -> dict[str, Any]:
        """The effects whose conditions hold, as one."""
        held: dict[str, Any] = {}
        for part in does if isinstance(does, list) else [does]:
            if self.holds(part.get("quando", [])):
                for word in {"para", "cancela", "inicia", "continua"} & part.keys():
                    held[word] = [*held.get(word, []), *listed(part[word])]
                held |= {word: part[word] for word in {"novo_ciclo", "ir", "criticidade"} & part.keys()}
                held["define"] = held.get("define", {}) | part.get("define", {})
        return held

    def carry_out(self, does: dict[str, Any], at: datetime, goes: str = "") -> None:
        for kind in listed(does.get("para")):
            self.each(kind, lambda c: c.stop(at))
            self.wanted.update(dict.fromkeys({kind} & self.wanted.keys(), False))
        for kind in listed(does.get("cancela")):
            self.each(kind, lambda c: c.stop(at, dropped=True))
            self.wanted.pop(kind, None)
        if does.get("novo_ciclo"):
            self.cycle, self.wanted = self.cycle + 1, {}
        self.values |= does.get("define", {})
        for kind in listed(does.get("inicia")):
            if not self.live(kind):
                self.wanted[kind] = True
        for kind in listed(does.get("continua")):
            stopped = [c for c in self.clocks if c.cycle == self.cycle and c.kind == kind]
            for clock in stopped[-1:]:
                clock.run_on(at)
            self.wanted.update(dict.fromkeys({kind} & self.wanted.keys(), True))
        self.values |= {"criticidade": does["criticidade"]} if "criticidade" in does else {}
        self.follow(at)
        goes = does.get("ir", goes)
        if goes:
            self.come_to(self.worked_in if goes == "anterior" else goes, at)

    def follow(self, at: datetime) -> None:
        """A clock without a target is cancelled and requested; a requested one starts when it has a target."""
        for clock in [c for c in self.clocks if c.cycle == self.cycle and c.end is None]:
            if not self.promised(clock.kind):
                clock.stop(at, dropped=True)
                self.wanted[clock.kind] = True
        for kind in [kind for kind, asked in self.wanted.items() if asked and self.promised(kind)]:
            del self.wanted[kind]
            self.clocks.append(ClockModel(self.cycle, kind, at))
            if self.state in ("aguardando", "validacao") and kind in RESTING:
                self.clocks[-1].rest(at)

    def come_to(self, key: str, at: datetime) -> None:
        if self.step and key != self.step["chave"] and self.state in ("aberto", "aguardando"):
            self.worked_in = self.step["chave"]
        self.step = next(step for step in self.data["etapas"] if step["chave"] == key)
        self.state = self.step.get("estado", "aberto")
        for kind in RESTING if self.state in ("aberto", "aguardando", "validacao") else ():
            self.each(kind, lambda c: c.run(at) if self.state == "aberto" else c.rest(at))
        if self.state in ("concluido", "cancelado", "abandonado"):
            for clock in self.clocks:
                if clock.cycle == self.cycle and clock.kind != "reabertura":
                    clock.stop(at, dropped=self.state != "concluido")

    def each(self, kind: str, change: Any) -> None:
        """Apply to the live clocks of this kind; after a new cycle began, to live ones of the former cycle."""
        for clock in [c for c in self.clocks if c.kind == kind and c.end is None]:
            change(clock)

    def holds(self, conditions: list[dict[str, Any]]) -> bool:
        for condition in conditions:
            assert condition.keys() <= {"campo", "igual", "diferente"}, "a word that the model must learn"
            value = self.values.get(condition["campo"], "")
            if value not in listed(condition.get("igual", value)) or value in listed(condition.get("diferente")):
                return False
        return True

    def promised(self, kind: str) -> bool:
        rule = self.data["prazos"][kind]
        if not self.holds(rule.get("quando", [])):
            return False
        decides = [self.values.get(key) for key in listed(rule.get("por", "criticidade"))]
        return isinstance(rule["alvo"], str) or any(value in rule["alvo"] for value in decides)


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


ANSWERS = {
    "texto": "uma resposta",
    "texto_longo": "uma resposta longa o bastante",
    "pessoa": "Ana Souza",
    "procedimento": "10101012",
}
NAMES = sorted(path.stem for path in SHIPPED.glob("*.toml"))


class WorkflowMachine(RuleBasedStateMachine):
    """A ticket and its expected state."""

    @initialize(
        name=st.sampled_from(NAMES),
        severity=st.sampled_from(["baixa", "media", "alta", "critica"]),
        wait=st.integers(0, 300),
        choices=st.randoms(use_true_random=False),
        is_solved=st.booleans(),
    )
    def open_it(self, name: str, severity: str, wait: int, choices: Any, is_solved: bool) -> None:
        text = FILES[name].read_text("utf-8")
        text = re.sub(r'"(\d+)h"', r'"\1min"', text)  # so that promises are broken within hours as short as these
        self.now = START + timedelta(seconds=wait)
        self.walk = Walk(read_process(text), HOURS)
        self.choices = choices
        answers = {r.key: self.answer(r.key) for r in self.walk.process.fields if r.required and not r.later}
        self.walk.open(self.now, severity, **answers)
        self.model = Model(tomllib.loads(text), dict(self.walk.ticket.fields) | {"criticidade": severity})
        self.model.open(self.now)
        self.sealed: dict[int, Any] = {}
        # Half of them begin in a step with long waits, with all documents.
        for document in self.walk.process.documents if is_solved else ():
            self.walk.document(document.key, self.now)
        for key in ("solucionar", "responder", "enviar_auditoria", "assinado", "levar", "conferido"):
            if is_solved and key in self.walk.keys(self.now):
                self.do(key)

    def answer(self, key: str) -> str:
        found = self.walk.process.field(key)
        kind = kind_of(found)
        if kind == "sim_nao":
            return str(self.choices.choice(["sim", "nao"]))
        options = options_of(found)
        return str(self.choices.choice(options)) if options else ANSWERS.get(kind) or EVERY_TYPE[kind].typed

    def pass_time(self, passed: timedelta) -> None:
        self.now += passed
        if self.now > START + LONGEST:
            self.now = max(START + LONGEST, self.walk.events[-1].at)
        walk = self.walk
        while timer := workflow.next_due(walk.ticket, walk.context, walk.fired, self.now):
            assert timer.key not in walk.fired
            walk.fired.add(timer.key)
            outcome = walk.keep(workflow.fire_timer(walk.ticket, walk.context, timer))
            assert outcome.event.at >= walk.events[-2].at
            if timer.rule:
                self.model.carry_out(self.model.timer(timer.rule.key), outcome.event.at)

    @rule(seconds=st.integers(0, 200))
    def wait(self, seconds: int) -> None:
        self.pass_time(timedelta(seconds=seconds))

    @rule(days=st.integers(1, 12), seconds=st.integers(0, 150))
    def wait_long(self, days: int, seconds: int) -> None:
        day = (self.now + timedelta(days=days)).replace(hour=12, minute=0, second=0)
        self.pass_time(day + timedelta(seconds=seconds) - self.now)

    @rule(which=st.integers(0, 20))
    def act(self, which: int) -> None:
        walk = self.walk
        offered = [each.action for each in walk.possible(self.now, BOSS) if each.why_not is None]
        going_on = [action for action in offered if not self.gives_up(action)]
        if which and going_on:  # a life that is cut short shows little
            offered = going_on
        if not offered:
            return
        self.do(offered[which % len(offered)].key)

    def gives_up(self, action: ActionRule) -> bool:
        """Whether the action ends the ticket as cancelled."""
        steps = {step.key: step.state for step in self.walk.process.steps}
        return any(effects.go and steps.get(effects.go) == "cancelado" for effects in action.does)

    def do(self, key: str) -> None:
        walk = self.walk
        (action,) = [action for action in walk.process.step(walk.ticket.step).actions if action.key == key]
        answers = {key: self.answer(key) for key in action.asks} | self.model.needed(key, action.asks)
        walk.do(key, self.now, role=BOSS, **answers)
        self.model.values |= walk.typed(answers)
        self.model.carry_out(self.model.action(key), self.now)

    @rule(which=st.integers(0, 6), state=st.sampled_from([RECEIVED, ACCEPTED, ACCEPTED, REFUSED]))
    def document(self, which: int, state: str) -> None:
        """A document arrives, is accepted or is refused; often all of them. No clock follows from it."""
        keys = [each.key for each in self.walk.process.documents]
        if self.walk.ticket.closed_at:
            return
        for key in keys[which:] if which < 3 else keys:
            if self.walk.ticket.fields.get(f"{DOCUMENT}{key}") != state:
                self.walk.document(key, self.now, state)

    @rule()
    def pause(self) -> None:
        try:
            self.walk.keep(Outcome(acts.pause(self.walk.ticket, 1, self.now, "fornecedor")))
        except Refused:
            assert self.model.state != "aberto"
            return
        assert self.model.state == "aberto"
        self.model.state = "aguardando"
        for kind in RESTING:
            self.model.each(kind, lambda clock: clock.rest(self.now))

    @rule()
    def resume(self) -> None:
        try:
            self.walk.keep(Outcome(acts.resume(self.walk.ticket, 1, self.now)))
        except Refused:
            assert self.model.state != "aguardando"
            return
        assert self.model.state == "aguardando"
        self.model.state = "aberto"
        for kind in RESTING:
            self.model.each(kind, lambda clock: clock.run(self.now))

    @rule(severity=st.sampled_from(["baixa", "critica"]))
    def change_severity(self, severity: str) -> None:
        """A higher severity changes the targets, not the counted time."""
        try:
            self.walk.change_severity(severity, self.now)
        except Refused:
            assert severity == self.model.values["criticidade"] or self.model.state not in STANDING
            return
        self.model.values["criticidade"] = severity
        self.model.follow(self.now)

    @precondition(lambda self: hasattr(self, "walk"))
    @invariant()
    def it_stands_where_it_should(self) -> None:
        ticket = self.walk.ticket
        assert (ticket.step, ticket.state, ticket.cycle) == (
            self.model.step["chave"],
            self.model.state,
            self.model.cycle,
        )
        kinds = [(clock.cycle, clock.kind) for clock in ticket.live_clocks]
        assert len(kinds) == len(set(kinds))
        if not ticket.closed_at:
            assert {cycle for cycle, _ in kinds} <= {ticket.cycle}
        else:
            assert {kind for _, kind in kinds} <= {"reabertura"}
        assert [(c.cycle, c.kind, c.started_at, c.stopped_at, c.paused_at is not None) for c in ticket.clocks] == [
            (c.cycle, c.kind, c.start, c.end, c.rests_now) for c in self.model.clocks
        ]

    @precondition(lambda self: hasattr(self, "walk"))
    @invariant()
    def former_cycles_are_sealed(self) -> None:
        for cycle in range(1, self.walk.ticket.cycle):
            clocks = [clock for clock in self.walk.ticket.clocks if clock.cycle == cycle]
            assert self.sealed.setdefault(cycle, clocks) == clocks

    def teardown(self) -> None:
        for clock, modelled in zip(self.walk.ticket.clocks, self.model.clocks, strict=True):
            calendar = self.walk.calendars[clock.calendar]
            mine = worked(clock, calendar, self.now), paused(clock, calendar, self.now)
            assert (mine[0] / SECOND, mine[1] / SECOND) == modelled.counted(self.now)


TestLife = WorkflowMachine.TestCase
TestLife.settings = settings(stateful_step_count=40, max_examples=EXAMPLES)


def test_the_comparison_with_the_model_can_fail() -> None:
    """A pause that is one second longer is detected."""
    clock = ClockModel(1, "solucao", START, [(START + 10 * SECOND, START + 20 * SECOND)])
    assert clock.counted(START + 50 * SECOND) == (40, 10)
    clock.rests = [(START + 10 * SECOND, START + 21 * SECOND)]
    assert clock.counted(START + 50 * SECOND) == (39, 11)
    assert pytest.approx(len(open_seconds()), rel=0.1) == 80 * 180
