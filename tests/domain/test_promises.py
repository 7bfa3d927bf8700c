"""Targets follow the ticket, whatever act changes the values that they depend on."""

from datetime import datetime

import pytest

from atendimento_tui.domain import acts, workflow
from atendimento_tui.domain.clocks import result_of, term_of
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.words import Result, Severity
from atendimento_tui.domain.workflow.effects import Outcome
from tests.domain.walk import Walk, at

SERVICE = """
chave = "reparo"
nome = "Reparo"

[prazos.solucao]
alvo = { critica = "4h", alta = "8h" }

[prazos.retorno]
calendario = "legal"
base = "uteis"
por = "contrato"
alvo = { ouro = "2d", prata = "5d" }

[prazos.auditoria]
calendario = "legal"
base = "uteis"
alvo = "3d"
quando = [{ campo = "auditado", igual = "sim" }]

[[campos]]
chave = "contrato"
rotulo = "Contrato"
tipo = "escolha"
opcoes = ["ouro", "prata", "avulso"]

[[campos]]
chave = "auditado"
rotulo = "Vai à auditoria"
tipo = "sim_nao"
depois = true

[ao_abrir]
inicia = ["solucao", "retorno", "auditoria"]

[[etapas]]
chave = "fila"
nome = "Fila"

[[etapas.acoes]]
chave = "contrato"
rotulo = "Dizer o contrato"
pede = ["contrato", "auditado"]

[[etapas.acoes]]
chave = "urgente"
rotulo = "Urgente"
faz = { criticidade = "critica" }

[[etapas.acoes]]
chave = "dispensar"
rotulo = "Sem prazo"
faz = { cancela = "solucao" }

[[etapas.acoes]]
chave = "mandar"
rotulo = "Esperar a peça"
faz = { ir = "peca" }

[[etapas.acoes]]
chave = "resolver"
rotulo = "Resolvido"
faz = { ir = "validar", para = ["solucao", "retorno"] }

[[etapas]]
chave = "peca"
nome = "Aguardando peça"
estado = "aguardando"
espera = "a peça do fornecedor"

[[etapas.acoes]]
chave = "chegou"
rotulo = "Chegou"
faz = { ir = "fila" }

[[etapas]]
chave = "validar"
nome = "Validação"
estado = "validacao"

[[etapas.acoes]]
chave = "aceito"
rotulo = "Aceito"
faz = { ir = "fim" }

[[etapas.acoes]]
chave = "recusado"
rotulo = "Recusado"
faz = { ir = "fila", continua = ["solucao", "retorno"] }

[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"

[[etapas.acoes]]
chave = "reabrir"
rotulo = "Reabrir"
faz = { ir = "fila", novo_ciclo = true }
"""


@pytest.fixture
def walk() -> Walk:
    return Walk(read_process(SERVICE))


def due(walk: Walk, kind: str) -> datetime | None:
    """When the live clock of this kind is due; None if there is none."""
    [*found] = [clock for clock in walk.ticket.live_clocks if clock.kind == kind]
    assert len(found) <= 1
    return term_of(found[0], walk.calendars[found[0].calendar]).due_at if found else None


def results(walk: Walk, kind: str) -> list[Result | None]:
    of_kind = [clock for clock in walk.ticket.clocks if clock.kind == kind]
    return [result_of(clock, walk.calendars[clock.calendar]) for clock in of_kind]


def test_a_severity_raised_into_a_target_starts_its_clock_and_one_lowered_out_of_it_cancels_it(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    assert walk.ticket.clocks == ()
    walk.change_severity("alta", at(13, 11))
    assert due(walk, "solucao") == at(14, 10)
    walk.change_severity("critica", at(13, 12))
    assert due(walk, "solucao") == at(13, 15)  # another target, from the same start
    walk.change_severity("media", at(13, 14))
    assert due(walk, "solucao") is None
    assert results(walk, "solucao") == [Result.CANCELLED]
    walk.change_severity("alta", at(14, 9))
    assert due(walk, "solucao") == at(14, 17)
    assert results(walk, "solucao") == [Result.CANCELLED, None]


def test_an_effect_that_raises_the_severity_starts_the_clock(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    outcome = walk.do("urgente", at(13, 11))
    assert [(change.op, change.kind) for change in outcome.event.clocks] == [("start", "solucao")]
    assert due(walk, "solucao") == at(13, 15)


def test_an_answer_on_which_a_target_depends_starts_changes_and_cancels_its_clock(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa", contrato="avulso")
    assert due(walk, "retorno") is None
    walk.do("contrato", at(14, 9), contrato="prata")
    assert due(walk, "retorno") == at(22, 23, 59, 59)  # the fifteenth is closed
    walk.do("contrato", at(16, 9), contrato="ouro")
    assert due(walk, "retorno") == at(19, 23, 59, 59)  # from the same day
    walk.do("contrato", at(16, 10), contrato="avulso")
    assert due(walk, "retorno") is None


def test_an_answer_on_which_a_clock_depends_starts_and_cancels_it(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    walk.do("contrato", at(13, 10), auditado="sim")
    assert due(walk, "auditoria") == at(19, 23, 59, 59)
    walk.do("contrato", at(13, 11), auditado="nao")
    assert due(walk, "auditoria") is None
    assert results(walk, "auditoria") == [Result.CANCELLED]


def test_a_clock_that_starts_while_the_ticket_waits_is_paused_at_once(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    walk.do("mandar", at(13, 10))
    walk.change_severity("alta", at(13, 12))
    [clock] = walk.ticket.live_clocks
    assert (clock.started_at, clock.paused_at) == (at(13, 12), at(13, 12))
    assert clock.pauses[0].reason == "a peça do fornecedor"
    walk.do("chegou", at(14, 9))
    assert due(walk, "solucao") == at(14, 17)


def test_it_is_also_paused_if_a_person_paused_the_ticket(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    walk.keep(Outcome(acts.pause(walk.ticket, 7, at(13, 10), "cliente viajou")))
    walk.change_severity("alta", at(13, 12))
    [clock] = walk.ticket.live_clocks
    assert clock.paused_at == at(13, 12)
    walk.keep(Outcome(acts.resume(walk.ticket, 7, at(14, 9))))
    assert due(walk, "solucao") == at(14, 17)


def test_a_clock_that_was_not_requested_does_not_start_with_a_target() -> None:
    text = SERVICE.replace('inicia = ["solucao", "retorno", "auditoria"]', 'inicia = ["retorno", "auditoria"]')
    text = text.replace('faz = { ir = "peca" }', 'faz = { ir = "peca", inicia = "solucao" }')
    later = Walk(read_process(text))
    later.open(at(13, 9), "baixa")
    later.change_severity("alta", at(13, 10))
    assert due(later, "solucao") is None
    later.do("mandar", at(13, 11))
    assert due(later, "solucao") == at(14, 10)


def test_a_cancelled_clock_is_not_started_again(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    walk.do("dispensar", at(13, 10))
    walk.change_severity("critica", at(13, 11))
    assert walk.ticket.clocks == ()


def test_a_clock_without_a_target_at_the_solution_starts_when_the_solution_is_rejected(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    walk.do("resolver", at(13, 10))
    walk.change_severity("critica", at(13, 11))
    assert due(walk, "solucao") is None  # nobody of ours has to solve it now
    walk.do("recusado", at(13, 12))
    assert due(walk, "solucao") == at(13, 16)


def test_a_clock_cancelled_during_validation_is_not_reinstated(walk: Walk) -> None:
    walk.open(at(13, 9), "critica")
    walk.do("resolver", at(13, 10))
    walk.change_severity("baixa", at(13, 11))
    walk.do("recusado", at(13, 12))
    assert due(walk, "solucao") is None
    walk.change_severity("critica", at(13, 13))
    assert due(walk, "solucao") == at(13, 17)


def test_on_an_ended_ticket_no_clock_starts(walk: Walk) -> None:
    walk.open(at(13, 9), "baixa")
    walk.do("resolver", at(13, 10))
    walk.do("aceito", at(13, 11))
    assert walk.ticket.clocks == ()
    assert walk.ticket.unpromised == {}


def test_the_due_date_shown_before_opening_is_that_of_the_opened_ticket() -> None:
    """Also if the opening sets the severity or the field on which the target depends."""
    text = SERVICE.replace("[ao_abrir]\n", '[ao_abrir]\ncriticidade = "critica"\ndefine = { auditado = "sim" }\n')
    for source in (SERVICE, text):
        process = read_process(source)
        for contract in ("ouro", "prata", "avulso", ""):
            actual = workflow.due_by_severity(Walk(process).context, {"contrato": contract}, at(13, 9))
            for severity in Severity:
                walk = Walk(process)
                walk.open(at(13, 9), severity, **({"contrato": contract} if contract else {}))
                first = [due(walk, clock.kind) for clock in walk.ticket.live_clocks]
                assert actual.get(severity) == (due(walk, "solucao") or next(iter(first), None))
