"""Random sequences of acts: each clock is compared with an oracle that imports nothing of the product.

`make test` runs a few hundred, `make test-long` 20,000; `ORACLE_SEQUENCES` says how many.
"""

import ast
import os
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.clocks import Clock, paused, result_of, standing, term_of, worked
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.tickets import Event, Ticket, Value, replay
from atendimento_tui.domain.workflow import Answer, ProcessContext
from tests.domain import clock_oracle as oracle
from tests.domain.clock_oracle import ClockFigures, Days, Model

SEQUENCES = int(os.environ.get("ORACLE_SEQUENCES", "320"))
BLOCKS = 8
ZONES = ("America/Sao_Paulo", "America/New_York")
LONGEST = timedelta(days=25)
SECOND = timedelta(seconds=1)
SEVERITIES = ("baixa", "media", "alta", "critica")


days_in = cache(Days)
"""The calendar in a zone; looking at each of its seconds takes a while."""


class ComparedTicket:
    """One ticket, in the product and in the oracle."""

    def __init__(self, days: Days, context: ProcessContext, dice: random.Random) -> None:
        self.days, self.context, self.dice = days, context, dice
        self.now = oracle.START + timedelta(days=dice.randrange(14))
        self.story: list[str] = []
        self.wait()
        severity = dice.choice(SEVERITIES)
        values: dict[str, Value] = {"protocol": "1", "process": 1, "severity": severity}
        outcome = workflow.open_ticket(Ticket(), context, values, {}, Event("aberto", self.now, 1))
        self.events: list[Event] = [outcome.event]
        self.ticket = Ticket().evolve(outcome.event)
        self.model = Model({"criticidade": severity})
        self.model.open(self.now)
        self.story.append(f"{self.now} open {severity}")

    def wait(self) -> None:
        """Go to another second, or to an instant near an opening or a closing."""
        if self.dice.random() < 0.5:
            self.now += timedelta(
                seconds=self.dice.choice([0, 1, 10, 50, 70, 3600, 86_400, self.dice.randrange(90_000)])
            )
        else:
            wall = (self.now + timedelta(days=self.dice.randrange(3))).astimezone(self.days.zone)
            begin, end = self.dice.choice(oracle.HOURS)
            at = datetime.combine(wall.date(), self.dice.choice((begin, end)), self.days.zone).astimezone(UTC)
            self.now = max(self.now, at + timedelta(seconds=self.dice.randrange(-3, 60)))

    def step(self) -> None:
        self.wait()
        model, at = self.model, self.now
        choices = [*oracle.ACTIONS[model.step]]
        if model.state != "concluido":
            choices.append("severity")
        if model.state in ("aberto", "aguardando"):
            choices += ["pause"] if model.state == "aberto" else ["resume"]
        which = self.dice.choice(choices)
        self.story.append(f"{at} {which}")
        if which == "severity":
            other = self.dice.choice([each for each in SEVERITIES if each != model.values["criticidade"]])
            event = acts.change_severity(self.ticket, 1, at, other, "ligou")
            self.keep(workflow.with_clock_changes(self.ticket, self.context, event))
            model.values["criticidade"] = other
            model.follow(at)
            self.story[-1] += f" {other}"
        elif which == "pause":
            self.keep(acts.pause(self.ticket, 1, at, "cliente"))
            model.pause(at)
        elif which == "resume":
            self.keep(acts.resume(self.ticket, 1, at))
            model.resume(at)
        else:
            act = oracle.ACTIONS[model.step][which]
            given = {
                "contrato": self.dice.choice(("ouro", "prata", "avulso")),
                "auditado": self.dice.choice(("sim", "nao")),
            }
            answers = given if act.asks else {}
            answer = Answer("", answers)
            outcome = workflow.act(self.ticket, self.context, which, actor=1, role="atendente", at=at, answer=answer)
            self.keep(outcome.event)
            model.do(act, at, answers)
            self.story[-1] += f" {answers or ''}"

    def keep(self, event: Event) -> None:
        self.ticket = self.ticket.evolve(event)
        self.events.append(event)

    def agree(self) -> None:
        clocks, modelled = self.ticket.clocks, self.model.clocks
        story = "\n".join(self.story)
        assert [(c.cycle, c.kind, c.target) for c in clocks] == [(m.cycle, m.kind, m.target) for m in modelled], story
        for clock, model in zip(clocks, modelled, strict=True):
            mine, theirs = self.reckoned(clock), oracle.reckoned(model, self.days, self.now)
            assert mine == theirs, f"{story}\n{self.now} {clock}"
            assert clock.is_live == (model.end is None)
            assert (clock.paused_at is not None) == model.is_resting, story

    def reckoned(self, clock: Clock) -> ClockFigures:
        calendar = self.context.calendars[clock.calendar]
        term, result = term_of(clock, calendar), result_of(clock, calendar)
        return ClockFigures(
            worked(clock, calendar, self.now) // SECOND,
            paused(clock, calendar, self.now) // SECOND,
            term.due_at,
            standing(term, calendar, self.now).remaining_s if clock.is_live else None,
            result.value if result else None,
        )


@pytest.mark.parametrize("block", range(BLOCKS))
def test_worked_paused_remaining_due_and_result_agree_with_the_oracle(block: int) -> None:
    zone = ZONES[block % len(ZONES)]
    days = days_in(zone)
    calendar = BusinessCalendar(dict.fromkeys(oracle.WORKDAYS, oracle.HOURS), zone, oracle.HOLIDAYS)
    context = ProcessContext(read_process(oracle.service()), {1: calendar}, {"expediente": 1, "legal": 1}, {})
    for number in range(-(-SEQUENCES // BLOCKS)):
        life = ComparedTicket(days, context, random.Random(f"{block} {number}"))
        end = life.now + LONGEST
        for _ in range(life.dice.randrange(3, 16)):
            life.step()
            life.agree()
            if life.now > end:
                break
        life.wait()
        life.agree()
        assert replay(life.events) == life.ticket


def test_the_oracle_imports_nothing_of_the_product() -> None:
    tree = ast.parse(Path(oracle.__file__).read_text("utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert {name.partition(".")[0] for name in named} <= {
        "bisect",
        "collections",
        "dataclasses",
        "datetime",
        "zoneinfo",
    }


def test_the_comparison_with_the_oracle_can_fail() -> None:
    """A pause that is one second longer changes the worked and the remaining time."""
    days = days_in("America/Sao_Paulo")
    nine = datetime(2026, 10, 19, 12, tzinfo=UTC)
    clock = oracle.ClockModel("solucao", 1, nine, 240, [(nine + 10 * SECOND, nine + 20 * SECOND)])
    actual = oracle.reckoned(clock, days, nine + 40 * SECOND)
    assert (actual.worked, actual.rested, actual.remaining) == (30, 10, 210)
    clock.rests = [(nine + 10 * SECOND, nine + 21 * SECOND)]
    assert oracle.reckoned(clock, days, nine + 40 * SECOND).worked == 29
