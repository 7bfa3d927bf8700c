"""Correction of an answer, and whether intake asks the severity."""

from datetime import datetime

import pytest

from atendimento_tui.domain import workflow
from atendimento_tui.domain.process.fields import asks_severity
from atendimento_tui.domain.process.read import read_process
from atendimento_tui.domain.process.schema import Process
from atendimento_tui.domain.refusals import Refused
from tests.domain.walk import BOSS, Done, Walk, at, process_of

SERVICE = """
chave = "guia"
nome = "Guia"
{says}
[prazos.solucao]
{target}
[prazos.auditoria]
por = "classe"
alvo = {{ OPME = "10h" }}
[[campos]]
chave = "classe"
rotulo = "Classe"
tipo = "escolha"
opcoes = ["OPME", "demais"]
obrigatorio = true
corrige = ["atendente", "supervisor"]
[[campos]]
chave = "material"
rotulo = "Material"
quando = [{{ campo = "classe", igual = "OPME" }}]
corrige = "supervisor"
[[campos]]
chave = "medico"
rotulo = "Médico"
{condition}
[ao_abrir]
inicia = ["solucao", "auditoria"]
[[etapas]]
chave = "um"
nome = "Um"
[[etapas.acoes]]
chave = "fim"
rotulo = "Fim"
{guard}
faz = {{ ir = "fim" }}
[[etapas]]
chave = "fim"
nome = "Fim"
estado = "concluido"
"""


def service(target: str = 'alvo = "8h"', *, says: str = "", condition: str = "", guard: str = "") -> Process:
    return read_process(SERVICE.format(target=target, says=says, condition=condition, guard=guard))


class TestWhetherSeverityIsAsked:
    def test_not_if_nothing_depends_on_it(self) -> None:
        assert not asks_severity(service())
        assert not asks_severity(service('por = "classe"\nalvo = { OPME = "8h" }'))

    def test_if_a_target_depends_on_it(self) -> None:
        assert asks_severity(service('alvo = { critica = "4h", alta = "8h" }'))

    @pytest.mark.parametrize("place", ["condition", "guard"])
    @pytest.mark.parametrize("word", ["quando", "exige"])
    def test_if_a_condition_compares_it(self, place: str, word: str) -> None:
        written = f'{"quando" if place == "condition" else word} = [{{ campo = "criticidade", igual = "critica" }}]'
        assert asks_severity(service(**{place: written}))

    def test_if_the_process_demands_it(self) -> None:
        assert asks_severity(service(says="pede_criticidade = true"))

    @pytest.mark.parametrize(
        ("name", "is_asked"),
        [
            ("falha_tecnica", True),
            ("incidente", True),
            ("maioridade", True),
            ("solicitacao_procedimento", False),
        ],
    )
    def test_the_services_of_the_catalogue(self, name: str, is_asked: bool) -> None:
        assert asks_severity(process_of(name)) is is_asked


@pytest.fixture
def walk() -> Walk:
    """A ticket of a guide, opened on Monday at nine, that is audited."""
    walk = Walk(service())
    walk.open(at(5), classe="OPME", material="Prótese", medico="Dra. Íris")
    return walk


def correct(
    walk: Walk, key: str, value: str, when: datetime, *, role: str = BOSS, reason: str = "Ouvi errado."
) -> Done:
    outcome = workflow.correct(walk.ticket, walk.context, key, value, actor=1, role=role, at=when, reason=reason)
    return walk.keep(outcome)


def refused(walk: Walk, key: str, value: str, *, role: str = BOSS, reason: str = "Ouvi errado.") -> str:
    with pytest.raises(Refused) as raised:
        workflow.correct(walk.ticket, walk.context, key, value, actor=1, role=role, at=at(5, 10), reason=reason)
    return raised.value.code


def live(walk: Walk) -> set[str]:
    return {clock.kind for clock in walk.ticket.live_clocks}


class TestCorrecting:
    def test_the_event_has_the_person_the_reason_and_both_answers(self, walk: Walk) -> None:
        event = correct(walk, "material", "Órtese", at(5, 10)).event
        assert (event.kind, event.actor, event.text) == ("corrigido", 1, "Ouvi errado.")
        assert event.changes == {"campo.material": ("Prótese", "Órtese")}
        assert event.clocks == ()

    def test_clocks_follow_a_corrected_answer_also_when_it_is_corrected_back(self, walk: Walk) -> None:
        assert live(walk) == {"solucao", "auditoria"}
        correct(walk, "classe", "demais", at(5, 10))
        assert live(walk) == {"solucao"}
        correct(walk, "classe", "OPME", at(5, 11))
        assert live(walk) == {"solucao", "auditoria"}

    def test_a_derived_subject_follows_the_corrected_answer(self) -> None:
        walk = Walk(service(says='assunto = "{material}"'))
        walk.open(at(5), classe="OPME", material="Prótese")
        assert walk.ticket.subject == "Prótese"
        correct(walk, "material", "Órtese", at(5, 10))
        assert walk.ticket.subject == "Órtese"

    def test_only_what_is_asked_with_the_other_answers_is_offered(self, walk: Walk) -> None:
        def offered(role: str) -> list[str]:
            return [rule.key for rule in workflow.correctable(walk.ticket, walk.process, role)]

        assert (offered(BOSS), offered("atendente")) == (["classe", "material"], ["classe"])
        correct(walk, "classe", "demais", at(5, 10))
        assert offered(BOSS) == ["classe"]
        assert refused(walk, "material", "Órtese") == "correcao_nao_cabe"

    @pytest.mark.parametrize(
        ("key", "value", "given", "code"),
        [
            ("medico", "Dr. Rui", {}, "correcao_nao_prevista"),
            ("nada", "x", {}, "correcao_nao_prevista"),
            ("material", "Órtese", {"role": "atendente"}, "correcao_papel"),
            ("classe", "", {}, "campo_vazio"),
            ("classe", "OPME", {}, "correcao_igual"),
            ("classe", "outra", {}, "campo_invalido"),
            ("classe", "demais", {"reason": "  "}, "correcao_sem_motivo"),
        ],
    )
    def test_what_is_refused(self, walk: Walk, key: str, value: str, given: dict[str, str], code: str) -> None:
        assert refused(walk, key, value, **given) == code

    def test_nothing_is_corrected_where_the_ticket_has_ended(self, walk: Walk) -> None:
        walk.do("fim", at(5, 10))
        assert workflow.correctable(walk.ticket, walk.process, BOSS) == []
        assert refused(walk, "classe", "demais") == "encerrado"
