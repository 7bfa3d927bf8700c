"""Walks that several tests begin with, and what tests ask about a walk: refusals, clocks, due instants, results."""

from datetime import datetime, timedelta

import pytest

from atendimento_tui.domain.clocks import Clock, paused, result_of, term_of, worked
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.refusals import Refused
from atendimento_tui.texts.refusals import sentence
from tests.domain.walk import FILES, Walk, at, process_of

MINUTE = timedelta(minutes=1)


def refused(walk: Walk, key: str, when: datetime, role: str = "atendente", text: str = "ok", **answers: str) -> str:
    """The code of the refusal of an action, which changes nothing."""
    before = walk.ticket
    with pytest.raises(Refused) as refusal:
        walk.do(key, when, role=role, text=text, **answers)
    assert walk.ticket == before
    assert "—" not in sentence(refusal.value.code, refusal.value.values)
    return refusal.value.code


def clock(walk: Walk, kind: str, cycle: int = 1) -> Clock:
    """The newest clock of that kind."""
    return [c for c in walk.ticket.clocks if c.kind == kind and c.cycle == cycle][-1]


def due(walk: Walk, kind: str, cycle: int = 1) -> datetime:
    found = clock(walk, kind, cycle)
    return term_of(found, walk.calendars[found.calendar]).due_at


def minutes(walk: Walk, kind: str, now: datetime, cycle: int = 1) -> tuple[float, float]:
    found = clock(walk, kind, cycle)
    calendar = walk.calendars[found.calendar]
    return worked(found, calendar, now) / MINUTE, paused(found, calendar, now) / MINUTE


def result(walk: Walk, kind: str, cycle: int = 1) -> str | None:
    found = clock(walk, kind, cycle)
    return result_of(found, walk.calendars[found.calendar])


def live(walk: Walk) -> list[str]:
    return sorted(clock.kind for clock in walk.ticket.live_clocks)


CLOSING = at(23, 23, 59, 59)
LAST_DAY = at(3, 23, 59, 59, month=11)


def solved_on_the_thirteenth() -> Walk:
    """Opened on a Friday evening, its solution rejected once, solved again on Tuesday: validation is to 23 October.

    Monday the 12th and Thursday the 15th are holidays.
    """
    walk = Walk(process_of("falha_tecnica"))
    walk.open(at(9, 17, 50), "critica", produto="Prontuário", descricao="Não abre")
    walk.do("encaminhar_n2", at(13, 9, 30))
    walk.do("encaminhar_pd", at(13, 10), passos="1. abrir 2. cai")
    walk.do("liberar", at(13, 10, 30), versao_corrigida="4.2")
    walk.do("solucionar", at(13, 11), solucao="Atualize")
    walk.do("reprovar", at(13, 13), text="não resolveu")
    walk.do("solucionar", at(13, 13, 30), solucao="Atualize e reinicie")
    return walk


CASE = {
    "medico": "Dr. João",
    "procedimento": "30726034",
    "carater": "eletiva",
    "classe": "demais",
    "auditoria": "sim",
}


def adult(walk: Walk | None = None) -> Walk:
    walk = walk or Walk(process_of("maioridade"))
    walk.open(at(13), cpf="529.982.247-25", curso="semestral")
    return walk


def in_registry(walk: Walk | None = None) -> Walk:
    walk = adult(walk)
    for key in ("rg", "matricula", "semestre"):
        walk.document(key, at(13))
    walk.do("remeter", at(13, 12), erp="1")
    return walk


def incident_with(does: str) -> Walk:
    """One more action, `outra`, in its first step."""
    timer = '[[etapas.tempos]]\nchave = "gestor"'
    action = f'[[etapas.acoes]]\nchave = "outra"\nrotulo = "Outra"\nfaz = {{ {does} }}\n\n'
    walk = Walk(read_process(FILES["incidente"].read_text("utf-8").replace(timer, action + timer)))
    walk.open(at(9, 9), "critica")
    return walk


def incident(severity: str = "media") -> Walk:
    walk = Walk(process_of("incidente"))
    walk.open(at(9, 9), severity)
    return walk
