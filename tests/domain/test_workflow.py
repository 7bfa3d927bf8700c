"""The rules of a ticket in its process: timers, opening, and that everything in a process happens."""

import random
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.documents import ACCEPTED, RECEIVED, DocumentState, written_state
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import DOCUMENT, Process
from atendimento_tui.domain.process.values import kind_of, options_of
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.domain.tickets import Event
from atendimento_tui.domain.words import Nature, Severity
from atendimento_tui.domain.workflow.effects import Outcome
from tests.domain.histories import (
    CASE,
    adult,
    clock,
    due,
    incident,
    result,
    solved_on_the_thirteenth,
)
from tests.domain.walk import BOSS, DESK, FILES, Walk, at, process_of
from tests.every_type import EVERY_TYPE

# The service of the guide.


def test_the_service_of_the_guide_works_to_its_end() -> None:
    guide = Path(__file__).parents[2] / "docs" / "processes.md"
    (text,) = [
        text for text in re.findall(r"```toml\n(.*?)```", guide.read_text("utf-8"), re.DOTALL) if "[[etapas" in text
    ]
    walk = Walk(read_process(text))
    walk.open(at(9), quem="Ana, da recepção")
    assert walk.group == "Ouvidoria"
    assert due(walk, "retorno") == at(20, 23, 59, 59)
    walk.do("entregar", at(14), text="Lido com a equipe")
    assert walk.place == ("concluido", "concluido")
    assert result(walk, "retorno") == "no_prazo"


# Timers that cannot do what they should, and late ones.

STUCK = (
    FILES["maioridade"]
    .read_text("utf-8")
    .replace("so_sistema = true\n", 'so_sistema = true\nexige = [{ campo = "erp", igual = "2" }]\n')
)


def test_an_action_that_a_timer_cannot_do_raises_an_alert() -> None:
    walk = Walk(read_process(STUCK))
    walk.open(at(13), cpf="529.982.247-25", curso="anual")
    walk.do("pedir", at(13))
    happened = walk.sweep(at(30, month=11))
    assert walk.place == ("correcao", "aguardando")
    assert [d.alerts for d in happened if d.event.text == "fim"] == [("responsavel", "supervisao")]
    assert walk.sweep(at(30, month=11)) == []


def test_a_timer_needs_no_role() -> None:
    text = FILES["maioridade"].read_text("utf-8").replace("so_sistema = true", 'papeis = "supervisor"')
    walk = Walk(read_process(text))
    walk.open(at(13), cpf="529.982.247-25", curso="anual")
    walk.do("pedir", at(13))
    walk.sweep(at(30, month=11))
    assert walk.ticket.state == "abandonado"


def test_a_late_timer_is_not_before_the_last_event() -> None:
    walk = solved_on_the_thirteenth()
    walk.keep(Outcome(acts.comment(1, at(26), "ainda não vi")))
    walk.sweep(at(27))
    assert walk.place == ("concluido", "concluido")
    assert walk.ticket.closed_at == at(26)
    assert [event.at for event in walk.events] == sorted(event.at for event in walk.events)


def test_timers_move_with_the_clock() -> None:
    walk = incident("critica")
    (before,) = [t for t in workflow.timers(walk.ticket, walk.context, ()) if t.rule and t.rule.key == "gestor"]
    walk.keep(Outcome(acts.pause(walk.ticket, 1, at(9, 10), "x")))
    assert not [t for t in workflow.timers(walk.ticket, walk.context, ()) if t.rule and t.rule.clock]
    walk.keep(Outcome(acts.resume(walk.ticket, 1, at(9, 11))))
    (after,) = [t for t in workflow.timers(walk.ticket, walk.context, ()) if t.rule and t.rule.key == "gestor"]
    assert after.key == before.key
    assert after.due_at == before.due_at + timedelta(hours=1)


def test_a_ticket_without_a_step_has_no_timers() -> None:
    walk = Walk(process_of("falha_tecnica"))
    assert walk.possible(at(9)) == []
    assert workflow.timers(walk.ticket, walk.context, ()) == []
    assert workflow.next_due(walk.ticket, walk.context, (), at(9)) is None


# Opening.


def test_opening_completes_a_ticket_that_has_only_its_protocol() -> None:
    walk = Walk(process_of("falha_tecnica"))
    walk.keep(
        Outcome(Event("registrado", at(9, 8), 3, changes=walk.ticket.change(protocol="20261009000001", process=1)))
    )
    outcome = walk.open(at(9, 9), "alta", produto="x", descricao="y")
    assert "protocol" not in outcome.event.changes
    assert walk.ticket.opened_at == at(9, 8)
    assert walk.ticket.step_since == at(9, 9)
    assert {c.started_at for c in walk.ticket.clocks} == {at(9, 9)}
    assert clock(walk, "solucao").calendar == DESK


def test_the_event_of_opening_has_the_value_that_an_effect_defines() -> None:
    walk = Walk(process_of("solicitacao_procedimento"))
    outcome = walk.open(at(9), **CASE, situacao="Negado")
    assert outcome.event.changes["campo.situacao"] == (None, "Em análise")


def test_the_person_who_opens_may_become_the_owner() -> None:
    assert adult().ticket.owner == 7
    assert adult().outcomes[0].messages == ("recibo",)


# Coverage of all processes.

TYPED = {
    "texto": "uma resposta qualquer",
    "texto_longo": "uma resposta longa o bastante",
    "numero": "3",
    "data": "20/10/2026",
    "hora": "14:00",
    "cpf": "529.982.247-25",
    "cnpj": "12ABC34501DE35",
    "cns": "898000000043208",
    "telefone": "(11) 98765-4321",
    "email": "ana@exemplo.com",
    "dinheiro": "R$ 1,00",
    "competencia": "10/2026",
    "procedimento": "10101012",
    "conselho": "CRM/SP 123456",
    "pessoa": "Ana Souza",
    "protocolo": "20261009000001",
}


ACCEPTED_STATE = written_state(DocumentState(ACCEPTED))


def some_answer(process: Process, key: str, dice: random.Random) -> str:
    rule = process.field(key)
    kind = kind_of(rule)
    choices = {"escolha": options_of(rule), "sim_nao": ("sim", "nao")}
    return dice.choice(choices[kind]) if kind in choices else TYPED.get(kind) or EVERY_TYPE[kind].typed


def some_state(walk: Walk, key: str, dice: random.Random) -> str:
    """A document is received, then accepted or refused, and a refused one is received again."""
    if walk.ticket.fields.get(f"{DOCUMENT}{key}") != RECEIVED:
        return RECEIVED
    return dice.choice([ACCEPTED_STATE, ACCEPTED_STATE, "ilegível"])


def random_life(process: Process, dice: random.Random) -> set[str]:
    """What was done in one history, as `step.action` and `step.timer`."""
    walk, now, done = Walk(process, replays=False), at(9, 10), set[str]()
    answers = {r.key: some_answer(process, r.key, dice) for r in process.fields if not r.later}
    walk.open(now, dice.choice(list(Severity)), **answers)
    idle = dice.choice([0.2, 0.95])
    for _ in range(25):
        now += timedelta(minutes=dice.choice([1, 90, 60 * 24, 60 * 24 * 4]))
        step = walk.ticket.step
        for outcome in walk.sweep(now):
            done.add(f"{step}.{outcome.event.action or outcome.event.text}")
            step = walk.ticket.step
        for document in process.documents:
            if dice.random() < 0.3:
                walk.document(document.key, now, some_state(walk, document.key, dice))
        offered = [p.action for p in walk.possible(now, BOSS) if p.why_not is None]
        if dice.random() < 0.9:  # a life that is cut short shows little
            offered = [action for action in offered if action.key not in ("cancelar", "desistiu")]
        if not offered or dice.random() < idle:
            continue
        action, step = dice.choice(offered), walk.ticket.step
        with suppress(Refused):  # an answer that does not do, such as "no" where a yes is needed
            walk.do(action.key, now, role=BOSS, **{key: some_answer(process, key, dice) for key in action.asks})
            done.add(f"{step}.{action.label}")
    walk.check_replay()
    ended = walk.ticket.state in ("concluido", "cancelado", "abandonado")
    assert not ended or all(clock.nature is Nature.CLIENT for clock in walk.ticket.live_clocks)
    return done | ({"ended"} if ended else set())


@pytest.mark.parametrize("name", FILES)
def test_everything_in_a_process_happens_in_some_history(name: str) -> None:
    process, done = process_of(name), set[str]()
    wanted = {"ended"}
    for step in process.steps:
        labels = {action.key: action.label for action in step.actions}
        wanted |= {f"{step.key}.{action.label}" for action in step.actions}
        wanted |= {f"{step.key}.{labels.get(timer.action or '', timer.key)}" for timer in step.timers}
    dice = random.Random(name)
    for _ in range(400):
        done |= random_life(process, dice)
        if wanted <= done:
            break
    assert wanted - done == set()
