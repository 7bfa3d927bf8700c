"""Random histories of a ticket, compared with a model that steps through them by seconds.

The model keeps, for each clock, when it started, rested and ended, by docs/rules.md, "Clocks and cycles";
what it counts is counted by the calendar's oracle, which looks at the wall every second. Neither uses the product.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from atendimento_tui.calendar import BusinessCalendar
from atendimento_tui.domain import acts
from atendimento_tui.domain.clocks import Clock, ledger, paused, result_of, standing, term_of, worked
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event, Ticket, replay
from atendimento_tui.domain.words import ClockKind
from tests.bare_tickets import opened, solved
from tests.calendar.oracle import Oracle, Pause

MINUTES = [
    (time(9, 0, 0), time(9, 1, 0)),
    (time(9, 1, 30), time(9, 2, 10)),
    (time(9, 3, 0), time(9, 3, 1)),
    (time(9, 5, 0), time(9, 7, 0)),
    (time(9, 7, 0), time(9, 9, 30)),
    (time(9, 15, 0), time(10, 0, 0)),
]
"""Hours so short that every second of a history can be checked."""

ORACLE = Oracle(dict.fromkeys(range(7), MINUTES), "America/Sao_Paulo")
CALENDAR = BusinessCalendar(dict.fromkeys(range(7), MINUTES), "America/Sao_Paulo")
START = datetime(2026, 3, 2, 12, tzinfo=UTC)  # nine o'clock in São Paulo
RESTING = ("primeira_resposta", "solucao", "finalizacao")
TARGETS = {"primeira_resposta": 45, "solucao": 130, "finalizacao": 300}
VALIDATION_TARGET = 100
SECOND = timedelta(seconds=1)


@dataclass
class ClockModel:
    """A model of a clock by the rules."""

    target: int
    start: datetime
    rests: list[tuple[datetime, datetime | None, str]] = field(default_factory=list)
    end: datetime | None = None

    def rest(self, at: datetime, why: str) -> None:
        if self.end is None and not self.is_resting:
            self.rests.append((at, None, why))

    def run(self, at: datetime) -> None:
        if self.is_resting:
            since, _, why = self.rests[-1]
            self.rests[-1] = (since, at, why)

    def stop(self, at: datetime) -> None:
        if self.end is None:
            self.run(at)
            self.end = at

    @property
    def is_resting(self) -> bool:
        return bool(self.rests) and self.rests[-1][1] is None

    def pauses(self, until: datetime) -> list[Pause]:
        return [(since, end or max(since, until), why) for since, end, why in self.rests]


class ClockMachine(RuleBasedStateMachine):
    """A ticket and its expected state."""

    @initialize(wait=st.integers(0, 200))
    def open_it(self, wait: int) -> None:
        self.now = START + timedelta(seconds=wait)
        starts = tuple(acts.hours(ClockKind(kind), 1, target) for kind, target in TARGETS.items())
        opening = opened({"protocol": "20260302000001", "subject": "x"}, starts, self.now, 1)
        self.events: list[Event] = [opening]
        self.ticket = Ticket().evolve(opening)
        self.model = {kind: ClockModel(target, self.now) for kind, target in TARGETS.items()}
        self.state = "aberto"
        self.owner: int | None = None

    @rule(seconds=st.integers(0, 150))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(person=st.integers(1, 3))
    def claim(self, person: int) -> None:
        taken = "ja_e_seu" if self.owner == person else "ja_tem_responsavel"
        refusal = self.closed() or (None if self.owner is None else taken)
        if self.done(lambda: acts.claim(self.ticket, person, self.now), refusal):
            self.owner = person

    @rule(text=st.sampled_from(["ok", "", " \t"]))
    def comment(self, text: str) -> None:
        self.done(lambda: acts.comment(1, self.now, text), None if text == "ok" else "comentario_vazio")

    @rule(reason=st.sampled_from(["cliente", "fornecedor", "  "]))
    def pause(self, reason: str) -> None:
        states = {"aguardando": "ja_pausado", "validacao": "em_validacao"}
        refusal = self.closed() or states.get(self.state) or (None if reason.strip() else "motivo_vazio")
        if self.done(lambda: acts.pause(self.ticket, 1, self.now, reason), refusal):
            self.state = "aguardando"
            for kind in RESTING:
                self.model[kind].rest(self.now, reason)

    @rule()
    def resume(self) -> None:
        refusal = self.closed() or (None if self.state == "aguardando" else "nao_esta_pausado")
        if self.done(lambda: acts.resume(self.ticket, 1, self.now), refusal):
            self.state = "aberto"
            for kind in RESTING:
                self.model[kind].run(self.now)

    @precondition(lambda self: len(self.events) > 4)
    @rule(validates=st.booleans())
    def solve(self, validates: bool) -> None:
        validation = acts.hours(ClockKind.VALIDATION, 1, VALIDATION_TARGET) if validates else None
        refusal = self.closed() or ("em_validacao" if self.state == "validacao" else None)
        if not self.done(lambda: solved(self.ticket, 1, self.now, "Feito.", validation), refusal):
            return
        stopped = RESTING[:2] if validates else RESTING
        for kind in stopped:
            self.model[kind].stop(self.now)
        if validates:
            self.model["finalizacao"].rest(self.now, "validação do cliente")
            self.model["validacao"] = ClockModel(VALIDATION_TARGET, self.now)
        self.state = "validacao" if validates else "concluido"

    def closed(self) -> str | None:
        return "encerrado" if self.state == "concluido" else None

    def done(self, act: Callable[[], Event], refusal: str | None) -> bool:
        """Whether the act was done. A refusal must have the expected reason."""
        if refusal:
            with pytest.raises(Refused) as raised:
                act()
            assert raised.value.code == refusal
            return False
        event = act()
        self.events.append(event)
        self.ticket = self.ticket.evolve(event)
        return True

    @invariant()
    def is_as_the_model_says(self) -> None:
        if not hasattr(self, "ticket"):
            return
        assert (self.ticket.state, self.ticket.owner) == (self.state, self.owner)
        assert self.ticket.version == len(self.events)
        assert replay(self.events) == self.ticket
        assert [clock.kind for clock in self.ticket.clocks] == list(self.model)

    def teardown(self) -> None:
        if not hasattr(self, "ticket"):
            return
        for clock in self.ticket.clocks:
            agree(clock, self.model[clock.kind], self.now)


def agree(clock: Clock, model: ClockModel, now: datetime) -> None:
    """The product's clock agrees with the model, second by second."""
    until = model.end or now
    ran = ORACLE.between(model.start, until, model.pauses(until))
    assert worked(clock, CALENDAR, now) == ran
    assert paused(clock, CALENDAR, now) == ORACLE.between(model.start, until, []) - ran
    over = [(since, end, why) for since, end, why in model.rests if end]
    due = ORACLE.add(model.start, timedelta(seconds=model.target), over, model.start + timedelta(hours=1))
    assert due, "the hour is long enough for every target and pause"
    term = term_of(clock, CALENDAR)
    assert term.due_at == due
    if model.end:
        assert result_of(clock, CALENDAR) == ("no_prazo" if model.end <= due else "fora_do_prazo")
    else:
        left = timedelta(seconds=model.target) - ran  # whatever it rested, before the due instant and after
        stands = standing(term, CALENDAR, now)
        assert stands.remaining_s == left // SECOND
        late = "vencido" if now > due else ("atencao" if now >= term.warn_at else "no_prazo")
        assert stands.situation == ("pausado" if model.is_resting else late)
    the_ledger_agrees(clock, model, now, due)


def the_ledger_agrees(clock: Clock, model: ClockModel, now: datetime, due: datetime) -> None:
    lines = ledger(clock, CALENDAR, now)
    end = model.end or (max(now, model.rests[-1][0]) if model.is_resting else due)
    actual = [(line.start, line.end, line.reason, line.name) for line in lines]
    assert actual == ORACLE.explain(model.start, end, model.pauses(end))
    counted = sum((line.duration for line in lines if line.counted), timedelta())
    if model.end is None and not model.is_resting:
        assert counted == timedelta(seconds=model.target)
    else:
        assert counted == worked(clock, CALENDAR, now)


TestLife = ClockMachine.TestCase
TestLife.settings = settings(stateful_step_count=25)
